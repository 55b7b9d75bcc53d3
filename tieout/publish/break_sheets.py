"""The sheets of the workbook that list breaks: one a family, one a liable party."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl
import pyarrow as pa

from tieout.publish.figures import Row
from tieout.publish.sheet_words import FAMILIES, LIABLES, both
from tieout.publish.shown import Worst
from tieout.publish.tally import frame_of
from tieout.publish.xlsx_file import HEAD, QUIET, TITLE, TOTAL, Sheet
from tieout.words import SEVERITIES

ROWS_SHOWN = 2000
"""Breaks of one sheet; a row costs a spreadsheet thirty times what it costs a CSV file."""

_PAGES_WIDE = 3
"""On paper; all columns side by side on one page could not be read."""

TOTAL_ROW, FILTERED_ROW, HEAD_ROW, FIRST_ROW = 2, 3, 4, 5


@dataclass(frozen=True)
class Column:
    """One column of a break sheet. `write` is the sheet's way to write such a cell."""

    name: str
    zh: str
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
    sheet.text(row, column, "停止 stop" if line["stop_collection"] else None)


def _money(name: str, zh: str, source: str) -> Column:
    return Column(
        name,
        zh,
        14,
        lambda sheet, row, column, line: sheet.money(row, column, line[source]),
        is_money=True,
    )


_SEVERITY = Column("severity", "程度", 13, _word("severity"))
_CATEGORY_ZH = Column("category_zh", "差错", 16, _text("category_zh"))
_REMEDY = Column("remedy", "处理", 60, _text("remedy"))
_FACTS = (
    Column("category", "类别", 25, _text("category")),
    Column("kind", "方", 17, _kind),
    Column("lender", "放款机构", 12, _text("lender")),
    Column("channel", "渠道", 12, _text("channel")),
    Column("bank_code", "银行", 9, _text("bank_code")),
    Column("borrower_ref", "借款人", 13, _text("borrower_ref")),
    Column("loan_id", "借款", 13, _text("loan_id")),
    Column("instalment_no", "期次", 10, _count("instalment_no")),
    _money("ledger_amount", "账面金额", "ledger_amount_minor"),
    _money("channel_amount", "渠道金额", "channel_amount_minor"),
    _money("difference", "差额", "difference_minor"),
    _money("amount in question", "涉及金额", "amount_minor"),
    _money("refund", "应退", "refund_minor"),
    Column("happened_at", "发生时间", 19, _when("happened_at")),
    Column("due_date", "应还日", 11, _when("due_date")),
    Column("open_since", "起始日", 11, _when("open_since")),
    Column("age_days", "账龄（天）", 9, _count("age_days")),
    Column("cause", "原因", 26, _word("cause")),
    Column("liable", "责任方", 18, _word("liable")),
    Column("proof", "证据", 26, _word("proof")),
    Column("bureau_correction", "征信更正", 16, _text("bureau_correction")),
    Column("stop_collection", "停止催收", 11, _stop),
)
_EVIDENCE = (
    Column("order_no", "扣款指令号", 27, _text("order_no")),
    Column("channel_ref", "渠道流水号", 30, _text("channel_ref")),
    Column("posting_id", "入账号", 13, _text("posting_id")),
    Column("sources", "来源", 60, _text("sources")),
    Column("subject", "标的", 44, _text("subject")),
    Column("break_id", "差错编号", 18, _text("break_id")),
)
FAMILY_COLUMNS = (_SEVERITY, _CATEGORY_ZH, *_FACTS, _REMEDY, *_EVIDENCE)
ACTION_COLUMNS = (_SEVERITY, _CATEGORY_ZH, _REMEDY, *_FACTS, *_EVIDENCE)


def place(columns: Sequence[Column], name: str) -> int:
    """Where a column stands, from 0."""
    return next(number for number, column in enumerate(columns) if column.name == name)


class ListedBreaks:
    """The breaks that the workbook has room for, taken in batch by batch."""

    def __init__(self, catalogue: Sequence[Row]) -> None:
        self._categories = {
            family: [row["category"] for row in catalogue if row["family"] == family]
            for family in FAMILIES
        }
        self._by_family = {family: Worst(ROWS_SHOWN) for family in FAMILIES}
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
        """The worst breaks that somebody decided, worst first."""
        return self._decided.frame().to_dicts()


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
    sheet: Sheet, columns: tuple[Column, ...], title: str, rows: Sequence[Row], in_all: int
) -> Listing:
    """Write one list of breaks: totals above, heads that stay, filters, colours."""
    sheet.text(0, 0, title, TITLE)
    sheet.text(1, 0, _told(len(rows), in_all), QUIET)
    listing = Listing(sheet, columns, rows)
    _write_totals(listing)
    sheet.writer.set_row(HEAD_ROW, 45)
    for number, column in enumerate(columns):
        sheet.writer.set_column(number, number, column.width)
        sheet.text(HEAD_ROW, number, f"{column.zh}\n{column.name.replace('_', ' ')}", HEAD)
    for row, line in enumerate(rows, start=FIRST_ROW):
        for number, column in enumerate(columns):
            column.write(sheet, row, number, line)
    last = FIRST_ROW + max(len(rows), 1) - 1
    sheet.writer.freeze_panes(FIRST_ROW, 2)
    sheet.writer.autofilter(HEAD_ROW, 0, last, len(columns) - 1)
    for severity in SEVERITIES:
        formula = f'=RIGHT($A{FIRST_ROW + 1},{len(severity)})="{severity}"'
        sheet.colour((FIRST_ROW, last), (0, 1), formula, severity)
    _for_paper(sheet)
    return listing


def _told(shown: int, in_all: int) -> str:
    if shown < in_all:
        return (
            f"共 {in_all:,} 条，此处列出最严重的 {shown:,} 条，全部见 breaks.csv。 "
            f"The worst {shown:,} of {in_all:,} are shown; all of them are in breaks.csv."
        )
    if not in_all:
        return "没有差错。 No breaks."
    return (
        f"共 {in_all:,} 条，先按程度、再按涉及金额排列。 "
        f"{in_all:,} breaks, by severity, then by amount in question."
    )


def _write_totals(listing: Listing) -> None:
    counted = listing.range("break_id")
    _write_total(listing, TOTAL_ROW, "合计 Total", f"=COUNTA({counted})", "=SUM({})")
    _write_total(
        listing,
        FILTERED_ROW,
        "筛选后 Filtered",
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
    source = "amount_minor" if name == "amount in question" else f"{name}_minor"
    return sum(row[source] or 0 for row in rows)


def _for_paper(sheet: Sheet) -> None:
    sheet.writer.set_landscape()
    sheet.writer.set_paper(8)
    sheet.writer.fit_to_pages(_PAGES_WIDE, 0)
    sheet.writer.repeat_rows(HEAD_ROW)
    sheet.writer.repeat_columns(0, 1)
    sheet.writer.set_footer("&L&A&R&P / &N")
