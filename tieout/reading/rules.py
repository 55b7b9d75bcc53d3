"""The value rules of the format language: from the fields of a line to a column of a feed.

A rule is data (parsed from TOML by `parse_rule`) until `cell` turns it into expressions.
The keys are described one by one in tieout/formats/README.md.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from tieout.faults import ExitCode, Fault
from tieout.feeds import Column
from tieout.reading.cells import (
    DATE_PATTERN,
    INSTANT_PATTERN,
    Cell,
    MoneySpelling,
    canonical_cell,
    date_cell,
    first_that_fits,
    found,
    instant_cell,
    instant_without_year_cell,
    integer_cell,
    money_cell,
    polars_type,
)
from tieout.reading.chunk import LINE
from tieout.reading.instants import (
    ISO_8601,
    Zone,
    iso_date_cell,
    iso_instant_cell,
    parse_zone,
    zoned_cell,
)
from tieout.reading.toml_table import TomlTable

RULE_KEYS = (
    "field",
    "joined",
    "match",
    "prefix",
    "search",
    "text",
    "file",
    "sum",
    "join",
    "by",
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
_JOINT = "/"
BUSINESS_DATE = "business_date"
_FILE_FACTS = (BUSINESS_DATE, "name", "line")
_ORIGINS = ("field", "joined", "text", "file", "sum", "join", "by")
_SIGN_FACTORS = {"+": 1, "-": -1}


@dataclass(frozen=True)
class Rule:
    """How one column is filled; exactly one of _ORIGINS is set."""

    fields: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    match: re.Pattern[str] | None = None
    prefix: str = ""
    search: re.Pattern[str] | None = None
    text: str | None = None
    file: str = ""
    sum: tuple["Rule", ...] = ()
    join: tuple["Rule", ...] = ()
    by: str = ""
    cases: Mapping[str, "Rule"] = field(default_factory=dict)
    otherwise: "Rule | None" = None
    words: Mapping[str, str] = field(default_factory=dict)
    empty: tuple[str, ...] = ()
    unit: str = "major"
    decimals: int = -1
    thousands: bool = False
    sign: str = "as_written"
    signs: Mapping[str, int] | None = None
    patterns: tuple[str, ...] = ()
    year_near: str = ""
    zone: Zone | None = None

    def fields_read(self) -> Iterator[str]:
        """Every field of the file that this rule looks at."""
        yield from (*self.fields, *self.joined)
        yield from (name for name in (self.by, self.year_near) if name not in ("", BUSINESS_DATE))
        if self.zone is not None and self.zone.field:
            yield self.zone.field
        for rule in self.parts():
            yield from rule.fields_read()

    def texts_read(self) -> Iterator[str]:
        """The fields whose texts become the value, not those that only decide about it."""
        yield from (*self.fields, *self.joined)
        for rule in self.parts():
            yield from rule.texts_read()

    def digits_read(self) -> Iterator[str]:
        """The fields that hold one of some digits, and so no words."""
        if self.by and all(text.isdigit() for text in self.cases if text):
            yield self.by
        if self.words and all(word.isdigit() for word in self.words):
            yield from self.fields
        for rule in self.parts():
            yield from rule.digits_read()

    def parts(self) -> Iterator["Rule"]:
        """The rules that this one is made of."""
        yield from (*self.sum, *self.join, *self.cases.values())
        if self.otherwise is not None:
            yield self.otherwise

    def looked_into(self) -> Iterator[tuple[str, re.Pattern[str]]]:
        """Fields of free text, of which only what the expression finds may be shown."""
        if self.search is not None:
            yield from ((name, self.search) for name in (*self.fields, *self.joined))
        for rule in self.parts():
            yield from rule.looked_into()


@dataclass(frozen=True)
class FileFacts:
    """What a rule may know beside the line; a reference table has no business date.

    `currency`: the workspace's, or "" where no line states one; `time_zone`: the workspace's.
    """

    business_date: date | None
    currency_decimals: int
    base_name: str = ""
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
    match = table.take_pattern("match", groups=1)
    if table.take("file", "") == "name" and match is None:
        table.refuse("match", "nothing", "an expression for the part of the name that counts")
    signs = table.take_words("signs")
    if any(factor not in _SIGN_FACTORS for factor in signs.values()):
        table.refuse("signs", f"{signs!r}", '"+" or "-" for each mark')
    return Rule(
        fields=table.take_texts("field"),
        joined=table.take_texts("joined"),
        match=match,
        prefix=table.take("prefix", ""),
        search=table.take_pattern("search", groups=1),
        text=table.take("text", "") if "text" in table else None,
        file=table.choose("file", BUSINESS_DATE, _FILE_FACTS) if "file" in table else "",
        sum=tuple(parse_rule(item, path) for item, path in table.tables("sum")),
        join=_parse_rules(table, "join"),
        by=table.take("by", ""),
        cases={
            text: parse_rule(rule, f"{where}: cases.{texts}")
            for texts, rule in table.mapping("cases").items()
            for text in texts.split("|")
        },
        otherwise=parse_rule(table["otherwise"], f"{where}: otherwise")
        if "otherwise" in table
        else None,
        words=table.take_words("words"),
        empty=table.take_texts("empty"),
        unit=table.choose("unit", "major", ("major", "minor")),
        decimals=table.take("decimals", -1),
        thousands=table.take("thousands", False),
        sign=table.choose("sign", "as_written", ("as_written", "absolute", "negated", "negative")),
        signs={mark: _SIGN_FACTORS[factor] for mark, factor in signs.items()} or None,
        patterns=table.take_texts("pattern"),
        year_near=table.take("year_near", ""),
        zone=parse_zone(table),
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


def cell(rule: Rule, column: Column, facts: FileFacts) -> Cell:
    """The expressions that fill `column` by `rule`, over a frame of text fields."""
    if rule.by:
        return _by_case(rule, column, facts)
    if rule.sum:
        return _summed([cell(part, column, facts) for part in rule.sum])
    if rule.join:
        return _as_one_text([cell(part, column, facts) for part in rule.join])
    if rule.file == BUSINESS_DATE:
        return _constant(pl.lit(facts.business_date), column)
    if rule.file == "line":
        name = pl.lit(f"{facts.base_name}:")
        return _constant(pl.concat_str(name, pl.col(LINE)), column)
    raw = _raw(rule, facts)
    if rule.words:
        return _in_our_words(raw, rule.words)
    return _signed(_parsed(raw, rule, column, facts), rule.sign)


def _raw(rule: Rule, facts: FileFacts) -> pl.Expr:
    """The text that a rule starts from."""
    if rule.file and rule.match is not None:
        return pl.lit(_in_name(facts.base_name, rule.match))
    if rule.text is not None:
        return pl.lit(rule.text or None, pl.String)
    texts = [_emptied(pl.col(name), rule.empty) for name in (*rule.fields, *rule.joined)]
    raw = pl.coalesce(texts)
    if rule.joined:
        glued = pl.concat_str(texts, separator=" ", ignore_nulls=True)
        raw = pl.when(raw.is_not_null()).then(glued).otherwise(None)
    if rule.match is not None:
        # text that does not match stays whole, so that its kind can refuse it
        raw = pl.coalesce([raw.str.extract(rule.match.pattern), raw])
    if rule.search is not None:
        raw = raw.str.extract(rule.search.pattern)
    return pl.lit(rule.prefix) + raw if rule.prefix else raw


def _in_name(base_name: str, match: re.Pattern[str]) -> str:
    found_in_name = match.search(base_name)
    if found_in_name is None:
        raise Fault(
            "name-not-as-agreed",
            ExitCode.UNREADABLE,
            where=base_name,
            found="a file name that does not tell what its lines leave out",
            expected=f"a name as {match.pattern}",
            action="Rename the file as the format's description says.",
        )
    return found_in_name[1]


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
        case "instant" if rule.patterns == (ISO_8601,):
            return iso_instant_cell(raw, facts.time_zone)
        case "date" if rule.patterns == (ISO_8601,):
            return iso_date_cell(raw)
        case "instant" if rule.year_near:
            near = pl.lit(facts.business_date)
            if rule.year_near != BUSINESS_DATE:
                day = pl.col(rule.year_near).str.slice(0, 8).str.to_date("%Y%m%d", strict=False)
                near = pl.coalesce([day, near])
            return first_that_fits([instant_without_year_cell(raw, p, near) for p in rule.patterns])
        case "instant":
            patterns = rule.patterns or (INSTANT_PATTERN,)
            read = first_that_fits([instant_cell(raw, pattern) for pattern in patterns])
            return read if rule.zone is None else zoned_cell(read, rule.zone, facts.time_zone)
        case "date":
            patterns = rule.patterns or (DATE_PATTERN,)
            return first_that_fits([date_cell(raw, pattern) for pattern in patterns])
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
    values = {
        "absolute": read.value.abs(),
        "negated": -read.value,
        "negative": -read.value.abs(),
    }
    return Cell(values[sign], read.ok, read.complaint)


def _summed(parts: list[Cell]) -> Cell:
    present = pl.any_horizontal([part.value.is_not_null() for part in parts])
    return Cell(
        pl.when(present).then(pl.sum_horizontal([part.value for part in parts])),
        pl.all_horizontal([part.ok for part in parts]),
        pl.coalesce([pl.when(~part.ok).then(part.complaint) for part in parts]),
    )


def _as_one_text(parts: list[Cell]) -> Cell:
    text = pl.concat_str([part.value for part in parts], separator=_JOINT, ignore_nulls=True)
    present = pl.any_horizontal([part.value.is_not_null() for part in parts])
    return Cell(pl.when(present).then(text), pl.lit(True), pl.lit(None, pl.String))


def _by_case(rule: Rule, column: Column, facts: FileFacts) -> Cell:
    key = pl.col(rule.by)
    if rule.search is not None:
        key = key.str.extract(rule.search.pattern)
    key = key.fill_null("")
    kind = polars_type(column.kind)
    if rule.otherwise is None:
        refused = found(key, f"{rule.by} to be one of " + ", ".join(rule.cases))
        other = Cell(pl.lit(None, kind), pl.lit(False), refused)
    else:
        other = cell(rule.otherwise, column, facts)
    value, ok, complaint = other.value, other.ok, other.complaint
    for text, case_rule in rule.cases.items():
        chosen = cell(case_rule, column, facts)
        is_case = key == text
        value = pl.when(is_case).then(chosen.value).otherwise(value)
        ok = pl.when(is_case).then(chosen.ok).otherwise(ok)
        complaint = pl.when(is_case).then(chosen.complaint).otherwise(complaint)
    return Cell(value, ok, complaint)


def canonical_rule(name: str) -> Rule:
    """The rule of a canonical feed: the column of the same name."""
    return Rule(fields=(name,))
