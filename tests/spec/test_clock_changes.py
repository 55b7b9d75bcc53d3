"""A posting window lasts hours that pass, also where clocks are put forward and back.

In New York the hour after 2026-03-08 02:00 is left out, and the hour after 2026-11-01 01:00
comes twice. A window of 24 hours ends an hour later by the clock in spring, an hour earlier
in autumn.
"""

import pytest

from tests.spec.harness import given

NEW_YORK = "America/New_York"
SHANGHAI = "Asia/Shanghai"

ACROSS = [
    (NEW_YORK, "2026-03-07 12:00:00", "2026-03-08 13:00:00"),
    (NEW_YORK, "2026-10-31 12:00:00", "2026-11-01 11:00:00"),
    (SHANGHAI, "2026-03-07 12:00:00", "2026-03-08 12:00:00"),
    (SHANGHAI, "2026-10-31 12:00:00", "2026-11-01 12:00:00"),
]
"""A debit, and the last second in which a posting is in time."""

AT_THE_CHANGE = [
    # neither window has the change in it
    (NEW_YORK, "2026-03-07 01:59:59", "2026-03-08 01:59:59"),
    (NEW_YORK, "2026-03-07 02:00:00", "2026-03-08 03:00:00"),
    (NEW_YORK, "2026-03-08 03:00:00", "2026-03-09 03:00:00"),
    (NEW_YORK, "2026-10-31 01:59:59", "2026-11-01 01:59:59"),
    (NEW_YORK, "2026-11-01 02:00:00", "2026-11-02 02:00:00"),
    # the last is of an hour that comes twice, and means the first of the two
    (NEW_YORK, "2026-03-08 01:59:59", "2026-03-09 02:59:59"),
    (NEW_YORK, "2026-11-01 01:30:00", "2026-11-02 00:30:00"),
    # a window that ends in the second coming of an hour lasts until the hour is over
    (NEW_YORK, "2026-10-31 02:30:00", "2026-11-01 02:00:00"),
    (NEW_YORK, "2026-10-31 03:00:00", "2026-11-01 02:00:00"),
]


def later(instant: str) -> str:
    """The next second by the clock; no instant here is the last second of its minute."""
    return instant[:-1] + str(int(instant[-1]) + 1)


@pytest.mark.parametrize(("time_zone", "taken_at", "due_at"), ACROSS + AT_THE_CHANGE)
def test_the_window_of_a_debit_ends_after_so_many_hours_have_passed(
    time_zone: str, taken_at: str, due_at: str
) -> None:
    given(
        time_zone=time_zone,
        business_date="2026-11-10",
        settlement=f"channel_ref | happened_at\nD1 | {taken_at}",
    ).shows("staging.debits", f"entry_id | posting_due_at\nD1 | {due_at}")


@pytest.mark.parametrize(("time_zone", "refunded_at", "due_at"), ACROSS + AT_THE_CHANGE)
def test_a_reversal_is_due_after_so_many_hours_have_passed_since_the_money_was_given_back(
    time_zone: str, refunded_at: str, due_at: str
) -> None:
    given(
        time_zone=time_zone,
        business_date="2026-11-10",
        settlement=f"""
            channel_ref | kind   | order_no | original_ref | happened_at
            D1          | debit  | O1       | -            | 2026-03-01 08:00:00
            F1          | refund | O1       | D1           | {refunded_at}
        """,
    ).shows("breaks.reversed_orders", f"order_no | reversal_due_at\nO1 | {due_at}")


@pytest.mark.parametrize(("time_zone", "taken_at", "due_at"), ACROSS)
@pytest.mark.parametrize("puts_away", [False, True])
def test_a_posting_is_late_once_more_hours_have_passed(
    time_zone: str, taken_at: str, due_at: str, puts_away: bool
) -> None:
    given(
        time_zone=time_zone,
        business_date="2026-11-10",
        puts_away=puts_away,
        loans="loan_id\nL1\nL2",
        instalments=f"""
            loan_id | instalment_no | due_date
            L1      | 1             | {taken_at[:10]}
            L2      | 1             | {taken_at[:10]}
        """,
        debit_orders=f"""
            order_no | loan_id | requested_at
            O1       | L1      | {taken_at}
            O2       | L2      | {taken_at}
        """,
        settlement=f"""
            order_no | happened_at
            O1       | {taken_at}
            O2       | {taken_at}
        """,
        postings=f"""
            order_no | loan_id | posted_at       | value_date
            O1       | L1      | {due_at}        | {taken_at[:10]}
            O2       | L2      | {later(due_at)} | {taken_at[:10]}
        """,
    ).shows("breaks.posted_late", "entry_id\nP2").shows(
        "staging.quiet_orders", "entry_id\nalipay/O1" if puts_away else "entry_id"
    )


BY_LOAN_AND_AMOUNT = [
    (NEW_YORK, "2026-03-07 12:00:00", "2026-03-08 13:00:00"),
    (NEW_YORK, "2026-10-31 12:00:00", "2026-11-01 11:00:00"),
    (NEW_YORK, "2026-10-31 01:30:00", "2026-11-01 01:30:00"),
    (SHANGHAI, "2026-03-07 12:00:00", "2026-03-08 12:00:00"),
]


@pytest.mark.parametrize(("time_zone", "earlier", "last"), BY_LOAN_AND_AMOUNT)
@pytest.mark.parametrize("is_posted_first", [False, True])
def test_a_pair_by_loan_and_amount_is_apart_by_no_more_hours_than_pass_in_the_window(
    time_zone: str, earlier: str, last: str, is_posted_first: bool
) -> None:
    def pair(taken_at: str, posted_at: str) -> dict[str, str]:
        return {
            "loans": "loan_id\nL1",
            "debit_orders": f"order_no | loan_id | requested_at\nO1 | L1 | {taken_at}",
            "settlement": f"order_no | happened_at\nO1 | {taken_at}",
            "postings": f"order_no | loan_id | posted_at\n- | L1 | {posted_at}",
        }

    def turned(one: str, other: str) -> dict[str, str]:
        return pair(other, one) if is_posted_first else pair(one, other)

    place = {"time_zone": time_zone, "business_date": "2026-11-10"}
    relation = "matching.by_loan_and_amount"
    given(**place, **turned(earlier, last)).shows(relation, "entry_id\nD1\nP1")
    given(**place, **turned(earlier, later(last))).shows_nothing(relation)


def fitted(taken_at: str, posted_at: str) -> dict[str, str]:
    """A debit and a posting that were of one amount until some of it was given back."""
    return {
        "business_date": "2026-11-20",
        "debit_orders": f"order_no | requested_at\nO1 | {taken_at}",
        "settlement": f"""
            channel_ref | kind   | order_no | original_ref | amount  | happened_at
            D1          | debit  | O1       | -            | 1000.00 | {taken_at}
            F1          | refund | -        | D1           | 10.00   | 2026-11-19 10:00:00
        """,
        "postings": f"order_no | posted_at\n- | {posted_at}",
    }


@pytest.mark.parametrize(("time_zone", "earlier", "last"), BY_LOAN_AND_AMOUNT)
def test_a_pair_of_earlier_days_fitted_by_the_hours_that_passed_as_well(
    time_zone: str, earlier: str, last: str
) -> None:
    relation = "breaks.fitting_pairs"
    place = {"time_zone": time_zone}
    pair = "debit_id | posting_id | is_late\nD1 | P1 | {is_late}"
    given(**place, **fitted(earlier, last)).shows(relation, pair.format(is_late="false"))
    given(**place, **fitted(last, earlier)).shows(relation, pair.format(is_late="false"))
    given(**place, **fitted(earlier, later(last))).shows(relation, pair.format(is_late="true"))
    given(**place, **fitted(later(last), earlier)).shows_nothing(relation)


@pytest.mark.parametrize(
    ("time_zone", "last"), [(NEW_YORK, "2026-11-14 10:00:00"), (SHANGHAI, "2026-11-14 11:00:00")]
)
def test_a_day_of_those_that_a_posting_may_come_later_has_its_hours(
    time_zone: str, last: str
) -> None:
    taken_at = "2026-10-15 11:00:00"
    pair = "debit_id | posting_id\nD1 | P1"
    given(time_zone=time_zone, **fitted(taken_at, last)).shows("breaks.fitting_pairs", pair)
    given(time_zone=time_zone, **fitted(taken_at, later(last))).shows_nothing(
        "breaks.fitting_pairs"
    )


@pytest.mark.parametrize(
    ("time_zone", "requested_at", "business_date"),
    [
        (NEW_YORK, "2026-03-07 23:00:00", "2026-03-08"),
        (NEW_YORK, "2026-11-01 01:00:00", "2026-11-01"),
        (SHANGHAI, "2026-03-08 00:00:00", "2026-03-08"),
    ],
)
def test_an_order_is_unknown_once_the_hours_of_the_window_have_passed(
    time_zone: str, requested_at: str, business_date: str
) -> None:
    def asked(at: str) -> dict[str, str]:
        return {
            "loans": "loan_id\nL1",
            "debit_orders": f"order_no | status | requested_at\nO1 | unknown | {at}",
        }

    place = {"time_zone": time_zone, "business_date": business_date}
    relation = "breaks.debit_outcome_unknown"
    given(**place, **asked(requested_at)).shows(
        relation, f"entry_id | true_since\nalipay/O1 | {business_date}"
    )
    given(**place, **asked(later(requested_at))).shows_nothing(relation)


@pytest.mark.parametrize("at", ["2026-03-08 03:00:00", "2026-11-01 02:00:00"])
def test_a_pair_in_the_very_second_of_the_change_is_a_pair(at: str) -> None:
    given(
        time_zone=NEW_YORK,
        business_date="2026-11-10",
        loans="loan_id\nL1",
        debit_orders=f"order_no | loan_id | requested_at\nO1 | L1 | {at}",
        settlement=f"order_no | happened_at\nO1 | {at}",
        postings=f"loan_id | posted_at\nL1 | {at}",
    ).shows("matching.by_loan_and_amount", "entry_id\nD1\nP1")


@pytest.mark.parametrize(
    "at",
    ["2026-03-07 02:00:00", "2026-03-08 03:00:00", "2026-10-31 02:00:00", "2026-11-01 02:00:00"],
)
def test_an_order_of_the_second_in_which_windows_change_their_length_has_one(at: str) -> None:
    given(
        time_zone=NEW_YORK,
        business_date="2026-11-10",
        loans="loan_id\nL1",
        debit_orders=f"order_no | status | requested_at\nO1 | unknown | {at}",
    ).shows("breaks.debit_outcome_unknown", "entry_id\nalipay/O1")


@pytest.mark.parametrize(
    ("posted_at", "first_day"),
    [
        ("2026-03-08 03:00:00", "2026-03-07"),
        ("2026-03-09 03:00:00", "2026-03-08"),
        ("2026-11-01 02:00:00", "2026-10-31"),
        ("2026-11-02 01:00:00", "2026-11-01"),
        ("2026-06-02 00:00:00", "2026-06-01"),
    ],
)
def test_the_range_of_a_posting_begins_a_window_before_it_whatever_the_clocks_did(
    posted_at: str, first_day: str
) -> None:
    given(
        time_zone=NEW_YORK,
        business_date="2026-11-10",
        loans="loan_id\nL1",
        postings=f"posted_at\n{posted_at}",
        debit_orders="order_no\nO9",
    ).shows("breaks.posting_channels", f"entry_id | first_clearing_day\nP1 | {first_day}")
