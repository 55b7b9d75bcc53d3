"""What borrowers' statements told, on which days, of orders refused for lack of funds."""

from tests.spec.harness import given

REFUSED = {
    "loans": """
        loan_id | borrower_ref | card_no
        L1      | B1           | 622700******0001
        L2      | B2           | 622700******0002
        L3      | B3           | 622700******0003
        L4      | B4           | 622700******0004
        L5      | B5           | 622700******0005
    """,
    "debit_orders": """
        order_no | loan_id | status | response_code | requested_at
        O1       | L1      | failed | FUNDS         | D-6 09:00
        O2       | L2      | failed | FUNDS         | D-6 09:00
        O3       | L3      | failed | FUNDS         | D-6 09:00
        O4       | L4      | failed | FUNDS         | D-6 09:00
        O5       | L5      | failed | FUNDS         | D-6 09:00
    """,
    "settlement": """
        channel_ref | order_no | happened_at | settle_date
        D2          | O2       | D-6 09:30   | D-2
    """,
    "borrower_statements": """
        entry_no | loan_id | happened_at | balance | file_date
        11       | L1      | D-7 08:00   | 500.00  | D-4
        12       | L1      | D-7 09:00   | 1000.00 | D-2
        21       | L2      | D-7 08:00   | 1000.00 | D-5
        22       | L2      | D-7 09:00   | 999.99  | D-4
        23       | L2      | D-7 10:00   | 2000.00 | D-2
        24       | L2      | D-7 11:00   | 2000.00 | D-1
        31       | L3      | D-7 08:00   | 1000.00 | D-5
        32       | L3      | D-7 09:00   | 2000.00 | D-3
        41       | L4      | D-7 08:00   | 500.00  | D-6
        42       | L4      | D-7 09:00   | 1000.00 | D-5
        43       | L4      | D-7 10:00   | 400.00  | D-3
        44       | L4      | D-7 11:00   | 1000.00 | D-1
        51       | L5      | D-7 08:00   | 500.00  | D-1
    """,
}


def test_each_day_on_which_a_statement_was_handed_in_tells_what_the_last_balance_was() -> None:
    given(**REFUSED).shows(
        "breaks.funds_stretches",
        """
        entry_id  | from_day | until_day | is_shown
        alipay/O1 | D-4      | D-2       | false
        alipay/O1 | D-2      | -         | true
        alipay/O2 | D-5      | D-4       | true
        alipay/O2 | D-4      | D-2       | false
        alipay/O3 | D-5      | D-3       | true
        alipay/O3 | D-3      | -         | true
        alipay/O4 | D-6      | D-5       | false
        alipay/O4 | D-5      | D-3       | true
        alipay/O4 | D-3      | D-1       | false
        alipay/O4 | D-1      | -         | true
        alipay/O5 | D-1      | -         | false
        """,
    )


def test_funds_are_shown_since_the_last_time_they_were_not_or_since_the_first_statement() -> None:
    given(**REFUSED).shows(
        "breaks.funds_were_available",
        """
        entry_id  | true_since
        alipay/O1 | D-2
        alipay/O3 | D-5
        alipay/O4 | D-1
        """,
    )
