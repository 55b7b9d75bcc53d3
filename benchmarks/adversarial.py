"""Inputs that a matcher dreads, each run as a day of its own: is it bounded, and does it say so?

    python benchmarks/adversarial.py FOLDER

Prints for every case the wall and CPU seconds and the peak memory of `tieout day`, and what
became of the debits and postings: matched, or open in which category and for which cause.
"""

import argparse
import csv
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from run import TIEOUT, measure

DAY = "2018-12-19"
JUDGED_ON = "2018-12-22"
"""Late enough that nothing waits in transit any more."""

SETTINGS = """\
time_zone = "Asia/Shanghai"
currency = "CNY"
""" + "".join(
    f'\n[[source]]\nfiles = "*/{owner}.{feed}.*.csv"\nformat = "{layout}"\n{party} = "{owner}"\n'
    for owner, party, feed, layout in (
        ("bench", "lender", "loans", "ledger_loans_v1"),
        ("bench", "lender", "instalments", "ledger_instalments_v1"),
        ("bench", "lender", "debit_orders", "ledger_debit_orders_v1"),
        ("bench", "lender", "postings", "ledger_postings_v1"),
        ("unionpay", "channel", "settlement", "channel_settlement_v1"),
    )
)
HEADINGS = {
    "loans": "loan_id,borrower_ref,product,bank_code,card_type,card_no,opened_on,principal,term,"
    "status",
    "instalments": "loan_id,instalment_no,due_date,principal_due,interest_due",
    "debit_orders": "order_no,loan_id,instalment_no,purpose,channel,bank_code,card_type,card_no,"
    "amount,requested_at,status,response_code",
    "postings": "posting_id,loan_id,instalment_no,order_no,channel,amount,posted_at,value_date,"
    "kind,reverses",
    "settlement": "channel_ref,order_no,kind,original_ref,amount,fee,happened_at,settle_date,"
    "card_no,bank_code,outcome,response_code",
}
CARD = "622700******0001"

Feeds = Mapping[str, Sequence[Sequence[object]]]


def at(second: int) -> str:
    """An instant of the day, so many seconds after six in the morning."""
    return f"{DAY} {6 + second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"


def loan(loan_id: str) -> tuple[object, ...]:
    return (loan_id, "B1", "cash_loan", "ICBC", "debit", CARD, "2018-01-01", 10**6, 12, "active")


def order(number: int, loan_id: str, amount: object) -> tuple[object, ...]:
    return (
        *(f"O{number}", loan_id, "", "prepayment", "unionpay", "ICBC", "debit", CARD),
        *(amount, at(number), "succeeded", "00"),
    )


def debit(number: int, order_no: str, amount: object) -> tuple[object, ...]:
    return (
        *(f"D{number}", order_no, "debit", "", amount, "0.00", at(number + 5), DAY),
        *(CARD, "ICBC", "succeeded", "00"),
    )


def posting(number: int, loan_id: str, amount: object, order_no: str = "") -> tuple[object, ...]:
    return (
        *(f"P{number}", loan_id, "", order_no, "unionpay", amount, at(number + 9), DAY),
        *("repayment", ""),
    )


def equal_debits_of_one_loan(count: int = 2_000) -> Feeds:
    """Equal debits of one loan, and as many postings that name no order."""
    return {
        "loans": [loan("L1")],
        "debit_orders": [order(n, "L1", "100.00") for n in range(count)],
        "settlement": [debit(n, f"O{n}", "100.00") for n in range(count)],
        "postings": [posting(n, "L1", "100.00") for n in range(count)],
    }


def equal_debits_of_one_card(count: int = 2_000) -> Feeds:
    """Equal debits of many loans on one card, all posted to one other loan of that card."""
    return {
        "loans": [loan(f"L{n}") for n in range(count)] + [loan("OTHER")],
        "debit_orders": [order(n, f"L{n}", "100.00") for n in range(count)],
        "settlement": [debit(n, f"O{n}", "100.00") for n in range(count)],
        "postings": [posting(n, "OTHER", "100.00") for n in range(count)],
    }


def open_pieces_of_one_loan(count: int = 1_000) -> Feeds:
    """Pieces of many sizes on one loan, and wholes that many sums of them reach."""
    amounts = [1_000 + n * 37 % 9_001 for n in range(count)]
    return {
        "loans": [loan("L1")],
        "debit_orders": [order(n, "L1", f"{a / 100:.2f}") for n, a in enumerate(amounts)],
        "settlement": [debit(n, f"O{n}", f"{a / 100:.2f}") for n, a in enumerate(amounts)],
        "postings": [posting(n, "L1", f"{400 + n}.00") for n in range(10)],
    }


def one_order_no(count: int = 5_000) -> Feeds:
    """One order number on thousands of settlement lines and postings."""
    return {
        "loans": [loan("L1")],
        "debit_orders": [order(0, "L1", "100.00")],
        "settlement": [debit(n, "O0", "100.00") for n in range(count)],
        "postings": [posting(n, "L1", "100.00", "O0") for n in range(count)],
    }


CASES: tuple[Callable[[], Feeds], ...] = (
    equal_debits_of_one_loan,
    equal_debits_of_one_card,
    open_pieces_of_one_loan,
    one_order_no,
)


def write(workspace: Path, feeds: Feeds) -> None:
    """A workspace with these rows in canonical files, and no more."""
    shutil.rmtree(workspace, ignore_errors=True)
    inbox = workspace / "inbox" / DAY
    inbox.mkdir(parents=True)
    (workspace / "tieout.toml").write_text(SETTINGS, encoding="utf-8")
    for feed, heading in HEADINGS.items():
        owner = "unionpay" if feed == "settlement" else "bench"
        with (inbox / f"{owner}.{feed}.{DAY}.csv").open("w", encoding="utf-8", newline="") as file:
            file.write(heading + "\n")
            csv.writer(file, lineterminator="\n").writerows(feeds.get(feed, ()))


def outcome(reports: Path) -> Iterable[str]:
    """What became of the entries, counted."""
    with (reports / "control.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["scope"] != "source" and row["measure"] == "rows":
                places = ("matched", "in_transit", "open")
                yield f"{row['side']}s " + ", ".join(f"{place} {row[place]}" for place in places)
    with (reports / "breaks.csv").open(encoding="utf-8", newline="") as file:
        listed = Counter((row["category"], row["cause"]) for row in csv.DictReader(file))
    yield from (f"{count} {category} ({cause})" for (category, cause), count in listed.items())


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    for case in CASES:
        workspace = folder / case.__name__
        write(workspace, case())
        wall, cpu, peak, _ = measure([*TIEOUT, "day", JUDGED_ON, "--workspace", str(workspace)], {})
        print(f"{case.__name__}: {wall:.1f} s, {cpu:.1f} cpu s, {peak:.0f} MiB")
        for line in outcome(workspace / "reports" / JUDGED_ON):
            print(f"    {line}")


if __name__ == "__main__":
    main()
