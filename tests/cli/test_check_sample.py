"""`tieout check --format --sample` shows what a format makes of a file, and ends as a day would."""

from pathlib import Path

import pytest

from tests.cli.commands import Tieout
from tieout.faults import ExitCode

POSTINGS = (
    "posting_id,loan_id,instalment_no,order_no,channel,amount,posted_at,value_date,kind,reverses\n"
)
GOOD = "P{},L1,1,DO1,unionpay,1625.00,2018-12-19 10:00:00,2018-12-19,repayment,\n"
BAD = "P{},L1,1,DO1,unionpay,1625.005,2018-12-19 10:00:00,2018-12-19,repayment,\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    settings = (
        'time_zone = "Asia/Shanghai"\ncurrency = "CNY"\nmax_reject_rate = 0.25\n'
        '[[source]]\nfiles = "*.csv"\nformat = "ledger_postings_v1"\nlender = "kakadai"\n'
    )
    (tmp_path / "tieout.toml").write_text(settings, encoding="utf-8")
    return tmp_path


def sample(workspace: Path, *rows: str, name: str = "kakadai.postings.2018-12-19.csv") -> Path:
    path = workspace / name
    text = "".join(row.format(number) for number, row in enumerate(rows, start=1))
    path.write_text(POSTINGS + text, encoding="utf-8")
    return path


def asked(workspace: Path, path: Path, name: str = "ledger_postings_v1") -> tuple[str | Path, ...]:
    return ("check", "--format", name, "--sample", path, "--workspace", workspace)


def test_the_first_rows_are_shown_column_by_column(workspace: Path, tieout: Tieout) -> None:
    ended = tieout(*asked(workspace, sample(workspace, GOOD, GOOD, GOOD, GOOD)))
    assert (ended.exit_code, ended.stderr) == (ExitCode.OK, "")
    lines = ended.stdout.splitlines()
    assert "business date 2018-12-19" in lines[1]
    assert "postings: 4 rows of 4 lines, 0 rejected" in lines
    assert "  column         filled  line 2               line 3               line 4" in lines
    assert "  posting_id     4/4     P1                   P2                   P3" in lines
    assert "  reverses       0/4" in lines


def test_a_few_bad_lines_are_shown_with_their_reason(workspace: Path, tieout: Tieout) -> None:
    ended = tieout(*asked(workspace, sample(workspace, GOOD, GOOD, BAD, GOOD)))
    assert ended.exit_code == ExitCode.OK
    assert 'rejected line 4: amount: found "1625.005", expected at most 2 decimals' in ended.stdout


def test_bad_lines_beyond_those_shown_are_counted(workspace: Path, tieout: Tieout) -> None:
    ended = tieout(*asked(workspace, sample(workspace, *[BAD] * 7, *[GOOD] * 21)))
    assert ended.exit_code == ExitCode.OK
    assert ended.stdout.count("rejected line") == 5
    assert "and 2 more" in ended.stdout


def test_too_many_bad_lines_are_all_counted_and_end_as_on_a_day(
    workspace: Path, tieout: Tieout
) -> None:
    ended = tieout(*asked(workspace, sample(workspace, BAD, BAD, GOOD)))
    assert "postings: 1 rows of 3 lines, 2 rejected" in ended.stdout
    assert (ended.exit_code, ended.fault) == (ExitCode.UNREADABLE, "file-too-many-rejects")


def test_a_cut_file_ends_as_on_a_day(workspace: Path, tieout: Tieout) -> None:
    path = workspace / "bill_2018-12-19.csv"
    path.write_bytes(b"")
    ended = tieout(*asked(workspace, path, "wechatpay_trade_v1"))
    assert (ended.exit_code, ended.fault) == (ExitCode.TRUNCATED, "file-empty")


@pytest.mark.parametrize(
    ("name", "format_name", "code", "fault"),
    [
        ("postings.csv", "ledger_postings_v1", ExitCode.UNREADABLE, "file-without-date"),
        (
            "postings.99991231.csv",
            "ledger_postings_v1",
            ExitCode.UNREADABLE,
            "file-date-out-of-range",
        ),
        ("kakadai.postings.2018-12-19.csv", "nobodys_v1", ExitCode.MISUSE, "format-unknown"),
    ],
)
def test_a_name_that_tells_nothing_is_a_fault(
    *, workspace: Path, tieout: Tieout, name: str, format_name: str, code: ExitCode, fault: str
) -> None:
    ended = tieout(*asked(workspace, sample(workspace, GOOD, name=name), format_name))
    assert (ended.exit_code, ended.fault) == (code, fault)


@pytest.mark.parametrize("words", [("--format", "x"), ("--sample", "tieout.toml")])
def test_a_format_needs_a_sample_and_a_sample_a_format(
    workspace: Path, tieout: Tieout, monkeypatch: pytest.MonkeyPatch, words: tuple[str, str]
) -> None:
    monkeypatch.chdir(workspace)
    assert tieout("check", *words).exit_code == ExitCode.MISUSE


def test_nothing_is_written(workspace: Path, tieout: Tieout) -> None:
    path = sample(workspace, GOOD)
    before = sorted(workspace.rglob("*"))
    tieout(*asked(workspace, path))
    assert sorted(workspace.rglob("*")) == before
