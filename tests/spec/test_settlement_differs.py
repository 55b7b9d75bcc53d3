"""settlement_differs: what the bank booked for a day is not the day's net amount."""

import pytest

from tests.spec.harness import given

RELATION = "breaks.settlement_differs"
LINES = """
    kind   | happened_at  | amount  | fee
    debit  | D-7 10:00:00 | 1000.00 | 6.00
    refund | D-7 11:00:00 | 94.00   | -
"""


def test_receipts_that_add_up_to_the_net_amount_are_right() -> None:
    given(
        settlement=LINES,
        bank_receipts="""
            settle_date | booked_on | amount
            D-7         | D-6       | 800.00
            D-7         | D-5       | 101.00
            D-7         | D-4       | -1.00
        """,
    ).shows_nothing(RELATION)


@pytest.mark.parametrize(
    ("amount", "cause"), [("900.01", "received_too_much"), ("899.99", "received_too_little")]
)
def test_a_minor_unit_too_much_or_too_little_differs(amount: str, cause: str) -> None:
    given(
        settlement=LINES,
        bank_receipts=f"""
            settle_date | booked_on | amount
            D-7         | D-6       | {amount}
        """,
    ).shows(
        RELATION,
        f"""
        channel | settle_date | cause   | ledger_amount | channel_amount | true_since
        alipay  | D-7         | {cause} | {amount}      | 900.00         | D-6
        """,
    )


def test_it_is_told_at_once_however_long_the_agreed_lag() -> None:
    given(
        channels="""
            settlement_lag_days
            30
        """,
        settlement=LINES,
        bank_receipts="""
            settle_date | booked_on | amount
            D-7         | D-7       | 500.00
        """,
    ).shows(
        RELATION,
        """
        settle_date
        D-7
        """,
    )


def test_money_for_a_day_whose_net_amount_is_nothing_differs() -> None:
    given(
        files="""
            file_date
            D-7
        """,
        bank_receipts="""
            settle_date | booked_on | amount
            D-7         | D-6       | 0.01
        """,
    ).shows(
        RELATION,
        """
        settle_date | cause             | channel_amount
        D-7         | received_too_much | 0.00
        """,
    )


def test_receipts_of_another_channel_or_day_do_not_count_here() -> None:
    given(
        settlement="""
            channel   | happened_at  | amount
            alipay    | D-7 10:00:00 | 100.00
            alipay    | D-6 10:00:00 | 200.00
            wechatpay | D-7 10:00:00 | 300.00
        """,
        bank_receipts="""
            channel   | settle_date | booked_on | amount
            alipay    | D-7         | D-5       | 100.00
            alipay    | D-6         | D-5       | 200.00
            wechatpay | D-7         | D-5       | 100.00
        """,
    ).shows(
        RELATION,
        """
        channel   | settle_date
        wechatpay | D-7
        """,
    )


def test_receipts_of_several_lenders_for_one_day_add_up() -> None:
    given(
        settlement=LINES,
        bank_receipts="""
            lender  | settle_date | booked_on | amount
            kakadai | D-7         | D-6       | 400.00
            other   | D-7         | D-6       | 500.00
        """,
    ).shows_nothing(RELATION)


def test_a_day_without_receipts_or_without_a_file_is_not_judged() -> None:
    given(settlement=LINES).shows_nothing(RELATION)
    given(
        bank_receipts="""
            settle_date | booked_on | amount
            D-7         | D-6       | 1.00
        """
    ).shows_nothing(RELATION)


def test_a_difference_that_a_later_receipt_made_stands_since_that_receipt() -> None:
    given(
        settlement=LINES,
        bank_receipts="""
            settle_date | booked_on | amount
            D-7         | D-6       | 900.00
            D-7         | D-3       | 100.00
        """,
    ).shows(
        RELATION,
        """
        settle_date | true_since
        D-7         | D-3
        """,
    )


def test_a_receipt_booked_before_the_settle_date_differs_only_once_the_file_is_there() -> None:
    given(
        settlement="""
            happened_at  | amount
            D-2 10:00:00 | 100.00
        """,
        bank_receipts="""
            settle_date | booked_on | amount
            D-2         | D-5       | 90.00
        """,
    ).shows(
        RELATION,
        """
        settle_date | true_since
        D-2         | D-2
        """,
    )


def test_a_difference_stands_since_the_first_day_that_showed_it() -> None:
    given(
        settlement=LINES,
        bank_receipts="""
            settle_date | booked_on | amount
            D-7         | D-6       | 100.00
            D-7         | D-3       | 100.00
        """,
    ).shows(
        RELATION,
        """
        settle_date | true_since
        D-7         | D-6
        """,
    )


def test_each_day_of_each_channel_differs_since_its_own_first_day() -> None:
    given(
        settlement="""
            channel   | happened_at  | amount
            alipay    | D-7 10:00:00 | 100.00
            alipay    | D-6 10:00:00 | 100.00
            wechatpay | D-7 10:00:00 | 100.00
        """,
        bank_receipts="""
            channel   | settle_date | booked_on | amount
            alipay    | D-7         | D-5       | 90.00
            alipay    | D-6         | D-4       | 100.00
            alipay    | D-6         | D-2       | 1.00
            wechatpay | D-7         | D-3       | 100.00
            wechatpay | D-7         | D-1       | 1.00
        """,
    ).shows(
        RELATION,
        """
        channel   | settle_date | true_since
        alipay    | D-7         | D-5
        alipay    | D-6         | D-2
        wechatpay | D-7         | D-1
        """,
    )


def test_right_twice_it_differs_since_the_receipt_after_the_last_time() -> None:
    given(
        settlement="settle_date | happened_at | amount\nD-5 | D-5 10:00:00 | 1000.00",
        bank_receipts="""
            settle_date | booked_on | amount
            D-5         | D-4       | 1000.00
            D-5         | D-3       | 5.00
            D-5         | D-2       | -5.00
            D-5         | D-1       | 7.00
        """,
    ).shows(RELATION, "cause | true_since\nreceived_too_much | D-1")


def test_a_day_of_a_channel_without_terms_is_a_day() -> None:
    given(
        channels="channel | valid_from\nalipay | D+1",
        settlement="amount\n1000.00",
    ).shows("breaks.settlement_days", "channel | net\nalipay | 1000.00")


def test_the_day_of_a_file_without_lines_is_a_day_of_nothing() -> None:
    given(files="file_date\nD").shows(
        "breaks.settlement_days",
        """
        line_count | debit_count | refund_count | debit | refund | fee  | fee_by_rule | net
        0          | 0           | 0            | 0.00  | 0.00   | 0.00 | 0.00        | 0.00
        """,
    )


def test_a_day_counts_its_debits_and_what_it_gave_back_as_far_as_they_succeeded() -> None:
    given(
        settlement="""
            kind     | outcome
            debit    | succeeded
            debit    | succeeded
            debit    | succeeded
            debit    | failed
            refund   | succeeded
            reversal | succeeded
            refund   | failed
        """,
    ).shows("breaks.settlement_days", "line_count | debit_count | refund_count\n7 | 3 | 2")
