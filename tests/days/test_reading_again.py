"""A file is read once by every edition of the code that reads."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.days import replay
from tieout.day import STEPS, intake, open_run

SAMPLE = replay.SAMPLES / "kakadai_december"
DAY = date(2018, 12, 14)


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Lands the day and tells which files were read for it."""
    workspace = tmp_path / "workspace"
    replay.furnish(SAMPLE, workspace)
    replay.deliver(SAMPLE, workspace, replay.inbox_files(SAMPLE))
    shown: list[str] = []
    reads = intake.read

    def noted(path: Path, shown_as: str, *args: object, **options: object) -> object:
        shown.append(shown_as)
        return reads(path, shown_as, *args, **options)

    monkeypatch.setattr(intake, "read", noted)

    def landed() -> list[str]:
        shown.clear()
        with open_run(workspace, DAY) as run:
            STEPS[0].run(run)
        return sorted(shown)

    return landed


def test_what_an_edition_has_read_it_does_not_read_again(read: Callable[[], list[str]]) -> None:
    assert read()
    assert read() == []


def written_over(path: Path, content: bytes) -> None:
    """With its size and its time kept, as rsync and tar may."""
    before = path.stat()
    path.write_bytes(content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_other_bytes_of_the_same_size_and_time_are_read(
    read: Callable[[], list[str]], tmp_path: Path
) -> None:
    postings = next((tmp_path / "workspace/inbox").rglob("*.postings.2018-12-14.csv"))
    read()
    written_over(postings, postings.read_bytes().replace(b"861.65", b"861.56"))
    assert [shown.rpartition("/")[2] for shown in read()] == [postings.name]


def test_the_same_bytes_copied_anew_are_not_read_again(
    read: Callable[[], list[str]], tmp_path: Path
) -> None:
    postings = next((tmp_path / "workspace/inbox").rglob("*.postings.2018-12-14.csv"))
    read()
    postings.touch()
    assert read() == []
    written_over(postings, postings.read_bytes())
    assert read() == []


def test_another_edition_reads_every_file_again(
    read: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = read()
    monkeypatch.setattr(intake, "edition", lambda: "another")
    assert read() == everything
