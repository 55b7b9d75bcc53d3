"""Contract 6.1, passes 2 and 5: one debit, one posting, same loan, equal amounts."""

from tests.spec.harness import given

PAIRS = "matching.by_loan_and_amount"
LATE = "matching.by_loan_and_amount_late"
ORDERS = """
    order_no | loan_id | instalment_no
    O1       | L1      | 1
    O2       | L1      | 1
    O3       | L1      | 1
"""
DEBIT = """
    channel_ref | order_no | happened_at
    D1          | O1       | D 10:00:00
"""


def test_a_posting_without_an_order_no_meets_the_open_debit_of_its_loan_and_amount() -> None:
    given(debit_orders=ORDERS, settlement=DEBIT, postings="posting_id\nP1").shows(
        PAIRS,
        """
            entry_id | is_debit | group_id | verdict
            D1       | true     | D1       | matched
            P1       | false    | D1       | matched
        """,
    ).shows("matching.groups", "group_id | rule | difference\nD1 | by_loan_and_amount | 0.00")


def test_a_posting_whose_order_no_nobody_knows_is_one_without_an_order_no() -> None:
    given(debit_orders=ORDERS, settlement=DEBIT, postings="posting_id | order_no\nP1 | X9").shows(
        PAIRS, "entry_id | verdict\nD1 | matched\nP1 | matched"
    )


def meets(postings: str) -> bool:
    found = given(debit_orders=ORDERS, settlement=DEBIT, postings=postings).rows(PAIRS)
    assert {row["verdict"] for row in found} <= {"matched"}
    return bool(found)


def test_amounts_are_equal_to_the_minor_unit() -> None:
    assert meets("posting_id | amount\nP1 | 1000.00")
    assert not meets("posting_id | amount\nP1 | 1000.01")


def test_the_tolerance_is_for_pass_1_only() -> None:
    given(
        channels="channel | amount_tolerance\nalipay | 5.00",
        debit_orders=ORDERS,
        settlement=DEBIT,
        postings="posting_id | amount\nP1 | 1000.01",
    ).shows_nothing(PAIRS)


def test_the_loan_is_the_one_that_the_debits_order_names() -> None:
    assert not meets("posting_id | loan_id\nP1 | L2")


def test_a_debit_whose_order_nobody_knows_has_no_loan_to_share() -> None:
    given(settlement=DEBIT, postings="posting_id\nP1").shows_nothing(PAIRS)


def test_the_loans_of_two_lenders_are_two_loans() -> None:
    assert not meets("posting_id | lender\nP1 | bobodai")


def test_the_channel_is_the_same_when_the_posting_names_one() -> None:
    assert not meets("posting_id | channel\nP1 | unionpay")
    assert meets("posting_id | channel | order_no\nP1 | - | X9")


def test_the_posting_may_come_a_window_after_the_debit_or_before_it() -> None:
    assert meets("posting_id | posted_at\nP1 | D-1 10:00:00")
    assert not meets("posting_id | posted_at\nP1 | D-1 09:59:59")
    after = given(
        business_date="2026-03-10",
        debit_orders=ORDERS.replace("O3 ", "O4 "),
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-1 10:00:00
        """,
        postings="""
            posting_id | posted_at
            P1         | D 10:00:00
        """,
    )
    after.shows(PAIRS, "entry_id\nD1\nP1")
    given(
        debit_orders=ORDERS,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-1 10:00:00
        """,
        postings="""
            posting_id | posted_at
            P1         | D 10:00:01
        """,
    ).shows_nothing(PAIRS)


def test_the_window_is_that_of_the_channel_on_the_day_of_the_debit() -> None:
    given(
        channels="""
            channel | posting_window_hours | valid_from | valid_to
            alipay  | 24                   | -          | 2026-03-08
            alipay  | 48                   | 2026-03-08 | -
        """,
        debit_orders="""
            order_no | loan_id
            O1       | L1
            O2       | L2
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | 2026-03-07 10:00:00
            D2          | O2       | 2026-03-08 10:00:00
        """,
        postings="""
            posting_id | loan_id | posted_at
            P1         | L1      | 2026-03-09 10:00:00
            P2         | L2      | 2026-03-09 10:00:00
        """,
    ).shows(PAIRS, "entry_id\nD2\nP2")


def test_what_pass_1_grouped_is_not_seen_again() -> None:
    given(
        debit_orders=ORDERS,
        settlement="""
            channel_ref | order_no
            D1          | O1
        """,
        postings="""
            posting_id | order_no
            P1         | O1
            P2         | -
        """,
    ).shows_nothing(PAIRS)


def test_as_many_pairs_as_possible_are_made() -> None:
    given(
        debit_orders=ORDERS,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-1 02:00:00
            D2          | O2       | D-1 22:00:00
        """,
        postings="""
            posting_id | posted_at
            P1         | D-1 23:00:00
            P2         | D 21:00:00
        """,
    ).shows(PAIRS, "entry_id | group_id\nD1 | D1\nP1 | D1\nD2 | D2\nP2 | D2")


def test_then_as_many_instalments_as_possible_agree() -> None:
    given(
        debit_orders="""
            order_no | instalment_no
            O1       | 1
            O2       | 2
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D 08:00:00
            D2          | O2       | D 12:00:00
        """,
        postings="""
            posting_id | instalment_no | posted_at
            P1         | 1             | D 12:00:00
            P2         | 2             | D 08:00:00
        """,
    ).shows(PAIRS, "entry_id | group_id\nD1 | D1\nP1 | D1\nD2 | D2\nP2 | D2")


def test_then_the_total_time_gap_is_the_smallest() -> None:
    given(
        debit_orders=ORDERS,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D 08:00:00
            D2          | O2       | D 12:00:00
        """,
        postings="""
            posting_id | posted_at
            P1         | D 12:30:00
        """,
    ).shows(PAIRS, "entry_id | group_id | verdict\nD2 | D2 | matched\nP1 | D2 | matched")


def test_interchangeable_candidates_are_paired_in_time_order() -> None:
    given(
        debit_orders=ORDERS,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D 08:00:00
            D2          | O2       | D 09:00:00
        """,
        postings="""
            posting_id | posted_at
            P2         | D 11:00:00
            P1         | D 10:00:00
        """,
    ).shows(PAIRS, "entry_id | group_id\nD1 | D1\nP1 | D1\nD2 | D2\nP2 | D2")


def test_candidates_that_only_time_tells_apart_are_ambiguous_when_their_instalments_differ() -> (
    None
):
    given(
        debit_orders="""
            order_no | instalment_no
            O1       | 1
            O2       | 2
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D 10:00:00
            D2          | O2       | D 10:00:00
        """,
        postings="""
            posting_id | instalment_no | posted_at
            P1         | 3             | D 11:00:00
        """,
    ).shows(
        PAIRS,
        """
            entry_id | verdict
            D1       | ambiguous
            D2       | ambiguous
            P1       | ambiguous
        """,
    )


def test_what_is_ambiguous_takes_no_part_in_later_passes() -> None:
    given(
        debit_orders="""
            order_no | instalment_no
            O1       | 1
            O2       | 2
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D 10:00:00
            D2          | O2       | D 10:00:00
        """,
        postings="""
            posting_id | instalment_no | posted_at
            P1         | 3             | D 11:00:00
        """,
    ).shows("matching.left_by_loan_and_amount", "entry_id").shows(
        "matching.entries",
        """
            entry_id | state
            D1       | ambiguous
            D2       | ambiguous
            P1       | ambiguous
        """,
    )


def test_a_late_posting_meets_its_debit_up_to_the_late_match_days() -> None:
    given(
        debit_orders="""
            order_no | loan_id
            O1       | L1
            O2       | L2
            O3       | L3
            O4       | L4
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-30 10:00:00
            D2          | O2       | D-30 09:59:59
            D3          | O3       | D-2 10:00:00
            D4          | O4       | D-1 09:59:59
        """,
        postings="""
            posting_id | loan_id | posted_at
            P1         | L1      | D 10:00:00
            P2         | L2      | D 10:00:00
            P3         | L3      | D 10:00:00
            P4         | L4      | D-2 09:59:58
        """,
    ).shows(
        LATE,
        """
            entry_id | group_id
            D1       | D1
            P1       | D1
            D3       | D3
            P3       | D3
        """,
    )


def test_the_late_match_days_are_the_lenders_setting() -> None:
    drawn = {
        "debit_orders": ORDERS,
        "settlement": "order_no | happened_at\nO1 | D-2 10:00:00",
        "postings": "posting_id | posted_at\nP1 | D 10:00:00",
    }
    given(late_match_days=1, **drawn).shows_nothing(LATE)
    given(late_match_days=2, **drawn).shows(LATE, "entry_id\nD1\nP1")


def late(debits: str, postings: str) -> list[str]:
    found = given(debit_orders=ORDERS, settlement=debits, postings=postings).rows(LATE)
    return sorted(row["entry_id"] for row in found)


ONE_LATE_DEBIT = "channel_ref | order_no | happened_at\nD1 | O1 | D-5 10:00:00"


def test_a_late_pair_has_the_loan_the_amount_and_the_channel_in_common() -> None:
    assert late(ONE_LATE_DEBIT, "posting_id\nP1") == ["D1", "P1"]
    assert late(ONE_LATE_DEBIT, "posting_id | loan_id\nP1 | L2") == []
    assert late(ONE_LATE_DEBIT, "posting_id | lender\nP1 | bobodai") == []
    assert late(ONE_LATE_DEBIT, "posting_id | amount\nP1 | 1000.01") == []
    assert late(ONE_LATE_DEBIT, "posting_id | channel\nP1 | unionpay") == []
    assert late(ONE_LATE_DEBIT, "posting_id | channel | order_no\nP1 | - | X9") == ["D1", "P1"]


def test_a_late_posting_with_a_usable_order_no_meets_no_other_order() -> None:
    assert late(ONE_LATE_DEBIT, "posting_id | order_no\nP1 | O2") == []


def test_a_late_pair_is_each_others_only_candidate() -> None:
    two_debits = """
        channel_ref | order_no | happened_at
        D1          | O1       | D-5 10:00:00
        D2          | O2       | D-4 10:00:00
    """
    assert late(two_debits, "posting_id\nP1") == []
    assert late(ONE_LATE_DEBIT, "posting_id | posted_at\nP1 | D-1 10:00\nP2 | D 10:00") == []


def test_a_posting_of_no_known_channel_has_the_widest_window_of_its_lenders_channels() -> None:
    drawn = {
        "channels": """
            channel  | posting_window_hours
            alipay   | 24
            unionpay | 48
            baofoo   | 96
        """,
        "debit_orders": """
            order_no | channel  | lender
            O1       | alipay   | kakadai
            O2       | unionpay | kakadai
            O3       | baofoo   | bobodai
        """,
        "settlement": "channel_ref | order_no | happened_at\nD1 | O1 | D-3 10:00:00",
    }
    posting = "posting_id | channel | order_no | posted_at\nP1 | - | X9 | D-1 10:00:00"
    given(postings=posting, **drawn).shows(PAIRS, "entry_id\nD1\nP1")
    too_late = posting.replace("10:00:00", "10:00:01")
    given(postings=too_late, **drawn).shows_nothing(PAIRS)


def test_a_posting_that_names_no_instalment_goes_to_the_first_of_equals() -> None:
    given(
        debit_orders="""
            order_no | instalment_no
            O1       | 1
            O2       | 2
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D2          | O2       | D 10:00:00
            D1          | O1       | D 10:00:00
        """,
        postings="posting_id | instalment_no\nP1 | -",
    ).shows(PAIRS, "entry_id | group_id | verdict\nD1 | D1 | matched\nP1 | D1 | matched")


def test_only_loans_and_amounts_that_stand_on_both_sides_are_weighed() -> None:
    given(
        debit_orders="""
            order_no | loan_id
            O1       | L1
            O2       | L2
            O3       | L2
            O4       | L3
            O5       | L3
        """,
        settlement="order_no\nO1\nO2\nO3\nO4\nO5",
        postings="loan_id\nL1\nL3",
    ).shows(
        "matching.loan_amount_entries",
        """
            entry_id | is_tangled
            D1       | false
            P1       | false
            D4       | true
            D5       | true
            P2       | true
        """,
    ).shows("matching.tangled_debits", "id\nD4\nD5").shows("matching.tangled_postings", "id\nP2")


def test_what_no_pass_took_in_stays_open() -> None:
    given(
        debit_orders="order_no | loan_id\nO1 | L1\nO2 | L2",
        settlement="""
            order_no | happened_at
            O1       | D-5 10:00:00
            O2       | D-5 10:00:00
        """,
        postings="loan_id\nL1",
    ).shows(LATE, "entry_id\nD1\nP1").shows("matching.left_open", "entry_id\nD2")


def test_a_posting_of_a_lender_of_whom_no_channel_is_known_stays_open() -> None:
    given(postings="order_no | channel\nX9 | -").shows("matching.left_open", "entry_id\nP1")
