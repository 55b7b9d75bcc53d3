"""Input that cannot be used: its exit code, its message, and reports that stay as they were."""

import io
import json
import os
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.commands import Tieout
from tests.days import replay
from tieout.faults import ExitCode

PIPE = "inbox/2018-12-15/ledger/kakadai.loans.2018-12-14.csv"
POSTINGS = "inbox/2018-12-15/ledger/kakadai.postings.2018-12-14.csv"
WECHATPAY = "inbox/2018-12-15/wechatpay/wechatpay.trade.2018-12-14.csv"
UNIONPAY = "inbox/2018-12-15/unionpay/802440048160001_20181214.zip"
ALIPAY = "inbox/2018-12-15/alipay/20887319456201880156_20181214.csv.zip"

OUT_OF_REACH = (ExitCode.MISUSE, "workspace-out-of-reach")
IN_THE_WAY = (ExitCode.UNREADABLE, "inbox-out-of-reach")

Disturb = Callable[[Path], object]


def reworded(name: str, old: str, new: str) -> Disturb:
    """The first `old` of a text file becomes `new`."""

    def disturb(workspace: Path) -> None:
        text = (workspace / name).read_text(encoding="utf-8")
        assert old in text, f"{name} does not hold {old}"
        (workspace / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return disturb


def written(name: str, data: str | bytes) -> Disturb:
    """A file with this content, new or replaced."""

    def disturb(workspace: Path) -> None:
        path = workspace / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)

    return disturb


def appended(name: str, text: str) -> Disturb:
    def disturb(workspace: Path) -> None:
        with (workspace / name).open("a", encoding="utf-8") as stream:
            stream.write(text)

    return disturb


def made_a_folder(name: str) -> Disturb:
    """A folder where there should be a file."""

    def disturb(workspace: Path) -> None:
        (workspace / name).unlink(missing_ok=True)
        (workspace / name).mkdir(parents=True)

    return disturb


def linked(name: str, to: str) -> Disturb:
    """A symbolic link in the place of what was there."""

    def disturb(workspace: Path) -> None:
        path = workspace / name
        if path.exists():
            path.rename(workspace / "put_aside")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(to)

    return disturb


def a_pipe(name: str) -> Disturb:
    """What is neither a file nor a folder."""
    return lambda workspace: os.mkfifo(workspace / name)


def setting(key: str, value: str) -> Disturb:
    """A key of tieout.toml with this value, whatever was said of it."""

    def disturb(workspace: Path) -> None:
        path = workspace / "tieout.toml"
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        others = {other: said[other] for other in said if other not in (key, "source")}
        lines = [f"{other} = {json.dumps(others[other])}" for other in others]
        path.write_text("\n".join([*lines, f"{key} = {value}", ""]), encoding="utf-8")
        if key != "source":
            appended("tieout.toml", SOURCE.format(format="ledger_loans_v1", owner='lender = "x"'))(
                workspace
            )

    return disturb


def cut_short(name: str) -> Disturb:
    """A file that lost its last third."""

    def disturb(workspace: Path) -> None:
        data = (workspace / name).read_bytes()
        (workspace / name).write_bytes(data[: len(data) * 2 // 3])

    return disturb


def repacked(name: str, change: Callable[[str, bytes], tuple[str, bytes]]) -> Disturb:
    """A zip whose members went through `change`."""

    def disturb(workspace: Path) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(workspace / name) as old, zipfile.ZipFile(packed, "w") as new:
            for member in old.infolist():
                new.writestr(*change(member.filename, old.read(member)))
        (workspace / name).write_bytes(packed.getvalue())

    return disturb


def emptied(workspace: Path) -> None:
    for file in (workspace / "inbox").rglob("*.*"):
        if file.is_file():
            file.unlink()


def without_its_last_lines(member: str, data: bytes) -> tuple[str, bytes]:
    """An Alipay detail without the lines that begin with `#` at its end."""
    lines = data.splitlines(keepends=True)
    while lines and lines[-1].startswith(b"#"):
        lines.pop()
    return member, b"".join(lines)


def amount_in_a_posting(amount: str) -> Disturb:
    return reworded(POSTINGS, "861.65", amount)


SOURCE = '[[source]]\nfiles = "*/other/*.csv"\nformat = "{format}"\n{owner}\n'

TERMS = {
    "channel": "unionpay",
    "cut_off": "23:00",
    "settlement_lag_days": "1",
    "posting_window_hours": "24",
    "file_lag_days": "1",
    "amount_tolerance": "0.00",
    "fee_rate": "0.006",
    "fee_minimum": "",
    "fee_maximum": "",
    "valid_from": "",
    "valid_to": "",
}


def channel_terms(**changed: str) -> Disturb:
    """A table of channels with one row."""
    lines = [",".join(TERMS), ",".join((TERMS | changed).values())]
    return written("reference/channels.csv", "\n".join([*lines, ""]))


SIGNED = "break_id,action,by,at,reason\n"


def signed(line: str, heading: str = SIGNED) -> Disturb:
    """A file of decisions with this one line, and the source that claims it."""

    def disturb(workspace: Path) -> None:
        source = SOURCE.format(format="decisions_v1", owner='lender = "kakadai"')
        appended("tieout.toml", source)(workspace)
        written("inbox/2018-12-15/other/kakadai.decisions.2018-12-14.csv", heading + line)(
            workspace
        )

    return disturb


BAD_INPUT: list[tuple[str, Disturb, ExitCode, str]] = [
    (
        "no tieout.toml",
        lambda workspace: (workspace / "tieout.toml").unlink(),
        ExitCode.MISUSE,
        "settings-missing",
    ),
    (
        "an unknown key",
        reworded("tieout.toml", "event_days", "event_dais"),
        ExitCode.MISUSE,
        "settings-unknown-key",
    ),
    *(
        (f"{key} = {value}", setting(key, value), ExitCode.MISUSE, "settings-bad-value")
        for key, value in (
            ("time_zone", '"../../etc"'),
            ("country", '"Cathay"'),
            ("max_reject_rate", "nan"),
            ("max_reject_rate", '"0.1"'),
            ("late_match_days", "true"),
            ("source", "[1]"),
        )
    ),
    ("settings that are a folder", made_a_folder("tieout.toml"), *OUT_OF_REACH),
    ("a format that is a folder", made_a_folder("formats/x_v1.toml"), *OUT_OF_REACH),
    ("a link to no format", linked("formats/x_v1.toml", "nowhere"), *OUT_OF_REACH),
    ("formats/ that is no folder", written("formats", "x"), *OUT_OF_REACH),
    ("a reference table that is a folder", made_a_folder("reference/channels.csv"), *OUT_OF_REACH),
    ("a link to no table", linked("reference/channels.csv", "nowhere"), *OUT_OF_REACH),
    ("a table linked to itself", linked("reference/channels.csv", "channels.csv"), *OUT_OF_REACH),
    ("a link to no reference/", linked("reference", "nowhere"), *OUT_OF_REACH),
    (
        "a source of an unknown format",
        appended("tieout.toml", SOURCE.format(format="ledger_loans_v9", owner='lender = "x"')),
        ExitCode.MISUSE,
        "source-unknown-format",
    ),
    (
        "a source without an owner",
        appended("tieout.toml", SOURCE.format(format="ledger_loans_v1", owner="")),
        ExitCode.MISUSE,
        "source-without-owner",
    ),
    (
        "an unknown column in a reference table",
        reworded("reference/channels.csv", "fee_rate", "fee_rait"),
        ExitCode.MISUSE,
        "columns-differ",
    ),
    (
        "two reference rows in force on one day",
        appended("reference/charge_rules.csv", "kakadai,,0.002,50.00,0,2018-06-01,\n"),
        ExitCode.MISUSE,
        "reference-overlap",
    ),
    (
        "a day count below zero",
        appended("reference/charge_rules.csv", "lender-b,,0.002,50.00,-1,2018-06-01,\n"),
        ExitCode.MISUSE,
        "reference-senseless-row",
    ),
    (
        "a reference row that ends as it begins",
        appended("reference/charge_rules.csv", "lender-b,,0.002,50.00,0,2018-06-01,2018-06-01\n"),
        ExitCode.MISUSE,
        "reference-senseless-row",
    ),
    (
        "an outage that ends before it begins",
        written(
            "reference/channel_outages.csv",
            "channel,starts_at,ends_at,note\nunionpay,2018-12-16 09:00:00,2018-12-16 08:00:00,\n",
        ),
        ExitCode.MISUSE,
        "reference-senseless-row",
    ),
    (
        "a least fee above the most",
        channel_terms(fee_minimum="5.00", fee_maximum="1.00"),
        ExitCode.MISUSE,
        "reference-senseless-row",
    ),
    (
        "a fee of more than the debit",
        channel_terms(fee_rate="1.01"),
        ExitCode.MISUSE,
        "reference-senseless-row",
    ),
    (
        "late interest of more than the debt a day",
        appended("reference/charge_rules.csv", "lender-b,,2,50.00,0,2018-06-01,\n"),
        ExitCode.MISUSE,
        "reference-senseless-row",
    ),
    *(
        (f"{name} of {value!r}", channel_terms(**{name: value}), ExitCode.MISUSE, fault)
        for name, value, fault in (
            ("channel", "", "reference-bad-line"),
            ("cut_off", "24:01", "reference-bad-line"),
            ("settlement_lag_days", "100000", "reference-bad-line"),
            ("posting_window_hours", "100000", "reference-bad-line"),
            ("posting_window_hours", "", "reference-bad-line"),
            ("file_lag_days", "-1", "reference-senseless-row"),
            ("amount_tolerance", "-0.01", "reference-senseless-row"),
        )
    ),
    (
        "one day of the calendar twice",
        written(
            "reference/calendar.csv",
            "date,is_business_day,note\n2018-12-17,false,\n2018-12-17,true,\n",
        ),
        ExitCode.MISUSE,
        "reference-repeated-row",
    ),
    (
        "one outage twice",
        written(
            "reference/channel_outages.csv",
            "channel,starts_at,ends_at,note\n"
            + "unionpay,2018-12-16 08:00:00,2018-12-16 09:00:00,\n" * 2,
        ),
        ExitCode.MISUSE,
        "reference-repeated-row",
    ),
    (
        "more days than a date can bear",
        reworded("tieout.toml", "event_days      = 30", "event_days = 99999999999"),
        ExitCode.MISUSE,
        "settings-bad-value",
    ),
    (
        "a severity rule about a category that is none",
        written(
            "reference/severity_rules.csv",
            "category,minimum_amount,minimum_age_days,harm,severity,valid_from,valid_to\n"
            "debit_not_postet,,,,low,,\n",
        ),
        ExitCode.MISUSE,
        "reference-unknown-category",
    ),
    (
        "one severity rule twice",
        written(
            "reference/severity_rules.csv",
            "category,minimum_amount,minimum_age_days,harm,severity,valid_from,valid_to\n"
            ",5.00,,,low,,\n,5.00,,,high,2018-01-01,\n",
        ),
        ExitCode.MISUSE,
        "reference-overlap",
    ),
    (
        "a decision that is none",
        signed("0123456789abcdef,forget,Li Na,2018-12-14 09:00:00,because\n"),
        ExitCode.UNREADABLE,
        "file-too-many-rejects",
    ),
    (
        "a decision that nobody signed",
        signed("0123456789abcdef,accept,,2018-12-14 09:00:00,because\n"),
        ExitCode.UNREADABLE,
        "file-too-many-rejects",
    ),
    (
        "decisions without their reason",
        signed("0123456789abcdef,accept,Li Na,2018-12-14 09:00:00\n", SIGNED[:-8] + "\n"),
        ExitCode.UNREADABLE,
        "columns-differ",
    ),
    ("an empty inbox", emptied, ExitCode.MISUSE, "inbox-empty"),
    (
        "a warehouse that is none",
        written("warehouse.duckdb", "not a warehouse at all, yet longer than nothing"),
        ExitCode.MISUSE,
        "warehouse-unreadable",
    ),
    (
        "a file that no source claims",
        written("inbox/2018-12-15/ledger/readme.txt", "x"),
        ExitCode.CLAIM,
        "inbox-unclaimed",
    ),
    (
        "a file that two sources claim",
        appended(
            "tieout.toml",
            SOURCE.format(format="ledger_postings_v1", owner='lender = "kakadai"').replace(
                "*/other/*.csv", "**/kakadai.postings.*"
            ),
        ),
        ExitCode.CLAIM,
        "inbox-claimed-twice",
    ),
    *(
        (
            f"a file name dated {day}",
            written(f"inbox/2018-12-15/ledger/kakadai.postings.{day}.csv", "posting_id\n"),
            ExitCode.UNREADABLE,
            "file-date-out-of-range",
        )
        for day in ("0001-01-01", "19691231", "2200-01-01", "99991231")
    ),
    ("a folder linked into itself", linked("inbox/2018-12-15/again", ".."), *IN_THE_WAY),
    ("a link to no file", linked(POSTINGS, "nowhere"), *IN_THE_WAY),
    ("a file linked to itself", linked(POSTINGS, Path(POSTINGS).name), *IN_THE_WAY),
    (
        "a pipe in the inbox",
        a_pipe(PIPE),
        *IN_THE_WAY,
    ),
    (
        "a file name that is no text",
        written("inbox/2018-12-15/ledger/kakadai.postings.\udcbd.2018-12-14.csv", "posting_id\n"),
        ExitCode.UNREADABLE,
        "file-name-no-text",
    ),
    (
        "bytes that are not UTF-8",
        written(POSTINGS, "posting_id,借款\n".encode("gb18030")),
        ExitCode.UNREADABLE,
        "file-wrong-encoding",
    ),
    (
        "a column twice",
        reworded(POSTINGS, "order_no", "loan_id"),
        ExitCode.UNREADABLE,
        "columns-differ",
    ),
    (
        "a column missing",
        reworded(POSTINGS, ",order_no", ""),
        ExitCode.UNREADABLE,
        "columns-differ",
    ),
    (
        "a date that is none",
        reworded(POSTINGS, "2018-12-14,repayment", "2018-02-30,repayment"),
        ExitCode.UNREADABLE,
        "file-too-many-rejects",
    ),
    (
        "an amount with three decimals",
        amount_in_a_posting("1.005"),
        ExitCode.UNREADABLE,
        "file-too-many-rejects",
    ),
    (
        "an amount with an exponent",
        amount_in_a_posting("1e3"),
        ExitCode.UNREADABLE,
        "file-too-many-rejects",
    ),
    (
        "an amount with underscores",
        amount_in_a_posting("1_000"),
        ExitCode.UNREADABLE,
        "file-too-many-rejects",
    ),
    (
        "a member that points out of its zip",
        repacked(UNIONPAY, lambda member, data: (f"../{member}", data)),
        ExitCode.UNREADABLE,
        "container-refused",
    ),
    ("a zip cut short", cut_short(UNIONPAY), ExitCode.TRUNCATED, "file-cut-short"),
    (
        "a file without its trailer",
        repacked(ALIPAY, without_its_last_lines),
        ExitCode.TRUNCATED,
        "totals-missing",
    ),
    (
        "a critical expectation that fails",
        amount_in_a_posting("-861.65"),
        ExitCode.EXPECTATION,
        "expectation-failed",
    ),
]


@pytest.mark.parametrize(
    ("disturb", "exit_code", "fault"),
    [case[1:] for case in BAD_INPUT],
    ids=[case[0] for case in BAD_INPUT],
)
def test_bad_input_is_told_and_nothing_is_published(
    workspace: Path, tieout: Tieout, disturb: Disturb, exit_code: ExitCode, fault: str
) -> None:
    before = replay.every_file(workspace / "reports")
    disturb(workspace)
    ended = tieout("day", "2018-12-14", "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (exit_code, fault), ended.stderr
    assert ended.stdout == ""
    message = ended.stderr[ended.stderr.index("error ") :].splitlines()
    assert [line.split(":")[0].strip() for line in message[1:5]] == [
        "where",
        "found",
        "expected",
        "do",
    ]
    assert all(line.partition(": ")[2].strip() for line in message[1:5])
    assert replay.every_file(workspace / "reports") == before


@pytest.mark.parametrize(
    ("disturb", "fault"),
    [(case[1], case[3]) for case in BAD_INPUT if case[2] == ExitCode.MISUSE],
    ids=[case[0] for case in BAD_INPUT if case[2] == ExitCode.MISUSE],
)
def test_check_tells_what_is_wrong_before_a_day_does(
    workspace: Path, tieout: Tieout, disturb: Disturb, fault: str
) -> None:
    disturb(workspace)
    ended = tieout("check", "--workspace", workspace)
    of_data = {"inbox-empty", "warehouse-unreadable"}
    expected = (ExitCode.OK, "") if fault in of_data else (ExitCode.MISUSE, fault)
    assert (ended.exit_code, ended.fault) == expected, ended.stderr


def test_every_exit_code_of_a_bad_file_is_here() -> None:
    of_other_verbs = {ExitCode.NOT_FETCHED, ExitCode.NOT_NOTIFIED}
    elsewhere = {
        ExitCode.OK,
        ExitCode.REFUSED,
        ExitCode.NOT_TIED,
        ExitCode.LOCKED,
        ExitCode.NO_MEMORY,
        ExitCode.STOPPED,
    }
    assert {case[2] for case in BAD_INPUT} == set(ExitCode) - elsewhere - of_other_verbs


def test_bad_amounts_within_the_reject_rate_go_to_rejects(workspace: Path, tieout: Tieout) -> None:
    amounts = ["1.005", "1e3", "1_000", " 5.00", "861,65", "NaN"]
    lines = [
        f'X{number},K2006,10,,,"{amount}",2018-12-14 08:06:28,2018-12-14,repayment,\n'
        for number, amount in enumerate(amounts)
    ]
    reworded("tieout.toml", "max_reject_rate = 0.001", "max_reject_rate = 1")(workspace)
    appended(POSTINGS, "".join(lines))(workspace)
    ended = tieout("day", "2018-12-14", "--workspace", workspace)
    assert ended.exit_code == ExitCode.OK, ended.stderr
    rejects = (workspace / "reports/2018-12-14/rejects.csv").read_text(encoding="utf-8")
    assert len(rejects.splitlines()) == 1 + len(amounts)
    assert all(amount in rejects for amount in amounts)


def test_amounts_too_large_for_a_report_go_to_rejects(workspace: Path, tieout: Tieout) -> None:
    lines = [
        f"X{number},K2006,10,,,100000000000000.00,2018-12-14 08:06:28,2018-12-14,repayment,\n"
        for number in range(100)
    ]
    reworded("tieout.toml", "max_reject_rate = 0.001", "max_reject_rate = 1")(workspace)
    appended(POSTINGS, "".join(lines))(workspace)
    ended = tieout("day", "2018-12-14", "--workspace", workspace)
    assert ended.exit_code == ExitCode.OK, ended.stderr
    rejects = (workspace / "reports/2018-12-14/rejects.csv").read_text(encoding="utf-8")
    assert rejects.count("amount: too large") == len(lines)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("name", [POSTINGS, str(Path(POSTINGS).parent)])
def test_what_may_not_be_read_is_never_passed_over(
    workspace: Path, tieout: Tieout, name: str
) -> None:
    (workspace / name).chmod(0)
    ended = tieout("day", "2018-12-14", "--workspace", workspace)
    (workspace / name).chmod(0o700)
    assert (ended.exit_code, ended.fault) == IN_THE_WAY, ended.stderr
    assert f"where:    {name}" in ended.stderr


def test_folders_that_are_linked_into_the_inbox_are_read(workspace: Path, tieout: Tieout) -> None:
    before = replay.every_file(workspace / "reports")
    (workspace / "inbox/2018-12-15").rename(workspace / "delivered")
    (workspace / "inbox/2018-12-15").symlink_to("../delivered")
    ended = tieout("day", "2018-12-14", "--workspace", workspace)
    assert ended.exit_code == ExitCode.OK, ended.stderr
    assert replay.every_file(workspace / "reports") == before


def test_a_file_once_mended_is_read_again(workspace: Path, tieout: Tieout) -> None:
    before = replay.every_file(workspace / "reports")
    amount_in_a_posting("1.005")(workspace)
    assert tieout("day", "2018-12-14", "--workspace", workspace).exit_code == ExitCode.UNREADABLE
    reworded(POSTINGS, "1.005", "861.65")(workspace)
    assert tieout("day", "2018-12-14", "--workspace", workspace).exit_code == ExitCode.OK
    assert replay.every_file(workspace / "reports") == before
