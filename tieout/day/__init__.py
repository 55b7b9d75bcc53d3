"""The order of a day, written once: the command line and the Prefect flow both loop over STEPS.

The rooms do not know each other; they are introduced here.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from importlib.resources import files
from pathlib import Path

import pyarrow as pa

from tieout.assignment import pair, split
from tieout.business_calendar import refuse_unknown_country
from tieout.business_dates import refuse_asked
from tieout.clock_offsets import clock_offsets
from tieout.day.fingerprint import facts, fingerprint
from tieout.day.given import (
    PLAN_DAYS,
    business_day,
    official_days,
    planned_days,
    stored_before,
    stored_makers,
)
from tieout.day.intake import land
from tieout.day.run import Run, Step, Warned
from tieout.day.workspace import check_workspace, load_references, load_sources
from tieout.faults import ExitCode, Fault
from tieout.publish import publish as write_reports
from tieout.publish import recover, stored_facts, stored_inputs
from tieout.warehouse import Maker, Model, Warehouse

__all__ = [
    "PLAN_DAYS",
    "PUT_AWAY",
    "SOLVERS",
    "STEPS",
    "Run",
    "Step",
    "check_workspace",
    "fingerprint",
    "load_references",
    "load_sources",
    "open_run",
    "reconcile",
    "stored_makers",
]

SPLIT_SEARCH_STEPS = 20_000
"""How many steps the search for the pieces of one whole may take before it says so and stops."""

PUT_AWAY = (
    "staging.quiet_orders",
    "staging.instalment_orders",
    "staging.instalment_order_lines",
)
"""What holds the entries that need no judging, and the steps on the way to it.

Left empty, a day finds the same, slower.
"""

_WHAT_WOULD_COUNT = {
    "unknown_break": "a break_id of the breaks.csv that was signed",
    "other_lender": "a signature of the lender whose break it is",
    "edited": "the line as it was first delivered; a new line says something new",
}
"""Of signatures that can never count, by their state: what would be one that does."""

SOLVERS = {
    "matching.solved_pairs": Maker(("matching.tangled_debits", "matching.tangled_postings"), pair),
    "breaks.solved_pairs_then": Maker(
        ("breaks.tangled_debits_then", "breaks.tangled_postings_then"), pair
    ),
    "matching.solved_splits": Maker(
        ("matching.split_debits", "matching.split_postings"),
        lambda debits, postings: split(debits, postings, SPLIT_SEARCH_STEPS),
    ),
}


def stage(run: Run) -> None:
    """Put the reference tables in place and bring every feed into one shape."""
    tables = load_references(run.settings, run.warehouse.models)
    for name, table in tables.items():
        run.warehouse.give(f"reference.{name}", table)
    run.warehouse.give("reference.business_day", business_day(run))
    offsets = clock_offsets(run.settings.time_zone, *planned_days(run))
    run.warehouse.give("reference.clock_offsets", offsets)
    run.warehouse.give("reference.official_days", official_days(run, tables["calendar"]))
    run.warehouse.build(["reference", "staging"])


def check(run: Run) -> None:
    """Hold the staged relations against the expectations; stop on a critical one."""
    from tieout import guard

    built = [name for name in run.warehouse.models if name.startswith("staging.")]
    run.expectations = guard.check(run.warehouse.connect, built, files("tieout.expectations"))
    guard.stop_on(run.expectations)


def match(run: Run) -> None:
    """Find out who belongs to whom."""
    run.warehouse.build(["matching"])


def judge(run: Run) -> None:
    """Find what is wrong, who answers for it and what puts it right."""
    run.warehouse.build(["breaks"])


def report(run: Run) -> None:
    """Lay out what people read, beside the stored run of the day before."""
    run.warehouse.build(["reports"])
    run.warnings.extend(_signatures_in_vain(run))


def prove(run: Run) -> None:
    """Refuse to publish when what was read is not all somewhere, once."""
    control = run.warehouse.table("reports.control").to_pylist()
    broken = [row for row in control if not row["ties"]]
    if broken:
        first = broken[0]
        placed = ("matched", "in_transit", "open", "excluded", "rejected")
        raise Fault(
            "control-does-not-tie",
            ExitCode.NOT_TIED,
            where=f"{first['scope']} {first['name']}, {first['side']} {first['measure']}",
            found=f"read {first['read']}, but "
            + ", ".join(f"{name} {first[name]}" for name in placed),
            expected="what was read to be in exactly one place",
            action="Report this as a defect of tieout with the files of this day.",
        )


def publish(run: Run) -> None:
    """Write the report folder and swap it in."""
    assert run.expectations is not None, "the check step comes before publish"
    warned = pa.Table.from_pylist(
        [
            {
                "suite": warning.relation,
                "relation": warning.relation,
                "expectation": warning.expectation,
                "severity": "warn",
                "success": False,
                "observed": warning.observed,
                "expected": warning.expected,
            }
            for warning in run.warnings
        ],
        run.expectations.schema,
    )
    expectations = pa.concat_tables([run.expectations, warned])

    def relation(name: str) -> pa.RecordBatchReader:
        if name == "expectations":
            return expectations.to_reader()
        return run.warehouse.read(f"reports.{name}")

    run.report = write_reports(run.settings.reports, run.business_date, relation, facts(run))


STEPS = (
    Step("land", "reading", land),
    Step("stage", "warehouse", stage),
    Step("check", "guard", check),
    Step("match", "warehouse", match),
    Step("judge", "warehouse", judge),
    Step("report", "warehouse", report),
    Step("prove", "warehouse", prove),
    Step("publish", "publish", publish),
)


@contextmanager
def open_run(
    workspace: Path,
    business_date: date,
    models: Mapping[str, Model] | None = None,
    left_empty: Collection[str] = (),
) -> Iterator[Run]:
    """A run that holds the workspace's warehouse until the context ends.

    `models`: other relations than a day's own; `left_empty`: those built without rows, such
    as PUT_AWAY when every entry is to go through every rule.

    Raises Fault: exit 2 for bad settings or formats and for a day that is no business date, exit
    15 when another run holds it.
    """
    refuse_asked(business_date)
    loaded, formats = load_sources(workspace)
    refuse_unknown_country(loaded.country)
    day_before = business_date - timedelta(days=1)
    makers = SOLVERS | stored_makers(
        partial(stored_before, loaded.reports, business_date),
        partial(stored_facts, loaded.reports, day_before),
        partial(stored_inputs, loaded.reports, day_before),
    )
    with Warehouse(loaded.warehouse, makers, models, left_empty) as warehouse:
        recover(loaded.reports)
        yield Run(loaded, business_date, formats, warehouse)


def reconcile(workspace: Path, business_date: date) -> Path:
    """Take one business date through every step; returns its report folder."""
    with open_run(workspace, business_date) as run:
        for step in STEPS:
            step.run(run)
        assert run.report is not None
        return run.report


def _signatures_in_vain(run: Run) -> Iterator[Warned]:
    for signature in run.warehouse.table("reports.decisions").to_pylist():
        expected = _WHAT_WOULD_COUNT.get(signature["state"])
        # told on the day of its file; an edit may be one of a file of any day
        is_told = signature["state"] == "edited" or signature["file_date"] == run.business_date
        if expected and is_told:
            yield Warned(
                "reports.decisions",
                "every signature counts",
                f"{signature['source']}: {signature['state']}, {signature['action']} "
                f"of {signature['break_id']} by {signature['by']}",
                expected,
            )
