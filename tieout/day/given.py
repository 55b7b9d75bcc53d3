"""The relations that no select makes: the day, its calendar, and the stored day before."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

import pyarrow as pa

from tieout import business_calendar
from tieout.day.run import Run, Warned
from tieout.publish import CARRIED, stored_breaks
from tieout.warehouse import Maker

PLAN_DAYS = 400
"""How far ahead of the business date a plan of pieces and days may reach."""


def business_day(run: Run) -> pa.Table:
    """reference.business_day: the one row that every query may ask what day it is."""
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


def official_days(run: Run, site_calendar: pa.Table) -> pa.Table:
    """reference.official_days around the days that files speak of.

    Warns of every year without an official calendar, unless the site has its own.
    """
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
    return business_calendar.official_days(country, *planned_days(run))


def planned_days(run: Run) -> tuple[date, date]:
    """From before the first landed file to as far as a plan may reach."""
    first = run.warehouse.landing.first_business_date() or run.business_date
    return first - timedelta(days=PLAN_DAYS), run.business_date + timedelta(days=PLAN_DAYS)


def stored_makers(
    stored_breaks_as: Callable[[pa.Table], pa.Table],
    facts: Callable[[], pa.Table | None],
    inputs: Callable[[], pa.Table],
) -> dict[str, Maker]:
    """The relations that hold the stored run of the day before.

    `stored_breaks_as` gives its breaks in the columns of today's; `facts` what it carried
    forward (CARRIED), None when no run of that day is stored; `inputs` the files it read (INPUTS).
    """
    stored = cache(facts)

    def carried() -> pa.Table:
        found = stored()
        return CARRIED.empty_table() if found is None else found

    def is_there() -> pa.Table:
        return pa.table({"is_there": [stored() is not None]})

    return {
        "reports.stored_breaks": Maker(("reports.breaks",), stored_breaks_as),
        "reports.stored_inputs": Maker((), inputs),
        "breaks.stored_facts": Maker((), carried),
        "breaks.stored_day": Maker((), is_there),
    }


def stored_before(reports: Path, business_date: date, today: pa.Table) -> pa.Table:
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
