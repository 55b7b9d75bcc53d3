"""The oracle against the story-teller: it finds what was planted, where it was planted."""

import pytest

from tests.oracle.evaluator import evaluate
from tests.oracle.world import make_world


@pytest.mark.parametrize("seed", range(6))
def test_every_planted_break_is_found_in_its_category_and_nothing_else(seed: int) -> None:
    world = make_world(seed, 150, calm=True)
    verdict = evaluate(world.files, world.references, world.settings, world.day)
    assert set(verdict.breaks) == world.labels


@pytest.mark.parametrize("seed", range(3))
def test_every_debit_and_posting_ends_in_exactly_one_place(seed: int) -> None:
    world = make_world(seed, 150)
    verdict = evaluate(world.files, world.references, world.settings, world.day)
    places = [
        {subject for group in verdict.groups for subject in group.subjects},
        set(verdict.in_transit),
        set(verdict.excluded),
        {
            subject
            for category, subject in verdict.breaks
            if category
            in ("ambiguous", "debit_not_posted", "posting_without_debit", "reversal_not_posted")
        },
    ]
    open_duplicates = {
        subject
        for category, subject in verdict.breaks
        if category == "duplicate_debit" and subject not in places[0]
    }
    places.append(open_duplicates)
    assert sum(map(len, places)) == len(set.union(*places))
