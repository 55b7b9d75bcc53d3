"""A file format as data: what its TOML says, checked as far as it can be without a file.

The keys are described one by one in tieout/formats/README.md.
"""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from tieout.faults import ExitCode, Fault
from tieout.feeds import FEEDS, NEVER_DELIVERED, NEVER_LOADED, SETTLEMENT_TOTALS, Column, Relation
from tieout.reading.left_out import LeftOut, parse_left_out
from tieout.reading.mt940 import MT940_FIELDS
from tieout.reading.rules import Rule, canonical_rule, parse_rule
from tieout.reading.toml_table import TomlTable
from tieout.reading.tree import TREE_KEYS, TreeDefinition, parse_tree
from tieout.reading.typed_records import RECORDS_KEYS, RecordsDefinition, parse_records
from tieout.words import Owner

LINE_COUNT = Column("line_count", "integer")
"""How many data lines a file declares; not a column of any feed, only a check on its length."""

LINE_AMOUNT = Column("line_amount", "money")
"""What the amounts of all lines add up to, of a file that fills no settlement: only a check."""

_FORMAT_KEYS = ("title", "source", "business_date", "container", "member_names", "part")
_PART_KEYS = (
    "layout",
    "relation",
    "member",
    "holds",
    "ignored",
    "optional",
    "encoding",
    "separator",
    "quotes",
    "open_ended",
    "line",
    "header",
    "lead_lines",
    "lines_below_header",
    "tail_lines",
    "cells",
    "may_lack",
    "strip",
    "cell_prefix",
    "aliases",
    "trailer",
    "record_bytes",
    "widths",
    "gap",
    "fields",
    "rows",
    "lead",
    "declared_lines",
    "tied",
    "leave_out",
    "fill",
    "totals",
    "currency",
)
_OWN_KEYS = {"xml": TREE_KEYS, "typed_records": RECORDS_KEYS, "json": ("must_have",)}
_TOTALS_KEYS = ("stand", "between", "lines", "fill")
_TOTALS_LINE_KEYS = ("match", "columns", "required")
_WITH_TOTALS = ("settlement", SETTLEMENT_TOTALS.name)
"""Relations whose declared totals are handed over; those of others are only checked."""

_LINE_TOTALS = Relation("totals of the lines", (LINE_COUNT, LINE_AMOUNT), key=())
_LAYOUTS = (
    *("canonical", "delimited", "fixed_width", "json", "mt940", "printed", "sheet"),
    *("typed_records", "xml"),
)
_LAYOUTS_WITH_TOTALS = ("delimited", "fixed_width", "printed")
_ENCODINGS = ("utf-8", "gb18030", "iso-8859-1", "cp852")
EITHER_ENCODING = "utf-8 or gb18030"

_DASHED_DATE = re.compile(r"(?<![0-9])([0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])")
_EIGHT_DIGITS = re.compile(r"(?<![0-9])([0-9]{8})(?![0-9])")


@dataclass(frozen=True)
class TotalsLine:
    """A line that declares totals: a regular expression with named groups."""

    match: re.Pattern[str]
    required: bool


@dataclass(frozen=True)
class TotalsDefinition:
    """Declared totals: one row of fields per matching line; each figure is summed over the rows.

    `stand`: in the `trailer` of delimited text or in its `lead`, before the rows. `between`:
    only the text from the first of these two expressions to the second is looked at.
    """

    stand: str
    between: tuple[re.Pattern[str], ...]
    lines: tuple[TotalsLine, ...]
    fill: Mapping[str, Rule]


@dataclass(frozen=True)
class FixedField:
    """A field of a fixed-width record, in bytes."""

    name: str
    at: int
    width: int


@dataclass(frozen=True)
class FixedRecord:
    """A record of `width` bytes; the `gaps` (byte positions) hold a space in every sound record."""

    width: int
    fields: tuple[FixedField, ...]
    gaps: tuple[int, ...]


@dataclass(frozen=True)
class PartDefinition:
    """One kind of member of a container, or the whole of a plain file.

    `currencies`: the fields that hold the workspace's currency in every line that counts.
    """

    layout: str
    relation: Relation
    fill: Mapping[str, Rule]
    is_ignored: bool = False
    is_optional: bool = False
    member: re.Pattern[str] | None = None
    holds: str = ""
    encoding: str = "utf-8"
    separator: str = ","
    has_quotes: bool = True
    is_open_ended: bool = False
    line: str = ""
    header: tuple[str, ...] = ()
    lead_lines: int = 0
    lines_below_header: int = 0
    tail_lines: int = 0
    columns: tuple[str, ...] = ()
    may_lack: tuple[str, ...] = ()
    strip: str = ""
    cell_prefix: str = ""
    aliases: Mapping[str, str] = field(default_factory=dict)
    trailer: str = ""
    record: FixedRecord | None = None
    json_rows: str = ""
    must_have: tuple[str, ...] = ()
    lead: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    declared_lines: re.Pattern[str] | None = None
    tied: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    totals: TotalsDefinition | None = None
    currencies: tuple[str, ...] = ()
    tree: TreeDefinition | None = None
    records: RecordsDefinition | None = None

    @property
    def fields_read(self) -> frozenset[str]:
        """The fields of a line that some column is filled from, or that decide about the line."""
        rules = (name for rule in self.fill.values() for name in rule.fields_read())
        deciding = (one.fields_read() for one in self.left_out)
        return frozenset(rules).union(self.currencies, *deciding)


@dataclass(frozen=True)
class Format:
    """A file format: built in, or a workspace's own (`formats/<name>.toml`)."""

    name: str
    title: str
    source: str
    owner: Owner
    relations: tuple[str, ...]
    definition_sha256: str
    container: str
    member_names: str
    parts: tuple[PartDefinition, ...]
    date_in_name: re.Pattern[str] | None

    def business_date(self, base_name: str) -> date | None:
        """The business date that a file's base name tells, or None.

        Default rule (contract section 2): the first YYYY-MM-DD that is a date, else the first
        run of exactly eight digits that is one.
        """
        patterns = [self.date_in_name] if self.date_in_name else [_DASHED_DATE, _EIGHT_DIGITS]
        for pattern in patterns:
            for candidate in pattern.finditer(base_name):
                try:
                    return date.fromisoformat(candidate[1])
                except ValueError:
                    continue
        return None


def describe(format_: Format) -> str:
    """One line for a list of formats."""
    return f"{format_.name}: {format_.title}; fills {', '.join(format_.relations)}"


@cache  # a backfill meets the same definitions every day
def parse_format(name: str, definition: bytes, where: str) -> Format:
    """The format of a TOML definition. Raises Fault (exit 2) on anything it does not know."""
    try:
        values = tomllib.loads(definition.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Fault(
            "format-not-toml",
            ExitCode.MISUSE,
            where=where,
            found=str(error),
            expected="a TOML file in UTF-8",
            action="Correct the format definition.",
        ) from error
    table = TomlTable(values, where, _FORMAT_KEYS)
    parts = tuple(_parse_part(part, path) for part, path in table.tables("part"))
    read = [part for part in parts if not part.is_ignored]
    if not read:
        table.refuse("part", "none", "at least one [[part]] that is read")
    relations = dict.fromkeys(part.relation.name for part in read)
    if any(part.totals and part.relation.name in _WITH_TOTALS for part in read):
        relations[SETTLEMENT_TOTALS.name] = None
    container = table.choose("container", "file", ("file", "zip"))
    takes_turns = all(part.layout == "json" or part.left_out for part in parts)
    if container == "file" and len(parts) > 1 and not takes_turns:
        table.refuse(
            "part",
            f"{len(parts)} parts",
            "one part, as the container is one file, or parts that each leave rows out",
        )
    return Format(
        name=name,
        title=table.require("title"),
        source=table.require("source"),
        owner=FEEDS[read[0].relation.name].owner,
        relations=tuple(relations),
        definition_sha256=hashlib.sha256(definition).hexdigest(),
        container=container,
        member_names=table.choose("member_names", "utf-8", _ENCODINGS),
        parts=parts,
        date_in_name=table.take_pattern("business_date", groups=1),
    )


def canonical_part(relation: Relation) -> PartDefinition:
    """The part of a file whose columns are the relation's own (contract sections 4 and 5)."""
    unread = NEVER_LOADED | NEVER_DELIVERED
    names = (column.name for column in relation.columns if column.name not in unread)
    return PartDefinition("canonical", relation, {name: canonical_rule(name) for name in names})


def _parse_part(values: Mapping[str, Any], where: str) -> PartDefinition:
    own_keys = _OWN_KEYS.get(str(values.get("layout")), ())
    table = TomlTable(values, where, tuple(dict.fromkeys(_PART_KEYS + own_keys)))
    layout = table.choose("layout", "delimited", _LAYOUTS)
    is_ignored = table.take("ignored", False)
    relation = FEEDS[table.choose("relation", SETTLEMENT_TOTALS.name, tuple(FEEDS))]
    if layout == "canonical":
        return canonical_part(relation)
    totals = _parse_totals(table, relation) if "totals" in table else None
    record = _fixed_record(table) if layout == "fixed_width" else None
    line = _line_expression(table)
    columns = _columns_by_number(table, line) if layout == "delimited" else ()
    fill = _parse_fill(table, relation, is_needed=layout != "printed" and not is_ignored)
    if layout == "printed" and totals is None and not is_ignored:
        table.refuse("totals", "nothing", "[part.totals], the figures of a printed report")
    if layout in ("delimited", "sheet") and not is_ignored and not columns:
        table.require_texts("header")
    if layout == "sheet" and table.mapping("totals"):
        table.refuse("totals", "totals", "`tied` or `declared_lines`, in a sheet")
    if totals is not None and layout not in _LAYOUTS_WITH_TOTALS:
        table.refuse("totals", f"totals of {layout}", "one of " + ", ".join(_LAYOUTS_WITH_TOTALS))
    tied = table.take_texts("tied")
    if tied:
        table.require("trailer")
    leads = TomlTable(lead := table.mapping("lead"), f"{table.where}: lead", tuple(lead))
    tree = parse_tree(table) if layout == "xml" else None
    records = parse_records(table) if layout == "typed_records" else None
    known = set(MT940_FIELDS if layout == "mt940" else columns)
    if record is not None:
        known = {fixed.name for fixed in record.fields}
    elif tree is not None:
        known = set(tree.names)
    elif records is not None:
        known = set(records.names)
    left_out = tuple(parse_left_out(one, path) for one, path in table.tables("leave_out"))
    currencies = table.take_texts("currency")
    if known:
        _refuse_unknown_fields(table, fill, known)
        deciding = {name for one in left_out for name in one.fields_read()}.union(currencies)
        for name in sorted(deciding - known):
            expected = "one of the declared fields: " + ", ".join(sorted(known))
            table.refuse("leave_out, currency", f"the field `{name}`", expected)
    if totals is not None and layout != "printed" and totals.stand == "trailer":
        table.require("trailer")
    separator = table.take("separator", ",")
    if len(separator.encode()) != 1:
        table.refuse("separator", repr(separator), "one ASCII character")
    return PartDefinition(
        layout=layout,
        relation=relation,
        fill=fill,
        is_ignored=is_ignored,
        is_optional=table.take("optional", False),
        member=table.take_pattern("member", groups=0),
        holds=table.take("holds", ""),
        encoding=table.choose(
            "encoding", "utf-8", (*_ENCODINGS, EITHER_ENCODING) if layout == "sheet" else _ENCODINGS
        ),
        separator=separator,
        has_quotes=table.take("quotes", True),
        is_open_ended=table.take("open_ended", False),
        line=line,
        header=table.take_texts("header"),
        lead_lines=table.take("lead_lines", 0),
        lines_below_header=table.take("lines_below_header", 0),
        tail_lines=table.take("tail_lines", 0),
        columns=columns,
        may_lack=table.take_texts("may_lack"),
        strip=table.take("strip", ""),
        cell_prefix=table.take("cell_prefix", ""),
        aliases=table.take_words("aliases"),
        trailer=table.take("trailer", ""),
        record=record,
        json_rows=table.take("rows", "") if layout == "json" else "",
        must_have=table.take_texts("must_have"),
        lead={name: leads.require_pattern(name) for name in lead},
        declared_lines=table.take_pattern("declared_lines", groups=1),
        tied=tied,
        left_out=left_out,
        totals=totals,
        currencies=currencies,
        tree=tree,
        records=records,
    )


def _parse_fill(table: TomlTable, relation: Relation, *, is_needed: bool) -> dict[str, Rule]:
    columns = {column.name: column for column in relation.columns}
    if relation.name == SETTLEMENT_TOTALS.name:
        columns[LINE_COUNT.name] = LINE_COUNT
    fillable = [name for name in columns if name not in NEVER_LOADED]
    fill = TomlTable(table.mapping("fill"), f"{table.where}: fill", tuple(fillable))
    missing = [name for name in fillable if columns[name].required and name not in fill]
    if is_needed and missing:
        fill.refuse(missing[0], "no rule", "a rule, as no row may lack this column")
    return {
        name: parse_rule(fill[name], f"{fill.where}: {name}") for name in fillable if name in fill
    }


def _line_expression(table: TomlTable) -> str:
    text = table.take("line", "")
    if text:
        table.compiled("line", text)
    return text


def _columns_by_number(table: TomlTable, line: str) -> tuple[str, ...]:
    """The columns of rows without a header: the groups of an expression, or cells by number."""
    if line:
        return tuple(re.compile(line).groupindex)
    cells = table.take("cells", 0)
    columns = [""] * cells
    for name, number in table.mapping("fields").items():
        if type(number) is not int or not 1 <= number <= cells:
            table.refuse(f"fields: {name}", f"{number!r}", f"a number from 1 to {cells} (cells)")
        columns[number - 1] = name
    return tuple(columns)


def _parse_totals(part: TomlTable, relation: Relation) -> TotalsDefinition:
    table = TomlTable(part.mapping("totals"), f"{part.where}: totals", _TOTALS_KEYS)
    lines = []
    for values, where in table.tables("lines"):
        line = TomlTable(values, where, _TOTALS_LINE_KEYS)
        columns = line.take_texts("columns")
        expression = _row_of_figures(columns) if columns else line.require("match")
        lines.append(TotalsLine(line.compiled("match", expression), line.take("required", True)))
    if not lines:
        table.refuse("lines", "none", "at least one [[part.totals.lines]]")
    between = table.take_texts("between")
    if len(between) not in (0, 2):
        table.refuse("between", f"{len(between)} expressions", "two: where to start, where to end")
    filled = SETTLEMENT_TOTALS if relation.name in _WITH_TOTALS else _LINE_TOTALS
    fill = _parse_fill(table, filled, is_needed=True)
    groups = {group for line in lines for group in line.match.groupindex}
    _refuse_unknown_fields(table, fill, groups)
    return TotalsDefinition(
        table.choose("stand", "trailer", ("trailer", "lead")),
        tuple(table.compiled("between", text) for text in between),
        tuple(lines),
        fill,
    )


def _row_of_figures(columns: tuple[str, ...]) -> str:
    """A row of a printed table: a word, then figures, set apart by bars or by blanks.

    Between bars a figure may be left out. Blanks are taken whole, so that those beside a bar
    never pass for a figure that is not there: a row cut short does not fit.
    """
    apart = r"(?:[ \t]*+[|│┃][ \t]*+|[ \t]++(?=[-0-9.,]))"
    figures = (rf"{apart}(?P<{name}>-?[0-9.,]*)" for name in columns[1:])
    word = rf"^[ \t|│┃]*(?P<{columns[0]}>[^\s|│┃0-9]+)"
    return word + "".join(figures) + r"[ \t|│┃\r]*$"


def _fixed_record(table: TomlTable) -> FixedRecord:
    widths = table.take_numbers("widths")
    gap = table.take("gap", 0)
    numbers = table.mapping("fields")
    ends = 0
    fields: list[FixedField] = []
    gaps: list[int] = []
    by_number = {number: name for name, number in numbers.items()}
    for number, width in enumerate(widths, start=1):
        if number > 1:
            gaps.extend(range(ends, ends + gap))
            ends += gap
        if number in by_number:
            fields.append(FixedField(by_number.pop(number), ends, width))
        ends += width
    if by_number:
        table.refuse("fields", f"{by_number}", f"field numbers from 1 to {len(widths)}")
    declared = table.take("record_bytes", 0)
    if ends != declared:
        table.refuse("widths", f"widths and gaps of {ends} bytes", f"{declared} (record_bytes)")
    return FixedRecord(ends, tuple(fields), tuple(gaps))


def _refuse_unknown_fields(table: TomlTable, fill: Mapping[str, Rule], known: set[str]) -> None:
    for column, rule in fill.items():
        for name in rule.fields_read():
            if name not in known:
                expected = "one of the declared fields: " + ", ".join(sorted(known))
                table.refuse(f"fill.{column}", f"the field `{name}`", expected)
