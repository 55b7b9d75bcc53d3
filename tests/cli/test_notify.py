"""A notification tells counts, money and where the report lies, and nothing about a person."""

import csv
from datetime import date
from pathlib import Path

import apprise
import pytest

from tests.cli.chat_room import SECRET, chat_room
from tests.cli.commands import Tieout
from tieout.faults import ExitCode, Fault
from tieout.notify import day_message, fault_message
from tieout.settings import load

PERSONAL = ("borrower_ref", "loan_id", "card_no", "order_no", "posting_id", "subject", "name")


@pytest.fixture
def workspace(workspace: Path) -> Path:
    with (workspace / "tieout.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[notify]\nurls_from_env = "CHAT_ROOMS"\n')
    return workspace


def identifiers(workspace: Path) -> set[str]:
    """Everything in the inbox and the report that could lead to a person."""
    found = set()
    for path in [*workspace.rglob("inbox/**/*.csv"), *workspace.rglob("reports/*/*.csv")]:
        with path.open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                found |= {row[name] for name in PERSONAL if row.get(name)}
    return found


def test_what_was_published_is_sent_to_every_service_and_printed(
    workspace: Path, tieout: Tieout, monkeypatch: pytest.MonkeyPatch
) -> None:
    with chat_room() as (one, first), chat_room() as (other, second):
        monkeypatch.setenv("CHAT_ROOMS", f"{one}\n{other}")
        ended = tieout("notify", "2018-12-14", "--workspace", workspace)
    assert ended.exit_code == ExitCode.OK
    assert [m["title"] for m in first] == [m["title"] for m in second]
    assert ended.stdout == f"{first[0]['title']}\n{first[0]['message']}\n"
    assert str(workspace / "reports" / "2018-12-14" / "report.html") in first[0]["message"]


def test_nothing_in_it_leads_to_a_person(
    workspace: Path, tieout: Tieout, monkeypatch: pytest.MonkeyPatch
) -> None:
    with chat_room() as (address, messages):
        monkeypatch.setenv("CHAT_ROOMS", address)
        tieout("notify", "2018-12-14", "--workspace", workspace)
    known = identifiers(workspace)
    assert len(known) > 10
    text = f"{messages[0]['title']}\n{messages[0]['message']}".replace(str(workspace), "")
    assert [each for each in sorted(known) if each in text] == []


def test_it_tells_what_has_to_be_done_in_both_languages() -> None:
    summary = {
        "business_date": "2018-12-19",
        "currency": "CNY",
        "ties": True,
        "breaks": {
            "count": 1017,
            "refund": "422.19",
            "by_severity": {"critical": {"count": 4}, "low": {"count": 1013}},
        },
        "wrongly_overdue": {"borrowers": 4, "collections_to_stop": 3, "records_to_correct": 2},
        "in_transit": {"count": 1, "amount": "648.20"},
        "cleared": 5,
        "rejects": 6,
    }
    message = day_message(summary, Path("/reports/2018-12-19/report.html"))
    assert message.title == "tieout 2018-12-19: 账已平 It ties, 差错 breaks 1,017"
    assert message.body.splitlines() == [
        "账已平 It ties",
        "未平差错 Open breaks: 1,017 (严重 critical 4, 低 low 1,013)",
        "应退还借款人 Money to refund: 422.19 CNY",
        "误判逾期的借款人 Borrowers wrongly overdue: 4",
        "应停止的催收 Collections to stop: 3",
        "应更正的征信记录 Bureau records to correct: 2",
        "在途 In transit: 1, 648.20 CNY",
        "今日已销账 Cleared today: 5",
        "拒收 Lines rejected: 6",
        "报告 Report: /reports/2018-12-19/report.html",
    ]


def test_a_fault_is_told_without_what_was_found() -> None:
    fault = Fault(
        "file-too-many-rejects",
        ExitCode.UNREADABLE,
        where="inbox/2018-12-20/kakadai.loans.csv:3",
        found='card_no: found "6227001234567891234"',
        expected="e",
        action="a",
    )
    message = fault_message(date(2018, 12, 19), fault)
    assert message.title == "tieout 2018-12-19: 未发布 not published"
    assert message.body == ("file-too-many-rejects (exit 11)\ninbox/2018-12-20/kakadai.loans.csv:3")


def test_a_service_that_refuses_is_named_without_its_address_and_the_others_are_told(
    workspace: Path, tieout: Tieout, monkeypatch: pytest.MonkeyPatch
) -> None:
    with chat_room(status=500) as (broken, _), chat_room() as (sound, told):
        monkeypatch.setenv("CHAT_ROOMS", f"{broken} {sound}")
        ended = tieout("notify", "2018-12-14", "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.NOT_NOTIFIED, "notify-failed")
    assert "number 1 (json)" in ended.stderr
    assert SECRET not in ended.stderr
    assert len(told) == 1


def test_an_address_that_nobody_knows_keeps_all_of_them_waiting(
    workspace: Path, tieout: Tieout, monkeypatch: pytest.MonkeyPatch
) -> None:
    with chat_room() as (sound, told):
        monkeypatch.setenv("CHAT_ROOMS", f"{sound} nobody://{SECRET}")
        ended = tieout("notify", "2018-12-14", "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.MISUSE, "notify-address-unknown")
    assert "number 2" in ended.stderr
    assert SECRET not in ended.stderr
    assert told == []


@pytest.mark.parametrize(
    ("day", "addresses", "table", "fault"),
    [
        (
            "2018-12-13",
            "json://localhost",
            '\n[notify]\nurls_from_env = "A"\n',
            "day-not-published",
        ),
        ("2018-12-14", "", '\n[notify]\nurls_from_env = "A"\n', "variable-not-set"),
        ("2018-12-14", "json://localhost", "", "notify-not-configured"),
        ("2018-12-14", "json://localhost", '\n[notify]\nurls = "A"\n', "settings-unknown-key"),
        ("2018-12-14", "json://localhost", "\n[notify]\n", "settings-bad-value"),
        (
            "2018-12-14",
            "json://localhost",
            f'\n[notify]\nurls_from_env = "slack://{SECRET}"\n',
            "settings-bad-value",
        ),
    ],
)
def test_what_is_missing_is_misuse(
    *,
    workspace: Path,
    tieout: Tieout,
    monkeypatch: pytest.MonkeyPatch,
    day: str,
    addresses: str,
    table: str,
    fault: str,
) -> None:
    text = (workspace / "tieout.toml").read_text("utf-8").partition("\n[notify]")[0]
    (workspace / "tieout.toml").write_text(text + table, encoding="utf-8")
    monkeypatch.setenv("A", addresses)
    ended = tieout("notify", day, "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.MISUSE, fault)
    assert SECRET not in ended.stderr


@pytest.mark.parametrize(
    "address",
    [
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ",
        "wecombot://0000000000000000000000",
        "dingtalk://000000000000",
        "feishu://0000000000000000",
        "lark://0000000000000000",
        "mailto://user:word@example.org",
    ],
)
def test_the_services_our_users_have_are_known(address: str) -> None:
    assert apprise.Apprise.instantiate(address) is not None


def test_the_variable_is_named_never_its_value(workspace: Path) -> None:
    assert load(workspace).notify_urls_from_env == "CHAT_ROOMS"
