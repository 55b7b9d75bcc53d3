"""A night on which files came late: some are new, one replaces another, a day is stored."""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.days import replay
from tests.faults import runs

SAMPLE = replay.SAMPLES / "kakadai_december"
DAY = date(2018, 12, 14)
LATE = ("unionpay/", "alipay/", "charges", "account_status")


@dataclass(frozen=True)
class Night:
    """A workspace with a stored day, and the bytes of that day before and after the late files."""

    workspace: Path
    old: dict[str, bytes]
    new: dict[str, bytes]


@pytest.fixture(scope="session")
def night_before(tmp_path_factory: pytest.TempPathFactory) -> Night:
    workspace = tmp_path_factory.mktemp("night") / "workspace"
    names = replay.delivered_by_the_morning_after(replay.inbox_files(SAMPLE), DAY)
    late = [n for n in names if n.startswith("2018-12-15") and any(word in n for word in LATE)]
    replay.furnish(SAMPLE, workspace)
    replay.deliver(SAMPLE, workspace, [name for name in names if name not in late])
    runs.run(workspace, DAY)
    old = replay.every_file(workspace / "reports")
    replay.deliver(SAMPLE, workspace, late)
    for name in ("loans.2018-12-13", "postings.2018-12-14"):
        (delivered,) = workspace.glob(f"inbox/*/ledger/kakadai.{name}.csv")
        again = workspace / "inbox" / "2018-12-16" / "ledger" / delivered.name
        again.parent.mkdir(parents=True, exist_ok=True)
        # the same bytes would replace nothing
        again.write_bytes(delivered.read_bytes().replace(b"\n", b"\r\n"))
    undisturbed = shutil.copytree(workspace, workspace.with_name("undisturbed"))
    runs.run(undisturbed, DAY)
    return Night(workspace, old, replay.every_file(undisturbed / "reports"))


@pytest.fixture
def night(night_before: Night, tmp_path: Path) -> Night:
    """A copy to disturb."""
    copied = shutil.copytree(night_before.workspace, tmp_path / "workspace")
    return Night(copied, night_before.old, night_before.new)
