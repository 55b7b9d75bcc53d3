"""wrongly_overdue: treated as late although covered in time, or late for others' doing."""

from tests.spec.harness import given

RELATION = "breaks.wrongly_overdue"
CARD = "622700******1234"
LOAN = f"""
    loan_id | borrower_ref | card_no
    L1      | B1           | {CARD}
"""
DUE = """
    instalment_no | due_date
    1             | D-3
"""
CHARGE = """
    amount
    5.00
"""
ORDER = """
    order_no | requested_at
    O1       | D-3 09:00:00
"""
COVERED = """
    order_no | happened_at
    O1       | D-3 09:00:05
"""
FOUND = """
    entry_id
    L1/1
"""


def covered_in_time(loans: int) -> dict[str, str]:
    """Loans L1, L2, ... whose instalment fell due on D-3 and was debited that day."""
    numbers = range(1, loans + 1)
    return {
        "instalments": "loan_id | instalment_no | due_date\n"
        + "\n".join(f"L{number} | 1 | D-3" for number in numbers),
        "debit_orders": "order_no | loan_id\n"
        + "\n".join(f"O{number} | L{number}" for number in numbers),
        "settlement": "order_no | happened_at\n"
        + "\n".join(f"O{number} | D-3 09:00:05" for number in numbers),
    }


def test_a_charge_on_an_instalment_covered_in_time_is_wrong() -> None:
    given(instalments=DUE, debit_orders=ORDER, settlement=COVERED, charges=CHARGE).shows(
        RELATION,
        """
        entry_id | cause           | ledger_amount | refund | proof  | stop_collection
        L1/1     | covered_in_time | 1000.00       | 5.00   | proven | false
        """,
    )


def test_no_charge_and_no_status_of_lateness_is_not_treated_as_late() -> None:
    given(instalments=DUE, debit_orders=ORDER, settlement=COVERED).shows_nothing(RELATION)


def test_every_charge_in_force_on_it_is_refunded_whatever_its_kind() -> None:
    given(
        instalments=DUE,
        debit_orders=ORDER,
        settlement=COVERED,
        charges="""
            lender  | loan_id | instalment_no | kind             | amount | status
            kakadai | L1      | 1             | late_interest    | 1.00   | charged
            kakadai | L1      | 1             | failed_debit_fee | 20.00  | charged
            kakadai | L1      | 1             | other            | 300.00 | charged
            kakadai | L1      | 1             | other            | 0.50   | waived
            kakadai | L1      | 2             | other            | 0.50   | charged
            kakadai | L2      | 1             | other            | 0.50   | charged
            kakadai | L1      | -             | other            | 0.50   | charged
            other   | L1      | 1             | other            | 0.50   | charged
        """,
    ).shows(
        RELATION,
        """
        entry_id | refund
        L1/1     | 321.00
        """,
    )


def test_a_charge_waived_of_nothing_or_of_a_later_day_is_not_in_force() -> None:
    given(
        **covered_in_time(4),
        charges="""
            loan_id | amount | status  | charged_on
            L1      | 5.00   | waived  | D
            L2      | 0.00   | charged | D
            L3      | 5.00   | charged | D+1
            L4      | 0.01   | charged | D
        """,
    ).shows(
        RELATION,
        """
        entry_id
        L4/1
        """,
    )


def test_days_past_due_overdue_or_a_stage_treat_the_instalment_due_then_as_late() -> None:
    given(
        **covered_in_time(9),
        account_status="""
            loan_id | as_of | days_past_due | app_status | collection_stage
            L1      | D     | 3             | due        | none
            L2      | D     | 3             | overdue    | none
            L3      | D     | 2             | overdue    | none
            L4      | D     | 4             | overdue    | none
            L5      | D-3   | 0             | overdue    | none
            L6      | D-3   | 0             | due        | reminder
            L7      | D-3   | 0             | due        | judicial
            L8      | D-3   | 0             | due        | none
            L9      | D-3   | 0             | paid       | none
        """,
    ).shows(
        RELATION,
        """
        entry_id
        L1/1
        L2/1
        L5/1
        L6/1
        L7/1
        """,
    )


def test_a_bureau_status_of_1_to_7_or_b_treats_an_instalment_as_late_and_no_other_does() -> None:
    letters = "1234567BNC*0"
    statuses = "\n".join(
        f"L{number} | D-3 | paid | {letter} | D" for number, letter in enumerate(letters, start=1)
    )
    late = "\n".join(f"L{number}/1" for number, _ in enumerate("1234567B", start=1))
    given(
        **covered_in_time(len(letters)),
        account_status="loan_id | as_of | app_status | bureau_status | bureau_reported_on\n"
        + statuses,
    ).shows(RELATION, f"entry_id\n{late}")


def test_only_the_newest_status_of_the_loan_speaks() -> None:
    given(
        instalments=DUE,
        debit_orders=ORDER,
        settlement=COVERED,
        account_status="""
            as_of | days_past_due
            D-1   | 2
            D     | 0
        """,
    ).shows_nothing(RELATION)
    given(
        instalments=DUE,
        debit_orders=ORDER,
        settlement=COVERED,
        account_status="""
            as_of | days_past_due
            D-1   | 2
            D+1   | 0
        """,
    ).shows(RELATION, FOUND)


def test_the_status_of_another_loan_or_lender_says_nothing() -> None:
    given(
        instalments=DUE,
        debit_orders=ORDER,
        settlement=COVERED,
        account_status="""
            lender  | loan_id | as_of | days_past_due
            kakadai | L2      | D     | 3
            other   | L1      | D     | 3
        """,
    ).shows_nothing(RELATION)


def test_the_correction_names_what_was_reported_and_the_month_and_a_stage_must_stop() -> None:
    given(
        **covered_in_time(5),
        account_status="""
            loan_id | as_of | days_past_due | collection_stage | bureau_status | bureau_reported_on
            L1      | D     | 3             | none             | -             | -
            L2      | D     | 3             | phone            | -             | -
            L3      | D     | 3             | none             | 1             | 2026-02-28
            L4      | D     | 3             | legal            | B             | 2026-03-09
            L5      | D     | 3             | none             | N             | 2026-03-09
        """,
    ).shows(
        RELATION,
        """
        entry_id | bureau_correction | stop_collection | refund
        L1/1     | -                 | false           | 0.00
        L2/1     | -                 | true            | 0.00
        L3/1     | 1->N 2026-02      | false           | 0.00
        L4/1     | B->N 2026-03      | true            | 0.00
        L5/1     | -                 | false           | 0.00
        """,
    )


def test_a_status_that_speaks_of_another_instalment_stops_nothing_here() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-5
            2             | D-3
        """,
        debit_orders="""
            order_no | instalment_no
            O1       | 1
            O2       | 2
        """,
        settlement="""
            order_no | happened_at
            O1       | D-5 09:00:05
            O2       | D-3 09:00:05
        """,
        charges=CHARGE,
        account_status="""
            as_of | days_past_due | collection_stage | bureau_status | bureau_reported_on
            D     | 3             | phone            | 1             | D
        """,
    ).shows(
        RELATION,
        """
        entry_id | refund | bureau_correction | stop_collection
        L1/1     | 5.00   | -                 | false
        L1/2     | 0.00   | 1->N 2026-03      | true
        """,
    )


def test_covered_by_the_end_of_its_grace_is_in_time_and_later_is_not() -> None:
    given(
        charge_rules="""
            grace_days
            1
        """,
        instalments="""
            loan_id | instalment_no | due_date
            L1      | 1             | D-3
            L2      | 1             | D-3
        """,
        debit_orders="""
            order_no | loan_id | requested_at
            O1       | L1      | D-3 09:00:00
            O2       | L2      | D-3 09:00:00
        """,
        settlement="""
            order_no | happened_at
            O1       | D-2 23:59:59
            O2       | D-1 00:00:00
        """,
        charges="""
            loan_id
            L1
            L2
        """,
    ).shows(
        RELATION,
        """
        entry_id | cause
        L1/1     | covered_in_time
        """,
    )


def test_money_paid_ahead_and_charged_before_the_due_date_is_wrong_too() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D+3
        """,
        debit_orders=ORDER,
        settlement=COVERED,
        charges=CHARGE,
    ).shows(
        RELATION,
        """
        entry_id | cause
        L1/1     | covered_in_time
        """,
    )


def test_late_and_explained_is_wrong_and_needs_a_statement() -> None:
    given(instalments=DUE, charges=CHARGE).shows(
        RELATION,
        """
        entry_id | cause     | refund | proof
        L1/1     | explained | 5.00   | statement_needed
        """,
    )


def test_genuinely_late_is_not_wrong() -> None:
    given(
        instalments=DUE,
        debit_orders="""
            status | requested_at
            failed | D-3 09:00:00
        """,
        charges=CHARGE,
    ).shows_nothing(RELATION)


def test_neither_covered_nor_late_is_not_wrong_yet() -> None:
    given(
        charge_rules="""
            grace_days
            3
        """,
        instalments=DUE,
        charges=CHARGE,
    ).shows_nothing(RELATION)


def test_a_closed_loan_is_wrongly_overdue_when_covered_in_time_or_during_an_outage() -> None:
    given(
        loans="""
            loan_id | status
            L1      | closed
        """,
        channel_outages="""
            starts_at    | ends_at
            D-3 09:00:00 | D-3 10:00:00
        """,
        instalments="""
            instalment_no | due_date
            1             | D-3
            2             | D-3
            3             | D-3
        """,
        debit_orders="""
            order_no | instalment_no | requested_at | status
            O1       | 1             | D-3 09:00:00 | succeeded
            O2       | 2             | D-3 09:00:00 | failed
        """,
        settlement=COVERED,
        charges="""
            instalment_no
            1
            2
            3
        """,
    ).shows(
        RELATION,
        """
        entry_id | cause
        L1/1     | covered_in_time
        L1/2     | explained
        """,
    )


NOT_COVERED = {"loans": LOAN, "instalments": DUE, "charges": CHARGE}


def test_a_statement_proves_or_disproves_that_the_money_was_there_during_the_due_date() -> None:
    loans = range(1, 10)
    given(
        loans="loan_id | card_no\n"
        + "\n".join(f"L{loan} | 622700******000{loan}" for loan in loans),
        instalments="loan_id | instalment_no | due_date\n"
        + "\n".join(f"L{loan} | 1 | D-3" for loan in loans),
        charges="loan_id\n" + "\n".join(f"L{loan}" for loan in loans),
        borrower_statements="""
            loan_id | happened_at  | amount  | balance
            L1      | D-4 12:00:00 | 0.00    | 1000.00
            L2      | D-4 12:00:00 | 0.00    | 999.99
            L3      | D-3 00:00:00 | 0.00    | 1000.00
            L4      | D-3 23:59:59 | 0.00    | 1000.00
            L5      | D-3 23:59:59 | 500.00  | 999.99
            L6      | D-3 12:00:00 | -500.00 | 500.00
            L7      | D-3 12:00:00 | -500.00 | 499.99
            L8      | D-2 00:00:00 | 1000.00 | 1000.00
        """,
    ).shows(
        RELATION,
        """
        entry_id | cause     | proof
        L1/1     | explained | proven
        L3/1     | explained | proven
        L4/1     | explained | proven
        L6/1     | explained | proven
        L8/1     | explained | statement_needed
        L9/1     | explained | statement_needed
        """,
    )


def test_the_last_entry_before_the_due_date_is_the_balance_carried_into_it() -> None:
    given(
        **NOT_COVERED,
        borrower_statements="""
            happened_at  | amount   | balance
            D-5 12:00:00 | 5000.00  | 5000.00
            D-4 12:00:00 | -4500.00 | 500.00
        """,
    ).shows_nothing(RELATION)
    given(
        **NOT_COVERED,
        borrower_statements="""
            happened_at  | amount  | balance
            D-5 12:00:00 | 500.00  | 500.00
            D-4 12:00:00 | 4500.00 | 5000.00
            D-3 00:00:00 | -4500.0 | 500.00
        """,
    ).shows(
        RELATION,
        """
        proof
        proven
        """,
    )


def test_one_moment_of_the_due_date_with_the_money_is_enough() -> None:
    given(
        **NOT_COVERED,
        borrower_statements="""
            happened_at  | amount   | balance
            D-4 12:00:00 | 1.00     | 1.00
            D-3 12:00:00 | 999.00   | 1000.00
            D-3 12:00:01 | -1000.00 | 0.00
        """,
    ).shows(
        RELATION,
        """
        proof
        proven
        """,
    )


def test_a_statement_of_the_card_of_its_order_counts_and_of_any_other_card_does_not() -> None:
    orders = """
        order_no | requested_at | card_no
        O1       | D-2 09:00:00 | {card}
    """
    statement = """
        card_no          | happened_at  | balance
        622700******7777 | D-4 12:00:00 | 1.00
    """
    given(
        **NOT_COVERED,
        debit_orders=orders.format(card="622700******7777"),
        borrower_statements=statement,
    ).shows_nothing(RELATION)
    given(
        **NOT_COVERED,
        debit_orders=orders.format(card="622700******8888"),
        borrower_statements=statement,
    ).shows(
        RELATION,
        """
        proof
        statement_needed
        """,
    )


def test_a_statement_of_another_borrower_or_lender_says_nothing() -> None:
    given(
        instalments=DUE,
        charges=CHARGE,
        loans=f"""
            lender  | loan_id | borrower_ref | card_no
            kakadai | L1      | B1           | {CARD}
            kakadai | L2      | B2           | {CARD}
            other   | L1      | B1           | {CARD}
        """,
        borrower_statements="""
            lender  | loan_id | happened_at  | balance
            kakadai | L2      | D-4 12:00:00 | 1.00
            other   | L1      | D-4 12:00:00 | 1.00
        """,
    ).shows_nothing("breaks.due_date_balances").shows(
        RELATION,
        """
        proof
        statement_needed
        """,
    )


def test_covered_in_time_needs_no_statement() -> None:
    given(
        loans=LOAN,
        instalments=DUE,
        debit_orders=ORDER,
        settlement=COVERED,
        charges=CHARGE,
        borrower_statements="""
            happened_at  | balance
            D-4 12:00:00 | 1.00
        """,
    ).shows(
        RELATION,
        """
        cause           | proof
        covered_in_time | proven
        """,
    )


def test_two_statements_of_which_one_shows_the_money_prove_it() -> None:
    given(
        **NOT_COVERED,
        debit_orders="""
            order_no | requested_at | card_no
            O1       | D-2 09:00:00 | 622700******7777
        """,
        borrower_statements=f"""
            card_no          | happened_at  | balance
            {CARD}           | D-4 12:00:00 | 5000.00
            622700******8888 | D-4 12:00:00 | 1.00
        """,
    ).shows(
        RELATION,
        """
        proof
        proven
        """,
    )


def test_it_stands_since_the_first_day_it_was_treated_as_late() -> None:
    given(
        instalments=DUE,
        debit_orders=ORDER,
        settlement=COVERED,
        charges="""
            charged_on | amount
            D-1        | 1.00
            D          | 1.00
        """,
    ).shows(
        RELATION,
        """
        entry_id | true_since
        L1/1     | D-1
        """,
    )


def test_an_explained_one_stands_since_it_was_late() -> None:
    given(
        charge_rules="""
            grace_days
            1
        """,
        instalments=DUE,
        charges="""
            charged_on
            D-3
        """,
    ).shows(
        RELATION,
        """
        entry_id | true_since
        L1/1     | D-1
        """,
    )


def test_it_stands_since_the_first_of_the_statuses_that_say_so() -> None:
    given(
        instalments=DUE,
        debit_orders=ORDER,
        settlement=COVERED,
        account_status="""
            as_of | days_past_due
            D-3   | 0
            D-2   | 1
            D-1   | 2
            D     | 3
        """,
    ).shows(
        RELATION,
        """
        entry_id | true_since
        L1/1     | D-2
        """,
    )


def test_an_unbroken_run_of_statuses_of_one_loan_and_one_due_date_tells_since_when() -> None:
    given(
        **covered_in_time(3),
        account_status="""
            lender  | loan_id | as_of | days_past_due
            kakadai | L1      | D-3   | 0
            kakadai | L1      | D-2   | 1
            kakadai | L1      | D-1   | 0
            kakadai | L1      | D     | 3
            kakadai | L2      | D-2   | 3
            kakadai | L2      | D-1   | 2
            kakadai | L2      | D     | 3
            kakadai | L3      | D-2   | 1
            kakadai | L3      | D-1   | 2
            other   | L3      | D-1   | 0
        """,
    ).shows(
        RELATION,
        """
        entry_id | true_since
        L1/1     | D
        L2/1     | D-1
        L3/1     | D-2
        """,
    )


def test_it_stands_since_the_earlier_of_charge_and_status() -> None:
    given(
        **covered_in_time(2),
        charges="""
            loan_id | charged_on
            L1      | D-1
            L2      | D-2
        """,
        account_status="""
            loan_id | as_of | days_past_due
            L1      | D-2   | 1
            L1      | D     | 3
            L2      | D-1   | 2
        """,
    ).shows(
        RELATION,
        """
        entry_id | true_since
        L1/1     | D-2
        L2/1     | D-2
        """,
    )


def test_of_several_explanations_the_first_tells_since_when() -> None:
    given(
        bank_limits="""
            per_debit
            1000.00
        """,
        instalments="""
            instalment_no | due_date
            1             | D-4
        """,
        debit_orders="""
            order_no | amount  | status | requested_at
            O1       | 1000.00 | failed | D-4 09:00:00
            O2       | 1000.01 | failed | D-2 09:00:00
            O3       | 1000.01 | failed | D-1 09:00:00
        """,
        charges="""
            charged_on
            D-3
        """,
    ).shows(
        RELATION,
        """
        entry_id | true_since
        L1/1     | D-2
        """,
    )


def test_the_remedy_asks_for_what_is_missing_and_names_all_that_must_be_undone() -> None:
    given(
        loans=f"""
            loan_id | borrower_ref | card_no
            L4      | B4           | -
            L5      | B5           | {CARD}
        """,
        instalments="""
            loan_id | instalment_no | due_date
            L1      | 1             | D-3
            L2      | 1             | D-3
            L3      | 1             | D-3
            L4      | 1             | D-3
            L5      | 1             | D-3
        """,
        debit_orders="""
            order_no | loan_id
            O1       | L1
            O2       | L2
            O3       | L3
        """,
        settlement="""
            order_no | happened_at
            O1       | D-3 09:00:05
            O2       | D-3 09:00:05
            O3       | D-3 09:00:05
        """,
        charges="""
            loan_id | amount
            L1      | 0.01
            L4      | 5.00
            L5      | 5.00
        """,
        account_status="""
            loan_id | days_past_due | collection_stage | bureau_status | bureau_reported_on
            L2      | 3             | phone            | 1             | D
            L3      | 3             | none             | N             | D
        """,
        borrower_statements="""
            loan_id | happened_at  | balance
            L5      | D-4 08:00:00 | 9999.00
        """,
    ).shows(
        RELATION,
        """
        entry_id | remedy
        L1/1 | Put it right: refund the charges, tell the borrower.
        L2/1 | Put it right: correct the credit record, stop the collection, tell the borrower.
        L3/1 | Put it right: tell the borrower.
        L4/1 | Ask for a statement of the due date and, if it shows the money, \
refund the charges, tell the borrower.
        L5/1 | Put it right: refund the charges, tell the borrower.
        """,
    )


def test_an_entry_without_a_balance_hides_none() -> None:
    given(
        **NOT_COVERED,
        debit_orders="order_no | requested_at\nO1 | D-2 09:00:00",
        borrower_statements="""
            happened_at  | balance | amount
            D-4 11:00:00 | 5000.00 | 1.00
            D-4 12:00:00 |         | -2.00
        """,
    ).shows(RELATION, "proof\nproven")


def test_only_cards_of_the_loan_and_of_its_own_orders_are_its_cards() -> None:
    given(
        instalments="loan_id | instalment_no | due_date\nL1 | 1 | D-3\nL1 | 2 | D-1",
        charges=CHARGE,
        loans=f"""
            lender  | loan_id | borrower_ref | card_no
            kakadai | L1      | B1           | {CARD}
            kakadai | L2      | B1           | 622700******2222
            bobodai | L1      | B1           | 622700******3333
            kakadai | L3      | B3           | {CARD}
        """,
        debit_orders="""
            order_no | instalment_no | requested_at | card_no
            O1       | 1             | D-2 09:00:00 | -
            O2       | 2             | D-1 09:00:00 | 622700******4444
        """,
        borrower_statements="""
            loan_id | entry_no | card_no          | happened_at  | balance
            L1      | 1        | 622700******2222 | D-4 12:00:00 | 1.00
            L1      | 2        | 622700******3333 | D-4 12:00:00 | 2.00
            L1      | 3        | 622700******4444 | D-4 12:00:00 | 3.00
            L3      | 4        | -                | D-4 12:00:00 | 4.00
            L1      | 5        | -                | D-4 12:00:00 | 5.00
        """,
    ).shows("breaks.due_date_entries", "entry_id | balance\nL1/1 | 5.00")


def test_each_explanation_has_the_instant_of_its_own_fact() -> None:
    given(
        instalments="loan_id | instalment_no | due_date\nL1 | 1 | D-5\nL2 | 1 | D-5\nL3 | 1 | D-5",
        debit_orders="""
            order_no | loan_id | amount  | status | requested_at
            O1       | L1      | 1000.00 | failed | D-3 09:00:00
            O2       | L2      | 200.00  | failed | D-5 09:00:00
            O3       | L2      | 300.00  | failed | D-4 09:00:00
            O4       | L2      | 400.00  | failed | D-4 10:00:00
            O5       | L3      | 1000.00 | failed | D-5 09:00:00
        """,
        channel_outages="starts_at | ends_at\nD-5 08:30:00 | D-5 23:00:00",
    ).shows(
        "breaks.explanations",
        """
        instalment_id | category             | fact_at
        L1/1          | debit_attempted_late | D-5 00:00:00
        L2/1          | split_incomplete     | D-4 09:00:00
        L2/1          | channel_outage       | D-5 09:00:00
        L3/1          | channel_outage       | D-5 09:00:00
        """,
    )


def test_only_a_lender_with_a_rule_and_an_instalment_without_excuse_is_genuinely_late() -> None:
    given(
        charge_rules="lender\nkakadai",
        instalments="""
            lender  | loan_id | instalment_no | due_date
            kakadai | L1      | 1             | D-5
            kakadai | L2      | 1             | D-5
            other   | L3      | 1             | D-5
        """,
        debit_orders="""
            lender  | order_no | loan_id | status | requested_at
            kakadai | O1       | L1      | failed | D-5 09:00:00
            other   | O3       | L3      | failed | D-5 09:00:00
        """,
    ).shows("breaks.genuinely_late", "entry_id\nL1/1")


def test_a_finding_belongs_to_the_family_of_its_table() -> None:
    given(
        instalments=DUE,
        charges=CHARGE,
        settlement="fee\n1.00",
    ).shows(
        "breaks.findings",
        """
        category            | family
        debit_not_attempted | collection
        wrongly_overdue     | consequence
        channel_fee_differs | settlement
        """,
    )


def test_the_newest_status_says_since_when_its_own_loan_is_held_late() -> None:
    given(
        account_status="""
            lender  | loan_id | as_of | days_past_due
            kakadai | L1      | D-9   | 1
            kakadai | L1      | D-1   | 1
            kakadai | L1      | D     | 2
            other   | L1      | D-5   | 1
            other   | L1      | D-4   | 2
            kakadai | L2      | D-1   | 1
            kakadai | L2      | D     | 0
        """,
    ).shows(
        "breaks.latest_status",
        """
        lender  | loan_id | as_of | held_since
        kakadai | L1      | D     | D-1
        other   | L1      | D-4   | D-5
        kakadai | L2      | D     | -
        """,
    )


def test_each_card_carries_its_own_balance_into_the_due_date_beside_the_entries_of_the_day() -> (
    None
):
    given(
        **NOT_COVERED,
        debit_orders="""
            order_no | requested_at | card_no
            O1       | D-2 09:00:00 | 622700******7777
        """,
        borrower_statements="""
            card_no          | happened_at  | balance
            -                | D-5 12:00:00 | 1.00
            -                | D-4 12:00:00 | 2.00
            -                | D-3 12:00:00 | 3.00
            622700******7777 | D-4 13:00:00 | 4.00
        """,
    ).shows("breaks.due_date_entries", "balance\n2.00\n3.00\n4.00")
