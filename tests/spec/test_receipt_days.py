"""Which settlement day a receipt pays; a receipt of no day is excluded."""

import pytest

from tests.spec.harness import given

RELATION = "breaks.receipt_days"
LINES = """
    happened_at         | amount
    2026-03-05 10:00:00 | 1000.00
"""


def test_a_receipt_that_names_its_day_belongs_to_it_whatever_its_amount() -> None:
    given(
        settlement=LINES,
        bank_receipts="""
            entry_ref | settle_date | booked_on  | amount
            R1        | 2026-03-05  | 2026-03-06 | 1.00
        """,
    ).shows(
        RELATION,
        """
        entry_id | channel | settle_date
        R1       | alipay  | 2026-03-05
        """,
    )


@pytest.mark.parametrize(
    ("booked_on", "settle_date"),
    [
        ("2026-03-04", "-"),
        ("2026-03-05", "2026-03-05"),
        ("2026-03-06", "2026-03-05"),
        ("2026-03-08", "2026-03-05"),
        ("2026-03-13", "2026-03-05"),
        ("2026-03-14", "-"),
        ("2026-03-16", "-"),
    ],
)
def test_a_receipt_without_a_day_is_booked_0_to_lag_and_5_business_days_after_it(
    booked_on: str, settle_date: str
) -> None:
    channel = "-" if settle_date == "-" else "alipay"
    given(
        settlement=LINES,
        bank_receipts=f"""
            entry_ref | settle_date | booked_on   | amount
            R1        | -           | {booked_on} | 1000.00
        """,
        business_date="2026-03-20",
    ).shows(
        RELATION,
        f"""
        entry_id | channel   | settle_date
        R1       | {channel} | {settle_date}
        """,
    )


def test_a_longer_lag_and_a_holiday_let_it_come_later() -> None:
    receipt = """
        entry_ref | booked_on  | amount
        R1        | 2026-03-17 | 1000.00
    """
    found = """
        entry_id | settle_date
        R1       | 2026-03-05
    """
    nowhere = """
        entry_id | settle_date
        R1       | -
    """
    terms = """
        settlement_lag_days
        {lag}
    """
    calendar = """
        date       | is_business_day
        2026-03-10 | {first}
        2026-03-11 | false
    """
    given(
        channels=terms.format(lag="3"),
        settlement=LINES,
        bank_receipts=receipt,
        business_date="2026-03-20",
    ).shows(RELATION, found)
    given(
        channels=terms.format(lag="2"),
        settlement=LINES,
        bank_receipts=receipt,
        business_date="2026-03-20",
    ).shows(RELATION, nowhere)
    given(
        calendar=calendar.format(first="false"),
        settlement=LINES,
        bank_receipts=receipt,
        business_date="2026-03-20",
    ).shows(RELATION, found)
    given(
        calendar=calendar.format(first="true"),
        settlement=LINES,
        bank_receipts=receipt,
        business_date="2026-03-20",
    ).shows(RELATION, nowhere)


def test_a_receipt_without_a_day_must_equal_the_net_amount() -> None:
    given(
        settlement="""
            happened_at         | kind   | amount  | fee
            2026-03-05 10:00:00 | debit  | 1000.00 | 6.00
            2026-03-05 11:00:00 | refund | 94.00   | -
        """,
        bank_receipts="""
            entry_ref | booked_on  | amount
            R1        | 2026-03-06 | 900.00
            R2        | 2026-03-06 | 899.99
            R3        | 2026-03-06 | 1000.00
        """,
    ).shows(
        RELATION,
        """
        entry_id | settle_date
        R1       | 2026-03-05
        R2       | -
        R3       | -
        """,
    )


def test_a_receipt_that_two_days_could_claim_belongs_to_neither() -> None:
    given(
        settlement="""
            happened_at         | amount
            2026-03-04 10:00:00 | 1000.00
            2026-03-05 10:00:00 | 1000.00
        """,
        bank_receipts="""
            entry_ref | booked_on  | amount
            R1        | 2026-03-06 | 1000.00
            R2        | 2026-03-04 | 1000.00
        """,
    ).shows(
        RELATION,
        """
        entry_id | settle_date
        R1       | -
        R2       | 2026-03-04
        """,
    )


def test_a_receipt_without_a_channel_may_pay_any_channels_day() -> None:
    lines = """
        channel   | happened_at         | amount
        alipay    | 2026-03-05 10:00:00 | 1000.00
        wechatpay | 2026-03-05 10:00:00 | {other}
    """
    receipts = """
        entry_ref | channel   | booked_on  | amount
        R1        | -         | 2026-03-06 | 1000.00
        R2        | wechatpay | 2026-03-06 | 1000.00
    """
    given(settlement=lines.format(other="500.00"), bank_receipts=receipts).shows(
        RELATION,
        """
        entry_id | channel | settle_date
        R1       | alipay  | 2026-03-05
        R2       | -       | -
        """,
    )
    given(settlement=lines.format(other="1000.00"), bank_receipts=receipts).shows(
        RELATION,
        """
        entry_id | channel   | settle_date
        R1       | -         | -
        R2       | wechatpay | 2026-03-05
        """,
    )


def test_a_receipt_without_a_channel_pays_the_day_it_names_of_the_one_channel_it_equals() -> None:
    lines = """
        channel   | happened_at         | amount
        alipay    | 2026-03-04 10:00:00 | 1000.00
        alipay    | 2026-03-05 10:00:00 | 1000.00
        wechatpay | 2026-03-05 10:00:00 | {other}
    """
    receipts = """
        entry_ref | channel | settle_date | booked_on  | amount
        R1        | -       | 2026-03-05  | 2026-03-06 | 1000.00
        R2        | -       | 2026-03-05  | 2026-03-06 | 999.99
        R3        | -       | 2026-03-04  | 2026-03-06 | 500.00
    """
    given(settlement=lines.format(other="500.00"), bank_receipts=receipts).shows(
        RELATION,
        """
        entry_id | channel | settle_date
        R1       | alipay  | 2026-03-05
        R2       | -       | -
        R3       | -       | -
        """,
    )
    given(settlement=lines.format(other="1000.00"), bank_receipts=receipts).shows(
        RELATION, "entry_id | settle_date\nR1 | -\nR2 | -\nR3 | -"
    )


@pytest.mark.parametrize(
    ("booked_on", "settle_date"),
    [("2026-03-04", "-"), ("2026-03-05", "2026-03-05"), ("2026-03-13", "2026-03-05"),
     ("2026-03-14", "-")],
)  # fmt: skip
def test_a_receipt_without_a_channel_is_booked_as_near_the_day_it_names(
    booked_on: str, settle_date: str
) -> None:
    given(
        settlement=LINES,
        bank_receipts=f"""
            entry_ref | channel | settle_date | booked_on   | amount
            R1        | -       | 2026-03-05  | {booked_on} | 1000.00
        """,
        business_date="2026-03-20",
    ).shows(RELATION, f"entry_id | settle_date\nR1 | {settle_date}")


def test_money_that_names_its_day_and_no_channel_is_received() -> None:
    given(
        settlement=LINES,
        bank_receipts="""
            channel | settle_date | booked_on
            -       | 2026-03-05  | 2026-03-06
        """,
    ).shows_nothing("breaks.settlement_not_received")


def test_a_receipt_of_a_day_without_a_file_belongs_to_none() -> None:
    given(
        settlement=LINES,
        bank_receipts="""
            entry_ref | channel   | settle_date | booked_on  | amount
            R1        | alipay    | 2026-03-06  | 2026-03-06 | 1000.00
            R2        | wechatpay | 2026-03-05  | 2026-03-06 | 1000.00
        """,
    ).shows(
        RELATION,
        """
        entry_id | channel | settle_date
        R1       | -       | -
        R2       | -       | -
        """,
    )


def test_a_receipt_of_no_day_is_excluded_and_says_so() -> None:
    given(
        settlement=LINES,
        bank_receipts="""
            entry_ref | booked_on  | amount
            R1        | 2026-03-06 | 1000.00
            R2        | 2026-03-06 | 0.01
        """,
    ).shows(
        "reports.excluded",
        """
        subject            | why               | lender  | ledger_amount
        receipt:kakadai:R2 | no_settlement_day | kakadai | 0.01
        """,
    )


def test_a_receipt_without_a_channel_lacks_a_file_only_if_no_channel_sent_one_of_that_day() -> None:
    given(
        settlement="""
            channel   | happened_at         | amount
            alipay    | 2026-03-05 10:00:00 | 1000.00
            wechatpay | 2026-03-05 10:00:00 | 500.00
        """,
        bank_receipts="""
            entry_ref | channel   | settle_date | booked_on  | amount
            R1        | -         | 2026-03-05  | 2026-03-06 | 7.00
            R2        | -         | 2026-03-04  | 2026-03-06 | 7.00
            R3        | unionpay  | 2026-03-05  | 2026-03-06 | 7.00
        """,
    ).shows(
        "reports.excluded",
        """
        subject            | why                | channel  | ledger_amount
        receipt:kakadai:R1 | no_settlement_day  | -        | 7.00
        receipt:kakadai:R2 | no_settlement_file | -        | 7.00
        receipt:kakadai:R3 | no_settlement_file | unionpay | 7.00
        """,
    )


def test_a_holiday_before_the_last_business_day_is_not_too_late() -> None:
    given(
        calendar="""
            date       | is_business_day
            2026-03-13 | false
        """,
        settlement=LINES,
        bank_receipts="""
            entry_ref | booked_on  | amount
            R1        | 2026-03-13 | 1000.00
        """,
        business_date="2026-03-20",
    ).shows(
        RELATION,
        """
        entry_id | settle_date
        R1       | 2026-03-05
        """,
    )


def test_the_lag_is_that_of_the_channel_on_the_settle_date() -> None:
    for before, after, settle_date in (("1", "3", "2026-03-05"), ("3", "1", "-")):
        given(
            channels=f"""
                settlement_lag_days | valid_from | valid_to
                {before}            | -          | 2026-03-05
                {after}             | 2026-03-05 | -
            """,
            settlement=LINES,
            bank_receipts="""
                entry_ref | booked_on  | amount
                R1        | 2026-03-17 | 1000.00
            """,
            business_date="2026-03-20",
        ).shows(
            RELATION,
            f"""
            entry_id | settle_date
            R1       | {settle_date}
            """,
        )


def test_what_was_agreed_for_later_days_does_not_make_a_receipt_belong_twice() -> None:
    given(
        channels="""
            channel | settlement_lag_days | valid_from | valid_to
            alipay  | 1                   | -          | 2026-03-06
            alipay  | 1                   | 2026-03-06 | -
        """,
        settlement=LINES,
        bank_receipts="entry_ref | settle_date | booked_on\nR1 | - | 2026-03-06",
        business_date="2026-03-20",
    ).shows(RELATION, "entry_id | settle_date\nR1 | 2026-03-05")
