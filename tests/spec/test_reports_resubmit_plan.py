"""reports.resubmit_plan: what to collect again, in pieces and on days that the limits allow."""

from tests.spec.harness import given
from tests.spec.stored_day import break_id

RELATION = "reports.resubmit_plan"
REFUSED = """
    order_no | loan_id | instalment_no | purpose    | amount   | requested_at | status
    O1       | L1      | -             | prepayment | 20000.00 | D-1 09:00:00 | failed
"""
LOAN = """
    loan_id | borrower_ref | card_no
    L1      | B1           | 622700******1234
"""


def test_a_sum_above_the_limits_is_cut_into_pieces_and_days() -> None:
    given(
        loans=LOAN,
        bank_limits="""
            per_debit | per_day
            5000.00   | 12000.00
        """,
        debit_orders=REFUSED,
    ).shows(
        RELATION,
        """
        loan_id | piece_no | piece_count | collect_on | amount  | whole_amount | channel
        L1      | 1        | 5           | D+1        | 5000.00 | 20000.00     | alipay
        L1      | 2        | 5           | D+1        | 5000.00 | 20000.00     | alipay
        L1      | 3        | 5           | D+1        | 2000.00 | 20000.00     | alipay
        L1      | 4        | 5           | D+2        | 5000.00 | 20000.00     | alipay
        L1      | 5        | 5           | D+2        | 3000.00 | 20000.00     | alipay
        """,
        ordered=True,
    )


def test_a_month_bears_what_its_succeeded_orders_left_of_its_limit() -> None:
    given(
        business_date="2026-03-30",
        loans=LOAN,
        bank_limits="""
            per_debit | per_month
            9000.00   | 10000.00
        """,
        debit_orders="""
            order_no | loan_id | instalment_no | amount   | requested_at        | status
            O1       | L1      | -             | 12000.00 | 2026-03-30 09:00:00 | failed
            O2       | L1      | 1             | 6000.00  | 2026-03-02 09:00:00 | succeeded
        """,
        settlement="""
            order_no | settle_date | happened_at         | amount
            O2       | 2026-03-02  | 2026-03-02 09:00:05 | 6000.00
        """,
    ).shows(
        RELATION,
        """
        piece_no | collect_on | amount  | per_debit_limit | per_day_limit | per_month_limit
        1        | 2026-03-31 | 4000.00 | 9000.00         | -             | 10000.00
        2        | 2026-04-01 | 8000.00 | 9000.00         | -             | 10000.00
        """,
    )


def test_four_orders_for_one_payoff_are_one_debt_and_what_came_since_is_taken_off() -> None:
    given(
        loans=LOAN,
        bank_limits="""
            per_debit
            5000.00
        """,
        debit_orders="""
            order_no | instalment_no | purpose    | amount   | requested_at | status
            O1       | -             | prepayment | 19000.00 | D-3 09:00:00 | failed
            O2       | -             | prepayment | 20000.00 | D-2 09:00:00 | failed
            O3       | -             | prepayment | 5000.00  | D-2 10:00:00 | succeeded
            O4       | -             | prepayment | 5000.00  | D-2 11:00:00 | succeeded
        """,
        settlement="""
            order_no | settle_date | happened_at  | amount
            O3       | D-2         | D-2 10:00:05 | 5000.00
            O4       | D-2         | D-2 11:00:05 | 5000.00
        """,
    ).shows(
        RELATION,
        """
        piece_no | collect_on | amount  | whole_amount
        1        | D+1        | 5000.00 | 10000.00
        2        | D+1        | 5000.00 | 10000.00
        """,
    )


def test_only_money_for_this_payoff_since_it_was_asked_for_is_taken_off() -> None:
    given(
        loans="""
            lender  | loan_id | borrower_ref
            kakadai | L1      | B1
            kakadai | L2      | B2
            other   | L1      | B3
        """,
        bank_limits="per_debit\n10000.00",
        debit_orders="""
            lender  | order_no | loan_id | instalment_no | amount   | requested_at | status
            kakadai | O1       | L1      | -             | 20000.00 | D-2 09:00:00 | failed
            kakadai | O2       | L1      | -             | 100.00   | D-3 09:00:00 | succeeded
            kakadai | O3       | L1      | 1             | 200.00   | D-2 10:00:00 | succeeded
            kakadai | O4       | L2      | -             | 300.00   | D-2 10:00:00 | succeeded
            other   | O5       | L1      | -             | 400.00   | D-2 10:00:00 | succeeded
            kakadai | O6       | L1      | -             | 5000.00  | D-2 09:00:00 | succeeded
        """,
        settlement="""
            channel_ref | order_no | settle_date | happened_at  | amount
            D2          | O2       | D-3         | D-3 09:00:05 | 100.00
            D3          | O3       | D-2         | D-2 10:00:05 | 200.00
            D4          | O4       | D-2         | D-2 10:00:05 | 300.00
            D5          | O5       | D-2         | D-2 10:00:05 | 400.00
            D6          | O6       | D-2         | D-2 09:00:00 | 5000.00
        """,
    ).shows(
        RELATION,
        """
        lender  | loan_id | whole_amount | amount
        kakadai | L1      | 15000.00     | 10000.00
        kakadai | L1      | 15000.00     | 5000.00
        """,
    )


def test_a_payoff_that_came_in_the_end_is_not_collected_again() -> None:
    given(
        loans=LOAN,
        bank_limits="per_debit\n5000.00",
        debit_orders=REFUSED.replace("failed", "succeeded"),
        settlement="""
            order_no | settle_date | happened_at  | amount
            O1       | D-1         | D-1 09:00:05 | 20000.00
        """,
    ).shows_nothing(RELATION)


def test_an_instalment_never_asked_for_goes_the_way_of_the_loans_last_order() -> None:
    given(
        loans=LOAN,
        instalments="""
            instalment_no | due_date
            1             | D-31
            2             | D-1
        """,
        bank_limits="""
            channel   | per_debit
            alipay    | 400.00
            wechatpay | 600.00
        """,
        debit_orders="""
            order_no | channel   | requested_at  | amount
            O1       | alipay    | D-33 09:00:00 | 300.00
            O2       | wechatpay | D-31 09:00:00 | 700.00
        """,
        settlement="""
            channel   | channel_ref | order_no | settle_date | happened_at   | amount
            alipay    | D1          | O1       | D-33        | D-33 09:00:05 | 300.00
            wechatpay | D2          | O2       | D-31        | D-31 09:00:05 | 700.00
        """,
        postings="""
            channel   | order_no | posted_at     | value_date | amount
            alipay    | O1       | D-33 10:00:00 | D-33       | 300.00
            wechatpay | O2       | D-31 10:00:00 | D-31       | 700.00
        """,
    ).shows(
        RELATION,
        """
        loan_id | instalment_no | piece_no | amount | channel   | bank_code | card_no
        L1      | 2             | 1        | 600.00 | wechatpay | ICBC      | 622700******1234
        L1      | 2             | 2        | 400.00 | wechatpay | ICBC      | 622700******1234
        """,
    )


def test_an_order_that_was_put_away_still_tells_the_channel_of_its_loan() -> None:
    given(
        puts_away=True,
        loans=LOAN,
        instalments="""
            instalment_no | due_date
            1             | D-31
            2             | D-1
        """,
        debit_orders="""
            order_no | channel   | requested_at
            O1       | wechatpay | D-31 09:00:00
        """,
        settlement="""
            channel   | order_no | settle_date | happened_at
            wechatpay | O1       | D-31        | D-31 09:00:05
        """,
        postings="""
            channel   | order_no | posted_at     | value_date
            wechatpay | O1       | D-31 10:00:00 | D-31
        """,
    ).shows(
        RELATION,
        """
        instalment_no | amount  | channel
        2             | 1000.00 | wechatpay
        """,
    )


def test_only_what_is_missing_of_a_split_is_collected() -> None:
    given(
        loans=LOAN,
        instalments="""
            instalment_no | due_date
            1             | D-1
        """,
        debit_orders="""
            order_no | requested_at | amount
            O1       | D-1 09:00:00 | 600.00
            O2       | D-1 09:00:01 | 0.00
        """,
        settlement="""
            order_no | settle_date | happened_at  | amount
            O1       | D-1         | D-1 09:00:05 | 600.00
            O2       | D-1         | D-1 09:00:05 | 0.00
        """,
    ).shows(
        RELATION,
        """
        instalment_no | piece_count | collect_on | amount | per_debit_limit
        1             | 1           | D+1        | 400.00 | -
        """,
    )


def test_debts_of_one_card_share_its_days_the_oldest_first() -> None:
    given(
        loans=LOAN,
        instalments="""
            instalment_no | due_date
            1             | D-2
            2             | D-1
        """,
        bank_limits="""
            per_debit | per_day
            500.00    | 600.00
        """,
        debit_orders="""
            order_no | instalment_no | requested_at | amount  | status
            O2       | 2             | D-1 09:00:00 | 1000.00 | failed
            O1       | 1             | D-2 09:00:00 | 1000.00 | failed
        """,
    ).shows(
        RELATION,
        """
        instalment_no | piece_no | collect_on | amount
        1             | 1        | D+1        | 500.00
        1             | 2        | D+1        | 100.00
        1             | 3        | D+2        | 400.00
        2             | 1        | D+2        | 200.00
        2             | 2        | D+3        | 500.00
        2             | 3        | D+3        | 100.00
        2             | 4        | D+4        | 200.00
        """,
        ordered=True,
    )


def test_cards_of_two_borrowers_lenders_or_banks_have_their_days_to_themselves() -> None:
    given(
        loans="""
            lender  | loan_id | borrower_ref | card_no          | bank_code
            kakadai | L1      | B1           | 622700******1234 | ICBC
            kakadai | L2      | B2           | 622700******1234 | ICBC
            other   | L3      | B1           | 622700******1234 | ICBC
            kakadai | L4      | B1           | 622700******9999 | ICBC
            kakadai | L5      | B1           | 622700******1234 | CMB
        """,
        bank_limits="""
            bank_code | per_debit | per_day
            ICBC      | 900.00    | 1000.00
            CMB       | 900.00    | 1000.00
        """,
        debit_orders="""
            lender  | order_no | loan_id | instalment_no | bank_code | card_type | amount  | status
            kakadai | O1       | L1      | -             | -         | -         | 1000.00 | failed
            kakadai | O2       | L2      | -             | -         | -         | 1000.00 | failed
            other   | O3       | L3      | -             | -         | -         | 1000.00 | failed
            kakadai | O4       | L4      | -             | -         | -         | 1000.00 | failed
            kakadai | O5       | L5      | -             | -         | -         | 1000.00 | failed
        """,
    ).shows(
        RELATION,
        "loan_id | collect_on | amount\n"
        + "\n".join(f"L{n} | D+1 | {piece}" for n in range(1, 6) for piece in ("900.00", "100.00")),
    )


def test_a_month_used_up_waits_for_the_next_and_only_this_cards_orders_use_it() -> None:
    orders = """
        O1 | L1 | - | alipay    | ICBC | 600.00  | 2026-03-30 | failed
        O2 | L1 | 1 | alipay    | ICBC | 1200.00 | 2026-03-02 | succeeded
        O3 | L2 | - | alipay    | ICBC | 600.00  | 2026-03-30 | failed
        O4 | L2 | 1 | wechatpay | ICBC | 1200.00 | 2026-03-02 | succeeded
        O5 | L2 | 1 | alipay    | CMB  | 1200.00 | 2026-03-02 | succeeded
        O6 | L2 | 1 | alipay    | ICBC | 1200.00 | 2026-02-02 | succeeded
    """.replace("-02 |", "-02 09:00:00 |").replace("-30 |", "-30 09:00:00 |")
    given(
        business_date="2026-03-30",
        loans="""
            loan_id | borrower_ref | card_no
            L1      | B1           | 622700******1234
            L2      | B2           | 622700******1234
        """,
        bank_limits="""
            channel   | bank_code | per_debit | per_month
            alipay    | ICBC      | 500.00    | 1000.00
            wechatpay | ICBC      | 500.00    | 1000.00
            alipay    | CMB       | 500.00    | 1000.00
        """,
        debit_orders="order_no | loan_id | instalment_no | channel | bank_code | amount"
        f" | requested_at | status{orders}",
        settlement="""
            channel   | channel_ref | order_no | settle_date | happened_at         | amount
            alipay    | D2          | O2       | 2026-03-02  | 2026-03-02 09:00:05 | 1200.00
            wechatpay | D4          | O4       | 2026-03-02  | 2026-03-02 09:00:05 | 1200.00
            alipay    | D5          | O5       | 2026-03-02  | 2026-03-02 09:00:05 | 1200.00
            alipay    | D6          | O6       | 2026-02-02  | 2026-02-02 09:00:05 | 1200.00
        """,
    ).shows(
        RELATION,
        """
        loan_id | collect_on | amount
        L1      | 2026-04-01 | 500.00
        L1      | 2026-04-01 | 100.00
        L2      | 2026-03-31 | 500.00
        L2      | 2026-03-31 | 100.00
        """,
    )


def test_a_loan_of_that_number_at_another_lender_changes_nothing() -> None:
    given(
        loans="""
            lender  | loan_id | borrower_ref | card_no
            kakadai | L1      | B1           | 622700******1234
            other   | L1      | B9           | 622700******9999
        """,
        bank_limits="per_debit\n10000.00",
        debit_orders="""
            lender  | order_no | instalment_no | channel   | amount   | requested_at | status
            kakadai | O1       | -             | alipay    | 20000.00 | D-1 09:00:00 | failed
            other   | O9       | 1             | wechatpay | 20000.00 | D-1 10:00:00 | unknown
        """,
    ).shows(
        RELATION,
        """
        lender  | borrower_ref | channel | amount
        kakadai | B1           | alipay  | 10000.00
        kakadai | B1           | alipay  | 10000.00
        """,
    )


def test_a_line_of_another_channel_or_a_refund_decides_no_order() -> None:
    for channel, kind in (("wechatpay", "debit"), ("alipay", "refund")):
        given(
            loans=LOAN,
            bank_limits="per_debit\n5000.00",
            debit_orders=f"{REFUSED.rstrip()}\n"
            "    O2 | L1 | 1 | instalment | 100.00 | D-1 08:00:00 | unknown\n",
            settlement=f"""
                channel   | order_no | kind   | settle_date | happened_at  | amount
                {channel} | O2       | {kind} | D-1         | D-1 08:00:05 | 100.00
            """,
        ).shows_nothing(RELATION)


def test_a_loan_without_a_bank_or_a_bank_without_limits_is_collected_in_one_piece() -> None:
    given(
        instalments="loan_id | instalment_no | due_date\nL1 | 1 | D-1\nL2 | 1 | D-1",
        debit_orders="""
            order_no | loan_id | bank_code | requested_at | amount | status
            O1       | L1      | -         | D-1 09:00:00 | 0.00   | failed
            O2       | L2      | ABC       | D-1 09:00:00 | 0.00   | failed
        """,
        bank_limits="per_debit\n100.00",
    ).shows(
        RELATION,
        """
        loan_id | borrower_ref | amount  | per_debit_limit
        L1      | -            | 1000.00 | -
        L2      | -            | 1000.00 | -
        """,
    )


def test_a_limit_for_the_card_type_beats_one_for_any_card() -> None:
    given(
        loans=LOAN,
        bank_limits="""
            card_type | per_debit
            -         | 15000.00
            debit     | 10000.00
            credit    | 5000.00
        """,
        debit_orders=REFUSED,
    ).shows(
        RELATION,
        """
        piece_no | amount
        1        | 10000.00
        2        | 10000.00
        """,
    )


def test_the_limits_are_those_of_the_first_day_of_the_plan() -> None:
    given(
        loans=LOAN,
        bank_limits="""
            per_debit | valid_from | valid_to
            5000.00   | 2026-01-01 | D+1
            10000.00  | D+1        | D+2
            1000.00   | D+2        | -
        """,
        debit_orders=REFUSED,
    ).shows(
        RELATION,
        """
        piece_no | amount
        1        | 10000.00
        2        | 10000.00
        """,
    )


def test_no_order_is_sent_again_while_one_of_the_loan_has_no_known_outcome() -> None:
    for status, outcome in (("unknown", "unknown"), ("succeeded", "unknown")):
        given(
            loans=LOAN,
            bank_limits="per_debit\n5000.00",
            debit_orders=f"{REFUSED.rstrip()}\n"
            f"    O2 | L1 | 1 | instalment | 100.00 | D-1 08:00:00 | {status}\n",
            settlement=f"""
                order_no | settle_date | happened_at  | amount | outcome
                O2       | D-1         | D-1 08:00:05 | 100.00 | {outcome}
            """,
        ).shows_nothing(RELATION)


def test_an_instalment_of_a_loan_to_be_paid_off_is_not_collected_beside_the_payoff() -> None:
    given(
        loans=LOAN,
        instalments="""
            instalment_no | due_date
            1             | D
        """,
        debit_orders=REFUSED,
        bank_limits="""
            per_debit
            10000.00
        """,
    ).shows(
        RELATION,
        """
        instalment_no | amount
        -             | 10000.00
        -             | 10000.00
        """,
    )


def test_what_the_limits_leave_no_room_for_has_no_plan() -> None:
    for limits in ("per_debit\n0.00", "per_day\n0.00", "per_month\n0.00", "per_day\n0.01"):
        given(loans=LOAN, bank_limits=limits, debit_orders=REFUSED).shows_nothing(RELATION)


def test_an_instalment_of_a_loan_that_no_order_gives_a_channel_has_no_plan() -> None:
    (
        given(instalments="instalment_no | due_date\n1 | D-1")
        .shows_nothing("breaks.debts_to_collect")
        .shows_nothing(RELATION)
    )


def test_an_instalment_that_was_paid_after_all_is_not_collected_again() -> None:
    given(
        loans=LOAN,
        instalments="instalment_no | due_date\n1 | D-1",
        bank_limits="per_debit\n500.00",
        debit_orders="""
            order_no | requested_at | amount  | status
            O1       | D-1 09:00:00 | 1000.00 | failed
        """,
        postings="""
            channel | posted_at  | value_date
            -       | D 09:00:00 | D
        """,
    ).shows_nothing(RELATION)


def test_a_refusal_too_old_to_be_listed_asks_for_nothing() -> None:
    given(
        event_days=5,
        loans=LOAN,
        bank_limits="per_debit\n5000.00",
        debit_orders=REFUSED.replace("D-1", "D-6"),
    ).shows_nothing(RELATION)


def test_a_day_that_a_debt_fills_leaves_nothing_of_it_to_the_next() -> None:
    given(
        loans=LOAN,
        instalments="instalment_no | due_date\n1 | D-2\n2 | D-1",
        bank_limits="per_debit | per_day\n500.00 | 500.00",
        debit_orders="""
            order_no | instalment_no | requested_at | amount  | status
            O1       | 1             | D-2 09:00:00 | 1000.00 | failed
            O2       | 2             | D-1 09:00:00 | 1000.00 | failed
        """,
    ).shows(
        "breaks.debt_days",
        """
        entry_id | day | amount
        L1/1     | D+1 | 500.00
        L1/1     | D+2 | 500.00
        L1/2     | D+3 | 500.00
        L1/2     | D+4 | 500.00
        """,
    )


def test_days_of_a_month_that_is_used_up_bear_nothing() -> None:
    given(
        business_date="2026-03-26",
        loans=LOAN,
        bank_limits="per_debit | per_day | per_month\n1000.00 | 1000.00 | 1000.01",
        debit_orders="""
            order_no | instalment_no | amount  | requested_at        | status
            O1       | -             | 1200.00 | 2026-03-26 09:00:00 | failed
        """,
    ).shows(
        "breaks.debt_days",
        """
        day        | amount
        2026-03-27 | 1000.00
        2026-03-28 |    0.01
        2026-04-01 |  199.99
        """,
    ).shows(
        "breaks.limit_plans",
        """
        day        | amount
        2026-03-27 | 1000.00
        2026-03-28 |    0.01
        2026-04-01 |  199.99
        """,
    )


def test_of_two_limits_of_a_card_nobody_stated_the_smaller_binds() -> None:
    two_cards = {
        "business_date": "2026-03-09",
        "loans": "loan_id | borrower_ref\nL1 | B1\nL2 | B1",
        "instalments": "loan_id | instalment_no | due_date\nL1 | 1 | D-1\nL2 | 1 | D-1",
        "debit_orders": """
            order_no | loan_id | card_type | requested_at | amount | status
            O1       | L1      | debit     | D-1 09:00:00 | 0.00   | failed
            O2       | L2      | credit    | D-1 09:00:00 | 0.00   | failed
        """,
    }
    given(**two_cards, bank_limits="card_type | per_day\ndebit | 2000.00\ncredit | 1000.00").shows(
        "breaks.debt_days", "entry_id | day\nL1/1 | D+1\nL2/1 | D+2"
    )
    given(
        **two_cards, bank_limits="card_type | per_month\ndebit | 2000.00\ncredit | 1000.00"
    ).shows("breaks.debt_days", "entry_id | day\nL1/1 | D+1\nL2/1 | 2026-04-01")


def test_a_month_bears_its_limit_to_the_minor_unit_when_nothing_was_used() -> None:
    given(
        business_date="2026-03-30",
        loans=LOAN,
        bank_limits="per_debit | per_month\n4000.00 | 5000.00",
        debit_orders="""
            order_no | instalment_no | amount  | requested_at        | status
            O1       | -             | 5000.00 | 2026-03-30 09:00:00 | failed
        """,
    ).shows("breaks.debt_days", "day | amount\n2026-03-31 | 5000.00")


def test_another_card_or_lender_of_the_borrower_uses_up_nothing() -> None:
    given(
        business_date="2026-03-30",
        loans="""
            lender  | loan_id | borrower_ref | card_no
            kakadai | L1      | B1           | 622700******1234
            kakadai | L2      | B1           | 622700******5678
            bobodai | L3      | B1           | 622700******1234
        """,
        bank_limits="per_debit | per_month\n600.00 | 1000.00",
        debit_orders="""
            lender  | order_no | loan_id | instalment_no | amount  | requested_at        | status
            kakadai | O1       | L1      | -             | 1000.00 | 2026-03-30 09:00:00 | failed
            kakadai | O2       | L2      | 1             | 900.00  | 2026-03-02 09:00:00 | succeeded
            bobodai | O3       | L3      | 1             | 900.00  | 2026-03-02 09:00:00 | succeeded
        """,
        settlement="""
            order_no | happened_at         | amount
            O2       | 2026-03-02 09:00:05 | 900.00
            O3       | 2026-03-02 09:00:05 | 900.00
        """,
    ).shows("breaks.debt_days", "day | amount\n2026-03-31 | 1000.00")


def test_each_loan_goes_the_way_of_its_own_last_order_under_the_limits_of_the_day_after() -> None:
    given(
        loans="""
            lender | loan_id | borrower_ref | card_no          | bank_code
            one    | L1      | B1           | 622700******1111 | ICBC
            one    | L2      | B2           | 622700******2222 | CMB
            two    | L1      | B3           | 622700******3333 | ABC
        """,
        debit_orders="""
            lender | order_no | loan_id | instalment_no | channel   | bank_code | status
            one    | O1       | L1      | -             | alipay    | -         | failed
            one    | O2       | L2      | -             | unionpay  | CMB       | failed
            two    | O3       | L1      | -             | wechatpay | ABC       | failed
            one    | O4       | L3      | -             | alipay    | -         | unknown
        """,
        bank_limits="""
            channel   | bank_code | card_type | per_debit | valid_from | valid_to
            alipay    | ICBC      | debit     | 50.00     | -          | D+1
            alipay    | ICBC      | -         | 111.00    | D+1        | D+2
            alipay    | ICBC      | debit     | 999.00    | D+2        | -
            unionpay  | CMB       | debit     | 222.00    | -          | -
            wechatpay | ABC       | debit     | 333.00    | -          | -
            alipay    | ABC       | debit     | 1.00      | -          | -
        """,
    ).shows(
        "breaks.debts_to_collect",
        """
        lender | loan_id | channel   | bank_code | card_no          | per_debit
        one    | L1      | alipay    | ICBC      | 622700******1111 | 111.00
        one    | L2      | unionpay  | CMB       | 622700******2222 | 222.00
        two    | L1      | wechatpay | ABC       | 622700******3333 | 333.00
        """,
    )


def test_an_order_decided_does_not_decide_another_of_its_loan() -> None:
    given(
        loans=LOAN,
        bank_limits="per_debit\n5000.00",
        debit_orders=f"{REFUSED.rstrip()}\n"
        "    O2 | L1 | 1 | instalment | 100.00 | D-1 08:00:00 | unknown\n",
        settlement="order_no | happened_at | outcome\nO1 | D-1 09:00:05 | failed",
    ).shows_nothing(RELATION)


def test_only_what_is_due_of_an_instalment_whose_collection_went_wrong_is_collected() -> None:
    given(
        instalments="loan_id | instalment_no | due_date | principal_due | interest_due\n"
        + "\n".join(f"L{loan} | 1 | D-2 | 0.00 | 100.00" for loan in range(1, 5))
        + "\nL5 | 1 | D-2 | 0.00 | 0.01",
        bank_limits="per_debit\n99.99",
        # L1 was asked for too much, L2 as well but it came, L3 too and was posted
        debit_orders="""
            order_no | loan_id | amount | status    | requested_at
            O1       | L1      | 100.00 | failed    | D-2 09:00:00
            O2       | L2      | 100.00 | succeeded | D-2 09:00:00
            O3       | L3      | 100.00 | failed    | D-2 09:00:00
            O4       | L4      |  99.00 | failed    | D-2 09:00:00
        """,
        settlement="order_no | amount | happened_at\nO2 | 100.00 | D-2 09:00:05",
        files="file_date\nD-2",
        postings="order_no | loan_id | amount | posted_at\nO3 | L3 | 100.00 | D-2 10:00:00",
    ).shows("breaks.instalments_to_collect", "entry_id | amount\nL1/1 | 100.00\nL5/1 | 0.01")


def test_debts_of_one_due_date_are_collected_by_loan_and_instalment() -> None:
    given(
        loans="""
            loan_id | borrower_ref | card_no
            L1      | B1           | 622700******1234
            L2      | B1           | 622700******1234
        """,
        instalments="""
            loan_id | instalment_no | due_date
            L2      | 1             | D-2
            L1      | 2             | D-2
            L1      | 1             | D-2
        """,
        bank_limits="per_debit | per_day\n999.99 | 1000.00",
        debit_orders="""
            order_no | loan_id | instalment_no | status
            O1       | L2      | 1             | failed
            O2       | L1      | 2             | failed
            O3       | L1      | 1             | failed
        """,
    ).shows("breaks.debt_days", "entry_id | day\nL1/1 | D+1\nL1/2 | D+2\nL2/1 | D+3")


def test_on_the_last_of_a_month_the_plan_begins_with_the_limit_of_the_next() -> None:
    given(
        business_date="2026-03-31",
        loans=LOAN,
        bank_limits="per_debit | per_month\n600.00 | 1000.00",
        debit_orders="""
            order_no | instalment_no | amount  | requested_at        | status
            O1       | -             | 1500.00 | 2026-03-31 09:00:00 | failed
            O2       | 1             | 900.00  | 2026-03-02 09:00:00 | succeeded
        """,
        settlement="order_no | happened_at | amount\nO2 | 2026-03-02 09:00:05 | 900.00",
    ).shows("breaks.debt_days", "day | amount\n2026-04-01 | 1000.00\n2026-05-01 | 500.00")


def test_of_orders_of_one_instant_the_last_by_number_tells_the_way() -> None:
    given(
        loans=LOAN,
        instalments="instalment_no | due_date\n1 | D-1",
        debit_orders="""
            order_no | instalment_no | channel  | bank_code | status
            O1       | 7             | alipay   | ABC       | failed
            O2       | 7             | alipay   | CMB       | failed
            O3       | 7             | unionpay | ICBC      | failed
        """,
    ).shows("breaks.debts_to_collect", "entry_id | channel | bank_code\nL1/1 | alipay | CMB")


def test_a_payoff_lacks_what_came_of_its_own_debits_and_is_done_when_all_came() -> None:
    given(
        loans="loan_id | borrower_ref\n" + "\n".join(f"L{n} | B{n}" for n in range(1, 5)),
        bank_limits="per_debit\n0.00",
        debit_orders="""
            order_no | loan_id | instalment_no | amount | status    | requested_at
            O1       | L1      | -             | 0.01   | failed    | D-1 09:00:00
            O2       | L2      | -             | 5.00   | succeeded | D-1 09:00:00
            O3       | L3      | -             | 5.00   | succeeded | D-1 09:00:00
            O4       | L4      | -             | 5.00   | succeeded | D-1 09:00:00
        """,
        settlement="""
            order_no | amount | happened_at
            O2       | 5.00   | D-1 09:00:05
            O3       | 4.99   | D-1 09:00:05
            O4       | 6.00   | D-1 09:00:05
        """,
    ).shows("breaks.payoffs_to_collect", "loan_id | amount\nL1 | 0.01\nL3 | 0.01")


def test_on_the_first_of_a_month_the_plan_begins_with_what_that_month_has_left() -> None:
    given(
        business_date="2026-03-01",
        loans=LOAN,
        bank_limits="per_debit | per_month\n600.00 | 1000.00",
        debit_orders="""
            order_no | instalment_no | amount  | requested_at        | status
            O1       | -             | 1500.00 | 2026-03-01 09:00:00 | failed
            O2       | 1             | 900.00  | 2026-03-01 08:00:00 | succeeded
        """,
        settlement="order_no | happened_at | amount\nO2 | 2026-03-01 08:00:05 | 900.00",
    ).shows(
        "breaks.debt_days",
        "day | amount\n2026-03-02 | 100.00\n2026-04-01 | 1000.00\n2026-05-01 | 400.00",
    )


def test_of_two_payoffs_asked_for_at_once_the_last_by_number_is_the_debt() -> None:
    given(
        loans=LOAN,
        bank_limits="per_debit\n5.00",
        debit_orders="""
            order_no | instalment_no | amount | status
            O1       | -             | 60.00  | failed
            O2       | -             | 70.00  | failed
        """,
    ).shows("breaks.payoffs_to_collect", "entry_id | amount\nalipay/O2 | 70.00")


def test_each_debt_is_cut_for_itself_sorted_by_lender_and_loan() -> None:
    given(
        loans="""
            lender  | loan_id | borrower_ref | bank_code
            kakadai | L1      | B1           | ICBC
            kakadai | L2      | B2           | ICBC
            kakadai | L3      | B3           | CCB
            other   | L1      | B4           | ICBC
        """,
        bank_limits="""
            bank_code | per_debit | per_day | per_month
            ICBC      | 100.00    | -       | -
            CCB       | 100.00    | -       | 1.00
        """,
        debit_orders="""
            lender  | order_no | loan_id | instalment_no | bank_code | amount | status
            other   | O4       | L1      | -             | ICBC      | 200.00 | failed
            kakadai | O2       | L2      | -             | ICBC      | 100.01 | failed
            kakadai | O1       | L1      | -             | ICBC      | 201.00 | failed
            kakadai | O3       | L3      | -             | CCB       | 200.00 | failed
        """,
    ).shows(
        RELATION,
        """
        lender  | loan_id | piece_no | piece_count | amount | whole_amount
        kakadai | L1      | 1        | 3           | 100.00 | 201.00
        kakadai | L1      | 2        | 3           | 100.00 | 201.00
        kakadai | L1      | 3        | 3           | 1.00   | 201.00
        kakadai | L2      | 1        | 2           | 100.00 | 100.01
        kakadai | L2      | 2        | 2           | 0.01   | 100.01
        other   | L1      | 1        | 2           | 100.00 | 200.00
        other   | L1      | 2        | 2           | 100.00 | 200.00
        """,
        ordered=True,
    )


def test_a_limit_of_one_minor_unit_is_a_limit() -> None:
    given(
        bank_limits="per_debit\n0.01",
        debit_orders="order_no | instalment_no | amount | status\nO1 | - | 0.02 | failed",
    ).shows(RELATION, "piece_no | amount\n1 | 0.01\n2 | 0.01")


def test_a_plan_names_the_breaks_that_ask_for_it_by_their_id() -> None:
    asking = sorted(
        break_id(*each)
        for each in (
            ("split_incomplete", "instalment:kakadai:L1:1"),
            ("over_bank_limit", "order:kakadai:O1"),
            ("over_bank_limit", "order:kakadai:O2"),
            ("over_bank_limit", "order:kakadai:O3"),
        )
    )
    given(
        instalments="instalment_no | due_date\n1 | D-3",
        bank_limits="per_debit\n100.00",
        debit_orders="""
            order_no | amount | requested_at | status
            O1       | 200.00 | D-3 09:00:00 | failed
            O2       | 300.00 | D-3 09:00:00 | failed
            O3       | 400.00 | D-3 09:00:00 | failed
        """,
        charges="instalment_no | amount\n1 | 5.00",
    ).shows(
        RELATION,
        "break_ids\n" + "\n".join([";".join(asking)] * 10),
    )
