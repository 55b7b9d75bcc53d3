"""Contract 7: a group of an order_no that waited belongs to the day it stopped waiting."""

import pytest

from tests.spec.harness import given

DAYS = [f"2026-03-{day:02}" for day in range(5, 11)]
CLOSED = """
    channel | posting_window_hours | amount_tolerance
    alipay  | {hours}              | 0.00
"""


def listed_on(settlement: str, postings: str, *, hours: int = 24, orders: str = "") -> list[str]:
    """The days, of six in March, in whose matches anything is listed. Days are `5`, `6`, ..."""
    return [
        date.removeprefix("2026-03-")
        for date in DAYS
        if given(
            business_date=date,
            channels=CLOSED.format(hours=hours),
            debit_orders=orders or "order_no | requested_at\nO1 | 2026-03-05 09:00",
            settlement=settlement,
            postings=postings,
        ).rows("reports.matches")
    ]


TWICE_TAKEN = """
    channel_ref | kind   | order_no | original_ref | happened_at      | settle_date
    D1          | debit  | O1       | -            | 2026-03-05 10:00 | 2026-03-05
    D2          | debit  | O1       | -            | 2026-03-05 10:05 | 2026-03-05
    F1          | refund | {order}  | {ref}        | 2026-03-06 09:00 | {settle_date}
"""
ONCE_BOOKED = "order_no | posted_at\nO1 | 2026-03-05 11:00"
ONCE_TAKEN = """
    channel_ref | kind   | original_ref | order_no | amount  | happened_at      | settle_date
    D1          | debit  | -            | O1       | 1000.00 | 2026-03-05 10:00 | 2026-03-05
"""


def given_back(amount: str, at: str, settle_date: str) -> str:
    return ONCE_TAKEN + f"F1 | refund | D1 | - | {amount} | {at} | {settle_date}\n"


@pytest.mark.parametrize(("order", "ref"), [("-", "D2"), ("O1", "-")])
def test_a_wait_ends_on_the_day_of_the_refund_that_made_the_sums_equal(
    order: str, ref: str
) -> None:
    settlement = TWICE_TAKEN.format(order=order, ref=ref, settle_date="2026-03-06")
    assert listed_on(settlement, ONCE_BOOKED, hours=72) == ["06"]


def test_a_refund_ends_a_wait_once_its_file_tells_of_it() -> None:
    settlement = TWICE_TAKEN.format(order="-", ref="D2", settle_date="2026-03-07")
    assert listed_on(settlement, ONCE_BOOKED, hours=72) == ["07"]


def test_a_wait_ends_on_the_day_of_the_reversal_that_undid_a_posting() -> None:
    undone = """
        posting_id | kind      | reverses | order_no | channel   | posted_at
        P1         | repayment | -        | O1       | alipay    | 2026-03-05 11:00
        P2         | repayment | -        | O1       | {channel} | 2026-03-05 11:30
        P3         | reversal  | P2       | -        | -         | 2026-03-07 09:00
    """
    for channel in ("alipay", "-"):
        assert listed_on(ONCE_TAKEN, undone.format(channel=channel), hours=72) == ["07"]
    elsewhere = undone.format(channel="wechatpay")
    assert listed_on(ONCE_TAKEN, elsewhere, hours=72) == ["05"]


def test_a_part_given_back_ends_a_wait_or_begins_one() -> None:
    booked = "order_no | amount | posted_at\nO1 | 700.00 | 2026-03-05 11:00"
    back = given_back("300.00", "2026-03-06 09:00", "2026-03-06")
    assert listed_on(back, booked, hours=72) == ["06"]
    assert listed_on(back, ONCE_BOOKED, hours=72) == ["05", "08"]


def test_a_piece_of_a_split_given_back_ends_the_wait_of_the_split() -> None:
    orders = """
        order_no | amount | requested_at
        O1       | 600.00 | 2026-03-05 09:00
        O2       | 400.00 | 2026-03-05 09:00
        O3       | 400.00 | 2026-03-05 09:00
    """
    settlement = """
        channel_ref | kind   | order_no | amount | happened_at      | settle_date
        D1          | debit  | O1       | 600.00 | 2026-03-05 10:00 | 2026-03-05
        D2          | debit  | O2       | 400.00 | 2026-03-05 10:00 | 2026-03-05
        D3          | debit  | O3       | 400.00 | 2026-03-05 10:00 | 2026-03-05
        F1          | refund | O3       | 400.00 | 2026-03-07 09:00 | 2026-03-07
    """
    drawn = given(
        business_date="2026-03-07",
        channels=CLOSED.format(hours=72),
        instalments="instalment_no\n1",
        debit_orders=orders,
        settlement=settlement,
        postings=ONCE_BOOKED,
    )
    drawn.shows("breaks.waits_over", "group_id | stopped_on\nD1 | 2026-03-07")


def test_a_group_that_never_waited_stays_on_its_day() -> None:
    late = given_back("300.00", "2026-03-08 09:00", "2026-03-08")
    assert listed_on(late, ONCE_BOOKED) == ["05"]
    before_the_window_is_over = given_back("300.00", "2026-03-06 09:00", "2026-03-06")
    assert listed_on(before_the_window_is_over, ONCE_BOOKED) == ["05"]
    told_after_the_window = given_back("300.00", "2026-03-06 09:00", "2026-03-07")
    assert listed_on(told_after_the_window, ONCE_BOOKED) == ["05"]


def test_a_refund_and_a_reversal_of_one_day_move_no_group() -> None:
    taken = TWICE_TAKEN.format(order="-", ref="D2", settle_date="2026-03-06")
    booked = """
        posting_id | kind      | reverses | order_no | posted_at
        P1         | repayment | -        | O1       | 2026-03-05 11:00
        P2         | repayment | -        | O1       | 2026-03-05 11:30
        P3         | reversal  | P2       | -        | 2026-03-06 09:00
    """
    assert listed_on(taken, booked, hours=72) == ["05"]


def test_a_wait_that_the_window_ended_is_not_ended_again_by_a_refund() -> None:
    booked = "order_no | amount | posted_at\nO1 | 700.00 | 2026-03-05 11:00"
    assert listed_on(given_back("300.00", "2026-03-08 09:00", "2026-03-08"), booked) == ["06"]


def test_a_group_waits_for_the_window_of_the_last_debit_it_had_then() -> None:
    taken_again = """
        channel_ref | kind   | order_no | original_ref | happened_at      | settle_date
        D1          | debit  | O1       | -            | 2026-03-05 10:00 | 2026-03-05
        D2          | debit  | O1       | -            | 2026-03-06 12:00 | 2026-03-06
        F1          | refund | -        | D2           | 2026-03-07 09:00 | 2026-03-07
    """
    assert listed_on(taken_again, ONCE_BOOKED) == ["05", "07"]


def test_sums_within_the_tolerance_never_waited() -> None:
    drawn = given(
        business_date="2026-03-06",
        channels="channel | posting_window_hours | amount_tolerance\nalipay | 72 | 0.05",
        debit_orders="order_no\nO1",
        settlement="""
            channel_ref | kind   | order_no | original_ref | amount  | happened_at
            D1          | debit  | O1       | -            | 1000.00 | 2026-03-05 10:00
            F1          | refund | -        | D1           |    0.05 | 2026-03-06 09:00
        """,
        postings="order_no | amount | posted_at\nO1 | 999.95 | 2026-03-05 11:00",
    )
    drawn.shows_nothing("breaks.waits_over")


def test_a_posting_that_is_wrong_is_known_to_be_since_its_group_stopped_waiting() -> None:
    given(
        business_date="2026-03-09",
        channels=CLOSED.format(hours=72),
        debit_orders="order_no | requested_at\nO1 | 2026-03-05 09:00",
        settlement=TWICE_TAKEN.format(order="-", ref="D2", settle_date="2026-03-06"),
        postings="order_no | posted_at | value_date\nO1 | 2026-03-05 11:00 | 2026-03-06",
    ).shows("breaks.value_date_late", "entry_id | true_since\nP1 | 2026-03-06")
