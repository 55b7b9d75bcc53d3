"""The columns of the sheets that list breaks and signatures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tieout.publish.figures import Row
from tieout.publish.sheet_words import FAMILIES, both
from tieout.publish.xlsx_file import Sheet


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


def _family(sheet: Sheet, row: int, column: int, line: Row) -> None:
    sheet.text(row, column, FAMILIES[line["family"]] if line["family"] else None)


def _amount(sheet: Sheet, row: int, column: int, line: Row) -> None:
    sheet.money(row, column, line["amount_minor"])


def _two_names(sheet: Sheet, row: int, column: int, line: Row) -> None:
    sheet.text(row, column, "两人 two" if line["needs_two_names"] else None)


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
DECIDED_COLUMNS = (
    _SEVERITY,
    _CATEGORY_ZH,
    Column("action", "决定", 16, _word("action")),
    Column("by", "签字人", 18, _text("by")),
    Column("second_by", "第二签字人", 18, _text("second_by")),
    Column("at", "签字时间", 19, _when("at")),
    Column("reason", "理由", 40, _text("reason")),
    Column("family", "分组", 25, _family),
    *_FACTS,
    *_EVIDENCE,
)
SIGNATURE_COLUMNS = (
    Column("state", "状态", 34, _word("state")),
    Column("action", "决定", 16, _word("action")),
    Column("by", "签字人", 18, _text("by")),
    Column("at", "签字时间", 19, _when("at")),
    Column("reason", "理由", 40, _text("reason")),
    Column("category", "类别", 25, _text("category")),
    Column("subject", "标的", 44, _text("subject")),
    Column("lender", "放款机构", 12, _text("lender")),
    Column("amount in question", "涉及金额", 14, _amount),
    Column("needs_two_names", "须两人签字", 13, _two_names),
    Column("file_date", "文件日期", 11, _when("file_date")),
    Column("source", "来源", 60, _text("source")),
    Column("break_id", "差错编号", 18, _text("break_id")),
)


def place(columns: Sequence[Column], name: str) -> int:
    """Where a column stands, from 0."""
    return next(number for number, column in enumerate(columns) if column.name == name)
