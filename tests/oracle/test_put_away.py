"""Entries that need no judging are put away; judged all the same, they come out as they were."""

from collections.abc import Collection
from pathlib import Path

import pytest

from tests.oracle.world import World, make_world
from tieout.day import PUT_AWAY, STEPS, open_run

TOLD_BY_ENTRIES = (
    "breaks.csv",
    "in_transit.csv",
    "excluded.csv",
    "cleared.csv",
    "control.csv",
    "matches.parquet",
)


def entries_told(world: World, workspace: Path, left_empty: Collection[str]) -> dict[str, bytes]:
    """What the run of a day says of entries, by file name, and how many it put away."""
    world.write(workspace)
    with open_run(workspace, world.day, left_empty=left_empty) as run:
        for step in STEPS:
            step.run(run)
        assert run.report is not None
        told = {name: (run.report / name).read_bytes() for name in TOLD_BY_ENTRIES}
        assert bool(run.warehouse.table(PUT_AWAY[0]).num_rows) != bool(left_empty)
    return told


@pytest.mark.parametrize("seed", [3, 11])
def test_what_is_put_away_would_be_judged_no_differently(seed: int, tmp_path: Path) -> None:
    world = make_world(seed, 100)
    put_away = entries_told(world, tmp_path / "put_away", ())
    judged = entries_told(world, tmp_path / "judged", PUT_AWAY)
    assert put_away == judged
