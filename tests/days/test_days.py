"""Every sample workspace, compared byte for byte with what its story expects."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.days import replay
from tieout.backfill import backfill
from tieout.day import reconcile

pytestmark = pytest.mark.parametrize(
    "sample", replay.samples(), ids=lambda sample: sample.name, scope="module"
)


@pytest.fixture(scope="module")
def lived(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[date, Path]:
    """The days in order on the complete inbox."""
    workspace = tmp_path_factory.mktemp("lived") / "workspace"
    return replay.with_everything_delivered(sample, workspace, replay.expected_days(sample))


def test_each_day_finds_what_the_story_says(sample: Path, lived: dict[date, Path]) -> None:
    for day, report in lived.items():
        wanted = replay.expected(sample, day)
        found = replay.findings(report)
        assert sorted(found) == sorted(wanted)
        for name in wanted:
            assert found[name].decode() == wanted[name].decode(), f"{day} {name}"


@dataclass(frozen=True)
class Nights:
    """A workspace whose days were run as the files arrived, and what each night found."""

    workspace: Path
    found: dict[date, dict[str, bytes]]


@pytest.fixture(scope="module")
def nights(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Nights:
    workspace = tmp_path_factory.mktemp("nights") / "workspace"
    days = replay.expected_days(sample)
    return Nights(workspace, replay.night_by_night(sample, workspace, days))


def test_each_night_knows_only_what_was_delivered_by_then(sample: Path, nights: Nights) -> None:
    for day, found in nights.found.items():
        wanted = replay.expected_that_night(sample, day)
        for name in wanted:
            assert found[name].decode() == wanted[name].decode(), f"{day} {name}"


def test_a_rerun_writes_the_same_bytes(sample: Path, lived: dict[date, Path]) -> None:
    day, report = list(lived.items())[-1]
    before = replay.every_file(report)
    assert replay.every_file(reconcile(report.parents[1], day)) == before


def test_files_arriving_in_another_order_give_the_same_bytes(
    sample: Path, lived: dict[date, Path], tmp_path: Path
) -> None:
    day, report = list(lived.items())[-1]
    workspace = tmp_path / "workspace"
    replay.furnish(sample, workspace)
    replay.deliver(sample, workspace, replay.inbox_files(sample)[::-1])
    shutil.copytree(report.parent, workspace / "reports")
    assert replay.every_file(reconcile(workspace, day)) == replay.every_file(report)


def test_the_same_bytes_delivered_twice_change_not_one_byte(
    sample: Path, lived: dict[date, Path], tmp_path: Path
) -> None:
    day, report = list(lived.items())[-1]
    workspace = tmp_path / "workspace"
    shutil.copytree(report.parents[1], workspace)
    latest = {name.rpartition("/")[2]: name for name in replay.inbox_files(sample)}
    for name in latest.values():
        _, _, within = name.partition("/")
        once_more = workspace / "inbox" / "9999-12-31" / within
        once_more.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(workspace / "inbox" / name, once_more)
    assert replay.every_file(reconcile(workspace, day)) == replay.every_file(report)


def test_days_run_before_their_late_files_agree_once_they_are_run_again(
    nights: Nights, lived: dict[date, Path]
) -> None:
    for day, report in lived.items():
        again = reconcile(nights.workspace, day)
        assert replay.every_file(again) == replay.every_file(report), day


def test_a_rebuilt_warehouse_gives_the_same_bytes(
    sample: Path, lived: dict[date, Path], tmp_path: Path
) -> None:
    day, report = list(lived.items())[-1]
    workspace = tmp_path / "workspace"
    shutil.copytree(report.parents[1], workspace)
    for state in workspace.glob("warehouse.duckdb*"):
        state.unlink()
    assert replay.every_file(reconcile(workspace, day)) == replay.every_file(report)


def test_a_backfill_equals_the_days_one_by_one_and_has_nothing_left_to_do(
    sample: Path, lived: dict[date, Path], tmp_path: Path
) -> None:
    workspace = tmp_path / "workspace"
    replay.furnish(sample, workspace)
    replay.deliver(sample, workspace, replay.inbox_files(sample))
    first, *_, last = lived
    backfilled = list(backfill(workspace, first, last, "the test"))
    assert [day.was_current for day in backfilled] == [False] * len(lived)
    for day in backfilled:
        assert replay.every_file(day.folder) == replay.every_file(lived[day.business_date])
    again = backfill(workspace, first, last, "the test once more")
    assert [day.was_current for day in again] == [True] * len(lived)


def test_a_day_is_run_again_when_the_trend_it_carries_on_has_changed(
    lived: dict[date, Path], tmp_path: Path
) -> None:
    *_, before, last = lived
    workspace = tmp_path / "workspace"
    shutil.copytree(lived[last].parents[1], workspace)
    stored = workspace / "reports" / str(before) / "summary.json"
    summary = json.loads(stored.read_text())
    del summary["trend"][0]
    stored.write_text(json.dumps(summary))
    (again,) = backfill(workspace, last, last, "the test")
    assert not again.was_current


def test_the_committed_inbox_is_what_the_story_builds(sample: Path, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-B", sample / "build.py", "--into", tmp_path / "inbox"], check=True
    )
    assert replay.every_file(tmp_path / "inbox") == replay.every_file(sample / "inbox")
