"""The control sheet's figures of breaks: by category, by liable party, by what decided them."""

from tieout.publish.figures import DayFigures
from tieout.publish.sections import (
    AMOUNT,
    COUNT,
    DIFFERENCE,
    FIGURE_HEADS,
    REFUND,
    check,
    section,
    write_figures,
    write_sums,
)
from tieout.publish.sheet_words import FAMILY_SHEETS, both, heads
from tieout.publish.tally import Figures
from tieout.publish.ties import Ties
from tieout.publish.xlsx_file import cell
from tieout.words import LIABLES


def write_categories(ties: Ties, day: DayFigures, row: int, closing: str) -> int:
    """Write a line a category; `closing` is where the roll-forward ends. Returns the row below."""
    sheet = ties.sheet
    named = heads("ties", "family", "category", "severity")
    row = first = section(sheet, row, "by_category", named | FIGURE_HEADS)
    found = day.breaks.by("category")
    for line in day.catalogue:
        if (line["category"],) not in found:
            continue
        ties.categories[line["category"]] = row
        sheet.text(row, 1, FAMILY_SHEETS[line["family"]])
        sheet.text(row, 2, f"{line['category_zh']} {line['category']}")
        sheet.text(row, 3, both(line["severity"]))
        write_figures(sheet, row, found[(line["category"],)])
        row += 1
    ties.total = row
    total = day.breaks.total()
    count = cell(row, COUNT)
    rolled = sum(line["closing"] for line in day.roll_forward)
    check(sheet, row, f"{count}={closing}", total.count == rolled)
    write_sums(sheet, first, row, total)
    return row + 1


def write_liables(ties: Ties, day: DayFigures, row: int) -> int:
    """Write a line a liable party. Returns the row below."""
    sheet = ties.sheet
    row = first = section(sheet, row, "by_liable", heads("ties", "liable") | FIGURE_HEADS)
    found = day.breaks.by("liable")
    for liable in LIABLES:
        ties.liables[liable] = row
        sheet.text(row, 1, both(liable))
        write_figures(sheet, row, found.get((liable,), Figures()))
        row += 1
    same = ",".join(
        f"ROUND({cell(row, column)}-{cell(ties.total, column)},4)=0"
        for column in (COUNT, AMOUNT, REFUND, DIFFERENCE)
    )
    total = Figures()
    for figures in found.values():
        total.add(figures)
    check(sheet, row, f"AND({same})", total == day.breaks.total())
    write_sums(sheet, first, row, total)
    return row + 1


def write_actions(ties: Ties, day: DayFigures, row: int) -> int:
    """Write a line an action that people signed. Returns the row below."""
    sheet = ties.sheet
    row = first = section(sheet, row, "by_action", heads("ties", "action") | FIGURE_HEADS)
    for (action,), figures in day.decided.by("action").items():
        ties.actions[action] = row
        sheet.text(row, 1, both(action))
        write_figures(sheet, row, figures)
        row += 1
    ties.decided_total = row
    write_sums(sheet, first, row, day.decided.total())
    return row + 1
