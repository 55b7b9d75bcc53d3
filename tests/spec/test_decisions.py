"""Decisions: who signed what about a break, which signatures count, and what is decided.

One debit that nobody posted stands for every break: a Monday, seen from the next days.
"""

import pytest

from tests.spec.harness import Given, given
from tests.spec.stored_day import break_id

SIGNATURES = "breaks.signatures"
DECIDED = "breaks.decided_breaks"
NOT_POSTED = break_id("debit_not_posted", "debit:alipay:D1")


def night(decisions: str, stored_facts: str | None = None, amount: str = "1000.00") -> Given:
    """D1 of three days ago was never posted; two names are needed above 500.00."""
    carried = {} if stored_facts is None else {"stored_facts": stored_facts}
    return given(
        debit_orders=f"""
            order_no | requested_at | amount
            O1       | D-3 09:00:00 | {amount}
        """,
        settlement=f"""
            channel_ref | order_no | happened_at  | amount
            D1          | O1       | D-3 10:00:00 | {amount}
        """,
        materiality="""
            lender | one_name_up_to
            -      | 500.00
        """,
        decisions="break_id | action | by | at | reason\n"
        + "\n".join(
            f"{NOT_POSTED} | {line}" for line in map(str.strip, decisions.strip().splitlines())
        ),
        **carried,
    )


def standings(decisions: str, stored_facts: str | None = None) -> list[str]:
    rows = night(decisions, stored_facts).rows(SIGNATURES)
    return [row["standing"] for row in sorted(rows, key=lambda row: row["signed_at"])]


def states(decisions: str, amount: str = "1000.00") -> list[str]:
    rows = night(decisions, amount=amount).rows("reports.decisions")
    return [row["state"] for row in sorted(rows, key=lambda row: row["at"])]


def decided_by(decisions: str, amount: str = "1000.00") -> list[tuple[str, str, str | None]]:
    rows = night(decisions, amount=amount).rows(DECIDED)
    return [(row["action"], row["signed_by"], row["second_signed_by"]) for row in rows]


def test_up_to_the_limit_one_name_decides_and_above_it_two_are_needed() -> None:
    one = "write_off | Li Na | D 09:00:00 | small"
    assert decided_by(one, "500.00") == [("write_off", "Li Na", None)]
    assert decided_by(one, "500.01") == []
    two = one + "\nwrite_off | Wang Wei | D 10:00:00 | agreed"
    assert decided_by(two, "500.01") == [("write_off", "Li Na", "Wang Wei")]


def test_one_name_above_the_limit_waits_for_a_second() -> None:
    assert states("accept | Li Na | D 09:00:00 | first") == ["second_name_needed"]


@pytest.mark.parametrize(
    "again", ["Li Na", "li na", " LI  NA ", "LiNa", "Li\u3000Na", "Li\u00a0Na", "Li\u200bNa"]
)
def test_one_person_signing_twice_is_one_name(again: str) -> None:
    signed = f"accept | Li Na | D 09:00:00 | once\naccept | {again} | D 10:00:00 | twice"
    assert decided_by(signed) == []


def test_two_names_must_agree_on_the_action() -> None:
    signed = "accept | Li Na | D 09:00:00 | yes\nwrite_off | Wang Wei | D 10:00:00 | no"
    assert decided_by(signed) == []
    assert states(signed) == ["second_name_needed", "second_name_needed"]


def test_who_signed_first_is_named_first_however_often_they_sign() -> None:
    signed = """
        accept | Li Na    | D 08:00:00 | yes
        accept | LI NA    | D 09:00:00 | yes
        accept | Wang Wei | D 10:00:00 | yes
    """
    assert decided_by(signed) == [("accept", "Li Na", "Wang Wei")]
    assert states(signed) == ["in_force", "superseded", "in_force"]


def test_two_names_of_one_instant_decide() -> None:
    signed = "accept | Wang Wei | D 09:00:00 | yes\naccept | Li Na | D 09:00:00 | yes"
    assert decided_by(signed) == [("accept", "Li Na", "Wang Wei")]


def test_a_later_decision_stands_in_for_an_earlier_one_once_it_is_complete() -> None:
    first = "accept | Li Na | D 09:00:00 | yes\naccept | Wang Wei | D 10:00:00 | yes\n"
    half = first + "write_off | Li Na | D 11:00:00 | no\n"
    assert decided_by(half) == [("accept", "Li Na", "Wang Wei")]
    assert states(half) == ["in_force", "in_force", "second_name_needed"]
    whole = half + "write_off | Wang Wei | D 12:00:00 | no"
    assert decided_by(whole) == [("write_off", "Li Na", "Wang Wei")]
    assert states(whole) == ["superseded", "superseded", "in_force", "in_force"]


def test_one_name_opens_a_break_again_and_annuls_what_was_signed_before() -> None:
    signed = """
        accept | Li Na    | D 09:00:00 | yes
        accept | Wang Wei | D 10:00:00 | yes
        reopen | Zhao Min | D 11:00:00 | the channel took it back
    """
    assert decided_by(signed) == []
    assert states(signed) == ["reopened", "reopened", "in_force"]
    signed += "    accept | Li Na | D 12:00:00 | again"
    assert decided_by(signed) == []
    assert states(signed)[-1] == "second_name_needed"


def test_a_reopening_of_the_same_instant_wins() -> None:
    signed = "accept | Li Na | D 09:00:00 | yes\nreopen | Wang Wei | D 09:00:00 | no"
    assert decided_by(signed, "1.00") == []


def test_a_reopening_ends_when_the_break_is_decided_anew() -> None:
    signed = "reopen | Li Na | D 09:00:00 | no\naccept | Li Na | D 10:00:00 | yes"
    assert states(signed, "1.00") == ["superseded", "in_force"]


def test_nothing_signed_after_the_as_of_instant_exists() -> None:
    night("accept | Li Na | D+1 00:00:00 | later").shows_nothing(SIGNATURES)
    assert standings("accept | Li Na | D 23:59:59 | in time") == ["live"]


def test_who_signs_on_the_day_a_break_became_true_cannot_have_seen_it() -> None:
    # the posting window was over on D-2
    assert standings("accept | Li Na | D-2 23:59:59 | early") == ["facts_changed"]
    assert standings("accept | Li Na | D-1 00:00:00 | in time") == ["live"]


def test_a_signature_stands_while_the_facts_are_those_of_the_day_before() -> None:
    facts = night("accept | Li Na | D 09:00:00 | -").rows("breaks.break_facts")
    [same] = [row["facts"] for row in facts if row["break_id"] == NOT_POSTED]
    signed = "accept | Li Na | D 09:00:00 | yes"

    def carried(facts: str, since: str) -> str:
        return f"""
            break_id     | category         | subject         | facts   | facts_since
            {NOT_POSTED} | debit_not_posted | debit:alipay:D1 | {facts} | {since}
        """

    assert standings(signed, carried(same, "D-1")) == ["live"]
    assert standings(signed, carried(same, "D")) == ["facts_changed"]
    assert standings(signed, carried("other", "D-9")) == ["facts_changed"]
    assert standings(signed, carried("-", "-")) == ["facts_changed"]


def test_a_break_that_the_stored_day_before_does_not_have_is_of_today() -> None:
    other = "break_id | category | subject | facts | facts_since\nelse | - | - | - | -"
    assert standings("accept | Li Na | D 09:00:00 | yes", other) == ["facts_changed"]


@pytest.mark.parametrize(
    "drawn",
    [
        {"postings": "order_no | posted_at | amount\nO1 | D-3 11:00:00 | 9.00"},
        {"settlement": "order_no | happened_at | amount\nO1 | D-3 10:00:00 | 9.00"},
    ],
    ids=["ledger", "channel"],
)
def test_the_amount_of_either_side_is_a_fact(drawn: dict[str, str]) -> None:
    base = {
        "postings": "order_no | posted_at | amount\nO1 | D-3 11:00:00 | 8.00",
        "settlement": "order_no | happened_at | amount\nO1 | D-3 10:00:00 | 1000.00",
    }

    def facts(**tables: str) -> set[str]:
        rows = given(**{**base, **tables}).rows("breaks.break_facts")
        return {row["facts"] for row in rows if row["category"] == "amount_differs"}

    assert len(facts()) == 1
    assert not facts() & facts(**drawn)


def test_a_break_id_that_no_day_knows_is_told() -> None:
    given(
        decisions="""
            break_id | lender
            ffff     | kakadai
        """
    ).shows(
        "reports.decisions",
        """
        break_id | category | state
        ffff     | -        | unknown_break
        """,
    )


def test_a_signed_break_that_is_gone_is_cleared_and_goes_on_being_known() -> None:
    given(
        decisions="""
            break_id
            gone
        """,
        stored_facts="""
            break_id | category         | subject         | facts | facts_since
            gone     | debit_not_posted | debit:alipay:D7 | abc   | D-3
            other    | debit_not_posted | debit:alipay:D8 | abc   | D-3
        """,
    ).shows(
        "reports.decisions",
        """
        break_id | category         | subject         | state
        gone     | debit_not_posted | debit:alipay:D7 | cleared
        """,
    ).shows(
        "reports.carry_forward",
        """
        break_id | category         | subject         | facts | facts_since
        gone     | debit_not_posted | debit:alipay:D7 | -     | -
        """,
    )


def test_a_lender_cannot_sign_for_another() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-3
        """,
        decisions=f"""
            break_id    | lender
            {break_id("debit_not_attempted", "instalment:kakadai:L1:1")} | other
        """,
    ).shows(
        "reports.decisions",
        """
        lender | state
        other  | other_lender
        """,
    )


def test_a_line_delivered_again_is_one_and_one_that_says_otherwise_does_not_count() -> None:
    given(
        decisions="""
            path        | file_date | break_id | action    | by    | reason
            b/later.csv | D-1       | x        | write_off | Li Na | yes
            a/first.csv | D         | x        | accept    | Li Na | yes
            b/later.csv | D-1       | x        | accept    | li na | yes
            b/later.csv | D-1       | x        | accept    | Li Na | changed
        """
    ).shows(
        "staging.decisions",
        """
        action    | reason  | is_edit
        accept    | yes     | false
        accept    | changed | true
        write_off | yes     | true
        """,
    ).shows(
        SIGNATURES,
        """
        standing
        unknown_break
        edited
        edited
        """,
    )


def limit(terms: str, amount: str = "100.00") -> bool:
    [row] = [
        row
        for row in given(
            settlement=f"order_no | happened_at | amount\nO1 | D-3 10:00:00 | {amount}",
            materiality="lender | one_name_up_to | valid_from | valid_to\n" + terms,
            decisions=f"break_id | at\n{NOT_POSTED} | D-1 09:00:00",
        ).rows(SIGNATURES)
    ]
    return bool(row["needs_two_names"])


def test_the_limit_is_the_lenders_own_else_anybodys_else_two_names_are_needed() -> None:
    assert limit("kakadai | 50.00 | - | -\n- | 500.00 | - | -")
    assert not limit("other | 50.00 | - | -\n- | 500.00 | - | -")
    assert limit("other | 500.00 | - | -")
    assert not limit("kakadai | 100.00 | - | -")


def test_the_limit_is_that_of_the_day_it_was_signed() -> None:
    assert not limit("- | 500.00 | D-1 | D\n- | 50.00 | D | -")
    assert limit("- | 500.00 | - | D-1\n- | 50.00 | D-1 | -")


def test_a_critical_break_needs_two_names_whatever_its_amount() -> None:
    given(
        settlement="order_no | happened_at | amount\nO1 | D-3 10:00:00 | 0.01",
        materiality="one_name_up_to\n500.00",
        severity_rules="category | severity\ndebit_not_posted | critical",
        decisions=f"break_id\n{NOT_POSTED}",
    ).shows(SIGNATURES, "needs_two_names\ntrue")


def test_a_decided_break_is_on_its_own_list_and_no_longer_among_the_breaks() -> None:
    signed = "accept | Li Na | D 09:00:00 | yes\naccept | Wang Wei | D 10:00:00 | agreed"
    decided = night(signed)
    assert "debit_not_posted" not in {row["category"] for row in decided.rows("reports.breaks")}
    decided.shows(
        "reports.decided",
        """
        category         | subject         | action | by    | second_by | at         | reason
        debit_not_posted | debit:alipay:D1 | accept | Li Na | Wang Wei  | D 10:00:00 | yes; agreed
        """,
    )
    night(signed.splitlines()[0]).shows_nothing("reports.decided")


def test_a_decided_entry_is_still_open_in_the_proof() -> None:
    signed = "accept | Li Na | D 09:00:00 | yes\naccept | Wang Wei | D 10:00:00 | agreed"
    rows = night(signed).rows("reports.control")
    [channel] = [row for row in rows if (row["scope"], row["measure"]) == ("channel", "rows")]
    assert (channel["open"], channel["ties"]) == (1, True)


def test_a_decided_break_goes_on_in_the_facts_that_are_carried_forward() -> None:
    signed = "accept | Li Na | D 09:00:00 | yes\naccept | Wang Wei | D 10:00:00 | agreed"
    carried = night(signed).rows("reports.carry_forward")
    assert NOT_POSTED in {row["break_id"] for row in carried if row["facts"]}


def test_signatures_under_two_breaks_do_not_make_one_decision() -> None:
    other = break_id("debit_not_posted", "debit:alipay:D2")
    two = given(
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-3 10:00:00
            D2          | O2       | D-3 10:00:00
        """,
        materiality="one_name_up_to\n500.00",
        decisions=f"""
            break_id     | by       | at
            {NOT_POSTED} | Li Na    | D 12:00:00
            {other}      | Wang Wei | D 10:00:00
            {other}      | Li Na    | D 11:00:00
        """,
    )
    assert [row["break_id"] for row in two.rows(DECIDED)] == [other]
    states = {(row["break_id"], row["by"]): row["state"] for row in two.rows("reports.decisions")}
    assert states == {
        (NOT_POSTED, "Li Na"): "second_name_needed",
        (other, "Li Na"): "in_force",
        (other, "Wang Wei"): "in_force",
    }
    listed = {row["subject"] for row in two.rows("reports.breaks")}
    assert "debit:alipay:D1" in listed and "debit:alipay:D2" not in listed


def test_the_facts_of_one_break_say_nothing_of_another() -> None:
    facts = night("accept | Li Na | D 09:00:00 | -").rows("breaks.break_facts")
    [same] = [row["facts"] for row in facts if row["break_id"] == NOT_POSTED]
    other = "break_id | category | subject | facts | facts_since\n"
    assert standings("accept | Li Na | D 09:00:00 | y", f"{other}else | - | - | {same} | D-9") == [
        "facts_changed"
    ]


def test_an_event_past_its_days_is_cleared_for_who_signs_it() -> None:
    event = break_id("debit_attempted_late", "instalment:kakadai:L1:1")
    given(
        event_days=5,
        instalments="instalment_no | due_date\n1 | D-30",
        debit_orders="order_no | status | requested_at\nO1 | failed | D-6 09:00:00",
        decisions=f"break_id\n{event}",
    ).shows("reports.decisions", "category | state\ndebit_attempted_late | cleared")


def test_a_limit_of_the_lender_counts_from_its_own_day_on() -> None:
    assert not limit("kakadai | 50.00 | D | -\n- | 500.00 | - | -")


def test_the_last_reopening_counts() -> None:
    signed = """
        reopen | Li Na    | D 08:00:00 | no
        accept | Li Na    | D 09:00:00 | yes
        reopen | Wang Wei | D 10:00:00 | no
    """
    assert states(signed, "1.00") == ["reopened", "reopened", "in_force"]


def test_a_cleared_break_is_carried_forward_beside_those_that_are_still_true_by_their_id() -> None:
    given(
        settlement="channel_ref | happened_at\nD1 | D-3 10:00:00",
        bank_receipts="booked_on | settle_date\nD-2 | D-3",
        files="file_date\nD-2\nD-1",
        decisions="break_id | by\n0000 | Li Na\ngone | Li Na\ngone | Wang Wei",
        stored_facts="""
            break_id | category        | subject
            0000     | value_date_late | posting:kakadai:P8
            gone     | posted_late     | posting:kakadai:P9
        """,
    ).shows(
        "reports.carry_forward",
        f"""
        break_id     | category         | subject
        0000         | value_date_late  | posting:kakadai:P8
        {NOT_POSTED} | debit_not_posted | debit:alipay:D1
        gone         | posted_late      | posting:kakadai:P9
        """,
        ordered=True,
    )


def test_who_signs_beside_two_who_decide_at_that_instant_is_superseded() -> None:
    signed = "\n".join(f"accept | {name} | D 09:00:00 | yes" for name in ("A", "B", "C"))
    assert sorted(states(signed)) == ["in_force", "in_force", "superseded"]


def test_decided_breaks_are_those_that_are_listed_sorted_by_category_then_subject() -> None:
    decided = [
        ("debit_attempted_late", "instalment:kakadai:L1:2"),
        ("value_date_late", "posting:kakadai:P2"),
        ("value_date_late", "posting:kakadai:P1"),
        ("posted_late", "posting:kakadai:P2"),
    ]
    drawn = {
        "instalments": "instalment_no | due_date\n1 | D-6\n2 | D-6",
        "debit_orders": """
            order_no | instalment_no | requested_at
            O1       | 1             | D-6 09:00:00
            O2       | 2             | D-5 09:00:00
        """,
        "settlement": """
            order_no | happened_at
            O1       | D-6 09:00:00
            O2       | D-5 09:00:00
        """,
        "postings": """
            posting_id | order_no | instalment_no | posted_at    | value_date
            P1         | O1       | 1             | D-6 10:00:00 | D-5
            P2         | O2       | 2             | D-3 10:00:00 | D-3
        """,
        "materiality": "one_name_up_to\n5000.00",
        "decisions": "break_id\n" + "\n".join(break_id(*each) for each in decided),
    }
    in_order = """
        category        | subject
        posted_late     | posting:kakadai:P2
        value_date_late | posting:kakadai:P1
        value_date_late | posting:kakadai:P2
    """
    event = "        debit_attempted_late | instalment:kakadai:L1:2\n    "
    given(**drawn).shows("reports.decided", in_order + event, ordered=True)
    given(**drawn, event_days=4).shows("reports.decided", in_order, ordered=True)


def test_signatures_are_told_by_break_then_instant_then_file_and_line() -> None:
    given(
        decisions="""
            break_id | by | at         | path
            bbbb     | A  | D 08:00:00 | b.csv
            aaaa     | C  | D 09:00:00 | b.csv
            aaaa     | B  | D 09:00:00 | b.csv
            aaaa     | D  | D 09:00:00 | a.csv
            aaaa     | E  | D 08:00:00 | c.csv
        """,
    ).shows(
        "reports.decisions",
        """
        break_id | by | source
        aaaa     | E  | c.csv:2
        aaaa     | D  | a.csv:2
        aaaa     | C  | b.csv:3
        aaaa     | B  | b.csv:4
        bbbb     | A  | b.csv:2
        """,
        ordered=True,
    )


def test_each_signature_stands_by_the_decision_about_its_own_break() -> None:
    other = break_id("debit_not_posted", "debit:alipay:D2")
    given(
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-3 10:00:00
            D2          | O2       | D-3 10:00:00
        """,
        materiality="one_name_up_to\n5000.00",
        decisions=f"break_id\n{NOT_POSTED}\n{other}",
    ).shows("reports.decisions", f"break_id | state\n{NOT_POSTED} | in_force\n{other} | in_force")


def test_an_unknown_break_is_not_carried_forward() -> None:
    given(decisions="break_id\nffff").shows_nothing("reports.carry_forward")


def test_a_reason_that_both_give_is_told_once() -> None:
    def reasons(second: str) -> list[str]:
        signed = f"accept | Li Na | D 09:00:00 | agreed\naccept | Wang Wei | D 10:00:00 | {second}"
        return [row["reason"] for row in night(signed).rows(DECIDED)]

    assert reasons("agreed") == ["agreed"]
    assert reasons("seen") == ["agreed; seen"]


def test_a_reopening_changes_nothing_for_a_signature_that_did_not_count() -> None:
    signed = "accept | Li Na | D-3 09:00:00 | early\nreopen | Wang Wei | D 10:00:00 | look"
    assert standings(signed) == ["facts_changed", "live"]


def test_a_reopening_is_of_one_break_among_all_of_its_subject_and_others() -> None:
    late, valued = (
        break_id(category, "posting:kakadai:P1") for category in ("posted_late", "value_date_late")
    )
    rows = given(
        settlement="order_no | happened_at\nO1 | D-5 10:00:00",
        postings="order_no | posted_at | value_date\nO1 | D-2 10:00:00 | D-2",
        materiality="one_name_up_to\n500.00",
        decisions=f"""
            break_id | action | by       | at
            {late}   | accept | Li Na    | D 09:00:00
            {valued} | accept | Li Na    | D 09:00:00
            {valued} | reopen | Wang Wei | D 10:00:00
        """,
    ).rows(SIGNATURES)
    standing = {(row["break_id"], row["action"]): row["standing"] for row in rows}
    assert standing == {
        (late, "accept"): "live",
        (valued, "accept"): "reopened",
        (valued, "reopen"): "live",
    }


def test_each_break_is_decided_for_itself_and_of_three_names_the_first_is_told() -> None:
    other = break_id("debit_not_posted", "debit:alipay:D2")
    rows = given(
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-3 10:00:00
            D2          | O2       | D-3 10:00:00
        """,
        materiality="one_name_up_to\n500.00",
        decisions=f"""
            break_id     | by       | at
            {NOT_POSTED} | Li Na    | D 09:00:00
            {NOT_POSTED} | An Bo    | D 09:00:00
            {NOT_POSTED} | Wang Wei | D 10:00:00
            {other}      | Li Na    | D 09:00:00
            {other}      | Wang Wei | D 10:00:00
        """,
    ).rows(DECIDED)
    assert {(row["break_id"], row["signed_by"], row["second_signed_by"]) for row in rows} == {
        (NOT_POSTED, "An Bo", "Wang Wei"),
        (other, "Li Na", "Wang Wei"),
    }
