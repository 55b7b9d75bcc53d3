"""The trend is carried from stored day to stored day, and never looks further back."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from tests.publish.made_up import FACTS, a_break, reports
from tieout.publish import publish, stored_trend
from tieout.publish.match_rate import match_rate, rate_text
from tieout.publish.trend import TREND_RUNS

FIRST = dt.date(2018, 12, 1)


def run(folder: Path, number: int, breaks: int = 1) -> list[dict[str, Any]]:
    """Publish day `number` with that many breaks; returns the trend its summary tells."""
    rows = [a_break(f"b{n}", refund_minor=50) for n in range(breaks)]
    day = FIRST + dt.timedelta(days=number)
    summary = publish(folder, day, reports(breaks=rows), FACTS) / "summary.json"
    trend: list[dict[str, Any]] = json.loads(summary.read_text())["trend"]
    return trend


def test_the_first_stored_run_begins_the_trend(tmp_path: Path) -> None:
    assert run(tmp_path, 0, breaks=2) == [
        {
            "business_date": "2018-12-01",
            "breaks": 2,
            "amount": "3250.00",
            "refund": "1.00",
            "new": 0,
            "cleared": 0,
            "matched": None,
        }
    ]


def test_each_day_adds_its_point_to_those_of_the_day_before(tmp_path: Path) -> None:
    for number in range(3):
        trend = run(tmp_path, number, breaks=number)
    assert [point["business_date"][-2:] for point in trend] == ["01", "02", "03"]
    assert [point["breaks"] for point in trend] == [0, 1, 2]


def test_only_the_last_runs_are_kept(tmp_path: Path) -> None:
    for number in range(TREND_RUNS + 1):
        trend = run(tmp_path, number)
    assert len(trend) == TREND_RUNS
    assert trend[0]["business_date"] == "2018-12-02"


def test_after_a_day_that_was_not_run_the_trend_begins_again(tmp_path: Path) -> None:
    run(tmp_path, 0)
    assert len(run(tmp_path, 2)) == 1


def test_a_day_run_again_does_not_count_twice(tmp_path: Path) -> None:
    run(tmp_path, 0)
    assert run(tmp_path, 1) == run(tmp_path, 1)


def test_a_date_that_was_not_run_has_no_points(tmp_path: Path) -> None:
    assert stored_trend(tmp_path, FIRST) == []


def test_a_match_rate_is_rounded_down_and_leaves_out_what_takes_no_part() -> None:
    row = {"scope": "channel", "side": "debit", "measure": "rows", "excluded": 5, "rejected": 5}
    placed = {"matched": 99_999, "in_transit": 1, "open": 0}
    assert match_rate([{**row, **placed}], "debit", "rows") == 9_999
    assert match_rate([{**row, **placed}], "posting", "rows") is None
    assert (rate_text(9_999), rate_text(10_000), rate_text(5)) == ("99.99", "100.00", "0.05")
