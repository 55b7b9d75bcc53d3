"""What earlier orders of a card used up of its limits, and since when that is known."""

from tests.spec.harness import given

LIMITS = """
    channel  | bank_code | per_debit | per_day | per_month
    alipay   | ICBC      | 2000.00   | 1000.00 | 3000.00
    unionpay | ICBC      | 2000.00   | 1000.00 | 3000.00
    alipay   | ABC       | 2000.00   | 1000.00 | 3000.00
    alipay   | CMB       | -         | -       | 3000.00
"""


def test_only_orders_of_a_busy_card_are_asked_about_and_what_was_taken_of_each() -> None:
    given(
        bank_limits=LIMITS,
        loans="""
            lender  | loan_id | borrower_ref | card_no
            kakadai | L1      | B1           | 622700******0001
            bobodai | L1      | B1           | 622700******0001
            kakadai | L2      | B2           | 622700******0001
            kakadai | L3      | B1           | 622700******0003
        """,
        debit_orders="""
            order_no | lender  | loan_id | channel  | bank_code | amount | status    | requested_at
            O1       | kakadai | L1      | alipay   | ICBC      | 600.00 | succeeded | D-5 09:00
            O2       | kakadai | L1      | alipay   | ICBC      | 500.00 | failed    | D-5 10:00
            O3       | kakadai | L1      | alipay   | ICBC      | 400.00 | failed    | D-5 11:00
            O4       | kakadai | L1      | alipay   | ICBC      | 300.00 | unknown   | D-4 11:00
            X1       | bobodai | L1      | alipay   | ICBC      | 600.00 | succeeded | D-5 09:00
            X2       | kakadai | L2      | alipay   | ICBC      | 600.00 | succeeded | D-5 09:00
            X3       | kakadai | L3      | alipay   | ICBC      | 600.00 | succeeded | D-5 09:00
            X4       | kakadai | L1      | unionpay | ICBC      | 600.00 | succeeded | D-5 09:00
            X5       | kakadai | L1      | alipay   | ABC       | 600.00 | succeeded | D-5 09:00
            X6       | kakadai | L1      | alipay   | ICBC      | 600.00 | succeeded | D-10 09:00
        """,
        settlement="""
            channel_ref | channel  | order_no | happened_at | settle_date
            D1          | alipay   | O1       | D-5 09:00   | D-3
            D2          | alipay   | O2       | D-5 10:00   | D-3
            E2          | alipay   | O2       | D-5 10:00   | D-4
            D3          | unionpay | O3       | D-5 10:00   | D-5
        """,
    ).shows(
        "breaks.busy_orders",
        """
        entry_id  | succeeded | known_on
        alipay/O1 | 600.00    | D-5
        alipay/O2 | 500.00    | D-4
        alipay/O3 | 0.00      | -
        alipay/O4 | 0.00      | -
        """,
    )


USED = {
    "bank_limits": LIMITS,
    "loans": """
        lender  | loan_id | borrower_ref | card_no
        kakadai | L1      | B1           | 622700******0001
        kakadai | L2      | B2           | 622700******0002
        kakadai | L3      | B3           | 622700******0003
        kakadai | L4      | B4           | 622700******0004
        kakadai | L5      | B5           | 622700******0005
        kakadai | L6      | B6           | 622700******0006
        bobodai | L1      | B1           | 622700******0001
        kakadai | L8      | B8           | 622700******0001
        kakadai | L9      | B1           | 622700******0009
    """,
    "debit_orders": """
        order_no | lender  | loan_id | channel  | bank_code | amount  | status    | requested_at
        O10      | kakadai | L1      | alipay   | ICBC      | 900.00  | succeeded | D-6 09:00
        O11      | kakadai | L1      | alipay   | ICBC      | 800.00  | failed    | D-5 09:00
        O12      | kakadai | L1      | alipay   | ICBC      | 100.00  | failed    | D-5 09:30
        O13      | kakadai | L1      | alipay   | ICBC      | 200.00  | succeeded | D-5 10:00
        O14      | kakadai | L1      | alipay   | ICBC      | 900.00  | succeeded | D-5 10:00
        O21      | kakadai | L2      | alipay   | ICBC      | 1000.00 | succeeded | D-5 09:00
        O22      | kakadai | L2      | alipay   | ICBC      | 1000.00 | failed    | D-4 09:00
        O23      | kakadai | L2      | alipay   | ICBC      | 1000.00 | succeeded | D-3 09:00
        O24      | kakadai | L2      | alipay   | ICBC      | 1000.00 | succeeded | D-2 09:00
        O30      | kakadai | L3      | alipay   | ICBC      | 500.00  | failed    | D-5 09:00
        O31      | kakadai | L3      | alipay   | ICBC      | 1000.01 | succeeded | D-5 10:00
        O32      | kakadai | L3      | alipay   | ICBC      | 2000.01 | failed    | D-4 10:00
        O33      | kakadai | L3      | alipay   | ICBC      | 2000.00 | failed    | D-3 10:00
        O40      | kakadai | L4      | alipay   | ICBC      | 100.00  | failed    | D-5 09:00
        O41      | kakadai | L4      | alipay   | ICBC      | 1000.00 | succeeded | D-5 10:00
        O50      | kakadai | L5      | alipay   | ICBC      | 1000.00 | succeeded | D-5 10:00
        O60      | kakadai | L6      | alipay   | CMB       | 3000.00 | succeeded | D-5 10:00
        X1       | bobodai | L1      | alipay   | ICBC      | 600.00  | succeeded | D-5 08:00
        X2       | bobodai | L1      | alipay   | ICBC      | 600.00  | succeeded | D-5 08:01
        X3       | kakadai | L8      | alipay   | ICBC      | 600.00  | succeeded | D-5 08:00
        X4       | kakadai | L8      | alipay   | ICBC      | 600.00  | succeeded | D-5 08:01
        X5       | kakadai | L9      | alipay   | ICBC      | 600.00  | succeeded | D-5 08:00
        X6       | kakadai | L9      | alipay   | ICBC      | 600.00  | succeeded | D-5 08:01
        X7       | kakadai | L1      | unionpay | ICBC      | 600.00  | succeeded | D-5 08:00
        X8       | kakadai | L1      | unionpay | ICBC      | 600.00  | succeeded | D-5 08:01
        Y1       | kakadai | L1      | alipay   | ABC       | 600.00  | succeeded | D-5 08:00
        Y2       | kakadai | L1      | alipay   | ABC       | 600.00  | succeeded | D-5 08:01
        Y3       | kakadai | L1      | alipay   | ICBC      | 600.00  | succeeded | D-10 08:00
        Y4       | kakadai | L1      | alipay   | ICBC      | 600.00  | succeeded | D-10 08:01
    """,
    "settlement": """
        channel_ref | order_no | happened_at | settle_date
        D11         | O11      | D-5 09:00   | D-4
        D12         | O12      | D-5 09:30   | D-2
        D22         | O22      | D-4 09:00   | D-1
        D30         | O30      | D-5 09:00   | D-2
        D40         | O40      | D-5 09:00   | D-2
    """,
}


def test_orders_before_it_used_up_the_limits_of_the_same_card_that_day_and_that_month() -> None:
    given(**USED).shows(
        "breaks.limit_use",
        """
        entry_id    | used_that_day | used_that_month
        alipay/O10  | 0.00          | 0.00
        alipay/O11  | 0.00          | 900.00
        alipay/O12  | 800.00        | 1700.00
        alipay/O13  | 900.00        | 1800.00
        alipay/O14  | 1100.00       | 2000.00
        alipay/O21  | 0.00          | 0.00
        alipay/O22  | 0.00          | 1000.00
        alipay/O23  | 0.00          | 2000.00
        alipay/O24  | 0.00          | 3000.00
        alipay/O30  | 0.00          | 0.00
        alipay/O31  | 500.00        | 500.00
        alipay/O32  | 0.00          | 1500.01
        alipay/O33  | 0.00          | 1500.01
        alipay/O40  | 0.00          | 0.00
        alipay/O41  | 100.00        | 100.00
        alipay/X1   | 0.00          | 0.00
        alipay/X2   | 600.00        | 600.00
        alipay/X3   | 0.00          | 0.00
        alipay/X4   | 600.00        | 600.00
        alipay/X5   | 0.00          | 0.00
        alipay/X6   | 600.00        | 600.00
        unionpay/X7 | 0.00          | 0.00
        unionpay/X8 | 600.00        | 600.00
        alipay/Y1   | 0.00          | 0.00
        alipay/Y2   | 600.00        | 600.00
        alipay/Y3   | 0.00          | 0.00
        alipay/Y4   | 600.00        | 600.00
        """,
    )


def test_a_limit_is_known_to_be_exceeded_once_enough_of_the_orders_before_are_known() -> None:
    given(**USED).shows(
        "breaks.limits_exceeded",
        """
        entry_id    | cause           | limit   | known_since
        alipay/O13  | per_day_limit   | 1000.00 | D-2
        alipay/O14  | per_day_limit   | 1000.00 | D-5
        alipay/O24  | per_month_limit | 3000.00 | D-1
        alipay/O31  | per_day_limit   | 1000.00 | D-5
        alipay/O32  | per_debit_limit | 2000.00 | D-4
        alipay/O33  | per_day_limit   | 1000.00 | D-3
        alipay/O41  | per_day_limit   | 1000.00 | D-2
        alipay/X2   | per_day_limit   | 1000.00 | D-5
        alipay/X4   | per_day_limit   | 1000.00 | D-5
        alipay/X6   | per_day_limit   | 1000.00 | D-5
        unionpay/X8 | per_day_limit   | 1000.00 | D-5
        alipay/Y2   | per_day_limit   | 1000.00 | D-5
        alipay/Y4   | per_day_limit   | 1000.00 | D-10
        """,
    )
