"""tieout compare: what the last restatement of a day cleared, opened and changed."""

import datetime as dt
from pathlib import Path

import pytest

from tests.cli.commands import Tieout
from tests.publish.made_up import FACTS, Row, a_break, reports
from tieout.compare import compare
from tieout.faults import ExitCode
from tieout.publish import publish

DAY = dt.date(2018, 12, 14)
POSTINGS = "ledger/kakadai.postings.2018-12-14.csv"
VALUE_DATES = ("08:06:28,2018-12-14", "08:06:28,2018-12-15")


def redelivered(workspace: Path, morning: str, old: str, new: str) -> None:
    """The postings of the day once more, with one word changed."""
    text = (workspace / "inbox" / "2018-12-15" / POSTINGS).read_text(encoding="utf-8")
    assert old in text
    path = workspace / "inbox" / morning / POSTINGS
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_day_that_was_never_restated_says_so_even_after_a_rerun(
    workspace: Path, tieout: Tieout
) -> None:
    assert tieout("compare", DAY, "--workspace", workspace).stdout == f"{DAY} was not restated\n"
    tieout("day", DAY, "--workspace", workspace)
    ended = tieout("compare", DAY, "--workspace", workspace)
    assert (ended.exit_code, ended.stdout) == (ExitCode.OK, f"{DAY} was not restated\n")


def test_a_day_that_is_not_stored_is_misuse(workspace: Path, tieout: Tieout) -> None:
    ended = tieout("compare", "2018-12-13", "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.MISUSE, "day-not-stored")
    assert ended.stdout == ""


def test_a_later_delivery_opens_a_break_and_the_next_one_clears_it(
    workspace: Path, tieout: Tieout
) -> None:
    redelivered(workspace, "2018-12-16", *VALUE_DATES)
    tieout("day", DAY, "--workspace", workspace)
    told = tieout("compare", DAY, "--workspace", workspace).stdout
    assert told.startswith(f"{DAY} restated: 0 cleared, 1 opened, 0 changed, ")
    assert f"  new file 2018-12-16/{POSTINGS}\n" in told
    assert f"  file differs 2018-12-15/{POSTINGS}\n" in told
    assert "\nopened\n" in told and "value_date_late  posting:kakadai:P00026" in told
    (workspace / "inbox" / "2018-12-16" / POSTINGS).unlink()
    tieout("day", DAY, "--workspace", workspace)
    told = tieout("compare", DAY, "--workspace", workspace).stdout
    assert told.startswith(f"{DAY} restated: 1 cleared, 0 opened, 0 changed, ")
    assert f"  file gone 2018-12-16/{POSTINGS}\n" in told
    assert "\ncleared\n" in told


def restated(workspace: Path, *versions: dict[str, list[Row]]) -> str:
    for number, relations in enumerate(versions):
        facts = FACTS | {"settings": str(number)}
        publish(workspace / "reports", DAY, reports(**relations), facts)
    return compare(workspace, DAY)


def carried(*break_ids: str) -> list[Row]:
    return [{"break_id": break_id, "facts": "abc"} for break_id in break_ids]


def test_what_changed_of_a_break_is_told_column_by_column(tmp_path: Path) -> None:
    old = {"breaks": [a_break("b1", cause="one", difference_minor=-500), a_break("b2")]}
    new = {"breaks": [a_break("b1", cause="two", difference_minor=None), a_break("b2")]}
    assert restated(tmp_path, old, new) == (
        "2018-12-14 restated: 0 cleared, 0 opened, 1 changed, 1 as they were\n"
        "because\n"
        "  settings differs\n"
        "changed\n"
        "  b1  debit_not_posted  debit:unionpay:b1  1625.00\n"
        "      difference: -5.00 -> nothing\n"
        "      cause: one -> two\n"
    )


def test_a_break_that_was_decided_meanwhile_or_is_no_longer_says_so(tmp_path: Path) -> None:
    listed = {"breaks": [a_break("b1")], "carry_forward": carried("b1")}
    decided = {"breaks": [], "carry_forward": carried("b1")}
    assert "debit:unionpay:b1  -1625.00  (decided)\n" in restated(tmp_path, listed, decided)
    assert "debit:unionpay:b1  -1625.00  (decided before)\n" in restated(tmp_path, listed)


def test_a_day_that_only_the_day_before_changed_says_that(tmp_path: Path) -> None:
    for breaks in ([a_break("b1")], [a_break("b2")]):
        publish(tmp_path / "reports", DAY, reports(breaks=breaks), FACTS)
    assert "because\n  the stored run of the day before differs\n" in compare(tmp_path, DAY)


@pytest.mark.parametrize("kept", ["breaks.parquet", "carry_forward.parquet", "summary.json"])
def test_a_comparison_needs_nothing_but_what_is_kept(tmp_path: Path, kept: str) -> None:
    restated(tmp_path, {"breaks": [a_break("b1")]}, {"breaks": []})
    assert (tmp_path / "restated" / "2018-12-14" / kept).exists()
    assert len(list((tmp_path / "restated" / "2018-12-14").iterdir())) == 3
