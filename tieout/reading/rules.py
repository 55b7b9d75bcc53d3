"""The value rules of the format language, as data: how a column is filled from a line's fields.

The keys are described one by one in tieout/formats/README.md.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tieout.reading.instants import Zone, parse_zone
from tieout.reading.toml_table import TomlTable

RULE_KEYS = (
    "field",
    "together",
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
BUSINESS_DATE = "business_date"
_FILE_FACTS = (BUSINESS_DATE, "name", "line")
_ORIGINS = ("field", "together", "text", "file", "sum", "join", "by")
_SIGN_FACTORS = {"+": 1, "-": -1}


@dataclass(frozen=True)
class Rule:
    """How one column is filled; exactly one of _ORIGINS is set."""

    fields: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
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
        yield from (*self.fields, *self.together)
        yield from (name for name in (self.by, self.year_near) if name not in ("", BUSINESS_DATE))
        if self.zone is not None and self.zone.field:
            yield self.zone.field
        for rule in self.parts():
            yield from rule.fields_read()

    def texts_read(self) -> Iterator[str]:
        """The fields whose texts become the value, not those that only decide about it."""
        yield from (*self.fields, *self.together)
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
            yield from ((name, self.search) for name in (*self.fields, *self.together))
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
        together=table.take_texts("together"),
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


def canonical_rule(name: str) -> Rule:
    """The rule of a canonical feed: the column of the same name."""
    return Rule(fields=(name,))
