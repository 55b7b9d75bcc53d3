"""What the sheets of figures are made of: sections with heads, sums, and checks beside them."""

from collections.abc import Mapping

from tieout.publish import sheet_words
from tieout.publish.sheet_words import DIFFERS, IN_PART, TIES, heads
from tieout.publish.tally import Figures
from tieout.publish.xlsx_file import HEAD, QUIET, SECTION, TOTAL, Sheet, cell

CHECK = 0
COUNT, AMOUNT, REFUND, DIFFERENCE = 4, 5, 6, 7
"""Columns of the figures of breaks."""

FIGURE_HEADS = heads("breaks", "amount_in_question", "refund", "absolute_difference", first=COUNT)


def section(sheet: Sheet, row: int, name: str, heads: Mapping[int, str]) -> int:
    """Write a section's title, a sentence about it and its heads; returns the first row below."""
    sheet.text(row, 0, sheet_words.title(name), SECTION)
    sheet.text(row, 4, sheet_words.told(name), QUIET)
    sheet.writer.set_row(row + 1, 45)
    for column in range(max(heads) + 1):
        sheet.text(row + 1, column, heads.get(column, ""), HEAD)
    return row + 2


def check(sheet: Sheet, row: int, is_so: str, holds: bool) -> None:
    """Write a check cell: a formula's condition in words."""
    words = f'=IF({is_so},"{TIES}","{DIFFERS}")'
    sheet.text_formula(row, CHECK, words, TIES if holds else DIFFERS)


def verdict(
    sheet: Sheet, row: int, is_some: str, is_so: str, *, is_part: bool, holds: bool
) -> None:
    """Write a check cell of a list that may hold only some of what the control sheet counts."""
    words = f'=IF({is_some},"{IN_PART}",IF({is_so},"{TIES}","{DIFFERS}"))'
    sheet.text_formula(row, CHECK, words, IN_PART if is_part else TIES if holds else DIFFERS)


def write_figures(sheet: Sheet, row: int, figures: Figures) -> None:
    """Write the figures of some breaks into their columns."""
    sheet.count(row, COUNT, figures.count)
    sheet.money(row, AMOUNT, figures.amount)
    sheet.money(row, REFUND, figures.refund)
    sheet.money(row, DIFFERENCE, figures.difference)


def write_sums(sheet: Sheet, first: int, row: int, total: Figures) -> None:
    """Write the total of the figures from row `first` on, as formulas."""
    sheet.text(row, 1, sheet_words.TOTAL, TOTAL)
    sheet.count_formula(row, COUNT, sum_above(first, row, COUNT), total.count, TOTAL)
    sheet.money_formula(row, AMOUNT, sum_above(first, row, AMOUNT), total.amount, TOTAL)
    sheet.money_formula(row, REFUND, sum_above(first, row, REFUND), total.refund, TOTAL)
    sheet.money_formula(row, DIFFERENCE, sum_above(first, row, DIFFERENCE), total.difference, TOTAL)


def sum_above(first: int, row: int, column: int) -> str:
    """The formula, for a cell of `row`, of what the column holds from row `first` on."""
    return f"=SUM({cell(first, column)}:{cell(row - 1, column)})" if row > first else "=0"
