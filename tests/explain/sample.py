"""The breaks of the sample week, one of each category, explained."""

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from tests.days import replay

SAMPLE = replay.SAMPLES / "kakadai_december"
GOLDEN = Path(__file__).parent / "golden"
DAYS = [date(2018, 12, 17), date(2018, 12, 18), date(2018, 12, 19)]
"""Every category of the week is listed on one of these."""


def one_of_each_category(workspace: Path) -> dict[str, str]:
    """Category -> break_id, of the last day that lists the category, by subject."""
    found = {}
    for day in DAYS:
        stored = pq.read_table(
            workspace / "reports" / str(day) / "breaks.parquet",
            columns=["category", "subject", "break_id"],
        )
        rows = sorted(stored.to_pylist(), key=lambda row: row["subject"], reverse=True)
        found |= {row["category"]: row["break_id"] for row in rows}
    return found
