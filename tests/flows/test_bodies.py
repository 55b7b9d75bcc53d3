"""What a flow does around the steps: what stops a night is told, in full and to the services."""

import errno
from datetime import date, timedelta
from pathlib import Path

import pytest

from flows import reconcile_day as night_flow
from tests.cli.chat_room import SECRET, ChatRoom, chat_room
from tests.flows.night import DAY, NOTIFY, STORAGE, Night
from tieout.backfill import BackfilledDay
from tieout.faults import ExitCode, Fault
from tieout.fetch import Arrival

DOES_NOT_TIE = Fault(
    "control-does-not-tie",
    ExitCode.NOT_TIED,
    where="file inbox/x.csv, debit rows",
    found="read 2, but matched 1",
    expected="what was read to be in exactly one place",
    action="Report this.",
)
NO_ROOM = OSError(errno.ENOSPC, "No space left on device", "reports/2018-12-19")


def test_a_published_day_is_returned_shown_and_notified(night: Night, room: ChatRoom) -> None:
    report = night.run()
    assert report == night.workspace / "reports" / str(DAY)
    assert night.artifacts["figures"].startswith(f"## {DAY}")
    assert night.artifacts["report"] == (report / "report.html").as_uri()
    assert [message["title"] for message in room.messages] == [
        f"tieout {DAY}: 账已平 It ties, 差错 breaks 0"
    ]


def test_a_night_without_a_business_date_is_of_the_day_before_its_scheduled_start(
    night: Night,
) -> None:
    assert night.run(business_date=None).name == "2018-12-19"


def test_a_fault_of_a_step_is_notified_and_fails_the_night(night: Night, room: ChatRoom) -> None:
    night.fail(DOES_NOT_TIE)
    with pytest.raises(Fault, match="control-does-not-tie"):
        night.run()
    assert DOES_NOT_TIE.message() in night.errors
    assert [message["message"] for message in room.messages] == [
        "control-does-not-tie (exit 14)\nfile inbox/x.csv, debit rows"
    ]
    assert night.artifacts == {}


def test_a_fault_of_the_settings_is_told_in_full(night: Night) -> None:
    night.add_settings("\nmisspelt = 3\n")
    with pytest.raises(Fault, match="settings-unknown-key") as caught:
        night.run()
    assert caught.value.message() in night.errors


def test_a_failed_fetch_is_notified_and_no_step_is_taken(night: Night, room: ChatRoom) -> None:
    night.fail(AssertionError("a step was taken"))
    night.add_settings(STORAGE)
    with pytest.raises(Fault, match="storage-driver-missing"):
        night.run()
    assert [message["title"] for message in room.messages] == [
        f"tieout {DAY}: 未发布 not published"
    ]


@pytest.mark.parametrize(
    ("settings", "fetched"), [("", []), (STORAGE, [DAY])], ids=["files only", "a storage"]
)
def test_a_night_fetches_when_there_is_something_to_fetch(
    night: Night, monkeypatch: pytest.MonkeyPatch, settings: str, fetched: list[date]
) -> None:
    asked: list[date] = []

    def arrive(workspace: Path, business_date: date, delivery_day: date | None) -> Arrival:
        asked.append(business_date)
        return Arrival([workspace / "inbox" / "new.csv"], ["nowhere://late.csv"])

    monkeypatch.setattr(night_flow, "fetch", arrive)
    night.add_settings(settings)
    night.run()
    assert asked == fetched
    assert ("no file yet: nowhere://late.csv" in night.log.text) == bool(fetched)


def test_without_a_table_for_it_nothing_is_notified(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(night_flow, "tell")
    night.run()
    night.fail(DOES_NOT_TIE)
    with pytest.raises(Fault, match="control-does-not-tie"):
        night.run()


@pytest.mark.parametrize(
    ("addresses", "told"),
    [
        ("", "error variable-not-set (exit 2)"),
        (f"nobody://{SECRET}", "error notify-address-unknown (exit 2)"),
        (f"json://127.0.0.1:9/{SECRET}", "error notify-failed (exit 17)"),
    ],
    ids=["no address", "an unknown service", "a service that is down"],
)
def test_a_notification_that_cannot_be_sent_fails_no_night(
    night: Night, monkeypatch: pytest.MonkeyPatch, addresses: str, told: str
) -> None:
    night.add_settings(NOTIFY)
    monkeypatch.setenv("CHAT_ROOMS", addresses)
    assert night.run().is_dir()
    assert told in night.errors
    assert SECRET not in night.log.text


def test_a_library_that_breaks_while_notifying_fails_no_night_and_hides_no_fault(
    night: Night, room: ChatRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(room.address)

    monkeypatch.setattr(night_flow, "notify", broken)
    monkeypatch.setattr(night_flow, "notify_fault", broken)
    assert night.run().is_dir()
    assert "where:    RuntimeError" in night.errors
    night.fail(DOES_NOT_TIE)
    with pytest.raises(Fault, match="control-does-not-tie"):
        night.run()
    assert SECRET not in night.log.text


def test_only_the_service_that_refused_is_told_again(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    night.add_settings(NOTIFY)
    with chat_room() as first, chat_room(status=500) as broken, chat_room() as last:
        rooms = (first, broken, last)
        monkeypatch.setenv("CHAT_ROOMS", " ".join(room.address for room in rooms))
        night.run()
    assert [len(room.messages) for room in rooms] == [1, 1 + night_flow.tell.task.retries, 1]
    assert "not taken by address number 2 (json)" in night.errors


def test_what_the_system_refuses_is_a_fault_of_the_night_and_notified(
    night: Night, room: ChatRoom
) -> None:
    night.fail(NO_ROOM)
    with pytest.raises(Fault, match="refused-by-the-system") as caught:
        night.run()
    assert caught.value.exit_code == ExitCode.REFUSED
    assert "found:    no space left on device" in night.errors
    assert [message["message"] for message in room.messages] == [
        "refused-by-the-system (exit 1)\nreports/2018-12-19"
    ]


def test_an_error_that_nobody_foresaw_is_notified_by_its_kind_only(
    night: Night, room: ChatRoom
) -> None:
    night.fail(KeyError("6227001234567891234"))
    with pytest.raises(KeyError):
        night.run()
    assert [message["message"] for message in room.messages] == ["unforeseen (exit 1)\nKeyError"]


def test_what_the_system_refuses_is_a_fault_of_a_backfill(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise NO_ROOM

    monkeypatch.setattr("tieout.backfill.backfill", refused)
    with pytest.raises(Fault, match="refused-by-the-system"):
        night.backfill(DAY, DAY)
    assert "found:    no space left on device" in night.errors


def test_a_backfill_lists_each_date_and_what_was_done_about_it(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = [
        BackfilledDay(DAY + timedelta(days=number), night.workspace, was_current=number == 0)
        for number in range(2)
    ]
    monkeypatch.setattr("tieout.backfill.backfill", lambda *_: iter(days))
    night.backfill(DAY, DAY + timedelta(days=1), "the bank was late")
    assert night.artifacts == {
        "backfill": "## the bank was late\n\n* 2018-12-19 was up to date\n* 2018-12-20 reconciled"
    }
