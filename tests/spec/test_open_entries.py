"""Contract 6.2, open entries: exactly one category each, the first that applies."""

from tests.spec.harness import given

CHOICE = "breaks.open_entry_choice"
FILES = """
    relation   | channel | file_date
    settlement | alipay  | D-3
    settlement | alipay  | D-2
    settlement | alipay  | D-1
    settlement | alipay  | D
"""


def test_a_debit_that_nobody_booked_is_not_posted() -> None:
    given(
        debit_orders="""
            order_no | status    | channel
            O1       | succeeded | alipay
            O2       | failed    | alipay
            O3       | unknown   | alipay
            O1       | failed    | unionpay
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D 00:00:00
            D2          | O2       | D 00:00:00
            D3          | O3       | D 00:00:00
            D4          | X9       | D 00:00:00
            D5          | -        | D 00:00:00
            D6          | O1       | D 00:00:01
        """,
    ).shows(
        CHOICE,
        """
            entry_id | category         | cause                   | true_since
            D1       | debit_not_posted | not_booked              | D
            D2       | debit_not_posted | lender_recorded_failure | D
            D3       | debit_not_posted | lender_never_asked_again| D
            D4       | debit_not_posted | order_unknown_to_lender | D
            D5       | debit_not_posted | order_unknown_to_lender | D
            D6       | in_transit       | posting_window_open     | D
        """,
    )


def test_a_debit_is_open_since_its_window_was_over_and_its_file_there() -> None:
    given(
        channels="channel | posting_window_hours\nalipay | 12",
        settlement="""
            channel_ref | happened_at    | settle_date
            D1          | D-1 12:00:00   | D-1
            D2          | D-1 12:00:01   | D-1
            D3          | D-2 08:00:00   | D-1
        """,
    ).shows(CHOICE, "entry_id | true_since\nD1 | D-1\nD2 | D\nD3 | D-1")


def test_a_debit_given_back_in_part_is_open_with_the_rest() -> None:
    given(
        settlement="""
            channel_ref | kind   | original_ref | amount  | happened_at
            D1          | debit  | -            | 1000.00 | D-1 10:00
            D2          | debit  | -            | 1000.00 | D-1 10:00
            F1          | refund | D1           |  999.99 | D-1 10:00
            F2          | refund | D2           | 1000.00 | D-1 10:00
        """,
    ).shows(CHOICE, "entry_id | category\nD1 | debit_not_posted").shows(
        "breaks.unmatched_debits", "entry_id | net\nD1 | 0.01"
    )


def test_a_posting_that_no_file_bears_out_is_a_posting_without_debit() -> None:
    given(
        files=FILES,
        debit_orders="order_no\nO1",
        postings="""
            posting_id | order_no | posted_at
            P1         | O1       | D-1 11:00
            P2         | X9       | D-1 11:00
            P3         | -        | D-1 11:00
        """,
    ).shows(
        CHOICE,
        """
            entry_id | category              | cause              | true_since
            P1       | posting_without_debit | no_debit_for_order | D-1
            P2       | posting_without_debit | order_no_unknown   | D-1
            P3       | posting_without_debit | no_order_no        | D-1
        """,
    )


def test_a_posting_with_a_failed_debit_is_a_posting_without_debit() -> None:
    given(
        settlement="""
            channel_ref | order_no | outcome
            D1          | O1       | failed
            D2          | O2       | unknown
        """,
        postings="""
            posting_id | order_no
            P1         | O1
            P2         | O2
        """,
    ).shows(
        CHOICE,
        """
            entry_id | category
            P1       | posting_without_debit
            P2       | posting_without_debit
        """,
    )


def test_a_posting_after_the_cut_off_is_open_since_the_day_that_its_file_clears() -> None:
    given(
        files=FILES.replace("alipay", "unionpay"),
        postings="""
            posting_id | channel  | posted_at
            P1         | unionpay | D-1 22:59:59
            P2         | unionpay | D-1 23:00:00
        """,
    ).shows(CHOICE, "entry_id | true_since\nP1 | D-1\nP2 | D")


def test_a_posting_outside_any_channel_is_no_open_entry() -> None:
    given(files=FILES, postings="posting_id | channel | order_no\nP1 | - | -").shows_nothing(CHOICE)


def test_an_undone_posting_and_its_reversal_are_no_open_entries() -> None:
    given(
        files=FILES,
        postings="""
            posting_id | kind      | reverses
            P1         | repayment | -
            P2         | reversal  | P1
        """,
    ).shows_nothing(CHOICE)


def test_a_posting_whose_debit_was_given_back_a_window_ago_lacks_its_reversal() -> None:
    given(
        files=FILES,
        settlement="""
            channel_ref | kind     | order_no | original_ref | happened_at
            D1          | debit    | O1       | -            | D-1 08:00:00
            D2          | debit    | O2       | -            | D-1 08:00:00
            F1          | refund   | O1       | D1           | D 00:00:00
            F2          | reversal | O2       | D2           | D 00:00:01
        """,
        postings="""
            posting_id | order_no | posted_at
            P1         | O1       | D-1 11:00
            P2         | O2       | D-1 11:00
        """,
    ).shows(
        CHOICE,
        """
            entry_id | category            | cause                | true_since
            P1       | reversal_not_posted | debit_given_back     | D
            P2       | in_transit          | reversal_window_open | D-1
        """,
    ).shows("breaks.reversal_not_posted", "entry_id\nP1")


def test_no_reversal_is_missed_while_the_sums_of_its_split_may_still_agree() -> None:
    given(
        files=FILES,
        instalments="instalment_no | due_date\n1 | D-3",
        debit_orders="""
            order_no | amount | requested_at
            O1       | 400.00 | D-3 08:00
            O2       | 600.00 | D-3 08:00
        """,
        settlement="""
            channel_ref | order_no | kind   | original_ref | amount | happened_at
            D1          | O1       | debit  | -            | 400.00 | D-3 10:00
            F1          | -        | refund | D1           | 400.00 | D-3 11:00
            D2          | O2       | debit  | -            | 600.00 | D 10:00
        """,
        postings="""
            posting_id | order_no | amount | posted_at
            P1         | O1       | 400.00 | D-3 12:00
            P2         | O2       | 600.00 | D 11:00
        """,
    ).shows(
        "matching.entries",
        "entry_id | state\nD2 | waiting\nP1 | waiting\nP2 | waiting",
    ).shows("breaks.reversed_orders", "order_no\nO1").shows_nothing("breaks.reversal_not_posted")


def test_the_window_of_a_reversal_is_that_of_the_day_of_the_last_debit() -> None:
    given(
        channels="""
            channel   | posting_window_hours | valid_from | valid_to
            alipay    | 1                    | -          | D-5
            alipay    | 2                    | D-5        | D-3
            alipay    | 3                    | D-3        | -
            wechatpay | 4                    | -          | -
        """,
        settlement="""
            channel_ref | channel   | kind   | order_no | original_ref | happened_at
            D1          | alipay    | debit  | O1       | -            | D-6 23:59:59
            F1          | alipay    | refund | O1       | D1           | D-2 09:00:00
            D2          | alipay    | debit  | O2       | -            | D-5 00:00:00
            F2          | alipay    | refund | O2       | D2           | D-2 09:00:00
            D3          | alipay    | debit  | O3       | -            | D-4 23:59:59
            F3          | alipay    | refund | O3       | D3           | D-2 09:00:00
            D4          | alipay    | debit  | O4       | -            | D-3 00:00:00
            F4          | alipay    | refund | O4       | D4           | D-2 09:00:00
            D5          | wechatpay | debit  | O4       | -            | D-6 08:00:00
            F5          | wechatpay | refund | O4       | D5           | D-2 09:00:00
        """,
    ).shows(
        "breaks.reversed_orders",
        """
        channel   | order_no | reversal_due_at
        alipay    | O1       | D-2 10:00:00
        alipay    | O2       | D-2 11:00:00
        alipay    | O3       | D-2 11:00:00
        alipay    | O4       | D-2 12:00:00
        wechatpay | O4       | D-2 13:00:00
        """,
    )


def test_a_reversal_that_is_posted_leaves_nothing_open() -> None:
    given(
        files=FILES,
        settlement="""
            channel_ref | kind     | order_no | original_ref | happened_at
            D1          | debit    | O1       | -            | D-2 08:00
            F1          | refund   | O1       | D1           | D-2 09:00
        """,
        postings="""
            posting_id | order_no | kind      | reverses | posted_at
            P1         | O1       | repayment | -        | D-2 11:00
            P2         | O1       | reversal  | P1       | D 11:00
        """,
    ).shows_nothing(CHOICE)


def test_a_debit_given_back_in_part_calls_for_no_reversal() -> None:
    given(
        settlement="""
            channel_ref | kind   | order_no | original_ref | amount | happened_at
            D1          | debit  | O1       | -            | 500.00 | D-2 08:00
            F1          | refund | O1       | D1           | 499.99 | D-2 09:00
        """,
        postings="posting_id | order_no | posted_at\nP1 | O1 | D-2 11:00",
    ).shows_nothing(CHOICE)


def test_the_reversed_debit_is_of_the_postings_own_channel() -> None:
    given(
        files=FILES,
        settlement="""
            channel_ref | channel  | kind   | order_no | original_ref | happened_at
            D1          | unionpay | debit  | O1       | -            | D-2 08:00
            F1          | unionpay | refund | O1       | D1           | D-2 09:00
        """,
        postings="posting_id | channel | order_no | posted_at\nP1 | alipay | O1 | D-2 11:00",
    ).shows(CHOICE, "entry_id | category\nP1 | posting_without_debit")


def test_a_missing_reversal_is_known_once_the_posting_is_there() -> None:
    given(
        files=FILES,
        settlement="""
            channel_ref | kind   | order_no | original_ref | happened_at
            D1          | debit  | O1       | -            | D-3 08:00
            F1          | refund | O1       | D1           | D-3 09:00
            D2          | debit  | O2       | -            | D-3 08:00
            F2          | refund | O2       | D2           | D-3 09:00
        """,
        postings="""
            posting_id | order_no | posted_at
            P1         | O1       | D-3 11:00
            P2         | O2       | D 11:00
        """,
    ).shows(CHOICE, "entry_id | true_since\nP1 | D-2\nP2 | D")


AMBIGUOUS = {
    "debit_orders": """
        order_no | instalment_no
        O1       | 1
        O2       | 2
    """,
    "settlement": """
        channel_ref | order_no | happened_at
        D1          | O1       | D-2 10:00
        D2          | O2       | D-2 10:00
    """,
    "postings": """
        posting_id | instalment_no | posted_at
        P1         | 3             | D-2 11:00
    """,
}


def test_ambiguous_entries_are_ambiguous_on_both_sides() -> None:
    given(files=FILES, **AMBIGUOUS).shows(
        CHOICE,
        """
            entry_id | category  | cause | true_since
            D1       | ambiguous | tie   | D-1
            D2       | ambiguous | tie   | D-1
            P1       | ambiguous | tie   | D-2
        """,
    )


def test_an_open_posting_beside_ambiguous_ones_is_judged_for_itself() -> None:
    drawn = dict(AMBIGUOUS, postings=AMBIGUOUS["postings"] + "    P2 | 3 | D-1 11:00")
    given(files=FILES, **drawn).shows(
        CHOICE,
        """
            entry_id | category              | true_since
            D1       | ambiguous             | D-1
            D2       | ambiguous             | D-1
            P1       | ambiguous             | D-2
            P2       | posting_without_debit | D-1
        """,
    )


def test_what_may_still_come_is_in_transit_before_it_is_ambiguous() -> None:
    young = {name: drawn.replace("D-2", "D") for name, drawn in AMBIGUOUS.items()}
    given(files=FILES, **young).shows(
        CHOICE,
        """
            entry_id | category
            D1       | in_transit
            D2       | in_transit
            P1       | ambiguous
        """,
    )


def test_ambiguous_comes_before_duplicate_debit() -> None:
    given(
        files=FILES,
        instalments="instalment_no\n1\n2",
        **AMBIGUOUS
        | {
            "debit_orders": "order_no | instalment_no\nO1 | 1\nO2 | 2\nO3 | 2",
            "settlement": AMBIGUOUS["settlement"] + "    D3 | O3 | D-3 10:00",
            "postings": AMBIGUOUS["postings"] + "    P3 | 2 | D-3 10:00",
        },
    ).shows(
        CHOICE,
        """
            entry_id | category
            D1       | ambiguous
            D2       | ambiguous
            P1       | ambiguous
        """,
    ).shows("breaks.duplicate_debit", "entry_id\nD2")


def test_a_posting_of_no_known_channel_is_open_since_the_last_of_its_lenders_channels() -> None:
    given(
        files=FILES + FILES.split("\n", 2)[2].replace("alipay  ", "unionpay"),
        debit_orders="""
            order_no | channel
            O1       | alipay
            O2       | unionpay
        """,
        postings="posting_id | channel | order_no | posted_at\nP1 | - | X9 | D-1 23:30",
    ).shows(CHOICE, "entry_id | category | true_since\nP1 | posting_without_debit | D")


def test_a_posting_of_a_lender_that_names_no_channel_is_open_at_once() -> None:
    given(
        files=FILES,
        postings="posting_id | channel | order_no | posted_at\nP1 | - | X9 | D-1 11:00",
    ).shows(CHOICE, "entry_id | category | true_since\nP1 | posting_without_debit | D-1")


def test_a_posting_that_may_have_stood_on_a_debit_is_open_since_that_was_given_back() -> None:
    given(
        files=FILES,
        debit_orders="""
            order_no | loan_id | lender
            O1       | L1      | kakadai
            O2       | L1      | kakadai
            O3       | L3      | kakadai
            O4       | L4      | kakadai
            O5       | L1      | kakadai
            O6       | L1      | bobodai
        """,
        settlement="""
            channel_ref | kind   | order_no | original_ref | amount  | happened_at
            D1          | debit  | O1       | -            | 1000.00 | D-3 10:00
            F1          | refund | -        | D1           | 1000.00 | D-1 10:00
            D2          | debit  | O2       | -            | 1000.00 | D-3 10:00
            F2          | refund | -        | D2           | 1000.00 | D-2 10:00
            D3          | debit  | O3       | -            | 1000.00 | D-3 08:00
            F3          | refund | -        | D3           | 1000.00 | D-3 10:00
            D4          | debit  | O4       | -            | 1000.00 | D-3 10:00
            F4          | refund | -        | D4           | 1000.00 | D 10:00
            D5          | debit  | O5       | -            | 1000.01 | D-3 10:00
            F5          | refund | -        | D5           | 1000.01 | D 10:00
            D6          | debit  | O6       | -            | 1000.00 | D-3 10:00
            F6          | refund | -        | D6           | 1000.00 | D 10:00
        """,
        postings="""
            posting_id | loan_id | posted_at
            P1         | L1      | D-3 11:00
            P3         | L3      | D-2 11:00
            P7         | L7      | D-3 11:00
        """,
    ).shows(
        CHOICE,
        """
            entry_id | category              | true_since
            P1       | posting_without_debit | D-1
            P3       | posting_without_debit | D-2
            P7       | posting_without_debit | D-3
        """,
    )


def test_a_debit_whose_posting_was_undone_is_open_since_the_last_one_was_undone() -> None:
    given(
        files=FILES,
        debit_orders="""
            order_no | loan_id
            O1       | L1
            O2       | L2
            O3       | L3
            O4       | L4
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-3 10:00
            D2          | O2       | D-3 10:00
            D3          | O3       | D-3 10:00
            D4          | O4       | D-3 10:00
        """,
        postings="""
            posting_id | order_no | loan_id | amount  | kind      | reverses | posted_at | lender
            P1         | O1       | L9      |  999.00 | repayment | -        | D-3 11:00 | kakadai
            R1         | O1       | L9      |  999.00 | reversal  | P1       | D-1 11:00 | kakadai
            Q1         | O1       | L9      |  999.00 | reversal  | P1       | D 11:00   | kakadai
            P2         | -        | L2      | 1000.00 | repayment | -        | D-3 11:00 | kakadai
            R2         | -        | L2      | 1000.00 | reversal  | P2       | D 11:00   | kakadai
            P3         | -        | L2      | 1000.00 | repayment | -        | D-3 11:00 | kakadai
            R3         | -        | L2      | 1000.00 | reversal  | P3       | D-1 11:00 | kakadai
            P4         | -        | L3      |  999.99 | repayment | -        | D-3 11:00 | kakadai
            R4         | -        | L3      |  999.99 | reversal  | P4       | D 11:00   | kakadai
            P5         | -        | L4      | 1000.00 | repayment | -        | D-3 11:00 | bobodai
            R5         | -        | L4      | 1000.00 | reversal  | P5       | D 11:00   | bobodai
            P7         | X9       | L3      | 1000.00 | repayment | -        | D-3 11:00 | kakadai
            R7         | X9       | L3      | 1000.00 | reversal  | P7       | D 11:00   | kakadai
            P6         | O4       | L4      | 1000.00 | repayment | -        | D-3 11:00 | bobodai
            R6         | O4       | L4      | 1000.00 | reversal  | P6       | D 11:00   | bobodai
        """,
    ).shows(
        CHOICE,
        """
            entry_id | category         | true_since
            D1       | debit_not_posted | D-1
            D2       | debit_not_posted | D
            D3       | debit_not_posted | D
            D4       | debit_not_posted | D
        """,
    )


def test_an_undone_posting_counts_where_a_standing_one_would_if_it_stood_at_a_days_end() -> None:
    given(
        files=FILES,
        debit_orders="""
            order_no | loan_id
            O1       | L1
            O2       | L2
            O3       | L3
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-3 10:00
            D2          | O2       | D-3 10:00
            D3          | O3       | D-3 10:00
        """,
        postings="""
            posting_id | order_no | loan_id | channel | kind      | reverses | posted_at | lender
            P1         | O1       | L1      | -       | repayment | -        | D-3 11:00 | kakadai
            R1         | O1       | L1      | -       | reversal  | P1       | D 11:00   | kakadai
            P2         | O2       | L2      | -       | repayment | -        | D-3 11:00 | bobodai
            R2         | O2       | L2      | -       | reversal  | P2       | D 11:00   | bobodai
            P3         | O3       | L3      | alipay  | repayment | -        | D 10:00   | kakadai
            R3         | O3       | L3      | alipay  | reversal  | P3       | D 11:00   | kakadai
        """,
    ).shows(
        CHOICE,
        """
            entry_id | category         | true_since
            D1       | debit_not_posted | D
            D2       | debit_not_posted | D-2
            D3       | debit_not_posted | D-2
        """,
    )


def test_every_open_entry_is_one_finding_but_for_what_is_in_transit() -> None:
    given(
        files=FILES,
        instalments="instalment_no\n1",
        debit_orders="order_no\nO1\nO2\nO3",
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-3 10:00
            D2          | O2       | D-2 10:00
            D3          | O3       | D 10:00
            D9          | X9       | D-2 10:00
        """,
        postings="""
            posting_id | order_no | loan_id | posted_at
            P1         | O1       | L1      | D-3 11:00
            P2         | X8       | L8      | D-2 11:00
        """,
    ).shows(
        "breaks.open_findings",
        """
            entry_id | category              | cause                   | refund
            D2       | duplicate_debit       | other_order_no          | 1000.00
            D9       | debit_not_posted      | order_unknown_to_lender | -
            P2       | posting_without_debit | order_no_unknown        | -
        """,
    )


def test_an_order_that_two_lenders_claim_is_neithers() -> None:
    given(
        debit_orders="lender | order_no | status\nkakadai | O1 | failed\nbobodai | O1 | failed",
        settlement="order_no | happened_at\nO1 | D-3 10:00",
    ).shows("breaks.debit_not_posted", "entry_id | cause\nD1 | order_unknown_to_lender")


def test_a_posting_stood_on_no_debit_that_it_could_not_have_met() -> None:
    given(
        files=FILES,
        debit_orders="order_no | loan_id\nO1 | L1\nO2 | L2\nO3 | L2\nO4 | L2",
        settlement="""
            channel_ref | kind   | order_no | original_ref | happened_at | amount
            D1          | debit  | O1       | -            | D-3 10:00   | 1000.00
            F1          | refund | O1       | D1           | D 10:00     | 1.00
            D2          | debit  | O2       | -            | D-3 10:00   | 1000.00
            F2          | refund | O2       | D2           | D 10:00     | 1000.00
        """,
        # P1 fitted a debit until part of that was given back, P3 names another order
        postings="""
            posting_id | order_no | loan_id | posted_at
            P1         | -        | L1      | D-3 11:00
            P3         | O3       | L2      | D-3 11:00
        """,
    ).shows("breaks.posting_without_debit", "entry_id | true_since\nP1 | D\nP3 | D-3")


def test_a_repayment_is_undone_on_the_day_of_its_own_lenders_first_reversal() -> None:
    given(
        postings="""
            posting_id | lender  | kind      | reverses | posted_at
            P1         | kakadai | repayment | -        | D-3 11:00
            R1         | kakadai | reversal  | P1       | D-2 11:00
            R2         | kakadai | reversal  | P1       | D-1 11:00
            P1         | other   | repayment | -        | D-3 11:00
            P3         | kakadai | repayment | P4       | D-2 11:00
            P4         | kakadai | repayment | -        | D-3 11:00
            R5         | kakadai | reversal  | R1       | D 11:00
            R6         | kakadai | reversal  | -        | D 11:00
        """,
    ).shows("breaks.undone_repayments", "entry_id | undone_on\nP1 | D-2")
