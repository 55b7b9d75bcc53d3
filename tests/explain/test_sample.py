"""Every category of the sample week, explained as its golden text says."""

import csv
import shutil
from pathlib import Path

import pytest

from tests.days import replay
from tests.explain.sample import DAYS, GOLDEN, SAMPLE, one_of_each_category
from tieout.explain import explain
from tieout.faults import ExitCode, Fault

CATEGORIES = sorted(golden.stem for golden in GOLDEN.glob("*.txt"))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explained") / "workspace"
    replay.with_everything_delivered(SAMPLE, folder, DAYS)
    return folder


def test_every_category_of_the_week_has_its_golden_explanation(workspace: Path) -> None:
    assert sorted(one_of_each_category(workspace)) == CATEGORIES


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_break_is_explained(workspace: Path, category: str) -> None:
    golden = (GOLDEN / f"{category}.txt").read_text(encoding="utf-8")
    assert explain(workspace, one_of_each_category(workspace)[category]) == golden


def test_explaining_publishes_nothing(workspace: Path) -> None:
    before = replay.every_file(workspace / "reports")
    explain(workspace, one_of_each_category(workspace)["debit_not_posted"])
    assert replay.every_file(workspace / "reports") == before


def test_an_entry_in_transit_is_explained(workspace: Path) -> None:
    listed = (workspace / "reports" / str(DAYS[-1]) / "in_transit.csv").read_text("utf-8")
    waiting = next(csv.DictReader(listed.splitlines()))
    text = explain(workspace, waiting["break_id"])
    assert text.startswith("in_transit 在途")
    assert waiting["subject"] in text


def test_a_folder_named_for_no_day_is_no_stored_run(workspace: Path) -> None:
    reports = workspace / "reports"
    for name in ("2030-02-30", "9999-12-31", "2030-1-1"):
        shutil.copytree(reports / str(DAYS[-1]), reports / name)
    break_id = one_of_each_category(workspace)["debit_not_posted"]
    assert explain(workspace, break_id).startswith("debit_not_posted")
    for name in ("2030-02-30", "9999-12-31", "2030-1-1"):
        shutil.rmtree(reports / name)


def test_a_break_that_no_stored_run_lists_is_refused(workspace: Path) -> None:
    with pytest.raises(Fault) as refused:
        explain(workspace, "0123456789abcdef")
    assert (refused.value.code, refused.value.exit_code) == ("break-unknown", ExitCode.MISUSE)


def test_a_break_that_the_files_no_longer_show_is_refused(workspace: Path) -> None:
    break_id = one_of_each_category(workspace)["value_date_late"]
    corrected = workspace / "inbox" / "2018-12-21" / "ledger" / "kakadai.postings.2018-12-17.csv"
    corrected.parent.mkdir(parents=True)
    (delivered,) = workspace.glob(f"inbox/2018-12-19/ledger/{corrected.name}")
    posted, late = "2018-12-17 09:20:00", "2018-12-18"
    text = delivered.read_text(encoding="utf-8")
    assert f"{posted},{late}" in text
    corrected.write_text(text.replace(f"{posted},{late}", f"{posted},2018-12-17"), "utf-8")
    with pytest.raises(Fault) as refused:
        explain(workspace, break_id)
    assert refused.value.code == "break-outdated"
    assert "tieout day 2018-12-19" in refused.value.action
