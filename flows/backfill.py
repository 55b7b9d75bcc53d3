"""Past business dates as a Prefect flow, in order, resuming where an earlier run stopped."""

from datetime import date
from pathlib import Path

from prefect import flow

from tieout import backfill as past


@flow(name="backfill", persist_result=False)
def backfill(workspace: Path, first: date, last: date, reason: str) -> None:
    """Reconcile every date from first to last, both included."""
    past.backfill(workspace, first, last, reason)
