"""Past business dates as a Prefect flow, in order, resuming where an earlier run stopped."""

from datetime import date
from pathlib import Path

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from flows.told import faults_told, is_locked
from tieout import backfill as past


@task(
    name="dates in order",
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=10,
    retry_delay_seconds=60,
    retry_condition_fn=is_locked,
)
def dates_in_order(workspace: Path, first: date, last: date, reason: str) -> list[str]:
    """Every date with what was done about it, as lines of Markdown."""
    told = []
    for day in past.backfill(workspace, first, last, reason):
        done = "was up to date" if day.was_current else "reconciled"
        get_run_logger().info("%s %s: %s", day.business_date, done, day.folder)
        told.append(f"* {day.business_date} {done}")
    return told


@flow(name="backfill", persist_result=False)
def backfill(workspace: Path, first: date, last: date, reason: str) -> None:
    """Reconcile every date from first to last, both included."""
    with faults_told():
        told = dates_in_order(workspace, first, last, reason)
    create_markdown_artifact("\n".join([f"## {reason}", "", *told]), key="backfill")
