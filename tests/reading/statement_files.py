"""Small bank messages, built to their layouts."""

from collections.abc import Iterable

CAMT = "urn:iso:std:iso:20022:tech:xsd:"


def camt053(*statements: str, version: str = "camt.053.001.08", head: str = "") -> bytes:
    """A bank statement message; `head` stands before its first element."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{head}'
        f'<Document xmlns="{CAMT}{version}"><BkToCstmrStmt><GrpHdr/>'
        f"{''.join(statements)}</BkToCstmrStmt></Document>"
    ).encode()


def camt054(*entries: str, declared: str = "", version: str = "camt.054.001.04") -> bytes:
    """A notification of these entries."""
    return (
        f'<Document xmlns="{CAMT}{version}"><BkToCstmrDbtCdtNtfctn><Ntfctn><Id>N1</Id>'
        f"{declared}{''.join(entries)}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
    ).encode()


def pain002(body: str) -> bytes:
    """A status report on the message M1."""
    return (
        f'<Document xmlns="{CAMT}pain.002.001.10"><CstmrPmtStsRpt>'
        "<GrpHdr><CreDtTm>2018-12-19T12:00:00</CreDtTm></GrpHdr>"
        f"{body}</CstmrPmtStsRpt></Document>"
    ).encode()


def statement(
    *entries: str, opening: str = "", closing: str = "", entries_declared: int = 0
) -> str:
    """A statement, with the balances that are given."""
    declared = f"<NbOfNtries>{entries_declared}</NbOfNtries>" if entries_declared else ""
    return (
        "<Stmt><Id>S1</Id><Acct><Id><IBAN>A1</IBAN></Id></Acct>"
        + (balance("OPBD", opening) if opening else "")
        + (balance("CLBD", closing) if closing else "")
        + f"<TxsSummry><TtlNtries>{declared}</TtlNtries></TxsSummry>"
        + "".join(entries)
        + "</Stmt>"
    )


def balance(kind: str, amount: str) -> str:
    """A credit balance of this kind."""
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>'
    )


def entry(
    amount: str = "8.85",
    sign: str = "CRDT",
    *,
    booked: str = "<Dt>2018-12-19</Dt>",
    status: str = "BOOK",
    currency: str = "EUR",
    more: str = "",
) -> str:
    """One entry of a statement or a notification."""
    return (
        f'<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>'
        f"<Sts>{status}</Sts><BookgDt>{booked}</BookgDt>{more}</Ntry>"
    )


def details(*transactions: str, batch: str = "") -> str:
    """The details of an entry."""
    return f"<NtryDtls>{batch}{''.join(transactions)}</NtryDtls>"


def transaction(order_no: str, amount: str = "", more: str = "") -> str:
    """One transaction of an entry's details."""
    stated = f'<Amt Ccy="EUR">{amount}</Amt>' if amount else ""
    return f"<TxDtls><Refs><EndToEndId>{order_no}</EndToEndId></Refs>{stated}{more}</TxDtls>"


def mt940(*lines: str, opening: str = "C181219EUR100,00", closing: str | None) -> bytes:
    """A statement of these lines; without its closing balance when that is None."""
    head = [":20:STM1", ":25:A1", ":28C:1/1", f":60F:{opening}"]
    tail = [] if closing is None else [f":62F:{closing}", "-"]
    return "".join(f"{line}\r\n" for line in (*head, *lines, *tail)).encode()


FILE_HEADER = (
    "101 0210000211234567890181219" + "0600A094101" + f"{'THE BANK':<23}{'THE LENDER':<23}{'':8}"
)
FILE_PADDING = "9" * 94


def ach_entry(code: str, amount: int, order_no: str, trace: int = 1, addenda: int = 0) -> str:
    """An entry of so many cents at the bank 02100002."""
    return (
        f"6{code}021000021{'ACCOUNT':<17}{amount:010d}{order_no:<15}{'A NAME':<22}  "
        f"{addenda}{trace:015d}"
    )


def ach_addenda(kind: str, reason: str, original: int = 7) -> str:
    """A return (99) or notification of change (98)."""
    return f"7{kind}{reason}{original:015d}{'':6}02100002{'':44}{1:015d}"


def ach_file(*batches: Iterable[str], sec: str = "PPD", effective: str = "181219") -> list[str]:
    """The records of a file of these batches, with the controls that they need."""
    records = [FILE_HEADER]
    everything: list[str] = []
    for number, batch in enumerate(batches, start=1):
        lines = list(batch)
        everything += lines
        records += [
            f"5200{'THE LENDER':<36}1234567890{sec}{'LOAN':<10}{'':6}{effective}{'':3}1"
            f"09100001{number:07d}",
            *lines,
            f"8200{len(lines):06d}{_sums(lines)}1234567890{'':25}09100001{number:07d}",
        ]
    blocks = -(-(len(records) + 1) // 10)
    records.append(
        f"9{len(batches):06d}{blocks:06d}{len(everything):08d}{_sums(everything)}{'':39}"
    )
    return records + [FILE_PADDING] * (blocks * 10 - len(records))


def ach_bytes(records: Iterable[str]) -> bytes:
    """The records as a file."""
    return "".join(f"{record}\n" for record in records).encode()


def _sums(lines: Iterable[str]) -> str:
    entries = [line for line in lines if line[0] == "6"]
    debits = sum(int(line[29:39]) for line in entries if line[1:3] in ("26", "27", "36", "37"))
    credits = sum(int(line[29:39]) for line in entries if line[1:3] in ("21", "22", "31", "32"))
    banks = sum(int(line[3:11]) for line in entries)
    return f"{banks % 10**10:010d}{debits:012d}{credits:012d}"
