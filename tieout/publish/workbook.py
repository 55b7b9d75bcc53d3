"""report.xlsx: the day for finance. Sheets in the order in which they are read."""

from pathlib import Path

from tieout.publish.break_columns import ACTION_COLUMNS, FAMILY_COLUMNS
from tieout.publish.break_sheets import ListedBreaks, write_breaks
from tieout.publish.control_sheet import write_control
from tieout.publish.figures import DayFigures
from tieout.publish.sheet_words import CONTROL, FAMILY_SHEETS, LIABLE_SHEETS, SUMMARY, title
from tieout.publish.sign_off_sheets import write_sign_off
from tieout.publish.summary_sheet import write_summary_sheet
from tieout.publish.xlsx_file import XlsxFile


def write_workbook(path: Path, day: DayFigures, listed: ListedBreaks) -> None:
    """Write the workbook: control, summary, families, liable parties, what people signed."""
    with XlsxFile(path, day.currency, day.business_date) as book:
        ties = write_control(book.sheet(CONTROL), day)
        summary = book.sheet(SUMMARY)
        by_family = {
            family: write_breaks(
                book.sheet(name),
                FAMILY_COLUMNS,
                name,
                listed.of_family(family),
                day.breaks_of(family),
            )
            for family, name in FAMILY_SHEETS.items()
        }
        by_liable = {
            liable: write_breaks(
                book.sheet(name),
                ACTION_COLUMNS,
                f"{name}: {title('to_do')}",
                listed.of_liable(liable),
                day.breaks_for(liable),
            )
            for liable, name in LIABLE_SHEETS.items()
        }
        decided = write_sign_off(book, day, listed)
        write_summary_sheet(summary, day, ties, by_family, by_liable, decided)
