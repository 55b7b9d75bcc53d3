"""charge_differs: genuinely late, and not charged what the rule says."""

import pytest

from tests.spec.harness import given

RELATION = "breaks.charge_differs"
RULE = """
    late_interest_rate_per_day | failed_debit_fee | grace_days
    0.0005                     | 20.00            | 0
"""
DUE = """
    instalment_no | due_date | principal_due | interest_due
    1             | D-10     | 900.00        | 100.00
"""
REFUSED = """
    order_no | status | requested_at
    O1       | failed | D-10 09:00:00
"""
LATE = {"instalments": DUE, "debit_orders": REFUSED}


def charged(interest: str, fee: str = "20.00") -> str:
    return f"""
        kind             | amount
        late_interest    | {interest}
        failed_debit_fee | {fee}
    """


def late_loans(*charged: str) -> dict[str, str]:
    """Loans L1, L2, ... due on D-10 and refused that day, each with its interest charged."""
    numbers = range(1, len(charged) + 1)
    return {
        "instalments": "loan_id | instalment_no | due_date\n"
        + "\n".join(f"L{number} | 1 | D-10" for number in numbers),
        "debit_orders": "order_no | loan_id | status | requested_at\n"
        + "\n".join(f"O{number} | L{number} | failed | D-10 09:00:00" for number in numbers),
        "charges": "loan_id | kind | amount\n"
        + "\n".join(
            f"L{number} | failed_debit_fee | 20.00\nL{number} | late_interest | {interest}"
            for number, interest in enumerate(charged, start=1)
        ),
    }


def test_while_it_goes_on_the_sum_for_today_or_for_yesterday_is_right() -> None:
    given(
        charge_rules=RULE, **late_loans("5.00", "4.50", "5.01", "4.99", "4.49", "4.51", "4.00")
    ).shows(
        RELATION,
        """
        entry_id | cause              | ledger_amount | channel_amount
        L3/1     | charged_too_much   | 25.01         | 25.00
        L4/1     | charged_too_little | 24.99         | 25.00
        L5/1     | charged_too_little | 24.49         | 25.00
        L6/1     | charged_too_little | 24.51         | 25.00
        L7/1     | charged_too_little | 24.00         | 25.00
        """,
    )


def test_kinds_are_summed_and_other_charges_and_waived_ones_are_left_aside() -> None:
    given(
        charge_rules=RULE,
        **LATE,
        charges="""
            lender  | loan_id | instalment_no | kind             | amount | status
            kakadai | L1      | 1             | late_interest    | 3.00   | charged
            kakadai | L1      | 1             | late_interest    | 22.00  | charged
            kakadai | L1      | 1             | other            | 7.00   | charged
            kakadai | L1      | 1             | late_interest    | 7.00   | waived
            kakadai | L1      | 1             | failed_debit_fee | 7.00   | waived
            kakadai | L1      | 2             | late_interest    | 7.00   | charged
            kakadai | L2      | 1             | late_interest    | 7.00   | charged
            kakadai | L1      | -             | late_interest    | 7.00   | charged
            other   | L1      | 1             | late_interest    | 7.00   | charged
        """,
    ).shows_nothing(RELATION)


def test_no_charge_at_all_is_too_little() -> None:
    given(charge_rules=RULE, **LATE).shows(
        RELATION,
        """
        entry_id | cause              | ledger_amount | channel_amount
        L1/1     | charged_too_little | 0.00          | 25.00
        """,
    )


def test_once_it_is_covered_only_the_sum_to_that_day_is_right() -> None:
    late = late_loans("2.00", "1.50", "2.50", "5.00")
    paid = "\n".join(f"O{number}0 | L{number} | succeeded | D-6 09:00:00" for number in range(1, 5))
    given(
        charge_rules=RULE,
        **late | {"debit_orders": f"{late['debit_orders']}\n{paid}"},
        settlement="""
            order_no | happened_at
            O10      | D-6 09:00:05
            O20      | D-6 09:00:05
            O30      | D-6 09:00:05
            O40      | D-6 09:00:05
        """,
    ).shows(
        RELATION,
        """
        entry_id | cause              | channel_amount
        L2/1     | charged_too_little | 22.00
        L3/1     | charged_too_much   | 22.00
        L4/1     | charged_too_much   | 22.00
        """,
    )


def test_the_sum_is_rounded_half_up_once() -> None:
    given(
        charge_rules="""
            product | late_interest_rate_per_day
            a       | 0.000000499
            b       | 0.0000005
            c       | 0.0000015
        """,
        loans="""
            loan_id | product
            L1      | a
            L2      | b
            L3      | c
        """,
        **late_loans("0.00", "0.00", "0.00"),
    ).shows(
        "breaks.wrong_charges",
        """
        entry_id | charged | right
        L1/1     | 20.00   | 0.00
        L2/1     | 20.00   | 0.01
        L3/1     | 20.00   | 0.02
        """,
    )


def test_the_sum_of_the_day_before_is_rounded_once_as_well() -> None:
    # nine days are 0.495 of the minor unit, ten are 0.55
    given(
        charge_rules="late_interest_rate_per_day | failed_debit_fee\n0.00000055 | 20.00",
        **late_loans("0.00", "0.01", "0.02"),
    ).shows("breaks.wrong_charges", "entry_id | charged | right\nL3/1 | 20.02 | 20.01")


def test_late_days_count_from_the_due_date_and_nothing_is_right_on_the_first_day_after_grace() -> (
    None
):
    given(
        charge_rules="""
            late_interest_rate_per_day | failed_debit_fee | grace_days
            0.0005                     | 20.00            | 1
        """,
        instalments="""
            loan_id | instalment_no | due_date
            L1      | 1             | D-2
            L2      | 1             | D-2
            L3      | 1             | D-2
            L4      | 1             | D-2
            L5      | 1             | D-3
            L6      | 1             | D-3
            L7      | 1             | D-3
            L8      | 1             | D-1
        """,
        debit_orders="""
            order_no | loan_id | status | requested_at
            O1       | L1      | failed | D-2 09:00:00
            O2       | L2      | failed | D-2 09:00:00
            O3       | L3      | failed | D-2 09:00:00
            O4       | L4      | failed | D-2 09:00:00
            O5       | L5      | failed | D-3 09:00:00
            O6       | L6      | failed | D-3 09:00:00
            O7       | L7      | failed | D-3 09:00:00
            O8       | L8      | failed | D-1 09:00:00
        """,
        charges="""
            loan_id | amount
            L2      | 21.00
            L3      | 1.00
            L4      | 20.50
            L6      | 21.00
            L7      | 21.50
            L8      | 99.00
        """,
    ).shows(
        RELATION,
        """
        entry_id | channel_amount
        L3/1     | 21.00
        L4/1     | 21.00
        L5/1     | 21.50
        """,
    )


def test_nothing_charged_is_wrong_once_it_is_covered_even_on_the_first_day_of_lateness() -> None:
    given(
        charge_rules=RULE,
        instalments="due_date\nD-1",
        debit_orders="""
            order_no | status    | requested_at
            O1       | failed    | D-1 09:00:00
            O2       | succeeded | D 09:00:00
        """,
        settlement="order_no | happened_at\nO2 | D 09:00:05",
    ).shows(
        RELATION,
        """
        entry_id | cause              | ledger_amount | channel_amount | true_since
        L1/1     | charged_too_little | 0.00          | 20.50          | D
        """,
    )


def test_the_rule_is_that_of_the_lender_and_the_product_on_the_due_date() -> None:
    given(
        charge_rules="""
            lender  | product | late_interest_rate_per_day | valid_from | valid_to
            kakadai | -       | 0.001                      | -          | D-10
            kakadai | -       | 0.002                      | D-10       | -
            kakadai | cash    | 0.003                      | -          | D-10
            kakadai | cash    | 0.004                      | D-10       | -
            other   | -       | 0.005                      | -          | -
        """,
        loans="""
            lender  | loan_id | product
            kakadai | L1      | -
            kakadai | L2      | cash
            kakadai | L3      | car
            other   | L4      | cash
        """,
        instalments="""
            lender  | loan_id | due_date
            kakadai | L1      | D-11
            kakadai | L1      | D-10
            kakadai | L2      | D-11
            kakadai | L2      | D-10
            kakadai | L3      | D-10
            other   | L4      | D-10
        """,
        debit_orders="""
            lender  | order_no | loan_id | instalment_no | status | requested_at
            kakadai | O1       | L1      | 1             | failed | D-11 09:00:00
            kakadai | O2       | L1      | 2             | failed | D-10 09:00:00
            kakadai | O3       | L2      | 3             | failed | D-11 09:00:00
            kakadai | O4       | L2      | 4             | failed | D-10 09:00:00
            kakadai | O5       | L3      | 5             | failed | D-10 09:00:00
            other   | O6       | L4      | 6             | failed | D-10 09:00:00
        """,
    ).shows(
        RELATION,
        """
        entry_id | channel_amount
        L1/1     | 11.00
        L1/2     | 20.00
        L2/3     | 33.00
        L2/4     | 40.00
        L3/5     | 20.00
        L4/6     | 50.00
        """,
    )


def test_without_a_rule_nothing_is_held_against_it() -> None:
    given(**LATE, charges=charged("500.00")).shows_nothing(RELATION)


def test_an_explained_lateness_or_one_in_time_or_of_a_closed_loan_is_not_judged() -> None:
    given(charge_rules=RULE, instalments=DUE).shows_nothing(RELATION)
    given(
        charge_rules=RULE,
        instalments=DUE,
        debit_orders="""
            order_no | requested_at
            O1       | D-10 09:00:00
        """,
        settlement="""
            order_no | happened_at
            O1       | D-10 09:00:05
        """,
        charges=charged("5.00"),
    ).shows_nothing(RELATION)
    given(
        charge_rules=RULE,
        **LATE,
        loans="""
            loan_id | status
            L1      | closed
        """,
    ).shows_nothing(RELATION)


def test_nothing_charged_is_wrong_since_the_second_day_of_lateness() -> None:
    given(charge_rules=RULE, **LATE).shows(
        RELATION,
        """
        entry_id | true_since
        L1/1     | D-8
        """,
    )


def test_a_charge_that_stops_growing_is_wrong_two_days_after_the_day_it_was_for() -> None:
    given(
        charge_rules=RULE,
        **LATE,
        charges="""
            kind             | amount | charged_on
            late_interest    | 0.50   | D-9
            failed_debit_fee | 20.00  | D-9
            late_interest    | 1.50   | D-6
        """,
    ).shows(
        RELATION,
        """
        entry_id | ledger_amount | true_since
        L1/1     | 22.00         | D-4
        """,
    )


def test_a_wrong_charge_is_wrong_since_it_was_charged() -> None:
    given(
        charge_rules=RULE,
        **LATE,
        charges="""
            kind             | amount | charged_on
            late_interest    | 0.50   | D-9
            failed_debit_fee | 20.00  | D-9
            late_interest    | 99.00  | D-8
        """,
    ).shows(
        RELATION,
        """
        entry_id | true_since
        L1/1     | D-8
        """,
    )


def test_once_it_is_covered_it_is_wrong_since_that_day_or_since_the_charge_that_made_it_so() -> (
    None
):
    given(
        charge_rules=RULE,
        instalments="""
            loan_id | instalment_no | due_date
            L1      | 1             | D-10
            L2      | 1             | D-10
        """,
        debit_orders="""
            order_no | loan_id | status    | requested_at
            O1       | L1      | failed    | D-10 09:00:00
            O2       | L2      | failed    | D-10 09:00:00
            O3       | L1      | succeeded | D-6 09:00:00
            O4       | L2      | succeeded | D-6 09:00:00
        """,
        settlement="""
            order_no | happened_at
            O3       | D-6 09:00:05
            O4       | D-6 09:00:05
        """,
        charges="""
            loan_id | charged_on | amount
            L1      | D-9        | 20.50
            L1      | D-6        | 1.50
            L1      | D-3        | 1.00
            L2      | D-9        | 20.50
            L2      | D-7        | 1.00
        """,
    ).shows(
        RELATION,
        """
        entry_id | cause              | ledger_amount | true_since
        L1/1     | charged_too_much   | 23.00         | D-3
        L2/1     | charged_too_little | 21.50         | D-6
        """,
    )


@pytest.mark.parametrize("elsewhere", ["kakadai | L2 | 1", "kakadai | L1 | 2", "other | L1 | 1"])
def test_charges_elsewhere_do_not_make_a_day_right_here(elsewhere: str) -> None:
    given(
        charge_rules=RULE,
        **LATE,
        charges=f"""
            lender | loan_id | instalment_no | charged_on | amount
            {elsewhere}                      | D-7        | 21.50
        """,
    ).shows(
        RELATION,
        """
        entry_id | ledger_amount | true_since
        L1/1     | 0.00          | D-8
        """,
    )


def test_before_it_was_covered_the_sum_of_the_day_before_was_right_as_well() -> None:
    given(
        charge_rules=RULE,
        instalments=DUE,
        debit_orders="""
            order_no | status    | requested_at
            O1       | failed    | D-10 09:00:00
            O2       | succeeded | D-5 09:00:00
        """,
        settlement="order_no | happened_at\nO2 | D-5 09:00:05",
        charges="charged_on | amount\nD-8 | 21.00",
    ).shows(RELATION, "entry_id | true_since\nL1/1 | D-6")


def test_a_day_is_right_by_a_sum_that_is_rounded_today_and_the_day_before() -> None:
    # three days are 1.5 of the minor unit
    given(
        charge_rules="late_interest_rate_per_day\n0.000005",
        **LATE,
        charges="charged_on | amount\nD-7 | 0.02\nD-6 | 9.00",
    ).shows("breaks.rightly_charged_days", "entry_id | day\nL1/1 | D-7")
    # five days are 1.25 of it, six are 1.5
    given(
        charge_rules="late_interest_rate_per_day\n0.0000025",
        **LATE,
        charges="charged_on | amount\nD-9 | 0.01",
    ).shows("breaks.rightly_charged_days", "entry_id | day\nL1/1 | D-4")


def test_a_charge_for_the_first_day_is_right_on_the_second_as_well() -> None:
    given(charge_rules=RULE, **LATE, charges="charged_on | amount\nD-9 | 20.50\nD-5 | 9.00").shows(
        "breaks.rightly_charged_days", "entry_id | day\nL1/1 | D-8"
    )


def test_a_late_charge_for_a_day_makes_that_day_no_righter() -> None:
    # three days' charge, first charged on the fifth
    given(charge_rules=RULE, **LATE, charges="charged_on | amount\nD-5 | 21.50").shows(
        "breaks.rightly_charged_days", "entry_id | day\nL1/1 | D-9"
    )


def test_without_daily_interest_nothing_is_right_on_the_first_day_and_the_fee_on_all() -> None:
    fee_only = "late_interest_rate_per_day | failed_debit_fee\n0 | 20.00"
    given(charge_rules=fee_only, **LATE).shows(
        "breaks.rightly_charged_days", "entry_id | day\nL1/1 | D-9"
    )
    given(
        charge_rules=fee_only, **LATE, charges="charged_on | amount\nD-8 | 20.00\nD-3 | 1.00"
    ).shows("breaks.rightly_charged_days", "entry_id | day\nL1/1 | D-4")


def test_a_sum_that_is_half_of_the_minor_unit_is_above_what_is_charged() -> None:
    # one cent, half of it a day: the third day makes two; it was covered on that day
    given(
        charge_rules="late_interest_rate_per_day\n0.5",
        instalments="due_date | principal_due | interest_due\nD-10 | 0.01 | 0.00",
        debit_orders="""
            order_no | status    | requested_at    | amount
            O1       | failed    | D-10 09:00:00   | 0.01
            O2       | succeeded | D-7 09:00:00    | 0.01
        """,
        settlement="order_no | happened_at | amount\nO2 | D-7 09:00:05 | 0.01",
        charges="charged_on | amount\nD-9 | 0.01",
    ).shows("breaks.rightly_charged_days", "entry_id | day\nL1/1 | D-8")


def test_a_sum_a_hair_below_half_of_the_minor_unit_is_not_above_nothing() -> None:
    given(
        charge_rules="late_interest_rate_per_day\n0.4999999999",
        instalments="due_date | principal_due | interest_due\nD-10 | 0.01 | 0.00",
        debit_orders="status | requested_at | amount\nfailed | D-10 09:00:00 | 0.01",
    ).shows("breaks.rightly_charged_days", "entry_id | day\nL1/1 | D-8")


def test_every_instalment_has_stretches_of_its_own() -> None:
    given(
        charge_rules=RULE,
        instalments="""
            loan_id | instalment_no | due_date | principal_due | interest_due
            L1      | 1             | D-10     | 900.00        | 100.00
            L2      | 1             | D-9      | 400.00        | 0.00
        """,
        debit_orders="""
            order_no | loan_id | status | requested_at
            O1       | L1      | failed | D-10 09:00:00
            O2       | L2      | failed | D-9 09:00:00
        """,
        charges="""
            loan_id | charged_on | amount
            L1      | D-8        | 21.00
            L1      | D-3        | 9.00
            L2      | D-6        | 20.60
        """,
    ).shows(
        "breaks.late_stretches",
        """
        entry_id | from_day | until_day | charged | is_over | is_explained
        L1/1     | D-9      | D-8       | 0.00    | true    | false
        L1/1     | D-8      | D-3       | 21.00   | true    | false
        L1/1     | D-3      | -         | 30.00   | true    | false
        L2/1     | D-8      | D-6       | 0.00    | true    | false
        L2/1     | D-6      | -         | 20.60   | true    | false
        """,
    ).shows("breaks.rightly_charged_days", "entry_id | day\nL1/1 | D-7\nL2/1 | D-5")


def test_what_is_charged_today_was_not_charged_yesterday() -> None:
    given(
        charge_rules=RULE,
        instalments=DUE,
        debit_orders="""
            order_no | status    | requested_at
            O1       | failed    | D-10 09:00:00
            O2       | succeeded | D 09:00:00
        """,
        settlement="order_no | happened_at\nO2 | D 09:00:05",
        charges="charged_on | amount\nD | 24.50",
    ).shows("breaks.rightly_charged_days", "entry_id | day\nL1/1 | D-9")


def test_only_what_is_charged_wrongly_today_has_a_last_day_on_which_it_was_not() -> None:
    given(charge_rules=RULE, **late_loans("5.00", "99.00")).shows(
        "breaks.rightly_charged_days", "entry_id | day\nL2/1 | D-9"
    )


def test_a_day_to_come_or_one_in_time_is_no_day_on_which_it_was_charged_rightly() -> None:
    given(charge_rules=RULE, **LATE, charges="amount | charged_on\n26.00 | D-9").shows_nothing(
        "breaks.rightly_charged_days"
    ).shows(RELATION, "entry_id | cause | true_since\nL1/1 | charged_too_much | D-9")


def test_charges_for_lateness_are_those_in_force_above_nothing() -> None:
    given(
        charges="""
            charge_id | kind             | amount | status
            C1        | late_interest    | 0.01   | charged
            C2        | failed_debit_fee | 5.00   | charged
            C3        | late_interest    | 0.00   | charged
            C4        | late_interest    | 5.00   | waived
            C5        | other            | 5.00   | charged
        """,
    ).shows("breaks.late_charges", "charge_id\nC1\nC2")
