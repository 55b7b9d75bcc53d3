"""A backfill killed on the way goes on where it stopped."""

import shutil
from datetime import date, timedelta

from tests.days import replay
from tests.faults import runs
from tests.faults.conftest import SAMPLE, Night

FIRST, LAST = date(2018, 12, 13), date(2018, 12, 15)
DAYS = [FIRST + timedelta(days=number) for number in range(3)]


def test_a_killed_backfill_resumes_and_equals_the_days_one_by_one(night: Night) -> None:
    workspace = night.workspace
    late = [name for name in replay.inbox_files(SAMPLE) if name.startswith("2018-12-16")]
    replay.deliver(SAMPLE, workspace, late)
    shutil.rmtree(workspace / "reports")
    one_by_one = shutil.copytree(workspace, workspace.with_name("one_by_one"))
    for day in DAYS:
        runs.run(one_by_one, day)

    runs.run_backfill_killed(workspace, FIRST, LAST, at=DAYS[1])
    first = workspace / "reports" / str(FIRST)
    written = first.stat().st_mtime_ns
    published = {path.name for path in (workspace / "reports").iterdir() if path.name[0] != "."}
    assert published == {str(FIRST)}

    assert runs.run_backfill(workspace, FIRST, LAST) == {
        str(DAYS[0]): True,
        str(DAYS[1]): False,
        str(DAYS[2]): False,
    }
    assert first.stat().st_mtime_ns == written
    assert replay.every_file(workspace / "reports") == replay.every_file(one_by_one / "reports")
    assert runs.run_backfill(workspace, FIRST, LAST) == {str(day): True for day in DAYS}
