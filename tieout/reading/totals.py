"""The totals a channel declares: before the rows of a file, after them, or in a printed report.

Totals of settlement are not judged here, but handed over for the settlement rules to compare.
Only what no rule sees later is checked by the engine: how many lines there are, and what the
amounts of an account's entries add up to.
"""

from dataclasses import dataclass

import polars as pl

from tieout.faults import ExitCode, Fault
from tieout.feeds import NEVER_LOADED, SETTLEMENT_TOTALS
from tieout.reading.chunk import LINE, Chunk
from tieout.reading.declared import LINE_AMOUNT, LINE_COUNT, TotalsDefinition
from tieout.reading.masking import masked_line
from tieout.reading.rules import FileFacts
from tieout.reading.typed import Typing

_LONGEST_FOUND = 60


def declared_totals(
    totals: TotalsDefinition, text: str, first_line: int, facts: FileFacts, shown_as: str
) -> pl.DataFrame | None:
    """One row: `line`, the columns of settlement_totals, `line_amount_minor`; None when the text
    declares nothing and need not. Nothing but `line`, `line_count` and `line_amount_minor` when
    the format names no settle date.

    `first_line` is the line number of the text's first line. Raises Fault: 12 when a line that
    must declare totals is not there, 11 when it should stand before the rows or when a figure
    cannot be read.
    """
    begin, last, end = _span(totals, text, shown_as)
    matched = []
    for line in totals.lines:
        matches = list(line.match.finditer(text, begin, end))
        if line.required and not matches:
            is_cut = totals.stand == "trailer" or not text
            raise _missing(text, line.match.pattern, shown_as, is_cut=is_cut)
        matched += matches
    if not matched:
        return None
    if max(match.end() for match in matched) < last:
        raise _missing(text[:end], totals.lines[-1].match.pattern, shown_as)
    groups = sorted({name for line in totals.lines for name in line.match.groupindex})
    rows = pl.DataFrame(
        [
            {LINE: first_line + text.count("\n", 0, match.start()), **match.groupdict()}
            for match in matched
        ],
        schema={LINE: pl.Int64, **dict.fromkeys(groups, pl.String)},
    )
    rows = rows.with_columns(pl.when(pl.col(name) != "").then(name).alias(name) for name in groups)
    columns = [c for c in SETTLEMENT_TOTALS.columns if c.name not in NEVER_LOADED]
    typed, rejects = Typing([*columns, LINE_AMOUNT], totals.fill, facts).apply(Chunk(rows, []))
    if rejects:
        raise Fault(
            "totals-unreadable",
            ExitCode.UNREADABLE,
            where=f"{shown_as}:{rejects[0].line}",
            found=rejects[0].reason,
            expected="totals as the format declares them",
            action="Have the file delivered again.",
        )
    if "settle_date" not in totals.fill:
        typed = typed.select(LINE, LINE_COUNT.name, LINE_AMOUNT.loaded_name)
    days = [name for name in typed.columns if name == "settle_date"]
    figures = [name for name in typed.columns if name not in (LINE, *days)]
    return typed.select(
        pl.col(LINE).min(),
        *(pl.col(name).first() for name in days),
        *(
            pl.when(pl.col(name).is_not_null().any()).then(pl.col(name).sum()).alias(name)
            for name in figures
        ),
    )


@dataclass
class DeclaredLines:
    """How many lines a file declares, None when it does not, and how many its parts had."""

    declared: int | None
    parts: int
    seen: int = 0

    def count(self, lines: int, shown_as: str) -> None:
        """Add the lines of one part. Raises Fault (exit 12) when all parts together fall short."""
        self.seen += lines
        self.parts -= 1
        if self.declared is not None and not self.parts:
            refuse_fewer_lines(self.seen, self.declared, shown_as)


def refuse_other_amount(totals: pl.DataFrame, amount_minor: int, shown_as: str) -> None:
    """Raises Fault (exit 11) when the lines add up to another amount than they declare."""
    declared = totals[LINE_AMOUNT.loaded_name][0]
    if declared is not None and declared != amount_minor:
        raise Fault(
            "amount-other-than-declared",
            ExitCode.UNREADABLE,
            where=shown_as,
            found=f"lines that add up to {amount_minor} minor units",
            expected=f"{declared}, as the totals declare",
            action="Have the file delivered again.",
        )


def refuse_without_trailer(trailer: str, mark: str, shown_as: str) -> None:
    """Raises Fault (exit 12) when the rows are not followed by the trailer."""
    if not trailer:
        raise _missing("", mark, shown_as)


def refuse_text_beside(
    totals: TotalsDefinition, trailer: str, mark: str, first_line: int, shown_as: str
) -> None:
    """Raises Fault (exit 11) when a trailer has a line that declares nothing and is no remark.

    Rows after the totals would otherwise be lost without a word.
    """
    declaring: set[int] = set()
    for line in totals.lines:
        for match in line.match.finditer(trailer):
            begin, end = (trailer.count("\n", 0, at) for at in match.span())
            declaring.update(range(begin, end + 1))
    for number, text in enumerate(trailer.split("\n")):
        if text.strip() and number not in declaring and not text.startswith(mark):
            raise Fault(
                "data-after-trailer",
                ExitCode.UNREADABLE,
                where=f"{shown_as}:{first_line + number}",
                found="a line after the trailer that declares no totals",
                expected="nothing after the trailer",
                action="Have the file delivered again, one bill a file.",
            )


def refuse_fewer_lines(lines: int, declared: int, shown_as: str) -> None:
    """Raises Fault (exit 12) when a file has fewer lines than it declares."""
    if lines < declared:
        raise Fault(
            "fewer-lines-than-declared",
            ExitCode.TRUNCATED,
            where=shown_as,
            found=f"{lines} lines",
            expected=f"the {declared} lines that its totals declare",
            action="Have the file delivered again.",
        )


def _span(totals: TotalsDefinition, text: str, shown_as: str) -> tuple[int, int, int]:
    """Where to look from, where the last line to look at begins, and where it ends."""
    if not totals.between:
        return 0, 0, len(text)
    start, stop = totals.between
    opening = start.search(text)
    if opening is None:
        raise _missing(text, start.pattern, shown_as)
    closing = stop.search(text, opening.end())
    if closing is None:
        raise _missing(text, stop.pattern, shown_as)
    line_end = text.find("\n", closing.end())
    return opening.end(), closing.start(), line_end if line_end >= 0 else len(text)


def _missing(text: str, pattern: str, shown_as: str, *, is_cut: bool = True) -> Fault:
    last = masked_line(text.strip().rsplit("\n", 1)[-1])[:_LONGEST_FOUND].strip()
    return Fault(
        "totals-missing",
        ExitCode.TRUNCATED if is_cut else ExitCode.UNREADABLE,
        where=shown_as,
        found=f"a last line {last!r}" if last else "no text",
        expected=f"a line with totals, as {pattern}",
        action="Have the file delivered again.",
    )
