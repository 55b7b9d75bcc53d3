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


def test_a_pair_that_a_refund_made_belongs_to_the_day_that_told_of_the_refund() -> None:
    booked = "order_no | amount | posted_at\n- | 700.00 | 2026-03-05 11:00"
    late = given_back("300.00", "2026-03-08 09:00", "2026-03-09")
    assert listed_on(late, booked) == ["09"]
    assert listed_on(ONCE_TAKEN, booked.replace("700.00", "1000.00")) == ["05"]
    given(
        debit_orders="order_no | loan_id\nO1 | L1\nO2 | L2",
        settlement="""
            channel_ref | kind   | order_no | original_ref | amount  | happened_at | settle_date
            D1          | debit  | O1       | -            | 1000.00 | D-5 10:00   | D-5
            F11         | refund | -        | D1           | 100.00  | D-4 10:00   | D-4
            F12         | refund | -        | D1           | 200.00  | D-3 10:00   | D-3
            F13         | refund | -        | D1           | 0.00    | D-2 10:00   | D-2
            D2          | debit  | O2       | -            | 1000.00 | D-5 10:00   | D-5
        """,
        postings="""
            order_no | loan_id | amount  | posted_at
            -        | L1      | 700.00  | D-5 11:00
            -        | L2      | 1000.00 | D-5 11:00
        """,
    ).shows("breaks.waits_over", "group_id | stopped_on\nD1 | D-3")


def test_a_debit_of_after_midnight_in_the_file_of_the_day_before_is_of_its_own_day() -> None:
    after_midnight = ONCE_TAKEN.replace("2026-03-05 10:00", "2026-03-06 00:10")
    assert listed_on(after_midnight, ONCE_BOOKED) == ["06"]
    both = ONCE_TAKEN + "D2 | debit | - | O1 | 5.00 | 2026-03-05 10:30 | 2026-03-05\n"
    assert listed_on(both, ONCE_BOOKED) == ["06"]


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


def test_a_last_debit_of_one_cent_is_waited_for_as_long() -> None:
    a_cent_more = """
        channel_ref | order_no | amount  | happened_at      | settle_date
        D1          | O1       | 1000.00 | 2026-03-05 10:00 | 2026-03-05
        D2          | O1       | 0.01    | 2026-03-06 12:00 | 2026-03-06
    """
    assert listed_on(a_cent_more, ONCE_BOOKED) == ["05", "07"]


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


def test_every_group_has_its_own_wait_and_only_those_that_waited_have_one() -> None:
    given(
        channels="""
            channel  | posting_window_hours | amount_tolerance
            alipay   | 24                   | 0.00
            unionpay | 72                   | 0.00
        """,
        instalments="loan_id | instalment_no\nL6 | 1\nL12 | 1",
        debit_orders="""
            order_no | loan_id | channel  | amount  | requested_at
            O1       | L1      | alipay   | 1000.00 | D-4 00:00
            O2       | L2      | alipay   | 1000.00 | D-4 09:00
            O3       | L3      | unionpay | 1000.00 | D-4 09:00
            O4       | L4      | unionpay | 1000.00 | D-4 09:00
            O5       | L5      | alipay   | 1000.00 | D-4 09:00
            O61      | L6      | alipay   | 600.00  | D-4 09:00
            O62      | L6      | alipay   | 400.00  | D-4 09:00
            O7       | L7      | alipay   | 1000.00 | D 09:00
            O8       | L8      | alipay   | 0.01    | D-4 09:00
            O9       | L9      | unionpay | 1000.00 | D-4 09:00
            O10      | L10     | unionpay | 1000.00 | D-4 09:00
            O11      | L11     | alipay   | 1000.00 | D-4 00:00
            O121     | L12     | unionpay | 600.00  | D-4 09:00
            O122     | L12     | unionpay | 400.00  | D-4 09:00
        """,
        settlement="""
    channel  | channel_ref | kind   | order_no | original_ref | amount  | happened_at | settle_date
    alipay   | D1          | debit  | O1       | -            | 1000.00 | D-4 00:00   | D-4
    alipay   | D2          | debit  | O2       | -            | 1000.00 | D-4 10:00   | D-2
    unionpay | D3          | debit  | O3       | -            | 1000.00 | D-4 10:00   | D-4
    unionpay | D4          | debit  | O4       | -            | 1000.00 | D-4 10:00   | D-4
    unionpay | F41         | refund | -        | D4           | 300.00  | D-3 10:00   | D-3
    unionpay | F42         | refund | -        | D4           | 100.00  | D-2 10:00   | D-2
    alipay   | D51         | debit  | O5       | -            | 1000.00 | D-4 10:00   | D-4
    alipay   | D52         | debit  | O5       | -            | 1000.00 | D-3 12:00   | D-3
    alipay   | F51         | refund | -        | D52          | 1200.00 | D-3 13:00   | D-3
    alipay   | F52         | refund | -        | D51          | 100.00  | D-1 09:00   | D-1
    alipay   | D61         | debit  | O61      | -            | 600.00  | D-4 10:00   | D-4
    alipay   | D62         | debit  | O62      | -            | 400.00  | D-3 10:00   | D-3
    alipay   | F61         | refund | O61      | -            | 100.00  | D-1 10:00   | D-1
    alipay   | D7          | debit  | O7       | -            | 1000.00 | D 10:00     | D
    alipay   | D8          | debit  | O8       | -            | 0.01    | D-4 10:00   | D-4
    unionpay | D9          | debit  | O9       | -            | 1000.00 | D-4 10:00   | D-4
    unionpay | F9          | refund | -        | D9           | 100.00  | D-1 10:00   | D-1
    unionpay | D101        | debit  | O10      | -            | 1000.00 | D-4 10:00   | D-4
    unionpay | D102        | debit  | O10      | -            | 1000.00 | D-4 10:00   | D-4
    unionpay | F10         | refund | -        | D102         | 1300.00 | D-4 11:00   | D-4
    alipay   | D111        | debit  | O11      | -            | 1000.00 | D-4 00:00   | D-4
    alipay   | D112        | debit  | O11      | -            | 1000.00 | D-4 12:00   | D-4
    alipay   | F11         | refund | O11      | -            | 1000.00 | D-4 13:00   | D-4
    unionpay | D121        | debit  | O121     | -            | 600.00  | D-4 10:00   | D-4
    unionpay | D122        | debit  | O122     | -            | 400.00  | D-4 10:00   | D-4
    unionpay | F12         | refund | O122     | -            | 700.00  | D-4 11:00   | D-4
        """,
        postings="""
            posting_id | order_no | loan_id | channel  | amount  | posted_at
            P1         | O1       | L1      | alipay   | 700.00  | D-4 11:00
            P2         | O2       | L2      | alipay   | 700.00  | D-4 11:00
            P31        | O3       | L3      | unionpay | 700.00  | D-4 11:00
            P32        | O3       | L3      | unionpay | 300.00  | D-3 11:00
            P4         | O4       | L4      | unionpay | 700.00  | D-4 11:00
            P5         | O5       | L5      | alipay   | 700.00  | D-4 11:00
            P6         | O61      | L6      | alipay   | 700.00  | D-4 11:00
            P7         | O7       | L7      | alipay   | 700.00  | D 11:00
            P8         | O8       | L8      | alipay   | 0.05    | D-4 11:00
            P9         | O9       | L9      | unionpay | 1000.00 | D-4 11:00
            P10        | O10      | L10     | unionpay | 700.00  | D-4 11:00
            P11        | O11      | L11     | alipay   | 700.00  | D-4 11:00
            P12        | O121     | L12     | unionpay | 300.00  | D-4 11:00
        """,
    ).shows(
        "breaks.waits_over",
        """
        group_id | stopped_on
        D3       | D-3
        D4       | D-1
        D51      | D-3
        D61      | D-2
        D8       | D-3
        D101     | D-1
        D121     | D-1
        """,
    )


def test_a_group_holds_what_is_of_its_own_orders_alone_and_until_it_was_undone() -> None:
    given(
        debit_orders="""
            order_no | channel | loan_id | requested_at
            O1       | alipay  | L1      | D-4 09:00
            O2       | alipay  | L2      | D-4 09:00
            O3       | alipay  | L3      | D 09:00
        """,
        settlement="""
    channel  | channel_ref | kind   | order_no | original_ref | amount | happened_at | settle_date
    alipay   | D1          | debit  | O1       | -            | 9.00   | D-4 10:00   | D-3
    alipay   | D2          | debit  | O2       | -            | 9.00   | D-4 00:00   | D-4
    alipay   | D3          | debit  | O3       | -            | 9.00   | D 10:00     | D
    alipay   | F1          | refund | O2       | D1           | 1.00   | D-2 10:00   | D-1
    unionpay | D1          | debit  | O1       | -            | 9.00   | D-4 10:00   | D-4
    unionpay | F2          | refund | O1       | -            | 1.00   | D-2 10:00   | D-2
    unionpay | F3          | refund | -        | D1           | 1.00   | D-2 10:00   | D-2
        """,
        postings="""
            posting_id | lender  | loan_id | kind      | reverses | order_no | channel  | posted_at
            P1         | kakadai | L1      | repayment | -        | O1       | alipay   | D-4 11:00
            P2         | kakadai | L1      | repayment | -        | O1       | alipay   | D-4 12:00
            P3         | kakadai | L1      | reversal  | P2       | -        | -        | D-2 09:00
            P4         | kakadai | L1      | reversal  | P2       | -        | -        | D-1 09:00
            P2         | other   | L1      | repayment | -        | O1       | alipay   | D-4 13:00
            P5         | kakadai | L2      | repayment | -        | O2       | alipay   | D-4 13:00
            P6         | kakadai | L9      | repayment | -        | O1       | unionpay | D-4 13:00
            P7         | kakadai | L3      | repayment | -        | O3       | alipay   | D 11:00
            P8         | kakadai | L3      | repayment | -        | O3       | alipay   | D 11:30
        """,
    ).shows(
        "breaks.group_history",
        """
        entry_id | group_id | amount  | due_on | counts_from | counts_until
        D1       | D1       |    9.00 | D-3    | D-3         | D-1
        D1       | D1       |    8.00 | D-3    | D-1         | -
        D1~2     | D1~2     |    9.00 | D-3    | D-4         | D-2
        D1~2     | D1~2     |    7.00 | D-3    | D-2         | -
        D2       | D2       |    9.00 | D-4    | D-4         | -
        P1       | D1       | 1000.00 | -      | D-4         | -
        P2       | D1       | 1000.00 | -      | D-4         | D-2
        P2~2     | D1       | 1000.00 | -      | D-4         | -
        P5       | D2       | 1000.00 | -      | D-4         | -
        P6       | D1~2     | 1000.00 | -      | D-4         | -
        """,
    )


def test_a_sum_of_debits_waits_until_the_last_refund_that_made_it_agree() -> None:
    given(
        debit_orders="""
            order_no | amount | requested_at
            O1       | 6.00   | D-5 09:00
            O2       | 6.00   | D-5 09:30
        """,
        settlement="""
            channel_ref | kind   | order_no | original_ref | amount | happened_at
            D1          | debit  | O1       | -            | 6.00   | D-5 10:00
            D2          | debit  | O2       | -            | 6.00   | D-5 10:30
            F1          | refund | -        | D1           | 1.00   | D-3 10:00
            F2          | refund | -        | D2           | 1.00   | D-2 10:00
        """,
        postings="order_no | amount | posted_at\n- | 10.00 | D-5 11:00",
    ).shows("breaks.waits_over", "group_id | stopped_on\nD1 | D-2")


def test_a_refund_that_leaves_others_in_doubt_is_no_wait_of_a_pair_beside_them() -> None:
    drawn = {
        # the channel's file comes first, so the doubt is numbered as D1
        "files": "file_date\nD-1",
        "debit_orders": "order_no | instalment_no\nO1 | 1\nO2 | 2\nO3 | 3",
        "settlement": """
            channel_ref | order_no | kind   | original_ref | amount  | happened_at | settle_date
            D1          | O1       | debit  | -            | 1000.00 | D-1 10:00   | D-1
            D2          | O2       | debit  | -            | 1100.00 | D-1 11:00   | D-1
            F2          | O2       | refund | D2           | 100.00  | D 09:00     | D
            D3          | O3       | debit  | -            | 1000.00 | D-1 11:00   | D-1
        """,
        "postings": """
            posting_id | instalment_no | posted_at
            P1         | 1             | D-1 10:01
            P2         | 4             | D-1 12:00
        """,
    }
    given(**drawn).shows(
        "matching.passes",
        """
        entry_id | group_id
        D1       | D1
        P1       | D1
        D2       | -D1
        D3       | -D1
        P2       | -D1
        """,
    ).shows_nothing("breaks.waits_over").shows_nothing("reports.matches")
