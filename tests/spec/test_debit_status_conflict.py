"""debit_status_conflict: the lender and the channel tell an order's outcome differently."""

from tests.spec.harness import given

RELATION = "breaks.debit_status_conflict"


def test_failed_for_the_lender_and_succeeded_at_the_channel_is_a_conflict() -> None:
    given(
        debit_orders="""
            order_no | status | requested_at
            O1       | failed | D-1 09:00:00
        """,
        settlement="""
            order_no | outcome   | happened_at  | amount
            O1       | succeeded | D-1 09:00:05 | 1000.00
        """,
    ).shows(
        RELATION,
        """
        entry_id  | cause                           | ledger_amount | channel_amount | true_since
        alipay/O1 | lender_failed_channel_succeeded | 0.00          | 1000.00        | D-1
        """,
    )


def test_succeeded_for_the_lender_and_failed_at_the_channel_is_a_conflict() -> None:
    given(
        debit_orders="""
            order_no | status    | requested_at | amount
            O1       | succeeded | D-1 09:00:00 | 1000.00
        """,
        settlement="""
            order_no | outcome | happened_at  | amount
            O1       | failed  | D-1 09:00:05 | 1000.00
        """,
    ).shows(
        RELATION,
        """
        entry_id  | cause                           | ledger_amount | channel_amount | true_since
        alipay/O1 | lender_succeeded_channel_failed | 1000.00       | 0.00           | D-1
        """,
    )


def test_two_sides_that_agree_or_a_side_that_does_not_know_are_no_conflict() -> None:
    given(
        debit_orders="""
            order_no | status
            O1       | succeeded
            O2       | failed
            O3       | unknown
            O4       | unknown
            O5       | succeeded
            O6       | failed
            O7       | succeeded
            O8       | failed
        """,
        settlement="""
            order_no | outcome
            O1       | succeeded
            O2       | failed
            O3       | succeeded
            O4       | failed
            O5       | unknown
            O6       | unknown
        """,
    ).shows_nothing(RELATION)


def test_money_given_back_whole_is_no_conflict_and_given_back_in_part_is_one() -> None:
    given(
        debit_orders="""
            order_no | status
            O1       | failed
            O2       | failed
        """,
        settlement="""
            channel_ref | order_no | kind   | original_ref | amount
            D1          | O1       | debit  | -            | 1000.00
            D2          | O2       | debit  | -            | 1000.00
            F1          | O1       | refund | D1           | 1000.00
            F2          | O2       | refund | D2           | 999.99
        """,
    ).shows(
        RELATION,
        """
        entry_id  | channel_amount
        alipay/O2 | 0.01
        """,
    )


def test_several_debits_of_one_order_count_together() -> None:
    given(
        debit_orders="""
            order_no | status
            O1       | failed
        """,
        settlement="""
            channel_ref | order_no | amount  | settle_date
            D1          | O1       | 1000.00 | D-1
            D2          | O1       | 1000.00 | D
        """,
    ).shows(
        RELATION,
        """
        entry_id  | channel_amount | true_since
        alipay/O1 | 2000.00        | D
        """,
    )


def test_a_channel_that_failed_first_and_succeeded_later_succeeded() -> None:
    given(
        debit_orders="""
            order_no | status
            O1       | succeeded
            O2       | failed
        """,
        settlement="""
            order_no | outcome   | happened_at
            O1       | failed    | D 09:00:05
            O1       | succeeded | D 09:10:05
            O2       | failed    | D 09:00:05
            O2       | succeeded | D 09:10:05
        """,
    ).shows(
        RELATION,
        """
        entry_id  | cause
        alipay/O2 | lender_failed_channel_succeeded
        """,
    )


def test_a_failed_refund_says_nothing_about_the_debit() -> None:
    given(
        debit_orders="""
            order_no | status
            O1       | succeeded
        """,
        settlement="""
            order_no | kind   | outcome
            O1       | refund | failed
        """,
    ).shows_nothing(RELATION)


def test_a_line_of_another_channel_says_nothing_about_the_order() -> None:
    given(
        debit_orders="""
            order_no | channel | status
            O1       | alipay  | failed
            O2       | alipay  | succeeded
        """,
        settlement="""
            channel   | order_no | outcome
            wechatpay | O1       | succeeded
            wechatpay | O2       | failed
        """,
    ).shows_nothing(RELATION)


def test_a_conflict_stands_since_the_file_that_shows_it() -> None:
    given(
        debit_orders="""
            order_no | channel  | status    | requested_at
            O1       | unionpay | failed    | D-1 23:10:00
            O2       | unionpay | succeeded | D-1 23:10:00
        """,
        settlement="""
            channel  | order_no | outcome   | happened_at
            unionpay | O1       | succeeded | D-1 23:10:05
            unionpay | O2       | failed    | D-1 23:10:05
        """,
    ).shows(
        RELATION,
        """
        entry_id    | true_since
        unionpay/O1 | D
        unionpay/O2 | D
        """,
    )


def test_an_order_of_a_closed_loan_is_left_alone() -> None:
    given(
        loans="""
            loan_id | status
            L1      | active
            L2      | closed
        """,
        instalments="""
            loan_id | instalment_no | due_date
            L1      | 1             | D
            L2      | 1             | D
        """,
        debit_orders="""
            order_no | loan_id | instalment_no | status
            O1       | L1      | 1             | failed
            O2       | L1      | -             | failed
            O3       | L2      | 1             | failed
        """,
        settlement="""
            order_no
            O1
            O2
            O3
        """,
    ).shows(
        RELATION,
        """
        entry_id
        alipay/O1
        alipay/O2
        """,
    )


def test_several_debits_conflict_since_the_first_file_that_shows_one() -> None:
    given(
        debit_orders="""
            order_no | status | requested_at
            O1       | failed | D-3 09:00:00
        """,
        settlement="""
            order_no | happened_at  | amount
            O1       | D-2 09:00:00 | 100.00
            O1       | D-1 09:00:00 | 100.00
        """,
    ).shows(
        RELATION,
        """
        entry_id  | channel_amount | true_since
        alipay/O1 | 200.00         | D-2
        """,
    )


def test_a_line_that_failed_is_the_channels_word_beside_one_that_does_not_know() -> None:
    given(
        debit_orders="""
            order_no | status    | requested_at
            O1       | succeeded | D-3 09:00:00
        """,
        settlement="""
            order_no | outcome | happened_at
            O1       | unknown | D-2 09:00:00
            O1       | failed  | D-1 09:00:00
        """,
    ).shows(
        RELATION,
        """
        entry_id  | cause                           | true_since
        alipay/O1 | lender_succeeded_channel_failed | D-1
        """,
    )


def test_several_failures_conflict_since_the_first_file_that_shows_one() -> None:
    given(
        debit_orders="""
            order_no | status    | requested_at
            O1       | succeeded | D-3 09:00:00
        """,
        settlement="""
            order_no | outcome | happened_at
            O1       | failed  | D-2 09:00:00
            O1       | failed  | D-1 09:00:00
        """,
    ).shows(
        RELATION,
        """
        entry_id  | true_since
        alipay/O1 | D-2
        """,
    )


def test_only_orders_with_a_line_that_did_not_succeed_have_outcomes_to_compare() -> None:
    given(
        settlement="""
            channel_ref | channel  | kind   | order_no | outcome   | happened_at | settle_date
            D1          | alipay   | debit  | O1       | succeeded | D-4 09:00   | D-4
            D2          | alipay   | debit  | O2       | failed    | D-4 09:00   | D-3
            D3          | alipay   | debit  | O2       | succeeded | D-4 10:00   | D-2
            D4          | alipay   | debit  | O3       | unknown   | D-4 09:00   | D-4
            D5          | unionpay | debit  | O2       | succeeded | D-4 09:00   | D-4
            D6          | alipay   | refund | O4       | failed    | D-4 09:00   | D-4
            D7          | alipay   | debit  | -        | failed    | D-4 09:00   | D-4
            D8          | alipay   | debit  | O2       | failed    | D-4 09:00   | D-1
            D9          | alipay   | debit  | O2       | succeeded | D-4 09:00   | D-1
        """,
    ).shows(
        "breaks.order_outcomes",
        """
        channel | order_no | failed_since | succeeded_since
        alipay  | O2       | D-3          | D-2
        alipay  | O3       | -            | -
        """,
    )


def test_a_failed_order_conflicts_since_its_channel_last_told_of_money_that_stayed() -> None:
    given(
        debit_orders="""
            order_no | channel  | requested_at | status
            O1       | alipay   | D-5 09:00    | failed
            O1       | unionpay | D-5 09:00    | failed
            O2       | alipay   | D-5 09:00    | failed
            O3       | alipay   | D-5 09:00    | succeeded
            O4       | alipay   | D-5 09:00    | failed
        """,
        settlement="""
    channel  | channel_ref | kind   | order_no | original_ref | amount | happened_at | settle_date
    alipay   | D11         | debit  | O1       | -            | 10.00  | D-5 10:00   | D-5
    alipay   | F11         | refund | -        | D11          | 10.00  | D-4 10:00   | D-4
    alipay   | D12         | debit  | O1       | -            | 8.00   | D-5 11:00   | D-2
    alipay   | D13         | debit  | O1       | -            | 1.00   | D-5 11:00   | D-1
    unionpay | D21         | debit  | O1       | -            | 20.00  | D-5 10:00   | D-3
    alipay   | D31         | debit  | O2       | -            | 5.00   | D-5 10:00   | D-5
    alipay   | F31         | refund | -        | D31          | 5.00   | D-3 10:00   | D-3
    alipay   | D41         | debit  | O3       | -            | 5.00   | D-5 10:00   | D-5
        """,
    ).shows(
        "breaks.debit_status_conflict",
        """
        entry_id    | channel_amount | true_since
        alipay/O1   | 9.00           | D-2
        unionpay/O1 | 20.00          | D-3
        """,
    )


def test_an_order_was_contradicted_until_its_channel_told_of_money() -> None:
    given(
        debit_orders="""
            order_no | status    | requested_at
            O1       | succeeded | D-5 09:00
            O2       | succeeded | D-5 09:00
            O3       | succeeded | D-5 09:00
            O4       | succeeded | D-5 09:00
        """,
        settlement="""
            order_no | outcome   | happened_at | settle_date
            O1       | failed    | D-5 10:00   | D-5
            O1       | succeeded | D-5 11:00   | D-3
            O2       | failed    | D-5 10:00   | D-5
            O2       | succeeded | D-5 11:00   | D-5
            O3       | succeeded | D-5 10:00   | D-5
            O3       | failed    | D-5 11:00   | D-4
            O4       | failed    | D-5 10:00   | D-4
        """,
    ).shows(
        "breaks.contradicted_orders",
        """
        entry_id  | from_day | until_day
        alipay/O1 | D-5      | D-3
        alipay/O4 | D-4      | -
        """,
    )
