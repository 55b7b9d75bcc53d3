"""One business date as a Prefect flow: one task a room, over the steps of a day."""

import json
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from prefect import Task, flow, get_run_logger, task
from prefect.artifacts import create_link_artifact, create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run
from prefect.utilities.annotations import quote

from flows.told import faults_told, is_locked
from tieout import settings
from tieout.day import STEPS, Run, Step, open_run


def day_before(scheduled: datetime, time_zone: str) -> date:
    """The business date of a nightly run: the day before the one it was scheduled on."""
    return scheduled.astimezone(ZoneInfo(time_zone)).date() - timedelta(days=1)


@task(
    name="open",
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=10,
    retry_delay_seconds=60,
    retry_condition_fn=is_locked,
)
def open_workspace(stack: ExitStack, workspace: Path, business_date: date) -> Run:
    """A run that holds the warehouse until the stack is closed."""
    return stack.enter_context(open_run(workspace, business_date))


def rooms(steps: Iterable[Step]) -> list[tuple[str, list[Step]]]:
    """The steps in order, those of one room together."""
    return [(room, list(those)) for room, those in groupby(steps, key=lambda step: step.room)]


def room_task(room: str, steps: list[Step]) -> Task[[Any], None]:
    """A task that takes a run through one room."""

    @task(name=room, cache_policy=NO_CACHE, persist_result=False)
    def work(run: Run) -> None:
        for step in steps:
            step.run(run)

    return work


def summary(report: Path) -> str:
    """The day's figures in Markdown, from its summary.json."""
    figures = json.loads((report / "summary.json").read_text(encoding="utf-8"))
    lines = [
        f"## {figures['business_date']}",
        "",
        f"{figures['breaks']['count']} breaks, {figures['in_transit']['count']} in transit, "
        f"{figures['rejects']} lines rejected.",
        "",
        "| category | breaks |",
        "| --- | ---: |",
    ]
    by_category = figures["breaks"]["by_category"]
    lines += [f"| {category} | {each['count']} |" for category, each in by_category.items()]
    return "\n".join(lines)


@flow(name="reconcile-day", persist_result=False)
def reconcile_day(workspace: Path, business_date: date | None = None) -> Path:
    """Reconcile one business date and return the folder of its report.

    Without a business date: the day before the scheduled start, in the workspace's time zone.
    """
    with faults_told(), ExitStack() as stack:
        if business_date is None:
            time_zone = settings.load(workspace).time_zone
            business_date = day_before(flow_run.scheduled_start_time, time_zone)
        run = open_workspace(stack, workspace, business_date)
        for room, steps in rooms(STEPS):
            room_task(room, steps)(quote(run))
    for warning in run.warnings:
        get_run_logger().warning(warning.observed)
    report = run.report
    assert report is not None
    create_markdown_artifact(summary(report), key="figures")
    create_link_artifact((report / "report.html").absolute().as_uri(), key="report")
    return report
