"""The sheets of the workbook that list breaks: one a family, one a liable party."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl
import pyarrow as pa

from tieout.publish import sheet_words
from tieout.publish.break_columns import Column, place
from tieout.publish.figures import Row
from tieout.publish.shown import Worst
from tieout.publish.tally import frame_of
from tieout.publish.xlsx_file import HEAD, QUIET, TITLE, TOTAL, Sheet
from tieout.words import LIABLES, SEVERITIES

ROWS_SHOWN = 1000
"""Breaks of one sheet; a row costs a spreadsheet thirty times what it costs a CSV file."""

_PAGES_WIDE = 3
"""On paper; all columns side by side on one page could not be read."""

TOTAL_ROW, FILTERED_ROW, HEAD_ROW, FIRST_ROW = 2, 3, 4, 5


class ListedBreaks:
    """The breaks that the workbook has room for, taken in batch by batch."""

    def __init__(self, catalogue: Sequence[Row]) -> None:
        self._categories = {
            family: [row["category"] for row in catalogue if row["family"] == family]
            for family in sheet_words.FAMILY_SHEETS
        }
        self._by_family = {family: Worst(ROWS_SHOWN) for family in sheet_words.FAMILY_SHEETS}
        self._by_liable = {liable: Worst(ROWS_SHOWN) for liable in LIABLES}
        self._decided = Worst(ROWS_SHOWN)

    def keep(self, batch: pa.RecordBatch) -> None:
        """Take in the rows of one batch of breaks."""
        breaks = frame_of(batch)
        for family, worst in self._by_family.items():
            worst.keep(breaks.filter(pl.col("category").is_in(self._categories[family])))
        for liable, worst in self._by_liable.items():
            worst.keep(breaks.filter(pl.col("liable") == liable))

    def keep_decided(self, batch: pa.RecordBatch) -> None:
        """Take in the rows of one batch of breaks that somebody decided."""
        self._decided.keep(frame_of(batch))

    def of_family(self, family: str) -> list[Row]:
        """The family's worst breaks, worst first."""
        return self._by_family[family].frame().to_dicts()

    def of_liable(self, liable: str) -> list[Row]:
        """The worst breaks that this party has to put right, worst first."""
        return self._by_liable[liable].frame().to_dicts()

    def decided(self) -> list[Row]:
        """The worst breaks that somebody decided, worst first, with their family."""
        family = {name: key for key, names in self._categories.items() for name in names}
        return [
            {**row, "family": family.get(row["category"])}
            for row in self._decided.frame().to_dicts()
        ]


@dataclass(frozen=True)
class Listing:
    """A break sheet that is written, for formulas that count and add up its rows."""

    sheet: Sheet
    columns: tuple[Column, ...]
    rows: Sequence[Row]

    def range(self, name: str) -> str:
        """The address of one column's rows, at least one."""
        last = FIRST_ROW + max(len(self.rows), 1) - 1
        return self.sheet.range(place(self.columns, name), FIRST_ROW, last)


def write_breaks(
    sheet: Sheet,
    columns: tuple[Column, ...],
    title: str,
    rows: Sequence[Row],
    in_all: int,
    file: str = "breaks.csv",
) -> Listing:
    """Write one list of breaks, worst first, coloured by severity; `file` has all of them."""
    tones = {severity: severity for severity in SEVERITIES}
    return write_list(sheet, columns, title, _told(len(rows), in_all, file), rows, tones)


def write_list(
    sheet: Sheet,
    columns: tuple[Column, ...],
    title: str,
    told: str,
    rows: Sequence[Row],
    tones: Mapping[str, str],
) -> Listing:
    """Write one list: totals above, heads that stay, filters.

    `tones` colours the first two cells by the words that the first one ends in.
    """
    sheet.text(0, 0, title, TITLE)
    sheet.text(1, 0, told, QUIET)
    listing = Listing(sheet, columns, rows)
    _write_totals(listing)
    sheet.writer.set_row(HEAD_ROW, 45)
    for number, column in enumerate(columns):
        sheet.writer.set_column(number, number, column.width)
        sheet.text(HEAD_ROW, number, column.head, HEAD)
    for row, line in enumerate(rows, start=FIRST_ROW):
        for number, column in enumerate(columns):
            column.write(sheet, row, number, line)
    last = FIRST_ROW + max(len(rows), 1) - 1
    sheet.writer.freeze_panes(FIRST_ROW, 2)
    sheet.writer.autofilter(HEAD_ROW, 0, last, len(columns) - 1)
    for words, tone in tones.items():
        formula = f'=RIGHT($A{FIRST_ROW + 1},{len(words)})="{words}"'
        sheet.colour((FIRST_ROW, last), (0, 1), formula, tone)
    _for_paper(sheet)
    return listing


def _told(shown: int, in_all: int, file: str) -> str:
    if shown < in_all:
        return sheet_words.told("worst_shown", in_all=in_all, shown=shown, file=file)
    return sheet_words.told("all_shown" if in_all else "none_shown", in_all=in_all)


def _write_totals(listing: Listing) -> None:
    counted = listing.range("break_id")
    _write_total(listing, TOTAL_ROW, sheet_words.TOTAL, f"=COUNTA({counted})", "=SUM({})")
    _write_total(
        listing,
        FILTERED_ROW,
        sheet_words.title("filtered"),
        f"=SUBTOTAL(103,{counted})",
        "=SUBTOTAL(109,{})",
    )


def _write_total(listing: Listing, row: int, words: str, count: str, total: str) -> None:
    listing.sheet.text(row, 0, words, TOTAL)
    listing.sheet.count_formula(row, 1, count, len(listing.rows), TOTAL)
    for number, column in enumerate(listing.columns):
        if column.is_money:
            formula = total.format(listing.range(column.name))
            minor = added(listing.rows, column.name)
            listing.sheet.money_formula(row, number, formula, minor, TOTAL)


def added(rows: Sequence[Row], name: str) -> int:
    """The sum of a money column over rows, in minor units."""
    return sum(row[f"{name}_minor"] or 0 for row in rows)


def _for_paper(sheet: Sheet) -> None:
    sheet.writer.set_landscape()
    sheet.writer.set_paper(8)
    sheet.writer.fit_to_pages(_PAGES_WIDE, 0)
    sheet.writer.repeat_rows(HEAD_ROW)
    sheet.writer.repeat_columns(0, 1)
    sheet.writer.set_footer("&L&A&R&P / &N")
