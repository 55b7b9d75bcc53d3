"""Signatures on their way through the command: told when they cannot count, never lost."""

import csv
from pathlib import Path

from tests.cli.commands import Tieout
from tieout.faults import ExitCode

SOURCE = '[[source]]\nfiles = "*/signed/*.csv"\nformat = "decisions_v1"\nlender = "kakadai"\n'
NAME = "signed/kakadai.decisions.2018-12-15.csv"


def sign(workspace: Path, morning: str, *lines: str) -> None:
    path = workspace / "inbox" / morning / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["break_id,action,by,at,reason", *lines, ""]), encoding="utf-8")


def states(workspace: Path) -> list[str]:
    path = workspace / "reports" / "2018-12-15" / "decisions.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return [row["state"] for row in csv.DictReader(stream)]


def test_an_unknown_break_is_warned_of_and_kept(workspace: Path, tieout: Tieout) -> None:
    with (workspace / "tieout.toml").open("a", encoding="utf-8") as stream:
        stream.write(SOURCE)
    sign(workspace, "2018-12-16", "ffff,accept,Li Na,2018-12-15 09:00:00,a slip of the pen")
    ended = tieout("day", "2018-12-15", "--workspace", workspace)
    assert ended.exit_code == ExitCode.OK
    assert "warning: 2018-12-16/" + NAME + ":2: unknown_break, accept of ffff by Li Na" in (
        ended.stderr
    )
    assert states(workspace) == ["unknown_break"]


def test_a_later_delivery_takes_no_signature_back(workspace: Path, tieout: Tieout) -> None:
    with (workspace / "tieout.toml").open("a", encoding="utf-8") as stream:
        stream.write(SOURCE)
    sign(workspace, "2018-12-16", "ffff,accept,Li Na,2018-12-15 09:00:00,as agreed")
    sign(workspace, "2018-12-17", "ffff,write_off,Li Na,2018-12-15 09:00:00,as agreed")
    ended = tieout("day", "2018-12-15", "--workspace", workspace)
    assert states(workspace) == ["unknown_break", "edited"]
    assert "edited, write_off of" in ended.stderr
