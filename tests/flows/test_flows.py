"""The flows take a run through the steps of a day and add nothing to its rules."""

import importlib
import inspect
import json
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from prefect.cache_policies import NO_CACHE

from flows.backfill import backfill, dates_in_order
from flows.reconcile_day import (
    day_before,
    fetch_files,
    open_workspace,
    reconcile_day,
    room_task,
    rooms,
    summary,
    tell,
)
from flows.told import is_locked, is_unanswered
from tieout.day import STEPS, Step
from tieout.faults import ExitCode, Fault

ROOT = Path(__file__).parents[2]
DEPLOYMENTS = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]


class Failed:
    def __init__(self, error: Exception) -> None:
        self.error = error

    def result(self, raise_on_failure: bool) -> Exception:
        assert not raise_on_failure
        return self.error


def fault(exit_code: ExitCode) -> Fault:
    return Fault("x", exit_code, where="w", found="f", expected="e", action="a")


@pytest.mark.parametrize(
    ("scheduled", "zone", "business_date"),
    [
        (datetime(2018, 12, 20, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai")), "Asia/Shanghai", 19),
        (datetime(2018, 12, 19, 15, 59, tzinfo=UTC), "Asia/Shanghai", 18),
        (datetime(2018, 12, 19, 16, 0, tzinfo=UTC), "Asia/Shanghai", 19),
        (datetime(2018, 12, 20, 4, 59, tzinfo=UTC), "America/New_York", 18),
    ],
)
def test_a_night_reconciles_the_day_before_in_the_workspaces_zone(scheduled, zone, business_date):
    assert day_before(scheduled, zone) == date(2018, 12, business_date)


def test_the_flow_takes_every_step_of_the_day_in_order():
    assert [step for _, steps in rooms(STEPS) for step in steps] == list(STEPS)


def test_steps_of_one_room_in_a_row_are_one_task():
    steps = [Step(name, room, print) for name, room in [("a", "x"), ("b", "x"), ("c", "y")]]
    assert [(room, [step.name for step in those]) for room, those in rooms(steps)] == [
        ("x", ["a", "b"]),
        ("y", ["c"]),
    ]


def test_a_room_hands_its_run_to_each_of_its_steps():
    seen: list[str] = []
    steps = [
        Step("a", "x", lambda run: seen.append(f"a {run}")),
        Step("b", "x", lambda run: seen.append(f"b {run}")),
    ]
    room_task("x", steps).fn("the run")
    assert seen == ["a the run", "b the run"]


def test_only_a_held_warehouse_is_tried_again():
    assert is_locked(None, None, Failed(fault(ExitCode.LOCKED)))
    assert not is_locked(None, None, Failed(fault(ExitCode.NOT_TIED)))
    assert not is_locked(None, None, Failed(ValueError()))


def unanswered(code: str) -> bool:
    failed = Fault(code, ExitCode.NOT_FETCHED, where="w", found="f", expected="e", action="a")
    return is_unanswered(None, None, Failed(failed))


def test_only_what_did_not_answer_is_fetched_again():
    assert unanswered("database-failed")
    assert unanswered("storage-failed")
    assert not unanswered("delivered-already")


def test_nothing_is_remembered_between_runs():
    for each in (open_workspace, fetch_files, tell, room_task("x", []), dates_in_order):
        assert each.cache_policy == NO_CACHE
        assert each.persist_result is False


def test_the_summary_counts_breaks_by_category(tmp_path):
    figures = {
        "business_date": "2018-12-19",
        "breaks": {"count": 3, "by_category": {"debit_not_posted": {"count": 3}}},
        "in_transit": {"count": 2},
        "rejects": 1,
    }
    (tmp_path / "summary.json").write_text(json.dumps(figures), encoding="utf-8")
    text = summary(tmp_path)
    assert "3 breaks, 2 in transit, 1 lines rejected." in text
    assert "| debit_not_posted | 3 |" in text


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda each: each["name"])
def test_a_deployment_names_a_flow_and_its_parameters(deployment):
    file, _, name = deployment["entrypoint"].partition(":")
    found = getattr(importlib.import_module(file.removesuffix(".py").replace("/", ".")), name)
    assert found in (reconcile_day, backfill)
    assert set(deployment["parameters"]) <= set(inspect.signature(found.fn).parameters)
    assert deployment["concurrency_limit"] == 1
    assert (ROOT / deployment["parameters"]["workspace"] / "tieout.toml").is_file()


def test_only_the_nightly_deployment_is_scheduled():
    scheduled = {each["name"]: each.get("schedules", []) for each in DEPLOYMENTS}
    assert scheduled["backfill"] == []
    (schedule,) = scheduled["nightly"]
    assert schedule["timezone"] == "Asia/Shanghai"
