"""Contract 6.2: an instalment that earlier debits already covered was debited again."""

from tests.spec.harness import given

RELATION = "breaks.duplicate_debit"
DUE = "instalment_no | principal_due | interest_due\n1 | 900.00 | 100.00"
ORDERS = """
    order_no | instalment_no
    O1       | 1
    O2       | 1
"""
TWICE = """
    channel_ref | order_no | amount  | happened_at
    D1          | O1       | {first} | D-2 10:00
    D2          | O2       | 1000.00 | D-2 10:01
"""


def test_the_later_debit_of_an_instalment_already_covered_is_a_duplicate() -> None:
    given(instalments=DUE, debit_orders=ORDERS, settlement=TWICE.format(first="1000.00")).shows(
        RELATION,
        """
            entry_id | cause          | refund  | true_since
            D2       | other_order_no | 1000.00 | D-1
        """,
    )


def test_a_minor_unit_short_of_covered_the_later_debit_is_none() -> None:
    given(
        instalments=DUE, debit_orders=ORDERS, settlement=TWICE.format(first="999.99")
    ).shows_nothing(RELATION)


def test_charges_in_force_belong_to_what_is_to_be_covered() -> None:
    drawn = {
        "instalments": "loan_id | instalment_no\nL1 | 1\nL1 | 2\nL2 | 1",
        "debit_orders": ORDERS,
    }
    charges = """
        charge_id | kind             | amount | status  | loan_id | instalment_no | charged_on
        C1        | late_interest    | 5.00   | charged | L1      | 1             | D
        C2        | failed_debit_fee | 3.00   | charged | L1      | 1             | D-1
        C3        | other            | 2.00   | charged | L1      | 1             | D-1
        C4        | other            | 9.00   | waived  | L1      | 1             | D-1
        C5        | other            | 9.00   | charged | L1      | 2             | D-1
        C6        | other            | 9.00   | charged | L1      | 1             | D+1
        C7        | other            | 9.00   | charged | L2      | 1             | D-1
    """
    given(charges=charges, settlement=TWICE.format(first="1010.00"), **drawn).shows(
        RELATION, "entry_id\nD2"
    )
    given(charges=charges, settlement=TWICE.format(first="1009.99"), **drawn).shows_nothing(
        RELATION
    )


def test_earlier_debits_count_net_and_so_does_the_refund() -> None:
    given(
        instalments=DUE,
        debit_orders=ORDERS + "    O3 | 1\n",
        settlement="""
            channel_ref | kind   | order_no | original_ref | amount  | happened_at
            D1          | debit  | O1       | -            | 1000.00 | D-2 10:00
            D2          | debit  | O2       | -            | 1000.00 | D-2 10:01
            D3          | debit  | O3       | -            | 1000.00 | D-2 10:02
            F1          | refund | -        | D1           |    0.01 | D-1 10:00
            F3          | refund | -        | D3           |  200.00 | D-1 10:00
        """,
    ).shows(RELATION, "entry_id | refund\nD3 | 800.00")


def test_a_duplicate_given_back_in_full_is_none() -> None:
    given(
        instalments=DUE,
        debit_orders=ORDERS,
        settlement=TWICE.format(first="1000.00 | debit  | - ")
        .replace("1000.00 | D-2 10:01", "1000.00 | debit | - | D-2 10:01")
        .replace("| amount ", "| amount | kind | original_ref ")
        + "    F2 | - | 1000.00 | refund | D2 | D-1 10:00",
    ).shows_nothing(RELATION)


def test_earlier_means_the_instant_and_then_the_channel_ref() -> None:
    given(
        instalments="loan_id | instalment_no\nL1 | 1\nL2 | 1",
        debit_orders="""
            order_no | loan_id
            O1       | L1
            O2       | L1
            O3       | L2
            O4       | L2
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D2          | O1       | D-2 10:00:00
            D1          | O2       | D-2 10:00:01
            D4          | O3       | D-2 10:00:00
            D3          | O4       | D-2 10:00:00
        """,
    ).shows(RELATION, "entry_id\nD1\nD4")


def test_where_nothing_is_due_the_first_debit_is_one_too_many() -> None:
    given(
        instalments="""
            loan_id | instalment_no | principal_due | interest_due
            L1      | 1             | 0.00          | 0.00
            L2      | 1             | 0.00          | 0.00
            L3      | 1             | 0.00          | 0.01
        """,
        charges="loan_id | instalment_no | amount\nL2 | 1 | 0.01",
        debit_orders="order_no | loan_id\nO1 | L1\nO2 | L2\nO3 | L3",
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-5 10:00
            D2          | O2       | D-5 10:00
            D3          | O3       | D-5 10:00
        """,
    ).shows(RELATION, "entry_id | true_since\nD1 | D-4")


def test_debits_through_every_channel_count_together() -> None:
    given(
        instalments=DUE,
        debit_orders="""
            order_no | channel
            O1       | alipay
            O2       | unionpay
        """,
        settlement="""
            channel_ref | channel  | order_no | happened_at
            D1          | alipay   | O1       | D-2 10:00
            D2          | unionpay | O2       | D-2 10:01
        """,
    ).shows(RELATION, "entry_id | cause\nD2 | other_order_no")


def test_debits_of_other_instalments_loans_and_lenders_do_not_count() -> None:
    given(
        instalments="""
            lender  | loan_id | instalment_no
            kakadai | L1      | 1
            kakadai | L1      | 2
            kakadai | L2      | 1
            bobodai | L1      | 1
        """,
        debit_orders="""
            order_no | lender  | loan_id | instalment_no
            O1       | kakadai | L1      | 1
            O2       | kakadai | L1      | 2
            O3       | kakadai | L2      | 1
            O4       | bobodai | L1      | 1
            O5       | kakadai | L1      | -
            O6       | kakadai | L1      | -
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-2 10:00
            D2          | O2       | D-2 10:01
            D3          | O3       | D-2 10:02
            D4          | O4       | D-2 10:03
            D5          | O5       | D-2 10:04
            D6          | O6       | D-2 10:05
        """,
    ).shows_nothing(RELATION)


def test_pieces_that_together_cover_the_instalment_are_no_duplicates() -> None:
    given(
        instalments=DUE,
        debit_orders=ORDERS + "    O3 | 1\n",
        settlement="""
            channel_ref | order_no | amount | happened_at
            D1          | O1       | 600.00 | D-2 10:00
            D2          | O2       | 400.00 | D-2 10:01
            D3          | O3       | 400.00 | D-2 10:02
        """,
    ).shows(RELATION, "entry_id | refund\nD3 | 400.00")


def test_two_debits_of_one_order_no_are_told_apart_from_two_orders() -> None:
    given(
        instalments=DUE,
        debit_orders=ORDERS,
        settlement=TWICE.format(first="1000.00").replace("O2 ", "O1 "),
    ).shows(RELATION, "entry_id | cause\nD2 | same_order_no")


def test_a_duplicate_is_raised_beside_the_match_of_a_matched_debit() -> None:
    given(
        instalments=DUE,
        debit_orders=ORDERS,
        settlement=TWICE.format(first="1000.00"),
        postings="""
            posting_id | order_no | posted_at
            P1         | O1       | D-2 11:00
            P2         | O2       | D-2 11:00
        """,
    ).shows("breaks.open_findings", "entry_id | category\nD2 | duplicate_debit").shows(
        "matching.entries",
        """
            entry_id | state
            D1       | matched
            D2       | matched
            P1       | matched
            P2       | matched
        """,
    )


def test_a_young_duplicate_is_in_transit_first() -> None:
    given(
        instalments=DUE,
        debit_orders=ORDERS,
        settlement=TWICE.format(first="1000.00").replace("D-2", "D"),
    ).shows("breaks.open_entry_choice", "entry_id | category\nD1 | in_transit\nD2 | in_transit")


def test_an_open_duplicate_is_one_before_it_is_a_debit_not_posted() -> None:
    given(instalments=DUE, debit_orders=ORDERS, settlement=TWICE.format(first="1000.00")).shows(
        "breaks.open_entry_choice",
        "entry_id | category\nD1 | debit_not_posted\nD2 | duplicate_debit",
    )


def test_charges_of_another_lenders_loan_do_not_count() -> None:
    given(
        instalments="lender | instalment_no\nkakadai | 1\nbobodai | 1",
        debit_orders=ORDERS,
        charges="lender | amount\nbobodai | 5.00",
        settlement=TWICE.format(first="1000.00"),
    ).shows(RELATION, "entry_id\nD2")


def test_a_duplicate_is_known_once_the_files_of_all_debits_before_it_are_there() -> None:
    given(
        instalments="loan_id | instalment_no\nL1 | 1\nL2 | 1",
        debit_orders="""
            order_no | loan_id
            O1       | L1
            O2       | L1
            O3       | L2
            O4       | L2
        """,
        settlement="""
            channel_ref | order_no | happened_at | settle_date
            D1          | O1       | D-5 10:00   | D-1
            D2          | O2       | D-4 10:00   | D-4
            D3          | O3       | D-5 10:00   | D-5
            D4          | O4       | D-4 10:00   | D-4
        """,
    ).shows(RELATION, "entry_id | true_since\nD2 | D-1\nD4 | D-3")


def test_a_matched_duplicate_stands_since_its_match_or_the_end_of_its_window() -> None:
    given(
        instalments="loan_id | instalment_no\nL1 | 1\nL2 | 1\nL3 | 1",
        debit_orders="""
            order_no | loan_id
            O1       | L1
            O2       | L1
            O3       | L2
            O4       | L2
            O5       | L3
            O6       | L3
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-5 10:00
            D2          | O2       | D-4 10:00
            D3          | O3       | D-5 10:00
            D4          | O4       | D-4 10:00
            D5          | O5       | D-5 10:00
            D6          | O6       | D-4 00:00
        """,
        postings="""
            posting_id | order_no | loan_id | posted_at
            P1         | O1       | L1      | D-5 11:00
            P2         | O2       | L1      | D-4 11:00
            P3         | O3       | L2      | D-5 11:00
            P4         | O4       | L2      | D-2 11:00
            P5         | O5       | L3      | D-5 11:00
            P6         | O6       | L3      | D-2 11:00
        """,
    ).shows(RELATION, "entry_id | true_since\nD2 | D-4\nD4 | D-3\nD6 | D-4")


def test_a_duplicate_whose_booking_was_undone_within_its_window_was_in_transit_once_more() -> None:
    loans = [f"L{number}" for number in range(1, 11)]
    given(
        channels="channel | posting_window_hours | amount_tolerance\nalipay | 72 | 0.01",
        instalments="instalment_no | loan_id\n" + "\n".join(f"1 | {loan}" for loan in loans),
        debit_orders="loan_id | order_no\n"
        + "\n".join(f"{loan} | {loan}a\n{loan} | {loan}b" for loan in loans),
        settlement="order_no | channel_ref | happened_at\n"
        + "\n".join(
            f"{loan}a | A{loan} | D-5 10:00\n{loan}b | B{loan} | D-5 11:00" for loan in loans
        ),
        postings="""
            posting_id | loan_id | order_no | kind      | reverses | amount  | posted_at
            P1         | L1      | L1b      | repayment | -        | 1000.00 | D-5 12:00
            R1         | L1      | -        | reversal  | P1       | 1000.00 | D-4 12:00
            Q1         | L1      | L1b      | repayment | -        | 1000.00 | D-4 13:00
            P2         | L2      | L2b      | repayment | -        | 1000.00 | D-5 12:00
            R2         | L2      | -        | reversal  | P2       | 1000.00 | D-4 12:00
            Q2         | L2      | L2b      | repayment | -        | 1000.00 | D-3 12:00
            P3         | L3      | L3b      | repayment | -        | 1000.00 | D-5 12:00
            R3         | L3      | -        | reversal  | P3       | 1000.00 | D-4 12:00
            Q3         | L3      | L3b      | repayment | -        | 1000.00 | D-1 12:00
            P4         | L4      | L4b      | repayment | -        | 1000.00 | D-5 12:00
            R4         | L4      | -        | reversal  | P4       | 1000.00 | D-3 12:00
            Q4         | L4      | L4b      | repayment | -        | 1000.00 | D-2 12:00
            P5         | L5      | L5b      | repayment | -        | 1000.00 | D-5 12:00
            R5         | L5      | -        | reversal  | P5       | 1000.00 | D-2 12:00
            Q5         | L5      | L5b      | repayment | -        | 1000.00 | D-1 12:00
            P6         | L6      | L6b      | repayment | -        | 1000.00 | D-4 12:00
            R6         | L6      | -        | reversal  | P6       | 1000.00 | D-3 12:00
            Q6         | L6      | L6b      | repayment | -        | 1000.00 | D-2 12:00
            P7         | L7      | L7b      | repayment | -        | 1000.00 | D-5 12:00
            R7         | L7      | -        | reversal  | P7       | 1000.00 | D-2 12:00
            Q7         | L7      | L7b      | repayment | -        | 1000.00 | D-1 12:00
            S7         | L7      | -        | reversal  | Q7       | 1000.00 | D 12:00
            P8         | L8      | -        | repayment | -        | 1000.00 | D-5 12:00
            R8         | L8      | -        | reversal  | P8       | 1000.00 | D-1 12:00
            Q8         | L8      | L8b      | repayment | -        | 1000.00 | D 12:00
            P9         | L9      | L9b      | repayment | -        | 1000.00 | D-5 12:00
            Q9         | L9      | L9b      | repayment | -        | 1000.00 | D-1 12:00
            P10        | L10     | L10b     | repayment | -        | 1000.00 | D-5 12:00
            U10        | L10     | L10b     | repayment | -        | 0.01    | D-5 12:00
            X10        | L10     | -        | reversal  | U10      | 0.01    | D-4 12:00
            V10        | L10     | L10b     | repayment | -        | 0.01    | D-3 12:00
            Y10        | L10     | -        | reversal  | V10      | 0.01    | D-1 12:00
        """,
    ).shows(
        RELATION,
        """
        entry_id | true_since
        BL1      | D-5
        BL2      | D-3
        BL3      | D-2
        BL4      | D-2
        BL5      | D-5
        BL6      | D-2
        BL7      | D-5
        BL8      | D-5
        BL9      | D-5
        BL10     | D-5
        """,
    )


def test_a_duplicate_whose_posting_was_another_debits_before_stands_since_it_has_it() -> None:
    given(
        channels="channel | posting_window_hours\nalipay | 72",
        instalments="instalment_no\n1",
        debit_orders="order_no\nO1\nO2\nO3",
        settlement="""
            channel_ref | order_no | kind   | original_ref | amount  | happened_at | settle_date
            D1          | O1       | debit  | -            | 1000.00 | D-5 07:00   | D-5
            D2          | O2       | debit  | -            | 200.00  | D-5 10:00   | D-5
            D3          | O3       | debit  | -            | 200.00  | D-5 12:00   | D-5
            F2          | O2       | refund | D2           | 100.00  | D-4 10:00   | D-4
        """,
        postings="posting_id | order_no | amount | posted_at\nP2 | - | 200.00 | D-5 10:01",
    ).shows(RELATION, "entry_id | true_since\nD2 | D-2\nD3 | D-4")


def test_a_duplicate_stands_since_its_own_posting_whatever_its_neighbours_had_before() -> None:
    given(
        channels="channel | posting_window_hours\nalipay | 72",
        instalments="loan_id | instalment_no\nL1 | 1\nL2 | 1\nL3 | 1",
        debit_orders="""
            order_no | loan_id
            O1       | L1
            O2       | L1
            O3       | L1
            O4       | L2
            O5       | L2
            O6       | L3
            O7       | L3
            O8       | L3
        """,
        settlement="""
            channel_ref | order_no | kind   | original_ref | amount  | happened_at | settle_date
            D1          | O1       | debit  | -            | 1000.00 | D-5 07:00   | D-5
            D2          | O2       | debit  | -            | 200.00  | D-5 10:00   | D-5
            D3          | O3       | debit  | -            | 200.00  | D-5 12:00   | D-5
            F2          | O2       | refund | D2           | 100.00  | D-4 10:00   | D-4
            D4          | O4       | debit  | -            | 1000.00 | D-5 07:00   | D-5
            D5          | O5       | debit  | -            | 200.00  | D-5 10:00   | D-5
            D6          | O6       | debit  | -            | 1000.00 | D-5 07:00   | D-5
            D7          | O7       | debit  | -            | 200.00  | D-5 10:00   | D-5
            D8          | O8       | debit  | -            | 300.00  | D-5 11:00   | D-5
        """,
        postings="""
            posting_id | loan_id | order_no | kind      | reverses | amount | posted_at
            P2         | L1      | -        | repayment | -        | 200.00 | D-5 10:01
            P5         | L2      | -        | repayment | -        | 200.00 | D-4 10:00
            P7         | L3      | -        | repayment | -        | 200.00 | D-5 10:01
            R7         | L3      | -        | reversal  | P7       | 200.00 | D-4 10:00
            P8         | L3      | -        | repayment | -        | 500.00 | D-3 10:00
        """,
    ).shows(RELATION, "entry_id | true_since\nD2 | D-2\nD3 | D-4\nD5 | D-4\nD7 | D-3\nD8 | D-3")


def test_a_duplicate_in_a_group_that_waited_stands_since_it_waits_no_more() -> None:
    given(
        instalments="instalment_no\n1",
        debit_orders="order_no\nO1",
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-5 10:00:00
            D2          | O1       | D-4 00:00:00
        """,
        postings="posting_id | order_no | posted_at\nP1 | O1 | D-5 11:00",
    ).shows(RELATION, "entry_id | true_since\nD2 | D-4")


def test_a_duplicate_in_a_group_that_waited_twice_stands_since_it_waited_last() -> None:
    given(
        channels="channel | posting_window_hours\nalipay | 72",
        instalments="instalment_no\n1",
        debit_orders="order_no\nO1",
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-5 10:00
            D2          | O1       | D-5 11:00
        """,
        postings="""
            posting_id | order_no | amount  | posted_at
            P1         | O1       | 1000.00 | D-5 12:00
            P2         | O1       | 500.00  | D-4 12:00
            P3         | O1       | 500.00  | D-3 12:00
        """,
    ).shows(RELATION, "entry_id | true_since\nD2 | D-3")


def test_debits_of_one_instalment_are_put_in_order_with_what_came_before() -> None:
    given(
        instalments="instalment_no\n1\n2",
        debit_orders="order_no | instalment_no\nO1 | 1\nO2 | 1\nO3 | 2\nO4 | -",
        settlement="""
            channel_ref | kind   | order_no | original_ref | amount | happened_at
            D1          | debit  | O1       | -            | 5.00   | D 10:00:00
            F1          | refund | O1       | D1           | 5.00   | D 11:00:00
            D2          | debit  | O1       | -            | 0.01   | D 12:00:00
            D3          | debit  | O2       | -            | 0.02   | D 13:00:00
            D4          | debit  | O2       | -            | 0.03   | D 14:00:00
            D5          | debit  | O3       | -            | 5.00   | D 10:00:00
            D6          | debit  | O4       | -            | 5.00   | D 10:00:00
            D7          | debit  | O4       | -            | 5.00   | D 10:00:00
        """,
    ).shows(
        "breaks.instalment_debits",
        """
        entry_id | earlier | repeats_order_no
        D2       | 0.00    | false
        D3       | 0.01    | false
        D4       | 0.03    | true
        """,
    )


def test_debits_of_one_second_go_by_reference_then_channel_and_are_known_with_their_files() -> None:
    given(
        instalments="instalment_no\n1",
        debit_orders="""
            order_no | channel
            O1       | alipay
            O1       | unionpay
        """,
        settlement="""
            channel  | channel_ref | order_no | amount | happened_at  | settle_date
            unionpay | A           | O1       | 0.01   | D-3 10:00:00 | D-2
            alipay   | B           | O1       | 0.02   | D-3 10:00:00 | D-1
            unionpay | B           | O1       | 0.03   | D-3 10:00:00 | D
        """,
    ).shows(
        "breaks.instalment_debits",
        """
        net_minor | earlier | known_on | repeats_order_no
        0.01      | 0.00    | D-2      | false
        0.02      | 0.01    | D-1      | false
        0.03      | 0.03    | D        | true
        """,
    )


def test_of_groups_judged_before_only_those_with_repeated_debits_are_looked_at_again() -> None:
    given(
        instalments="loan_id | instalment_no\nL1 | 1\nL2 | 1\nL3 | 1\nL4 | 1",
        debit_orders="""
            order_no | loan_id
            O1       | L1
            O2       | L2
            O3       | L3
            O4       | L4
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-5 10:00
            D21         | O2       | D-5 10:00
            D22         | O2       | D-5 10:01
            D3          | O3       | D-1 10:00
            D41         | O4       | D 10:00
            D42         | O4       | D 10:01
        """,
        postings="""
            order_no | loan_id | posted_at
            O1       | L1      | D-5 11:00
            O2       | L2      | D-5 11:00
            O3       | L3      | D 09:00
            O4       | L4      | D 11:00
        """,
    ).shows("breaks.group_days", "group_id | judged_since\nD21 | D-4\nD3 | D")
