"""A database is set up in tieout.toml, its credentials never are."""

from pathlib import Path

import pytest

from tests.cli.commands import Tieout
from tests.fetching.test_databases import SETTINGS
from tieout.faults import ExitCode, Fault
from tieout.settings import load


@pytest.mark.parametrize(
    ("found", "instead", "told"),
    [
        ("postings = ", "posting = ", "unknown key posting"),
        ("KAKADAI_DATABASE", "postgresql://reader:pw@db/ledger", "no variable's name"),
        ("url_from_env", "url", "unknown key url"),
        ('folder       = "ledger"', 'folder = "a/../b"', "folder"),
        ("'''{query}'''", "''", "postings = ''"),
        ("postings = '''{query}'''", "", "query"),
    ],
)
def test_settings_of_a_database_are_read_strictly(
    workspace: Path, found: str, instead: str, told: str
) -> None:
    (workspace / "tieout.toml").write_text(SETTINGS.replace(found, instead), encoding="utf-8")
    with pytest.raises(Fault) as fault:
        load(workspace)
    assert fault.value.exit_code == ExitCode.MISUSE
    assert told in fault.value.found
    assert "reader:pw" not in fault.value.message()


@pytest.mark.parametrize(
    ("found", "instead"),
    [("ledger_postings_v1", "ledger_loans_v1"), ('lender = "kakadai"', 'lender = "other"')],
)
def test_the_source_that_claims_a_feeds_file_must_read_that_feed_of_that_lender(
    *,
    workspace: Path,
    tieout: Tieout,
    monkeypatch: pytest.MonkeyPatch,
    found: str,
    instead: str,
) -> None:
    monkeypatch.setenv("KAKADAI_DATABASE", "postgresql:///nowhere")
    (workspace / "tieout.toml").write_text(SETTINGS.replace(found, instead), encoding="utf-8")
    ended = tieout("fetch", "2018-12-19", "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.MISUSE, "source-of-another-feed")


@pytest.mark.parametrize(
    ("url", "code", "fault"),
    [
        ("oracle://reader:pw@db/ledger", ExitCode.MISUSE, "database-system-unknown"),
        ("mysql://reader:pw[@db/ledger", ExitCode.MISUSE, "database-system-unknown"),
        ("postgresql://reader:pw@127.0.0.1:1/x", ExitCode.NOT_FETCHED, "database-failed"),
        ("postgresql://reader:pw%zz@127.0.0.1:1/x", ExitCode.NOT_FETCHED, "database-failed"),
    ],
)
def test_a_database_that_cannot_be_had_is_told_without_its_password(
    *,
    workspace: Path,
    tieout: Tieout,
    monkeypatch: pytest.MonkeyPatch,
    url: str,
    code: ExitCode,
    fault: str,
) -> None:
    pytest.importorskip("adbc_driver_postgresql")
    monkeypatch.setenv("KAKADAI_DATABASE", url)
    (workspace / "tieout.toml").write_text(SETTINGS, encoding="utf-8")
    ended = tieout("fetch", "2018-12-19", "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (code, fault)
    assert "pw" not in ended.stderr
    assert not (workspace / "inbox").exists()


def test_a_check_names_what_would_be_fetched_and_which_variable_is_missing(
    workspace: Path, tieout: Tieout, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace / "tieout.toml").write_text(SETTINGS, encoding="utf-8")
    monkeypatch.delenv("KAKADAI_DATABASE", raising=False)
    line = "database of kakadai: postings; KAKADAI_DATABASE is"
    assert f"{line} not set" in tieout("check", "--workspace", workspace).stdout
    monkeypatch.setenv("KAKADAI_DATABASE", "postgresql://reader:pw@db/ledger")
    told = tieout("check", "--workspace", workspace).stdout
    assert f"{line} set" in told
    assert ":pw" not in told
