"""Since when nothing is left of the debits of an order."""

from tests.spec.harness import given

RELATION = "breaks.emptied_orders"


def test_an_order_is_given_back_with_the_last_of_what_its_debits_took() -> None:
    given(
        settlement="""
            channel_ref | channel   | kind     | order_no | original_ref | amount | happened_at
            D1          | alipay    | debit    | O1       | -            | 100.00 | D-3 08:00
            F1          | alipay    | refund   | O1       | D1           |  40.00 | D-2 09:00
            G1          | alipay    | reversal | -        | D1           |  60.00 | D-2 10:00
            D2          | alipay    | debit    | O2       | -            | 100.00 | D-3 08:00
            F2          | alipay    | refund   | O2       | D2           |  99.99 | D-2 09:00
            D3          | alipay    | debit    | O3       | -            | 100.00 | D-3 08:00
            E3          | alipay    | debit    | O3       | -            |  50.00 | D-3 08:01
            F3          | alipay    | refund   | O3       | D3           | 100.00 | D-2 09:00
            D4          | alipay    | debit    | O4       | -            | 100.00 | D-3 08:00
            E4          | alipay    | debit    | O4       | -            |  50.00 | D-3 08:01
            F4          | alipay    | refund   | O4       | D4           | 100.00 | D-2 09:00
            G4          | alipay    | refund   | -        | E4           |  50.00 | D-2 11:00
            D1          | wechatpay | debit    | O1       | -            | 100.00 | D-3 08:00
            F1          | wechatpay | refund   | O1       | D1           |  60.00 | D-2 09:30
            G1          | wechatpay | refund   | O1       | D1           |  40.00 | D-2 12:00
        """
    ).shows(
        RELATION,
        """
        channel   | order_no | refunded_at  | last_debit_at
        alipay    | O1       | D-2 10:00:00 | D-3 08:00:00
        alipay    | O4       | D-2 11:00:00 | D-3 08:01:00
        wechatpay | O1       | D-2 12:00:00 | D-3 08:00:00
        """,
    )


def test_what_goes_beyond_a_debit_is_not_given_back_for_another_of_its_order() -> None:
    given(
        settlement="""
            channel_ref | kind   | order_no | original_ref | amount | happened_at
            D1          | debit  | O1       | -            | 100.00 | D-3 08:00
            E1          | debit  | O1       | -            | 100.00 | D-3 08:01
            F1          | refund | O1       | D1           | 150.00 | D-2 09:00
            G1          | refund | O1       | D1           |  50.00 | D-2 10:00
            H1          | refund | O1       | E1           |  99.99 | D-2 11:00
            I1          | refund | O1       | E1           |   0.01 | D-2 12:00
            J1          | refund | O1       | E1           |   0.01 | D-2 13:00
        """
    ).shows(RELATION, "order_no | refunded_at\nO1 | D-2 12:00:00")


def test_a_refund_that_names_no_debit_gives_back_what_any_of_its_order_took() -> None:
    given(
        settlement="""
            channel_ref | channel   | kind   | order_no | original_ref | amount | happened_at
            D1          | alipay    | debit  | O1       | -            | 100.00 | D-3 08:00
            E1          | alipay    | debit  | O1       | -            | 100.00 | D-3 08:01
            F1          | alipay    | refund | O1       | -            | 150.00 | D-2 09:00
            G1          | alipay    | refund | O1       | E1           |  50.00 | D-2 10:00
            H1          | alipay    | refund | O1       | E1           |  50.00 | D-2 11:00
            D2          | alipay    | debit  | O2       | -            | 100.00 | D-3 08:00
            F2          | alipay    | refund | O2       | D2           | 100.00 | D-2 11:00
            F3          | wechatpay | refund | O2       | -            | 100.00 | D-2 09:00
            D3          | wechatpay | debit  | O3       | -            | 100.00 | D-3 08:00
            F4          | wechatpay | refund | O3       | -            | 100.00 | D-2 09:30
        """
    ).shows(
        RELATION,
        """
        order_no | refunded_at
        O1       | D-2 10:00:00
        O2       | D-2 11:00:00
        O3       | D-2 09:30:00
        """,
    )


def test_refunds_of_one_instant_count_together_and_a_debit_of_nothing_is_never_given_back() -> None:
    given(
        settlement="""
            channel_ref | kind   | order_no | original_ref | amount | happened_at
            D1          | debit  | O1       | -            | 100.00 | D-3 08:00
            F1          | refund | O1       | D1           |  40.00 | D-2 09:00
            F2          | refund | O1       | D1           |  60.00 | D-2 09:00
            D2          | debit  | O2       | -            |   0.00 | D-3 08:00
            F3          | refund | O2       | D2           |   1.00 | D-2 09:00
            D3          | debit  | -        | -            | 100.00 | D-3 08:00
            F4          | refund | -        | D3           | 100.00 | D-2 09:00
            D4          | debit  | O4       | -            |   0.01 | D-3 08:00
            F5          | refund | O4       | D4           |   0.01 | D-2 09:00
        """
    ).shows(RELATION, "order_no | refunded_at\nO1 | D-2 09:00:00\nO4 | D-2 09:00:00")
