"""Sample workspaces lived through again: all at once, or night by night as files arrived."""

import io
import shutil
from datetime import date, timedelta
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet

from tieout.day import reconcile

SAMPLES = Path(__file__).parents[2] / "data_samples"
COPIED = ("tieout.toml", "reference", "formats")
COMPARED = (
    "breaks.csv",
    "in_transit.csv",
    "excluded.csv",
    "cleared.csv",
    "rejects.csv",
    "control.csv",
    "refunds.csv",
    "bureau_corrections.csv",
    "stop_collection.csv",
    "resubmit_plan.csv",
)
CLAIMS = "channel_claims"
NIGHTS = "as_delivered"


def samples() -> list[Path]:
    """Every sample workspace."""
    return sorted(settings.parent for settings in SAMPLES.glob("*/tieout.toml"))


def expected_days(sample: Path) -> list[date]:
    """The business dates a sample has golden reports for."""
    folders = (sample / "expected").iterdir()
    return sorted(date.fromisoformat(folder.name) for folder in folders if folder.name != NIGHTS)


def inbox_files(sample: Path) -> list[str]:
    """Every delivered file by its path inside the inbox."""
    inbox = sample / "inbox"
    return sorted(str(path.relative_to(inbox)) for path in inbox.rglob("*") if path.is_file())


def furnish(sample: Path, workspace: Path) -> None:
    """A workspace with the sample's settings and an empty inbox."""
    (workspace / "inbox").mkdir(parents=True)
    for name in COPIED:
        if (sample / name).is_dir():
            shutil.copytree(sample / name, workspace / name)
        elif (sample / name).exists():
            shutil.copy(sample / name, workspace / name)


def deliver(sample: Path, workspace: Path, names: list[str]) -> None:
    """Copy files of the sample's inbox, in the order given."""
    for name in names:
        target = workspace / "inbox" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(sample / "inbox" / name, target)


def delivered_by_the_morning_after(names: list[str], business_date: date) -> list[str]:
    """The files a run early on the next day finds; the first folder is the delivery day."""
    morning = str(business_date + timedelta(days=1))
    return [name for name in names if name.split("/")[0] <= morning]


def findings(report: Path) -> dict[str, bytes]:
    """What is compared with expected/: the CSV reports, and the matches as CSV rows."""
    claims = sorted(f"{CLAIMS}/{path.name}" for path in (report / CLAIMS).glob("*.csv"))
    found = {name: (report / name).read_bytes() for name in (*COMPARED, *claims)}
    rows = io.BytesIO()
    pyarrow.csv.write_csv(pyarrow.parquet.read_table(report / "matches.parquet"), rows)
    found["matches.csv"] = rows.getvalue()
    return found


def every_file(report: Path) -> dict[str, bytes]:
    """Every file of a report folder."""
    return {
        str(path.relative_to(report)): path.read_bytes()
        for path in sorted(report.rglob("*"))
        if path.is_file()
    }


def with_everything_delivered(sample: Path, workspace: Path, days: list[date]) -> dict[date, Path]:
    """Report folders of the days, run in order on the complete inbox."""
    furnish(sample, workspace)
    deliver(sample, workspace, inbox_files(sample))
    return {day: reconcile(workspace, day) for day in days}


def night_by_night(sample: Path, workspace: Path, days: list[date]) -> dict[date, dict[str, bytes]]:
    """Findings of the days, each run on what had been delivered by the morning after it."""
    furnish(sample, workspace)
    there: list[str] = []
    found = {}
    for day in days:
        arrived = delivered_by_the_morning_after(inbox_files(sample), day)
        deliver(sample, workspace, [name for name in arrived if name not in there])
        there = arrived
        found[day] = findings(reconcile(workspace, day))
    return found


def expected(sample: Path, day: date) -> dict[str, bytes]:
    """The golden findings of a day on the complete inbox."""
    return golden(sample / "expected" / str(day))


def expected_that_night(sample: Path, day: date) -> dict[str, bytes]:
    """The golden findings of a night; the day's own where nothing was missing."""
    folder = sample / "expected" / NIGHTS / str(day)
    return golden(folder) if folder.exists() else expected(sample, day)


def golden(folder: Path) -> dict[str, bytes]:
    """The files of one golden folder."""
    return every_file(folder)
