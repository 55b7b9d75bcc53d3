"""Exit codes that no file brings about: misuse, a held warehouse, too little memory, a control
that does not tie."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.cli.commands import Tieout
from tests.days import replay
from tieout.backfill import BackfilledDay
from tieout.day import STEPS
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


@contextmanager
def held_by_another(workspace: Path) -> Iterator[None]:
    """Another process holds the warehouse."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, workspace / "warehouse.duckdb"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield
    finally:
        holder.communicate()


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
    with held_by_another(workspace):
        ended = tieout("day", "2018-12-14", "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.LOCKED, "warehouse-locked")
    assert ended.stdout == ""
    assert replay.every_file(workspace / "reports") == before


def test_a_backfill_that_cannot_begin_keeps_no_reason(workspace: Path, tieout: Tieout) -> None:
    words = ("backfill", "2018-12-14", "2018-12-14", "--reason", "late", "--workspace", workspace)
    with held_by_another(workspace):
        assert tieout(*words).exit_code == ExitCode.LOCKED
    assert not (workspace / "backfills.csv").exists()


def test_a_backfill_whose_first_day_stops_keeps_its_reason(workspace: Path, tieout: Tieout) -> None:
    (workspace / "inbox" / "unclaimed.bin").write_bytes(b"x")
    words = ("backfill", "2018-12-14", "2018-12-15", "--reason", "late", "--workspace", workspace)
    assert tieout(*words).exit_code == ExitCode.CLAIM
    kept = (workspace / "backfills.csv").read_text("utf-8")
    assert kept == "first,last,reason\n2018-12-14,2018-12-15,late\n"


def test_a_backfill_refused_on_the_way_does_not_deny_what_it_published(
    workspace: Path, tieout: Tieout
) -> None:
    shutil.rmtree(workspace / "reports/2018-12-14")
    (workspace / "reports/2018-12-15").write_text("x", encoding="utf-8")
    words = ("backfill", "2018-12-14", "2018-12-15", "--reason", "late", "--workspace", workspace)
    ended = tieout(*words)
    assert (ended.exit_code, ended.fault) == (ExitCode.REFUSED, "refused-by-the-system")
    assert ended.stdout == f"{workspace / 'reports/2018-12-14'}\n"
    assert "nothing was published" not in ended.stderr
    assert "every report is whole, as it was or new" in ended.stderr


def test_a_backfill_stopped_from_the_keyboard_is_exit_130_and_does_not_deny_what_it_published(
    workspace: Path, tieout: Tieout, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> Iterator[BackfilledDay]:
        yield BackfilledDay(date(2018, 12, 14), workspace / "reports/2018-12-14", was_current=False)
        raise KeyboardInterrupt

    monkeypatch.setattr("tieout.backfill.backfill", stopped)
    words = ("backfill", "2018-12-14", "2018-12-15", "--reason", "late", "--workspace", workspace)
    ended = tieout(*words)
    assert ended.exit_code == ExitCode.STOPPED == 130
    assert ended.stderr.strip().endswith("stopped; every report is whole, as it was or new")


def test_timings_are_written_or_the_day_is_not_begun(
    workspace: Path, tieout: Tieout, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(workspace / "reports/2018-12-14")
    monkeypatch.setenv("TIEOUT_TIMINGS", str(workspace / "no folder" / "timings.json"))
    ended = tieout("day", "2018-12-14", "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.REFUSED, "refused-by-the-system")
    assert not (workspace / "reports/2018-12-14").exists()
    monkeypatch.setenv("TIEOUT_TIMINGS", str(workspace / "timings.json"))
    assert tieout("day", "2018-12-14", "--workspace", workspace).exit_code == ExitCode.OK
    steps = json.loads((workspace / "timings.json").read_text("utf-8"))["steps"]
    assert list(steps) == [step.name for step in STEPS]


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
    assert re.search(r"where:    [a-z]+\.[a-z_]+\n", ended.stderr), "names the relation"
    assert "TIEOUT_MEMORY=8GB" in ended.stderr
    assert replay.every_file(workspace / "reports") == before


def test_memory_too_little_to_open_the_warehouse_does_not_condemn_its_file(
    workspace: Path, tieout: Tieout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIEOUT_MEMORY", "1KB")
    ended = tieout("day", "2018-12-14", "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.NO_MEMORY, "out-of-memory")
    assert "Delete" not in ended.stderr


@pytest.mark.parametrize(
    ("error", "exit_code", "fault"),
    [
        (
            duckdb.OutOfMemoryException("Out of Memory Error: could not allocate block"),
            ExitCode.NO_MEMORY,
            "out-of-memory",
        ),
        (
            duckdb.IOException("IO Error: Could not write file: No space left on device"),
            ExitCode.REFUSED,
            "warehouse-out-of-reach",
        ),
        (
            duckdb.InternalException("INTERNAL Error: column 5 changed\n\nStack Trace:\n\n0x1"),
            ExitCode.REFUSED,
            "engine-broke",
        ),
        (
            duckdb.FatalException("FATAL Error: invalidated\nOriginal error: column 5 changed"),
            ExitCode.REFUSED,
            "engine-broke",
        ),
    ],
    ids=["no room in memory", "no room on the disk", "a fault of its own", "a fault before"],
)
def test_what_the_engine_cannot_do_is_told(
    *,
    workspace: Path,
    tieout: Tieout,
    monkeypatch: pytest.MonkeyPatch,
    error: duckdb.Error,
    exit_code: ExitCode,
    fault: str,
) -> None:
    def full(*_: object) -> None:
        raise error

    (workspace / "warehouse.duckdb").unlink()
    monkeypatch.setattr(Landing, "log", full)
    before = replay.every_file(workspace / "reports")
    ended = tieout("day", "2018-12-14", "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (exit_code, fault)
    assert "column 5 changed\n" in ended.stderr or fault != "engine-broke"
    assert replay.every_file(workspace / "reports") == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("reports", "refused-by-the-system"),
        ("reports/2018-12-14", "refused-by-the-system"),
        ("restated", "refused-by-the-system"),
        ("warehouse.duckdb", "warehouse-out-of-reach"),
    ],
)
def test_what_may_not_be_written_is_exit_1_and_nothing_is_published(
    workspace: Path, tieout: Tieout, name: str, fault: str
) -> None:
    (workspace / "restated").mkdir()
    (workspace / name).chmod(0o500)
    before = replay.every_file(workspace / "reports")
    ended = tieout("day", "2018-12-14", "--workspace", workspace)
    (workspace / name).chmod(0o700)
    assert (ended.exit_code, ended.fault) == (ExitCode.REFUSED, fault)
    assert replay.every_file(workspace / "reports") == before


@pytest.mark.parametrize("name", ["restated", "reports/2018-12-14", "reports"])
def test_a_file_in_the_place_of_a_folder_is_exit_1_and_nothing_is_published(
    workspace: Path, tieout: Tieout, name: str
) -> None:
    if (workspace / name).exists():
        shutil.rmtree(workspace / name)
    (workspace / name).write_text("x", encoding="utf-8")
    before = replay.every_file(workspace / "reports")
    ended = tieout("day", "2018-12-14", "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.REFUSED, "refused-by-the-system")
    assert f"where:    {workspace / name}\n" in ended.stderr
    assert all(word in ended.stderr for word in ("found: ", "expected: ", "do: "))
    assert replay.every_file(workspace / "reports") == before
    assert (workspace / name).is_file()


@pytest.mark.parametrize("content", ["", "x", "[]", '{"trend": 5}'])
@pytest.mark.parametrize("name", ["breaks.parquet", "carry_forward.parquet", "summary.json"])
def test_a_damaged_report_of_the_day_before_is_told(
    workspace: Path, tieout: Tieout, name: str, content: str
) -> None:
    (workspace / "reports/2018-12-14" / name).write_text(content, encoding="utf-8")
    ended = tieout("day", "2018-12-15", "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.MISUSE, "stored-run-damaged")
    assert f"where:    reports/2018-12-14/{name}\n" in ended.stderr
    assert not (workspace / "reports/2018-12-15").exists()


@pytest.mark.parametrize("key", ["inputs", "trend"])
@pytest.mark.parametrize("told", [None, 5, {}, [5], "x"])
def test_a_summary_of_the_day_before_that_no_run_wrote_is_told(
    workspace: Path, tieout: Tieout, key: str, told: object
) -> None:
    summary = workspace / "reports/2018-12-14/summary.json"
    summary.write_text(json.dumps(json.loads(summary.read_text("utf-8")) | {key: told}), "utf-8")
    ended = tieout("day", "2018-12-15", "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.MISUSE, "stored-run-damaged")
    assert f"no list of objects under {key!r}" in ended.stderr


@pytest.mark.parametrize("row", [{}, {"member": "", "sha256": 5}])
def test_inputs_of_the_day_before_that_no_run_wrote_are_told(
    workspace: Path, tieout: Tieout, row: dict[str, object]
) -> None:
    summary = workspace / "reports/2018-12-14/summary.json"
    told = json.loads(summary.read_text("utf-8")) | {"inputs": [row]}
    summary.write_text(json.dumps(told), "utf-8")
    ended = tieout("day", "2018-12-15", "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.MISUSE, "stored-run-damaged")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("name", ["breaks.parquet", "summary.json"])
def test_a_report_that_may_not_be_read_is_not_called_damaged(
    workspace: Path, tieout: Tieout, name: str
) -> None:
    (workspace / "reports/2018-12-14" / name).chmod(0)
    ended = tieout("day", "2018-12-15", "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.REFUSED, "refused-by-the-system")
    assert name in ended.stderr


@pytest.mark.parametrize(
    ("words", "name", "content"),
    [
        (["explain", "0123456789abcdef"], "breaks.parquet", "x"),
        (["compare", "2018-12-14"], "breaks.parquet", "x"),
        (["compare", "2018-12-14"], "summary.json", '{"inputs": []}'),
        (["compare", "2018-12-14"], "summary.json", '{"inputs": [], "versions": 5}'),
        (["notify", "2018-12-14"], "summary.json", '{"breaks": 5}'),
    ],
)
def test_a_damaged_report_is_told_to_who_asks_for_it(
    workspace: Path,
    tieout: Tieout,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    name: str,
    content: str,
) -> None:
    with (workspace / "tieout.toml").open("a", encoding="utf-8") as settings:
        settings.write('[notify]\nurls_from_env = "CHAT"\n')
    monkeypatch.setenv("CHAT", "json://localhost/chat")
    shutil.copytree(workspace / "reports/2018-12-14", workspace / "restated/2018-12-14")
    (workspace / "reports/2018-12-14" / name).write_text(content, encoding="utf-8")
    ended = tieout(*words, "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.MISUSE, "stored-run-damaged")


def test_a_damaged_report_of_the_day_itself_is_made_anew(workspace: Path, tieout: Tieout) -> None:
    before = replay.every_file(workspace / "reports")
    words = ["backfill", "2018-12-14", "2018-12-14", "--reason", "x", "--workspace", workspace]
    for content in ("x", "{}", '{"versions": 5}'):
        (workspace / "reports/2018-12-14/summary.json").write_text(content, encoding="utf-8")
        ended = tieout(*words)
        assert ended.exit_code == ExitCode.OK, ended.stderr
        assert replay.every_file(workspace / "reports") == before


@pytest.mark.parametrize(
    "harm",
    [
        "drop table landing.charges",
        "delete from landing.layout",
        "update landing.layout set sha256 = 'of another version'",
        "drop table landing.files; create view landing.files as select 1 as path",
    ],
)
def test_a_warehouse_laid_out_otherwise_is_made_anew(
    workspace: Path, tieout: Tieout, harm: str
) -> None:
    before = replay.every_file(workspace / "reports")
    with duckdb.connect(str(workspace / "warehouse.duckdb")) as warehouse:
        warehouse.execute(harm)
    ended = tieout("day", "2018-12-14", "--workspace", workspace)
    assert ended.exit_code == ExitCode.OK, ended.stderr
    assert replay.every_file(workspace / "reports") == before


def test_a_warehouse_without_a_byte_is_made_anew(workspace: Path, tieout: Tieout) -> None:
    """A run that is killed as it begins leaves one."""
    before = replay.every_file(workspace / "reports")
    (workspace / "warehouse.duckdb").write_bytes(b"")
    ended = tieout("day", "2018-12-14", "--workspace", workspace)
    assert ended.exit_code == ExitCode.OK, ended.stderr
    assert replay.every_file(workspace / "reports") == before


def test_a_warehouse_with_a_damaged_block_is_not_taken_for_a_locked_one(
    workspace: Path, tieout: Tieout
) -> None:
    path = workspace / "warehouse.duckdb"
    whole = path.read_bytes()
    path.write_bytes(whole[:30_000] + b"\xff" * 5_000 + whole[35_000:])
    ended = tieout("day", "2018-12-14", "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.MISUSE, "warehouse-unreadable")


@pytest.mark.parametrize("name", ["what?", "back\\slash"])
def test_a_path_that_the_engine_would_misread_is_misuse(
    workspace: Path, tieout: Tieout, name: str
) -> None:
    moved = workspace.rename(workspace.parent / name)
    ended = tieout("day", "2018-12-14", "--workspace", moved)
    assert (ended.exit_code, ended.fault) == (ExitCode.MISUSE, "workspace-path-misread")
    assert sorted(path.name for path in workspace.parent.iterdir()) == [name]


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
