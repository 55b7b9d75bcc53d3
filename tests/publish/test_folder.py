"""Publishing swaps a whole day in; whatever happens, a whole day is there."""

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tieout.publish.folder import recover, replacing

DAY = dt.date(2018, 12, 19)


def publish_words(reports: Path, words: str) -> None:
    with replacing(reports, DAY) as folder:
        (folder / "first.csv").write_text(words)
        (folder / "second.csv").write_text(words)


def words_there(reports: Path) -> set[str]:
    return {path.read_text() for path in (reports / "2018-12-19").iterdir()}


def names_there(reports: Path) -> list[str]:
    return sorted(path.name for path in reports.iterdir())


def test_a_day_replaces_the_one_before_it_and_leaves_nothing_else(tmp_path: Path) -> None:
    publish_words(tmp_path, "old")
    publish_words(tmp_path, "new")
    assert words_there(tmp_path) == {"new"}
    assert names_there(tmp_path) == ["2018-12-19"]


def test_files_that_the_new_day_does_not_have_go_with_the_old_one(tmp_path: Path) -> None:
    publish_words(tmp_path, "old")
    with replacing(tmp_path, DAY) as folder:
        (folder / "only.csv").write_text("new")
    assert [path.name for path in (tmp_path / "2018-12-19").iterdir()] == ["only.csv"]


def test_when_writing_fails_the_old_day_stays(tmp_path: Path) -> None:
    publish_words(tmp_path, "old")
    with pytest.raises(OSError, match="disk full"), replacing(tmp_path, DAY) as folder:
        (folder / "first.csv").write_text("half")
        raise OSError("disk full")
    assert words_there(tmp_path) == {"old"}
    assert names_there(tmp_path) == ["2018-12-19"]


def test_when_the_swap_fails_halfway_the_old_day_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_words(tmp_path, "old")
    rename = Path.rename

    def rename_but_not_the_new_day(path: Path, target: Path) -> Path:
        if path.name.endswith(".writing"):
            raise OSError("refused")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", rename_but_not_the_new_day)
    with pytest.raises(OSError, match="refused"):
        publish_words(tmp_path, "new")
    assert words_there(tmp_path) == {"old"}
    assert names_there(tmp_path) == ["2018-12-19"]


def restated_there(reports: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in restated(reports).glob("2018-12-19/*")}


def restated(reports: Path) -> Path:
    return reports.with_name("restated")


def publish_breaks(reports: Path, words: str, page: str = "a page") -> None:
    with replacing(reports, DAY) as folder:
        (folder / "breaks.parquet").write_text(words)
        (folder / "report.html").write_text(page)


def test_what_tells_a_day_that_was_replaced_by_another_is_kept(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    publish_breaks(reports, "old")
    publish_breaks(reports, "new")
    assert restated_there(reports) == {"breaks.parquet": "old"}
    publish_breaks(reports, "newest")
    assert restated_there(reports) == {"breaks.parquet": "new"}


def test_of_a_replaced_day_with_folders_the_same_is_kept(tmp_path: Path) -> None:
    for words in ("old", "new"):
        with replacing(tmp_path / "reports", DAY) as folder:
            (folder / "breaks.parquet").write_text(words)
            (folder / "channel_claims").mkdir()
            (folder / "channel_claims" / "unionpay.csv").write_text(words)
    assert restated_there(tmp_path / "reports") == {"breaks.parquet": "old"}
    assert names_there(tmp_path / "reports") == ["2018-12-19"]


def test_a_day_that_was_replaced_by_the_same_is_not_kept(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    publish_breaks(reports, "old")
    publish_breaks(reports, "old", "another page")
    assert not restated(reports).exists()
    publish_breaks(reports, "new")
    publish_breaks(reports, "new")
    assert restated_there(reports) == {"breaks.parquet": "old"}


@pytest.mark.parametrize("step", ["rename 3", "unlink 1", "unlink 2", "rmdir 1"])
def test_a_process_killed_while_the_old_day_is_put_away_loses_none_of_it(
    step: str, tmp_path: Path
) -> None:
    reports = tmp_path / "reports"
    publish_breaks(reports, "older")
    publish_breaks(reports, "old")
    assert publish_and_die_before(step, reports, publish_breaks) == 9
    recover(reports)
    assert (reports / "2018-12-19" / "breaks.parquet").read_text() == "new"
    assert names_there(reports) == ["2018-12-19"]
    assert restated_there(reports) == {"breaks.parquet": "old"}


STEPS = ["fsync 1", "fsync 3", "rename 1", "rename 2", "fsync 4", "unlink 1", "unlink 2", "rmdir 1"]


def publish_and_die_before(
    step: str, reports: Path, publish: Callable[[Path, str], None] = publish_words
) -> int:
    """The exit status of a child process that dies, as by SIGKILL, when `step` comes."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    name, count = step.split()
    real = getattr(os, name)
    calls = 0

    def dying(*arguments: object, **options: object) -> object:
        nonlocal calls
        calls += 1
        if calls == int(count):
            os._exit(9)
        return real(*arguments, **options)

    setattr(os, name, dying)
    publish(reports, "new")
    os._exit(0)


@pytest.mark.parametrize("step", STEPS)
def test_a_killed_publication_leaves_the_old_or_the_new_day_whole(
    step: str, tmp_path: Path
) -> None:
    publish_words(tmp_path, "old")
    assert publish_and_die_before(step, tmp_path) == 9
    recover(tmp_path)
    assert words_there(tmp_path) in ({"old"}, {"new"})
    assert len(list((tmp_path / "2018-12-19").iterdir())) == 2
    assert names_there(tmp_path) == ["2018-12-19"]


def test_a_kill_between_the_two_renames_brings_the_old_day_back(tmp_path: Path) -> None:
    publish_words(tmp_path, "old")
    assert publish_and_die_before("rename 2", tmp_path) == 9
    assert names_there(tmp_path) == [".2018-12-19.previous", ".2018-12-19.writing"]
    recover(tmp_path)
    assert words_there(tmp_path) == {"old"}


def test_a_first_publication_that_was_killed_leaves_no_day(tmp_path: Path) -> None:
    assert publish_and_die_before("rename 1", tmp_path) == 9
    recover(tmp_path)
    assert names_there(tmp_path) == []


def test_the_next_publication_recovers_by_itself(tmp_path: Path) -> None:
    publish_words(tmp_path, "old")
    publish_and_die_before("rename 2", tmp_path)
    publish_words(tmp_path, "newer")
    assert words_there(tmp_path) == {"newer"}
    assert names_there(tmp_path) == ["2018-12-19"]


def test_recovery_touches_nothing_that_publishing_did_not_leave(tmp_path: Path) -> None:
    publish_words(tmp_path, "old")
    (tmp_path / ".notes").mkdir()
    (tmp_path / ".draft.writing").mkdir()
    recover(tmp_path)
    assert names_there(tmp_path) == [".draft.writing", ".notes", "2018-12-19"]


def test_without_a_reports_folder_there_is_nothing_to_recover(tmp_path: Path) -> None:
    recover(tmp_path / "reports")
    assert names_there(tmp_path) == []
