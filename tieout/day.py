"""The order of a day, written once: the command line and the Prefect flow both loop over STEPS.

The rooms do not know each other; they are introduced here.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import pyarrow as pa

from tieout import business_calendar, inbox, references, settings
from tieout.assignment import pair, split
from tieout.clock_offsets import clock_offsets
from tieout.credentials import is_set
from tieout.faults import ExitCode, Fault
from tieout.feeds import FEEDS, REFERENCES
from tieout.inbox import Delivery
from tieout.publish import CARRIED, recover, stored_breaks, stored_facts, stored_trend
from tieout.publish import publish as write_reports
from tieout.reading import Format, load_formats, read, read_reference
from tieout.settings import Settings, Source
from tieout.warehouse import (
    FileEntry,
    LandedPart,
    Landing,
    Maker,
    Model,
    Warehouse,
    catalogue,
    load_models,
)
from tieout.words import Sha256

FILES_AT_ONCE = 2
"""How many files are landed at the same time: while one is parsed, another is written."""

SPLIT_SEARCH_STEPS = 20_000
"""How many steps the search for the pieces of one whole may take before it says so and stops."""

_WHAT_WOULD_COUNT = {
    "unknown_break": "a break_id of the breaks.csv that was signed",
    "other_lender": "a signature of the lender whose break it is",
    "edited": "the line as it was first delivered; a new line says something new",
}
"""Of signatures that can never count, by their state: what would be one that does."""

PLAN_DAYS = 400
"""How far ahead of the business date a plan of pieces and days may reach."""

PUT_AWAY = ("staging.quiet_orders",)
"""What holds the entries that need no judging. Left empty, a day finds the same, slower."""

SOLVERS = {
    "matching.solved_pairs": Maker(("matching.tangled_debits", "matching.tangled_postings"), pair),
    "matching.solved_splits": Maker(
        ("matching.split_debits", "matching.split_postings"),
        lambda debits, postings: split(debits, postings, SPLIT_SEARCH_STEPS),
    ),
}


@dataclass(frozen=True)
class Warned:
    """What a run can live with and people should know: shown beside the expectations."""

    relation: str
    expectation: str
    observed: str
    expected: str


@dataclass
class Run:
    """One business date on its way through the rooms."""

    settings: Settings
    business_date: date
    formats: Mapping[str, Format]
    warehouse: Warehouse
    warnings: list[Warned] = field(default_factory=list)
    expectations: pa.Table | None = None
    report: Path | None = None


@dataclass(frozen=True)
class Step:
    """One thing done to a run, in the room whose work it is."""

    name: str
    room: str
    run: Callable[[Run], None]


def land(run: Run) -> None:
    """Take in every file that is new, changed or delivered again; forget what is gone."""
    current = inbox.deliveries(run.settings, _business_date_rule(run.formats))
    wanted = [delivery for delivery in current if delivery.business_date <= run.business_date]
    landing = run.warehouse.landing
    known = landing.identities()
    identities = {
        delivery.path: _identity(run, delivery)
        for delivery in current
        if delivery.path in known or delivery.business_date <= run.business_date
    }
    landing.forget(path for path, identity in known.items() if identities.get(path) != identity)
    file_ids = landing.file_ids()
    with ThreadPoolExecutor(FILES_AT_ONCE) as hands:
        landed = [
            hands.submit(_land_file, run, delivery, identities[delivery.path], file_ids)
            for delivery in wanted
            if known.get(delivery.path) != identities[delivery.path]
        ]
        try:
            for file in landed:
                file.result()
        except BaseException:
            hands.shutdown(wait=False, cancel_futures=True)
            raise


def stage(run: Run) -> None:
    """Put the reference tables in place and bring every feed into one shape."""
    tables = load_references(run.settings, run.warehouse.models)
    for name, table in tables.items():
        run.warehouse.give(f"reference.{name}", table)
    run.warehouse.give("reference.business_day", _business_day(run))
    offsets = clock_offsets(run.settings.time_zone, *_planned_days(run))
    run.warehouse.give("reference.clock_offsets", offsets)
    run.warehouse.give("reference.official_days", _official_days(run, tables["calendar"]))
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

    run.report = write_reports(run.settings.reports, run.business_date, relation, _facts(run))


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

    Raises Fault: exit 2 for bad settings or formats, exit 15 when another run holds it.
    """
    loaded = settings.load(workspace)
    formats = load_formats(loaded.site_formats)
    check_sources(loaded, formats)
    makers = SOLVERS | stored_makers(
        partial(_stored_before, loaded.reports, business_date),
        lambda: stored_facts(loaded.reports, business_date - timedelta(days=1)),
    )
    with Warehouse(loaded.warehouse, makers, models, left_empty) as warehouse:
        recover(loaded.reports)
        yield Run(loaded, business_date, formats, warehouse)


def stored_makers(
    stored_breaks_as: Callable[[pa.Table], pa.Table], facts: Callable[[], pa.Table | None]
) -> dict[str, Maker]:
    """The relations that hold the stored run of the day before.

    `stored_breaks_as` gives its breaks in the columns of today's; `facts` what it carried
    forward (CARRIED), None when no run of that day is stored.
    """
    stored = cache(facts)

    def carried() -> pa.Table:
        found = stored()
        return CARRIED.empty_table() if found is None else found

    def is_there() -> pa.Table:
        return pa.table({"is_there": [stored() is not None]})

    return {
        "reports.stored_breaks": Maker(("reports.breaks",), stored_breaks_as),
        "breaks.stored_facts": Maker((), carried),
        "breaks.stored_day": Maker((), is_there),
    }


def reconcile(workspace: Path, business_date: date) -> Path:
    """Take one business date through every step; returns its report folder."""
    with open_run(workspace, business_date) as run:
        for step in STEPS:
            step.run(run)
        assert run.report is not None
        return run.report


def load_references(loaded: Settings, models: Mapping[str, Model]) -> dict[str, pa.Table]:
    """Every reference table of the workspace, checked; `models` tell the categories there are.

    Raises Fault (exit 2) for what `references.load` refuses, and for a severity rule about a
    category that no rule of sql/breaks finds.
    """
    tables = references.load(loaded, read_reference)
    categories = catalogue(models).column("category").to_pylist()
    references.refuse_unknown_categories(loaded, tables["severity_rules"], categories)
    return tables


def check_workspace(workspace: Path) -> list[str]:
    """Check settings, formats and reference tables; one line for each thing found in order.

    Raises Fault (exit 2) for the first that is not.
    """
    loaded = settings.load(workspace)
    formats = load_formats(loaded.site_formats)
    check_sources(loaded, formats)
    tables = load_references(loaded, load_models())
    return [
        f"{settings.SETTINGS_FILE}: {len(loaded.sources)} sources",
        f"formats: {len(formats)} known",
        *(
            f"database of {each.lender}: {', '.join(each.queries)}; "
            f"{each.url_from_env} is {'set' if is_set(each.url_from_env) else 'not set'}"
            for each in loaded.databases
        ),
        *(f"storage: {each.files}" for each in loaded.storages),
        *(
            f"{references.source_of(loaded, name)[1]}: {tables[name].num_rows} rows"
            for name in tables
        ),
    ]


def fingerprint(run: Run) -> str:
    """A hash of all that a run's reports depend on, once its files are landed."""
    told = hashlib.sha256()
    for model in run.warehouse.models.values():
        told.update(model.select.encode())
    for suite in sorted(files("tieout.expectations").iterdir(), key=lambda entry: entry.name):
        if suite.name.endswith(".json"):
            told.update(suite.read_bytes())
    for name in REFERENCES:
        told.update(references.source_of(run.settings, name)[0])
    for told_version in _versions().values():
        told.update(told_version.encode())
    told.update((run.settings.workspace / settings.SETTINGS_FILE).read_bytes())
    told.update(repr(run.warehouse.landing.inputs(run.business_date)).encode())
    day_before = run.business_date - timedelta(days=1)
    for stored in (stored_breaks, stored_facts):
        before = stored(run.settings.reports, day_before)
        told.update(repr(None if before is None else before.to_pylist()).encode())
    told.update(repr(stored_trend(run.settings.reports, day_before)).encode())
    return told.hexdigest()


def check_sources(loaded: Settings, formats: Mapping[str, Format]) -> None:
    """Raise Fault (exit 2) for a source with an unknown format or without its party."""
    for number, source in enumerate(loaded.sources, start=1):
        where = f"{settings.SETTINGS_FILE} [[source]] number {number}"
        if source.format not in formats:
            raise Fault(
                "source-unknown-format",
                ExitCode.MISUSE,
                where=where,
                found=f"format {source.format}",
                expected=f"one of: {', '.join(sorted(formats))}",
                action="Correct the format's name, or add formats/<name>.toml.",
            )
        owner = formats[source.format].owner
        if source.owner_of(owner) is None:
            raise Fault(
                "source-without-owner",
                ExitCode.MISUSE,
                where=where,
                found=f"format {source.format} without a {owner}",
                expected=f"a {owner}: these files belong to one",
                action=f"Add {owner} = ... to this source.",
            )


def _business_date_rule(formats: Mapping[str, Format]) -> inbox.BusinessDateRule:
    def rule(source: Source, base_name: str) -> date | None:
        return formats[source.format].business_date(base_name)

    return rule


def _how_read(run: Run, delivery: Delivery) -> str:
    source = delivery.source
    how = (
        source.files,
        source.format,
        run.formats[source.format].definition_sha256,
        source.lender,
        source.channel,
        run.settings.currency,
        run.settings.time_zone,
        str(run.settings.max_reject_rate),
        _counts(run, delivery),
    )
    return repr(how)


def _counts(run: Run, delivery: Delivery) -> bool:
    """A later delivery of the same file replaces this one, but not what is only ever added."""
    relations = run.formats[delivery.source.format].relations
    return delivery.is_latest or all(FEEDS[name].is_appended for name in relations)


def _identity(run: Run, delivery: Delivery) -> str:
    stat = (run.settings.inbox / delivery.path).stat()
    return f"{stat.st_size} {stat.st_mtime_ns} {_how_read(run, delivery)}"


def _land_file(run: Run, delivery: Delivery, identity: str, file_ids: Iterator[int]) -> None:
    landing = run.warehouse.landing.beside()
    path = run.settings.inbox / delivery.path
    with path.open("rb") as stream:
        sha256 = Sha256(hashlib.file_digest(stream, "sha256").hexdigest())
    entry = FileEntry(
        path=delivery.path,
        source=delivery.source.files,
        format=delivery.source.format,
        lender=delivery.source.lender,
        channel=delivery.source.channel,
        business_date=delivery.business_date,
        status="read" if _counts(run, delivery) else "replaced",
        sha256=sha256,
        how=_how_read(run, delivery),
        identity=identity,
    )
    landing.begin()
    try:
        parts = (
            _land_parts(run, landing, delivery, path, file_ids)
            if _counts(run, delivery)
            else [LandedPart(next(file_ids), "", "", 0, 0)]
        )
        landing.log(entry, parts)
    except BaseException:
        landing.rollback()
        raise
    # a commit that fails has rolled back already; rolling back again would hide why
    landing.commit()


def _land_parts(
    run: Run, landing: Landing, delivery: Delivery, path: Path, file_ids: Iterator[int]
) -> Sequence[LandedPart]:
    parts = []
    for part in read(
        path,
        f"inbox/{delivery.path}",
        run.formats[delivery.source.format],
        business_date=delivery.business_date,
        currency_decimals=run.settings.currency_decimals,
        max_reject_rate=run.settings.max_reject_rate,
        currency=run.settings.currency,
        time_zone=run.settings.time_zone,
    ):
        file_id = next(file_ids)
        landing.land(file_id, part.relation, part.batches)
        end = part.finish()
        landing.land_rejects(file_id, end.rejects)
        if end.totals is not None:
            columns = ["line", *(f for f in _TOTALS_COLUMNS if f in end.totals.column_names)]
            landing.land(file_id, "settlement_totals", end.totals.select(columns).to_reader())
        parts.append(LandedPart(file_id, part.member, part.relation, end.lines, end.rejected))
    return parts


_TOTALS_COLUMNS = tuple(
    f"{column.name}_minor" if column.kind == "money" else column.name
    for column in FEEDS["settlement_totals"].columns
)


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


def _business_day(run: Run) -> pa.Table:
    as_of = datetime.combine(run.business_date + timedelta(days=1), time())
    decimals = run.settings.currency_decimals
    return pa.table(
        {
            "business_date": pa.array([run.business_date], pa.date32()),
            "as_of": pa.array([as_of], pa.timestamp("us")),
            "event_days": pa.array([run.settings.event_days], pa.int32()),
            "late_match_days": pa.array([run.settings.late_match_days], pa.int32()),
            "currency": [run.settings.currency],
            "currency_decimals": pa.array([decimals], pa.int64()),
            "minor_per_major": pa.array([10**decimals], pa.int64()),
        }
    )


def _official_days(run: Run, site_calendar: pa.Table) -> pa.Table:
    first = run.warehouse.landing.first_business_date() or run.business_date
    country = run.settings.country
    site_years = {day.year for day in site_calendar.column("date").to_pylist()}
    for year in business_calendar.years_without_official_data(country, first, run.business_date):
        if year not in site_years:
            run.warnings.append(
                Warned(
                    "reference.business_days",
                    "every year has official working days",
                    f"no official working days are known for {country} {year}: "
                    "weekends and public holidays only; add reference/calendar.csv",
                    "an official calendar of the year",
                )
            )
    return business_calendar.official_days(country, *_planned_days(run))


def _planned_days(run: Run) -> tuple[date, date]:
    """From before the first landed file to as far as a plan may reach."""
    first = run.warehouse.landing.first_business_date() or run.business_date
    return first - timedelta(days=PLAN_DAYS), run.business_date + timedelta(days=PLAN_DAYS)


def _stored_before(reports: Path, business_date: date, today: pa.Table) -> pa.Table:
    """The stored run of the day before, in the columns of today's; no rows if none is stored."""
    stored = stored_breaks(reports, business_date - timedelta(days=1))
    if stored is None:
        return today.slice(0, 0)
    columns = [
        stored.column(each.name).cast(each.type)
        if each.name in stored.column_names
        else pa.nulls(stored.num_rows, each.type)
        for each in today.schema
    ]
    return pa.table(columns, schema=today.schema)


def _facts(run: Run) -> dict[str, str | int]:
    loaded = run.settings
    reference = {
        f"reference_{name}": hashlib.sha256(references.source_of(loaded, name)[0]).hexdigest()
        for name in REFERENCES
    }
    return {
        "currency": loaded.currency,
        "currency_decimals": loaded.currency_decimals,
        "time_zone": loaded.time_zone,
        "settings": hashlib.sha256(
            (loaded.workspace / settings.SETTINGS_FILE).read_bytes()
        ).hexdigest(),
        **reference,
        **_versions(),
        "fingerprint": fingerprint(run),
    }


@cache
def _versions() -> dict[str, str]:
    """The packages whose version a report tells."""
    packages = ("tieout", "duckdb", "polars", "pyarrow", "great-expectations", "holidays")
    return {package: version(package) for package in (*packages, "xlsxwriter")}
