"""NACHA files: 94 characters a record, blocks of ten, controls over batches and file."""

NAME = "INVENTED NAME"
BANK = "02100002"


def files() -> dict[str, bytes]:
    """What was sent to be collected, and what the bank sent back."""
    debits = [
        _entry("27", "ACCT1", 162500, "DO-6001", "091000010000001"),
        _entry("37", "ACCT2", 81050, "DO-6002", "091000010000002"),
        _entry("22", "ACCT3", 2500, "DO-5990", "091000010000003"),
        _entry("28", "ACCT4", 0, "DO-6003", "091000010000004"),
    ]
    returned = [
        _entry("26", "ACCT1", 162500, "DO-5901", "021000020000001", 1),
        _addenda("99", "R01", "091000010000031", "021000020000001"),
    ]
    changed = [
        _entry("26", "ACCT2", 81050, "DO-5902", "021000020000002", 1),
        _addenda("98", "C01", "091000010000032", "021000020000002", "1918171614"),
    ]
    dishonoured = [
        _entry("26", "ACCT5", 30000, "DO-5903", "021000020000003", 2),
        _addenda("99", "R10", "091000010000033", "021000020000003"),
        _addenda("99", "R68", "091000010000033", "021000020000003", "Untimely"),
    ]
    credit_returned = [
        _entry("21", "ACCT6", 2500, "DO-5904", "021000020000004", 1),
        _addenda("99", "R03", "091000010000034", "021000020000004"),
    ]
    sent_back = [returned, changed, dishonoured, credit_returned]
    return {
        "ach/larchmont.debits.20240305.ach": _file("240304", "240305", [debits]),
        "ach/larchmont.returns.20240305.ach": _file("240305", "000000", sent_back),
    }


def _entry(code: str, account: str, cents: int, order_no: str, trace: str, addenda: int = 0) -> str:
    return f"6{code}{BANK}1{account:<17}{cents:010d}{order_no:<15}{NAME:<22}  {addenda}{trace}"


def _addenda(kind: str, reason: str, original: str, trace: str, information: str = "") -> str:
    return f"7{kind}{reason}{original}{'':6}{BANK}{information:<44}{trace}"


def _file(created_on: str, effective_on: str, batches: list[list[str]]) -> bytes:
    records = [
        f"101 0210000211234567890{created_on}0600A094101"
        f"{'LARCHMONT BANK':<23}{'LARCHMONT LENDING':<23}{'':8}"
    ]
    for number, lines in enumerate(batches, start=1):
        records += [
            f"5200{'LARCHMONT':<36}1234567890PPD{'LOANPAY':<10}{'':6}{effective_on}{'':3}1"
            f"09100001{number:07d}",
            *lines,
            f"8200{len(lines):06d}{_sums(lines)}1234567890{'':25}09100001{number:07d}",
        ]
    everything = [line for lines in batches for line in lines]
    blocks = -(-(len(records) + 1) // 10)
    records.append(
        f"9{len(batches):06d}{blocks:06d}{len(everything):08d}{_sums(everything)}{'':39}"
    )
    records += ["9" * 94] * (blocks * 10 - len(records))
    return "".join(f"{record}\n" for record in records).encode("ascii")


def _sums(lines: list[str]) -> str:
    entries = [line for line in lines if line.startswith("6")]
    banks = sum(int(line[3:11]) for line in entries) % 10**10
    debits = sum(int(line[29:39]) for line in entries if line[2] in "678")
    credits = sum(int(line[29:39]) for line in entries if line[2] in "12")
    return f"{banks:010d}{debits:012d}{credits:012d}"
