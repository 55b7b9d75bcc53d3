"""reports.gone and its partners: what a break that is gone was about, and what it met."""

from tests.spec.harness import given
from tests.spec.stored_day import KNOWN


def test_a_break_that_is_gone_was_about_the_entry_of_its_own_kind_and_key() -> None:
    given(
        instalments="""
            lender  | loan_id | instalment_no
            kakadai | L1      | 1
            kakadai | L1      | 2
            other   | L1      | 1
        """,
        debit_orders="""
            lender  | order_no | channel
            kakadai | O1       | alipay
            kakadai | O1       | unionpay
            other   | O1       | wechatpay
        """,
        settlement="""
            channel  | channel_ref | kind   | order_no
            unionpay | D1          | debit  | O9
            alipay   | D1          | debit  | O1
            alipay   | D7          | refund | O1
        """,
        postings="lender | posting_id | order_no\nkakadai | P1 | X1\nother | P1 | X1",
        stored_breaks="""
            break_id | subject       | lender  | channel  | channel_ref | posting_id | order_no
            a        | debit:-       | kakadai | alipay   | D1          | P1         | -
            b        | debit:-       | kakadai | alipay   | D7          | P1         | O1
            c        | posting:-     | other   | -        | -           | P1         | -
            d        | order:-       | kakadai | unionpay | D1          | P1         | O1
            e        | order:-       | kakadai | wechatpay| -           | -          | O1
            f        | settlement:2026-03-08 | - | alipay | -          | -          | -
        """,
    ).shows(
        "reports.gone",
        """
        break_id | kind       | entry_id    | order_no | settle_date
        a        | debit      | D1~2        | O1       | -
        b        | debit      | -           | O1       | -
        c        | posting    | P1~2        | -        | -
        d        | order      | unionpay/O1 | O1       | -
        e        | order      | -           | O1       | -
        f        | settlement | -           | -        | D-1
        """,
    )
    given(
        instalments="""
            lender  | loan_id | instalment_no
            other   | L1      | 1
            kakadai | L1      | 2
            kakadai | L1      | 1
        """,
        stored_breaks="""
            break_id | subject      | lender  | loan_id | instalment_no
            a        | instalment:- | kakadai | L1      | 1
            b        | debit:-      | kakadai | L1      | 1
        """,
    ).shows("reports.gone", "break_id | entry_id\na | L1/1~2\nb | -")


def test_of_several_partners_the_last_is_told_and_of_one_instant_the_highest_number() -> None:
    given(
        debit_orders="order_no\nO1\nO2\nO3",
        settlement="""
            channel_ref | order_no | amount | happened_at
            D1          | O1       | 600.00 | D 10:00:00
            D2          | O1       | 400.00 | D 09:00:00
            D3          | O2       | 600.00 | D 09:00:00
            D4          | O2       | 400.00 | D 10:00:00
            D6          | O3       | 600.00 | D 10:00:00
            D5          | O3       | 400.00 | D 10:00:00
        """,
        postings="""
            posting_id | order_no | amount  | posted_at
            P1         | O1       | 1000.00 | D 11:00:00
            P2         | O2       | 1000.00 | D 11:00:00
            P4         | O3       | 600.00  | D 11:00:00
            P3         | O3       | 400.00  | D 11:00:00
        """,
        stored_breaks="""
            break_id | subject   | lender  | channel | channel_ref | posting_id
            a        | posting:- | kakadai | -       | -           | P1
            b        | posting:- | kakadai | -       | -           | P2
            c        | posting:- | kakadai | -       | -           | P3
            d        | debit:-   | -       | alipay  | D5          | -
        """,
    ).shows(
        "reports.partner_lines",
        """
        break_id | rule        | source_id
        a        | by_order_no | D1
        b        | by_order_no | D4
        c        | by_order_no | D6
        d        | by_order_no | P4
        """,
    )


def test_a_partner_that_is_new_goes_before_a_later_one_that_was_known() -> None:
    given(
        debit_orders="order_no\nO1",
        settlement="""
            channel_ref | order_no | amount | happened_at  | settle_date
            D1          | O1       | 600.00 | D-1 09:00:00 | D
            D2          | O1       | 400.00 | D-1 10:00:00 | D-1
        """,
        postings="""
            posting_id | order_no | amount  | posted_at
            P1         | O1       | 1000.00 | D-1 11:00:00
        """,
        stored_inputs=KNOWN,
        stored_breaks="break_id | subject | lender | posting_id\na | posting:- | kakadai | P1",
    ).shows("reports.partner_lines", "break_id | source_id | is_fresh\na | D1 | true")


def test_a_partner_of_the_day_is_new_even_in_a_file_that_was_known() -> None:
    for posted_at, is_fresh in (("D 00:00:00", "true"), ("D-1 23:59:59", "false")):
        given(
            debit_orders="order_no\nO1",
            settlement="order_no | happened_at | settle_date\nO1 | D-1 09:00:00 | D-1",
            postings=f"order_no | posted_at | file_date\nO1 | {posted_at} | D-1",
            stored_inputs=KNOWN,
            stored_breaks="break_id | subject | channel | channel_ref\na | debit:- | alipay | D1",
        ).shows("reports.partner_lines", f"source_id | is_fresh\nP1 | {is_fresh}")


def test_what_is_ambiguous_has_no_partner() -> None:
    given(
        debit_orders="order_no | instalment_no\nO1 | 1\nO2 | 2",
        settlement="order_no\nO1\nO2",
        postings="instalment_no\n3",
        stored_breaks="""
            break_id | subject   | lender  | channel | channel_ref | posting_id
            a        | debit:-   | -       | alipay  | D1          | -
            b        | posting:- | kakadai | -       | -           | P1
        """,
    ).shows(
        "matching.passes", "entry_id | verdict\nD1 | ambiguous\nD2 | ambiguous\nP1 | ambiguous"
    ).shows_nothing("reports.partner_lines")


def test_a_pair_that_was_put_away_has_each_other_as_partners() -> None:
    given(
        puts_away=True,
        loans="loan_id\nL1\nL2",
        instalments="loan_id | instalment_no\nL1 | 1\nL2 | 1",
        debit_orders="order_no | loan_id\nO1 | L1\nO2 | L2",
        settlement="order_no\nO1\nO2",
        postings="order_no | loan_id\nO1 | L1\nO2 | L2",
        stored_breaks="""
            break_id | subject   | lender  | channel | channel_ref | posting_id
            a        | debit:-   | -       | alipay  | D1          | -
            b        | debit:-   | -       | alipay  | D2          | -
            c        | posting:- | kakadai | -       | -           | P1
            d        | posting:- | kakadai | -       | -           | P2
        """,
    ).shows("staging.quiet_orders", "debit_entry | posting_entry\nD1 | P1\nD2 | P2").shows(
        "reports.partner_lines",
        """
        break_id | rule        | source_id
        a        | by_order_no | P1
        b        | by_order_no | P2
        c        | by_order_no | D1
        d        | by_order_no | D2
        """,
    )


def test_an_order_number_of_no_known_channel_is_no_order() -> None:
    given(
        stored_breaks="break_id | subject | lender | order_no\na | posting:- | kakadai | O1",
    ).shows_nothing("reports.gone_orders")
