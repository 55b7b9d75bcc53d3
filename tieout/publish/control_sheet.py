"""The first sheet of the workbook: the proof, and the day's figures that the others tie to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tieout.publish.figures import DayFigures, Row
from tieout.publish.sheet_words import DIFFERS, FAMILIES, IN_PART, LIABLES, TIES, both
from tieout.publish.tally import Figures
from tieout.publish.xlsx_file import BOLD, HEAD, QUIET, SECTION, TITLE, TOTAL, Sheet, cell

CHECK = 0
COUNT, AMOUNT, REFUND, DIFFERENCE = 4, 5, 6, 7
"""Columns of the figures by category and by liable party."""

_FIRST_ROW = 5
_PLACES = (
    ("matched", "已勾对"),
    ("in_transit", "在途"),
    ("open", "未平"),
    ("excluded", "已排除"),
    ("rejected", "已拒收"),
)
_ROWS, _AMOUNT = 4, 11
_WIDTHS = (13, 24, 44, 14, *(15,) * 14)
_HEADS = ("涉及金额\namount in question", "应退\nrefund", "差额绝对值\nabsolute difference")


@dataclass
class Ties:
    """Where the control sheet says what other sheets must come to.

    Rows of the sheet, from 0: of each channel's and lender's proof, of each category, of each
    liable party, of each action that decided breaks, and of the totals.
    """

    sheet: Sheet
    proofs: dict[tuple[str, str], int] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)
    liables: dict[str, int] = field(default_factory=dict)
    actions: dict[str, int] = field(default_factory=dict)
    total: int = 0
    decided_total: int = 0

    def open_rows(self, scope: str, name: str) -> str:
        """The address of how many entries of a channel or lender are open."""
        return self.sheet.at(self.proofs[scope, name], _ROWS + 3)

    def open_amount(self, scope: str, name: str) -> str:
        """The address of what they come to."""
        return self.sheet.at(self.proofs[scope, name], _AMOUNT + 3)


def write_control(sheet: Sheet, day: DayFigures) -> Ties:
    """Write the sheet, from top to bottom."""
    for column, width in enumerate(_WIDTHS):
        sheet.writer.set_column(column, column, width)
    sheet.text(0, 0, "对账控制表 Reconciliation control", TITLE)
    sheet.text(1, 0, "账务日期 Business date")
    sheet.when(1, 2, day.business_date, BOLD)
    sheet.text(2, 0, "币种 Currency")
    sheet.text(2, 2, day.currency.code, BOLD)
    sheet.text(3, 0, "结论 Verdict")
    checks = f"A{_FIRST_ROW + 1}:A1048576"
    verdict = f'=IF(COUNTIF({checks},"{DIFFERS}")=0,"{TIES}","{DIFFERS}")'
    sheet.text_formula(3, 2, verdict, TIES if day.ties else DIFFERS, BOLD)
    ties = Ties(sheet)
    row = _write_proof(ties, day.control, _FIRST_ROW)
    row = _write_roll_forward(sheet, day.roll_forward, row + 1)
    row = _write_figures(ties, day, row + 1, closing=sheet.at(row - 1, 7))
    row = _write_liables(ties, day, row + 1)
    if day.decided.total().count:
        row = _write_actions(ties, day, row + 1)
    row = _write_files(ties, day, row + 1)
    for tone, word in (("good", TIES), ("bad", DIFFERS)):
        sheet.colour((3, row), (0, 2), f'=A4="{word}"', tone)
    sheet.writer.freeze_panes(_FIRST_ROW, 3)
    sheet.writer.set_landscape()
    sheet.writer.set_paper(8)
    sheet.writer.fit_to_pages(1, 0)
    return ties


def section(sheet: Sheet, row: int, title: str, told: str, heads: Mapping[int, str]) -> int:
    """Write a section's title and the heads of its table; returns the first row below."""
    sheet.text(row, 0, title, SECTION)
    sheet.text(row, 4, told, QUIET)
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


def _write_proof(ties: Ties, control: Sequence[Row], row: int) -> int:
    sheet = ties.sheet
    heads = {0: "平\nties", 1: "范围\nscope", 2: "名称\nname", 3: "方\nside"}
    for first, zh, en in ((_ROWS, "笔数", "rows"), (_AMOUNT, "金额", "amount")):
        heads[first] = f"读取{zh}\nread, {en}"
        for number, (name, place_zh) in enumerate(_PLACES, start=1):
            heads[first + number] = f"{place_zh}\n{name.replace('_', ' ')}"
        heads[first + 6] = "差额\ndifference"
    row = section(
        sheet,
        row,
        "汇总核对 Proof",
        "读取 = 已勾对 + 在途 + 未平 + 已排除 + 已拒收 "
        "read = matched + in transit + open + excluded + rejected",
        heads,
    )
    lines: dict[tuple[str, str, str], dict[str, Row]] = {}
    for line in control:
        lines.setdefault((line["scope"], line["name"], line["side"]), {})[line["measure"]] = line
    for (scope, name, side), measures in lines.items():
        if scope != "source":
            ties.proofs[scope, name] = row
        rows, amounts = f"ROUND({cell(row, _ROWS + 6)},0)", cell(row, _AMOUNT + 6)
        holds = all(_left(line) == 0 for line in measures.values())
        check(sheet, row, f"AND({rows}=0,ROUND({amounts},4)=0)", holds)
        sheet.text(row, 1, both(scope))
        sheet.text(row, 2, name)
        sheet.text(row, 3, both(side))
        for first, measure in ((_ROWS, "rows"), (_AMOUNT, "amount")):
            line = measures[measure]
            write = sheet.money if measure == "amount" else sheet.count
            write_formula = sheet.money_formula if measure == "amount" else sheet.count_formula
            for number, figure in enumerate(("read", *(name for name, _ in _PLACES))):
                write(row, first + number, line[figure])
            placed = f"SUM({cell(row, first + 1)}:{cell(row, first + 5)})"
            write_formula(row, first + 6, f"={cell(row, first)}-{placed}", _left(line))
        row += 1
    return row


def _left(line: Row) -> int:
    """What was read and is in no place."""
    left: int = line["read"] - sum(line[name] for name, _ in _PLACES)
    return left


def _write_roll_forward(sheet: Sheet, rows: Sequence[Row], row: int) -> int:
    names = ("opening", "new", "cleared", "closing")
    heads = {0: "平\nties", 1: "名称\nname", 2: "范围\nscope"}
    heads |= {
        column: f"{zh}\n{name}"
        for column, zh, name in zip(
            (4, 5, 6, 7), ("期初", "新增", "销记", "期末"), names, strict=True
        )
    }
    row = section(
        sheet,
        row,
        "差错结转 Roll-forward of breaks",
        "期初 + 新增 − 销记 = 期末 opening + new − cleared = closing",
        heads,
    )
    first = row
    for line in rows:
        _check_roll(sheet, row, line)
        owner = "channel" if line["channel"] else "lender"
        sheet.text(row, 1, line[owner] or "无 none named")
        sheet.text(row, 2, both(owner) if line[owner] else None)
        for column, name in enumerate(names, start=4):
            sheet.count(row, column, line[name])
        row += 1
    total = {name: sum(line[name] for line in rows) for name in names}
    _check_roll(sheet, row, total)
    sheet.text(row, 1, "合计 Total", TOTAL)
    for column, name in enumerate(names, start=4):
        stretch = f"{cell(first, column)}:{cell(row - 1, column)}"
        formula = f"=SUM({stretch})" if rows else "=0"
        sheet.count_formula(row, column, formula, total[name], TOTAL)
    return row + 1


def _check_roll(sheet: Sheet, row: int, line: Mapping[str, int]) -> None:
    opening, new, cleared, closing = (cell(row, column) for column in (4, 5, 6, 7))
    holds = line["opening"] + line["new"] - line["cleared"] == line["closing"]
    check(sheet, row, f"{opening}+{new}-{cleared}={closing}", holds)


def _write_figures(ties: Ties, day: DayFigures, row: int, closing: str) -> int:
    sheet = ties.sheet
    heads = {0: "平\nties", 1: "分组\nfamily", 2: "类别\ncategory", 3: "程度\nseverity"}
    heads |= {COUNT: "笔数\nbreaks", **dict(enumerate(_HEADS, start=AMOUNT))}
    row = first = section(
        sheet,
        row,
        "差错类别 Breaks by category",
        "合计等于差错结转的期末 The total is the closing of the roll-forward.",
        heads,
    )
    found = day.breaks.by("category")
    for line in day.catalogue:
        if (line["category"],) not in found:
            continue
        ties.categories[line["category"]] = row
        sheet.text(row, 1, FAMILIES[line["family"]])
        sheet.text(row, 2, f"{line['category_zh']} {line['category']}")
        sheet.text(row, 3, both(line["severity"]))
        _write_line(sheet, row, found[(line["category"],)])
        row += 1
    ties.total = row
    total = day.breaks.total()
    count = cell(row, COUNT)
    rolled = sum(line["closing"] for line in day.roll_forward)
    check(sheet, row, f"{count}={closing}", total.count == rolled)
    write_sums(sheet, first, row, total)
    return row + 1


def _write_liables(ties: Ties, day: DayFigures, row: int) -> int:
    sheet = ties.sheet
    heads = {0: "平\nties", 1: "责任方\nliable", COUNT: "笔数\nbreaks"}
    heads |= dict(enumerate(_HEADS, start=AMOUNT))
    row = first = section(
        sheet,
        row,
        "责任方 Breaks by liable party",
        "合计等于差错类别的合计 The totals are those by category.",
        heads,
    )
    found = day.breaks.by("liable")
    for liable in LIABLES:
        ties.liables[liable] = row
        sheet.text(row, 1, both(liable))
        _write_line(sheet, row, found.get((liable,), Figures()))
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


def _write_actions(ties: Ties, day: DayFigures, row: int) -> int:
    sheet = ties.sheet
    heads = {0: "平\nties", 1: "决定\naction", COUNT: "笔数\nbreaks"}
    heads |= dict(enumerate(_HEADS, start=AMOUNT))
    row = first = section(
        sheet,
        row,
        "已处理 Decided breaks by action",
        "不在差错类别之中；签字不入账 Not among the breaks by category; a signature books nothing.",
        heads,
    )
    for (action,), figures in day.decided.by("action").items():
        ties.actions[action] = row
        sheet.text(row, 1, both(action))
        _write_line(sheet, row, figures)
        row += 1
    ties.decided_total = row
    write_sums(sheet, first, row, day.decided.total())
    return row + 1


def _write_line(sheet: Sheet, row: int, figures: Figures) -> None:
    sheet.count(row, COUNT, figures.count)
    sheet.money(row, AMOUNT, figures.amount)
    sheet.money(row, REFUND, figures.refund)
    sheet.money(row, DIFFERENCE, figures.difference)


def write_sums(sheet: Sheet, first: int, row: int, total: Figures) -> None:
    """Write the total of the figures from row `first` on, as formulas."""
    sheet.text(row, 1, "合计 Total", TOTAL)

    def formula(column: int) -> str:
        stretch = f"{cell(first, column)}:{cell(row - 1, column)}"
        return f"=SUM({stretch})" if row > first else "=0"

    sheet.count_formula(row, COUNT, formula(COUNT), total.count, TOTAL)
    sheet.money_formula(row, AMOUNT, formula(AMOUNT), total.amount, TOTAL)
    sheet.money_formula(row, REFUND, formula(REFUND), total.refund, TOTAL)
    sheet.money_formula(row, DIFFERENCE, formula(DIFFERENCE), total.difference, TOTAL)


def _write_files(ties: Ties, day: DayFigures, row: int) -> int:
    sheet = ties.sheet
    row = section(
        sheet,
        row,
        "文件 Files of this report",
        "refunds.csv 的金额等于应退合计 The amount of refunds.csv is the refund of all breaks.",
        {0: "平\nties", 1: "文件\nfile", COUNT: "行数\nrows", AMOUNT: "金额\namount"},
    )
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
