"""The sheets of the workbook about sign-off: the breaks that are decided, and every signature."""

from tieout.publish.break_columns import DECIDED_COLUMNS, SIGNATURE_COLUMNS
from tieout.publish.break_sheets import (
    ROWS_SHOWN,
    ListedBreaks,
    Listing,
    write_breaks,
    write_list,
)
from tieout.publish.figures import DayFigures
from tieout.publish.sheet_words import DECIDED, SIGNATURES, told
from tieout.publish.xlsx_file import XlsxFile
from tieout.texts import word

_WAITING = "second_name_needed"


def write_sign_off(book: XlsxFile, day: DayFigures, listed: ListedBreaks) -> Listing | None:
    """Write the sheets there is something for; returns the list of decided breaks."""
    decided = None
    in_all = day.decided.total().count
    if in_all:
        decided = write_breaks(
            book.sheet(DECIDED), DECIDED_COLUMNS, DECIDED, listed.decided(), in_all, "decided.csv"
        )
    if day.decisions:
        _write_signatures(book, day)
    return decided


def _write_signatures(book: XlsxFile, day: DayFigures) -> None:
    """What waits for a second name comes first."""
    others = [row for row in day.decisions if row["state"] != _WAITING]
    rows = [*day.waiting, *others][:ROWS_SHOWN]
    about = told("signatures", in_all=len(day.decisions), waiting=len(day.waiting))
    tones = {word(_WAITING).en: "medium"}
    write_list(book.sheet(SIGNATURES), SIGNATURE_COLUMNS, SIGNATURES, about, rows, tones)
