"""What a format says of one part of a file, checked as far as it can be without a file.

The keys are described one by one in tieout/formats/README.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tieout.feeds import FEEDS, NEVER_DELIVERED, NEVER_LOADED, SETTLEMENT_TOTALS
from tieout.reading.declared import TOTALS_COLUMNS, TotalsDefinition, parse_totals
from tieout.reading.fill import parse_fill, refuse_unknown_fields
from tieout.reading.fixed_record import FixedRecord, parse_fixed_record
from tieout.reading.left_out import LeftOut, parse_left_out
from tieout.reading.mt940 import MT940_FIELDS
from tieout.reading.record_kinds import RECORDS_KEYS, RecordsDefinition, parse_records
from tieout.reading.rules import Rule, canonical_rule
from tieout.reading.toml_table import TomlTable
from tieout.reading.tree import TREE_KEYS, TreeDefinition, parse_tree
from tieout.relations import Relation

ENCODINGS = ("utf-8", "gb18030", "iso-8859-1", "cp852")
EITHER_ENCODING = "utf-8 or gb18030"

_KEYS = ("layout", "relation", "member", "holds", "ignored", "optional")
_KEYS_OF_WHAT_IS_READ = ("encoding", "currency", "leave_out", "fill", "totals")
_CUT_KEYS = ("header", "may_lack", "separator", "strip", "aliases", "trailer")
_KEYS_OF: dict[str, tuple[str, ...]] = {
    "canonical": (),
    "delimited": (
        *_CUT_KEYS,
        *("lead_lines", "lines_below_header", "tail_lines", "cells", "fields", "line"),
        *("quotes", "open_ended", "cell_prefix"),
    ),
    "fixed_width": ("widths", "gap", "record_bytes", "fields", "lead_lines", "trailer"),
    "json": ("rows", "must_have"),
    "mt940": (),
    "printed": (),
    "sheet": (*_CUT_KEYS, "lead", "declared_lines", "tied"),
    "typed_records": RECORDS_KEYS,
    "xml": TREE_KEYS,
}
_LAYOUTS = tuple(_KEYS_OF)
_LAYOUTS_WITH_TOTALS = ("delimited", "fixed_width", "printed")


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


def canonical_part(relation: Relation) -> PartDefinition:
    """The part of a file whose columns are the relation's own (contract sections 4 and 5)."""
    unread = NEVER_LOADED | NEVER_DELIVERED
    names = (column.name for column in relation.columns if column.name not in unread)
    return PartDefinition("canonical", relation, {name: canonical_rule(name) for name in names})


def parse_part(values: Mapping[str, Any], where: str) -> PartDefinition:
    """From TOML: one [[part]]. Raises Fault (exit 2) on anything it does not know."""
    table = TomlTable(values, where, _known_keys(values.get("layout", "delimited")))
    layout = table.choose("layout", "delimited", _LAYOUTS)
    is_ignored = table.take("ignored", False)
    relation = FEEDS[table.choose("relation", SETTLEMENT_TOTALS.name, tuple(FEEDS))]
    if layout == "canonical":
        return canonical_part(relation)
    totals = parse_totals(table, relation) if "totals" in table else None
    record = parse_fixed_record(table) if layout == "fixed_width" else None
    line = _line_expression(table)
    columns = _columns_by_number(table, line) if layout == "delimited" else ()
    filled = TOTALS_COLUMNS if relation is SETTLEMENT_TOTALS else relation.columns
    fill = parse_fill(table, filled, is_needed=layout != "printed" and not is_ignored)
    if layout == "printed" and totals is None and not is_ignored:
        table.refuse("totals", "nothing", "[part.totals], the figures of a printed report")
    if layout in ("delimited", "sheet") and not is_ignored and not columns:
        table.require_texts("header")
    if totals is not None:
        _refuse_misplaced_totals(table, layout, totals)
    tied = table.take_texts("tied")
    if tied:
        table.require("trailer")
    leads = TomlTable(lead := table.mapping("lead"), f"{table.where}: lead", tuple(lead))
    tree = parse_tree(table) if layout == "xml" else None
    records = parse_records(table) if layout == "typed_records" else None
    left_out = tuple(parse_left_out(one, path) for one, path in table.tables("leave_out"))
    currencies = table.take_texts("currency")
    known = set(MT940_FIELDS if layout == "mt940" else columns)
    if record is not None:
        known = {fixed.name for fixed in record.fields}
    elif tree is not None:
        known = set(tree.names)
    elif records is not None:
        known = set(records.names)
    if known:
        refuse_unknown_fields(table, fill, known)
        deciding = {name for one in left_out for name in one.fields_read()}.union(currencies)
        for name in sorted(deciding - known):
            expected = "one of the declared fields: " + ", ".join(sorted(known))
            table.refuse("leave_out, currency", f"the field `{name}`", expected)
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
            "encoding", "utf-8", (*ENCODINGS, EITHER_ENCODING) if layout == "sheet" else ENCODINGS
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


def _known_keys(layout: object) -> tuple[str, ...]:
    """Of a layout that is none: those of all, so that the layout is what is refused."""
    if layout == "canonical":
        return _KEYS
    own = _KEYS_OF.get(layout) if isinstance(layout, str) else None
    if own is None:
        own = tuple(key for keys in _KEYS_OF.values() for key in keys)
    return tuple(dict.fromkeys((*_KEYS, *_KEYS_OF_WHAT_IS_READ, *own)))


def _refuse_misplaced_totals(table: TomlTable, layout: str, totals: TotalsDefinition) -> None:
    if layout == "sheet":
        table.refuse("totals", "totals", "`tied` or `declared_lines`, in a sheet")
    if layout not in _LAYOUTS_WITH_TOTALS:
        table.refuse("totals", f"totals of {layout}", "one of " + ", ".join(_LAYOUTS_WITH_TOTALS))
    if layout != "printed" and totals.stand == "trailer":
        table.require("trailer")


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
