"""The planting of faults is itself shown to plant, to be noticed, and to be refused."""

from dataclasses import replace

from tests.spec import harness
from tests.spec.mutants import noticed, paragraph
from tests.spec.planted_faults import Fault, faults

RELATION = "breaks.posted_late"
SELECT = """
-- row: a comment is left > alone
with
    final as (
        select
            a,
            'told' as cause,
            sum(b - 1) over (
                partition by a, c
                order by b, a desc
                rows between unbounded preceding and 1 preceding
            ) as earlier,
        from left_side
        inner join right_side on left_side.a = right_side.a and left_side.b >= 7
        where a < b and c = 'word'
        union all
        select
            a,
        from third
        where
            a
            or (
                b
                and c
            )
    )
select * from final
order by a
""".strip()


def planted() -> list[tuple[int, str]]:
    model = replace(harness.models[RELATION], select=SELECT)
    return [(fault.line, fault.told) for fault in faults(model)]


def test_every_place_that_decides_is_changed_once() -> None:
    assert sorted(planted()) == [
        (6, "told -> told_told_wrong"),
        (7, "- -> +"),
        (7, "1 -> 2"),
        (8, "a -> null"),
        (8, "c -> null"),
        (9, "a desc -> a"),
        (9, "b -> b desc"),
        (10, "1 -> 2"),
        (10, "and 1 preceding -> and current row"),
        (13, "7 -> 8"),
        (13, ">= -> >"),
        (13, "inner join -> left join"),
        (13, "left_side.a = right_side.a -> true"),
        (13, "left_side.b >= 7 -> true"),
        (14, "< -> <="),
        (14, "= -> <>"),
        (14, "a < b -> true"),
        (14, "c = 'word' -> true"),
        (15, "the branch after is gone"),
        (15, "the branch before is gone"),
        (20, "a -> false"),
        (21, "or ( -> or false"),
        (22, "b -> true"),
        (23, "c -> true"),
        (27, "a -> a desc"),
    ]


def on_time() -> None:
    harness.given(
        settlement="channel_ref | order_no | happened_at\nD1 | O1 | D-1 10:00:00",
        postings="posting_id | order_no | posted_at\nP1 | O1 | D 10:00:00",
    ).shows_nothing(RELATION)


def late_and_not_looked_at() -> None:
    harness.given(
        settlement="channel_ref | order_no | happened_at\nD1 | O1 | D-2 10:00:00",
        postings="posting_id | order_no | posted_at\nP1 | O1 | D 10:00:00",
    ).rows(RELATION)


def changed(old: str, new: str) -> Fault:
    sound = harness.models[RELATION].select
    assert old in sound
    return Fault(RELATION, 1, f"{old} -> {new}", sound.replace(old, new))


def test_a_fault_that_a_test_fails_on_is_noticed() -> None:
    book = [paragraph("on time", on_time)]
    assert noticed(changed("posted_at > posting_due_at", "true"), book) is True


def test_a_fault_that_no_test_fails_on_survives() -> None:
    book = [paragraph("late, but nobody looks", late_and_not_looked_at)]
    assert noticed(changed("posting_window_missed", "another_word"), book) is False


def test_only_a_test_in_which_the_fault_shows_is_asked_again() -> None:
    asked = []
    book = [
        paragraph("on time", lambda: (asked.append("on time"), on_time())),
        paragraph("late", lambda: (asked.append("late"), late_and_not_looked_at())),
    ]
    asked.clear()
    noticed(changed("posting_window_missed", "another_word"), book)
    assert asked == ["late"]


def test_a_select_that_the_engine_refuses_is_no_fault() -> None:
    book = [paragraph("on time", on_time)]
    assert noticed(changed("where posted_at", "where nowhere"), book) is None


def test_the_relation_is_sound_again_afterwards() -> None:
    before = harness.models[RELATION]
    noticed(changed("posted_at > posting_due_at", "true"), [paragraph("on time", on_time)])
    assert harness.models[RELATION] is before
