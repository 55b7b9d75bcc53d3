"""The second sheet of the workbook: what its other sheets list, added up and tied to the control.

Every figure is a formula over the sheets; beside it stands a check. A list that has no room
for all its breaks is said to be shown in part: the control sheet and breaks.csv have them all.
"""

from collections.abc import Mapping, Sequence

from tieout.publish.break_sheets import Listing, added
from tieout.publish.figures import DayFigures, Row
from tieout.publish.open_entries import write_open_entries
from tieout.publish.sections import (
    AMOUNT,
    CHECK,
    COUNT,
    DIFFERENCE,
    FIGURE_HEADS,
    REFUND,
    section,
    verdict,
    write_sums,
)
from tieout.publish.sheet_words import (
    DIFFERS,
    FAMILY_SHEETS,
    IN_PART,
    SUMMARY,
    TIES,
    both,
    heads,
)
from tieout.publish.tally import Figures
from tieout.publish.ties import Ties
from tieout.publish.xlsx_file import TITLE, Sheet, cell
from tieout.words import LIABLES

_WIDTHS = (13, 24, 44, 14, *(17,) * 9)
_IN_CONTROL = 8
_HEADS = FIGURE_HEADS | heads(
    "control_breaks", "control_amount", "control_refund", "control_difference", first=_IN_CONTROL
)


def write_summary_sheet(
    sheet: Sheet,
    day: DayFigures,
    ties: Ties,
    by_family: Mapping[str, Listing],
    by_liable: Mapping[str, Listing],
    decided: Listing | None,
) -> None:
    """Write the sheet. The lists must be written; their sheets may stand behind this one.

    `decided` lists the decided breaks, where there are any.
    """
    for column, width in enumerate(_WIDTHS):
        sheet.writer.set_column(column, column, width)
    sheet.text(0, 0, SUMMARY, TITLE)
    row = _write_categories(sheet, day, ties, by_family, 2)
    row = _write_liables(sheet, day, ties, by_liable, row + 1)
    if decided:
        row = _write_actions(sheet, day, ties, decided, row + 1)
    row = write_open_entries(sheet, day, ties, by_family["open_entries"], decided, row + 1)
    for tone, word in (("good", TIES), ("bad", DIFFERS), ("medium", IN_PART)):
        sheet.colour((2, row), (CHECK, CHECK), f'=A3="{word}"', tone)
    sheet.writer.freeze_panes(2, 3)
    sheet.writer.set_landscape()
    sheet.writer.set_paper(8)
    sheet.writer.fit_to_pages(1, 0)


def _write_categories(
    sheet: Sheet, day: DayFigures, ties: Ties, by_family: Mapping[str, Listing], row: int
) -> int:
    named = heads("ties", "family", "category", "severity")
    row = first = section(sheet, row, "listed_by_category", named | _HEADS)
    found = day.breaks.by("category")
    listed = Figures()
    for line in day.catalogue:
        category = line["category"]
        if category not in ties.categories:
            continue
        listing = by_family[line["family"]]
        rows = [row for row in listing.rows if row["category"] == category]
        sheet.text(row, 1, FAMILY_SHEETS[line["family"]])
        sheet.text(row, 2, f"{line['category_zh']} {category}")
        sheet.text(row, 3, both(line["severity"]))
        shown = _write_shown(sheet, row, listing, f'{listing.range("category")},"{category}"', rows)
        listed.add(shown)
        _write_tie(sheet, row, ties, ties.categories[category], shown, found[(category,)])
        row += 1
    write_sums(sheet, first, row, listed)
    _write_tie(sheet, row, ties, ties.total, listed, day.breaks.total())
    return row + 1


def _write_liables(
    sheet: Sheet, day: DayFigures, ties: Ties, by_liable: Mapping[str, Listing], row: int
) -> int:
    row = first = section(sheet, row, "listed_by_liable", heads("ties", "liable") | _HEADS)
    found = day.breaks.by("liable")
    listed = Figures()
    for liable in LIABLES:
        listing = by_liable[liable]
        sheet.text(row, 1, both(liable))
        criterion = f'{listing.range("break_id")},"?*"'
        shown = _write_shown(sheet, row, listing, criterion, listing.rows)
        listed.add(shown)
        in_all = found.get((liable,), Figures())
        _write_tie(sheet, row, ties, ties.liables[liable], shown, in_all)
        row += 1
    write_sums(sheet, first, row, listed)
    _write_tie(sheet, row, ties, ties.total, listed, day.breaks.total())
    return row + 1


def _write_actions(sheet: Sheet, day: DayFigures, ties: Ties, listing: Listing, row: int) -> int:
    row = first = section(sheet, row, "listed_by_action", heads("ties", "action") | _HEADS)
    found = day.decided.by("action")
    listed = Figures()
    for action, control_row in ties.actions.items():
        rows = [line for line in listing.rows if line["action"] == action]
        sheet.text(row, 1, both(action))
        criterion = f"{listing.range('action')},{cell(row, 1)}"
        shown = _write_shown(sheet, row, listing, criterion, rows)
        listed.add(shown)
        _write_tie(sheet, row, ties, control_row, shown, found[(action,)])
        row += 1
    write_sums(sheet, first, row, listed)
    _write_tie(sheet, row, ties, ties.decided_total, listed, day.decided.total())
    return row + 1


def _write_shown(
    sheet: Sheet, row: int, listing: Listing, criterion: str, rows: Sequence[Row]
) -> Figures:
    """The figures of a list's rows that meet the criterion, as formulas."""
    difference = listing.range("difference")
    shown = Figures(
        len(rows),
        added(rows, "refund"),
        sum(abs(line["difference_minor"] or 0) for line in rows),
        added(rows, "amount"),
    )
    sheet.count_formula(row, COUNT, f"=COUNTIFS({criterion})", shown.count)
    sheet.money_formula(
        row, AMOUNT, f"=SUMIFS({listing.range('amount')},{criterion})", shown.amount
    )
    sheet.money_formula(
        row, REFUND, f"=SUMIFS({listing.range('refund')},{criterion})", shown.refund
    )
    sheet.money_formula(
        row,
        DIFFERENCE,
        f'=SUMIFS({difference},{criterion},{difference},">0")'
        f'-SUMIFS({difference},{criterion},{difference},"<0")',
        shown.difference,
    )
    return shown


def _write_tie(
    sheet: Sheet, row: int, ties: Ties, control_row: int, shown: Figures, in_all: Figures
) -> None:
    """What the control sheet says of the same breaks, and whether it is the same."""
    count = _IN_CONTROL
    sheet.count_formula(row, count, f"={ties.sheet.at(control_row, COUNT)}", in_all.count)
    for number, (column, minor) in enumerate(
        ((AMOUNT, in_all.amount), (REFUND, in_all.refund), (DIFFERENCE, in_all.difference)),
        start=count + 1,
    ):
        sheet.money_formula(row, number, f"={ties.sheet.at(control_row, column)}", minor)
    same = ",".join(
        f"ROUND({cell(row, column)}-{cell(row, column + count - COUNT)},4)=0"
        for column in (COUNT, AMOUNT, REFUND, DIFFERENCE)
    )
    verdict(
        sheet,
        row,
        f"{cell(row, COUNT)}<{cell(row, count)}",
        f"AND({same})",
        is_part=shown.count < in_all.count,
        holds=shown == in_all,
    )
