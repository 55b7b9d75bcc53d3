"""One business date as a Prefect flow: one task a room, over the steps of a day."""

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
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

from flows.told import fault_of, faults_told, is_locked, is_unanswered
from tieout import settings
from tieout.day import STEPS, Run, Step, open_run
from tieout.faults import Fault, refusals_as_faults
from tieout.fetch import fetch
from tieout.notify import notify, notify_fault, service_numbers
from tieout.settings import Settings


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


@task(
    name="fetch",
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=3,
    retry_delay_seconds=60,
    retry_condition_fn=is_unanswered,
)
def fetch_files(workspace: Path, business_date: date, delivery_day: date | None) -> None:
    """What lies in databases and storages, put into the inbox."""
    arrival = fetch(workspace, business_date, delivery_day)
    for path in arrival.delivered:
        get_run_logger().info("delivered %s", path)
    for address in arrival.absent:
        get_run_logger().warning("no file yet: %s", address)


@task(name="notify", cache_policy=NO_CACHE, persist_result=False, retries=3, retry_delay_seconds=60)
def tell(workspace: Path, business_date: date, fault: Fault | None, service: int) -> None:
    """The figures of the day, or that it was not published, told to one service."""
    if fault is None:
        notify(workspace, business_date, service)
    else:
        notify_fault(workspace, business_date, fault, service)


def told_to_services(loaded: Settings, business_date: date, fault: Fault | None = None) -> None:
    """Notify if services are configured. A service that fails never fails a night.

    Each is told by a task of its own: only one that refuses is tried again, beside the others.
    """
    if loaded.notify_urls_from_env is None:
        return
    try:
        told = [
            tell.submit(loaded.workspace, business_date, fault, service)
            for service in service_numbers(loaded)
        ]
        results: list[Any] = [each.result(raise_on_failure=False) for each in told]
    except Exception as error:
        results = [error]
    for unsent in results:
        if isinstance(unsent, Exception):
            get_run_logger().error(fault_of(unsent).message())


@contextmanager
def failure_told_to_services(loaded: Settings, business_date: date) -> Iterator[None]:
    """Notify of whatever keeps a day from being published, on its way out."""
    try:
        with refusals_as_faults():
            yield
    except Exception as error:
        told_to_services(loaded, business_date, fault_of(error))
        raise


@flow(name="reconcile-day", persist_result=False)
def reconcile_day(
    workspace: Path, business_date: date | None = None, delivery_day: date | None = None
) -> Path:
    """Reconcile one business date and return the folder of its report.

    Without a business date: the day before the scheduled start, in the workspace's time zone.
    First what tieout.toml's databases and storages hold is fetched, under `delivery_day` (by
    default the day after); at the end the services of [notify] are told.
    """
    with faults_told():
        loaded = settings.load(workspace)
        if business_date is None:
            business_date = day_before(flow_run.scheduled_start_time, loaded.time_zone)
        with failure_told_to_services(loaded, business_date):
            if loaded.databases or loaded.storages:
                fetch_files(workspace, business_date, delivery_day)
            report = reconciled(workspace, business_date)
        figures = summary(report)
    create_markdown_artifact(figures, key="figures")
    create_link_artifact((report / "report.html").absolute().as_uri(), key="report")
    told_to_services(loaded, business_date)
    return report


def reconciled(workspace: Path, business_date: date) -> Path:
    """Every room in turn, one task each."""
    with ExitStack() as stack:
        run = open_workspace(stack, workspace, business_date)
        for room, steps in rooms(STEPS):
            room_task(room, steps)(quote(run))
    for warning in run.warnings:
        get_run_logger().warning(warning.observed)
    assert run.report is not None
    return run.report
