"""Write the inbox of this workspace from its story: python data_samples/four_eyes/build.py

The same bytes every time. `--into FOLDER` writes elsewhere.
"""

import argparse
import shutil
from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import md5
from pathlib import Path

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (
    date(2019, 3, 4) + timedelta(days=number) for number in range(5)
)
COLUMNS = {
    "loans": (
        "loan_id,borrower_ref,product,bank_code,card_type,card_no,opened_on,principal,term,status"
    ),
    "instalments": "loan_id,instalment_no,due_date,principal_due,interest_due",
    "debit_orders": (
        "order_no,loan_id,instalment_no,purpose,channel,bank_code,card_type,card_no,amount,"
        "requested_at,status,response_code"
    ),
    "postings": (
        "posting_id,loan_id,instalment_no,order_no,channel,amount,posted_at,value_date,kind,"
        "reverses"
    ),
    "bank_receipts": "entry_ref,account,booked_on,amount,channel,settle_date,description",
    "decisions": "break_id,action,by,at,reason",
    "settlement": (
        "channel_ref,order_no,kind,original_ref,amount,fee,happened_at,settle_date,card_no,"
        "bank_code,outcome,response_code"
    ),
}
DUE = (
    ("X1", "20190304001", "820.00"),
    ("X2", "20190304002", "5000.00"),
    ("X3", "20190304003", "960.00"),
)

Rows = Sequence[str]


def break_of(order: str) -> str:
    """The break_id of the debit of an order that nobody posted."""
    return md5(f"debit_not_posted debit:alipay:{order}".encode()).hexdigest()[:16]


def story() -> dict[tuple[date, str], Rows]:
    """The rows of every file, by business date and feed."""
    first, second, third = (order for _, order, _ in DUE)
    files: dict[tuple[date, str], Rows] = {
        (MONDAY, "loans"): [
            f"{loan},B-{loan},cash_loan,ICBC,debit,,2018-09-04,9000.00,12,active"
            for loan, _, _ in DUE
        ],
        (MONDAY, "instalments"): [f"{loan},6,2019-03-04,{amount},0.00" for loan, _, amount in DUE],
        (MONDAY, "debit_orders"): [
            f"{order},{loan},6,instalment,alipay,ICBC,debit,,{amount},"
            "2019-03-04 09:00:00,succeeded,"
            for loan, order, amount in DUE
        ],
        (MONDAY, "settlement"): [
            f"{order},{order},debit,,{amount},0.00,2019-03-04 09:00:05,2019-03-04,,ICBC,succeeded,"
            for _, order, amount in DUE
        ],
        (TUESDAY, "bank_receipts"): ["R1,1001,2019-03-05,6780.00,alipay,2019-03-04,"],
        (WEDNESDAY, "decisions"): [
            f"{break_of(first)},adjust,Li Na 李娜,2019-03-06 09:10:00,booked by hand in the ledger",
            f"{break_of(second)},write_off,Li Na 李娜,2019-03-06 09:20:00,the ledger is closed",
            f"{break_of(third)[:-1]},accept,Li Na 李娜,2019-03-06 09:30:00,copied one digit short",
            f"{break_of(third)},accept,Li Na 李娜,2019-03-06 09:40:00,posted with the next batch",
        ],
        (THURSDAY, "decisions"): [
            f"{break_of(second)},write_off,LI NA 李娜,2019-03-07 09:00:00,my second signature",
            f"{break_of(second)},write_off,Wang Wei 王伟,2019-03-07 11:00:00,seen and agreed",
        ],
        (THURSDAY, "settlement"): [
            f"F1,{first},refund,{first},20.00,0.00,2019-03-07 15:00:00,2019-03-07,,ICBC,succeeded,"
        ],
        (FRIDAY, "decisions"): [
            f"{break_of(third)},reopen,Wang Wei 王伟,2019-03-08 10:00:00,the batch never came"
        ],
        (FRIDAY, "bank_receipts"): ["R2,1001,2019-03-08,-20.00,alipay,2019-03-07,"],
    }
    for day in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY):
        for feed in ("settlement", "postings"):
            files.setdefault((day, feed), [])
    return files


def write(inbox: Path) -> None:
    """Write every file into the folder of the morning on which it was delivered."""
    shutil.rmtree(inbox, ignore_errors=True)
    for (day, feed), rows in story().items():
        owner = "alipay" if feed == "settlement" else "xiaoxi"
        folder = inbox / str(day + timedelta(days=1))
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / f"{owner}.{feed}.{day}.csv").open("w", encoding="utf-8") as stream:
            stream.writelines(f"{line}\n" for line in (COLUMNS[feed], *rows))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--into", type=Path, default=Path(__file__).parent / "inbox")
    write(parser.parse_args().into)


if __name__ == "__main__":
    main()
