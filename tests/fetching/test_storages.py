"""Files of a storage arrive in the inbox byte for byte, once, and only under a source's name."""

import json
from datetime import date
from pathlib import Path

import fsspec
import pytest

from tests.cli.commands import Tieout
from tests.fetching.servers import SECRET
from tieout.faults import ExitCode, Fault
from tieout.settings import load

D = "2018-12-19"
CHANNEL = "wechatpay.settlement.2018-12-19.csv"
ADDRESS = "memory://bucket/{business_date:%Y%m%d}/*.csv"
SETTINGS = """
time_zone = "Asia/Shanghai"
currency  = "CNY"

[[source]]
files   = "*/wechatpay/wechatpay.settlement.*.csv"
format  = "channel_settlement_v1"
channel = "wechatpay"

[[storage]]
files  = "ADDRESS"
folder = "wechatpay"
"""


@pytest.fixture
def bucket() -> fsspec.AbstractFileSystem:
    storage = fsspec.filesystem("memory")
    storage.store.clear()
    return storage


@pytest.fixture
def workspace(workspace: Path) -> Path:
    return configured(workspace)


def configured(workspace: Path, address: str = ADDRESS, more: str = "") -> Path:
    text = SETTINGS.replace("ADDRESS", address) + more
    (workspace / "tieout.toml").write_text(text, encoding="utf-8")
    return workspace


def inbox(workspace: Path) -> dict[str, bytes]:
    return {
        path.relative_to(workspace / "inbox").as_posix(): path.read_bytes()
        for path in sorted((workspace / "inbox").rglob("*.*"))
    }


def test_the_files_of_the_business_date_are_copied_byte_for_byte(
    bucket: fsspec.AbstractFileSystem, workspace: Path, tieout: Tieout
) -> None:
    bucket.pipe(f"/bucket/20181219/{CHANNEL}", b"today")
    bucket.pipe("/bucket/20181218/wechatpay.settlement.2018-12-18.csv", b"yesterday")
    bucket.pipe("/bucket/20181219/readme.txt", b"not asked for")
    ended = tieout("fetch", D, "--workspace", workspace)
    assert ended.stdout == f"{workspace}/inbox/2018-12-20/wechatpay/{CHANNEL}\n"
    assert inbox(workspace) == {f"2018-12-20/wechatpay/{CHANNEL}": b"today"}


def test_a_folder_may_be_named_by_the_delivery_day(
    bucket: fsspec.AbstractFileSystem, workspace: Path, tieout: Tieout
) -> None:
    configured(workspace, "memory://bucket/{delivery_day}/*.csv")
    bucket.pipe(f"/bucket/2018-12-22/{CHANNEL}", b"today")
    tieout("fetch", D, "--delivered", "2018-12-22", "--workspace", workspace)
    assert inbox(workspace) == {f"2018-12-22/wechatpay/{CHANNEL}": b"today"}


def test_a_local_folder_is_a_storage_too(tmp_path: Path, workspace: Path, tieout: Tieout) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    (drop / CHANNEL).write_bytes(b"today")
    configured(workspace, f"file://{drop}/*.{{business_date}}.csv")
    tieout("fetch", D, "--workspace", workspace)
    assert inbox(workspace) == {f"2018-12-20/wechatpay/{CHANNEL}": b"today"}


def test_what_the_inbox_holds_already_is_not_delivered_again(
    bucket: fsspec.AbstractFileSystem, workspace: Path, tieout: Tieout
) -> None:
    bucket.pipe(f"/bucket/20181219/{CHANNEL}", b"today")
    tieout("fetch", D, "--workspace", workspace)
    for day in ("2018-12-20", "2018-12-21"):
        assert tieout("fetch", D, "--delivered", day, "--workspace", workspace).stdout == ""
    assert list(inbox(workspace)) == [f"2018-12-20/wechatpay/{CHANNEL}"]


def test_a_correction_is_delivered_beside_the_file_it_corrects(
    bucket: fsspec.AbstractFileSystem, workspace: Path, tieout: Tieout
) -> None:
    bucket.pipe(f"/bucket/20181219/{CHANNEL}", b"today")
    tieout("fetch", D, "--workspace", workspace)
    bucket.pipe(f"/bucket/20181219/{CHANNEL}", b"corrected")
    refused = tieout("fetch", D, "--workspace", workspace)
    assert (refused.exit_code, refused.fault) == (ExitCode.NOT_FETCHED, "delivered-already")
    tieout("fetch", D, "--delivered", "2018-12-21", "--workspace", workspace)
    assert inbox(workspace) == {
        f"2018-12-20/wechatpay/{CHANNEL}": b"today",
        f"2018-12-21/wechatpay/{CHANNEL}": b"corrected",
    }


def test_a_file_that_is_not_there_yet_is_no_fault(
    bucket: fsspec.AbstractFileSystem, workspace: Path, tieout: Tieout
) -> None:
    bucket.pipe("/bucket/20181218/wechatpay.settlement.2018-12-18.csv", b"yesterday")
    ended = tieout("fetch", D, "--workspace", workspace)
    assert (ended.exit_code, ended.stdout) == (ExitCode.OK, "")
    assert ended.stderr == "no file yet: memory://bucket/20181219/*.csv\n"


def test_a_file_that_no_source_claims_keeps_everything_out(
    bucket: fsspec.AbstractFileSystem, workspace: Path, tieout: Tieout
) -> None:
    bucket.pipe(f"/bucket/20181219/{CHANNEL}", b"today")
    bucket.pipe("/bucket/20181219/other.csv", b"what is this")
    ended = tieout("fetch", D, "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.CLAIM, "inbox-unclaimed")
    assert inbox(workspace) == {}


def test_two_files_of_one_name_are_not_chosen_between(
    bucket: fsspec.AbstractFileSystem, workspace: Path, tieout: Tieout
) -> None:
    configured(workspace, "memory://bucket/**/*{business_date}.csv")
    bucket.pipe(f"/bucket/a/{CHANNEL}", b"one")
    bucket.pipe(f"/bucket/b/{CHANNEL}", b"other")
    ended = tieout("fetch", D, "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.NOT_FETCHED, "storage-name-twice")
    assert inbox(workspace) == {}


def test_two_storages_cannot_deliver_one_file(
    bucket: fsspec.AbstractFileSystem, workspace: Path, tieout: Tieout
) -> None:
    other = '\n[[storage]]\nfiles = "memory://b/{business_date}/*"\nfolder = "wechatpay"\n'
    configured(workspace, more=other)
    bucket.pipe(f"/bucket/20181219/{CHANNEL}", b"one")
    bucket.pipe(f"/b/2018-12-19/{CHANNEL}", b"other")
    ended = tieout("fetch", D, "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.NOT_FETCHED, "delivered-already")
    assert inbox(workspace) == {}


def test_a_storage_that_fails_is_told_without_its_secrets(
    workspace: Path, tieout: Tieout, monkeypatch: pytest.MonkeyPatch
) -> None:
    configured(workspace, more='options_from_env = "STORAGE"\n')
    monkeypatch.setenv("STORAGE", json.dumps({"password": SECRET}))

    def refuse(*_: object, **options: object) -> None:
        raise ConnectionError(f"refused {options}")

    monkeypatch.setattr(fsspec.core, "url_to_fs", refuse)
    ended = tieout("fetch", D, "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.NOT_FETCHED, "storage-failed")
    assert "refused" in ended.stderr
    assert SECRET not in ended.stderr


@pytest.mark.parametrize(
    ("value", "fault"), [("", "variable-not-set"), (SECRET, "storage-options-not-json")]
)
def test_options_come_from_the_environment_and_are_never_shown(
    workspace: Path, tieout: Tieout, monkeypatch: pytest.MonkeyPatch, value: str, fault: str
) -> None:
    configured(workspace, more='options_from_env = "STORAGE"\n')
    monkeypatch.setenv("STORAGE", value)
    ended = tieout("fetch", D, "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.MISUSE, fault)
    assert SECRET not in ended.stderr


def test_an_address_of_an_unknown_kind_is_a_bad_setting(workspace: Path, tieout: Tieout) -> None:
    configured(workspace, "carrier-pigeon://loft/{business_date}")
    ended = tieout("fetch", D, "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.MISUSE, "storage-driver-missing")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('files = "s3://bucket/*.zip"', "files"),
        ('files = "s3://bucket/{day}.zip"', "files"),
        ('files = "bucket/{business_date}.zip"', "files"),
        ('files = "sftp://user:word@host/{business_date}.zip"', "name an account"),
        ('files = "sftp://user:word@host/*.zip"', "name an account"),
        ('folder = "../elsewhere"', "folder"),
        ('folder = "/elsewhere"', "folder"),
        ('options_from_env = "pass word"', "no variable's name"),
        ('password = "p"', "unknown key password"),
    ],
)
def test_settings_of_a_storage_are_read_strictly(workspace: Path, line: str, found: str) -> None:
    key = line.partition(" ")[0]
    kept = [
        text
        for text in (workspace / "tieout.toml").read_text("utf-8").splitlines()
        if not text.startswith(key) or "*/wechatpay" in text
    ]
    (workspace / "tieout.toml").write_text("\n".join([*kept, line]), encoding="utf-8")
    with pytest.raises(Fault) as fault:
        load(workspace)
    assert fault.value.exit_code == ExitCode.MISUSE
    assert found in fault.value.found
    assert "user:word" not in fault.value.message()


def test_nothing_configured_is_nothing_to_fetch(workspace: Path, tieout: Tieout) -> None:
    text = (workspace / "tieout.toml").read_text("utf-8").partition("[[storage]]")[0]
    (workspace / "tieout.toml").write_text(text, encoding="utf-8")
    ended = tieout("fetch", D, "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.MISUSE, "nothing-to-fetch")


def test_the_day_is_only_ever_given(workspace: Path) -> None:
    storage = load(workspace).storages[0]
    assert storage.files.format(business_date=date(2018, 1, 2)) == "memory://bucket/20180102/*.csv"
