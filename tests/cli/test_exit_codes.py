"""Exit codes that no file brings about: misuse, a held warehouse, too little memory, a control
that does not tie."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from tests.cli.commands import Tieout
from tests.days import replay
from tieout.faults import ExitCode
from tieout.warehouse import Landing, load_models

HOLDER = """
import sys
from pathlib import Path
from tieout.warehouse import Warehouse
with Warehouse(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize(
    "words",
    [
        ["day", "2018-12-32"],
        ["day", "yesterday"],
        ["day", "20181214"],
        ["day"],
        ["backfill", "2018-12-14", "2018-12-13", "--reason", "the wrong way round"],
        ["backfill", "2018-12-13", "2018-12-14"],
        ["backfill", "2018-12-13", "2018-12-14", "--reason", " "],
        ["backfill", "2018-12-13", "2018-12-14", "--reason", "x", "--workspace", "inbox"],
        ["explain"],
        ["explain", "0123456789abcdef"],
        ["reconcile", "2018-12-14"],
        ["day", "2018-12-14", "--wrokspace", "."],
        ["day", "2018-12-14", "--workspace", "tieout.toml"],
    ],
    ids=" ".join,
)
def test_misuse_is_exit_2_and_changes_nothing(
    workspace: Path, tieout: Tieout, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    before = replay.every_file(workspace)
    monkeypatch.chdir(workspace)
    ended = tieout(*words)
    assert ended.exit_code == ExitCode.MISUSE
    assert ended.stdout == ""
    assert ended.stderr
    assert replay.every_file(workspace) == before


@pytest.mark.parametrize(
    "words",
    [
        ["day", "0001-01-01"],
        ["day", "1969-12-31"],
        ["day", "2200-01-01"],
        ["day", "9999-12-31"],
        ["backfill", "0001-01-01", "2018-12-14", "--reason", "x"],
        ["backfill", "2018-12-14", "9999-12-31", "--reason", "x"],
        ["fetch", "9999-12-31"],
    ],
    ids=" ".join,
)
def test_a_day_that_nothing_can_be_counted_from_is_misuse(
    workspace: Path, tieout: Tieout, words: list[str]
) -> None:
    before = replay.every_file(workspace)
    ended = tieout(*words, "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.MISUSE, "date-out-of-range")
    assert "a business date from 1970-01-01 to 2199-12-31" in ended.stderr
    assert replay.every_file(workspace) == before


def test_a_warehouse_that_another_process_holds_is_exit_15(workspace: Path, tieout: Tieout) -> None:
    before = replay.every_file(workspace / "reports")
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, workspace / "warehouse.duckdb"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        ended = tieout("day", "2018-12-14", "--workspace", workspace)
    finally:
        holder.communicate()
    assert (ended.exit_code, ended.fault) == (ExitCode.LOCKED, "warehouse-locked")
    assert ended.stdout == ""
    assert replay.every_file(workspace / "reports") == before


def test_an_entry_that_falls_between_two_relations_is_exit_14_and_publishes_nothing(
    workspace: Path, tieout: Tieout, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = load_models()
    whole = models["breaks.dispositions"]
    all_but_one = whole.select.replace("select * from final", "select * from final offset 1")
    assert all_but_one != whole.select
    models["breaks.dispositions"] = replace(whole, select=all_but_one)
    monkeypatch.setattr("tieout.warehouse.load_models", lambda: models)
    before = replay.every_file(workspace / "reports")
    ended = tieout("day", "2018-12-14", "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.NOT_TIED, "control-does-not-tie")
    assert ended.stdout == ""
    assert replay.every_file(workspace / "reports") == before


def test_too_little_memory_is_exit_18_and_says_how_to_give_more(
    workspace: Path, tieout: Tieout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIEOUT_MEMORY", "8MB")
    before = replay.every_file(workspace / "reports")
    ended = tieout("day", "2018-12-14", "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.NO_MEMORY, "out-of-memory")
    assert "where:    staging." in ended.stderr
    assert "TIEOUT_MEMORY=8GB" in ended.stderr
    assert replay.every_file(workspace / "reports") == before


def test_a_file_that_does_not_fit_into_memory_is_exit_18(
    workspace: Path, tieout: Tieout, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise duckdb.OutOfMemoryException("Out of Memory Error: could not allocate block")

    (workspace / "warehouse.duckdb").unlink()
    monkeypatch.setattr(Landing, "log", full)
    before = replay.every_file(workspace / "reports")
    ended = tieout("day", "2018-12-14", "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.NO_MEMORY, "out-of-memory")
    assert replay.every_file(workspace / "reports") == before


@pytest.mark.parametrize("said", ["lots", "", "8", "8GB'; drop table x"])
def test_memory_that_is_no_size_is_misuse(
    workspace: Path, tieout: Tieout, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv("TIEOUT_MEMORY", said)
    ended = tieout("day", "2018-12-14", "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.MISUSE, "memory-no-size")


def test_a_deleted_warehouse_is_made_anew(workspace: Path, tieout: Tieout) -> None:
    before = replay.every_file(workspace / "reports")
    (workspace / "warehouse.duckdb").unlink()
    shutil.rmtree(workspace / "reports")
    ended = tieout("day", "2018-12-14", "--workspace", workspace)
    assert ended.exit_code == ExitCode.OK, ended.stderr
    assert replay.every_file(workspace / "reports") == before
