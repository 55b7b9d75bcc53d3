"""The program and the oracle, two readings of one contract, agree about made-up worlds."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.oracle.agreement import disagreements_of, reconcile_files
from tests.oracle.compare import disagreements
from tests.oracle.evaluator import evaluate
from tests.oracle.world import CLOCK_CHANGES, make_world


@pytest.mark.parametrize("seed", range(2))
def test_the_reports_are_what_the_contract_says(seed: int) -> None:
    assert disagreements_of(make_world(seed, 60)) == []


@pytest.mark.parametrize(("seed", "time_zone"), list(enumerate(CLOCK_CHANGES)))
def test_the_reports_are_right_where_the_clocks_were_changed(seed: int, time_zone: str) -> None:
    assert disagreements_of(make_world(seed, 60, time_zone=time_zone)) == []


def test_a_day_is_right_whatever_days_were_run_before_it(tmp_path: Path) -> None:
    world = make_world(11, 40)
    for days_ago in (4, 0, 2):
        day = world.day - timedelta(days=days_ago)
        verdict = evaluate(world.files, world.references, world.settings, day)
        reports = reconcile_files(world, world.files, tmp_path, day)
        assert disagreements(verdict, reports) == []
