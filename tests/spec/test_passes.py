"""Contract 6.1: the passes in order, each on what earlier ones left open."""

from tests.spec.harness import given

PASSES = "matching.passes"


def test_every_pass_sees_only_what_earlier_ones_left_open() -> None:
    given(
        loans="""
            loan_id | borrower_ref
            L4      | B4
            L5      | B4
        """,
        debit_orders="""
            order_no | loan_id | lender
            O1       | L1      | kakadai
            O2       | L2      | kakadai
            O3       | L3      | kakadai
            O4       | L4      | kakadai
            O6       | L6      | kakadai
            O7       | L7      | kakadai
            O8       | L2      | bobodai
        """,
        settlement="""
            channel_ref | order_no | amount  | happened_at
            D1          | O1       | 1000.00 | D-1 10:00
            D2          | O2       | 1000.00 | D-1 10:00
            D31         | O3       |  600.00 | D-1 10:00
            D32         | O3       |  400.00 | D-1 10:00
            D4          | O4       | 1000.00 | D-1 10:00
            D6          | O6       | 1000.00 | D-5 10:00
            D7          | O7       | 1000.00 | D-1 10:00
            D8          | O8       | 1000.00 | D-1 10:00
        """,
        postings="""
            posting_id | order_no | loan_id | lender  | posted_at
            P1         | O1       | L1      | kakadai | D-1 11:00
            P2         | -        | L2      | kakadai | D-1 11:00
            P3         | -        | L3      | kakadai | D-1 11:00
            P5         | -        | L5      | kakadai | D-1 11:00
            P6         | -        | L6      | kakadai | D-1 11:00
            P8         | -        | L2      | bobodai | D-1 11:00
            P9         | -        | L9      | kakadai | D-1 11:00
        """,
    ).shows(
        PASSES,
        """
            entry_id | member                  | group_id
            D1       | by_order_no             | D1
            P1       | by_order_no             | D1
            D2       | by_loan_and_amount      | D2
            P2       | by_loan_and_amount      | D2
            D8       | by_loan_and_amount      | D8
            P8       | by_loan_and_amount      | D8
            D31      | by_split_debits         | D31
            D32      | by_split_debits         | D31
            P3       | by_split_debits         | D31
            D4       | by_amount_across_loans  | D4
            P5       | by_amount_across_loans  | D4
            D6       | by_loan_and_amount_late | D6
            P6       | by_loan_and_amount_late | D6
        """,
    ).shows_nothing("matching.ambiguous_entries")


def test_two_splits_are_two_groups_and_so_are_those_of_two_lenders() -> None:
    given(
        debit_orders="""
            order_no | loan_id | lender
            O1       | L1      | kakadai
            O2       | L2      | kakadai
            O3       | L1      | bobodai
        """,
        settlement="""
            channel_ref | order_no | amount
            D11         | O1       | 600.00
            D12         | O1       | 400.00
            D21         | O2       | 600.00
            D22         | O2       | 400.00
            D31         | O3       | 600.00
            D32         | O3       | 400.00
        """,
        postings="""
            posting_id | loan_id | lender
            P1         | L1      | kakadai
            P2         | L2      | kakadai
            P3         | L1      | bobodai
        """,
    ).shows(
        "matching.by_split_debits",
        """
            entry_id | group_id | is_debit
            D11      | D11      | true
            D12      | D11      | true
            P1       | D11      | false
            D21      | D21      | true
            D22      | D21      | true
            P2       | D21      | false
            D31      | D31      | true
            D32      | D31      | true
            P3       | D31      | false
        """,
    )


def test_what_is_ambiguous_is_one_crowd_and_no_group() -> None:
    drawn = given(
        debit_orders="""
            order_no | loan_id | instalment_no
            O1       | L1      | 1
            O2       | L1      | 2
            O3       | L3      | 1
            O4       | L3      | 2
        """,
        settlement="""
            channel_ref | order_no | amount
            D1          | O1       | 1000.00
            D2          | O2       | 1000.00
            D3          | O3       |  600.00
            D4          | O3       |  400.00
            D5          | O4       |  400.00
        """,
        postings="""
            posting_id | loan_id | instalment_no | amount
            P1         | L1      | 3             | 1000.00
            P3         | L3      | 3             | 1000.00
        """,
    )
    drawn.shows(
        PASSES,
        """
            entry_id | member             | verdict   | group_id
            D1       | by_loan_and_amount | ambiguous | -P1
            D2       | by_loan_and_amount | ambiguous | -P1
            P1       | by_loan_and_amount | ambiguous | -P1
            D3       | by_split_debits    | ambiguous | -P3
            D4       | by_split_debits    | ambiguous | -P3
            D5       | by_split_debits    | ambiguous | -P3
            P3       | by_split_debits    | ambiguous | -P3
        """,
    )
    drawn.shows_nothing("matching.groups")


def test_a_debit_of_one_minor_unit_is_a_debit() -> None:
    given(
        debit_orders="order_no | loan_id\nO1 | L1\nO2 | L2",
        settlement="""
            channel_ref | order_no | amount
            D1          | O1       | 0.01
            D2          | O2       | 0.01
        """,
        postings="""
            posting_id | order_no | loan_id | amount
            P1         | O1       | L1      | 0.01
            P2         | -        | L2      | 0.01
        """,
    ).shows(
        "matching.entries",
        """
            entry_id | state   | group_id
            D1       | matched | D1
            P1       | matched | D1
            D2       | matched | D2
            P2       | matched | D2
        """,
    )


def test_a_group_knows_its_sums_its_last_debit_and_its_last_posting() -> None:
    given(
        debit_orders="""
            order_no | loan_id | instalment_no
            O1       | L1      | 1
            O2       | L2      | 3
            O3       | L2      | 4
            O4       | L4      | 5
        """,
        settlement="""
            channel_ref | order_no | amount  | happened_at | settle_date
            D11         | O1       |  600.00 | D-2 10:00   | D-1
            D12         | O1       |  400.00 | D-2 12:00   | D-2
            D21         | O2       |  600.00 | D-2 10:00   | D-1
            D22         | O3       |  400.00 | D-2 12:00   | D-2
            D41         | O4       | 1000.00 | D-2 10:00   | D-2
        """,
        postings="""
            posting_id | order_no | loan_id | amount | posted_at
            P11        | O1       | L1      | 700.00 | D-2 13:00
            P12        | O1       | L1      | 300.00 | D-2 11:00
            P21        | -        | L2      | 1000.00 | D-2 13:00
            P41        | -        | L4      | 700.00 | D-1 09:00
            P42        | -        | L4      | 300.00 | D-2 11:00
        """,
    ).shows(
        "matching.groups",
        """
            group_id | rule            | debit   | posting | last_debit_at | last_settle_date
            D11      | by_order_no     | 1000.00 | 1000.00 | D-2 12:00     | D-1
            D21      | by_split_debits | 1000.00 | 1000.00 | D-2 12:00     | D-1
            D41      | by_split_debits | 1000.00 | 1000.00 | D-2 10:00     | D-2
        """,
    ).shows(
        "matching.groups",
        """
            group_id | posting_due_at | complete_on | first_instalment_no | last_instalment_no
            D11      | D-1 12:00      | D-1         | 1                   | 1
            D21      | D-1 12:00      | D-1         | 3                   | 4
            D41      | D-1 10:00      | D-1         | 5                   | 5
        """,
    ).shows(
        "matching.groups",
        """
            group_id | posting_count | loan_id
            D11      | 2             | L1
            D21      | 1             | L2
            D41      | 2             | L4
        """,
    )
