"""Write the inbox of this workspace from its story: python data_samples/kakadai_december/build.py

The same bytes every time. `--into FOLDER` writes elsewhere, which is how a test proves
that the committed inbox is what the story says.
"""

import argparse
import csv
import io
import shutil
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import layouts
from ledger_book import Book, yuan
from people import everything, story_days

LENDER = "kakadai"
LATE_FILE = ("wechatpay", date(2018, 12, 16), date(2018, 12, 19))
MISTAKEN_EXPORT = (date(2018, 12, 17), "K1014", "K1015")
CORRECTED_ON = date(2018, 12, 19)

Cell = str | int | date | datetime | None


def sheet(head: str, rows: Iterable[Sequence[Cell]]) -> bytes:
    """A canonical CSV: UTF-8, comma, one header line."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(head.split(","))
    for row in rows:
        writer.writerow("" if cell is None else str(cell) for cell in row)
    return buffer.getvalue().encode("utf-8")


def ledger_exports(book: Book, exported: date) -> dict[str, bytes]:
    """What the lender's ledger exports for one business date, by feed."""
    feeds = {}
    loans = [loan for on, loan in book.loan_versions if on == exported]
    if loans:
        feeds["loans"] = sheet(
            "loan_id,borrower_ref,product,bank_code,card_type,card_no,opened_on,principal,term,status",
            (
                (
                    loan.loan_id,
                    loan.borrower_ref,
                    "cash_loan",
                    loan.bank_code,
                    loan.card_type,
                    loan.card_no,
                    loan.opened_on,
                    yuan(loan.principal),
                    loan.term,
                    loan.status,
                )
                for loan in loans
            ),
        )
    if exported == story_days()[0]:
        feeds["instalments"] = sheet(
            "loan_id,instalment_no,due_date,principal_due,interest_due",
            (
                (
                    instalment.loan_id,
                    instalment.instalment_no,
                    instalment.due_date,
                    yuan(instalment.principal_due),
                    yuan(instalment.interest_due),
                )
                for instalment in book.instalments.values()
            ),
        )
    feeds["debit_orders"] = sheet(
        "order_no,loan_id,instalment_no,purpose,channel,bank_code,card_type,card_no,amount,"
        "requested_at,status,response_code",
        (
            (
                order.order_no,
                order.loan.loan_id,
                order.instalment_no,
                order.purpose,
                order.loan.channel,
                order.loan.bank_code,
                order.loan.card_type,
                order.loan.card_no,
                yuan(order.amount),
                order.requested_at,
                order.status,
                order.response_code,
            )
            for on, order in book.orders
            if on == exported
        ),
    )
    feeds["postings"] = postings_export(book, exported, {})
    feeds["charges"] = sheet(
        "charge_id,loan_id,instalment_no,kind,amount,charged_on,status",
        (
            (
                charge.charge_id,
                charge.loan_id,
                charge.instalment_no,
                charge.kind,
                yuan(charge.amount),
                charge.charged_on,
                charge.status,
            )
            for charge in book.charges
            if charge.sent_on == exported
        ),
    )
    feeds["account_status"] = sheet(
        "loan_id,as_of,days_past_due,app_status,collection_stage,bureau_status,bureau_reported_on",
        (
            (
                status.loan_id,
                status.as_of,
                status.days_past_due,
                status.app_status,
                status.collection_stage,
                status.bureau_status,
                status.bureau_reported_on,
            )
            for (_, as_of), status in sorted(book.statuses.items())
            if as_of == exported
        ),
    )
    return feeds


def postings_export(book: Book, exported: date, mistaken_loan: dict[str, str]) -> bytes:
    """The postings of one day; `mistaken_loan` puts one loan's name for another's."""
    return sheet(
        "posting_id,loan_id,instalment_no,order_no,channel,amount,posted_at,value_date,kind,reverses",
        (
            (
                posting.posting_id,
                mistaken_loan.get(posting.loan_id, posting.loan_id),
                posting.instalment_no,
                posting.order_no,
                posting.channel,
                yuan(posting.amount),
                posting.posted_at,
                posting.value_date,
                posting.kind,
                posting.reverses,
            )
            for posting in book.postings
            if posting.posted_at.date() == exported
        ),
    )


def bank_exports(book: Book, exported: date) -> bytes:
    """The entries of the lender's bank account booked on one day."""
    return sheet(
        "entry_ref,account,booked_on,amount,channel,settle_date,description",
        (
            (
                receipt.entry_ref,
                "44050158000000012345",
                receipt.booked_on,
                yuan(receipt.amount),
                receipt.channel,
                receipt.settle_date,
                receipt.description,
            )
            for receipt in book.receipts
            if receipt.booked_on == exported
        ),
    )


def statement_export(book: Book, exported: date) -> bytes | None:
    """The bank statements borrowers handed in on one day."""
    entries = [entry for entry in book.statement if entry.handed_in_on == exported]
    if not entries:
        return None
    return sheet(
        "loan_id,entry_no,card_no,happened_at,amount,balance,description",
        (
            (
                entry.loan.loan_id,
                entry.entry_no,
                layouts.masked(entry.loan.card_no),
                entry.happened_at,
                yuan(entry.amount),
                yuan(entry.balance),
                entry.description,
            )
            for entry in entries
        ),
    )


def deliveries(book: Book) -> dict[str, bytes]:
    """Every file of the inbox by its path: the files of a day arrive the next morning."""
    files: dict[str, bytes] = {}
    for business_date in story_days():
        morning_after = business_date + timedelta(days=1)
        for layout in (layouts.unionpay, layouts.alipay, layouts.wechatpay):
            channel = layout.__name__
            lines = sorted(
                (
                    line
                    for line in book.lines
                    if line.channel == channel and line.settle_date == business_date
                ),
                key=lambda line: (line.happened_at, line.number),
            )
            name, content = layout(lines, business_date)
            delivered = morning_after
            if LATE_FILE[:2] == (channel, business_date):
                delivered = LATE_FILE[2]
            files[f"{delivered}/{channel}/{name}"] = content
        for feed, content in ledger_exports(book, business_date).items():
            files[f"{morning_after}/ledger/{LENDER}.{feed}.{business_date}.csv"] = content
        files[f"{morning_after}/bank/{LENDER}.bank_receipts.{business_date}.csv"] = bank_exports(
            book, business_date
        )
        statement = statement_export(book, business_date)
        if statement is not None:
            name = f"{LENDER}.borrower_statements.{business_date}.csv"
            files[f"{morning_after}/borrowers/{name}"] = statement
    exported, payer, somebody_else = MISTAKEN_EXPORT
    name = f"ledger/{LENDER}.postings.{exported}.csv"
    files[f"{CORRECTED_ON}/{name}"] = files[f"{exported + timedelta(days=1)}/{name}"]
    files[f"{exported + timedelta(days=1)}/{name}"] = postings_export(
        book, exported, {payer: somebody_else}
    )
    return files


def main() -> None:
    """Replace the inbox by what the story says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=Path(__file__).parent / "inbox")
    inbox: Path = parser.parse_args().into
    if inbox.exists():
        shutil.rmtree(inbox)
    for name, content in deliveries(everything()).items():
        path = inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
