"""What only saves time decides nothing: a day worked out the long way comes out as it was."""

from collections.abc import Collection
from pathlib import Path

import pytest

from tests.oracle.world import World, make_world
from tieout import warehouse
from tieout.day import PUT_AWAY, STEPS, open_run

TOLD_BY_ENTRIES = (
    "breaks.csv",
    "in_transit.csv",
    "excluded.csv",
    "cleared.csv",
    "control.csv",
    "matches.parquet",
    "refunds.csv",
    "bureau_corrections.csv",
    "stop_collection.csv",
    "resubmit_plan.csv",
)


def entries_told(
    world: World, workspace: Path, left_empty: Collection[str] = ()
) -> dict[str, bytes]:
    """What the run of a day says of entries, by file name."""
    world.write(workspace)
    with open_run(workspace, world.day, left_empty=left_empty) as run:
        for step in STEPS:
            step.run(run)
        assert run.report is not None
        told = {name: (run.report / name).read_bytes() for name in TOLD_BY_ENTRIES}
        assert bool(run.warehouse.table(PUT_AWAY[0]).num_rows) != bool(left_empty)
    return told


def test_what_is_put_away_would_be_judged_no_differently(tmp_path: Path) -> None:
    world = make_world(11, 100)
    put_away = entries_told(world, tmp_path / "put_away")
    judged = entries_told(world, tmp_path / "judged", PUT_AWAY)
    assert put_away == judged


def test_cheap_relations_say_the_same_whether_their_rows_are_kept_or_worked_out_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world(3, 100)
    kept = entries_told(world, tmp_path / "kept")
    monkeypatch.setattr(warehouse, "FEW_LINES", 0)
    worked_out_anew = entries_told(world, tmp_path / "worked_out_anew")
    assert kept == worked_out_anew
