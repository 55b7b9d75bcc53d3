"""Contract section 2 and 4: which rows exist at D, and which version of them counts."""

import pytest

from tests.spec.harness import given


def test_a_file_of_a_later_business_date_does_not_exist_yet() -> None:
    given(
        postings="""
            posting_id | file_date | posted_at
            P1         | D         | D 10:00
            P2         | D+1       | D 10:00
        """
    ).shows("staging.postings", "posting_id\nP1")


@pytest.mark.parametrize(
    ("feed", "relation", "stamp", "key"),
    [
        ("debit_orders", "staging.orders", "requested_at", "order_no"),
        ("postings", "staging.postings", "posted_at", "posting_id"),
        ("settlement", "staging.settlement_lines", "happened_at", "channel_ref"),
        ("borrower_statements", "staging.statement_entries", "happened_at", "entry_no"),
    ],
)
def test_a_row_exists_up_to_the_last_second_of_the_day(
    feed: str, relation: str, stamp: str, key: str
) -> None:
    drawn = f"""
        {key} | {stamp}        | file_date
        K1    | D 23:59:59     | D
        K2    | D+1 00:00:00   | D
    """
    given(**{feed: drawn}).shows(relation, f"{key}\nK1")


@pytest.mark.parametrize(
    ("feed", "relation", "stamp", "key"),
    [
        ("loans", "staging.loans", "opened_on", "loan_id"),
        ("charges", "staging.charges", "charged_on", "charge_id"),
        ("account_status", "staging.account_status", "as_of", "loan_id"),
        ("bank_receipts", "staging.receipts", "booked_on", "entry_ref"),
    ],
)
def test_a_row_dated_the_business_date_exists_and_one_of_the_day_after_does_not(
    feed: str, relation: str, stamp: str, key: str
) -> None:
    drawn = f"""
        {key} | {stamp} | file_date
        K1    | D       | D
        K2    | D+1     | D
    """
    given(**{feed: drawn}).shows(relation, f"{key}\nK1")


def test_instalments_have_no_stamp_so_future_ones_exist() -> None:
    given(
        instalments="""
            instalment_no | due_date | principal_due | interest_due
            1             | D+300    | 900.00        | 100.01
        """
    ).shows("staging.instalments", "instalment_no | amount_due\n1 | 1000.01")


VERSIONS = {
    "loans": ("staging.loans", "loan_id", "product"),
    "instalments": ("staging.instalments", "instalment_no", "due_date"),
    "debit_orders": ("staging.orders", "order_no", "loan_id"),
    "postings": ("staging.postings", "posting_id", "loan_id"),
    "charges": ("staging.charges", "charge_id", "instalment_no"),
    "account_status": ("staging.account_status", "as_of", "days_past_due"),
    "bank_receipts": ("staging.receipts", "entry_ref", "settle_date"),
    "borrower_statements": ("staging.statement_entries", "entry_no", "balance"),
}
CELLS = {
    "product": ("cash", "car"),
    "due_date": ("2026-03-01", "2026-03-02"),
    "loan_id": ("L1", "L2"),
    "instalment_no": ("1", "2"),
    "days_past_due": ("1", "2"),
    "settle_date": ("2026-03-08", "2026-03-07"),
    "balance": ("1.00", "2.00"),
}
KEYS = {"instalment_no": "7", "as_of": "2026-03-05"}


@pytest.mark.parametrize("feed", VERSIONS)
@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("D-1 | 2026-03-09/a.csv", "D | 2026-03-08/a.csv"),
        ("D | 2026-03-09/a.csv", "D | 2026-03-10/a.csv"),
        ("D | 2026-03-09/a.csv", "D | 2026-03-09/a.csv"),
    ],
    ids=["the_latest_business_date", "then_the_latest_delivery", "then_the_last_in_the_file"],
)
def test_of_a_row_delivered_again_one_version_counts(feed: str, older: str, newer: str) -> None:
    relation, key, cell = VERSIONS[feed]
    name = KEYS.get(key, "K1")
    before, after = CELLS[cell]
    rows = [f"{name} | {before} | {older}", f"{name} | {after} | {newer}"]
    if older != newer:
        rows.reverse()
    given(**{feed: "\n".join([f"{key} | {cell} | file_date | path", *rows])}).shows(
        relation, f"{key} | {cell}\n{name} | {after}"
    )


def test_a_newer_version_stamped_after_the_day_leaves_the_older_one_in_force() -> None:
    given(
        postings="""
            posting_id | amount  | posted_at  | file_date
            P1         | 1000.00 | D-1 10:00  | D-1
            P1         | 2000.00 | D+1 10:00  | D
        """
    ).shows("staging.postings", "posting_id | amount\nP1 | 1000.00")


def test_a_row_missing_from_a_later_file_is_not_deleted() -> None:
    given(
        loans="""
            loan_id | file_date
            L1      | D-1
            L2      | D
        """
    ).shows("staging.loans", "loan_id\nL1\nL2")


def test_keys_are_the_lenders_own() -> None:
    given(
        postings="""
            posting_id | lender  | loan_id
            P1         | kakadai | L1
            P1         | bobodai | L2
        """
    ).shows("staging.postings", "lender | loan_id\nkakadai | L1\nbobodai | L2")


def test_an_order_no_is_unique_within_its_channel_only() -> None:
    given(
        debit_orders="""
            order_no | channel  | loan_id
            O1       | alipay   | L1
            O1       | unionpay | L2
        """
    ).shows("staging.orders", "channel | loan_id\nalipay | L1\nunionpay | L2")


def test_a_replaced_delivery_is_in_the_log_and_nowhere_else() -> None:
    given(
        files="""
            relation   | channel | file_date | path            | status
            settlement | alipay  | D         | D1/alipay.csv   | replaced
            settlement | alipay  | D-1       | D2/alipay.csv   | read
        """
    ).shows("staging.settlement_files", "channel | settle_date\nalipay | D-1")


def test_a_settlement_file_without_rows_is_there() -> None:
    given(
        files="""
            relation   | channel  | file_date
            settlement | alipay   | D-2
            settlement | alipay   | D
            settlement | unionpay | D
            settlement | unionpay | D+1
        """
    ).shows(
        "staging.settlement_files",
        """
            channel  | settle_date | first_settle_date
            alipay   | D-2         | D-2
            alipay   | D           | D-2
            unionpay | D           | D
        """,
    )


def test_the_second_line_of_one_file_with_one_key_is_an_event_of_its_own() -> None:
    given(
        settlement="""
            channel_ref | amount
            D1          | 1.00
            D1          | 2.00
            D1          | 3.00
        """
    ).shows(
        "staging.settlement_lines",
        """
            channel_ref | amount
            D1          | 1.00
            D1#2        | 2.00
            D1#3        | 3.00
        """,
    )


def test_a_line_that_comes_again_counts_under_its_later_settle_date() -> None:
    given(
        settlement="""
            channel_ref | amount | settle_date | path          | happened_at
            D1          | 2.00   | D           | 09/alipay.csv | D-1 10:00
            D1          | 1.00   | D-1         | 10/alipay.csv | D-1 10:00
        """
    ).shows(
        "staging.settlement_lines",
        """
            channel_ref | amount | settle_date
            D1          | 2.00   | D
        """,
    )


def test_of_one_settle_date_the_line_of_the_latest_delivery_counts() -> None:
    given(
        settlement="""
            channel_ref | amount | path
            D1          | 2.00   | 10/alipay-b.csv
            D1          | 1.00   | 09/alipay-a.csv
        """
    ).shows("staging.settlement_lines", "channel_ref | amount\nD1 | 2.00")


def test_a_second_line_that_comes_again_replaces_the_second_line() -> None:
    given(
        settlement="""
            channel_ref | amount | settle_date | happened_at
            D1          | 1.00   | D-1         | D-1 10:00
            D1          | 2.00   | D-1         | D-1 10:00
            D1          | 3.00   | D           | D-1 10:00
            D1          | 4.00   | D           | D-1 10:00
        """
    ).shows("staging.settlement_lines", "channel_ref | amount\nD1 | 3.00\nD1#2 | 4.00")


def test_one_reference_at_two_channels_is_two_events() -> None:
    given(
        settlement="""
            channel_ref | channel
            D1          | alipay
            D1          | unionpay
        """
    ).shows("staging.settlement_lines", "channel | channel_ref\nalipay | D1\nunionpay | D1")


def test_every_day_keeps_its_lines_as_delivered_beside_the_line_that_counts() -> None:
    given(
        settlement="""
            channel_ref | amount | settle_date | happened_at
            D1          | 1.00   | D-1         | D-1 10:00
            D1          | 2.00   | D           | D-1 10:00
            D2          | 3.00   | D           | D+1 00:00
        """
    ).shows(
        "staging.settlement_delivered",
        """
            channel_ref | amount | settle_date
            D1          | 1.00   | D-1
            D1          | 2.00   | D
            D2          | 3.00   | D
        """,
    )


def test_a_settlement_line_without_a_fee_bore_none() -> None:
    given(
        settlement="""
            channel_ref | fee
            D1          | -
            D2          | 0.60
        """
    ).shows("staging.settlement_delivered", "channel_ref | fee\nD1 | 0.00\nD2 | 0.60")
