"""What a format says of totals that a file declares: which lines hold them, and what they fill."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tieout.feeds import SETTLEMENT_TOTALS
from tieout.reading.fill import parse_fill, refuse_unknown_fields
from tieout.reading.rules import Rule
from tieout.reading.toml_table import TomlTable
from tieout.relations import Column, Relation

LINE_COUNT = SETTLEMENT_TOTALS.column("line_count")
"""How many data lines a file declares."""

LINES_READ = SETTLEMENT_TOTALS.column("lines_read")
"""How many data lines a file that declares them has, bad ones and such as are left out too."""

LINE_AMOUNT = Column("line_amount", "money")
"""What the amounts of all lines add up to, of a file that fills no settlement: only a check."""

WITH_TOTALS = ("settlement", SETTLEMENT_TOTALS.name)
"""Relations whose declared totals are handed over; those of others are only checked."""

TOTALS_COLUMNS = tuple(column for column in SETTLEMENT_TOTALS.columns if column != LINES_READ)
"""What totals of settlement fill."""

_LINE_COLUMNS = (LINE_COUNT, LINE_AMOUNT)
_TOTALS_KEYS = ("stand", "between", "lines", "fill")
_TOTALS_LINE_KEYS = ("match", "columns", "required")


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


def parse_totals(part: TomlTable, relation: Relation) -> TotalsDefinition:
    """From TOML: [part.totals]. Raises Fault (exit 2) on anything it does not know."""
    table = TomlTable(part.mapping("totals"), f"{part.where}: totals", _TOTALS_KEYS)
    lines = []
    for values, where in table.tables("lines"):
        line = TomlTable(values, where, _TOTALS_LINE_KEYS)
        figures = line.take_texts("columns")
        expression = _row_of_figures(figures) if figures else line.require("match")
        lines.append(TotalsLine(line.compiled("match", expression), line.take("required", True)))
    if not lines:
        table.refuse("lines", "none", "at least one [[part.totals.lines]]")
    between = table.take_texts("between")
    if len(between) not in (0, 2):
        table.refuse("between", f"{len(between)} expressions", "two: where to start, where to end")
    columns = TOTALS_COLUMNS if relation.name in WITH_TOTALS else _LINE_COLUMNS
    fill = parse_fill(table, columns, is_needed=True)
    groups = {group for line in lines for group in line.match.groupindex}
    refuse_unknown_fields(table, fill, groups)
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
