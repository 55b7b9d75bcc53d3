"""The channel of a posting that does not name an order of its lender."""

from tests.spec.harness import given


def test_a_number_tells_the_channel_if_only_one_channel_knows_it() -> None:
    given(
        debit_orders="""
            order_no | lender   | channel   | loan_id
            O1       | kakadai  | alipay    | L1
            O2       | kakadai  | alipay    | L1
            O2       | kakadai  | wechatpay | L1
            O3       | kakadai  | alipay    | L1
            O3       | kakadai  | wechatpay | L1
            O4       | bobodai  | alipay    | L1
            O5       | bobodai  | wechatpay | L1
            O6       | bobodai  | alipay    | L1
            O8       | bobodai  | alipay    | L1
            O8       | cacadai  | alipay    | L1
            O8       | bobodai  | wechatpay | L1
            O11      | kakadai  | alipay    | L1
        """,
        settlement="""
            channel_ref | channel   | order_no
            D3          | alipay    | O3
            D4          | alipay    | O4
            D5          | alipay    | O5
            D6          | alipay    | O6
            D9          | alipay    | O9
            E9          | alipay    | O9
            D10         | alipay    | O10
            E10         | wechatpay | O10
            D12         | wechatpay | O12
            D13         | alipay    | -
        """,
        postings="""
            posting_id | kind      | reverses | channel | order_no
            P1         | repayment | -        | -       | O1
            P2         | repayment | -        | -       | O2
            P3         | repayment | -        | -       | O3
            P4         | repayment | -        | -       | O4
            P5         | repayment | -        | -       | O5
            P6         | repayment | -        | alipay  | O6
            P7         | repayment | -        | alipay  | O7
            P8         | repayment | -        | alipay  | O8
            P9         | repayment | -        | -       | O9
            P10        | repayment | -        | -       | O10
            P11        | repayment | -        | alipay  | O11
            P12        | repayment | -        | alipay  | O12
            P13        | repayment | -        | alipay  | -
            P14        | repayment | -        | -       | -
            P15        | repayment | -        | -       | O15
            R15        | reversal  | P15      | -       | O15
        """,
    ).shows(
        "staging.unclear_channels",
        """
        entry_id | channel | has_usable_order | order_entry
        P1       | alipay  | true             | alipay/O1
        P2       | -       | true             | -
        P3       | alipay  | true             | alipay/O3
        P4       | -       | false            | -
        P5       | alipay  | true             | -
        P6       | alipay  | true             | alipay/O6
        P7       | alipay  | false            | -
        P8       | alipay  | false            | alipay/O8
        P9       | alipay  | true             | -
        P10      | -       | true             | -
        P12      | alipay  | false            | -
        P13      | alipay  | false            | -
        P15      | -       | false            | -
        """,
    )
