"""reports.channel_claims: what to ask each channel for."""

import pytest

from tests.spec.harness import given
from tests.spec.stored_day import break_id

RELATION = "reports.channel_claims"
DEBIT_ON_D_3 = """
    channel_ref | settle_date | happened_at
    D1          | D-3         | D-3 10:00:00
"""


def test_money_that_did_not_come_is_asked_for_by_its_settle_date() -> None:
    given(settlement=DEBIT_ON_D_3, files="file_date\nD-2\nD-1\nD").shows(
        RELATION,
        """
        channel | ask     | date | amount  | category
        alipay  | pay_settlement | D-3  | 1000.00 | settlement_not_received
        """,
    )


def test_a_settlement_that_is_too_small_is_asked_about_with_what_is_missing() -> None:
    given(
        settlement=DEBIT_ON_D_3,
        files="file_date\nD-2\nD-1\nD",
        bank_receipts="""
            booked_on | settle_date | amount
            D-2       | D-3         | 970.00
        """,
    ).shows(
        RELATION,
        """
        ask            | date | amount
        explain_settlement | D-3  | 30.00
        """,
    )


def test_a_settlement_or_a_fee_in_the_lenders_favour_is_below_zero() -> None:
    given(
        settlement="""
            channel_ref | settle_date | happened_at  | amount  | fee
            D1          | D-3         | D-3 10:00:00 | 1000.00 | 4.00
        """,
        channels="""
            fee_rate
            0.005
        """,
        files="file_date\nD-2\nD-1\nD",
        bank_receipts="""
            booked_on | settle_date | amount
            D-2       | D-3         | 1000.00
        """,
    ).shows(
        RELATION,
        """
        ask            | amount
        explain_settlement | -4.00
        correct_fee    | -1.00
        """,
    )


def test_a_missing_file_is_asked_for_without_an_amount() -> None:
    given(
        settlement="""
            channel_ref | settle_date | happened_at
            D1          | D           | D 10:00:00
        """,
        files="file_date\nD-3\nD-1",
    ).shows(
        RELATION,
        """
        ask          | date | amount
        deliver_file | D-2  | -
        """,
    )


def test_a_total_that_differs_is_to_be_explained() -> None:
    given(
        settlement="""
            channel_ref | settle_date | happened_at
            D1          | D           | D 10:00:00
        """,
        settlement_totals="""
            settle_date | debit_count | debit_amount
            D           | 1           | 1001.00
        """,
    ).shows(
        RELATION,
        """
        ask           | date | amount
        explain_total | D    | 1.00
        """,
    )


def test_one_order_is_asked_about_once_whatever_breaks_it_has() -> None:
    given(
        debit_orders="""
            order_no | requested_at | status | amount
            O1       | D-3 09:00:00 | failed | 1000.00
        """,
        settlement="""
            channel_ref | order_no | settle_date | happened_at  | response_code
            D1          | O1       | D-3         | D-3 09:00:05 | HELD
        """,
        files="file_date\nD-2\nD-1\nD",
        bank_receipts="""
            booked_on | settle_date
            D-2       | D-3
        """,
    ).shows(
        RELATION,
        """
        ask             | order_no | date | amount  | category
        confirm_outcome | O1       | D-3  | 1000.00 | debit_status_conflict
        """,
    )


def test_an_unknown_outcome_is_asked_of_the_channel_even_if_its_file_is_what_is_missing() -> None:
    given(
        debit_orders="""
            order_no | requested_at | status  | amount
            O1       | D-3 09:00:00 | unknown | 750.00
        """,
        files="file_date\nD-4\nD-2\nD-1\nD",
    ).shows(
        RELATION,
        """
        ask             | order_no | date | amount
        confirm_outcome | O1       | D-3  | 750.00
        deliver_file    | -        | D-3  | -
        """,
    )


def test_one_order_drawn_twice_is_to_be_given_back_by_the_channel() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D
        """,
        debit_orders="""
            order_no | requested_at
            O1       | D 09:00:00
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D 09:00:05
            D2          | O1       | D 09:00:06
        """,
        postings="""
            posting_id | order_no | posted_at  | amount
            P1         | O1       | D 10:00:00 | 2000.00
        """,
    ).shows(
        RELATION,
        """
        ask             | order_no | channel_ref | amount
        give_back_debit | O1       | D2          | 1000.00
        """,
    )


def test_what_the_lender_can_put_right_alone_is_not_asked() -> None:
    given(
        debit_orders="""
            order_no | requested_at
            O1       | D-3 09:00:00
        """,
        settlement="""
            channel_ref | order_no | settle_date | happened_at
            D1          | O1       | D-3         | D-3 09:00:05
        """,
        files="file_date\nD-2\nD-1\nD",
        bank_receipts="""
            booked_on | settle_date
            D-2       | D-3
        """,
    ).shows_nothing(RELATION)


def test_each_of_two_orders_of_one_number_is_asked_about_with_its_own_amount() -> None:
    given(
        debit_orders="""
            order_no | channel   | amount | status  | requested_at
            O1       | alipay    | 100.00 | unknown | D-3 09:00:00
            O1       | wechatpay | 200.00 | unknown | D-3 10:00:00
        """,
    ).shows(
        RELATION,
        """
        channel   | ask             | order_no | amount
        alipay    | confirm_outcome | O1       | 100.00
        wechatpay | confirm_outcome | O1       | 200.00
        """,
    )


def test_claims_are_one_an_order_and_question_sorted_by_channel_date_and_break() -> None:
    first, second = sorted(
        (break_id("debit_outcome_unknown", f"order:kakadai:{order}"), order)
        for order in ("O1", "O2")
    )
    asked_of_one_order = {
        break_id("debit_status_conflict", "order:kakadai:O4"): "confirm_outcome",
        break_id("duplicate_debit", "debit:alipay:D5"): "give_back_debit",
    }
    ask = [asked_of_one_order[each] for each in sorted(asked_of_one_order)]
    given(
        debit_orders="""
            lender  | order_no | channel  | requested_at | status
            kakadai | O1       | alipay   | D-3 09:00:00 | unknown
            kakadai | O2       | alipay   | D-3 09:00:00 | unknown
            kakadai | O3       | alipay   | D-4 09:00:00 | unknown
            kakadai | O4       | alipay   | D-2 09:00:00 | failed
            other   | O1       | unionpay | D-5 09:00:00 | unknown
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D4          | O4       | D-2 10:00:00
            D5          | O4       | D-2 11:00:00
        """,
        instalments="instalment_no | due_date\n1 | D-2",
        bank_receipts="booked_on | settle_date | amount\nD-1 | D-2 | 2000.00",
        files="file_date\nD-1\nD",
    ).shows(
        RELATION,
        f"""
        channel  | date | order_no    | ask
        alipay   | D-4  | O3          | confirm_outcome
        alipay   | D-3  | {first[1]}  | confirm_outcome
        alipay   | D-3  | {second[1]} | confirm_outcome
        alipay   | D-2  | O4          | {ask[0]}
        alipay   | D-2  | O4          | {ask[1]}
        unionpay | D-5  | O1          | confirm_outcome
        """,
        ordered=True,
    )


@pytest.mark.parametrize("channel_ref", ["D1", "D2"])
def test_the_break_about_the_order_is_asked_about_whatever_its_id(channel_ref: str) -> None:
    given(
        debit_orders="order_no | requested_at | status\nO1 | D-3 09:00:00 | failed",
        settlement=f"""
            channel_ref   | order_no | happened_at  | response_code
            {channel_ref} | O1       | D-3 09:00:05 | HELD
        """,
        bank_receipts="booked_on | settle_date\nD-2 | D-3",
        files="file_date\nD-2\nD-1\nD",
    ).shows(RELATION, "category\ndebit_status_conflict")


def test_of_two_debits_of_an_order_that_nobody_knows_the_lower_break_is_asked_about() -> None:
    breaks = [break_id("debit_not_posted", f"debit:alipay:{ref}") for ref in ("D1", "D2")]
    given(
        settlement="""
            channel_ref | order_no | happened_at  | response_code
            D1          | X1       | D-3 09:00:05 | HELD
            D2          | X1       | D-3 09:00:05 | HELD
        """,
        bank_receipts="booked_on | settle_date | amount\nD-2 | D-3 | 2000.00",
        files="file_date\nD-2\nD-1\nD",
    ).shows(RELATION, f"ask | break_id\nconfirm_outcome | {min(breaks)}")


def test_the_amount_is_that_of_the_order_at_the_channel_that_is_asked() -> None:
    given(
        debit_orders="""
            order_no | channel  | requested_at | status    | amount
            O1       | alipay   | D-3 09:00:00 | unknown   | 750.00
            O1       | unionpay | D-2 09:00:00 | failed    | 800.00
        """,
    ).shows(RELATION, "channel | order_no | amount\nalipay | O1 | 750.00")


def test_what_an_outage_made_late_asks_nothing_of_the_channel() -> None:
    given(
        channel_outages="starts_at | ends_at\nD-5 08:00:00 | D-5 10:00:00",
        debit_orders="order_no | requested_at\nO1 | D-5 09:00:00",
        settlement="order_no | happened_at\nO1 | D-5 10:00:00",
        postings="order_no | posted_at | value_date\nO1 | D-2 10:00:00 | D-5",
        bank_receipts="booked_on | settle_date\nD-4 | D-5",
        files="file_date\nD-4\nD-3\nD-2\nD-1\nD",
    ).shows("reports.breaks", "category | liable\nposted_late | channel").shows_nothing(RELATION)
