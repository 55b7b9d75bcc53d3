"""Contract 7: `open_since` is the first business date at whose end a break was true.

Every story is told day by day: what a day says of the break must be the first day of the
unbroken run of days, up to it, that tell of it.
"""

import pytest

from tests.spec.harness import given

DAYS = [f"2026-03-{day:02}" for day in range(5, 11)]
FILES = "relation | channel | file_date\n" + "\n".join(
    f"settlement | alipay | {day}" for day in ("2026-03-04", *DAYS)
)
RULES = "late_interest_rate_per_day | failed_debit_fee\n0.0005 | 10.00"
DUE = "instalment_no | due_date\n1 | 2026-03-05"
ORDER = "order_no | requested_at\nO1 | 2026-03-05 09:00"
TWO_ORDERS = ORDER + "\nO2 | 2026-03-05 09:30"
TAKEN = """
    channel_ref | kind   | order_no | original_ref | amount  | happened_at      | settle_date
    D1          | debit  | O1       | -            | 1000.00 | 2026-03-05 10:00 | 2026-03-05
"""
NONE_TAKEN = TAKEN.rpartition("D1 ")[0]
BOOKED = """
    posting_id | kind      | reverses | order_no | channel | amount  | posted_at
    P1         | repayment | -        | O1       | alipay  | 1000.00 | 2026-03-05 11:00
"""
NO_CHARGE = "amount\n0.00"
LATE_CHARGE = "charged_on | amount\n2026-03-06 | 5.00"


OPEN_ENTRIES = ("duplicate_debit", "debit_not_posted", "posting_without_debit")


def first_day(category: str, entry: str, **drawn: str) -> str | None:
    """The day of March that the last day says, having asked that every day says the same.

    None when the last day does not tell of it.
    """
    drawn = {"instalments": DUE, "files": FILES} | drawn
    relation = "open_findings" if category in OPEN_ENTRIES else category
    said = {
        day: next(
            (
                row["true_since"].isoformat()
                for row in given(business_date=day, **drawn).rows(f"breaks.{relation}")
                if row["entry_id"] == entry and row.get("category", category) == category
            ),
            None,
        )
        for day in DAYS
    }
    first = None
    for day in DAYS:
        first = None if said[day] is None else (first or day)
        assert said[day] == first, said
    return first and first.removeprefix("2026-03-")


def back(amount: str, at: str, settle_date: str = "", ref: str = "D1") -> str:
    """A refund on a day of March, told by the file of that day or of a later one."""
    told = settle_date or at
    return f"F{ref}{at} | refund | - | {ref} | {amount} | 2026-03-{at} 09:00 | 2026-03-{told}\n"


def undone(posting: str, at: str) -> str:
    return f"U{posting} | reversal | {posting} | - | - | 1000.00 | 2026-03-{at} 12:00\n"


def debit(ref: str, order: str, at: str, amount: str = "1000.00", settle_date: str = "") -> str:
    told = settle_date or at[:2]
    return f"{ref} | debit | {order} | - | {amount} | 2026-03-{at} | 2026-03-{told}\n"


def posting(
    name: str, order: str, at: str, amount: str = "1000.00", channel: str = "alipay"
) -> str:
    return f"{name} | repayment | - | {order} | {channel} | {amount} | 2026-03-{at}\n"


CASH = BOOKED.replace("O1       | alipay ", "-        | -      ")


@pytest.mark.parametrize(
    ("settlement", "postings", "day"),
    [
        (TAKEN + back("300.00", "09"), BOOKED, "09"),
        (TAKEN + back("300.00", "07", "09"), BOOKED, "09"),
        (TAKEN, BOOKED + posting("P2", "O1", "08 09:00", "5.00"), "08"),
        (
            TAKEN,
            BOOKED.replace("1000.00", "600.00") + posting("P2", "O1", "08 09:00", "300.00"),
            "06",
        ),
        (TAKEN, BOOKED + posting("P2", "O1", "05 12:00", "5.00") + undone("P1", "08"), "06"),
        (
            TAKEN + back("300.00", "08"),
            BOOKED + undone("P1", "09") + posting("P2", "O1", "09 13:00", "800.00"),
            "08",
        ),
        # booked twice is another break, until the debit is no longer what was booked
        (TAKEN + back("300.00", "09"), BOOKED + posting("P2", "O1", "05 12:00"), "09"),
        # both sides were gone, until money was drawn again
        (
            TAKEN.replace("D1 ", "D0 ")
            + back("1000.00", "06", ref="D0")
            + debit("D1", "O1", "07 08:00", "900.00"),
            BOOKED,
            "08",
        ),
        # until its file came the group began with another debit, given back that day
        (
            TAKEN.replace("D1 ", "D0 ")
            + back("1000.00", "08", ref="D0")
            + debit("D1", "O1", "05 10:30", settle_date="08"),
            BOOKED.replace("1000.00", "600.00"),
            "08",
        ),
        # both were known at once, after the window
        (
            NONE_TAKEN + debit("D1", "O1", "05 10:00", settle_date="08") + back("10.00", "09"),
            BOOKED.replace("1000.00 | 2026-03-05", "900.00 | 2026-03-08"),
            "08",
        ),
        # the second was a duplicate, until it was given back, and a part of the first with it
        (
            TAKEN
            + debit("D2", "O1", "05 10:30")
            + "F1 | refund | O1 | X | 1050.00 | 2026-03-08 09:00 | 2026-03-08",
            BOOKED,
            "08",
        ),
    ],
)
def test_sums_differ_since_the_day_that_made_them(
    settlement: str, postings: str, day: str | None
) -> None:
    assert (
        first_day(
            "amount_differs",
            "D1",
            debit_orders=ORDER,
            settlement=settlement,
            postings=postings,
        )
        == day
    )


# what is booked of O2: what its first debit took, or so much that all agrees by chance
@pytest.mark.parametrize("booked", ["400.00", "200.00"])
def test_sums_differ_since_a_debit_and_a_posting_are_no_duplicates_any_more(booked: str) -> None:
    drawn = {
        "debit_orders": """
            order_no | amount | requested_at
            O1       | 600.00 | 2026-03-05 09:00
            O2       | 400.00 | 2026-03-05 09:30
        """,
        "settlement": TAKEN.replace("1000.00", "600.00 ")
        + debit("D2", "O2", "05 10:05", "400.00")
        + debit("D3", "O2", "05 10:10", "400.00")
        + back("100.00", "08"),
        "postings": BOOKED.replace("1000.00", "600.00 ")
        + posting("P2", "O1", "05 12:00", "600.00")
        + posting("P3", "O2", "05 12:00", booked),
    }
    assert first_day("amount_differs", "D1", **drawn) == "08"


@pytest.mark.parametrize(
    ("drawn", "day"),
    [
        # given back: from then on it is late
        (
            {
                "debit_orders": ORDER,
                "settlement": TAKEN + back("1000.00", "08"),
                "postings": BOOKED + undone("P1", "08"),
            },
            "08",
        ),
        ({"debit_orders": ORDER, "settlement": TAKEN + back("0.01", "07", "08")}, "08"),
        # nobody asked for it, until it was paid over the counter
        ({"postings": CASH.replace("-05 11:00", "-08 11:00")}, "08"),
        # paid over the counter, until that was undone
        (
            {
                "debit_orders": ORDER.replace("O1", "O1") + " \n",
                "settlement": TAKEN.replace("D1 ", "D9 ") + back("1000.00", "05", ref="D9"),
                "postings": CASH + undone("P1", "09"),
            },
            "09",
        ),
        # the order fell into an outage, until the channel's file told of its money
        (
            {
                "debit_orders": ORDER,
                "channel_outages": "starts_at | ends_at\n2026-03-05 08:00 | 2026-03-05 10:00",
                "settlement": TAKEN.replace("-05 10:00 | 2026-03-05", "-06 10:00 | 2026-03-08"),
            },
            "08",
        ),
        # the channel said that it had failed, until it told of money
        (
            {
                "debit_orders": ORDER,
                "settlement": """
                    channel_ref | order_no | outcome   | happened_at      | settle_date
                    D1          | O1       | failed    | 2026-03-05 10:00 | 2026-03-05
                    D2          | O1       | succeeded | 2026-03-06 10:00 | 2026-03-08
                """,
            },
            "08",
        ),
        # nobody knew what became of it, until the channel told of money
        (
            {
                "debit_orders": ORDER.replace("requested_at", "requested_at     | status").replace(
                    "09:00", "09:00 | unknown"
                ),
                "settlement": TAKEN.replace("-05 10:00 | 2026-03-05", "-06 10:00 | 2026-03-08"),
            },
            "08",
        ),
        # a day on which what was charged was right
        (
            {
                "debit_orders": ORDER.replace("requested_at", "requested_at     | status").replace(
                    "09:00", "09:00 | failed"
                ),
                "charges": "charged_on | amount\n2026-03-06 | 10.50\n2026-03-09 | 50.00",
            },
            "08",
        ),
    ],
)
def test_charges_differ_since_the_day_that_made_it_late_and_left_it_unexplained(
    drawn: dict[str, str], day: str
) -> None:
    drawn = {"charge_rules": RULES, "charges": LATE_CHARGE} | drawn
    assert first_day("charge_differs", "L1/1", **drawn) == day


@pytest.mark.parametrize(
    ("drawn", "day"),
    [
        ({"settlement": TAKEN}, "06"),
        # a later file shows that the money was there in time
        ({"settlement": TAKEN.replace("| 2026-03-05\n", "| 2026-03-08\n")}, "08"),
        # until then the order's own fate explained it
        (
            {
                "settlement": TAKEN.replace("| 2026-03-05\n", "| 2026-03-08\n"),
                "channel_outages": "starts_at | ends_at\n2026-03-05 08:00 | 2026-03-05 10:00",
            },
            "06",
        ),
        # given back and taken again from before the due date's end
        (
            {
                "settlement": TAKEN
                + back("500.00", "07")
                + debit("D2", "O1", "05 11:00", "500.00", "09"),
            },
            "09",
        ),
    ],
)
def test_it_is_wrongly_overdue_since_it_was_known_to_be_in_time_or_explained(
    drawn: dict[str, str], day: str
) -> None:
    drawn = {"debit_orders": ORDER, "charges": LATE_CHARGE} | drawn
    assert first_day("wrongly_overdue", "L1/1", **drawn) == day


HELD = "as_of | days_past_due | app_status\n"


@pytest.mark.parametrize(
    ("statuses", "charges", "day"),
    [
        # no longer held against it, but charged by then
        ("2026-03-07 | 2 | overdue\n2026-03-08 | 0 | overdue", "2026-03-08", "07"),
        ("2026-03-07 | 2 | overdue\n2026-03-09 | 0 | paid", "2026-03-08", "07"),
        # another due date's, or nobody's, for a day
        ("2026-03-06 | 1 | overdue\n2026-03-07 | 1 | overdue", "2026-03-09", "09"),
        ("2026-03-06 | 1 | overdue\n2026-03-07 | 2 | paid\n2026-03-08 | 0 | paid", "", None),
        ("2026-03-06 | 1 | overdue\n2026-03-07 | 0 | paid\n2026-03-08 | 3 | due", "", "08"),
        ("2026-03-08 | 3 | overdue", "2026-03-07", "07"),
    ],
)
def test_it_is_treated_as_late_since_charges_or_statuses_held_it_late_without_a_gap(
    statuses: str, charges: str, day: str | None
) -> None:
    drawn = {"debit_orders": ORDER, "settlement": TAKEN, "account_status": HELD + statuses}
    if charges:
        drawn["charges"] = LATE_CHARGE.replace("2026-03-06", charges)
    assert first_day("wrongly_overdue", "L1/1", **drawn) == day


CLEARED_NEXT_DAY = TAKEN.replace("-05 10:00 | 2026-03-05", "-07 23:20 | 2026-03-08")


@pytest.mark.parametrize(
    ("posted_at", "order_no", "settlement", "undone_at", "day"),
    [
        # after the cut-off: until the file of the next day its debit could still come
        ("07 23:30", "-", "", "", "07"),
        ("07 22:30", "-", "", "", "08"),
        # and it came
        ("07 23:30", "O1", CLEARED_NEXT_DAY, "", "07"),
        ("07 22:30", "O1", CLEARED_NEXT_DAY, "", "08"),
        ("07 23:30", "-", CLEARED_NEXT_DAY, "", "07"),
        # or the posting was undone
        ("07 23:30", "-", "", "08", "07"),
        ("07 22:30", "-", "", "08", "08"),
        # the debit of its order was seen that day, and given back
        ("07 23:30", "O1", TAKEN + back("1000.00", "05"), "", "08"),
        ("07 23:30", "O1", TAKEN.replace("O1 ", "O2 ") + back("1000.00", "05"), "", "07"),
    ],
)
def test_a_posting_in_transit_covered_while_its_debit_could_still_come(
    posted_at: str, order_no: str, settlement: str, undone_at: str, day: str
) -> None:
    booked = f"""
        posting_id | kind      | reverses | order_no   | channel | posted_at            | value_date
        P1         | repayment | -        | {order_no} | alipay  | 2026-03-{posted_at} | 2026-03-06
    """
    if undone_at:
        booked += f"U1 | reversal | P1 | - | - | 2026-03-{undone_at} 12:00 | 2026-03-{undone_at}"
    drawn = {
        "channels": "channel | cut_off\nalipay | 23:00",
        "instalments": DUE.replace("05", "07"),
        "debit_orders": TWO_ORDERS.replace("03-05", "03-08"),
        "postings": booked,
        "charges": LATE_CHARGE,
        "channel_outages": "starts_at | ends_at\n2026-03-08 08:00 | 2026-03-08 10:00",
    }
    if settlement:
        drawn["settlement"] = settlement
    assert first_day("wrongly_overdue", "L1/1", **drawn) == day


def test_a_posting_in_transit_covers_since_another_one_took_the_debit_it_was_booked_with() -> None:
    drawn = {
        "files": FILES.replace("settlement | alipay | 2026-03-05\n", ""),
        "debit_orders": ORDER,
        "settlement": TAKEN.replace("1000.00", "500.00 ").replace("| 2026-03-05\n", "| 2026-03-06"),
        "postings": """
            posting_id | order_no | channel | amount | posted_at        | value_date
            P1         | -        | alipay  | 500.00 | 2026-03-06 00:30 | 2026-03-05
            P2         | O1       | alipay  | 500.00 | 2026-03-08 09:00 | 2026-03-08
        """,
        "charges": LATE_CHARGE,
    }
    assert first_day("wrongly_overdue", "L1/1", **drawn) == "08"


def test_an_instalment_is_unpaid_since_the_last_reversal_that_left_it_so() -> None:
    again = CASH + undone("P1", "07") + posting("P2", "-", "07 13:00", channel="-")
    for booked, day in (
        (CASH + undone("P1", "08"), "08"),
        (again + undone("P2", "09"), "09"),
        (CASH.replace("1000.00", "999.00") + undone("P1", "08"), "05"),
    ):
        assert first_day("debit_not_attempted", "L1/1", postings=booked) == day
        short = "order_no | amount | requested_at\nO1 | 400.00 | 2026-03-05 09:00\n"
        orders = short + "O2 | 300.00 | 2026-03-05 09:30"
        assert first_day("split_incomplete", "L1/1", postings=booked, debit_orders=orders) == day


@pytest.mark.parametrize(
    ("postings", "day"),
    [
        (CASH + undone("P1", "08"), "08"),
        (CASH.replace("1000.00", "999.00") + undone("P1", "08"), "06"),
        (CASH + undone("P1", "08") + posting("P2", "-", "05 13:00", "1.00", "-"), "08"),
        (
            CASH.replace("1000.00", "999.00")
            + undone("P1", "09")
            + posting("P2", "-", "05 13:00", "1.00", "-")
            + undone("P2", "08"),
            "08",
        ),
        (CASH.replace("-05 11:00", "-06 11:00") + undone("P1", "08"), "06"),
    ],
)
def test_the_first_order_was_late_since_what_had_paid_before_it_was_undone(
    postings: str, day: str
) -> None:
    late = ORDER.replace("-05 09:00", "-06 09:00")
    assert first_day("debit_attempted_late", "L1/1", debit_orders=late, postings=postings) == day


UNNUMBERED = BOOKED.replace("O1      ", "-       ")


@pytest.mark.parametrize(
    ("settlement", "postings", "of_debit", "of_posting"),
    [
        (TAKEN + back("300.00", "08"), UNNUMBERED, "08", "08"),
        (TAKEN + back("300.00", "07", "09"), UNNUMBERED, "09", "09"),
        (TAKEN, UNNUMBERED + undone("P1", "08"), "08", None),
        # the posting with the number came later and took the debit
        (TAKEN, UNNUMBERED + posting("P2", "O1", "07 09:00"), None, "07"),
        # one nearer in time took it
        (
            TAKEN,
            UNNUMBERED.replace("-05 11:00", "-06 09:00") + posting("P2", "-", "05 10:01"),
            None,
            "06",
        ),
        # booked too late for the window, by other amounts, for another channel
        (TAKEN + back("300.00", "08"), UNNUMBERED.replace("1000.00", "999.99"), "06", "05"),
        (TAKEN + back("300.00", "08"), UNNUMBERED.replace("alipay", "wechatpay"), "06", None),
    ],
)
def test_two_entries_are_open_since_what_made_them_a_pair_was_gone(
    settlement: str, postings: str, of_debit: str | None, of_posting: str | None
) -> None:
    drawn = {"debit_orders": ORDER, "settlement": settlement, "postings": postings}
    assert first_day("debit_not_posted", "D1", **drawn) == of_debit
    if of_posting is not None:
        assert first_day("posting_without_debit", "P1", **drawn) == of_posting


@pytest.mark.parametrize(
    ("settlement", "postings", "day"),
    [
        (debit("D2", "O1", "05 10:30") + back("1000.00", "08", ref="D2"), "", "08"),
        (
            debit("D2", "O1", "05 10:30") + back("1000.00", "07", "08", ref="D2"),
            posting("P0", "O1", "05 10:01"),
            "06",
        ),
        # until then the amounts were not the same
        (debit("D2", "O1", "05 10:30", "5.00") + back("5.00", "08", ref="D2"), "", "08"),
        ("", posting("P0", "O1", "05 10:01", "5.00") + undone("P0", "08"), "08"),
        # undone, and so is the earlier one that took its place
        (
            debit("D2", "O1", "05 10:30"),
            posting("P0", "O1", "05 10:01") + undone("P0", "07") + posting("P9", "O1", "08 09:00"),
            None,
        ),
    ],
)
def test_a_posting_is_booked_again_since_its_order_had_no_debit_for_it(
    settlement: str, postings: str, day: str | None
) -> None:
    found = first_day(
        "duplicate_posting",
        "P2",
        debit_orders=ORDER,
        settlement=TAKEN + settlement,
        postings=BOOKED + posting("P2", "O1", "05 12:00") + postings,
    )
    assert found == day


LATE = """
    posting_id | loan_id | instalment_no | amount  | posted_at
    P1         | L1      | -             | 400.00  | 2026-03-06 11:00
"""


@pytest.mark.parametrize(
    ("second_debit", "postings", "day"),
    [
        # of two debits none was its only candidate, before a better posting came or after
        ("400.00", "P2 | L1 | 1 | 400.00 | 2026-03-08 09:00", "06"),
        # paired, until a second posting would have done as well
        ("600.00", "P2 | L1 | - | 400.00 | 2026-03-08 09:00", "08"),
        # both debits had been booked as one sum, or the debit to the borrower's other loan
        (
            "600.00",
            "P0 | L1 | 1 | 1000.00 | 2026-03-05 11:00\nP2 | L1 | 1 | 400.00 | 2026-03-08 09:00",
            "06",
        ),
        (
            "600.00",
            "P0 | L2 | 1 | 400.00 | 2026-03-05 11:00\nP2 | L1 | 1 | 400.00 | 2026-03-08 09:00",
            "06",
        ),
        # or nobody knew as which of two sums
        (
            "600.00",
            "P0 | L1 | 1 | 1000.00 | 2026-03-05 11:00\nP9 | L1 | - | 1000.00 | 2026-03-05 11:00\n"
            "P2 | L1 | 1 | 400.00 | 2026-03-08 09:00",
            "06",
        ),
    ],
)
def test_booked_after_the_window_an_entry_was_paired_while_it_had_but_one_candidate(
    second_debit: str, postings: str, day: str
) -> None:
    drawn = {
        "loans": "loan_id | borrower_ref\nL1 | B1\nL2 | B1",
        "debit_orders": TWO_ORDERS,
        "settlement": TAKEN.replace("1000.00", "400.00")
        + debit("D2", "O2", "05 10:30", second_debit),
        "postings": LATE + postings,
    }
    assert first_day("posting_without_debit", "P1", **drawn) == day


def test_a_posting_of_an_unknown_channel_was_paired_within_the_widest_window() -> None:
    drawn = {
        "channels": "channel | posting_window_hours\nalipay | 24\nunionpay | 48",
        "debit_orders": ORDER.replace("requested_at", "requested_at     | channel ").replace(
            "09:00", "09:00 | alipay  \nO9 | 2026-03-05 09:00 | unionpay"
        ),
        "settlement": TAKEN + back("300.00", "09"),
        "postings": """
            posting_id | order_no | channel | instalment_no | posted_at
            P1         | X1       | -       | -             | 2026-03-06 14:00
            P2         | X2       | -       | -             | 2026-03-07 09:00
        """,
    }
    assert first_day("posting_without_debit", "P1", **drawn) == "09"


def test_a_debit_is_a_duplicate_since_enough_of_the_earlier_ones_are_known() -> None:
    late_file = TAKEN.replace("| 2026-03-05\n", "| 2026-03-08\n") + debit("D2", "O2", "05 10:30")
    for settlement, day in (
        (late_file, "08"),
        (late_file + debit("D0", "O1", "05 09:50"), "06"),
        (TAKEN + debit("D0", "O1", "05 10:10", "5.00", "09") + debit("D2", "O2", "05 10:30"), "06"),
    ):
        drawn = {"debit_orders": TWO_ORDERS, "settlement": settlement}
        assert first_day("duplicate_debit", "D2", **drawn) == day


@pytest.mark.parametrize(
    ("settlement", "charges", "day"),
    [
        # the charge came when another debit paid for it as well
        (debit("D0", "O1", "05 09:50", "5.00", "07"), LATE_CHARGE.replace("-06", "-08"), "06"),
        # for a day it was owed
        (debit("D0", "O1", "05 09:50", "5.00", "08"), LATE_CHARGE.replace("-06", "-07"), "08"),
        # what had paid for it was given back when another debit had
        (debit("D0", "O1", "05 09:50", "1000.00", "07") + back("1000.00", "08"), NO_CHARGE, "06"),
    ],
)
def test_a_debit_is_a_duplicate_since_what_was_owed_that_day_was_paid_before(
    settlement: str, charges: str, day: str
) -> None:
    drawn = {
        "debit_orders": TWO_ORDERS,
        "settlement": TAKEN + debit("D2", "O2", "05 10:30") + settlement,
        "charges": charges,
    }
    assert first_day("duplicate_debit", "D2", **drawn) == day


def test_a_posting_of_a_sum_of_debits_is_of_another_instalment_since_all_of_it_was_booked() -> None:
    booked = "posting_id | instalment_no | amount | posted_at\nP1 | 2 | 400.00 | 2026-03-05 11:00\n"
    whole = booked + "P2 | 2 | 600.00 | 2026-03-06 09:00"
    drawn = {"debit_orders": ORDER, "settlement": TAKEN, "postings": whole}
    assert first_day("posted_to_wrong_instalment", "P1", **drawn) == "06"


def test_a_debit_lacks_its_posting_since_it_is_no_duplicate_any_more() -> None:
    twice = TAKEN + debit("D2", "O2", "05 10:30")
    for settlement, charges, day in (
        (twice, LATE_CHARGE.replace("-06", "-08"), "08"),
        (twice + back("0.01", "07", "09"), "charged_on | status\n2026-03-08 | waived", "09"),
        (twice + back("1000.00", "09", ref="D2"), LATE_CHARGE, None),
    ):
        drawn = {
            "debit_orders": TWO_ORDERS,
            "settlement": settlement,
            "postings": BOOKED,
            "charges": charges,
        }
        assert first_day("debit_not_posted", "D2", **drawn) == day


def test_a_limit_was_exceeded_since_the_file_that_shows_that_earlier_orders_took_money() -> None:
    orders = """
        order_no | amount | requested_at     | status | card_no
        O1       | 60.00  | 2026-03-05 09:00 | {}     | 622700******1234
        O2       | 60.00  | 2026-03-05 09:30 | failed | 622700******1234
    """
    loans = "loan_id | borrower_ref\nL1 | B1"
    told = TAKEN.replace("1000.00", "60.00  ").replace("| 2026-03-05\n", "| 2026-03-07\n")
    for limits in ("per_day", "per_month"):
        for status, day in (("failed", "07"), ("succeeded", "05")):
            drawn = {"loans": loans, "debit_orders": orders.format(status), "settlement": told}
            found = first_day(
                "over_bank_limit", "alipay/O2", bank_limits=f"{limits}\n100.00", **drawn
            )
            assert found == day


def test_a_limit_was_exceeded_since_as_many_earlier_orders_as_it_takes_are_known() -> None:
    orders = """
        order_no | amount | requested_at     | status    | card_no
        O0       | 60.00  | 2026-03-04 09:00 | succeeded | 622700******1234
        O1       | 60.00  | 2026-03-05 09:00 | failed    | 622700******1234
        O2       | 60.00  | 2026-03-05 09:30 | failed    | 622700******1234
    """
    told = TAKEN.replace("1000.00", "60.00  ").replace("| 2026-03-05\n", "| 2026-03-07\n")
    for limits, day in (
        ("100.00 | -", "07"),
        ("- | 150.00", "07"),
        ("- | 100.00", "05"),
        ("100.00 | 100.00", "05"),
        ("50.00 | -", "05"),
    ):
        drawn = {
            "loans": "loan_id | borrower_ref\nL1 | B1",
            "debit_orders": orders,
            "settlement": told,
            "bank_limits": f"per_day | per_month\n{limits}",
        }
        assert first_day("over_bank_limit", "alipay/O2", **drawn) == day


def test_the_outcomes_are_in_conflict_since_money_was_known_to_be_with_the_channel() -> None:
    orders = "order_no | requested_at | status\nO1 | 2026-03-05 09:00 | failed"
    for settlement, day in (
        (TAKEN.replace("| 2026-03-05\n", "| 2026-03-07\n"), "07"),
        (TAKEN + back("1000.00", "08") + debit("D2", "O1", "05 10:30", settle_date="07"), "05"),
        (TAKEN + back("1000.00", "07") + debit("D2", "O1", "05 10:30", settle_date="08"), "08"),
        (TAKEN + back("999.00", "07") + debit("D2", "O1", "05 10:30", settle_date="08"), "05"),
        # a refund counts against the order while the debit that it names is not known
        (
            TAKEN
            + back("1000.00", "06", ref="D2").replace("| - | D2", "| O1 | D2")
            + debit("D2", "O1", "05 10:30", settle_date="08"),
            "08",
        ),
        # and for good if it names none, whichever debit of the order bears it in the end
        (
            TAKEN
            + back("1000.00", "06", ref="-").replace("| - | -", "| O1 | -")
            + debit("D2", "O1", "05 10:30", settle_date="08"),
            "08",
        ),
        (
            TAKEN
            + back("1000.00", "06", ref="-").replace("| - | -", "| O1 | -")
            + debit("D2", "O1", "05 10:30", "1.00", settle_date="05"),
            "05",
        ),
    ):
        assert (
            first_day(
                "debit_status_conflict", "alipay/O1", debit_orders=orders, settlement=settlement
            )
            == day
        )


BORROWER = "borrower_ref | card_no\nB1 | 622700******1234"
STATEMENT = "entry_no | happened_at | balance | has_time | file_date\n"
REFUSED = "order_no | status | response_code | requested_at\nO1 | failed | FUNDS | 2026-03-05 09:00"
BY_LINE = """
    channel_ref | order_no | outcome   | response_code | amount | happened_at      | settle_date
    D1          | O1       | failed    | FUNDS         | 900.00 | 2026-03-05 09:00 | 2026-03-07
"""
SUCCEEDED = "D2 | O1 | succeeded | - | 900.00 | 2026-03-05 09:00 | 2026-03-08\n"


def shown(at: str, balance: str, file_date: str, has_time: str = "true") -> str:
    """An entry of a day of March, in a statement handed in on a later one."""
    return f"E{at} | 2026-03-{at} | {balance} | {has_time} | 2026-03-{file_date}\n"


@pytest.mark.parametrize(
    ("orders", "settlement", "entries", "day"),
    [
        (REFUSED, "", shown("04 09:00", "5000.00", "04"), "05"),
        (REFUSED, "", shown("04 09:00", "5000.00", "07"), "07"),
        (REFUSED, BY_LINE, shown("04 09:00", "5000.00", "04"), "05"),
        # refused by the channel, as its file told later
        (
            REFUSED.replace("failed", "unknown"),
            BY_LINE,
            shown("04 09:00", "5000.00", "04"),
            "07",
        ),
        # a later statement shows what came in between
        (REFUSED, "", shown("03 09:00", "1.00", "04") + shown("04 09:00", "5000.00", "07"), "07"),
        (REFUSED, "", shown("03 09:00", "5000.00", "04") + shown("04 09:00", "1.00", "07"), None),
        (
            REFUSED,
            "",
            shown("03 09:00", "5000.00", "04")
            + shown("04 08:00", "1.00", "06")
            + shown("04 09:00", "5000.00", "08"),
            "08",
        ),
        # what came before the last entry known changes nothing
        (REFUSED, "", shown("03 09:00", "1.00", "08") + shown("04 09:00", "5000.00", "07"), "07"),
        (
            REFUSED,
            "",
            shown("04 09:00", "1.00", "06")
            + shown("05 00:00", "5000.00", "05", "false")
            + shown("04 10:00", "5000.00", "09"),
            "09",
        ),
        (REFUSED, BY_LINE + SUCCEEDED, shown("04 09:00", "5000.00", "04"), None),
    ],
)
def test_funds_were_available_since_the_statement_that_showed_them_and_the_refusal_were_known(
    orders: str, settlement: str, entries: str, day: str | None
) -> None:
    drawn = {"debit_orders": orders, "borrower_statements": STATEMENT + entries}
    if settlement:
        drawn["settlement"] = settlement
    assert first_day("funds_were_available", "alipay/O1", loans=BORROWER, **drawn) == day


@pytest.mark.parametrize(
    ("settlement", "entries", "day"),
    [
        # gone with the file that showed its debit, of less than is due
        (BY_LINE + SUCCEEDED, shown("04 09:00", "5000.00", "07"), "08"),
        (BY_LINE, shown("03 09:00", "5000.00", "07") + shown("04 09:00", "1.00", "09"), "09"),
        (BY_LINE, shown("04 09:00", "1.00", "07"), "06"),
    ],
)
def test_funds_shown_for_a_time_explained_the_lateness_as_long(
    settlement: str, entries: str, day: str
) -> None:
    drawn = {
        "loans": BORROWER,
        "debit_orders": REFUSED,
        "settlement": settlement,
        "borrower_statements": STATEMENT + entries,
        "charge_rules": RULES,
        "charges": LATE_CHARGE.replace("5.00", "500.00"),
    }
    assert first_day("charge_differs", "L1/1", **drawn) == day


def test_a_reversal_is_missing_since_the_file_that_told_of_the_refund() -> None:
    for settlement, day in (
        (TAKEN + back("1000.00", "06"), "07"),
        (TAKEN + back("1000.00", "06", "09"), "09"),
        (
            TAKEN[: TAKEN.index("D1")]
            + debit("D1", "O1", "05 10:00", settle_date="09")
            + back("1000.00", "06"),
            "09",
        ),
    ):
        drawn = {"debit_orders": ORDER, "settlement": settlement, "postings": BOOKED}
        assert first_day("reversal_not_posted", "P1", **drawn) == day


def test_a_value_date_was_late_since_its_group_was_judged() -> None:
    booked = """
        posting_id | order_no | posted_at        | value_date | amount
        P1         | O1       | 2026-03-05 11:00 | 2026-03-06 | {}
    """
    second = debit("D2", "O1", "05 10:30", settle_date="07")
    for settlement, amount, day in (
        (TAKEN, "1000.00", "05"),
        (TAKEN, "999.00", "06"),
        # its sums agreed until the last day of the window
        (TAKEN + back("300.00", "06"), "1000.00", "05"),
        (TAKEN + second, "1000.00", "05"),
        (TAKEN + debit("D2", "O1", "05 10:30") + back("1000.00", "05", ref="D2"), "1000.00", "05"),
        (
            TAKEN + back("1000.00", "07") + debit("D2", "O1", "05 10:30", settle_date="08"),
            "1.00",
            "08",
        ),
    ):
        drawn = {"debit_orders": ORDER, "settlement": settlement}
        found = first_day("value_date_late", "P1", postings=booked.format(amount), **drawn)
        assert found == day


def test_a_posting_is_late_since_its_only_debit_is_no_duplicate_any_more() -> None:
    drawn = {
        "debit_orders": TWO_ORDERS,
        "settlement": TAKEN + debit("D2", "O2", "05 10:30"),
        "postings": """
            posting_id | order_no | posted_at        | value_date
            P2         | O2       | 2026-03-06 11:00 | 2026-03-06
        """,
        "charges": LATE_CHARGE.replace("2026-03-06", "2026-03-08"),
    }
    assert first_day("value_date_late", "P2", **drawn) == "08"
    assert first_day("posted_late", "P2", **drawn) == "08"


def test_a_posting_is_late_since_the_later_debit_is_known_to_be_a_duplicate() -> None:
    late = debit("D1", "O1", "05 10:00", settle_date="09")
    for first, day in ((TAKEN, "08"), (TAKEN.replace(TAKEN.splitlines()[-1], late), "09")):
        drawn = {
            "debit_orders": ORDER,
            "settlement": first + debit("D2", "O1", "07 10:30"),
            "postings": """
                posting_id | order_no | posted_at        | value_date
                P1         | O1       | 2026-03-07 11:00 | 2026-03-07
            """,
        }
        assert first_day("value_date_late", "P1", **drawn) == day
        assert first_day("posted_late", "P1", **drawn) == day


def test_a_posting_is_late_for_a_debit_given_back_and_in_time_for_a_later_one() -> None:
    halves = TAKEN.replace("1000.00", "500.00 ") + debit("D2", "O1", "07 10:30", "500.00")
    for settlement, booked_at, day in (
        # the second was a duplicate until the first, for which it was late as well, was gone
        (TAKEN + debit("D2", "O1", "05 10:30") + back("1000.00", "08"), "2026-03-06", "06"),
        # until the second was gone it was the last
        (halves + back("500.00", "09", ref="D2"), "2026-03-07", "09"),
    ):
        drawn = {
            "debit_orders": ORDER,
            "settlement": settlement,
            "postings": f"""
                posting_id | order_no | posted_at          | value_date
                P1         | O1       | {booked_at} 11:00  | {booked_at}
            """,
        }
        assert first_day("value_date_late", "P1", **drawn) == day
        assert first_day("posted_late", "P1", **drawn) == day


@pytest.mark.parametrize(
    ("amount", "second_at", "booked_at", "gone_on", "value_late", "posted_late"),
    [
        # its only candidate since the other one was gone
        ("500.00", "05 10:05", "07 13:00", "09", "09", "09"),
        # in time for the other one, until that was gone
        ("500.00", "06 12:00", "06 13:00", "08", "08", "08"),
        # booked in time for the other one, but valued late
        ("500.00", "05 12:00", "06 11:00", "08", "06", "08"),
        # that was a duplicate
        ("1000.00", "05 12:00", "06 11:00", "08", "08", "08"),
    ],
)
def test_a_posting_is_late_for_the_debit_it_was_paired_with_that_day(
    amount: str, second_at: str, booked_at: str, gone_on: str, value_late: str, posted_late: str
) -> None:
    drawn = {
        "debit_orders": ORDER,
        "settlement": TAKEN.replace("1000.00", amount)
        + debit("D2", "O1", second_at, amount)
        + back(amount, gone_on, ref="D2"),
        "postings": f"""
            posting_id | order_no | amount   | posted_at           | value_date
            P1         | -        | {amount} | 2026-03-{booked_at} | 2026-03-{booked_at[:2]}
        """,
    }
    assert first_day("value_date_late", "P1", **drawn) == value_late
    assert first_day("posted_late", "P1", **drawn) == posted_late


def test_a_refund_counts_against_its_order_while_the_debit_that_it_names_is_not_known() -> None:
    told = back("1000.00", "06", ref="D2").replace("| - | D2", "| O1 | D2")
    drawn = {
        "instalments": DUE + "\n2 | 2026-03-05",
        "debit_orders": ORDER,
        "settlement": TAKEN + told + debit("D2", "O1", "05 10:30", settle_date="08"),
        "postings": """
            posting_id | order_no | instalment_no | posted_at        | value_date
            P1         | O1       | 2             | 2026-03-05 11:00 | 2026-03-06
        """,
    }
    for category in ("value_date_late", "posted_to_wrong_instalment"):
        assert first_day(category, "P1", **drawn) == "08"


def test_a_debit_pairs_by_amount_once_the_posting_that_bore_its_number_is_undone() -> None:
    drawn = {
        "debit_orders": ORDER,
        "settlement": TAKEN,
        "postings": """
            posting_id | kind      | reverses | order_no | posted_at        | value_date
            P1         | repayment | -        | O1       | 2026-03-05 11:00 | 2026-03-05
            R1         | reversal  | P1       | -        | 2026-03-07 11:00 | 2026-03-07
            P2         | repayment | -        | -        | 2026-03-05 12:00 | 2026-03-06
        """,
    }
    assert first_day("value_date_late", "P2", **drawn) == "07"


def test_a_reversal_is_missing_once_every_file_of_the_postings_range_is_there() -> None:
    given(
        debit_orders="order_no | channel | requested_at\nO1 | unionpay | D-5 09:00",
        settlement="""
            channel_ref | channel  | kind   | order_no | happened_at
            D1          | unionpay | debit  | O1       | D-5 10:00
            F1          | unionpay | refund | O1       | D-5 11:00
        """,
        postings="""
            posting_id | channel  | order_no | posted_at
            P1         | unionpay | O1       | D-3 22:59
            P2         | unionpay | O1       | D-3 23:00
        """,
    ).shows("breaks.reversal_not_posted", "entry_id | true_since\nP1 | D-3\nP2 | D-2")


def test_a_reversal_is_missing_though_another_debit_given_back_is_told_of_later() -> None:
    drawn = {
        "debit_orders": ORDER,
        "settlement": TAKEN
        + "F1 | refund | O1 | - | 1000.00 | 2026-03-05 11:00 | 2026-03-05\n"
        + back("1000.00", "05", ref="D2")
        + debit("D2", "O1", "05 10:05", settle_date="09"),
        "postings": BOOKED,
    }
    assert first_day("reversal_not_posted", "P1", **drawn) == "06"


def test_a_duplicate_is_one_since_it_was_booked_also_when_that_was_undone() -> None:
    drawn = {
        "debit_orders": TWO_ORDERS,
        "settlement": TAKEN + debit("D2", "O2", "05 10:30"),
        "postings": """
            posting_id | kind      | reverses | order_no | posted_at
            P1         | repayment | -        | O2       | 2026-03-05 11:00
            R1         | reversal  | P1       | -        | 2026-03-06 11:00
        """,
    }
    assert first_day("duplicate_debit", "D2", **drawn) == "05"


@pytest.mark.parametrize(
    ("later", "day"),
    [
        (posting("P3", "-", "06 10:30"), "05"),
        (
            posting("P3", "-", "06 10:30")
            + undone("P3", "07")
            + posting("P4", "-", "07 10:00")
            + undone("P4", "08")
            + posting("P5", "-", "08 10:00"),
            "05",
        ),
        # in between it was in transit, for its window was open
        (posting("P3", "-", "07 09:00"), "07"),
        (
            posting("P3", "-", "07 09:00") + undone("P3", "08") + posting("P4", "-", "08 10:00"),
            "07",
        ),
        # in between its window was over
        (
            posting("P3", "-", "06 10:30") + undone("P3", "07") + posting("P4", "-", "09 10:00"),
            "05",
        ),
    ],
)
def test_a_duplicate_is_one_since_postings_stood_for_it_whichever_did(later: str, day: str) -> None:
    drawn = {
        "channels": "channel | posting_window_hours\nalipay | 48",
        "debit_orders": TWO_ORDERS,
        "settlement": TAKEN + debit("D2", "O2", "05 10:30"),
        "postings": BOOKED + posting("P2", "-", "05 11:00") + undone("P2", "06") + later,
    }
    assert first_day("duplicate_debit", "D2", **drawn) == day


def test_a_debit_lacks_its_posting_since_a_refund_is_known_to_be_another_debits() -> None:
    told = back("1000.00", "06", ref="D2").replace("| - | D2", "| O1 | D2")
    drawn = {
        "debit_orders": ORDER,
        "settlement": TAKEN + told + debit("D2", "O1", "05 10:30", settle_date="08"),
    }
    assert first_day("debit_not_posted", "D1", **drawn) == "08"


def test_a_posting_undone_on_its_day_parts_no_pair() -> None:
    drawn = {
        "debit_orders": ORDER,
        "settlement": TAKEN,
        "postings": """
            posting_id | kind      | reverses | order_no | posted_at        | value_date
            P2         | repayment | -        | -        | 2026-03-05 12:00 | 2026-03-06
            P1         | repayment | -        | O1       | 2026-03-07 10:00 | 2026-03-07
            R1         | reversal  | P1       | -        | 2026-03-07 11:00 | 2026-03-07
        """,
    }
    assert first_day("value_date_late", "P2", **drawn) == "05"
