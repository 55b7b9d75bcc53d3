"""Contract 6.2: matched, but to the wrong loan or instalment, too late, or dated too late."""

import pytest

from tests.spec.harness import given

ORDERS = """
    order_no | loan_id | instalment_no
    O1       | L1      | 3
    O2       | L1      | 3
    O3       | L1      | 3
    O4       | L1      | -
    O5       | L2      | 3
"""
DEBITS = """
    channel_ref | order_no | happened_at
    D1          | O1       | D-1 10:00
    D2          | O2       | D-1 10:00
    D3          | O3       | D-1 10:00
    D4          | O4       | D-1 10:00
    D5          | O5       | D-1 10:00
    D9          | X9       | D-1 10:00
"""
POSTINGS = """
    posting_id | order_no | loan_id | instalment_no | posted_at | value_date
    P1         | O1       | L1      | 3             | D-1 11:00 | D
    P2         | O2       | L1      | 4             | D-1 11:00 | D
    P3         | O3       | L1      | -             | D-1 11:00 | D
    P4         | O4       | L1      | 4             | D-1 11:00 | D
    P5         | O5       | L1      | 4             | D-1 11:00 | D
    P9         | X9       | L1      | 4             | D-1 11:00 | D
"""


def test_a_posting_to_another_loan_than_the_debit_orders_is_posted_to_the_wrong_loan() -> None:
    given(debit_orders=ORDERS, settlement=DEBITS, postings=POSTINGS).shows(
        "breaks.posted_to_wrong_loan",
        """
            entry_id | cause      | true_since
            P5       | other_loan | D-1
        """,
    )


def test_a_posting_to_another_instalment_of_the_right_loan_is_posted_to_the_wrong_one() -> None:
    given(debit_orders=ORDERS, settlement=DEBITS, postings=POSTINGS).shows(
        "breaks.posted_to_wrong_instalment",
        """
            entry_id | cause            | true_since
            P2       | other_instalment | D-1
        """,
    )


@pytest.mark.parametrize("instalment_no", ["3", "4", "-"])
def test_a_loan_of_the_same_number_of_another_lender_is_another_loan(instalment_no: str) -> None:
    given(
        debit_orders="lender | order_no | loan_id | instalment_no\nkakadai | O1 | A | 3",
        settlement="order_no | happened_at\nO1 | D-1 10:00",
        postings=f"""
            lender | posting_id | order_no | loan_id | instalment_no   | posted_at
            other  | P1         | O1       | A       | {instalment_no} | D-1 11:00
        """,
    ).shows(
        "breaks.posted_to_wrong_loan",
        """
            entry_id | cause      | true_since
            P1       | other_loan | D-1
        """,
    ).shows_nothing("breaks.posted_to_wrong_instalment")


def test_a_posting_of_another_lender_pays_a_piece_of_a_split_to_the_wrong_loan() -> None:
    given(
        instalments="instalment_no\n1",
        debit_orders="order_no | amount\nO1 | 600.00\nO2 | 400.00",
        settlement="""
            order_no | amount | happened_at
            O1       | 600.00 | D-1 10:00
            O2       | 400.00 | D-1 10:00
        """,
        postings="""
            lender  | posting_id | order_no | amount | posted_at
            kakadai | P1         | O1       | 600.00 | D-1 11:00
            other   | P2         | O2       | 400.00 | D-1 11:00
        """,
    ).shows("breaks.posted_to_wrong_loan", "entry_id\nP2").shows(
        "matching.groups", "rule | lender | loan_id\nby_order_no | kakadai | L1"
    )


def test_a_debit_of_an_order_that_nobody_knows_has_no_loan_to_be_posted_to() -> None:
    given(
        settlement="order_no\nX1",
        postings="lender | order_no | amount\nkakadai | X1 | 600.00\nother | X1 | 400.00",
    ).shows("matching.groups", "rule | lender\nby_order_no | -").shows_nothing(
        "breaks.posted_to_wrong_loan"
    )


def test_a_match_across_loans_is_posted_to_the_wrong_loan() -> None:
    given(
        loans="loan_id | borrower_ref\nL1 | B1\nL2 | B1",
        debit_orders="order_no | loan_id\nO1 | L1",
        settlement="channel_ref | order_no\nD1 | O1",
        postings="posting_id | loan_id\nP1 | L2",
    ).shows("breaks.posted_to_wrong_loan", "entry_id\nP1").shows_nothing(
        "breaks.posted_to_wrong_instalment"
    )


def test_a_match_by_loan_and_amount_may_be_posted_to_the_wrong_instalment() -> None:
    given(
        debit_orders="order_no | instalment_no\nO1 | 3",
        settlement="channel_ref | order_no\nD1 | O1",
        postings="posting_id | instalment_no\nP1 | 4",
    ).shows("breaks.posted_to_wrong_instalment", "entry_id\nP1")


def test_a_posting_is_late_a_second_after_the_window_of_the_last_debit() -> None:
    given(
        settlement="""
            channel_ref | order_no | amount  | happened_at
            D1          | O1       |  600.00 | D-2 10:00:00
            D2          | O1       |  400.00 | D-1 10:00:00
            D3          | O2       |  600.00 | D-2 10:00:00
            D4          | O2       |  400.00 | D-1 10:00:00
        """,
        postings="""
            posting_id | order_no | posted_at
            P1         | O1       | D 10:00:00
            P2         | O2       | D 10:00:01
        """,
    ).shows(
        "breaks.posted_late",
        """
            entry_id | cause                 | event_on | true_since
            P2       | posting_window_missed | D        | D
        """,
    )


def test_late_counts_the_window_of_the_channel_on_the_day_of_the_debit() -> None:
    given(
        channels="""
            channel | posting_window_hours | valid_from | valid_to
            alipay  | 48                   | -          | 2026-03-07
            alipay  | 24                   | 2026-03-07 | -
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | 2026-03-06 23:00
            D2          | O2       | 2026-03-07 01:00
            D3          | O3       | 2026-03-06 23:00
            D4          | O3       | 2026-03-07 01:00
        """,
        postings="""
            posting_id | order_no | amount  | posted_at
            P1         | O1       | 1000.00 | 2026-03-08 22:00
            P2         | O2       | 1000.00 | 2026-03-08 22:00
            P3         | O3       | 2000.00 | 2026-03-08 22:00
        """,
    ).shows("breaks.posted_late", "entry_id | event_on\nP2 | 2026-03-08\nP3 | 2026-03-08")


@pytest.mark.parametrize(
    ("references", "late"),
    [(("D1", "D2"), "entry_id\nP1"), (("D2", "D1"), "entry_id"), (("D1", "D1"), "entry_id")],
    ids=["the last one is of a short window", "of a long window", "the channel's name decides"],
)
def test_of_debits_of_one_instant_the_last_by_its_reference_counts(
    references: tuple[str, str], late: str
) -> None:
    given(
        channels="channel | posting_window_hours\nunionpay | 48\nalipay | 24",
        debit_orders="order_no | channel\nO1 | unionpay\nO2 | alipay",
        settlement=f"""
            channel_ref     | channel  | order_no | amount | happened_at
            {references[0]} | unionpay | O1       | 600.00 | D-3 10:00
            {references[1]} | alipay   | O2       | 400.00 | D-3 10:00
        """,
        postings="""
            posting_id | order_no | channel | amount  | posted_at
            P1         | X1       | -       | 1000.00 | D-2 12:00
        """,
    ).shows("breaks.posted_late", late)


def test_a_posting_before_its_debit_is_not_late() -> None:
    given(
        settlement="channel_ref | order_no | happened_at\nD1 | O1 | D 10:00",
        postings="posting_id | order_no | posted_at\nP1 | O1 | D-5 10:00",
    ).shows_nothing("breaks.posted_late")


def test_a_late_match_is_posted_late() -> None:
    given(
        debit_orders="order_no\nO1",
        settlement="channel_ref | order_no | happened_at\nD1 | O1 | D-5 10:00",
        postings="posting_id | posted_at\nP1 | D 10:00",
    ).shows("breaks.posted_late", "entry_id\nP1")


def test_lateness_is_known_once_the_file_of_the_last_debit_is_there() -> None:
    given(
        settlement="""
            channel_ref | order_no | happened_at    | settle_date
            D1          | O1       | D-4 10:00      | D-1
            D2          | O2       | D-4 10:00      | D-4
        """,
        postings="""
            posting_id | order_no | posted_at | value_date | loan_id
            P1         | O1       | D-2 10:00 | D-3        | L1
            P2         | O2       | D-2 10:00 | D-3        | L1
        """,
    ).shows(
        "breaks.posted_late", "entry_id | event_on | true_since\nP1 | D-2 | D-1\nP2 | D-2 | D-2"
    ).shows("breaks.value_date_late", "entry_id | true_since\nP1 | D-1\nP2 | D-2")


def test_a_value_date_is_late_the_day_after_the_calendar_day_of_the_last_debit() -> None:
    given(
        settlement="""
            channel_ref | channel  | order_no | amount | happened_at
            D1          | unionpay | O1       | 600.00 | D-2 10:00:00
            D2          | unionpay | O1       | 400.00 | D-1 23:59:59
            D3          | unionpay | O2       | 600.00 | D-2 10:00:00
            D4          | unionpay | O2       | 400.00 | D-1 23:59:59
        """,
        postings="""
            posting_id | channel  | order_no | value_date | posted_at
            P1         | unionpay | O1       | D-1        | D 01:00
            P2         | unionpay | O2       | D          | D 01:00
        """,
    ).shows(
        "breaks.value_date_late",
        """
            entry_id | cause                  | true_since
            P2       | value_date_after_debit | D
        """,
    )


@pytest.mark.parametrize("relation", ["breaks.posted_late", "breaks.value_date_late"])
def test_the_last_debit_leaves_out_duplicate_debits(relation: str) -> None:
    given(
        instalments="instalment_no\n1",
        debit_orders="order_no\nO1",
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-3 10:00
            D2          | O1       | D-1 10:00
        """,
        postings="posting_id | order_no | posted_at | value_date\nP1 | O1 | D-1 11:00 | D-2",
    ).shows(relation, "entry_id\nP1")


@pytest.mark.parametrize("relation", ["breaks.posted_late", "breaks.value_date_late"])
def test_debits_that_are_no_duplicates_are_not_left_out(relation: str) -> None:
    given(
        instalments="instalment_no | principal_due\n1 | 1900.00",
        debit_orders="order_no\nO1",
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-3 10:00
            D2          | O1       | D-1 10:00
        """,
        postings="""
            posting_id | order_no | amount  | posted_at | value_date
            P1         | O1       | 2000.00 | D-1 11:00 | D-2
        """,
    ).shows_nothing(relation)


def test_what_may_still_change_is_not_judged() -> None:
    drawn = given(
        debit_orders="order_no | loan_id\nO1 | L1",
        settlement="channel_ref | order_no | happened_at\nD1 | O1 | D 00:00:01",
        postings="""
            posting_id | order_no | loan_id | amount | value_date
            P1         | O1       | L2      | 999.00 | D+1
        """,
    )
    drawn.shows_nothing("breaks.posted_to_wrong_loan")
    drawn.shows_nothing("breaks.value_date_late")


def test_a_posting_of_pieces_for_two_instalments_is_wrong_for_one_of_them() -> None:
    drawn = """
        posting_id | instalment_no
        P1         | {instalment}
    """
    for instalment in ("1", "2"):
        given(
            debit_orders="order_no | instalment_no\nO1 | 1\nO2 | 2",
            settlement="""
                channel_ref | order_no | amount
                D1          | O1       | 600.00
                D2          | O2       | 400.00
            """,
            postings=drawn.format(instalment=instalment),
        ).shows("breaks.posted_to_wrong_instalment", "entry_id\nP1")


@pytest.mark.parametrize("relation", ["breaks.posted_late", "breaks.value_date_late"])
def test_the_last_debit_is_the_latest_of_those_that_are_no_duplicates(relation: str) -> None:
    given(
        instalments="instalment_no | principal_due\n1 | 1900.00",
        debit_orders="order_no\nO1",
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-6 10:00
            D2          | O1       | D-4 10:00
            D3          | O1       | D-2 10:00
        """,
        postings="""
            posting_id | order_no | amount  | posted_at    | value_date
            P1         | O1       | 1000.00 | D-3 10:00:00 | D-4
            P2         | O1       |  500.00 | D-3 10:00:01 | D-3
            P3         | O1       |  500.00 | D-6 10:00:00 | D-6
        """,
    ).shows(relation, "entry_id\nP2")


@pytest.mark.parametrize("relation", ["breaks.posted_late", "breaks.value_date_late"])
def test_a_group_of_nothing_but_duplicates_has_no_last_debit(relation: str) -> None:
    given(
        instalments="instalment_no\n1",
        debit_orders="order_no\nO1\nO2",
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-6 10:00
            D2          | O2       | D-4 10:00
        """,
        postings="""
            posting_id | order_no | posted_at | value_date
            P1         | O1       | D-6 11:00 | D-6
            P2         | O2       | D-1 11:00 | D-1
        """,
    ).shows_nothing(relation)


RIGHT = {
    "instalments": "instalment_no\n3",
    "debit_orders": "order_no | loan_id | instalment_no\nO1 | L1 | 3",
}


def test_a_posting_that_is_right_but_for_its_time_is_posted_late() -> None:
    given(
        settlement="channel_ref | order_no | happened_at\nD1 | O1 | D-2 10:00:00",
        postings="""
            posting_id | order_no | loan_id | instalment_no | posted_at    | value_date
            P1         | O1       | L1      | 3             | D-1 10:00:01 | D-2
        """,
        **RIGHT,
    ).shows("breaks.posted_late", "entry_id\nP1")


def test_a_posting_that_is_right_but_for_its_value_date_is_dated_late() -> None:
    given(
        settlement="channel_ref | order_no | happened_at\nD1 | O1 | D-2 10:00:00",
        postings="""
            posting_id | order_no | loan_id | instalment_no | posted_at    | value_date
            P1         | O1       | L1      | 3             | D-2 11:00:00 | D-1
        """,
        **RIGHT,
    ).shows("breaks.value_date_late", "entry_id\nP1")


def test_a_posting_of_a_debit_and_its_duplicate_is_late_for_the_debit() -> None:
    given(
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-4 10:00
            D2          | O1       | D-2 10:00
        """,
        postings="""
            posting_id | order_no | loan_id | instalment_no | amount  | posted_at | value_date
            P1         | O1       | L1      | 3             | 2000.00 | D-2 11:00 | D-2
        """,
        **RIGHT,
    ).shows("breaks.posted_late", "entry_id\nP1").shows("breaks.value_date_late", "entry_id\nP1")


def test_a_posting_that_is_right_in_all_is_no_break() -> None:
    given(
        settlement="channel_ref | order_no | happened_at\nD1 | O1 | D-2 10:00:00",
        postings="""
            posting_id | order_no | loan_id | instalment_no | posted_at    | value_date
            P1         | O1       | L1      | 3             | D-1 10:00:00 | D-2
        """,
        **RIGHT,
    ).shows_nothing("breaks.matched_but_wrong")


def test_the_last_debit_is_that_of_the_postings_own_group() -> None:
    given(
        instalments="loan_id | instalment_no\nL1 | 1\nL2 | 1",
        debit_orders="order_no | loan_id\nO1 | L1\nO2 | L2",
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-6 10:00
            D2          | O1       | D-5 10:00
            D3          | O2       | D-2 10:00
        """,
        postings="""
            posting_id | order_no | loan_id | amount  | posted_at | value_date
            P1         | O1       | L1      | 2000.00 | D-6 11:00 | D-6
            P2         | O2       | L2      |  999.00 | D-2 11:00 | D-2
        """,
    ).shows_nothing("breaks.posted_late").shows_nothing("breaks.value_date_late")


def test_a_wrong_posting_of_a_group_that_waited_is_known_once_it_waits_no_more() -> None:
    given(
        debit_orders="order_no | loan_id\nO1 | L1\nO2 | L1",
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-2 00:00:00
            D2          | O2       | D-2 00:00:01
        """,
        postings="""
            posting_id | order_no | loan_id | amount | posted_at | value_date
            P1         | O1       | L2      | 999.00 | D-3 11:00 | D-3
            P2         | O2       | L2      | 999.00 | D-3 11:00 | D-3
        """,
    ).shows("breaks.posted_to_wrong_loan", "entry_id | true_since\nP1 | D-2\nP2 | D-1")


def test_a_pair_booked_and_valued_at_the_last_moment_in_time_is_not_looked_at() -> None:
    given(
        debit_orders="order_no\nO1",
        settlement="order_no | happened_at\nO1 | D-1 10:00:00",
        postings="order_no | posted_at | value_date\nO1 | D 10:00:00 | D-1",
    ).shows_nothing("breaks.matched_postings")


def test_postings_of_a_group_that_differs_or_has_several_are_looked_at() -> None:
    given(
        debit_orders="order_no\nO1\nO2\nO3",
        settlement="""
            order_no | happened_at  | amount
            O1       | D-3 10:00:00 | 1000.00
            O2       | D-3 10:00:00 | 1000.00
            O3       | D-3 10:00:00 | 1000.00
        """,
        postings="""
            order_no | posted_at    | amount
            O1       | D-3 11:00:00 | 999.00
            O2       | D-3 11:00:00 | 400.00
            O2       | D-3 11:00:00 | 600.00
            O3       | D-3 11:00:00 | 1000.00
        """,
    ).shows("breaks.matched_postings", "entry_id\nP1\nP2\nP3")


def test_the_last_debit_of_a_group_is_the_last_of_those_that_are_no_duplicates() -> None:
    given(
        instalments="instalment_no\n1",
        debit_orders="order_no\nO1",
        settlement="""
            order_no | happened_at  | settle_date | amount
            O1       | D-5 10:00:00 | D-3         | 600.00
            O1       | D-5 11:00:00 | D-4         | 400.00
            O1       | D-5 12:00:00 | D-2         | 1000.00
        """,
        postings="order_no | posted_at\nO1 | D-5 13:00:00",
    ).shows(
        "breaks.last_debits",
        """
        duplicate | last_debit_at
        1000.00   | D-5 11:00:00
        """,
    )


def wrong_since(day: str, **drawn: str) -> None:
    given(**drawn).shows("breaks.posted_to_wrong_instalment", f"entry_id | true_since\nP1 | {day}")


def test_a_posting_in_doubt_was_not_yet_posted_to_the_wrong_instalment() -> None:
    wrong_since(
        "D-1",
        debit_orders="""
            order_no | instalment_no | requested_at
            O1       | 1             | D-4 08:00
            O2       | 2             | D-4 08:00
        """,
        settlement="""
            channel_ref | order_no | kind   | original_ref | happened_at
            D1          | O1       | debit  | -            | D-4 09:00
            D2          | O2       | debit  | -            | D-4 11:00
            F1          | O1       | refund | D1           | D-1 09:00
        """,
        postings="instalment_no | posted_at\n3 | D-4 10:00",
    )


def test_a_posting_that_had_the_debit_of_its_own_instalment_was_right_until_that_was_gone() -> None:
    wrong_since(
        "D-1",
        debit_orders="""
            order_no | instalment_no | requested_at
            O1       | 1             | D-4 08:00
            O2       | 2             | D-4 08:00
        """,
        settlement="""
            channel_ref | order_no | kind   | original_ref | happened_at
            D1          | O1       | debit  | -            | D-4 09:00
            D2          | O2       | debit  | -            | D-4 11:00
            F1          | O1       | refund | D1           | D-1 09:00
        """,
        postings="instalment_no | posted_at\n1 | D-4 10:00",
    )


@pytest.mark.parametrize(("settled", "since"), [("D-2", "D-4"), ("D-1", "D-1")])
def test_who_passed_from_one_wrong_debit_to_the_next_without_a_day_between_stayed_wrong(
    settled: str, since: str
) -> None:
    wrong_since(
        since,
        debit_orders="""
            order_no | instalment_no | requested_at
            O1       | 1             | D-4 08:00
            O2       | 2             | D-3 08:00
        """,
        settlement=f"""
            channel_ref | order_no | kind   | original_ref | happened_at | settle_date
            D1          | O1       | debit  | -            | D-4 09:00   | D-4
            F1          | O1       | refund | D1           | D-2 09:00   | D-2
            D2          | O2       | debit  | -            | D-3 09:00   | {settled}
        """,
        postings="instalment_no | posted_at\n3 | D-4 10:00",
    )


def test_each_posting_is_wrong_since_its_own_partners_were() -> None:
    given(
        debit_orders="""
            order_no | loan_id | instalment_no | requested_at
            O1       | L1      | 1             | D-4 08:00
            O2       | L1      | 2             | D-4 08:00
            O3       | L2      | 1             | D-3 08:00
            O4       | L2      | 1             | D-2 08:00
            O5       | L3      | 1             | D-4 08:00
            O6       | L3      | 2             | D-4 08:00
            O7       | L4      | 1             | D-4 08:00
            O8       | L4      | 2             | D-3 08:00
        """,
        settlement="""
            channel_ref | order_no | kind   | original_ref | happened_at | settle_date
            D1          | O1       | debit  | -            | D-4 09:00   | D-4
            D2          | O2       | debit  | -            | D-4 11:00   | D-4
            F1          | O1       | refund | D1           | D-1 09:00   | D-1
            D3          | O3       | debit  | -            | D-3 09:00   | D-3
            F3          | O3       | refund | D3           | D-1 09:00   | D-1
            D4          | O4       | debit  | -            | D-2 09:00   | D
            D5          | O5       | debit  | -            | D-4 09:00   | D-4
            F5          | O5       | refund | D5           | D-1 09:00   | D-1
            D6          | O6       | debit  | -            | D-4 11:00   | D-4
            D7          | O7       | debit  | -            | D-4 09:00   | D-4
            F7          | O7       | refund | D7           | D-2 09:00   | D-2
            D8          | O8       | debit  | -            | D-3 09:00   | D-2
        """,
        postings="""
            loan_id | instalment_no | posted_at
            L1      | 3             | D-4 10:00
            L2      | 3             | D-3 10:00
            L3      | 1             | D-4 10:00
            L4      | 3             | D-4 10:00
        """,
    ).shows(
        "breaks.posted_to_wrong_instalment",
        """
        entry_id | true_since
        P1       | D-1
        P2       | D
        P3       | D-1
        P4       | D-4
        """,
    )
