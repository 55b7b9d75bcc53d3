"""What `open_since` is derived from: what counted on which day, relation by relation."""

from tests.spec.harness import given

RELATION = "breaks.net_history"


def test_the_net_amount_of_a_debit_on_each_day_that_told_of_its_refunds() -> None:
    given(
        settlement="""
    channel  | channel_ref | kind   | order_no | original_ref | amount  | happened_at | settle_date
    alipay   | D1          | debit  | O1       | -            | 1000.00 | D-5 10:00   | D-5
    alipay   | F11         | refund | O1       | D1           | 100.00  | D-4 10:00   | D-1
    alipay   | F12         | refund | -        | D1           | 200.00  | D-3 10:00   | D-3
    alipay   | F13         | refund | -        | D1           | 50.00   | D-3 11:00   | D-3
    unionpay | D1          | debit  | O1       | -            | 1000.00 | D-5 10:00   | D-5
    unionpay | F14         | refund | -        | D1           | 1.00    | D-2 10:00   | D-3
    alipay   | D2          | debit  | O2       | -            | 1000.00 | D-5 10:00   | D-5
    alipay   | F2          | refund | O2       | -            | 1200.00 | D-2 10:00   | D-2
    alipay   | F21         | refund | O2       | -            | 10.00   | D-1 10:00   | D-1
    unionpay | D2          | debit  | O2       | -            | 1000.00 | D-5 10:00   | D-5
    unionpay | F22         | refund | O2       | -            | 5.00    | D-4 10:00   | D-4
    alipay   | D5          | debit  | O5       | -            | 1000.00 | D-5 11:00   | D-5
    alipay   | F5          | refund | O5       | D9           | 0.00    | D-2 10:00   | D-2
    alipay   | D6          | debit  | -        | -            | 0.00    | D-5 11:00   | D-5
    alipay   | D7          | debit  | O7       | -            | 1000.00 | D-5 10:00   | D-3
    alipay   | F7          | refund | -        | D7           | 400.00  | D-4 10:00   | D-4
        """,
    ).shows(
        RELATION,
        """
        entry_id | order_no | from_day | until_day | net     | change
        D1       | O1       | D-5      | D-3       | 1000.00 | 1000.00
        D1       | O1       | D-3      | D-1       | 750.00  | -250.00
        D1       | O1       | D-1      | -         | 650.00  | -100.00
        D1~2     | O1       | D-5      | D-2       | 1000.00 | 1000.00
        D1~2     | O1       | D-2      | -         | 999.00  | -1.00
        D2       | O2       | D-5      | D-2       | 1000.00 | 1000.00
        D2       | O2       | D-2      | -         | 0.00    | -1000.00
        D2~2     | O2       | D-5      | D-4       | 1000.00 | 1000.00
        D2~2     | O2       | D-4      | -         | 995.00  | -5.00
        D5       | O5       | D-5      | -         | 1000.00 | 1000.00
        D6       | -        | D-5      | -         | 0.00    | 0.00
        D7       | O7       | D-3      | -         | 600.00  | 600.00
        """,
    )


def test_a_refund_comes_off_its_orders_debits_until_the_one_that_it_names_is_known() -> None:
    given(
        settlement="""
    channel_ref | kind   | order_no | original_ref | amount  | happened_at | settle_date
    D1          | debit  | O1       | -            | 1000.00 | D-5 10:00   | D-5
    D2          | debit  | O1       | -            | 1000.00 | D-5 11:00   | D-2
    F1          | refund | O1       | D2           | 300.00  | D-4 10:00   | D-4
    D3          | debit  | O3       | -            | 1000.00 | D-5 10:00   | D-5
    D4          | debit  | O4       | -            | 1000.00 | D-5 11:00   | D-2
    F3          | refund | O3       | D4           | 300.00  | D-4 10:00   | D-4
    F4          | refund | O3       | -            | 100.00  | D-3 10:00   | D-3
    D5          | debit  | O5       | -            | 1000.00 | D-5 10:00   | D-5
    D6          | debit  | O5       | -            | 1000.00 | D-5 11:00   | D-3
    F5          | refund | O5       | -            | 1300.00 | D-4 10:00   | D-4
    F6          | refund | -        | D6           | 900.00  | D-2 10:00   | D-1
        """,
    ).shows(
        RELATION,
        """
        entry_id | from_day | until_day | net
        D1       | D-5      | D-4       | 1000.00
        D1       | D-4      | D-2       | 700.00
        D1       | D-2      | -         | 1000.00
        D2       | D-2      | -         | 700.00
        D3       | D-5      | D-4       | 1000.00
        D3       | D-4      | D-3       | 700.00
        D3       | D-3      | D-2       | 600.00
        D3       | D-2      | -         | 900.00
        D4       | D-2      | -         | 700.00
        D5       | D-5      | D-4       | 1000.00
        D5       | D-4      | D-3       | 0.00
        D5       | D-3      | D-1       | 700.00
        D5       | D-1      | -         | 0.00
        D6       | D-3      | -         | 0.00
        """,
    )


def test_an_order_had_taken_money_while_anything_was_left_of_any_of_its_debits() -> None:
    given(
        settlement="""
    channel  | channel_ref | kind   | order_no | original_ref | amount  | happened_at | settle_date
    alipay   | D1          | debit  | O1       | -            | 10.00   | D-5 10:00   | D-5
    alipay   | F1          | refund | -        | D1           | 9.99    | D-4 10:00   | D-4
    alipay   | D2          | debit  | O1       | -            | 10.00   | D-5 11:00   | D-3
    alipay   | F2          | refund | -        | D1           | 0.01    | D-2 10:00   | D-2
    alipay   | F3          | refund | -        | D2           | 10.00   | D-1 10:00   | D-1
    unionpay | D1          | debit  | O1       | -            | 10.00   | D-5 10:00   | D-5
    unionpay | F1          | refund | O1       | -            | 10.00   | D-4 10:00   | D-4
    unionpay | D2          | debit  | O1       | -            | 10.00   | D-5 11:00   | D-2
    alipay   | D3          | debit  | O3       | -            | 0.00    | D-5 10:00   | D-5
    alipay   | D4          | debit  | -        | -            | 10.00   | D-5 10:00   | D-5
        """,
    ).shows(
        "breaks.taken_spans",
        """
        channel  | order_no | from_day | until_day
        alipay   | O1       | D-5      | D-1
        unionpay | O1       | D-5      | D-4
        unionpay | O1       | D-2      | -
        """,
    )


def test_an_instalment_is_unpaid_since_the_last_reversal_that_ended_its_being_paid() -> None:
    given(
        instalments="""
            loan_id | instalment_no | principal_due
            L1      | 1             | 900.00
            L2      | 1             | 900.00
            L3      | 1             | 900.00
            L4      | 1             | 900.00
            L5      | 1             | 900.00
            L6      | 1             | 900.00
            L7      | 1             | 1.00
        """,
        postings="""
            posting_id | loan_id | kind      | reverses | amount  | posted_at
            P11        | L1      | repayment | -        | 1000.00 | D-5 11:00
            R11        | L1      | reversal  | P11      | 1000.00 | D-4 11:00
            P12        | L1      | repayment | -        | 1000.00 | D-4 12:00
            R12        | L1      | reversal  | P12      | 1000.00 | D-2 11:00
            P21        | L2      | repayment | -        | 600.00  | D-5 11:00
            P22        | L2      | repayment | -        | 400.00  | D-5 11:00
            R22        | L2      | reversal  | P22      | 400.00  | D-3 11:00
            P31        | L3      | repayment | -        | 600.00  | D-3 11:00
            P32        | L3      | repayment | -        | 400.00  | D-5 11:00
            R32        | L3      | reversal  | P32      | 400.00  | D-3 12:00
            P41        | L4      | repayment | -        | 999.99  | D-5 11:00
            R41        | L4      | reversal  | P41      | 999.99  | D-3 12:00
            P51        | L5      | repayment | -        | 600.00  | D-5 11:00
            R51        | L5      | reversal  | P51      | 600.00  | D-2 12:00
            P52        | L5      | repayment | -        | 400.00  | D-5 11:00
            R52        | L5      | reversal  | P52      | 400.00  | D-1 12:00
            P61        | L6      | repayment | -        | 1000.00 | D-3 11:00
            R61        | L6      | reversal  | P61      | 1000.00 | D-3 12:00
        """,
    ).shows(
        "breaks.unpaid_since",
        """
        instalment_entry | unpaid_since
        L1/1             | D-2
        L2/1             | D-3
        L5/1             | D-2
        """,
    )


PAIRED = {
    "debit_orders": """
        order_no | channel  | loan_id | lender  | instalment_no
        O1       | alipay   | L1      | kakadai | 1
        O2       | alipay   | L2      | kakadai | 1
        O3       | alipay   | L3      | kakadai | 1
        O4       | alipay   | L4      | kakadai | 1
        O5       | alipay   | L5      | kakadai | 1
        O6       | alipay   | L6      | kakadai | 1
        O7       | alipay   | L7      | kakadai | 1
        O8       | unionpay | L8      | kakadai | 1
        O9       | alipay   | L9      | kakadai | 1
        O10      | alipay   | L10     | kakadai | 1
        O11      | alipay   | L11     | kakadai | 1
    """,
    "settlement": """
    channel  | channel_ref | kind   | order_no | original_ref | amount  | happened_at | settle_date
    alipay   | D1          | debit  | O1       | -            | 1000.00 | D-5 10:00   | D-5
    alipay   | E11         | refund | -        | D1           | 300.00  | D-3 10:00   | D-3
    alipay   | E12         | refund | -        | D1           | 100.00  | D-1 10:00   | D-1
    alipay   | D2          | debit  | O2       | -            | 1000.00 | D-5 10:00   | D-4
    alipay   | D3          | debit  | O3       | -            | 1000.00 | D-5 10:00   | D-5
    alipay   | F3          | refund | -        | D3           | 1000.00 | D-2 10:00   | D-2
    alipay   | D4          | debit  | O4       | -            | 1000.00 | D-5 10:00   | D-5
    alipay   | D5          | debit  | O5       | -            | 1000.00 | D-5 10:00   | D-5
    alipay   | F5          | refund | -        | D5           | 1.00    | D-2 10:00   | D-2
    alipay   | D6          | debit  | O6       | -            | 1000.00 | D-5 10:00   | D-5
    alipay   | F6          | refund | -        | D6           | 1.00    | D-2 10:00   | D-2
    alipay   | D7          | debit  | O7       | -            | 1000.00 | D-5 10:00   | D-5
    unionpay | D8          | debit  | O8       | -            | 1000.00 | D-5 10:00   | D-5
    unionpay | F8          | refund | -        | D8           | 1.00    | D-2 10:00   | D-2
    alipay   | D9          | debit  | O9       | -            | 1000.00 | D-5 10:00   | D-5
    alipay   | F9          | refund | -        | D9           | 1.00    | D-2 10:00   | D-2
    alipay   | D10         | debit  | O10      | -            | 1000.00 | D-5 10:00   | D-5
    alipay   | F10         | refund | -        | D10          | 1.00    | D 10:00     | D
    alipay   | D11         | debit  | O11      | -            | 1000.00 | D-5 10:00   | D-5
    alipay   | F11         | refund | -        | D11          | 1.00    | D 10:00     | D
    """,
    "postings": """
    posting_id | kind      | reverses | order_no | channel | loan_id | amount  | posted_at | lender
    P1         | repayment | -        | -        | alipay  | L1      | 700.00  | D-5 11:00 | kakadai
    Q1         | repayment | -        | -        | alipay  | L1      | 600.00  | D-5 11:00 | kakadai
    P2         | repayment | -        | X2       | -       | L2      | 1000.00 | D-5 11:00 | kakadai
    R2         | reversal  | P2       | -        | -       | L2      | 1000.00 | D-2 11:00 | kakadai
    Q2         | repayment | -        | -        | -       | L2      | 1000.00 | D-5 11:00 | kakadai
    S2         | reversal  | Q2       | -        | -       | L2      | 1000.00 | D-1 11:00 | kakadai
    P3         | repayment | -        | -        | alipay  | L3      | 1000.00 | D-5 11:00 | kakadai
    Q3         | repayment | -        | -        | alipay  | L3      | 1000.00 | D-5 11:00 | bobodai
    P4         | repayment | -        | -        | alipay  | L4      | 1000.00 | D-5 11:00 | kakadai
    Q4         | repayment | -        | O4       | alipay  | L4      | 1000.00 | D-3 11:00 | kakadai
    S4         | repayment | -        | O4       | alipay  | L4      | 1000.00 | D-2 11:00 | kakadai
    P5         | repayment | -        | -        | alipay  | L5      | 1000.00 | D-6 10:00 | kakadai
    P6         | repayment | -        | -        | alipay  | L6      | 1000.00 | D-6 09:59 | kakadai
    P7         | repayment | -        | O9       | alipay  | L7      | 1000.00 | D-5 11:00 | kakadai
    P8         | repayment | -        | -        | alipay  | L8      | 1000.00 | D-5 11:00 | kakadai
    P9         | repayment | -        | -        | alipay  | L9      | 1000.00 | D-3 11:00 | kakadai
    P10        | repayment | -        | -        | alipay  | L10     | 1000.00 | D-1 10:01 | kakadai
    P11        | repayment | -        | -        | alipay  | L11     | 1000.00 | D-1 10:00 | kakadai
    """,
}


def test_entries_fitted_while_their_amounts_were_equal_and_both_stood() -> None:
    given(**PAIRED, late_match_days=4).shows(
        "breaks.fitting_pairs",
        """
        debit_id | posting_id | from_day | until_day
        D1       | P1         | D-3      | D-1
        D1       | Q1         | D-1      | 9999-12-31
        D2       | P2         | D-4      | D-2
        D3       | P3         | D-5      | D-2
        D4       | P4         | D-5      | D-3
        D5       | P5         | D-5      | D-2
        D11      | P11        | D-1      | D
        """,
    )


def test_an_earlier_debit_given_back_or_a_charge_makes_a_debit_owed_again() -> None:
    loans = range(1, 9)
    given(
        instalments="loan_id | instalment_no | principal_due\nL9 | 1 | 1.00\n"
        + "\n".join(f"L{loan} | 1 | 900.00" for loan in loans),
        debit_orders="order_no | loan_id\n"
        + "\n".join(f"O{loan}{number} | L{loan}" for loan in loans for number in (1, 2, 3)),
        settlement="""
            channel_ref | kind   | order_no | original_ref | amount  | happened_at | settle_date
            D11         | debit  | O11      | -            | 1000.00 | D-5 10:00   | D-5
            D12         | debit  | O12      | -            | 1000.00 | D-5 11:00   | D-5
            F11         | refund | -        | D11          | 0.01    | D-4 10:00   | D-3
            F12         | refund | -        | D11          | 0.01    | D-2 10:00   | D-2
            D21         | debit  | O21      | -            | 1000.00 | D-5 10:00   | D-5
            D22         | debit  | O22      | -            | 1000.00 | D-5 11:00   | D-5
            D31         | debit  | O31      | -            | 1000.00 | D-5 10:00   | D-5
            D32         | debit  | O32      | -            | 5.00    | D-5 10:30   | D-3
            D33         | debit  | O33      | -            | 1000.00 | D-5 11:00   | D-5
            D41         | debit  | O41      | -            | 1000.00 | D-5 10:00   | D-3
            D42         | debit  | O42      | -            | 1000.00 | D-5 11:00   | D-5
            D51         | debit  | O51      | -            | 1000.00 | D-5 10:00   | D-5
            F51         | refund | -        | D51          | 1000.00 | D-4 10:00   | D-4
            D52         | debit  | O52      | -            | 1000.00 | D-5 10:30   | D-3
            F52         | refund | -        | D52          | 1.00    | D-1 10:00   | D-1
            D53         | debit  | O53      | -            | 1000.00 | D-5 11:00   | D-5
            D61         | debit  | O61      | -            | 1000.00 | D-5 10:00   | D-5
            F61         | refund | -        | D61          | 500.00  | D-3 10:00   | D-3
            D62         | debit  | O62      | -            | 5.00    | D-5 10:30   | D-3
            D63         | debit  | O63      | -            | 1000.00 | D-5 11:00   | D-5
            D71         | debit  | O71      | -            | 1000.00 | D-5 10:00   | D-5
            D72         | debit  | O71      | -            | 1000.00 | D-5 11:00   | D-5
            D81         | debit  | O81      | -            | 1000.00 | D-5 10:00   | D-5
            D82         | debit  | O81      | -            | 1000.00 | D-5 11:00   | D-5
        """,
        postings="order_no | loan_id | posted_at\nO71 | L7 | D-5 12:00",
        charges="""
            lender  | loan_id | instalment_no | amount | charged_on | status
            kakadai | L2      | 1             | 0.01   | D-3        | charged
            kakadai | L2      | 1             | 0.01   | D-2        | charged
            kakadai | L4      | 1             | 5.00   | D-3        | charged
            kakadai | L7      | 1             | 5.00   | D-2        | charged
            kakadai | L8      | 1             | 0.00   | D-2        | charged
            kakadai | L8      | 1             | 5.00   | D-2        | waived
            kakadai | L8      | 2             | 5.00   | D-2        | charged
            bobodai | L8      | 1             | 5.00   | D-2        | charged
        """,
    ).shows(
        "breaks.owed_again",
        """
        entry_id | owed_since
        D12      | D-3
        D22      | D-3
        D52      | D-4
        D53      | D-1
        D62      | D-3
        D63      | D-3
        D72      | D-2
        """,
    ).shows("breaks.amount_differs", "entry_id | true_since\nD71 | D-2")


QUESTIONED = {
    "instalments": """
        loan_id | instalment_no | due_date
        L1      | 1             | D-5
        L2      | 1             | D-5
    """,
    "charges": """
        loan_id | charged_on | amount
        L1      | D-4        | 5.00
    """,
}


def test_money_counts_on_its_day_from_the_day_it_is_known_until_it_is_given_back() -> None:
    given(
        **QUESTIONED,
        debit_orders="order_no | loan_id\nO1 | L1\nO2 | L2",
        settlement="""
            channel_ref | kind   | order_no | original_ref | amount | happened_at | settle_date
            D1          | debit  | O1       | -            | 100.00 | D-5 10:00   | D-3
            F1          | refund | -        | D1           | 30.00  | D-4 10:00   | D-2
            D2          | debit  | O2       | -            | 100.00 | D-5 10:00   | D-3
        """,
        postings="""
    posting_id | kind      | reverses | loan_id | channel | amount | posted_at | value_date
    P1         | repayment | -        | L1      | -       | 10.00  | D-4 11:00 | D-5
    P2         | repayment | -        | L1      | -       | 20.00  | D-4 11:00 | D-3
    P3         | repayment | -        | L1      | -       | 30.00  | D-4 11:00 | D-5
    R3         | reversal  | P3       | L1      | -       | 30.00  | D-2 11:00 | D-2
    P4         | repayment | -        | L1      | -       | 40.00  | D-4 11:00 | D-4
    R4         | reversal  | P4       | L1      | -       | 40.00  | D-4 12:00 | D-4
    P5         | repayment | -        | L1      | alipay  | 50.00  | D-4 11:00 | D-4
    R5         | reversal  | P5       | L1      | alipay  | 50.00  | D-3 12:00 | D-3
    P6         | repayment | -        | L2      | -       | 10.00  | D-4 11:00 | D-5
    P7         | repayment | -        | L2      | -       | 10.00  | D-4 11:00 | D-5
    P8         | repayment | -        | L1      | -       | 60.00  | D-4 11:00 | D-2
    R8         | reversal  | P8       | L1      | -       | 60.00  | D-3 11:00 | D-3
    R7         | reversal  | P7       | L2      | -       | 10.00  | D-3 11:00 | D-5
        """,
    ).shows(
        "breaks.money_history",
        """
        instalment_entry | entry_id | signed | counts_on | known_on
        L1/1             | D1       | 100.00 | D-5       | D-3
        L1/1             | D1       | -30.00 | D-5       | D-2
        L1/1             | P1       | 10.00  | D-5       | D-4
        L1/1             | P2       | 20.00  | D-3       | D-3
        L1/1             | P3       | 30.00  | D-5       | D-4
        L1/1             | P3       | -30.00 | D-5       | D-2
        """,
    )


def test_a_payoffs_posting_counts_by_its_debits_and_whole_while_its_sums_are_waited_for() -> None:
    given(
        channels="""
            channel | cut_off | posting_window_hours
            alipay  | 24:00   | 24
            baofoo  | 23:00   | 72
        """,
        instalments="loan_id | instalment_no | due_date\n"
        + "\n".join(f"L{loan} | 1 | D-7" for loan in range(1, 9)),
        charges="loan_id | charged_on | amount\n"
        + "\n".join(f"L{loan} | D-6 | 5.00" for loan in (1, 2, 3, 4, 5, 6, 8)),
        debit_orders="order_no | loan_id | channel | instalment_no | purpose\n"
        + "\n".join(f"O{loan} | L{loan} | alipay | - | prepayment" for loan in (1, 2, 3, 4, 5, 7))
        + "\nO6 | L6 | baofoo | - | prepayment\nO8 | L8 | baofoo | 1 | instalment",
        settlement="""
    channel_ref | kind   | channel | order_no | original_ref | amount | happened_at | settle_date
    D11         | debit  | alipay  | O1       | -            | 100.00 | D-5 10:00   | D-5
    D12         | debit  | alipay  | O1       | -            | 100.00 | D-3 10:00   | D-3
    D21         | debit  | alipay  | O2       | -            | 60.00  | D-6 10:00   | D-5
    D22         | debit  | alipay  | O2       | -            | 40.00  | D-5 10:00   | D-4
    D31         | debit  | alipay  | O3       | -            | 60.00  | D-6 10:00   | D-6
    D32         | debit  | alipay  | O3       | -            | 40.00  | D-6 11:00   | D-4
    D41         | debit  | alipay  | O4       | -            | 100.00 | D-6 10:00   | D-6
    F41         | refund | alipay  | -        | D41          | 100.00 | D-4 10:00   | D-4
    D42         | debit  | alipay  | O4       | -            | 100.00 | D-2 10:00   | D-2
    D51         | debit  | alipay  | O5       | -            | 60.00  | D-5 10:00   | D-5
    D61         | debit  | baofoo  | O6       | -            | 60.00  | D-5 10:00   | D-5
    D71         | debit  | alipay  | O7       | -            | 100.00 | D-5 10:00   | D-5
    D81         | debit  | baofoo  | O8       | -            | 100.00 | D-5 23:20   | D-4
        """,
        postings="""
            posting_id | order_no | loan_id | channel | amount | posted_at | value_date
            P1         | O1       | L1      | alipay  | 100.00 | D-5 11:00 | D-5
            P2         | O2       | L2      | alipay  | 100.00 | D-5 11:00 | D-5
            P3         | O3       | L3      | alipay  | 100.00 | D-5 11:30 | D-5
            P4         | O4       | L4      | alipay  | 100.00 | D-5 11:00 | D-5
            P5         | O5       | L5      | alipay  | 100.00 | D-5 11:00 | D-5
            P6         | O6       | L6      | baofoo  | 100.00 | D-5 11:00 | D-4
            P7         | O7       | L7      | alipay  | 100.00 | D-5 11:00 | D-5
            P8         | O8       | L8      | baofoo  | 100.00 | D-5 23:30 | D-5
            P9         | -        | L1      | -       | 10.00  | D-5 11:00 | D-5
        """,
    ).shows(
        "breaks.money_history",
        """
        instalment_entry | entry_id | signed  | counts_on | known_on
        L1/1             | P1       | 100.00  | D-5       | D-5
        L1/1             | P9       | 10.00   | D-5       | D-5
        L2/1             | P2       | 60.00   | D-6       | D-5
        L2/1             | P2       | 40.00   | D-5       | D-4
        L3/1             | P3       | 60.00   | D-6       | D-5
        L3/1             | P3       | 40.00   | D-6       | D-4
        L4/1             | P4       | 100.00  | D-2       | D-2
        L5/1             | P5       | 100.00  | D-5       | D-5
        L5/1             | P5       | -40.00  | D-5       | D-4
        L6/1             | P6       | 100.00  | D-4       | D-4
        L6/1             | P6       | -100.00 | D-4       | D-2
        L6/1             | P6       | 60.00   | D-5       | D-2
        L8/1             | P8       | 100.00  | D-5       | D-5
        L8/1             | P8       | -100.00 | D-5       | D-4
        L8/1             | D81      | 100.00  | D-5       | D-4
        """,
    )


def test_a_payoffs_posting_waits_from_its_own_day_and_no_longer_than_its_sums() -> None:
    given(
        channels="""
            channel | posting_window_hours
            alipay  | 24
            baofoo  | 72
        """,
        files="channel | file_date\nalipay | D-5\nalipay | D-4\nbaofoo | D-5\nbaofoo | D-4",
        instalments="loan_id | instalment_no | due_date\n"
        + "\n".join(f"L{loan} | 1 | D-7" for loan in range(1, 7)),
        charges="loan_id | charged_on | amount\n"
        + "\n".join(f"L{loan} | D-6 | 5.00" for loan in range(1, 7)),
        debit_orders="""
            order_no | loan_id | channel | instalment_no | purpose
            O1       | L1      | baofoo  | 1             | instalment
            O2       | L6      | baofoo  | -             | prepayment
            O3       | L3      | baofoo  | -             | prepayment
            O4       | L4      | alipay  | -             | prepayment
            O5       | L5      | alipay  | -             | prepayment
        """,
        settlement="""
            channel_ref | channel | order_no | amount | happened_at | settle_date
            D1          | baofoo  | O1       | 60.00  | D-5 10:00   | D-5
            D2          | baofoo  | O2       | 60.00  | D-5 10:00   | D-5
            D3          | baofoo  | O3       | 100.00 | D-5 10:00   | D-5
            D4          | alipay  | O4       | 60.00  | D-5 10:00   | D-5
            D51         | alipay  | O5       | 60.00  | D-5 10:00   | D-5
            D52         | alipay  | O5       | 40.00  | D-5 10:30   | D-3
        """,
        postings="""
            posting_id | order_no | loan_id | channel | amount | posted_at | value_date
            P1         | O1       | L1      | baofoo  | 100.00 | D-5 11:00 | D-5
            P2         | O2       | L2      | baofoo  | 100.00 | D-5 11:00 | D-5
            P31        | O3       | L3      | baofoo  | 60.00  | D-5 11:00 | D-5
            P32        | O3       | L3      | baofoo  | 60.00  | D-4 11:00 | D-5
            P4         | O4       | L4      | alipay  | 100.00 | D-5 11:00 | D-2
            P5         | O5       | L5      | alipay  | 100.00 | D-5 11:00 | D-5
        """,
    ).shows(
        "breaks.money_history",
        """
        instalment_entry | entry_id | signed | counts_on | known_on
        L1/1             | D1       | 60.00  | D-5       | D-5
        L3/1             | P31      | 60.00  | D-5       | D-5
        L3/1             | P32      | 60.00  | D-5       | D-4
        L3/1             | P32      | -20.00 | D-5       | D-2
        L4/1             | P4       | 60.00  | D-5       | D-4
        L5/1             | P5       | 100.00 | D-5       | D-5
        L5/1             | P5       | -40.00 | D-5       | D-4
        L5/1             | P5       | 40.00  | D-5       | D-3
        """,
    )


def test_a_posting_takes_what_was_debited_first_and_of_one_day_what_was_told_first() -> None:
    given(
        files="file_date\nD-6\nD-5\nD-4\nD-3\nD-2\nD-1",
        debit_orders="order_no | loan_id | instalment_no | purpose\nO1 | L1 | - | prepayment",
        settlement="""
            channel_ref | order_no | amount | happened_at | settle_date
            D1          | O1       | 60.00  | D-6 10:00   | D-6
            D2          | O1       | 60.00  | D-6 09:00   | D-4
            D3          | O1       | 60.00  | D-5 09:00   | D-5
        """,
        postings="""
            posting_id | order_no | loan_id | amount | posted_at
            P1         | O1       | L1      | 80.00  | D-6 12:00
            P2         | O1       | L1      | 50.00  | D-6 13:00
        """,
    ).shows(
        "breaks.payoff_pieces",
        """
        entry_id | amount | counts_on | told_on | known_on
        P1       | 60.00  | D-6       | D-6     | D-6
        P1       | 20.00  | D-6       | D-4     | D-4
        P2       | 40.00  | D-6       | D-4     | D-4
        P2       | 10.00  | D-5       | D-5     | D-5
        """,
    )


def test_a_reason_holds_while_its_order_has_failed_or_nobody_paid() -> None:
    given(
        instalments="""
            loan_id | instalment_no | due_date
            L1      | 1             | D-5
            L2      | 1             | D-5
            L3      | 1             | D-5
            L4      | 1             | D-5
            L5      | 1             | D-5
            L6      | 1             | D-5
        """,
        loans="""
            loan_id | status
            L1      | active
            L2      | active
            L3      | active
            L4      | active
            L5      | closed
            L6      | active
        """,
        charges="loan_id | charged_on\nL1 | D\nL2 | D\nL3 | D\nL4 | D\nL5 | D",
        debit_orders="""
            order_no | loan_id | amount  | requested_at | status
            O11      | L1      | 1000.00 | D-3 09:00    | failed
            O12      | L1      | 1000.00 | D-2 09:00    | failed
            O21      | L2      | 400.00  | D-6 09:00    | failed
            O22      | L2      | 300.00  | D-6 09:30    | failed
            O23      | L2      | 400.00  | D-4 09:00    | failed
            O24      | L2      | 300.00  | D-4 09:30    | failed
            O31      | L3      | 1000.00 | D-5 09:00    | failed
            O32      | L3      | 1000.00 | D-5 09:10    | failed
            O33      | L3      | 1000.00 | D-5 12:00    | failed
            O34      | L3      | 2000.00 | D-5 09:20    | failed
            O41      | L4      | 1000.00 | D-5 09:00    | succeeded
            O51      | L5      | 400.00  | D-5 12:00    | failed
            O52      | L5      | 300.00  | D-3 12:00    | failed
        """,
        channel_outages="starts_at | ends_at\nD-5 08:00 | D-5 10:00",
        settlement="""
            channel_ref | kind   | order_no | original_ref | happened_at | settle_date
            D31         | debit  | O31      | -            | D-5 09:00   | D-3
            D32         | debit  | O32      | -            | D-5 09:10   | D-4
            F32         | refund | -        | D32          | D-2 10:00   | D-2
            F33         | refund | -        | D32          | D-1 10:00   | D-1
            D42         | debit  | O41      | -            | D-5 09:30   | D-3
            D341        | debit  | O34      | -            | D-5 09:20   | D-4
            D342        | debit  | O34      | -            | D-5 09:20   | D-3
            F341        | refund | -        | D341         | D-2 10:00   | D-2
            F342        | refund | -        | D341         | D-1 10:00   | D-1
            F343        | refund | -        | D342         | D-1 10:00   | D-1
        """,
    ).shows(
        "breaks.reason_spans",
        """
        instalment_entry | category             | entry_id   | from_day | until_day
        L1/1             | debit_not_attempted  | L1/1       | D-5      | D-3
        L1/1             | debit_attempted_late | L1/1       | D-3      | -
        L2/1             | split_incomplete     | L2/1       | D-5      | -
        L3/1             | channel_outage       | alipay/O31 | D-5      | D-3
        L3/1             | channel_outage       | alipay/O32 | D-5      | D-4
        L3/1             | channel_outage       | alipay/O32 | D-2      | -
        L3/1             | channel_outage       | alipay/O34 | D-5      | D-4
        L3/1             | channel_outage       | alipay/O34 | D-1      | -
        L4/1             | channel_outage       | alipay/O41 | D-5      | D-3
        """,
    )


def test_an_order_had_failed_on_every_day_without_money_taken_that_was_not_given_back() -> None:
    given(
        instalments="loan_id | instalment_no | due_date\nL1 | 1 | D-5\nL2 | 1 | D-5",
        charges="loan_id | charged_on\nL1 | D-4",
        debit_orders="""
            order_no | channel  | loan_id | requested_at
            O1       | alipay   | L1      | D-5 09:00
            O1       | unionpay | L1      | D-5 09:00
            O2       | alipay   | L1      | D-3 09:00
            O3       | alipay   | L1      | D-1 09:00
            O4       | alipay   | L1      | D-5 09:00
            O9       | alipay   | L2      | D-5 09:00
        """,
        settlement="""
    channel  | channel_ref | kind   | order_no | original_ref | amount | happened_at | settle_date
    alipay   | D41         | debit  | O4       | -            | 10.00  | D-5 10:00   | D-5
    alipay   | D11         | debit  | O1       | -            | 10.00  | D-5 10:00   | D-4
    alipay   | F11         | refund | -        | D11          | 10.00  | D-4 10:00   | D-3
    alipay   | D12         | debit  | O1       | -            | 10.00  | D-5 10:00   | D-2
    alipay   | F12         | refund | -        | D12          | 10.00  | D-4 10:00   | D-1
    unionpay | D21         | debit  | O1       | -            | 10.00  | D-5 10:00   | D-2
    alipay   | D31         | debit  | O3       | -            | 10.00  | D-4 10:00   | D-4
    alipay   | F31         | refund | -        | D31          | 10.00  | D-3 10:00   | D-3
        """,
    ).shows(
        "breaks.failed_spans",
        """
        entry_id    | from_day | until_day
        alipay/O1   | D-5      | D-4
        alipay/O1   | D-3      | D-2
        alipay/O1   | D-1      | -
        unionpay/O1 | D-5      | D-2
        alipay/O2   | D-3      | -
        alipay/O3   | D-1      | -
        """,
    )
