"""The worked example of CONTRIBUTING.md does what the page says."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from tests.cli.commands import Tieout
from tieout.faults import ExitCode
from tieout.inbox import claim
from tieout.settings import load

PAGE = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("## A channel's own file, step by step")[2].partition("\n## ")[0]
BILL, FORMAT, COMMAND, OUTPUT, SOURCE = re.findall(r"```\w+\n(.*?)```", SECTION, re.DOTALL)
BILL_NAME = "harbour_20181219.csv"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / BILL_NAME).write_text(BILL, encoding="utf-8")
    (tmp_path / "formats").mkdir()
    (tmp_path / "formats" / "harbour_v1.toml").write_text(FORMAT, encoding="utf-8")
    settings = f'time_zone = "Asia/Shanghai"\ncurrency = "CNY"\n\n{SOURCE}'
    (tmp_path / "tieout.toml").write_text(settings, encoding="utf-8")
    return tmp_path


def test_the_command_prints_what_the_page_shows(workspace: Path, tieout: Tieout) -> None:
    program, *words = shlex.split(COMMAND)
    ended = tieout(*words)
    assert program == "tieout"
    assert ended.stdout == OUTPUT
    assert (ended.exit_code, ended.fault) == (ExitCode.UNREADABLE, "file-too-many-rejects")


def test_the_bill_ties_once_its_bad_line_is_mended(workspace: Path, tieout: Tieout) -> None:
    mended = BILL.replace("1250.00", "1250")
    (workspace / BILL_NAME).write_text(mended, encoding="utf-8")
    ended = tieout(*shlex.split(COMMAND)[1:])
    assert (ended.exit_code, ended.stderr) == (ExitCode.OK, "")
    assert OUTPUT.count(" NO\n") == 3
    assert ended.stdout.count(" NO\n") == 0


def test_the_source_of_the_page_claims_the_bill_and_is_checked(
    workspace: Path, tieout: Tieout
) -> None:
    assert claim(f"2018-12-20/harbour/{BILL_NAME}", load(workspace).sources).channel == "harbour"
    assert tieout("check").exit_code == ExitCode.OK
    assert tomllib.loads(SOURCE)["source"][0]["format"] == "harbour_v1"
