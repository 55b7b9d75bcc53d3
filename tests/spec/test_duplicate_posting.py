"""Contract 6.2: one debit was booked more than once."""

from tests.spec.harness import given

RELATION = "breaks.duplicate_posting"


def test_of_two_postings_equal_to_the_debit_the_later_one_is_the_duplicate() -> None:
    given(
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-1 10:00
            D2          | O2       | D-1 10:00
        """,
        postings="""
            posting_id | order_no | posted_at
            P2         | O1       | D-1 11:00:00
            P1         | O1       | D-1 11:00:01
            P4         | O2       | D-1 11:00:00
            P3         | O2       | D-1 11:00:00
        """,
    ).shows(
        RELATION,
        """
            entry_id | cause        | true_since
            P1       | booked_again | D
            P4       | booked_again | D
        """,
    )


def test_the_smallest_amount_may_be_booked_twice() -> None:
    given(
        settlement="channel_ref | order_no | amount | happened_at\nD1 | O1 | 0.01 | D-1 10:00",
        postings="""
            posting_id | order_no | amount | posted_at
            P1         | O1       | 0.01   | D-1 11:00
            P2         | O1       | 0.01   | D-1 12:00
        """,
    ).shows(RELATION, "entry_id\nP2")


def test_every_posting_after_the_first_is_a_duplicate() -> None:
    given(
        settlement="channel_ref | order_no | happened_at\nD1 | O1 | D-1 10:00",
        postings="""
            posting_id | order_no | posted_at
            P1         | O1       | D-1 11:00
            P2         | O1       | D-1 12:00
            P3         | O1       | D-1 13:00
        """,
    ).shows(RELATION, "entry_id\nP2\nP3")


def test_each_posting_equals_its_debit_to_the_minor_unit() -> None:
    given(
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-1 10:00
            D2          | O2       | D-1 10:00
            D3          | O3       | D-1 10:00
            D4          | O4       | D-1 10:00
        """,
        postings="""
            posting_id | order_no | amount
            P1         | O1       |  999.99
            P2         | O1       |  999.99
            P3         | O2       | 1000.00
            P4         | O2       |  999.99
            P5         | O3       |  500.00
            P6         | O3       |  500.00
            P7         | O4       | 1000.00
            P8         | O4       | 1000.01
        """,
    ).shows_nothing(RELATION)


def test_as_many_postings_as_debits_of_one_order_no_are_no_duplicates() -> None:
    given(
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-1 10:00
            D2          | O1       | D-1 10:01
        """,
        postings="""
            posting_id | order_no | posted_at
            P1         | O1       | D-1 11:00
            P2         | O1       | D-1 11:01
            P3         | O1       | D-1 11:02
        """,
    ).shows(RELATION, "entry_id\nP3")


def test_debits_of_one_order_no_that_are_not_alike_have_no_duplicates() -> None:
    given(
        settlement="""
            channel_ref | order_no | amount  | happened_at
            D1          | O1       |  500.00 | D-1 10:00
            D2          | O1       | 1000.00 | D-1 10:01
        """,
        postings="""
            posting_id | order_no | amount | posted_at
            P1         | O1       | 500.00 | D-1 11:00
            P2         | O1       | 500.00 | D-1 11:01
            P3         | O1       | 500.00 | D-1 11:02
            P4         | O1       | 500.00 | D-1 11:03
        """,
    ).shows_nothing(RELATION)


def test_a_debit_given_back_is_no_debit_of_a_posting() -> None:
    given(
        settlement="""
            channel_ref | order_no | kind   | original_ref | happened_at
            D1          | O1       | debit  | -            | D-2 10:00
            D2          | O1       | debit  | -            | D-2 10:01
            F2          | O1       | refund | D2           | D-2 10:02
        """,
        postings="""
            posting_id | order_no | posted_at
            P1         | O1       | D-2 11:00
            P2         | O1       | D-2 11:01
        """,
    ).shows(RELATION, "entry_id\nP2")


def test_a_debit_given_back_in_part_is_compared_net() -> None:
    given(
        settlement="""
            channel_ref | order_no | kind   | original_ref | amount  | happened_at
            D1          | O1       | debit  | -            | 1000.00 | D-2 10:00
            F1          | O1       | refund | D1           |  300.00 | D-2 10:02
        """,
        postings="""
            posting_id | order_no | amount | posted_at
            P1         | O1       | 700.00 | D-2 11:00
            P2         | O1       | 700.00 | D-2 11:01
        """,
    ).shows(RELATION, "entry_id\nP2")


def test_pieces_of_one_split_are_counted_by_their_own_order_no() -> None:
    given(
        instalments="instalment_no\n1",
        debit_orders="""
            order_no | amount | requested_at
            O1       | 500.00 | D-1 09:00
            O2       | 500.00 | D-1 09:00
        """,
        settlement="""
            channel_ref | order_no | amount | happened_at
            D1          | O1       | 500.00 | D-1 10:00
            D2          | O2       | 500.00 | D-1 10:00
        """,
        postings="""
            posting_id | order_no | amount | posted_at
            P1         | O1       | 500.00 | D-1 11:00
            P2         | O2       | 500.00 | D-1 11:01
            P3         | O2       | 500.00 | D-1 11:02
        """,
    ).shows(RELATION, "entry_id\nP3")


def test_postings_undone_by_a_reversal_are_no_duplicates() -> None:
    given(
        settlement="channel_ref | order_no | happened_at\nD1 | O1 | D-1 10:00",
        postings="""
            posting_id | order_no | kind      | reverses
            P1         | O1       | repayment | -
            P2         | O1       | repayment | -
            P3         | O1       | reversal  | P2
        """,
    ).shows_nothing(RELATION)


def test_nothing_is_a_duplicate_while_the_sums_may_still_agree() -> None:
    given(
        settlement="channel_ref | order_no | happened_at\nD1 | O1 | D 00:00:01",
        postings="""
            posting_id | order_no
            P1         | O1
            P2         | O1
        """,
    ).shows_nothing(RELATION)


def test_postings_of_one_amount_without_an_order_no_are_not_compared() -> None:
    given(
        debit_orders="""
            order_no
            O1
            O2
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-1 10:00
            D2          | O2       | D-1 10:00
        """,
        postings="""
            posting_id | posted_at
            P1         | D-1 11:00
            P2         | D-1 11:01
        """,
    ).shows(
        "matching.entries",
        "entry_id | state\nD1 | matched\nD2 | matched\nP1 | matched\nP2 | matched",
    ).shows_nothing(RELATION)


def test_one_order_no_at_two_channels_is_two_orders() -> None:
    given(
        settlement="""
            channel_ref | channel  | order_no | happened_at
            D1          | alipay   | O1       | D-2 10:00
            D2          | alipay   | O1       | D-2 10:00
            D3          | unionpay | O1       | D-2 10:00
        """,
        postings="""
            posting_id | channel  | order_no | posted_at
            P1         | alipay   | O1       | D-2 11:00
            P2         | alipay   | O1       | D-2 11:00
            P3         | unionpay | O1       | D-2 11:01
            P4         | unionpay | O1       | D-2 11:02
        """,
    ).shows(RELATION, "entry_id\nP4")


def test_a_piece_booked_twice_is_a_duplicate_even_where_the_sums_agree() -> None:
    given(
        instalments="instalment_no\n1",
        debit_orders="""
            order_no | amount | requested_at
            O1       | 500.00 | D-1 09:00
            O2       | 500.00 | D-1 09:00
        """,
        settlement="""
            channel_ref | order_no | amount | happened_at
            D1          | O1       | 500.00 | D-1 10:00
            D2          | O2       | 500.00 | D-1 10:00
        """,
        postings="""
            posting_id | order_no | amount | posted_at
            P1         | O1       | 500.00 | D-1 11:00
            P2         | O1       | 500.00 | D-1 11:01
        """,
    ).shows(RELATION, "entry_id\nP2")


def test_postings_of_two_lenders_with_one_order_no_are_counted_together() -> None:
    given(
        settlement="channel_ref | order_no | happened_at\nD1 | O1 | D-2 10:00",
        postings="""
            lender  | posting_id | order_no | posted_at
            kakadai | P1         | O1       | D-2 11:00
            other   | P3         | O1       | D-2 11:01
            kakadai | P2         | O1       | D-2 11:02
            kakadai | P4         | O1       | D-2 11:03
            other   | P4         | O1       | D-2 11:03
        """,
    ).shows(RELATION, "entry_id\nP2\nP3\nP4\nP4~2")


def test_of_two_lenders_postings_of_one_instant_and_number_one_is_the_duplicate() -> None:
    given(
        settlement="channel_ref | order_no | happened_at\nD1 | O1 | D-2 10:00",
        postings="""
            lender  | posting_id | order_no | posted_at
            other   | P1         | O1       | D-2 11:00
            kakadai | P1         | O1       | D-2 11:00
        """,
    ).shows(RELATION, "entry_id\nP1")


def test_it_is_one_since_the_last_day_on_which_its_order_had_a_debit_for_it() -> None:
    given(
        settlement="""
    channel  | channel_ref | kind   | order_no | original_ref | amount  | happened_at | settle_date
    alipay   | D11         | debit  | O1       | -            | 1000.00 | D-5 10:00   | D-5
    alipay   | D12         | debit  | O1       | -            | 1000.00 | D-5 10:00   | D-5
    alipay   | F12         | refund | -        | D12          | 1000.00 | D-2 10:00   | D-2
    unionpay | D21         | debit  | O1       | -            | 1000.00 | D-5 10:00   | D-5
    alipay   | D31         | debit  | O3       | -            | 400.00  | D-5 10:00   | D-5
    alipay   | D41         | debit  | O4       | -            | 1000.00 | D-5 10:00   | D-5
    alipay   | D42         | debit  | O4       | -            | 5.00    | D-5 10:00   | D-5
    alipay   | F42         | refund | -        | D42          | 5.00    | D-1 10:00   | D-1
    alipay   | D51         | debit  | O5       | -            | 500.00  | D-5 10:00   | D-5
    alipay   | D52         | debit  | O5       | -            | 900.00  | D-5 10:00   | D-5
    alipay   | F52         | refund | -        | D52          | 900.00  | D-1 10:00   | D-1
    alipay   | D61         | debit  | O6       | -            | 500.00  | D-5 10:00   | D-5
    alipay   | D71         | debit  | O7       | -            | 500.00  | D-5 10:00   | D-5
    alipay   | D81         | debit  | O8       | -            | 1000.00 | D-5 10:00   | D-5
    alipay   | F81         | refund | -        | D81          | 400.00  | D-2 10:00   | D-2
    alipay   | D91         | debit  | O9       | -            | 1000.00 | D-5 10:00   | D-5
    alipay   | D92         | debit  | O9       | -            | 1000.00 | D-5 10:00   | D-5
    alipay   | F92         | refund | -        | D92          | 1000.00 | D-3 10:00   | D-3
    alipay   | D93         | debit  | O9       | -            | 1000.00 | D-5 10:00   | D-2
    alipay   | F93         | refund | -        | D93          | 1000.00 | D-1 10:00   | D-1
    alipay   | DA1         | debit  | OA       | -            | 1000.00 | D-5 10:00   | D-5
    alipay   | DA2         | debit  | OA       | -            | 1000.00 | D-5 10:00   | D-5
    alipay   | FA2         | refund | -        | DA2          | 1000.00 | D-3 10:00   | D-3
    alipay   | DB1         | debit  | OB       | -            | 1000.00 | D-5 10:00   | D-5
    alipay   | DB2         | debit  | OB       | -            | 5.00    | D-5 10:00   | D-5
    alipay   | FB2         | refund | -        | DB2          | 5.00    | D-3 10:00   | D-3
    alipay   | DC1         | debit  | OC       | -            | 500.00  | D-5 10:00   | D-5
        """,
        postings="""
    posting_id | kind      | reverses | channel  | order_no | amount  | posted_at
    P11        | repayment | -        | alipay   | O1       | 1000.00 | D-5 11:00
    P12        | repayment | -        | alipay   | O1       | 1000.00 | D-5 12:00
    P21        | repayment | -        | unionpay | O1       | 1000.00 | D-5 11:00
    P22        | repayment | -        | unionpay | O1       | 1000.00 | D-5 12:00
    P31        | repayment | -        | alipay   | O3       | 400.00  | D-5 11:00
    P32        | repayment | -        | alipay   | O3       | 400.00  | D-3 12:00
    P41        | repayment | -        | alipay   | O4       | 1000.00 | D-5 11:00
    P42        | repayment | -        | alipay   | O4       | 1000.00 | D-5 12:00
    P51        | repayment | -        | alipay   | O5       | 500.00  | D-5 11:00
    P52        | repayment | -        | alipay   | O5       | 500.00  | D-5 12:00
    P61        | repayment | -        | alipay   | O6       | 500.00  | D-5 11:00
    P62        | repayment | -        | alipay   | O6       | 500.00  | D-5 12:00
    P63        | repayment | -        | alipay   | O6       | 900.00  | D-5 13:00
    U63        | reversal  | P63      | -        | -        | 900.00  | D-1 13:00
    P71        | repayment | -        | alipay   | O7       | 500.00  | D-5 11:00
    P72        | repayment | -        | alipay   | O7       | 500.00  | D-5 12:00
    P73        | repayment | -        | alipay   | O7       | 5.00    | D-5 13:00
    U73        | reversal  | P73      | -        | -        | 5.00    | D-1 13:00
    P81        | repayment | -        | alipay   | O8       | 600.00  | D-5 11:00
    P82        | repayment | -        | alipay   | O8       | 600.00  | D-5 12:00
    P91        | repayment | -        | alipay   | O9       | 1000.00 | D-5 11:00
    P92        | repayment | -        | alipay   | O9       | 1000.00 | D-5 12:00
    PA1        | repayment | -        | alipay   | OA       | 1000.00 | D-5 11:00
    PA2        | repayment | -        | alipay   | OA       | 1000.00 | D-5 12:00
    PA3        | repayment | -        | alipay   | OA       | 1000.00 | D-1 12:00
    PB1        | repayment | -        | alipay   | OB       | 1000.00 | D-5 12:00
    PB0        | repayment | -        | alipay   | OB       | 1000.00 | D-5 12:00
    PB2        | repayment | -        | alipay   | OB       | 1000.00 | D-1 12:00
    PC1        | repayment | -        | alipay   | OC       | 500.00  | D-5 11:00
    PC2        | repayment | -        | alipay   | OC       | 500.00  | D-5 12:00
    PC3        | repayment | -        | alipay   | OC       | 900.00  | D-5 13:00
    UC3        | reversal  | PC3      | -        | -        | 900.00  | D-3 13:00
    PC4        | repayment | -        | alipay   | OC       | 500.00  | D-1 12:00
        """,
    ).shows(
        RELATION,
        """
        entry_id | true_since
        P12      | D-2
        P22      | D-4
        P32      | D-3
        P42      | D-1
        P52      | D-1
        P62      | D-1
        P72      | D-1
        P82      | D-2
        P92      | D-1
        PA2      | D-3
        PA3      | D-1
        PB1      | D-3
        PB2      | D-1
        PC2      | D-3
        PC4      | D-1
        """,
    )
