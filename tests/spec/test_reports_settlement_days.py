"""reports.settlement_days: each day of each channel from its first file on."""

from tests.spec.harness import given


def test_a_day_tells_what_its_file_adds_up_to_or_that_it_is_missing() -> None:
    given(
        settlement="""
            happened_at  | kind   | outcome   | amount | fee
            D-3 10:00:00 | debit  | succeeded | 100.00 | 0.50
            D-3 10:00:00 | debit  | failed    | 70.00  | 0.25
            D-3 10:00:00 | refund | succeeded | 30.00  | -
        """,
        files="""
            file_date
            D-1
        """,
    ).shows(
        "reports.settlement_days",
        """
        settle_date | file_present | lines | debit_amount | refund_amount | fee_amount | net_amount
        D-3         | true         | 3     | 100.00       | 30.00         | 0.75       | 69.25
        D-2         | false        | -     | -            | -             | -          | -
        D-1         | true         | 0     | 0.00         | 0.00          | 0.00       | 0.00
        """,
        ordered=True,
    )


def test_days_are_sorted_by_channel() -> None:
    given(files="channel | file_date\nunionpay | D-1\nalipay | D\nalipay | D-1").shows(
        "reports.settlement_days",
        """
        channel  | settle_date
        alipay   | D-1
        alipay   | D
        unionpay | D-1
        """,
        ordered=True,
    )
