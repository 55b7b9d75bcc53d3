"""over_bank_limit: an order that the bank's limits could not let pass, and a plan that fits."""

from tests.spec.harness import given

RELATION = "breaks.over_bank_limit"
LOAN = """
    loan_id | borrower_ref | card_no
    L1      | B1           | 622700******1234
"""


def test_an_order_above_the_limit_of_one_debit_is_over_it() -> None:
    given(
        bank_limits="""
            per_debit
            500.00
        """,
        debit_orders="""
            order_no | amount
            O1       | 500.00
            O2       | 500.01
        """,
    ).shows(
        RELATION,
        """
        entry_id  | cause           | ledger_amount | channel_amount | event_on | true_since
        alipay/O2 | per_debit_limit | 500.01        | 500.00         | D        | D
        """,
    )


def test_any_order_counts_whatever_its_status_or_purpose() -> None:
    given(
        bank_limits="""
            per_debit
            500.00
        """,
        debit_orders="""
            order_no | status    | purpose
            O1       | succeeded | instalment
            O2       | failed    | prepayment
            O3       | unknown   | overdue
        """,
    ).shows(
        RELATION,
        """
        entry_id
        alipay/O1
        alipay/O2
        alipay/O3
        """,
    )


def test_a_limit_that_is_not_stated_is_no_limit_and_a_limit_of_zero_lets_nothing_pass() -> None:
    given(
        loans=LOAN,
        bank_limits="""
            bank_code | per_debit | per_day | per_month
            ICBC      | -         | -       | -
            CMB       | -         | 0.00    | -
            CCB       | -         | -       | 0.00
        """,
        debit_orders="""
            order_no | bank_code | amount
            O1       | ICBC      | 1000000.00
            O2       | CMB       | 0.01
            O3       | CCB       | 0.01
            O4       | ABC       | 1000000.00
        """,
    ).shows(
        RELATION,
        """
        entry_id  | cause           | channel_amount
        alipay/O2 | per_day_limit   | 0.00
        alipay/O3 | per_month_limit | 0.00
        """,
    )


def test_the_limits_of_another_channel_or_bank_do_not_bind() -> None:
    given(
        bank_limits="""
            channel   | bank_code | per_debit
            wechatpay | ICBC      | 500.00
            alipay    | CMB       | 500.00
        """,
        debit_orders="""
            order_no | channel | bank_code
            O1       | alipay  | ICBC
            O2       | alipay  | CMB
        """,
    ).shows(
        RELATION,
        """
        entry_id
        alipay/O2
        """,
    )


def test_the_bank_and_the_kind_of_card_are_the_loans_when_the_order_names_none() -> None:
    given(
        loans="""
            loan_id | bank_code | card_type
            L1      | CMB       | credit
        """,
        bank_limits="""
            bank_code | card_type | per_debit
            CMB       | credit    | 500.00
            CMB       | debit     | 5000.00
        """,
        debit_orders="""
            order_no | bank_code | card_type
            O1       | -         | -
            O2       | -         | debit
        """,
    ).shows(
        RELATION,
        """
        entry_id
        alipay/O1
        """,
    )


def test_a_row_for_the_card_type_beats_a_row_for_any_as_a_whole() -> None:
    given(
        loans=LOAN,
        bank_limits="""
            card_type | per_debit | per_day
            -         | 2000.00   | 500.00
            debit     | 1000.00   | -
        """,
        debit_orders="""
            order_no | card_type | amount  | requested_at
            O1       | debit     | 1000.00 | D 09:00:00
            O2       | debit     | 1000.01 | D-1 09:00:00
            O3       | credit    | 500.00  | D-2 09:00:00
            O4       | credit    | 500.01  | D-3 09:00:00
        """,
    ).shows(
        RELATION,
        """
        entry_id  | cause           | channel_amount
        alipay/O2 | per_debit_limit | 1000.00
        alipay/O4 | per_day_limit   | 500.00
        """,
    )


def test_the_limit_in_force_on_the_day_of_the_request_binds() -> None:
    given(
        bank_limits="""
            card_type | per_debit | valid_from | valid_to
            -         | 500.00    | -          | D-2
            -         | 2000.00   | D-2        | D
            -         | 900.00    | D          | -
            credit    | 100.00    | -          | D-1
        """,
        debit_orders="""
            order_no | card_type | amount  | requested_at
            O1       | debit     | 1000.00 | D-3 23:59:59
            O2       | debit     | 1000.00 | D-2 00:00:00
            O3       | debit     | 1000.00 | D-1 23:59:59
            O4       | debit     | 1000.00 | D 00:00:00
            O5       | credit    | 101.00  | D-2 23:59:59
            O6       | credit    | 101.00  | D-1 00:00:00
        """,
    ).shows(
        RELATION,
        """
        entry_id  | channel_amount
        alipay/O1 | 500.00
        alipay/O4 | 900.00
        alipay/O5 | 100.00
        """,
    )


def test_an_order_and_the_earlier_ones_of_its_card_that_day_exceed_the_day_limit_together() -> None:
    orders = """
        order_no | amount   | requested_at
        O1       | 600.00   | D 09:00:00
        O2       | {amount} | D 10:00:00
    """
    limit = """
        per_day
        1000.00
    """
    given(loans=LOAN, bank_limits=limit, debit_orders=orders.format(amount="400.00")).shows_nothing(
        RELATION
    )
    given(loans=LOAN, bank_limits=limit, debit_orders=orders.format(amount="400.01")).shows(
        RELATION,
        """
        entry_id  | cause         | ledger_amount | channel_amount
        alipay/O2 | per_day_limit | 400.01        | 1000.00
        """,
    )


def test_earlier_orders_count_when_the_lender_or_the_channel_saw_them_succeed() -> None:
    given(
        loans="""
            loan_id | borrower_ref | card_no
            L1      | B1           | 622700******1111
            L2      | B2           | 622700******2222
            L3      | B3           | 622700******3333
            L4      | B4           | 622700******4444
        """,
        bank_limits="""
            per_day
            1000.00
        """,
        debit_orders="""
            order_no | loan_id | amount | requested_at | status
            O1       | L1      | 600.00 | D 09:00:00   | succeeded
            O2       | L1      | 600.00 | D 10:00:00   | failed
            O3       | L2      | 600.00 | D 09:00:00   | failed
            O4       | L2      | 600.00 | D 10:00:00   | succeeded
            O5       | L3      | 600.00 | D 09:00:00   | unknown
            O6       | L3      | 600.00 | D 10:00:00   | failed
            O7       | L4      | 600.00 | D 09:00:00   | unknown
            O8       | L4      | 600.00 | D 10:00:00   | failed
        """,
        settlement="""
            channel   | order_no | outcome   | amount
            alipay    | O5       | succeeded | 600.00
            alipay    | O7       | failed    | 600.00
            wechatpay | O7       | succeeded | 600.00
        """,
    ).shows(
        RELATION,
        """
        entry_id
        alipay/O2
        alipay/O6
        """,
    )


def test_the_day_is_the_calendar_day_of_the_request() -> None:
    given(
        loans=LOAN,
        bank_limits="""
            channel  | per_day
            unionpay | 1000.00
        """,
        debit_orders="""
            order_no | channel  | amount | requested_at
            O1       | unionpay | 600.00 | D-2 00:00:00
            O2       | unionpay | 600.00 | D-2 23:59:59
            O3       | unionpay | 600.00 | D-1 00:00:00
        """,
    ).shows(
        RELATION,
        """
        entry_id    | event_on
        unionpay/O2 | D-2
        """,
    )


def test_of_two_orders_of_one_second_the_one_with_the_lower_number_came_first() -> None:
    given(
        loans=LOAN,
        bank_limits="""
            per_day
            1000.00
        """,
        debit_orders="""
            order_no | amount | requested_at
            O2       | 600.00 | D 09:00:00
            O1       | 600.00 | D 09:00:00
        """,
    ).shows(
        RELATION,
        """
        entry_id
        alipay/O2
        """,
    )


def test_orders_of_another_card_borrower_channel_or_bank_use_up_nothing() -> None:
    given(
        loans="""
            loan_id | borrower_ref | card_no
            L1      | B1           | 622700******1234
            L2      | B1           | 622700******1234
            L3      | B3           | 622700******1234
        """,
        bank_limits="""
            channel   | bank_code | per_day
            alipay    | ICBC      | 1000.00
            alipay    | CMB       | 1000.00
            wechatpay | ICBC      | 1000.00
        """,
        debit_orders="""
            order_no | loan_id | channel   | bank_code | card_no          | amount | requested_at
            O1       | L1      | alipay    | ICBC      | -                | 600.00 | D 09:00:00
            O2       | L1      | alipay    | CMB       | -                | 600.00 | D 10:00:00
            O3       | L1      | wechatpay | ICBC      | -                | 600.00 | D 10:00:00
            O4       | L1      | alipay    | ICBC      | 622700******9999 | 600.00 | D 10:00:00
            O5       | L3      | alipay    | ICBC      | -                | 600.00 | D 10:00:00
            O6       | L2      | alipay    | ICBC      | 622700******1234 | 600.00 | D 11:00:00
        """,
    ).shows(
        RELATION,
        """
        entry_id
        alipay/O6
        """,
    )


def test_a_month_limit_counts_from_the_first_to_the_last_second_of_the_month() -> None:
    orders = """
        order_no | amount | requested_at
        O1       | 600.00 | {first}
        O2       | 600.00 | {second}
    """
    limit = """
        per_month
        1000.00
    """
    given(
        loans=LOAN,
        bank_limits=limit,
        debit_orders=orders.format(first="2026-02-01 00:00:00", second="2026-02-28 23:59:59"),
    ).shows(
        RELATION,
        """
        entry_id  | cause           | channel_amount
        alipay/O2 | per_month_limit | 1000.00
        """,
    )
    given(
        loans=LOAN,
        bank_limits=limit,
        debit_orders=orders.format(first="2026-01-31 23:59:59", second="2026-02-28 23:59:59"),
    ).shows_nothing(RELATION)
    given(
        loans=LOAN,
        bank_limits=limit,
        debit_orders=orders.format(first="2026-02-28 23:59:59", second="2026-03-01 00:00:00"),
    ).shows_nothing(RELATION)


def test_an_order_fills_a_month_limit_to_the_minor_unit() -> None:
    given(
        loans=LOAN,
        bank_limits="""
            per_month
            1000.00
        """,
        debit_orders="""
            order_no | amount | requested_at
            O1       | 600.00 | 2026-03-02 09:00:00
            O2       | 400.00 | 2026-03-03 09:00:00
            O3       | 0.01   | 2026-03-04 09:00:00
        """,
    ).shows(
        RELATION,
        """
        entry_id
        alipay/O3
        """,
    )


def test_of_several_limits_exceeded_the_narrowest_is_told() -> None:
    given(
        loans=LOAN,
        bank_limits="""
            bank_code | per_debit | per_day | per_month
            ICBC      | 500.00    | 800.00  | 900.00
            CMB       | 2000.00   | 800.00  | 900.00
        """,
        debit_orders="""
            order_no | bank_code | amount
            O1       | ICBC      | 1000.00
            O2       | CMB       | 1000.00
        """,
    ).shows(
        RELATION,
        """
        entry_id  | cause           | channel_amount
        alipay/O1 | per_debit_limit | 500.00
        alipay/O2 | per_day_limit   | 800.00
        """,
    )


def test_an_order_of_a_closed_loan_is_left_alone() -> None:
    given(
        loans="""
            loan_id | status
            L1      | active
            L2      | closed
        """,
        bank_limits="""
            per_debit
            500.00
        """,
        debit_orders="""
            order_no | loan_id
            O1       | L1
            O2       | L2
        """,
    ).shows(
        RELATION,
        """
        entry_id
        alipay/O1
        """,
    )


def test_the_remedy_names_pieces_that_fit_one_debit_and_one_day() -> None:
    given(
        loans=LOAN,
        bank_limits="""
            per_debit | per_day
            500.00    | 2000.00
        """,
        debit_orders="""
            order_no | amount  | status
            O1       | 1200.00 | failed
        """,
        business_date="2026-03-09",
    ).shows(
        RELATION,
        """
        entry_id  | remedy
        alipay/O1 | Collect it in 3 debits of at most 500.00 on 2026-03-10.
        """,
    )


def test_a_plan_takes_further_days_when_a_day_is_full() -> None:
    drawn = given(
        loans=LOAN,
        bank_limits="""
            per_debit | per_day
            500.00    | 1000.00
        """,
        debit_orders="""
            order_no | amount  | status
            O1       | 2500.05 | failed
        """,
        business_date="2026-03-09",
    )
    drawn.shows(
        "breaks.limit_plans",
        """
        entry_id  | day        | amount
        alipay/O1 | 2026-03-10 | 1000.00
        alipay/O1 | 2026-03-11 | 1000.00
        alipay/O1 | 2026-03-12 | 500.05
        """,
    )
    drawn.shows(
        RELATION,
        """
        entry_id  | remedy
        alipay/O1 | Collect it in up to 2 debits a day of at most 500.00 on 3 days \
from 2026-03-10 to 2026-03-12.
        """,
    )


def test_a_plan_waits_for_the_next_month_when_a_month_is_full() -> None:
    given(
        loans=LOAN,
        bank_limits="""
            per_month
            1000.00
        """,
        debit_orders="""
            order_no | amount  | requested_at        | status
            O1       | 700.00  | 2026-03-27 09:00:00 | succeeded
            O2       | 1200.00 | 2026-03-30 09:00:00 | failed
        """,
        business_date="2026-03-30",
    ).shows(
        "breaks.limit_plans",
        """
        entry_id  | day        | amount
        alipay/O2 | 2026-03-31 | 300.00
        alipay/O2 | 2026-04-01 | 900.00
        """,
    )


def test_what_another_card_borrower_channel_or_bank_took_leaves_a_plan_alone() -> None:
    given(
        loans="""
            loan_id | borrower_ref | card_no
            L1      | B1           | 622700******1234
            L2      | B2           | 622700******1234
        """,
        bank_limits="""
            channel   | bank_code | per_month
            alipay    | ICBC      | 1000.00
            alipay    | CMB       | 1000.00
            wechatpay | ICBC      | 1000.00
        """,
        debit_orders="""
            order_no | loan_id | channel   | bank_code | card_no          | amount  | status
            O1       | L1      | alipay    | ICBC      | 622700******9999 | 700.00  | succeeded
            O2       | L2      | alipay    | ICBC      | -                | 700.00  | succeeded
            O3       | L1      | wechatpay | ICBC      | -                | 700.00  | succeeded
            O4       | L1      | alipay    | CMB       | -                | 700.00  | succeeded
            O5       | L1      | alipay    | ICBC      | -                | 1001.00 | failed
        """,
        business_date="2026-03-30",
    ).shows(
        "breaks.limit_plans",
        """
        entry_id  | day        | amount
        alipay/O5 | 2026-03-31 | 1000.00
        alipay/O5 | 2026-04-01 | 1.00
        """,
    )


def test_limits_that_leave_no_room_leave_no_plan() -> None:
    given(
        bank_limits="""
            per_day
            0.00
        """,
        debit_orders="""
            order_no | amount
            O1       | 0.01
        """,
    ).shows(
        RELATION,
        """
        entry_id  | remedy
        alipay/O1 | Agree another way to pay: the limits leave no room for it.
        """,
    )


def test_a_limit_of_zero_for_one_debit_leaves_no_room_for_a_plan() -> None:
    given(
        bank_limits="""
            per_debit
            0.00
        """,
        debit_orders="""
            order_no | amount
            O1       | 0.01
        """,
    ).shows(
        RELATION,
        """
        entry_id  | cause           | remedy
        alipay/O1 | per_debit_limit | Agree another way to pay: the limits leave no room for it.
        """,
    )


def test_earlier_orders_of_the_month_count_though_no_limit_was_in_force_yet() -> None:
    given(
        loans=LOAN,
        bank_limits="""
            per_month | valid_from
            1000.00   | 2026-03-05
        """,
        debit_orders="""
            order_no | amount | requested_at
            O1       | 600.00 | 2026-03-02 09:00:00
            O2       | 600.00 | 2026-03-06 09:00:00
        """,
    ).shows(
        RELATION,
        """
        entry_id
        alipay/O2
        """,
    )


def test_without_a_month_limit_what_the_card_bore_this_month_leaves_a_plan_alone() -> None:
    given(
        loans=LOAN,
        bank_limits="""
            per_day
            1000.00
        """,
        debit_orders="""
            order_no | amount  | requested_at        | status
            O1       | 700.00  | 2026-03-05 09:00:00 | succeeded
            O2       | 1200.00 | 2026-03-09 09:00:00 | failed
        """,
        business_date="2026-03-09",
    ).shows(
        "breaks.limit_plans",
        """
        entry_id  | day        | amount
        alipay/O2 | 2026-03-10 | 1000.00
        alipay/O2 | 2026-03-11 | 200.00
        """,
    )


def test_a_plan_counts_what_the_channel_took_though_the_lender_does_not_know() -> None:
    given(
        loans=LOAN,
        bank_limits="""
            per_month
            1000.00
        """,
        debit_orders="""
            order_no | amount  | requested_at        | status
            O1       | 700.00  | 2026-03-27 09:00:00 | unknown
            O2       | 1200.00 | 2026-03-30 09:00:00 | failed
        """,
        settlement="""
            order_no | amount | happened_at
            O1       | 700.00 | 2026-03-27 09:00:05
        """,
        business_date="2026-03-30",
    ).shows(
        "breaks.limit_plans",
        """
        entry_id  | day        | amount
        alipay/O2 | 2026-03-31 | 300.00
        alipay/O2 | 2026-04-01 | 900.00
        """,
    )


def test_an_order_may_reach_its_limits_to_the_minor_unit() -> None:
    given(
        loans=LOAN,
        bank_limits="""
            bank_code | per_day | per_month
            ICBC      | 1000.00 | -
            CMB       | -       | 1000.00
        """,
        debit_orders="""
            order_no | bank_code | requested_at | amount  | status
            O1       | ICBC      | D 09:00:00   | 1000.00 | failed
            O2       | ICBC      | D 10:00:00   | 1000.00 | succeeded
            O3       | ICBC      | D 11:00:00   | 0.01    | failed
            O4       | CMB       | D 09:00:00   | 1000.00 | failed
            O5       | CMB       | D 10:00:00   | 1000.00 | succeeded
            O6       | CMB       | D 11:00:00   | 0.01    | failed
        """,
    ).shows(
        RELATION,
        """
        entry_id
        alipay/O3
        alipay/O6
        """,
    )


def test_a_single_order_may_reach_its_limits_to_the_minor_unit() -> None:
    given(
        loans=LOAN,
        bank_limits="""
            per_day | per_month
            1000.00 | 1000.00
        """,
        debit_orders="""
            amount
            1000.00
        """,
    ).shows_nothing(RELATION)


def test_a_day_limit_binds_beside_a_higher_month_limit() -> None:
    given(
        loans=LOAN,
        bank_limits="""
            per_day | per_month
            1000.00 | 5000.00
        """,
        debit_orders="""
            order_no | amount | requested_at
            O1       | 600.00 | D 09:00:00
            O2       | 600.00 | D 10:00:00
        """,
    ).shows(
        RELATION,
        """
        entry_id  | cause
        alipay/O2 | per_day_limit
        """,
    )


def test_a_limit_that_is_raised_later_in_the_month_still_bound_before() -> None:
    given(
        loans=LOAN,
        bank_limits="""
            bank_code | per_day | per_month | valid_from | valid_to
            ICBC      | 1000.00 | -         | -          | 2026-03-05
            ICBC      | 5000.00 | -         | 2026-03-05 | -
            CMB       | -       | 1000.00   | -          | 2026-03-05
            CMB       | -       | 5000.00   | 2026-03-05 | -
        """,
        debit_orders="""
            order_no | bank_code | amount | requested_at
            O1       | ICBC      | 600.00 | 2026-03-02 09:00:00
            O2       | ICBC      | 600.00 | 2026-03-02 10:00:00
            O3       | ICBC      | 100.00 | 2026-03-06 09:00:00
            O4       | CMB       | 600.00 | 2026-03-02 09:00:00
            O5       | CMB       | 600.00 | 2026-03-03 10:00:00
            O6       | CMB       | 100.00 | 2026-03-06 09:00:00
        """,
        business_date="2026-03-09",
    ).shows(
        RELATION,
        """
        entry_id
        alipay/O2
        alipay/O5
        """,
    )


def test_a_full_month_bears_nothing_and_the_remedy_names_the_largest_day() -> None:
    orders = """
        order_no | amount  | requested_at        | status
        O1       | {taken} | 2026-03-27 09:00:00 | succeeded
        O2       | 1200.00 | 2026-03-30 09:00:00 | failed
    """
    limits = """
        per_month
        1000.00
    """
    given(
        loans=LOAN,
        bank_limits=limits,
        debit_orders=orders.format(taken="1000.00"),
        business_date="2026-03-30",
    ).shows(
        "breaks.limit_plans",
        """
        day        | amount
        2026-04-01 | 1000.00
        2026-05-01 | 200.00
        """,
    )
    given(
        loans=LOAN,
        bank_limits=limits,
        debit_orders=orders.format(taken="700.00"),
        business_date="2026-03-30",
    ).shows(
        RELATION,
        """
        remedy
        Collect it in up to 1 debits a day of at most 900.00 on 2 days \
from 2026-03-31 to 2026-04-01.
        """,
    )


def test_a_minor_unit_more_takes_one_more_piece() -> None:
    given(
        loans=LOAN,
        bank_limits="""
            per_debit
            500.00
        """,
        debit_orders="""
            order_no | amount  | status
            O1       | 1000.00 | failed
            O2       | 1000.01 | failed
        """,
        business_date="2026-03-09",
    ).shows(
        RELATION,
        """
        entry_id  | remedy
        alipay/O1 | Collect it in 2 debits of at most 500.00 on 2026-03-10.
        alipay/O2 | Collect it in 3 debits of at most 500.00 on 2026-03-10.
        """,
    )


def test_another_lenders_orders_use_up_nothing() -> None:
    given(
        loans="""
            lender  | loan_id | borrower_ref | card_no
            kakadai | L1      | B1           | 622700******1234
            other   | L1      | B1           | 622700******1234
        """,
        bank_limits="""
            per_month
            1000.00
        """,
        debit_orders="""
            lender  | order_no | amount  | requested_at        | status
            other   | O1       | 700.00  | 2026-03-27 09:00:00 | succeeded
            kakadai | O2       | 1001.00 | 2026-03-30 09:00:00 | failed
        """,
        business_date="2026-03-30",
    ).shows(
        "breaks.limit_plans",
        """
        entry_id  | day        | amount
        alipay/O2 | 2026-03-31 | 1000.00
        alipay/O2 | 2026-04-01 | 1.00
        """,
    )


def test_a_piece_of_one_minor_unit_is_a_piece() -> None:
    given(
        bank_limits="per_debit\n0.01",
        debit_orders="order_no | amount | status\nO1 | 0.02 | failed",
    ).shows(
        "breaks.over_bank_limit",
        "entry_id | remedy\nalipay/O1 | Collect it in 2 debits of at most 0.01 on 2026-03-10.",
    )


def test_what_was_used_before_is_summed_for_each_busy_card_and_for_no_other() -> None:
    cards = [
        "kakadai | L1 | alipay   | ICBC | D 09:00:00",
        "kakadai | L2 | alipay   | ICBC | D 09:00:00",
        "kakadai | L3 | alipay   | ICBC | D 09:00:00",
        "other   | L4 | alipay   | ICBC | D 09:00:00",
        "kakadai | L1 | unionpay | ICBC | D 09:00:00",
        "kakadai | L1 | alipay   | CMB  | D 09:00:00",
        "kakadai | L1 | alipay   | ICBC | D-20 09:00:00",
    ]
    orders = [f"O{n}{m} | {card}" for n, card in enumerate(cards) for m in (1, 2)]
    drawn = given(
        loans="""
            lender  | loan_id | borrower_ref | card_no
            kakadai | L1      | B1           | 622700******1111
            kakadai | L2      | B1           | 622700******2222
            kakadai | L3      | B3           | 622700******1111
            other   | L4      | B1           | 622700******1111
            kakadai | L5      | B5           | 622700******5555
        """,
        bank_limits="""
            channel  | bank_code | per_day
            alipay   | ICBC      | 1000.00
            alipay   | CMB       | 1000.00
            unionpay | ICBC      | 1000.00
        """,
        debit_orders="order_no | lender | loan_id | channel | bank_code | requested_at | amount\n"
        + "\n".join(f"{order} | 600.00" for order in orders)
        + "\nO99 | kakadai | L5 | alipay | ICBC | D 09:00:00 | 600.00",
    )
    used = [
        (row["entry_id"][-1], row["used_that_day_minor"], row["used_that_month_minor"])
        for row in drawn.rows("breaks.limit_use")
    ]
    assert sorted(used) == [("1", 0, 0)] * 7 + [("2", 60000, 60000)] * 7


def test_a_debit_of_that_number_at_another_channel_is_no_success_of_this_order() -> None:
    given(
        bank_limits="channel | per_debit\nalipay | 1.00\nunionpay | 1.00",
        debit_orders="""
            order_no | channel  | status
            O1       | alipay   | failed
            O1       | unionpay | failed
            O2       | alipay   | succeeded
        """,
        settlement="channel | order_no\nunionpay | O1",
    ).shows("breaks.succeeded_orders", "entry_id\nunionpay/O1\nalipay/O2")
