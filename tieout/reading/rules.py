"""The value rules of the format language: from the fields of a line to a column of a feed.

A rule is data (parsed from TOML by `parse_rule`) until `cell` turns it into expressions.
The keys are described one by one in tieout/formats/README.md.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import available_timezones

import polars as pl

from tieout.feeds import Column
from tieout.reading.cells import (
    DATE_PATTERN,
    INSTANT_PATTERN,
    Cell,
    MoneySpelling,
    canonical_cell,
    date_cell,
    found,
    instant_cell,
    instant_without_year_cell,
    integer_cell,
    money_cell,
    polars_type,
)
from tieout.reading.instants import ISO_8601, Zone, iso_date_cell, iso_instant_cell, zoned_cell
from tieout.reading.toml_table import TomlTable

_ORIGINS = ("field", "text", "file", "sum", "join", "first", "by")
RULE_KEYS = (
    *_ORIGINS,
    "joint",
    "match",
    "cases",
    "otherwise",
    "words",
    "empty",
    "unit",
    "decimals",
    "thousands",
    "sign",
    "signs",
    "pattern",
    "year_near",
    "zone",
    "zone_field",
    "zones",
)
_TEXT = Column("text", "text")
BUSINESS_DATE = "business_date"
_SIGN_FACTORS = {"+": 1, "-": -1}


@dataclass(frozen=True)
class Rule:
    """How one column is filled; exactly one of the origins, `fields` to `by`, is set."""

    fields: tuple[str, ...] = ()
    text: str | None = None
    file: str = ""
    sum: tuple["Rule", ...] = ()
    join: tuple["Rule", ...] = ()
    first: tuple["Rule", ...] = ()
    by: str = ""
    cases: Mapping[str, "Rule"] = field(default_factory=dict)
    otherwise: "Rule | None" = None
    joint: str = "/"
    match: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    empty: tuple[str, ...] = ()
    unit: str = "major"
    decimals: int = -1
    thousands: bool = False
    sign: str = "as_written"
    signs: Mapping[str, int] | None = None
    pattern: str = ""
    year_near: str = ""
    zone: Zone | None = None

    def fields_read(self) -> Iterator[str]:
        """Every field of the file that this rule looks at."""
        yield from self.fields
        zone_field = self.zone.field if self.zone is not None else ""
        yield from (name for name in (self.by, self.year_near, zone_field) if name)
        for rule in self.parts():
            yield from rule.fields_read()

    def parts(self) -> Iterator["Rule"]:
        """The rules that this one is made of."""
        yield from (*self.sum, *self.join, *self.first, *self.cases.values())
        if self.otherwise is not None:
            yield self.otherwise


@dataclass(frozen=True)
class FileFacts:
    """What a rule may know beside the line; a reference table has no business date.

    `currency`: the workspace's, or "" where no line states one; `time_zone`: the workspace's.
    """

    business_date: date | None
    currency_decimals: int
    currency: str = ""
    time_zone: str = "UTC"


def parse_rule(value: Any, where: str) -> Rule:
    """A rule from TOML: a field name, or a table of RULE_KEYS.

    Raises Fault (exit 2) on an unknown key, a bad value, or not exactly one origin.
    """
    if not isinstance(value, dict):
        value = {"field": value}
    table = TomlTable(value, where, RULE_KEYS)
    origins = [key for key in _ORIGINS if key in table]
    if len(origins) != 1:
        table.refuse(
            "field", " and ".join(origins) or "none", "exactly one of " + ", ".join(_ORIGINS)
        )
    signs = table.take_words("signs")
    if any(factor not in _SIGN_FACTORS for factor in signs.values()):
        table.refuse("signs", f"{signs!r}", '"+" or "-" for each mark')
    return Rule(
        fields=table.take_texts("field"),
        text=table.take("text", "") if "text" in table else None,
        file=table.choose("file", BUSINESS_DATE, (BUSINESS_DATE,)) if "file" in table else "",
        sum=tuple(parse_rule(item, path) for item, path in table.tables("sum")),
        join=_parse_rules(table, "join"),
        first=_parse_rules(table, "first"),
        by=table.take("by", ""),
        cases={
            text: parse_rule(rule, f"{where}: cases.{texts}")
            for texts, rule in table.mapping("cases").items()
            for text in texts.split("|")
        },
        otherwise=parse_rule(table["otherwise"], f"{where}: otherwise")
        if "otherwise" in table
        else None,
        joint=table.take("joint", "/"),
        match=_one_group(table),
        words=table.take_words("words"),
        empty=table.take_texts("empty"),
        unit=table.choose("unit", "major", ("major", "minor")),
        decimals=table.take("decimals", -1),
        thousands=table.take("thousands", False),
        sign=table.choose("sign", "as_written", ("as_written", "absolute", "negated")),
        signs={mark: _SIGN_FACTORS[factor] for mark, factor in signs.items()} or None,
        pattern=table.take("pattern", ""),
        year_near=table.take("year_near", ""),
        zone=_parse_zone(table),
    )


def _parse_rules(table: TomlTable, key: str) -> tuple[Rule, ...]:
    if key not in table:
        return ()
    rules = table[key]
    if not isinstance(rules, list):
        table.refuse(key, f"{rules!r}", "a list of rules")
    return tuple(
        parse_rule(rule, f"{table.where}: {key} {number}") for number, rule in enumerate(rules, 1)
    )


def _one_group(table: TomlTable) -> str:
    expression = table.take("match", "")
    try:
        pl.select(pl.lit("").str.extract(expression or "()"))
        groups = re.compile(expression or "()").groups
    except (pl.exceptions.PolarsError, re.error) as error:
        table.refuse("match", f"{expression!r} ({error})", "a regular expression")
    if groups != 1:
        table.refuse("match", f"{groups} groups", "an expression with 1 group")
    return expression


def _parse_zone(table: TomlTable) -> Zone | None:
    zone = Zone(table.take("zone", ""), table.take("zone_field", ""), table.take_words("zones"))
    for name in (zone.name, *zone.names.values()):
        if name and name not in available_timezones():
            table.refuse("zone", f"{name!r}", "a zone of the IANA time zone database")
    return zone if zone.name or zone.field else None


def cell(rule: Rule, column: Column, facts: FileFacts) -> Cell:
    """The expressions that fill `column` by `rule`, over a frame of text fields."""
    if rule.by:
        return _by_case(rule, column, facts)
    if rule.sum:
        return _summed([cell(part, column, facts) for part in rule.sum])
    if rule.first:
        return _first([cell(part, column, facts) for part in rule.first])
    if rule.file:
        return _constant(pl.lit(facts.business_date), column)
    if rule.text is not None:
        return _constant(pl.lit(rule.text or None, pl.String), column)
    if rule.join:
        raw = _joined([cell(part, _TEXT, facts).value for part in rule.join], rule.joint)
    else:
        raw = pl.coalesce([_emptied(pl.col(name), rule.empty) for name in rule.fields])
    if rule.match:
        raw = raw.str.extract(rule.match)
    if rule.words:
        return _in_our_words(raw, rule.words)
    return _signed(_parsed(raw, rule, column, facts), rule.sign)


def _parsed(raw: pl.Expr, rule: Rule, column: Column, facts: FileFacts) -> Cell:
    match column.kind:
        case "money":
            decimals = rule.decimals if rule.decimals >= 0 else facts.currency_decimals
            spelling = MoneySpelling(
                facts.currency_decimals,
                decimals,
                is_minor=rule.unit == "minor",
                has_thousands=rule.thousands,
                signs=rule.signs,
            )
            return money_cell(raw, spelling)
        case "integer":
            return integer_cell(raw, has_thousands=rule.thousands)
        case "instant" if rule.pattern == ISO_8601:
            return iso_instant_cell(raw, rule.zone, facts.time_zone)
        case "date" if rule.pattern == ISO_8601:
            return iso_date_cell(raw)
        case "instant" if rule.zone is not None:
            read = instant_cell(raw, rule.pattern or INSTANT_PATTERN)
            return zoned_cell(read, rule.zone, facts.time_zone)
        case "instant" if rule.year_near:
            anchor = pl.col(rule.year_near).str.slice(0, 8).str.to_date("%Y%m%d", strict=False)
            near = pl.coalesce([anchor, pl.lit(facts.business_date)])
            return instant_without_year_cell(raw, rule.pattern, near)
        case "instant":
            return instant_cell(raw, rule.pattern or INSTANT_PATTERN)
        case "date":
            return date_cell(raw, rule.pattern or DATE_PATTERN)
        case _:
            return canonical_cell(raw, column.kind, column.words, facts.currency_decimals)


def _emptied(raw: pl.Expr, empty: tuple[str, ...]) -> pl.Expr:
    return pl.when(~raw.is_in(empty)).then(raw) if empty else raw


def _constant(value: pl.Expr, column: Column) -> Cell:
    return Cell(value.cast(polars_type(column.kind)), pl.lit(True), pl.lit(None, pl.String))


def _in_our_words(raw: pl.Expr, words: Mapping[str, str]) -> Cell:
    return Cell(
        raw.replace_strict(dict(words), default=None, return_dtype=pl.String),
        raw.is_in(list(words)) | raw.is_null(),
        found(raw, "one of " + ", ".join(words)),
    )


def _signed(read: Cell, sign: str) -> Cell:
    if sign == "as_written":
        return read
    value = read.value.abs() if sign == "absolute" else -read.value
    return Cell(value, read.ok, read.complaint)


def _summed(parts: list[Cell]) -> Cell:
    present = pl.any_horizontal([part.value.is_not_null() for part in parts])
    return Cell(
        pl.when(present).then(pl.sum_horizontal([part.value for part in parts])),
        pl.all_horizontal([part.ok for part in parts]),
        pl.coalesce([pl.when(~part.ok).then(part.complaint) for part in parts]),
    )


def _joined(parts: list[pl.Expr], joint: str) -> pl.Expr:
    text = pl.concat_str(parts, separator=joint, ignore_nulls=True)
    return pl.when(pl.any_horizontal([part.is_not_null() for part in parts])).then(text)


def _first(parts: list[Cell]) -> Cell:
    """The first part whose cell holds anything, even something unreadable, speaks."""
    chosen = parts[-1]
    for part in reversed(parts[:-1]):
        speaks = part.value.is_not_null() | ~part.ok
        chosen = Cell(
            pl.when(speaks).then(part.value).otherwise(chosen.value),
            pl.when(speaks).then(part.ok).otherwise(chosen.ok),
            pl.when(speaks).then(part.complaint).otherwise(chosen.complaint),
        )
    return chosen


def _by_case(rule: Rule, column: Column, facts: FileFacts) -> Cell:
    key = pl.col(rule.by)
    kind = polars_type(column.kind)
    if rule.otherwise is None:
        refused = found(key, f"{rule.by} to be one of " + ", ".join(rule.cases))
        other = Cell(pl.lit(None, kind), pl.lit(False), refused)
    else:
        other = cell(rule.otherwise, column, facts)
    value, ok, complaint = other.value, other.ok, other.complaint
    for text, case_rule in rule.cases.items():
        chosen = cell(case_rule, column, facts)
        is_case = key == text if text else key.is_null()
        value = pl.when(is_case).then(chosen.value).otherwise(value)
        ok = pl.when(is_case).then(chosen.ok).otherwise(ok)
        complaint = pl.when(is_case).then(chosen.complaint).otherwise(complaint)
    return Cell(value, ok, complaint)


def canonical_rule(name: str) -> Rule:
    """The rule of a canonical feed: the column of the same name."""
    return Rule(fields=(name,))
