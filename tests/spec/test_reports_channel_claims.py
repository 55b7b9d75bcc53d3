"""reports.channel_claims: what to ask each channel for."""

from tests.spec.harness import given

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
        alipay  | pay_out | D-3  | 1000.00 | settlement_not_received
        """,
    )


def test_a_payout_that_is_too_small_is_asked_about_with_what_is_missing() -> None:
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
        explain_payout | D-3  | 30.00
        """,
    )


def test_a_payout_or_a_fee_in_the_lenders_favour_is_below_zero() -> None:
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
        explain_payout | -4.00
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
