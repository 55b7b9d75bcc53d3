"""debit_outcome_unknown: the lender does not know, and no settlement line says."""

import pytest

from tests.spec.harness import given

RELATION = "breaks.debit_outcome_unknown"
ORDER = """
    order_no | status  | requested_at
    O1       | unknown | {at}
"""


def test_an_order_is_unknown_once_a_posting_window_has_passed() -> None:
    given(debit_orders=ORDER.format(at="D 00:00:01")).shows_nothing(RELATION)
    given(debit_orders=ORDER.format(at="D 00:00:00")).shows(
        RELATION,
        """
        entry_id  | cause        | true_since
        alipay/O1 | file_missing | D
        """,
    )


def test_what_was_asked_for_is_the_amount_in_question() -> None:
    given(
        debit_orders="""
            order_no | status  | requested_at | amount
            O1       | unknown | D-2 09:00:00 | 750000.00
        """
    ).shows(
        "breaks.break_rows",
        """
        category              | ledger_amount | channel_amount
        debit_outcome_unknown | 750000.00     | -
        """,
    ).shows("breaks.amounts_in_question", "amount_in_question\n750000.00")


def test_the_window_is_that_of_the_channel_on_the_day_of_the_request() -> None:
    given(
        channels="""
            channel   | posting_window_hours | valid_from | valid_to
            alipay    | 24                   | -          | 2026-03-08
            alipay    | 48                   | 2026-03-08 | -
            wechatpay | 48                   | -          | -
        """,
        debit_orders="""
            order_no | channel   | status  | requested_at
            O1       | alipay    | unknown | 2026-03-07 00:00:01
            O2       | alipay    | unknown | 2026-03-08 00:00:00
            O3       | alipay    | unknown | 2026-03-08 00:00:01
            O4       | wechatpay | unknown | 2026-03-08 00:00:00
            O5       | wechatpay | unknown | 2026-03-08 00:00:01
        """,
        business_date="2026-03-09",
    ).shows(
        RELATION,
        """
        entry_id     | true_since
        alipay/O1    | 2026-03-08
        alipay/O2    | 2026-03-09
        wechatpay/O4 | 2026-03-09
        """,
    )


def test_only_the_lenders_own_doubt_makes_an_outcome_unknown() -> None:
    given(
        debit_orders="""
            order_no | status    | requested_at
            O1       | succeeded | D-3 09:00:00
            O2       | failed    | D-3 09:00:00
            O3       | unknown   | D-3 09:00:00
        """
    ).shows(
        RELATION,
        """
        entry_id
        alipay/O3
        """,
    )


def test_a_line_that_succeeded_or_failed_is_final_and_one_that_does_not_know_is_not() -> None:
    given(
        debit_orders="""
            order_no | status  | requested_at
            O1       | unknown | D-3 09:00:00
            O2       | unknown | D-3 09:00:00
            O3       | unknown | D-3 09:00:00
        """,
        settlement="""
            order_no | outcome   | happened_at
            O1       | succeeded | D-3 09:00:05
            O2       | failed    | D-3 09:00:05
            O3       | unknown   | D-3 09:00:05
        """,
    ).shows(
        RELATION,
        """
        entry_id  | cause
        alipay/O3 | absent_from_file
        """,
    )


def test_a_line_of_another_channel_says_nothing_about_the_order() -> None:
    given(
        debit_orders=ORDER.format(at="D-3 09:00:00"),
        settlement="""
            channel   | order_no | happened_at
            wechatpay | O1       | D-3 09:00:05
            alipay    | O2       | D-3 09:00:05
        """,
    ).shows(
        RELATION,
        """
        entry_id  | cause
        alipay/O1 | absent_from_file
        """,
    )


def test_a_refund_line_is_no_outcome_of_the_debit() -> None:
    given(
        debit_orders=ORDER.format(at="D-3 09:00:00"),
        settlement="""
            order_no | kind   | happened_at
            O1       | refund | D-3 09:00:05
        """,
    ).shows(
        RELATION,
        """
        entry_id
        alipay/O1
        """,
    )


@pytest.mark.parametrize(
    ("requested_at", "file_of", "cause"),
    [
        ("D-3 22:59:59", "D-3", "absent_from_file"),
        ("D-3 23:00:00", "D-3", "file_missing"),
        ("D-3 23:00:00", "D-2", "absent_from_file"),
        ("D-3 22:59:59", "D-2", "file_missing"),
    ],
)
def test_the_file_that_should_tell_is_that_of_the_clearing_day(
    requested_at: str, file_of: str, cause: str
) -> None:
    given(
        debit_orders=f"""
            order_no | channel  | status  | requested_at
            O1       | unionpay | unknown | {requested_at}
        """,
        files=f"""
            channel  | file_date
            unionpay | {file_of}
        """,
    ).shows(
        RELATION,
        f"""
        entry_id    | cause
        unionpay/O1 | {cause}
        """,
    )


def test_a_file_of_another_channel_or_day_is_not_the_file() -> None:
    given(
        debit_orders=ORDER.format(at="D-3 09:00:00"),
        files="""
            channel   | file_date
            wechatpay | D-3
            alipay    | D-4
            alipay    | D-2
        """,
    ).shows(
        RELATION,
        """
        entry_id  | cause
        alipay/O1 | file_missing
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
            order_no | loan_id | instalment_no | status  | requested_at
            O1       | L1      | 1             | unknown | D-3 09:00:00
            O2       | L1      | -             | unknown | D-3 09:00:00
            O3       | L2      | 1             | unknown | D-3 09:00:00
        """,
    ).shows(
        RELATION,
        """
        entry_id
        alipay/O1
        alipay/O2
        """,
    )


def test_a_closed_loan_of_another_lender_is_another_loan() -> None:
    given(
        loans="""
            lender  | loan_id | status
            kakadai | L1      | active
            other   | L1      | closed
        """,
        debit_orders=ORDER.format(at="D-3 09:00:00"),
    ).shows(
        RELATION,
        """
        entry_id
        alipay/O1
        """,
    )


def test_an_outcome_was_unknown_from_the_end_of_the_window_until_the_first_final_line() -> None:
    given(
        debit_orders="""
            order_no | channel  | status  | requested_at
            O1       | alipay   | unknown | D-5 09:00
            O1       | unionpay | unknown | D-5 09:00
            O2       | alipay   | unknown | D-5 09:00
            O3       | alipay   | unknown | D-5 09:00
        """,
        settlement="""
            channel_ref | channel  | order_no | outcome   | happened_at | settle_date
            D11         | alipay   | O1       | failed    | D-5 10:00   | D-2
            D12         | alipay   | O1       | succeeded | D-5 10:00   | D-1
            D13         | unionpay | O1       | succeeded | D-5 10:00   | D-3
            D2          | alipay   | O2       | succeeded | D-5 10:00   | D-4
        """,
    ).shows(
        "breaks.undecided_orders",
        """
        entry_id    | from_day | until_day
        alipay/O1   | D-4      | D-2
        unionpay/O1 | D-4      | D-3
        alipay/O3   | D-4      | -
        """,
    ).shows(RELATION, "entry_id  | true_since\nalipay/O3 | D-4")
