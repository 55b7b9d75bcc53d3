"""Contract 6.1, pass 1: postings and debits of one channel with the same order_no."""

import pytest

from tests.spec.harness import given

GROUPS = "matching.order_groups"
MEMBERS = "matching.by_order_no"


def test_a_debit_and_a_posting_with_one_order_no_are_one_group() -> None:
    given(
        settlement="""
            channel_ref | order_no
            D1          | O1
            D2          | O2
        """,
        postings="""
            posting_id | order_no
            P1         | O1
            P3         | O3
        """,
    ).shows(MEMBERS, "entry_id | group_id\nD1 | D1\nP1 | D1")


def test_all_debits_and_postings_with_one_order_no_form_one_group_and_sums_are_compared() -> None:
    given(
        settlement="""
            channel_ref | order_no | amount
            D11         | 1-N      | 1000.00
            D21         | N-1      |  400.00
            D22         | N-1      |  600.00
            D31         | N-M      |  500.00
            D32         | N-M      |  500.00
        """,
        postings="""
            posting_id | order_no | amount
            P11        | 1-N      |  300.00
            P12        | 1-N      |  700.00
            P21        | N-1      | 1000.00
            P31        | N-M      |  200.00
            P32        | N-M      |  799.00
        """,
    ).shows(
        GROUPS,
        """
            group_id | debit   | posting | difference | differs
            D11      | 1000.00 | 1000.00 |  0.00      | false
            D21      | 1000.00 | 1000.00 |  0.00      | false
            D31      | 1000.00 |  999.00 | -1.00      | true
        """,
    ).shows(
        MEMBERS,
        """
            entry_id | group_id
            D11      | D11
            P11      | D11
            P12      | D11
            D21      | D21
            D22      | D21
            P21      | D21
            D31      | D31
            D32      | D31
            P31      | D31
            P32      | D31
        """,
    )


def test_a_group_stays_within_one_channel() -> None:
    given(
        settlement="""
            channel_ref | channel | order_no
            D1          | alipay  | O1
        """,
        postings="""
            posting_id | channel  | order_no
            P1         | unionpay | O1
        """,
    ).shows_nothing(MEMBERS)


def test_a_posting_without_a_channel_joins_the_group_of_its_debit_order() -> None:
    given(
        debit_orders="""
            order_no | channel
            O1       | unionpay
        """,
        settlement="""
            channel_ref | channel  | order_no
            D1          | alipay   | O1
            D2          | unionpay | O1
        """,
        postings="""
            posting_id | channel | order_no
            P1         | -       | O1
        """,
    ).shows(MEMBERS, "entry_id | group_id\nD2 | D2\nP1 | D2")


@pytest.mark.parametrize(
    ("alipay", "wechatpay", "channel"),
    [
        ("failed", "succeeded", "wechatpay"),
        ("succeeded", "unknown", "alipay"),
        ("succeeded", "succeeded", "-"),
        ("failed", "failed", "-"),
        ("failed", "-", "-"),
    ],
)
def test_of_orders_of_one_number_a_posting_without_a_channel_is_of_the_one_that_took_money(
    alipay: str, wechatpay: str, channel: str
) -> None:
    told = {"alipay": alipay, "wechatpay": wechatpay}
    given(
        debit_orders="""
            order_no | channel   | requested_at
            O1       | alipay    | D 09:00:00
            O1       | wechatpay | D 09:30:00
        """,
        settlement="channel | channel_ref | order_no | happened_at | outcome\n"
        + "".join(
            f"{each} | {each}1 | O1 | D 10:00:00 | {outcome}\n"
            for each, outcome in told.items()
            if outcome != "-"
        ),
        postings="""
            posting_id | order_no | channel | posted_at
            P1         | O1       | -       | D 11:00:00
        """,
    ).shows(
        "staging.channel_repayments",
        f"posting_id | channel | has_usable_order\nP1 | {channel} | true",
    ).shows(
        "reports.matches",
        "side | channel" + f"\ndebit | {channel}\nposting | {channel}" * (channel != "-"),
    )


def test_a_posting_without_a_channel_does_not_join_another_lenders_order_of_that_number() -> None:
    drawn = given(
        debit_orders="""
            lender  | order_no | channel
            kakadai | O1       | unionpay
        """,
        settlement="""
            channel_ref | channel  | order_no
            D1          | unionpay | O1
            D2          | unionpay | X2
        """,
        postings="""
            lender  | posting_id | channel  | order_no
            kakadai | P1         | unionpay | O1
            other   | P2         | -        | O1
            other   | P3         | -        | X2
        """,
    )
    drawn.shows(MEMBERS, "entry_id | group_id\nD1 | D1\nP1 | D1\nD2 | D2\nP3 | D2")


def test_entries_without_an_order_no_are_never_grouped() -> None:
    given(
        settlement="""
            channel_ref | order_no
            D1          | -
        """,
        postings="""
            posting_id | order_no
            P1         | -
        """,
    ).shows_nothing(MEMBERS)


def test_amounts_are_compared_net() -> None:
    given(
        settlement="""
            channel_ref | kind   | original_ref | order_no | amount
            D1          | debit  | -            | O1       | 1000.00
            F1          | refund | D1           | O1       |  300.00
        """,
        postings="""
            posting_id | order_no | amount
            P1         | O1       | 700.00
        """,
    ).shows(GROUPS, "group_id | debit | posting | differs\nD1 | 700.00 | 700.00 | false")


def test_a_debit_whose_net_is_nothing_matches_nothing() -> None:
    given(
        settlement="""
            channel_ref | kind   | original_ref | order_no
            D1          | debit  | -            | O1
            F1          | refund | D1           | O1
            D2          | debit  | -            | O2
            D3          | debit  | -            | O2
            F3          | refund | D3           | O2
        """,
        postings="""
            posting_id | order_no
            P1         | O1
            P2         | O2
        """,
    ).shows(MEMBERS, "entry_id | group_id\nD2 | D2\nP2 | D2").shows(
        "matching.entries",
        "entry_id | state\nD2 | matched\nP2 | matched\nP1 | open",
    )


def test_sums_that_differ_by_the_tolerance_agree_and_by_one_minor_unit_more_do_not() -> None:
    given(
        channels="""
            channel | amount_tolerance
            alipay  | 0.05
        """,
        settlement="""
            channel_ref | order_no | amount
            D1          | O1       | 1000.00
            D2          | O2       | 1000.00
            D3          | O3       | 1000.00
            D4          | O4       | 1000.00
        """,
        postings="""
            posting_id | order_no | amount
            P1         | O1       | 1000.05
            P2         | O2       | 1000.06
            P3         | O3       |  999.95
            P4         | O4       |  999.94
        """,
    ).shows(
        GROUPS,
        """
            group_id | difference | differs
            D1       |  0.05      | false
            D2       |  0.06      | true
            D3       | -0.05      | false
            D4       | -0.06      | true
        """,
    )


def test_the_tolerance_is_the_one_in_force_on_the_day_of_the_last_debit() -> None:
    given(
        channels="""
            channel | amount_tolerance | valid_from | valid_to
            alipay  | 0.05             | -          | 2026-03-08
            alipay  | 0.00             | 2026-03-08 | -
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | 2026-03-07 23:59:59
            D2          | O2       | 2026-03-07 23:59:59
            D3          | O2       | 2026-03-08 00:00:00
        """,
        postings="""
            posting_id | order_no | amount
            P1         | O1       | 1000.05
            P2         | O2       | 2000.05
        """,
    ).shows(GROUPS, "group_id | differs\nD1 | false\nD2 | true")


def test_a_group_whose_sums_differ_waits_until_the_window_after_its_last_debit_has_passed() -> None:
    given(
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-1 00:00:00
            D2          | O1       | D 00:00:00
            D3          | O2       | D-1 00:00:00
            D4          | O2       | D 00:00:01
        """,
        postings="""
            posting_id | order_no
            P1         | O1
            P3         | O2
        """,
    ).shows(
        GROUPS,
        """
            group_id | differs | is_in_transit
            D1       | true    | false
            D3       | true    | true
        """,
    ).shows(
        "matching.entries",
        """
            entry_id | state   | side
            D1       | matched | debit
            D2       | matched | debit
            P1       | matched | posting
            D3       | waiting | debit
            D4       | waiting | debit
            P3       | waiting | posting
        """,
    )


def test_a_group_whose_sums_agree_never_waits() -> None:
    given(
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D 23:59:59
        """,
        postings="""
            posting_id | order_no | posted_at
            P1         | O1       | D 23:59:59
        """,
    ).shows(GROUPS, "group_id | is_in_transit\nD1 | false")


SPLIT = """
    order_no | channel | loan_id | instalment_no | purpose    | requested_at | amount
    O1       | alipay  | L1      | 1             | instalment | D 00:00:00   | 600.00
    O2       | {cells}
"""
DUE = """
    loan_id | instalment_no | principal_due | interest_due
    L1      | 1             | 900.00        | 100.00
    L1      | 2             | 900.00        | 100.00
    L2      | 1             | 900.00        | 100.00
"""
PIECES = """
    order_entry | group_entry
    alipay/O1   | alipay/O1
    alipay/O2   | alipay/O1
"""


def orders_are_a_split(cells: str) -> bool:
    found = given(debit_orders=SPLIT.format(cells=cells), instalments=DUE).rows(
        "matching.split_orders"
    )
    assert {row["order_entry"] for row in found} in (set(), {"alipay/O1", "alipay/O2"})
    return bool(found)


def test_orders_for_one_instalment_channel_and_day_each_smaller_than_due_are_one_split() -> None:
    given(
        debit_orders=SPLIT.format(cells="alipay | L1 | 1 | instalment | D 23:59:59 | 400.00"),
        instalments=DUE,
    ).shows("matching.split_orders", PIECES)


def test_pieces_need_not_add_up_to_what_is_due() -> None:
    assert orders_are_a_split("alipay | L1 | 1 | instalment | D 23:59:59 | 999.99")


def test_an_order_as_large_as_what_is_due_is_no_piece() -> None:
    assert not orders_are_a_split("alipay | L1 | 1 | instalment | D 23:59:59 | 1000.00")


def test_an_order_of_another_day_is_no_piece() -> None:
    assert not orders_are_a_split("alipay | L1 | 1 | instalment | D-1 23:59:59 | 400.00")


def test_an_order_of_another_channel_is_no_piece() -> None:
    assert not orders_are_a_split("unionpay | L1 | 1 | instalment | D 10:00 | 400.00")


def test_an_order_of_another_purpose_is_no_piece() -> None:
    assert not orders_are_a_split("alipay | L1 | 1 | overdue | D 10:00 | 400.00")


def test_an_order_for_another_instalment_is_no_piece() -> None:
    assert not orders_are_a_split("alipay | L1 | 2 | instalment | D 10:00 | 400.00")
    assert not orders_are_a_split("alipay | L1 | - | instalment | D 10:00 | 400.00")


def test_an_order_for_another_loan_is_no_piece() -> None:
    assert not orders_are_a_split("alipay | L2 | 1 | instalment | D 10:00 | 400.00")


def test_an_order_of_another_lender_is_no_piece() -> None:
    given(
        debit_orders="""
            order_no | lender  | amount
            O1       | kakadai | 600.00
            O2       | bobodai | 400.00
        """,
        instalments="""
            lender  | instalment_no
            kakadai | 1
            bobodai | 1
        """,
    ).shows_nothing("matching.split_orders")


def test_the_pieces_of_a_split_count_as_one_order_for_debits_and_postings() -> None:
    given(
        debit_orders="""
            order_no | amount
            O1       | 600.00
            O2       | 400.00
        """,
        instalments="instalment_no\n1",
        settlement="""
            channel_ref | order_no | amount
            D1          | O1       | 600.00
            D2          | O2       | 400.00
        """,
        postings="""
            posting_id | order_no | amount
            P1         | O2       | 1000.00
        """,
    ).shows(GROUPS, "group_id | debit | posting | differs\nD1 | 1000.00 | 1000.00 | false").shows(
        MEMBERS, "entry_id | group_id\nD1 | D1\nD2 | D1\nP1 | D1"
    )


def test_a_posting_with_a_usable_order_no_is_never_matched_by_a_later_pass() -> None:
    given(
        debit_orders="""
            order_no
            O1
            O2
        """,
        settlement="""
            channel_ref | order_no
            D1          | O1
        """,
        postings="""
            posting_id | order_no
            P2         | O2
        """,
    ).shows("matching.entries", "entry_id | state\nD1 | open\nP2 | open")


def test_a_debit_given_back_in_full_belongs_to_no_group_and_makes_none_wait() -> None:
    drawn = given(
        debit_orders="order_no\nO1\nO2",
        settlement="""
            channel_ref | kind   | order_no | original_ref | happened_at
            D1          | debit  | O1       | -            | D-3 10:00
            F1          | refund | -        | D1           | D-3 11:00
            D2          | debit  | O2       | -            | D-3 10:00
            D3          | debit  | O2       | -            | D 10:00
            F3          | refund | -        | D3           | D 11:00
        """,
        postings="""
            posting_id | order_no | amount  | posted_at
            P1         | O1       | 1000.00 | D-3 12:00
            P2         | O2       |  999.00 | D-3 12:00
        """,
    )
    drawn.shows(MEMBERS, "entry_id | group_id\nD2 | D2\nP2 | D2")
    drawn.shows(GROUPS, "group_id | debit | is_in_transit\nD2 | 1000.00 | false")


def test_a_debit_of_one_minor_unit_under_an_order_nobody_knows_is_grouped() -> None:
    given(
        settlement="channel_ref | order_no | amount\nD1 | X1 | 0.01",
        postings="posting_id | order_no | amount\nP1 | X1 | 0.01",
    ).shows(MEMBERS, "entry_id | group_id\nD1 | D1\nP1 | D1")


def test_entries_under_an_order_that_no_lender_asked_for_are_named_by_the_first_of_them() -> None:
    given(
        debit_orders="order_no\nO1",
        settlement="""
            channel_ref | kind   | order_no | original_ref
            D1          | debit  | X1       | -
            D2          | debit  | O1       | -
            D3          | debit  | -        | -
            D4          | debit  | X4       | -
            F4          | refund | -        | D4
        """,
        postings="""
            posting_id | order_no | channel
            P1         | X1       | alipay
            P2         | O1       | alipay
            P3         | -        | alipay
            P4         | X9       | -
            P5         | X1       | unionpay
        """,
    ).shows("matching.stray_orders", "entry_id | group_entry\nD1 | P1\nP1 | P1\nP5 | P5").shows(
        "matching.ordered_debits", "entry_id | group_entry\nD1 | P1\nD2 | alipay/O1"
    ).shows(
        "matching.ordered_postings",
        "entry_id | group_entry\nP1 | P1\nP2 | alipay/O1\nP5 | P5",
    )


def test_a_group_of_a_channel_that_has_no_terms_on_that_day_is_a_group() -> None:
    given(
        channels="channel | valid_from\nalipay | D+1",
        settlement="order_no\nO1",
        postings="order_no\nO1",
    ).shows(MEMBERS, "entry_id\nD1\nP1")
