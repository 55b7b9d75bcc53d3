"""settlement_not_received: the net amount of a day is due and nothing was booked."""

import pytest

from tests.spec.harness import given

RELATION = "breaks.settlement_not_received"


@pytest.mark.parametrize(
    ("lag", "settle_date", "due"),
    [
        ("0", "2026-03-05", "2026-03-05"),
        ("1", "2026-03-05", "2026-03-06"),
        ("1", "2026-03-06", "2026-03-09"),
        ("1", "2026-03-07", "2026-03-09"),
        ("1", "2026-03-08", "2026-03-09"),
        ("0", "2026-03-07", "2026-03-07"),
        ("2", "2026-03-05", "2026-03-09"),
        ("5", "2026-03-02", "2026-03-09"),
    ],
)
def test_the_money_is_due_on_the_lag_th_business_day_strictly_after_the_settle_date(
    lag: str, settle_date: str, due: str
) -> None:
    terms = f"""
        settlement_lag_days
        {lag}
    """
    lines = f"""
        happened_at          | amount
        {settle_date} 10:00:00 | 1000.00
    """
    given(channels=terms, settlement=lines, business_date=due).shows(
        RELATION,
        f"""
        channel | settle_date   | cause      | channel_amount | true_since
        alipay  | {settle_date} | no_receipt | 1000.00        | {due}
        """,
    )
    if due > settle_date:
        eve = {"2026-03-06": "2026-03-05", "2026-03-09": "2026-03-08"}[due]
        given(channels=terms, settlement=lines, business_date=eve).shows_nothing(RELATION)


def test_holidays_and_make_up_days_of_the_site_calendar_move_the_day() -> None:
    calendar = """
        date       | is_business_day
        2026-03-06 | false
        2026-03-08 | true
    """
    lines = """
        happened_at
        2026-03-05 10:00:00
    """
    given(calendar=calendar, settlement=lines, business_date="2026-03-07").shows_nothing(RELATION)
    given(calendar=calendar, settlement=lines, business_date="2026-03-08").shows(
        RELATION,
        """
        true_since
        2026-03-08
        """,
    )


def test_the_lag_is_that_of_the_channel_on_the_settle_date() -> None:
    given(
        channels="""
            channel   | settlement_lag_days | valid_from | valid_to
            alipay    | 1                   | -          | 2026-03-05
            alipay    | 3                   | 2026-03-05 | -
            wechatpay | 1                   | -          | -
        """,
        settlement="""
            channel   | happened_at
            alipay    | 2026-03-04 10:00:00
            alipay    | 2026-03-05 10:00:00
            wechatpay | 2026-03-05 10:00:00
        """,
        business_date="2026-03-06",
    ).shows(
        RELATION,
        """
        channel   | settle_date
        alipay    | 2026-03-04
        wechatpay | 2026-03-05
        """,
    )


def test_any_receipt_for_the_day_booked_by_the_business_date_is_a_receipt() -> None:
    lines = """
        happened_at  | amount
        D-7 10:00:00 | 1000.00
    """
    receipts = """
        channel   | settle_date   | booked_on | amount
        {channel} | {settle_date} | {booked}  | 1.00
    """
    missing = """
        settle_date
        D-7
    """
    given(
        settlement=lines,
        bank_receipts=receipts.format(channel="alipay", settle_date="D-7", booked="D"),
    ).shows_nothing(RELATION)
    for channel, settle_date, booked in (
        ("alipay", "D-7", "D+1"),
        ("alipay", "D-6", "D"),
        ("wechatpay", "D-7", "D"),
    ):
        given(
            settlement=lines,
            bank_receipts=receipts.format(channel=channel, settle_date=settle_date, booked=booked),
        ).shows(RELATION, missing)


@pytest.mark.parametrize(
    ("refunded", "fee", "is_due"),
    [("800.00", "150.00", True), ("850.00", "150.00", False), ("900.00", "150.00", True)],
)
def test_a_net_amount_of_nothing_is_not_awaited_and_a_negative_one_is(
    refunded: str, fee: str, is_due: bool
) -> None:
    drawn = given(
        settlement=f"""
            kind   | happened_at  | amount     | fee
            debit  | D-7 10:00:00 | 1000.00    | {fee}
            refund | D-7 11:00:00 | {refunded} | -
        """
    )
    if is_due:
        net = "50.00" if refunded == "800.00" else "-50.00"
        drawn.shows(
            RELATION,
            f"""
            settle_date | channel_amount
            D-7         | {net}
            """,
        )
    else:
        drawn.shows_nothing(RELATION)


def test_lines_that_did_not_succeed_move_no_money_but_their_fees_do() -> None:
    given(
        settlement="""
            kind     | outcome   | happened_at  | amount | fee
            debit    | failed    | D-7 10:00:00 | 100.00 | 0.50
            debit    | unknown   | D-7 10:00:00 | 100.00 | -
            refund   | failed    | D-7 10:00:00 | 100.00 | -
            reversal | succeeded | D-7 10:00:00 | 10.00  | -
            debit    | succeeded | D-7 10:00:00 | 30.00  | 1.00
        """
    ).shows(
        RELATION,
        """
        settle_date | channel_amount
        D-7         | 18.50
        """,
    )


def test_each_days_net_amount_stays_as_delivered_though_a_line_comes_again_later() -> None:
    given(
        settlement="""
            channel_ref | settle_date | happened_at  | amount
            D1          | D-7         | D-7 10:00:00 | 100.00
            D1          | D-6         | D-7 10:00:00 | 90.00
        """
    ).shows(
        RELATION,
        """
        settle_date | channel_amount
        D-7         | 100.00
        D-6         | 90.00
        """,
    )


def test_a_day_without_a_file_or_without_lines_awaits_nothing() -> None:
    given(
        files="""
            file_date
            D-7
        """
    ).shows_nothing(RELATION)


def test_a_shorter_lag_holds_from_the_settle_date_on_which_it_was_agreed() -> None:
    given(
        channels="""
            settlement_lag_days | valid_from | valid_to
            3                   | -          | 2026-03-05
            1                   | 2026-03-05 | -
        """,
        settlement="""
            happened_at
            2026-03-04 10:00:00
            2026-03-05 10:00:00
        """,
        business_date="2026-03-06",
    ).shows(
        RELATION,
        """
        settle_date
        2026-03-05
        """,
    )


def test_a_receipt_for_one_day_of_one_channel_pays_no_other() -> None:
    given(
        settlement="""
            channel   | happened_at
            alipay    | D-7 10:00:00
            alipay    | D-6 10:00:00
            wechatpay | D-7 10:00:00
        """,
        bank_receipts="""
            channel | settle_date | booked_on
            alipay  | D-7         | D-5
        """,
    ).shows(
        RELATION,
        """
        channel   | settle_date
        alipay    | D-6
        wechatpay | D-7
        """,
    )
