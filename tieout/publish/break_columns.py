"""The columns of the sheets that list breaks and signatures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tieout.publish.figures import Row
from tieout.publish.sheet_words import FAMILY_SHEETS, both, heads
from tieout.publish.xlsx_file import Sheet
from tieout.texts import text

_STOP = str(text("workbook", "cells", "stop"))
_TWO_NAMES = str(text("workbook", "cells", "two_names"))


@dataclass(frozen=True)
class Column:
    """One column of a break sheet. `write` is the sheet's way to write such a cell."""

    name: str
    head: str
    width: int
    write: Callable[[Sheet, int, int, Row], None]
    is_money: bool = False


def _text(name: str) -> Callable[[Sheet, int, int, Row], None]:
    return lambda sheet, row, column, line: sheet.text(row, column, line[name])


def _word(name: str) -> Callable[[Sheet, int, int, Row], None]:
    return lambda sheet, row, column, line: sheet.text(row, column, both(line[name]))


def _count(name: str) -> Callable[[Sheet, int, int, Row], None]:
    return lambda sheet, row, column, line: sheet.count(row, column, line[name])


def _when(name: str) -> Callable[[Sheet, int, int, Row], None]:
    return lambda sheet, row, column, line: sheet.when(row, column, line[name])


def _kind(sheet: Sheet, row: int, column: int, line: Row) -> None:
    sheet.text(row, column, both(line["subject"].partition(":")[0]))


def _stop(sheet: Sheet, row: int, column: int, line: Row) -> None:
    sheet.text(row, column, _STOP if line["stop_collection"] else None)


def _family(sheet: Sheet, row: int, column: int, line: Row) -> None:
    sheet.text(row, column, FAMILY_SHEETS[line["family"]] if line["family"] else None)


def _two_names(sheet: Sheet, row: int, column: int, line: Row) -> None:
    sheet.text(row, column, _TWO_NAMES if line["needs_two_names"] else None)


def _minor(name: str) -> Callable[[Sheet, int, int, Row], None]:
    return lambda sheet, row, column, line: sheet.money(row, column, line[f"{name}_minor"])


def _column(name: str, width: int, write: Callable[[Sheet, int, int, Row], None]) -> Column:
    return Column(name, f"{text('columns', name).zh}\n{name.replace('_', ' ')}", width, write)


def _money(name: str) -> Column:
    return replace(_column(name, 14, _minor(name)), is_money=True)


_SEVERITY = _column("severity", 13, _word("severity"))
_CATEGORY_ZH = _column("category_zh", 16, _text("category_zh"))
_AMOUNT = replace(_money("amount"), head=heads("amount_in_question")[0])
_REMEDY = _column("remedy", 60, _text("remedy"))
_FACTS = (
    _column("category", 25, _text("category")),
    _column("kind", 17, _kind),
    _column("lender", 12, _text("lender")),
    _column("channel", 12, _text("channel")),
    _column("bank_code", 9, _text("bank_code")),
    _column("borrower_ref", 13, _text("borrower_ref")),
    _column("loan_id", 13, _text("loan_id")),
    _column("instalment_no", 10, _count("instalment_no")),
    _money("ledger_amount"),
    _money("channel_amount"),
    _money("difference"),
    _AMOUNT,
    _money("refund"),
    _column("happened_at", 19, _when("happened_at")),
    _column("due_date", 11, _when("due_date")),
    _column("open_since", 11, _when("open_since")),
    _column("age_days", 9, _count("age_days")),
    _column("cause", 26, _word("cause")),
    _column("liable", 18, _word("liable")),
    _column("proof", 26, _word("proof")),
    _column("bureau_correction", 16, _text("bureau_correction")),
    _column("stop_collection", 11, _stop),
)
_EVIDENCE = (
    _column("order_no", 27, _text("order_no")),
    _column("channel_ref", 30, _text("channel_ref")),
    _column("posting_id", 13, _text("posting_id")),
    _column("sources", 60, _text("sources")),
    _column("subject", 44, _text("subject")),
    _column("break_id", 18, _text("break_id")),
)
FAMILY_COLUMNS = (_SEVERITY, _CATEGORY_ZH, *_FACTS, _REMEDY, *_EVIDENCE)
ACTION_COLUMNS = (_SEVERITY, _CATEGORY_ZH, _REMEDY, *_FACTS, *_EVIDENCE)
DECIDED_COLUMNS = (
    _SEVERITY,
    _CATEGORY_ZH,
    _column("action", 16, _word("action")),
    _column("by", 18, _text("by")),
    _column("second_by", 18, _text("second_by")),
    _column("at", 19, _when("at")),
    _column("reason", 40, _text("reason")),
    _column("family", 25, _family),
    *_FACTS,
    *_EVIDENCE,
)
SIGNATURE_COLUMNS = (
    _column("state", 34, _word("state")),
    _column("action", 16, _word("action")),
    _column("by", 18, _text("by")),
    _column("at", 19, _when("at")),
    _column("reason", 40, _text("reason")),
    _column("category", 25, _text("category")),
    _column("subject", 44, _text("subject")),
    _column("lender", 12, _text("lender")),
    replace(_AMOUNT, is_money=False),
    _column("needs_two_names", 13, _two_names),
    _column("file_date", 11, _when("file_date")),
    _column("source", 60, _text("source")),
    _column("break_id", 18, _text("break_id")),
)


def place(columns: Sequence[Column], name: str) -> int:
    """Where a column stands, from 0."""
    return next(number for number, column in enumerate(columns) if column.name == name)
