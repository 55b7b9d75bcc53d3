"""A night that runs here: its flows' bodies as they stand, without a server."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from flows import backfill as past_flow
from flows import reconcile_day as night_flow
from flows import told
from tests.cli.chat_room import ChatRoom, chat_room
from tests.flows.night import NOTIFY, SETTINGS, Direct, Night
from tieout.day import Step


@pytest.fixture
def night(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> Night:
    (tmp_path / "tieout.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "inbox").mkdir()
    caplog.set_level(logging.INFO, "night")
    night = Night(tmp_path, caplog)
    for module in (told, night_flow, past_flow):
        monkeypatch.setattr(module, "get_run_logger", lambda: logging.getLogger("night"))
    for module in (night_flow, past_flow):
        monkeypatch.setattr(module, "create_markdown_artifact", night.keep_artifact)
    monkeypatch.setattr(night_flow, "create_link_artifact", night.keep_artifact)
    monkeypatch.setattr(night_flow, "STEPS", (Step("publish", "publish", night.publish),))
    scheduled = datetime(2018, 12, 20, 0, 30, tzinfo=UTC)
    monkeypatch.setattr(night_flow, "flow_run", SimpleNamespace(scheduled_start_time=scheduled))
    room_task = night_flow.room_task
    monkeypatch.setattr(night_flow, "room_task", lambda *room: Direct(room_task(*room)))
    for module, name in (
        (night_flow, "open_workspace"),
        (night_flow, "fetch_files"),
        (night_flow, "tell"),
        (past_flow, "dates_in_order"),
    ):
        monkeypatch.setattr(module, name, Direct(getattr(module, name)))
    return night


@pytest.fixture
def room(night: Night, monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatRoom]:
    """The one service that the workspace notifies."""
    night.add_settings(NOTIFY)
    with chat_room() as room:
        monkeypatch.setenv("CHAT_ROOMS", room.address)
        yield room
