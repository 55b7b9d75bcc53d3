"""What a flow does around the steps: what stops a night is told, in full and to the services."""

import errno

import pytest

from tests.cli.chat_room import ChatRoom
from tests.flows.night import DAY, Night
from tieout.faults import ExitCode, Fault

NO_ROOM = OSError(errno.ENOSPC, "No space left on device", "reports/2018-12-19")


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
