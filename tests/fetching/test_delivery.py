"""Fetched files arrive all or none, and what a database says of a failure shows no secret."""

import os
from pathlib import Path

import pytest

from tieout.faults import ExitCode, Fault
from tieout.fetching.databases import Session, rows_of
from tieout.fetching.delivery import Fetched, deliver


def fetched(folder: Path) -> list[Fetched]:
    files = []
    for name in ("a", "b"):
        path = folder / f"fetched-{name}"
        path.write_text(name, encoding="utf-8")
        files.append(Fetched(path, folder / "inbox" / name, latest=None))
    return files


def test_a_file_that_cannot_be_put_takes_those_before_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def full(source: Path, destination: Path) -> None:
        if destination.name == "b":
            raise OSError("no space left on device")
        link(source, destination)

    monkeypatch.setattr(os, "link", full)
    with pytest.raises(OSError, match="no space"):
        deliver(fetched(tmp_path))
    assert list((tmp_path / "inbox").iterdir()) == []


def test_a_file_whose_name_does_not_reach_the_disk_is_taken_back_with_those_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = tmp_path / "inbox"

    def broken(path: Path) -> None:
        if path == inbox and (inbox / "b").exists():
            raise OSError("input/output error")

    monkeypatch.setattr("tieout.fetching.delivery.force_to_disk", broken)
    with pytest.raises(OSError, match="input/output"):
        deliver(fetched(tmp_path))
    assert list(inbox.iterdir()) == []


def test_a_file_that_came_in_the_meantime_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = tmp_path / "inbox" / "b"

    def came(path: Path) -> None:
        if path.name == "fetched-b":
            theirs.write_text("theirs", encoding="utf-8")

    monkeypatch.setattr("tieout.fetching.delivery.force_to_disk", came)
    with pytest.raises(FileExistsError):
        deliver(fetched(tmp_path))
    assert list((tmp_path / "inbox").iterdir()) == [theirs]
    assert theirs.read_text("utf-8") == "theirs"


def test_a_query_that_fails_is_told_without_the_password() -> None:
    def ask(select: str) -> None:
        raise RuntimeError("cannot reach mysql://reader:s%40cret@db/x (s@cret)")

    session = Session(ask, ("s%40cret", "s@cret"))  # type: ignore[arg-type]
    with pytest.raises(Fault) as caught:
        list(rows_of(session, "select 1", "rows", "tieout.toml"))
    assert caught.value.exit_code == ExitCode.NOT_FETCHED
    assert "cret" not in caught.value.message()
    assert "s@cret" not in repr(session)
