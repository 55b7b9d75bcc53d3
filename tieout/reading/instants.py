"""Instants that name their zone, put into the workspace's: ISO 8601, or a zone beside the text."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import polars as pl

from tieout.reading.cell import Cell, found, is_of_our_era
from tieout.reading.toml_table import TomlTable

ISO_8601 = "iso8601"
"""The `pattern` of a rule whose text is a date, or a date and time with or without an offset."""

_ISO_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ISO_TIME = r"[0-9]{2}:[0-9]{2}:[0-5][0-9](?:[.,][0-9]{1,9})?"
_ISO_OFFSET = "Z|[+-][0-9]{2}:?[0-9]{2}"
_ISO = f"^{_ISO_DATE}(?:[T ]{_ISO_TIME}(?:{_ISO_OFFSET})?)?(?:{_ISO_OFFSET})?$"
_MIDNIGHT = "T00:00:00"


@dataclass(frozen=True)
class Zone:
    """The zone an instant is written in: `name`, or what `names` says for the text of `field`."""

    name: str
    field: str
    names: Mapping[str, str]


def parse_zone(table: TomlTable) -> Zone | None:
    """From TOML: `zone`, or `zone_field` and `zones`. Raises Fault (exit 2) otherwise."""
    zone = Zone(table.take("zone", ""), table.take("zone_field", ""), table.take_words("zones"))
    for name in filter(None, (zone.name, *zone.names.values())):
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            table.refuse("zone", f"{name!r}", "a zone of the IANA time zone database")
    return zone if zone.name or zone.field else None


def iso_date_cell(raw: pl.Expr) -> Cell:
    """The day that an ISO 8601 date or date and time is written with, whatever its offset."""
    value = raw.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    return Cell(value, _is_iso(raw, value), found(raw, "a calendar date as YYYY-MM-DD"))


def iso_instant_cell(raw: pl.Expr, time_zone: str) -> Cell:
    """An ISO 8601 instant in local time; a bare date is its midnight.

    Without an offset it is written in local time. Fractions of a second are dropped.
    """
    has_time = raw.str.contains(r"^.{10}[T ]")
    to_second = pl.when(has_time).then(raw.str.slice(0, 19).str.replace(" ", "T", literal=True))
    naive = (
        to_second.otherwise(raw.str.slice(0, 10) + _MIDNIGHT)
        .str.to_datetime("%Y-%m-%dT%H:%M:%S", strict=False, time_unit="us", cache=False)
    )  # fmt: skip
    offset = raw.str.extract(f"^{_ISO_DATE}(?:[T ][^Z+-]*)({_ISO_OFFSET})$")
    sign = pl.when(offset.str.starts_with("-")).then(-1).otherwise(1)
    hours = offset.str.slice(1, 2).cast(pl.Int64, strict=False).fill_null(0)
    minutes = offset.str.slice(-2).cast(pl.Int64, strict=False).fill_null(0)
    utc = naive - pl.duration(minutes=sign * (hours * 60 + minutes))
    return Cell(
        pl.when(offset.is_not_null()).then(_to_local(utc, "UTC", time_zone)).otherwise(naive),
        _is_iso(raw, naive),
        found(raw, "a time as YYYY-MM-DDTHH:MM:SS"),
    )


def zoned_cell(read: Cell, zone: Zone, time_zone: str) -> Cell:
    """An instant that was written in `zone`, in local time. An unknown zone is a bad cell."""
    if zone.name:
        return Cell(_to_local(read.value, zone.name, time_zone), read.ok, read.complaint)
    told = pl.col(zone.field)
    value = pl.lit(None, pl.Datetime("us"))
    for text, name in zone.names.items():
        value = pl.when(told == text).then(_to_local(read.value, name, time_zone)).otherwise(value)
    is_known = told.is_in(list(zone.names)).fill_null(False)
    return Cell(
        value,
        read.ok & (is_known | read.value.is_null()),
        pl.when(read.ok)
        .then(found(told, "a zone, one of " + ", ".join(zone.names)))
        .otherwise(read.complaint),
    )


def _to_local(value: pl.Expr, zone: str, time_zone: str) -> pl.Expr:
    """The repeated hour of a change back from daylight saving time is taken as the first one."""
    there = value.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    return there.dt.convert_time_zone(time_zone).dt.replace_time_zone(None)


def _is_iso(raw: pl.Expr, value: pl.Expr) -> pl.Expr:
    is_spelt = raw.str.contains(_ISO).fill_null(True)
    return is_spelt & is_of_our_era(value, raw)
