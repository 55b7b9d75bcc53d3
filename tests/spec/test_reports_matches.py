"""reports.matches: the groups of one day, a row for each of their entries."""

from hashlib import md5

from tests.spec.harness import Given, given

RELATION = "reports.matches"
GROUP = """
    side
    debit
    posting
"""


def match_id(first: str) -> str:
    """Of a group by its rule and its first debit: channel and channel_ref."""
    return md5(first.encode()).hexdigest()[:16]


def paired(debit: str, posting: str, business_date: str, amount: str = "1000.00") -> Given:
    """A debit through unionpay (cut-off 23:00) and its posting, seen on a day."""
    return given(
        business_date=business_date,
        debit_orders="""
            order_no | channel
            O1       | unionpay
        """,
        settlement=f"""
            channel  | order_no | happened_at
            unionpay | O1       | {debit}
        """,
        postings=f"""
            channel  | order_no | posted_at | amount
            unionpay | O1       | {posting} | {amount}
        """,
    )


def test_a_match_tells_every_entry_of_its_group() -> None:
    given(
        business_date="2026-03-09",
        debit_orders="""
            order_no | loan_id | requested_at
            O1       | L1      | 2026-03-09 09:00:00
        """,
        settlement="""
            channel_ref | order_no | happened_at         | amount
            D1          | O1       | 2026-03-09 10:00:00 | 600.00
            D2          | O1       | 2026-03-09 10:01:00 | 400.00
        """,
        postings="""
            posting_id | order_no | loan_id | posted_at           | amount
            P1         | O1       | L1      | 2026-03-09 11:00:00 | 1000.00
        """,
    ).shows(
        RELATION,
        """
        rule        | side    | channel | channel_ref | lender  | posting_id | order_no
        by_order_no | debit   | alipay  | D1          | kakadai | -          | O1
        by_order_no | debit   | alipay  | D2          | kakadai | -          | O1
        by_order_no | posting | alipay  | -           | kakadai | P1         | O1
        """,
    ).shows(
        RELATION,
        """
        side    | loan_id | amount  | at                  | group_difference
        debit   | L1      | 600.00  | 2026-03-09 10:00:00 | 0.00
        debit   | L1      | 400.00  | 2026-03-09 10:01:00 | 0.00
        posting | L1      | 1000.00 | 2026-03-09 11:00:00 | 0.00
        """,
    )


def test_the_members_of_a_group_share_a_match_id_and_groups_do_not() -> None:
    rows = given(
        debit_orders="""
            order_no | loan_id
            O1       | L1
            O2       | L2
        """,
        settlement="""
            channel_ref | order_no
            D1          | O1
            D2          | O2
        """,
        postings="""
            posting_id | order_no | loan_id
            P1         | O1       | L1
            P2         | O2       | L2
        """,
    ).rows(RELATION)
    ids: dict[str, set[str]] = {}
    for row in rows:
        ids.setdefault(row["order_no"], set()).add(row["match_id"])
    assert [len(each) for each in ids.values()] == [1, 1]
    assert ids["O1"] != ids["O2"]


def test_the_day_of_a_group_is_the_latest_settle_date_or_posting_day() -> None:
    posted_last = ("2026-03-05 10:00:00", "2026-03-06 09:00:00")
    paired(*posted_last, business_date="2026-03-06").shows(RELATION, GROUP)
    paired(*posted_last, business_date="2026-03-07").shows_nothing(RELATION)
    settled_last = ("2026-03-05 23:10:00", "2026-03-05 23:30:00")
    paired(*settled_last, business_date="2026-03-06").shows(RELATION, GROUP)
    paired(*settled_last, business_date="2026-03-07").shows_nothing(RELATION)


def test_a_group_that_waited_belongs_to_the_day_on_which_it_stopped_waiting() -> None:
    differing = ("2026-03-05 10:00:00", "2026-03-05 11:00:00")
    paired(*differing, business_date="2026-03-05", amount="999.00").shows_nothing(RELATION)
    paired(*differing, business_date="2026-03-06", amount="999.00").shows(
        RELATION,
        """
        side    | amount  | group_difference
        debit   | 1000.00 | -1.00
        posting | 999.00  | -1.00
        """,
    )
    paired(*differing, business_date="2026-03-07", amount="999.00").shows_nothing(RELATION)


def test_a_wait_that_ends_at_midnight_ends_with_the_day_before() -> None:
    differing = ("2026-03-05 00:00:00", "2026-03-05 11:00:00")
    paired(*differing, business_date="2026-03-05", amount="999.00").shows(RELATION, GROUP)
    paired(*differing, business_date="2026-03-06", amount="999.00").shows_nothing(RELATION)


def test_a_net_amount_is_what_a_debit_brings_to_its_group() -> None:
    given(
        debit_orders="""
            order_no
            O1
        """,
        settlement="""
            channel_ref | order_no | kind   | original_ref | amount
            D1          | O1       | debit  | -            | 1000.00
            F1          | O1       | refund | D1           | 100.00
        """,
        postings="""
            order_no | amount
            O1       | 900.00
        """,
    ).shows(
        RELATION,
        """
        side    | amount
        debit   | 900.00
        posting | 900.00
        """,
    )


def test_open_entries_and_entries_in_transit_are_in_no_match() -> None:
    given(
        debit_orders="""
            order_no
            O1
        """,
        settlement="""
            order_no
            O1
        """,
        postings="""
            order_no | loan_id
            X1       | L2
        """,
    ).shows_nothing(RELATION)


def test_a_group_with_a_duplicate_debit_belongs_to_its_own_day_only() -> None:
    for business_date, is_there in (("2026-03-06", True), ("2026-03-09", False)):
        drawn = given(
            business_date=business_date,
            instalments="""
                instalment_no | due_date
                1             | 2026-03-05
            """,
            debit_orders="""
                order_no | requested_at
                O1       | 2026-03-05 09:00:00
            """,
            settlement="""
                channel_ref | order_no | happened_at
                D1          | O1       | 2026-03-05 10:00:00
                D2          | O1       | 2026-03-05 10:00:01
            """,
            postings="""
                posting_id | order_no | posted_at
                P1         | O1       | 2026-03-05 11:00:00
            """,
        )
        if is_there:
            drawn.shows(
                RELATION,
                """
                side    | channel_ref | posting_id
                debit   | D1          | -
                debit   | D2          | -
                posting | -           | P1
                """,
            )
        else:
            drawn.shows_nothing(RELATION)


def test_matches_are_sorted_by_group_then_debits_by_channel_then_postings_by_lender() -> None:
    given(
        debit_orders="""
            order_no | channel   | loan_id | amount | requested_at
            O1       | alipay    | L1      | 400.00 | D 08:00:00
            O2       | alipay    | L1      | 300.00 | D 08:00:00
            O3       | wechatpay | L1      | 300.00 | D 08:00:00
            O4       | alipay    | L2      | 500.00 | D 08:00:00
        """,
        settlement="""
            channel_ref | channel   | order_no | amount | happened_at
            D0          | wechatpay | O3       | 300.00 | D 09:00:00
            D2          | alipay    | O2       | 300.00 | D 09:00:00
            D1          | alipay    | O1       | 400.00 | D 10:00:00
            D4          | alipay    | O4       | 500.00 | D 10:00:00
            D3          | alipay    | O4       | 500.00 | D 10:00:00
        """,
        postings="""
            lender  | posting_id | loan_id | order_no | channel | amount
            other   | P1         | L2      | O4       | alipay  | 400.00
            kakadai | P3         | L2      | O4       | alipay  | 300.00
            kakadai | P2         | L2      | O4       | alipay  | 300.00
            kakadai | P4         | L1      | X1       | -       | 1000.00
        """,
    ).shows(
        RELATION,
        f"""
        match_id                               | side    | channel   | channel_ref | posting_id
        {match_id("by_order_no alipay D3")}     | debit   | alipay    | D3          | -
        {match_id("by_order_no alipay D3")}     | debit   | alipay    | D4          | -
        {match_id("by_order_no alipay D3")}     | posting | alipay    | -           | P2
        {match_id("by_order_no alipay D3")}     | posting | alipay    | -           | P3
        {match_id("by_order_no alipay D3")}     | posting | alipay    | -           | P1
        {match_id("by_split_debits alipay D1")} | debit   | alipay    | D1          | -
        {match_id("by_split_debits alipay D1")} | debit   | alipay    | D2          | -
        {match_id("by_split_debits alipay D1")} | debit   | wechatpay | D0          | -
        {match_id("by_split_debits alipay D1")} | posting | -         | -           | P4
        """,
        ordered=True,
    )


def test_a_pair_that_was_put_away_is_told_as_any_other_pair_of_its_day() -> None:
    drawn = {
        "instalments": "instalment_no | due_date\n1 | D\n2 | D\n3 | D",
        "debit_orders": "order_no | instalment_no\nO1 | 1\nO2 | 2\nO3 | 3",
        "settlement": """
            channel_ref | order_no | happened_at  | settle_date
            D1          | O1       | D 10:00:00   | D
            D2          | O2       | D 11:00:00   | D
            D3          | O3       | D-1 10:00:00 | D-1
        """,
        "postings": """
            posting_id | order_no | instalment_no | posted_at
            P1         | O1       | 1             | D 12:00:00
            P2         | O2       | 2             | D 13:00:00
            P3         | O3       | 3             | D-1 12:00:00
        """,
    }
    put_away = given(**drawn, puts_away=True)
    assert len(put_away.rows("staging.quiet_orders")) == 3
    assert len(put_away.rows("reports.quiet_matches")) == 4
    assert put_away.rows(RELATION) == given(**drawn).rows(RELATION)


def test_a_doubt_beside_a_match_is_no_part_of_it() -> None:
    given(
        # the file that is landed first gives the doubt its number: that of D1
        files="file_date\nD",
        debit_orders="order_no | instalment_no\nO1 | 1\nO2 | 2\nO3 | 3",
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D 10:00:00
            D2          | O2       | D 10:00:00
            D3          | O3       | D 12:00:00
        """,
        postings="""
            posting_id | instalment_no | posted_at
            P1         | 1             | D 10:30:00
            P2         | 4             | D 11:00:00
        """,
        stored_breaks="""
            break_id | subject   | lender  | channel | channel_ref | posting_id
            a        | debit:-   | -       | alipay  | D1          | -
            b        | debit:-   | -       | alipay  | D2          | -
            c        | posting:- | kakadai | -       | -           | P2
        """,
    ).shows(RELATION, "channel_ref | posting_id\nD1 | -\n- | P1").shows(
        "reports.partner_lines", "break_id | source_id\na | P1"
    )
