"""Which debits a posting that is booked or valued late stood for, and on which days."""

from tests.spec.harness import given

LATE = given(
    instalments="""
        loan_id | instalment_no | principal_due | interest_due
        L8      | 1             | 10.00         | 0.00
    """,
    debit_orders="""
        order_no | channel  | loan_id | requested_at
        O1       | alipay   | L1      | D-5 09:00
        O2       | alipay   | L2      | D-5 09:00
        O2       | unionpay | L3      | D-5 09:00
        O5       | alipay   | L5      | D-5 09:00
        O6       | alipay   | L6      | D-5 09:00
        O7       | alipay   | L7      | D-5 09:00
        O8       | alipay   | L8      | D-5 09:00
        O9       | alipay   | L8      | D-5 09:00
        O10      | alipay   | L10     | D-5 09:00
        O11      | alipay   | L11     | D-5 09:00
        O12      | alipay   | L12     | D-5 09:00
        O13      | alipay   | L13     | D-5 09:00
        O14      | alipay   | L13     | D-5 09:00
    """,
    settlement="""
        channel  | channel_ref | kind   | order_no | original_ref | amount | happened_at
        alipay   | D1          | debit  | O1       | -            | 10.00  | D-5 10:00
        alipay   | D21         | debit  | O2       | -            | 10.00  | D-5 10:00
        alipay   | F21         | refund | -        | D21          | 9.99   | D-4 09:00
        alipay   | G21         | refund | -        | D21          | 0.01   | D-3 09:00
        alipay   | D22         | debit  | O2       | -            | 10.00  | D-4 10:00
        unionpay | D3          | debit  | O2       | -            | 10.00  | D-5 10:00
        unionpay | F3          | refund | -        | D3           | 10.00  | D-3 09:00
        alipay   | D5          | debit  | O5       | -            | 10.00  | D-5 10:00
        alipay   | D6          | debit  | O6       | -            | 10.00  | D-5 10:00
        alipay   | D7          | debit  | O7       | -            | 10.00  | D-5 10:00
        alipay   | D8          | debit  | O8       | -            | 10.00  | D-4 10:00
        alipay   | D9          | debit  | O9       | -            | 10.00  | D-4 11:00
        alipay   | F8          | refund | -        | D8           | 10.00  | D-2 10:00
        alipay   | D10         | debit  | O10      | -            | 10.00  | D-5 10:00
        alipay   | D11         | debit  | O11      | -            | 10.00  | D-5 10:00
        alipay   | D12         | debit  | O12      | -            | 10.00  | D-5 10:00
        alipay   | D13         | debit  | O13      | -            | 6.00   | D-5 10:00
        alipay   | D131        | debit  | O13      | -            | 10.00  | D-5 11:00
        alipay   | F131        | refund | -        | D131         | 10.00  | D-4 10:00
        alipay   | D14         | debit  | O14      | -            | 4.00   | D-5 10:00
    """,
    postings="""
        posting_id | loan_id | order_no | amount | posted_at | value_date
        P1         | L1      | O1       | 10.00  | D-3 12:00 | D-5
        P2         | L2      | O2       | 10.00  | D-2 12:00 | D-4
        P5         | L5      | O5       | 10.00  | D-4 10:00 | D-5
        P6         | L6      | O6       | 10.00  | D-5 11:00 | D-4
        P7         | L7      | -        | 10.00  | D-5 11:00 | D-4
        P9         | L8      | O9       | 10.00  | D-2 12:00 | D-4
        P10        | L10     | -        | 10.00  | D-4 10:00 | D-5
        P11        | L99     | O11      | 10.00  | D-4 10:00 | D-5
        P12        | L12     | -        | 10.00  | D-4 10:00 | D-5
        P13        | L12     | -        | 5.00   | D-4 10:00 | D-5
        P14        | L13     | -        | 10.00  | D-5 12:00 | D-4
    """,
)


def test_a_posting_stood_for_debits_of_its_number_while_they_were_owed_and_not_given_back() -> None:
    LATE.shows(
        "breaks.answered_debits",
        """
        posting_id | debit_id | from_day | until_day
        P1         | D1       | D-5      | -
        P2         | D21      | D-5      | D-4
        P2         | D21      | D-4      | D-3
        P2         | D22      | D-4      | -
        P6         | D6       | D-5      | -
        P7         | D7       | D-5      | -
        P9         | D9       | D-2      | -
        P14        | D13      | D-5      | -
        P14        | D14      | D-5      | -
        """,
    )


def test_wrong_pairs_are_postings_of_later_passes_booked_late_valued_late_or_elsewhere() -> None:
    given(
        debit_orders="""
            order_no | loan_id | instalment_no | requested_at
            O1       | L1      | 1             | D-5 09:00
            O2       | L2      | 1             | D-5 09:00
            O3       | L3      | 1             | D-5 09:00
            O4       | L4      | 1             | D-5 09:00
            O5       | L5      | 1             | D-5 09:00
            O6       | L6      | -             | D-5 09:00
        """,
        settlement="""
            order_no | happened_at
            O1       | D-5 10:00
            O2       | D-5 10:00
            O3       | D-5 10:00
            O4       | D-5 10:00
            O5       | D-5 10:00
            O6       | D-5 10:00
        """,
        postings="""
            loan_id | order_no | instalment_no | posted_at    | value_date
            L1      | -        | 1             | D-4 10:00:01 | D-5
            L2      | -        | 1             | D-4 10:00:00 | D-5
            L3      | -        | 1             | D-5 11:00    | D-4
            L4      | O4       | 2             | D-3 10:00    | D-3
            L5      | -        | 2             | D-5 11:00    | D-5
            L6      | -        | 2             | D-5 11:00    | D-5
        """,
    ).shows("breaks.wrong_pairs", "entry_id | loan_id\nP1 | L1\nP3 | L3\nP5 | L5")


def test_a_posting_in_doubt_is_no_wrong_pair_though_a_pair_was_matched_beside_it() -> None:
    given(
        # the channel's file comes first, so the doubt is numbered as a debit
        files="file_date\nD",
        debit_orders="order_no | instalment_no\nO1 | 1\nO2 | 2\nO3 | 3",
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D 10:00
            D2          | O2       | D 11:00
            D3          | O3       | D 11:00
        """,
        postings="""
            posting_id | instalment_no | posted_at | value_date
            P1         | 1             | D 10:01   | D+1
            P2         | 4             | D 12:00   | D
        """,
    ).shows(
        "matching.passes",
        """
        entry_id | group_id | verdict
        D1       | D1       | matched
        P1       | D1       | matched
        D2       | -D1      | ambiguous
        D3       | -D1      | ambiguous
        P2       | -D1      | ambiguous
        """,
    ).shows("breaks.wrong_pairs", "entry_id\nP1")


TIMED = given(
    instalments="""
        loan_id | instalment_no | principal_due | interest_due
        L1      | 1             | 3000.00       | 0.00
        L2      | 1             | 3000.00       | 0.00
        L3      | 1             | 3000.00       | 0.00
        L4      | 1             | 1000.00       | 0.00
    """,
    debit_orders="""
        order_no | loan_id | requested_at
        O1       | L1      | D-6 06:00
        O2       | L2      | D-6 06:00
        O3       | L3      | D-6 06:00
        O4       | L4      | D-6 06:00
        O5       | L4      | D-6 06:00
    """,
    settlement="""
        channel_ref | order_no | kind   | original_ref | happened_at | settle_date
        D11         | O1       | debit  | -            | D-6 10:00   | D-6
        D12         | O1       | debit  | -            | D-4 10:00   | D-4
        F12         | -        | refund | D12          | D-3 10:00   | D-3
        D13         | O1       | debit  | -            | D-5 12:00   | D-5
        F13         | -        | refund | D13          | D-2 10:00   | D-2
        D21         | O2       | debit  | -            | D-6 10:00   | D-6
        D22         | O2       | debit  | -            | D-5 10:00   | D-5
        F22         | -        | refund | D22          | D-1 10:00   | D-1
        D23         | O2       | debit  | -            | D-5 11:00   | D-5
        F23         | -        | refund | D23          | D-3 10:00   | D-3
        D31         | O3       | debit  | -            | D-6 07:00   | D-3
        F31         | -        | refund | D31          | D-1 10:00   | D-1
        D32         | O3       | debit  | -            | D-6 08:00   | D-6
        F32         | -        | refund | D32          | D-4 10:00   | D-4
        D33         | O3       | debit  | -            | D-6 10:00   | D-6
        D41         | O4       | debit  | -            | D-5 10:00   | D-3
        F41         | -        | refund | D41          | D-1 10:00   | D-1
        D42         | O5       | debit  | -            | D-5 11:00   | D-5
    """,
    postings="""
        posting_id | loan_id | order_no | posted_at | value_date
        P1         | L1      | O1       | D-4 12:00 | D-6
        P2         | L2      | O2       | D-6 12:00 | D-5
        P3         | L3      | O3       | D-5 12:00 | D-6
        P4         | L4      | O5       | D-3 12:00 | D-5
    """,
)


def test_a_posting_is_late_once_no_debit_is_left_for_which_it_came_in_time() -> None:
    # P3 had a debit all the time, P4 none while D42 was one debit too many
    TIMED.shows(
        "breaks.timed_postings",
        """
        entry_id | window_missed_since | value_late_since
        P1       | D-2                 | D-2
        P2       | D-1                 | D-1
        P3       | D-5                 | D-1
        P4       | D-1                 | D-1
        """,
    )
