"""Contract 6.2, open entries: what may still come is not a break."""

import pytest

from tests.spec.harness import given

RELATION = "breaks.in_transit"


def test_a_debit_is_in_transit_while_it_is_younger_than_the_posting_window() -> None:
    given(
        settlement="""
            channel_ref | happened_at
            D1          | D 00:00:01
            D2          | D 00:00:00
        """
    ).shows(
        RELATION,
        """
            entry_id | cause               | true_since
            D1       | posting_window_open | D
        """,
    )


def test_the_posting_window_is_that_of_the_channel_on_the_day_of_the_debit() -> None:
    given(
        channels="""
            channel | posting_window_hours | valid_from | valid_to
            alipay  | 48                   | -          | 2026-03-09
            alipay  | 12                   | 2026-03-09 | -
        """,
        settlement="""
            channel_ref | happened_at
            D1          | 2026-03-08 00:00:00
            D2          | 2026-03-08 00:00:01
            D3          | 2026-03-09 12:00:00
            D4          | 2026-03-09 12:00:01
        """,
    ).shows(RELATION, "entry_id\nD2\nD4")


def test_a_debit_that_was_given_back_in_full_is_not_in_transit() -> None:
    given(
        settlement="""
            channel_ref | kind   | original_ref
            D1          | debit  | -
            F1          | refund | D1
        """
    ).shows_nothing(RELATION)


def test_a_posting_waits_for_a_settlement_file_of_its_day_that_is_not_due_yet() -> None:
    given(
        files="""
            relation   | channel | file_date
            settlement | alipay  | D-1
        """,
        postings="""
            posting_id | posted_at
            P1         | D 11:00
            P2         | D-1 11:00
        """,
    ).shows(
        RELATION,
        """
            entry_id | cause        | true_since
            P1       | file_not_due | D
        """,
    )


def test_a_posting_waits_for_a_file_that_is_missing() -> None:
    given(
        files="""
            relation   | channel | file_date
            settlement | alipay  | D-3
            settlement | alipay  | D-2
            settlement | alipay  | D
        """,
        postings="""
            posting_id | posted_at
            P1         | D-2 23:59:59
            P2         | D-1 00:00:00
            P3         | D 23:59:59
        """,
    ).shows(
        RELATION,
        """
            entry_id | cause
            P2       | file_missing
            P3       | file_missing
        """,
    )


def test_a_file_is_missed_only_once_it_is_due() -> None:
    drawn = {
        "files": "relation | channel | file_date\nsettlement | alipay | D-3",
        "postings": "posting_id | posted_at\nP1 | D-2 11:00",
    }
    due_today = "channel | file_lag_days\nalipay | 2"
    due_tomorrow = "channel | file_lag_days\nalipay | 3"
    given(channels=due_today, **drawn).shows(RELATION, "entry_id | cause\nP1 | file_missing")
    given(channels=due_tomorrow, **drawn).shows(RELATION, "entry_id | cause\nP1 | file_not_due")


def test_the_range_goes_back_one_posting_window() -> None:
    given(
        channels="channel | posting_window_hours\nalipay | 48",
        files="""
            relation   | channel | file_date
            settlement | alipay  | D-5
            settlement | alipay  | D-3
            settlement | alipay  | D-2
            settlement | alipay  | D-1
            settlement | alipay  | D
        """,
        postings="""
            posting_id | posted_at
            P1         | D-2 23:59:59
            P2         | D-1 00:00:00
        """,
    ).shows(RELATION, "entry_id\nP1")


def test_the_range_counts_clearing_days() -> None:
    given(
        files="""
            relation   | channel  | file_date
            settlement | unionpay | D-3
            settlement | unionpay | D-2
            settlement | unionpay | D-1
        """,
        postings="""
            posting_id | channel  | posted_at
            P1         | unionpay | D-1 22:59:59
            P2         | unionpay | D-1 23:00:00
        """,
    ).shows(RELATION, "entry_id | cause\nP2 | file_not_due")


def test_a_range_of_which_one_file_is_missing_and_one_not_due_misses_a_file() -> None:
    given(
        files="""
            relation   | channel | file_date
            settlement | alipay  | D-2
        """,
        postings="posting_id | posted_at\nP1 | D 11:00",
    ).shows(RELATION, "entry_id | cause\nP1 | file_missing")


def test_days_before_the_channels_first_settle_date_seen_do_not_count() -> None:
    given(
        files="""
            relation   | channel  | file_date
            settlement | alipay   | D
            settlement | unionpay | D-5
        """,
        postings="""
            posting_id | posted_at
            P1         | D 11:00
            P2         | D-1 11:00
        """,
    ).shows_nothing(RELATION)


def test_of_a_channel_never_seen_only_files_not_due_yet_are_awaited() -> None:
    given(
        postings="""
            posting_id | posted_at
            P1         | D 11:00
            P2         | D-1 11:00
        """
    ).shows(RELATION, "entry_id | cause\nP1 | file_not_due")


def test_only_the_files_of_the_postings_own_channel_are_awaited() -> None:
    given(
        files="""
            relation   | channel  | file_date
            settlement | alipay   | D-1
            settlement | alipay   | D
            settlement | unionpay | D-5
        """,
        debit_orders="order_no | channel\nO1 | unionpay",
        postings="posting_id\nP1",
    ).shows_nothing(RELATION)


def test_a_posting_of_no_known_channel_waits_for_every_channel_of_its_lender() -> None:
    given(
        channels="""
            channel  | posting_window_hours
            alipay   | 24
            unionpay | 72
            baofoo   | 96
        """,
        files="""
            relation   | channel  | file_date
            settlement | alipay   | D-4
            settlement | alipay   | D-2
            settlement | alipay   | D-1
            settlement | alipay   | D
            settlement | unionpay | D-3
            settlement | unionpay | D-2
            settlement | unionpay | D-1
            settlement | unionpay | D
        """,
        debit_orders="""
            order_no | channel  | lender
            O1       | unionpay | kakadai
            O2       | baofoo   | bobodai
        """,
        postings="""
            posting_id | channel | order_no | posted_at
            P1         | -       | X9       | D 11:00
            P2         | alipay  | -        | D 11:00
        """,
    ).shows(RELATION, "entry_id | cause\nP1 | file_missing")


def test_a_posting_whose_debit_was_given_back_less_than_a_window_ago_is_in_transit() -> None:
    given(
        settlement="""
            channel_ref | kind     | order_no | original_ref | happened_at  | channel
            D1          | debit    | O1       | -            | D-1 08:00:00 | alipay
            D2          | debit    | O2       | -            | D-1 08:00:00 | alipay
            D3          | debit    | O3       | -            | D-1 08:00:00 | unionpay
            F1          | refund   | O1       | D1           | D 00:00:01   | alipay
            F2          | reversal | O2       | D2           | D 00:00:00   | alipay
            F3          | refund   | O3       | D3           | D 00:00:01   | unionpay
        """,
        postings="""
            posting_id | order_no
            P1         | O1
            P2         | O2
            P3         | O3
        """,
    ).shows(RELATION, "entry_id | cause\nP1 | reversal_window_open")


def test_the_last_refund_counts_for_the_age_of_a_reversal() -> None:
    given(
        settlement="""
            channel_ref | kind   | order_no | original_ref | amount  | happened_at
            D1          | debit  | O1       | -            | 1000.00 | D-2 08:00
            F1          | refund | O1       | D1           |  600.00 | D-1 08:00
            F2          | refund | O1       | D1           |  400.00 | D 08:00
        """,
        files="relation | channel | file_date\nsettlement | alipay | D",
        postings="posting_id | order_no | posted_at\nP1 | O1 | D-2 11:00",
    ).shows(RELATION, "entry_id | cause\nP1 | reversal_window_open")


@pytest.mark.parametrize(
    ("emptied_at", "waits"),
    [("D 00:00:01", "entry_id | cause\nP1 | reversal_window_open"), ("D 00:00:00", "")],
)
def test_what_is_given_back_after_nothing_was_left_does_not_begin_the_waiting_anew(
    emptied_at: str, waits: str
) -> None:
    for original_ref in ("D1", "-"):
        drawn = given(
            settlement=f"""
                channel_ref | kind     | order_no | original_ref   | amount  | happened_at
                D1          | debit    | O1       | -              | 1000.00 | D-1 08:00:00
                F1          | refund   | O1       | D1             |  400.00 | D-1 09:00:00
                F2          | reversal | O1       | {original_ref} |  900.00 | {emptied_at}
                F3          | refund   | O1       | D1             | 1000.00 | D 20:00:00
            """,
            postings="posting_id | order_no\nP1 | O1",
        )
        if waits:
            drawn.shows(RELATION, waits)
        else:
            drawn.shows_nothing(RELATION)


def test_a_debit_given_back_twice_leaves_the_other_debit_of_its_order_to_wait_for() -> None:
    given(
        settlement="""
            channel_ref | kind   | order_no | original_ref | amount  | happened_at
            D1          | debit  | O1       | -            | 1000.00 | D-2 08:00
            D2          | debit  | O1       | -            | 1000.00 | D-2 09:00
            F1          | refund | O1       | D1           | 2000.00 | D-1 08:00
            F2          | refund | O1       | -            | 1000.00 | D 08:00
        """,
        files="relation | channel | file_date\nsettlement | alipay | D",
        postings="posting_id | order_no | posted_at\nP1 | O1 | D-2 11:00",
    ).shows(RELATION, "entry_id | cause\nP1 | reversal_window_open")


def test_of_a_debit_that_took_nothing_nothing_was_given_back() -> None:
    given(
        settlement="""
            channel_ref | kind   | order_no | original_ref | amount | happened_at
            D1          | debit  | O1       | -            |   0.00 | D-1 08:00
            F1          | refund | O1       | D1           |   5.00 | D 08:00
        """,
        postings="posting_id | order_no\nP1 | O1",
    ).shows_nothing(RELATION)


def test_a_group_whose_sums_may_still_agree_is_in_transit_and_nothing_else_is_said() -> None:
    drawn = given(
        instalments="instalment_no\n1",
        debit_orders="order_no\nO1",
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D 10:00
            D2          | O1       | D 10:01
        """,
        postings="""
            posting_id | order_no | value_date | loan_id
            P1         | O1       | D+1        | L2
        """,
    )
    drawn.shows(
        RELATION,
        """
            entry_id | cause
            D1       | sums_may_still_agree
            D2       | sums_may_still_agree
            P1       | sums_may_still_agree
        """,
    )
    drawn.shows("breaks.findings", "category | entry_id")
    drawn.shows_nothing("breaks.debit_not_posted")
    drawn.shows_nothing("breaks.posting_without_debit")


def test_every_member_of_a_group_that_waits_is_in_transit() -> None:
    given(
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-3 10:00
            D2          | O1       | D 10:01
        """,
        postings="posting_id | order_no | posted_at\nP1 | O1 | D-3 11:00",
    ).shows(
        RELATION,
        """
            entry_id | cause                | true_since
            D1       | sums_may_still_agree | D-3
            D2       | sums_may_still_agree | D
            P1       | sums_may_still_agree | D-3
        """,
    )


def test_a_matched_entry_is_never_in_transit() -> None:
    given(
        settlement="channel_ref | order_no | happened_at\nD1 | O1 | D 23:59:59",
        postings="posting_id | order_no | posted_at\nP1 | O1 | D 23:59:59",
    ).shows_nothing(RELATION)


def test_what_was_agreed_with_the_channel_is_read_on_the_day_of_the_posting() -> None:
    given(
        channels="""
            channel | file_lag_days | valid_from | valid_to
            alipay  | 1             | -          | 2026-03-08
            alipay  | 3             | 2026-03-08 | -
        """,
        files="relation | channel | file_date\nsettlement | alipay | 2026-03-01",
        postings="""
            posting_id | posted_at
            P1         | 2026-03-07 23:59:59
            P2         | 2026-03-08 00:00:00
        """,
    ).shows(RELATION, "entry_id | cause\nP1 | file_missing\nP2 | file_not_due")


def test_channels_of_other_lenders_are_not_waited_for() -> None:
    given(
        files="""
            relation   | channel  | file_date
            settlement | alipay   | D-2
            settlement | alipay   | D-1
            settlement | alipay   | D
            settlement | unionpay | D-5
        """,
        debit_orders="""
            order_no | channel  | lender
            O1       | alipay   | kakadai
            O2       | unionpay | bobodai
        """,
        postings="posting_id | channel | order_no\nP1 | - | X9",
    ).shows_nothing(RELATION)


def test_of_two_reversed_debits_of_one_order_the_last_reversal_counts() -> None:
    given(
        settlement="""
            channel_ref | kind   | order_no | original_ref | happened_at
            D1          | debit  | O1       | -            | D-3 08:00
            D2          | debit  | O1       | -            | D-3 09:00
            F1          | refund | O1       | D1           | D-2 08:00
            F2          | refund | O1       | D2           | D 08:00
        """,
        files="relation | channel | file_date\nsettlement | alipay | D-4",
        postings="posting_id | order_no | posted_at\nP1 | O1 | D-3 11:00",
    ).shows(RELATION, "entry_id | cause\nP1 | reversal_window_open")


def test_a_file_before_the_first_one_seen_is_not_awaited_though_it_is_not_due() -> None:
    given(
        channels="channel | file_lag_days\nalipay | 3",
        files="relation | channel | file_date\nsettlement | alipay | D",
        postings="posted_at\nD 11:00",
    ).shows_nothing("breaks.awaited_files")


def test_the_range_of_a_posting_after_the_cut_off_is_a_day_later_at_both_ends() -> None:
    given(
        channels="channel | cut_off\nunionpay | 23:00",
        debit_orders="order_no | channel\nO1 | unionpay",
        postings="""
            posting_id | channel  | posted_at
            P1         | unionpay | D 23:00:00
            P2         | unionpay | D 22:59:59
        """,
    ).shows(
        "breaks.posting_channels",
        """
        entry_id | first_clearing_day | last_clearing_day
        P1       | D                  | D+1
        P2       | D-1                | D
        """,
    )
