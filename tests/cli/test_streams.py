"""Results go to stdout, messages to stderr, and no command imports more than it needs."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.commands import Tieout
from tieout.faults import ExitCode
from tieout.reading import load_formats

IMPORTED = """
import sys
from tieout.cli import main
sys.argv = ["tieout", *sys.argv[1:]]
try:
    main()
finally:
    print(" ".join(sorted(name for name in sys.modules if "." not in name)), file=sys.stderr)
"""


def imported_by(*words: str | Path) -> set[str]:
    """Top-level modules that a command has imported when it ends well."""
    ended = subprocess.run(
        [sys.executable, "-c", IMPORTED, *map(str, words)],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ended.stderr.splitlines()[-1].split())


def test_a_day_prints_the_path_of_its_report_and_nothing_else_on_stdout(
    workspace: Path, tieout: Tieout
) -> None:
    ended = tieout("day", "2018-12-14", "--workspace", workspace)
    assert ended.exit_code == ExitCode.OK
    assert ended.stdout == f"{workspace / 'reports' / '2018-12-14'}\n"
    assert [line.split()[0] for line in ended.stderr.splitlines()][:2] == ["land", "stage"]


def test_a_backfill_prints_the_path_of_every_report(workspace: Path, tieout: Tieout) -> None:
    ended = tieout(
        *("backfill", "2018-12-13", "2018-12-14"),
        *("--reason", "the week before was missed", "--workspace", workspace),
    )
    assert ended.exit_code == ExitCode.OK
    assert ended.stdout.splitlines() == [
        str(workspace / "reports" / day) for day in ("2018-12-13", "2018-12-14")
    ]
    assert [line.split()[0] for line in ended.stderr.splitlines()][-1] == "2018-12-14"


def test_check_tells_what_it_found_and_needs_no_data(workspace: Path, tieout: Tieout) -> None:
    for file in (workspace / "inbox").rglob("*.*"):
        if file.is_file():
            file.unlink()
    ended = tieout("check", "--workspace", workspace)
    assert (ended.exit_code, ended.stderr) == (ExitCode.OK, "")
    told = "\n".join(ended.stdout.splitlines())
    assert "tieout.toml: 11 sources" in told
    assert "reference/channels.csv" in told
    assert "built-in response_codes.csv" in told


def test_check_stops_at_what_a_day_would_stop_at(workspace: Path, tieout: Tieout) -> None:
    settings = workspace / "tieout.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("event_days", "event_dais"), encoding="utf-8")
    ended = tieout("check", "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.MISUSE, "settings-unknown-key")


def test_formats_are_listed_one_a_line(tieout: Tieout) -> None:
    ended = tieout("formats")
    assert (ended.exit_code, ended.stderr) == (ExitCode.OK, "")
    listed = [line.split(":")[0] for line in ended.stdout.splitlines()]
    assert listed == sorted(load_formats(None))


def test_a_sites_own_format_is_listed_too(workspace: Path, tieout: Tieout) -> None:
    own = workspace / "formats" / "house_postings_v1.toml"
    own.parent.mkdir()
    built_in = Path(sys.modules["tieout"].__path__[0]) / "formats" / "ledger_postings_v1.toml"
    own.write_bytes(built_in.read_bytes())
    listed = tieout("formats", "--workspace", workspace).stdout
    assert "house_postings_v1" in {line.split(":")[0] for line in listed.splitlines()}


@pytest.mark.parametrize("words", [["--help"], ["day", "--help"], ["--version"]], ids=" ".join)
def test_help_is_asked_for_and_so_no_fault(tieout: Tieout, words: list[str]) -> None:
    ended = tieout(*words)
    assert (ended.exit_code, ended.stderr) == (ExitCode.OK, "")
    assert ended.stdout


def test_what_needs_no_data_imports_no_heavy_library(workspace: Path) -> None:
    heavy = {"prefect", "great_expectations", "sqlalchemy"}
    assert imported_by("--help") & (heavy | {"duckdb", "polars", "pyarrow"}) == set()
    assert imported_by("formats") & heavy == set()
    assert imported_by("check", "--workspace", workspace) & heavy == set()


def test_a_day_imports_no_prefect(workspace: Path) -> None:
    found = imported_by("day", "2018-12-14", "--workspace", workspace)
    assert "prefect" not in found
    assert "great_expectations" in found
