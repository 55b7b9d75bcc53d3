"""Flows whose bodies run as they stand, without a server: a task is the function it wraps."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from prefect import Task
from prefect.utilities.annotations import quote

from flows import backfill as past_flow
from flows import reconcile_day as night_flow
from tieout.day import Run

DAY = date(2018, 12, 19)
FIGURES = {
    "business_date": str(DAY),
    "currency": "CNY",
    "ties": True,
    "breaks": {"count": 0, "refund": "0.00", "by_severity": {}, "by_category": {}},
    "wrongly_overdue": {"borrowers": 0, "collections_to_stop": 0, "records_to_correct": 0},
    "in_transit": {"count": 0, "amount": "0.00"},
    "cleared": 0,
    "rejects": 0,
}
SETTINGS = """
time_zone = "Asia/Shanghai"
currency = "CNY"

[[source]]
files = "*.csv"
format = "ledger_loans_v1"
lender = "kakadai"
"""
STORAGE = """
[[storage]]
files = "nowhere://{business_date}.csv"
folder = "ledger"
"""
NOTIFY = """
[notify]
urls_from_env = "CHAT_ROOMS"
"""


@dataclass(frozen=True)
class Direct:
    """A task without Prefect, tried as often as it says and never kept waiting."""

    task: Task[..., Any]

    def __call__(self, *given: Any) -> Any:
        bare = [each.unquote() if isinstance(each, quote) else each for each in given]
        for _ in range(self.task.retries if self.task.retry_condition_fn is None else 0):
            try:
                return self.task.fn(*bare)
            except Exception:
                logging.getLogger("night").info("tried again")
        return self.task.fn(*bare)

    def submit(self, *given: Any) -> SimpleNamespace:
        """A future of what is done already, whose failure is a result as Prefect's is."""
        try:
            done = self(*given)
        except Exception as error:
            done = error
        return SimpleNamespace(result=lambda raise_on_failure: done)


@dataclass
class Night:
    """A workspace, the steps its day takes, and what came out of its flows."""

    workspace: Path
    log: pytest.LogCaptureFixture
    artifacts: dict[str, str] = field(default_factory=dict)
    step: Callable[[Run], None] = field(default=lambda run: None)

    def run(self, business_date: date | None = DAY) -> Path:
        return night_flow.reconcile_day.fn(self.workspace, business_date)

    def backfill(self, first: date, last: date, reason: str = "a night was missed") -> None:
        past_flow.backfill.fn(self.workspace, first, last, reason)

    def publish(self, run: Run) -> None:
        self.step(run)
        run.report = run.settings.reports / str(run.business_date)
        run.report.mkdir(parents=True, exist_ok=True)
        (run.report / "summary.json").write_text(json.dumps(FIGURES), encoding="utf-8")

    def fail(self, error: Exception) -> None:
        def broken(_: Run) -> None:
            raise error

        self.step = broken

    def add_settings(self, text: str) -> None:
        with (self.workspace / "tieout.toml").open("a", encoding="utf-8") as settings:
            settings.write(text)

    def keep_artifact(self, text: str, key: str) -> None:
        self.artifacts[key] = text

    @property
    def errors(self) -> str:
        told = [each for each in self.log.records if each.levelno == logging.ERROR]
        return "\n".join(each.getMessage() for each in told)
