"""Fetched files arrive all or none, and what a database says of a failure shows no secret."""

import os
from pathlib import Path

import pytest

from tieout.faults import ExitCode, Fault
from tieout.fetching.databases import Session, rows_of
from tieout.fetching.delivery import Fetched, deliver


def test_a_file_that_cannot_be_put_takes_those_before_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = []
    for name in ("a", "b"):
        path = tmp_path / f"fetched-{name}"
        path.write_text(name, encoding="utf-8")
        files.append(Fetched(path, tmp_path / "inbox" / name, latest=None))
    link = os.link

    def full(source: Path, destination: Path) -> None:
        if destination.name == "b":
            raise OSError("no space left on device")
        link(source, destination)

    monkeypatch.setattr(os, "link", full)
    with pytest.raises(OSError, match="no space"):
        deliver(files)
    assert list((tmp_path / "inbox").iterdir()) == []


def test_a_query_that_fails_is_told_without_the_password() -> None:
    def ask(select: str) -> None:
        raise RuntimeError("cannot reach mysql://reader:s%40cret@db/x (s@cret)")

    session = Session(ask, ("s%40cret", "s@cret"))  # type: ignore[arg-type]
    with pytest.raises(Fault) as caught:
        list(rows_of(session, "select 1", "rows", "tieout.toml"))
    assert caught.value.exit_code == ExitCode.NOT_FETCHED
    assert "cret" not in caught.value.message()
    assert "s@cret" not in repr(session)
