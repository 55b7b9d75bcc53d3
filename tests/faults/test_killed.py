"""A process killed at any moment: the old day or the new one is there, and a rerun gives
the bytes of an undisturbed run."""

import pytest

from tests.days import replay
from tests.faults import runs
from tests.faults.conftest import DAY, Night
from tests.faults.points import LANDING, PUBLISHED, PUBLISHING, REASONING


def visible(night: Night) -> dict[str, bytes]:
    """What stands under reports/, but for the hidden folders of an unfinished publication."""
    found = replay.every_file(night.workspace / "reports")
    return {name: data for name, data in found.items() if not name.startswith(".")}


def test_the_late_files_change_the_day(night_before: Night) -> None:
    assert night_before.old != night_before.new


@pytest.mark.parametrize("where", LANDING)
def test_killed_while_landing(night: Night, where: str) -> None:
    runs.run_killed(night.workspace, DAY, where)
    assert visible(night) == night.old
    runs.run(night.workspace, DAY)
    assert replay.every_file(night.workspace / "reports") == night.new


def test_killed_at_every_step_before_publishing_one_night_after_the_other(night: Night) -> None:
    for where in REASONING:
        runs.run_killed(night.workspace, DAY, where)
        assert visible(night) == night.old, where
    runs.run(night.workspace, DAY)
    assert replay.every_file(night.workspace / "reports") == night.new


@pytest.mark.parametrize("where", PUBLISHING)
def test_killed_while_publishing(night: Night, where: str) -> None:
    runs.run_killed(night.workspace, DAY, where)
    between_two_names: dict[str, bytes] = {}
    assert visible(night) in (night.old, between_two_names)
    runs.run(night.workspace, DAY)
    assert replay.every_file(night.workspace / "reports") == night.new


@pytest.mark.parametrize("where", PUBLISHED)
def test_killed_when_the_new_day_is_in_place(night: Night, where: str) -> None:
    runs.run_killed(night.workspace, DAY, where)
    assert visible(night) == night.new
    runs.run(night.workspace, DAY)
    assert replay.every_file(night.workspace / "reports") == night.new
