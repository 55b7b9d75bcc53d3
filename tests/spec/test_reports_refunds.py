"""reports.refunds: who gets back how much, and why."""

from tests.spec.harness import given
from tests.spec.stored_day import break_id

RELATION = "reports.refunds"


def test_a_debit_drawn_twice_and_charges_for_no_lateness_are_given_back_each_by_itself() -> None:
    given(
        loans="""
            loan_id | borrower_ref
            L1      | B1
        """,
        instalments="""
            instalment_no | due_date
            1             | D-3
            2             | D-3
        """,
        debit_orders="""
            order_no | instalment_no | requested_at
            O1       | 1             | D-3 09:00:00
            O2       | 1             | D-3 10:00:00
            O3       | 2             | D-3 10:00:00
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-3 09:00:05
            D2          | O2       | D-3 10:00:05
            D3          | O3       | D-3 10:00:05
        """,
        charges="""
            instalment_no | amount
            2             | 5.00
        """,
    ).shows(
        RELATION,
        """
        borrower_ref | instalment_no | amount  | returns | category        | channel_ref
        B1           | 1             | 1000.00 | debit   | duplicate_debit | D2
        B1           | 2             | 5.00    | charges | wrongly_overdue | -
        """,
        ordered=True,
    ).shows(RELATION, "proof\nproven\nproven")


def test_what_depends_on_a_statement_says_so() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-3
        """,
        charges="""
            amount
            5.00
        """,
    ).shows(
        RELATION,
        """
        amount | proof            | liable
        5.00   | statement_needed | undetermined
        """,
    )


def test_a_break_that_gives_nothing_back_is_not_in_the_list() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-3
        """,
        account_status="""
            days_past_due | app_status
            3             | overdue
        """,
    ).shows_nothing(RELATION)


def test_refunds_are_sorted_by_lender_borrower_loan_instalment_and_break() -> None:
    twice = [break_id("duplicate_debit", f"debit:alipay:{ref}") for ref in ("D2", "D3")]
    given(
        loans="""
            lender  | loan_id | borrower_ref
            kakadai | L1      | B2
            kakadai | L2      | B2
            kakadai | L3      | B1
            other   | L0      | B0
        """,
        instalments="""
            lender  | loan_id | instalment_no | due_date
            kakadai | L1      | 1             | D-3
            kakadai | L1      | 2             | D-3
            kakadai | L2      | 1             | D-3
            kakadai | L3      | 1             | D-3
            other   | L0      | 1             | D-3
        """,
        debit_orders="order_no | requested_at\n"
        + "\n".join(f"O{n} | D-3 09:00:00" for n in (1, 2, 3)),
        settlement="channel_ref | order_no | happened_at\n"
        + "\n".join(f"D{n} | O{n} | D-3 09:00:00" for n in (1, 2, 3)),
        charges="""
            lender  | charge_id | loan_id | instalment_no | amount
            other   | C1        | L0      | 1             | 5.00
            kakadai | C2        | L3      | 1             | 0.01
            kakadai | C3        | L2      | 1             | 5.00
            kakadai | C4        | L1      | 2             | 5.00
        """,
    ).shows(
        RELATION,
        f"""
        lender  | borrower_ref | loan_id | instalment_no | amount  | break_id
        kakadai | B1           | L3      | 1             | 0.01    | {charges("kakadai:L3:1")}
        kakadai | B2           | L1      | 1             | 1000.00 | {min(twice)}
        kakadai | B2           | L1      | 1             | 1000.00 | {max(twice)}
        kakadai | B2           | L1      | 2             | 5.00    | {charges("kakadai:L1:2")}
        kakadai | B2           | L2      | 1             | 5.00    | {charges("kakadai:L2:1")}
        other   | B0           | L0      | 1             | 5.00    | {charges("other:L0:1")}
        """,
        ordered=True,
    )


def charges(instalment: str) -> str:
    return break_id("wrongly_overdue", f"instalment:{instalment}")
