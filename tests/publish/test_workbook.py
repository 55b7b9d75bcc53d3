"""report.xlsx: what a reader of the workbook can rely on."""

import datetime as dt
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from tests.publish.made_up import FACTS, Row, a_break, reports
from tests.publish.test_page import CATALOGUE
from tests.publish.test_publish import control
from tieout.publish import break_sheets, publish
from tieout.publish.money import Currency
from tieout.publish.sheet_words import DIFFERS, IN_PART, TIES
from tieout.publish.xlsx_file import XlsxFile

DAY = dt.date(2018, 12, 19)
YUAN = Currency("CNY", 2)
HEAD_ROW, FIRST_ROW = 5, 6


def workbook(
    tmp_path: Path, breaks: Sequence[Row] = (), *, formulas: bool = False, **rows: Any
) -> Any:
    given = {"catalogue": CATALOGUE, "roll_forward": rolled(len(breaks)), **rows}
    folder = publish(tmp_path / "reports", DAY, reports(breaks=list(breaks), **given), FACTS)
    return openpyxl.load_workbook(folder / "report.xlsx", data_only=not formulas)


def rolled(breaks: int) -> list[Row]:
    return [{"channel": "unionpay", "opening": 0, "new": breaks, "cleared": 0, "closing": breaks}]


def column(sheet: Any, name: str) -> list[object]:
    """The cells of a break sheet's column, below its head."""
    heads = [str(cell.value).partition("\n")[2] for cell in sheet[HEAD_ROW]]
    cells = sheet.iter_cols(min_col=heads.index(name) + 1, max_col=heads.index(name) + 1)
    values = [cell.value for cell in next(cells)[FIRST_ROW - 1 :] if cell.value is not None]
    return [unescape(value) if isinstance(value, str) else value for value in values]


def checks(sheet: Any) -> list[str]:
    words = [cell.value for cell in sheet["A"] if cell.value in (TIES, DIFFERS, IN_PART)]
    return [str(word) for word in words]


def test_the_control_comes_first_then_the_sums_the_families_and_the_parties(
    tmp_path: Path,
) -> None:
    assert workbook(tmp_path).sheetnames == [
        "控制表 Control",
        "汇总 Summary",
        "未平 Open entries",
        "勾对有误 Matched wrong",
        "扣款 Collection",
        "结算 Settlement",
        "后果 Consequence",
        "平台 Platform",
        "渠道 Channel",
        "发卡行 Bank",
        "待定 Undetermined",
    ]


def test_a_break_stands_in_its_family_and_with_its_liable_party(tmp_path: Path) -> None:
    book = workbook(tmp_path, [a_break("b1", liable="bank")])
    listing = {sheet.title: column(sheet, "break id") for sheet in book.worksheets[2:]}
    assert {name for name, ids in listing.items() if ids == ["b1"]} == {
        "未平 Open entries",
        "发卡行 Bank",
    }


@pytest.mark.parametrize("text", ["=1+1", "+86", "-7", "@SUM(A1)", "\t=1", "\r=1", "'=1"])
def test_text_from_files_never_becomes_a_formula(tmp_path: Path, text: str) -> None:
    book = workbook(tmp_path, [a_break(loan_id=text, order_no=text)], formulas=True)
    sheet = book["未平 Open entries"]
    assert column(sheet, "order no") == [text]
    cells = [cell for row in sheet.iter_rows(min_row=FIRST_ROW) for cell in row if cell.value]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    named = [cell for cell in cells if cell.data_type == "s"]
    assert {cell.number_format for cell in named} == {"@"}


@pytest.mark.parametrize(
    "text", ["<r><t>x</t></r>", "<r>&bad</r>", "a<b&c>d", "\x01\x0b", "_x0041_", "\ufffe", " x "]
)
def test_no_text_breaks_the_file(tmp_path: Path, text: str) -> None:
    book = workbook(tmp_path, [a_break(order_no=text)])
    (shown,) = column(book["未平 Open entries"], "order no")
    assert str(shown).strip() == text.replace("\ufffe", "\ufffd").strip()


def test_text_longer_than_a_cell_ends_in_a_sign_that_it_goes_on(tmp_path: Path) -> None:
    (shown,) = column(workbook(tmp_path, [a_break(sources="x" * 40_000)]).worksheets[2], "sources")
    assert (len(str(shown)), str(shown)[-2:]) == (32_767, "x…")


def test_amounts_are_numbers_until_a_spreadsheet_would_round_them(tmp_path: Path) -> None:
    breaks = [
        a_break("exact", channel_amount_minor=999_999_999_999_999),
        a_break("longer", channel_amount_minor=-1_000_000_000_000_000),
    ]
    sheet = workbook(tmp_path, breaks).worksheets[2]
    shown = dict(zip(column(sheet, "break id"), column(sheet, "channel amount"), strict=True))
    assert shown == {"exact": 9_999_999_999_999.99, "longer": "-10000000000000.00"}


def test_heads_stay_rows_can_be_filtered_and_severity_has_its_colour(tmp_path: Path) -> None:
    sheet = workbook(tmp_path, [a_break("b1"), a_break("b2")]).worksheets[2]
    assert sheet.freeze_panes == "C6"
    assert sheet.auto_filter.ref == "A5:AE7"
    (coloured,) = sheet.conditional_formatting
    assert str(coloured.sqref) == "A6:B7"
    assert [rule.formula for rule in coloured.rules] == [
        [f'RIGHT($A6,{len(word)})="{word}"'] for word in ("critical", "high", "medium", "low")
    ]


def test_every_head_is_chinese_and_english(tmp_path: Path) -> None:
    for sheet in workbook(tmp_path).worksheets[2:]:
        for head in sheet[HEAD_ROW]:
            zh, _, en = str(head.value).partition("\n")
            assert re.search(r"[\u4e00-\u9fff]", zh) and re.fullmatch(r"[a-z ]+", en)


def test_all_checks_tie_when_the_day_does(tmp_path: Path) -> None:
    proof = control("debit", 1, 162500)
    proof = [row | {"matched": 0, "open": row["read"]} for row in proof]
    refund = a_break("b2", category="wrongly_overdue", subject="instalment:k:L1:1", refund_minor=9)
    book = workbook(
        tmp_path,
        [a_break("b1", liable="bank"), refund | {"liable": "platform"}],
        control=proof,
        catalogue=[
            *CATALOGUE,
            {**CATALOGUE[0], "category": "wrongly_overdue", "family": "consequence"},
        ],
        refunds=[{"break_id": "b2", "amount_minor": 9}],
    )
    assert set(checks(book["控制表 Control"])) == {TIES}
    assert set(checks(book["汇总 Summary"])) == {TIES}


def test_what_does_not_tie_is_said_beside_it_and_in_the_verdict(tmp_path: Path) -> None:
    rows, amounts = control("debit", 1, 5, ties=False)
    book = workbook(tmp_path, control=[rows, {**amounts, "matched": 4}])
    assert checks(book["控制表 Control"]).count(DIFFERS) == 1
    assert book["控制表 Control"]["C4"].value == DIFFERS


def test_an_open_entry_that_no_list_holds_shows_beside_the_proof(tmp_path: Path) -> None:
    proof = [row | {"matched": 0, "open": row["read"]} for row in control("debit", 1, 162500)]
    assert DIFFERS in checks(workbook(tmp_path, control=proof)["汇总 Summary"])


BETWEEN = {
    "scope": "channel",
    "name": "unionpay",
    "matched_breaks": 0,
    "decided_breaks": 0,
    "matched_amount_minor": 0,
    "decided_amount_minor": 0,
    "given_back_minor": 0,
}


def test_a_debit_listed_beside_its_match_is_taken_off_before_it_ties(tmp_path: Path) -> None:
    beside = {**BETWEEN, "matched_breaks": 1, "matched_amount_minor": 162500}
    book = workbook(
        tmp_path,
        [a_break("b1", liable="platform")],
        control=control("debit", 1, 162500),
        open_entries=[beside],
    )
    assert set(checks(book["汇总 Summary"])) == {TIES}


def test_a_decided_break_is_added_before_it_ties(tmp_path: Path) -> None:
    proof = [row | {"matched": 0, "open": row["read"]} for row in control("debit", 1, 162500)]
    decided = {**BETWEEN, "decided_breaks": 1, "decided_amount_minor": 162500}
    book = workbook(tmp_path, control=proof, open_entries=[decided])
    assert set(checks(book["汇总 Summary"])) == {TIES}


def test_sign_off_has_its_sheets_only_when_somebody_signed(tmp_path: Path) -> None:
    signed = {"break_id": "b1", "action": "adjust", "by": "Li Na", "state": "in_force"}
    waits = {**signed, "break_id": "b2", "state": "second_name_needed"}
    assert "签字 Signatures" not in workbook(tmp_path / "none").sheetnames
    book = workbook(
        tmp_path / "signed",
        decided=[a_break("b1", action="adjust", by="Li Na")],
        decisions=[signed, waits],
    )
    assert book.sheetnames[-2:] == ["已处理 Decided", "签字 Signatures"]
    assert column(book["已处理 Decided"], "break id") == ["b1"]
    assert column(book["签字 Signatures"], "break id") == ["b2", "b1"]
    assert [book[name].freeze_panes for name in book.sheetnames[-2:]] == ["C6", "C6"]
    assert book["签字 Signatures"].auto_filter.ref == "A5:M7"


def test_the_decided_column_of_the_summary_adds_up_the_decided_sheet(tmp_path: Path) -> None:
    proof = [row | {"matched": 0, "open": row["read"]} for row in control("debit", 1, 162500)]
    decided = {**BETWEEN, "decided_breaks": 1, "decided_amount_minor": 162500}
    given = {
        "control": proof,
        "open_entries": [decided],
        "decided": [a_break("b1", action="adjust", by="Li Na")],
    }
    book = workbook(tmp_path / "values", **given)
    for name in ("控制表 Control", "汇总 Summary"):
        assert set(checks(book[name])) == {TIES}
    formulas = workbook(tmp_path / "formulas", formulas=True, **given)["汇总 Summary"]
    told = [str(cell.value) for row in formulas.iter_rows() for cell in row if cell.value]
    assert len([text for text in told if "已处理 Decided'!" in text and "COUNTIFS" in text]) == 2


def test_a_list_stops_at_its_room_and_says_where_the_rest_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(break_sheets, "ROWS_SHOWN", 2)
    breaks = [
        a_break("small", difference_minor=1, liable="platform"),
        a_break("large", difference_minor=3, liable="platform"),
        a_break("worst", severity="critical", liable="platform"),
    ]
    book = workbook(tmp_path, breaks)
    sheet = book["未平 Open entries"]
    assert column(sheet, "break id") == ["worst", "large"]
    assert "The worst 2 of 3 are shown; all of them are in breaks.csv." in sheet["A2"].value
    assert checks(book["汇总 Summary"]).count(IN_PART) == 4
    assert set(checks(book["控制表 Control"])) == {TIES}


def test_the_parts_of_the_file_bear_no_time_of_writing(tmp_path: Path) -> None:
    workbook(tmp_path)
    with zipfile.ZipFile(tmp_path / "reports/2018-12-19/report.xlsx") as parts:
        assert {part.date_time[:3] for part in parts.infolist()} == {(1980, 1, 31)}
        told = parts.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+", told)) == {"2018-12-19T00:00:00"}


def test_nothing_but_the_workbook_is_left_of_writing_it(tmp_path: Path) -> None:
    workbook(tmp_path)
    left = {path.suffix for path in (tmp_path / "reports/2018-12-19").iterdir()}
    assert left == {".csv", ".parquet", ".html", ".json", ".xlsx"}


def test_a_file_that_cannot_be_written_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "report.xlsx").mkdir()
    with pytest.raises(IsADirectoryError), XlsxFile(tmp_path / "report.xlsx", YUAN, DAY) as book:
        book.sheet("control")
