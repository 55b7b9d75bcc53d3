"""The first sheet of the workbook: the proof, and the day's figures that the others tie to."""

from collections.abc import Mapping, Sequence

from tieout.publish import sheet_words
from tieout.publish.figures import DayFigures, Row
from tieout.publish.grouped_figures import write_actions, write_categories, write_liables
from tieout.publish.sections import AMOUNT, COUNT, REFUND, check, section, sum_above
from tieout.publish.sheet_words import DIFFERS, TIES, both, head_as_on_the_page, heads, title
from tieout.publish.ties import MONEY, ROWS, Ties
from tieout.publish.xlsx_file import BOLD, TITLE, TOTAL, Sheet, cell
from tieout.texts import text

_FIRST_ROW = 5
_PLACES = ("matched", "in_transit", "open", "excluded", "rejected")
_ROLLED = ("opening", "new", "cleared", "closing")
_WIDTHS = (13, 24, 44, 14, *(15,) * 14)


def write_control(sheet: Sheet, day: DayFigures) -> Ties:
    """Write the sheet, from top to bottom."""
    for column, width in enumerate(_WIDTHS):
        sheet.writer.set_column(column, column, width)
    sheet.text(0, 0, title("control"), TITLE)
    sheet.text(1, 0, str(text("page", "business_date")))
    sheet.when(1, 2, day.business_date, BOLD)
    sheet.text(2, 0, title("currency"))
    sheet.text(2, 2, day.currency.code, BOLD)
    sheet.text(3, 0, title("verdict"))
    checks = f"A{_FIRST_ROW + 1}:A1048576"
    verdict = f'=IF(COUNTIF({checks},"{DIFFERS}")=0,"{TIES}","{DIFFERS}")'
    sheet.text_formula(3, 2, verdict, TIES if day.ties else DIFFERS, BOLD)
    ties = Ties(sheet)
    row = _write_proof(ties, day.control, _FIRST_ROW)
    row = _write_roll_forward(sheet, day.roll_forward, row + 1)
    row = write_categories(ties, day, row + 1, closing=sheet.at(row - 1, 7))
    row = write_liables(ties, day, row + 1)
    if day.decided.total().count:
        row = write_actions(ties, day, row + 1)
    row = _write_files(ties, day, row + 1)
    for tone, word in (("good", TIES), ("bad", DIFFERS)):
        sheet.colour((3, row), (0, 2), f'=A4="{word}"', tone)
    sheet.writer.freeze_panes(_FIRST_ROW, 3)
    sheet.writer.set_landscape()
    sheet.writer.set_paper(8)
    sheet.writer.fit_to_pages(1, 0)
    return ties


def _write_proof(ties: Ties, control: Sequence[Row], row: int) -> int:
    sheet = ties.sheet
    row = section(sheet, row, "proof", _proof_heads())
    lines: dict[tuple[str, str, str], dict[str, Row]] = {}
    for line in control:
        lines.setdefault((line["scope"], line["name"], line["side"]), {})[line["measure"]] = line
    for (scope, name, side), measures in lines.items():
        if scope != "source":
            ties.proofs[scope, name] = row
        rows, amounts = f"ROUND({cell(row, ROWS + 6)},0)", cell(row, MONEY + 6)
        holds = all(_left(line) == 0 for line in measures.values())
        check(sheet, row, f"AND({rows}=0,ROUND({amounts},4)=0)", holds)
        sheet.text(row, 1, both(scope))
        sheet.text(row, 2, name)
        sheet.text(row, 3, both(side))
        for first, measure in ((ROWS, "rows"), (MONEY, "amount")):
            line = measures[measure]
            write = sheet.money if measure == "amount" else sheet.count
            write_formula = sheet.money_formula if measure == "amount" else sheet.count_formula
            for number, figure in enumerate(("read", *_PLACES)):
                write(row, first + number, line[figure])
            placed = f"SUM({cell(row, first + 1)}:{cell(row, first + 5)})"
            write_formula(row, first + 6, f"={cell(row, first)}-{placed}", _left(line))
        row += 1
    return row


def _proof_heads() -> dict[int, str]:
    proof = heads("ties", "scope", "name", "side")
    for first, read in ((ROWS, "rows_read"), (MONEY, "amount_read")):
        proof |= heads(read, first=first) | heads("difference", first=first + 6)
        for column, name in enumerate(_PLACES, start=first + 1):
            proof[column] = head_as_on_the_page("control", name)
    return proof


def _left(line: Row) -> int:
    """What was read and is in no place."""
    left: int = line["read"] - sum(line[name] for name in _PLACES)
    return left


def _write_roll_forward(sheet: Sheet, rows: Sequence[Row], row: int) -> int:
    rolled = {
        column: head_as_on_the_page("overview", name)
        for column, name in enumerate(_ROLLED, start=4)
    }
    row = first = section(sheet, row, "roll_forward", heads("ties", "name", "scope") | rolled)
    for line in rows:
        _check_roll(sheet, row, line)
        owner = "channel" if line["channel"] else "lender"
        sheet.text(row, 1, line[owner] or str(text("page", "none_named")))
        sheet.text(row, 2, both(owner) if line[owner] else None)
        for column, name in enumerate(_ROLLED, start=4):
            sheet.count(row, column, line[name])
        row += 1
    total = {name: sum(line[name] for line in rows) for name in _ROLLED}
    _check_roll(sheet, row, total)
    sheet.text(row, 1, sheet_words.TOTAL, TOTAL)
    for column, name in enumerate(_ROLLED, start=4):
        sheet.count_formula(row, column, sum_above(first, row, column), total[name], TOTAL)
    return row + 1


def _check_roll(sheet: Sheet, row: int, line: Mapping[str, int]) -> None:
    opening, new, cleared, closing = (cell(row, column) for column in (4, 5, 6, 7))
    holds = line["opening"] + line["new"] - line["cleared"] == line["closing"]
    check(sheet, row, f"{opening}+{new}-{cleared}={closing}", holds)


def _write_files(ties: Ties, day: DayFigures, row: int) -> int:
    sheet = ties.sheet
    row = section(sheet, row, "files", heads("ties", "file") | heads("rows", "amount", first=COUNT))
    for name, figures in day.files.items():
        if name == "refunds.csv":
            refunds = f"ROUND({cell(row, AMOUNT)}-{cell(ties.total, REFUND)},4)=0"
            check(sheet, row, refunds, figures.amount == day.breaks.total().refund)
        if name == "decided.csv" and ties.actions:
            listed = f"{cell(row, COUNT)}={cell(ties.decided_total, COUNT)}"
            check(sheet, row, listed, figures.rows == day.decided.total().count)
        sheet.text(row, 1, name)
        sheet.count(row, COUNT, figures.rows)
        sheet.money(row, AMOUNT, figures.amount)
        row += 1
    return row
