"""A small workspace with one published day, and the command to run in it."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.cli.commands import Tieout
from tests.days import replay
from tieout.day import reconcile

SAMPLE = replay.SAMPLES / "kakadai_december"
DAY = date(2018, 12, 14)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = tmp_path_factory.mktemp("published") / "workspace"
    names = replay.delivered_by_the_morning_after(replay.inbox_files(SAMPLE), DAY)
    replay.furnish(SAMPLE, workspace)
    replay.deliver(SAMPLE, workspace, names)
    reconcile(workspace, DAY)
    return workspace


@pytest.fixture
def workspace(published: Path, tmp_path: Path) -> Path:
    """A copy to disturb."""
    return shutil.copytree(published, tmp_path / "workspace")


@pytest.fixture
def tieout(capsys: pytest.CaptureFixture[str]) -> Tieout:
    return Tieout(capsys)
