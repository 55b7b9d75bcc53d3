"""Workbooks, old and new: cells become the text that a person sees in them."""

import io
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.reading.delivered import Read, read_all
from tieout.faults import ExitCode, Fault

SAMPLES = Path(__file__).parents[2] / "data_samples/statement_files/inbox/2025-02-01"
CCB = SAMPLES / "K-2010_ccb_2025-01-31.xls"
HEADER = ["记账日", "交易日期", "交易时间", "支出", "收入", "账户余额", "币种"]


def workbook(*rows: list[Any]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    shown_as = {
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        time: book.add_format({"num_format": "hh:mm:ss"}),
    }
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if type(cell) in shown_as:
                sheet.write_datetime(number, column, cell, shown_as[type(cell)])
            else:
                sheet.write(number, column, cell)
    book.close()
    return buffer.getvalue()


def read_ccb(folder: Path, data: bytes, suffix: str = "xlsx") -> Read:
    (part,) = read_all(folder, f"K-1_ccb_2025-01-31.{suffix}", data, "ccb_debit_v1")
    return part


def refused(folder: Path, data: bytes) -> Fault:
    with pytest.raises(Fault) as caught:
        read_ccb(folder, data)
    return caught.value


def test_an_old_workbook_reads_as_a_new_one_whatever_its_name(tmp_path: Path) -> None:
    old = read_ccb(tmp_path, CCB.read_bytes(), "xlsx")
    rows = [
        ["卡号:6217001234567890123"],
        HEADER,
        ["20250102", "20250102", "10:11:12", "", 5000.0, 5100.1, "人民币元"],
    ]
    new = read_ccb(tmp_path, workbook(*rows), "xls")
    (row,) = new.rows
    for name in ("happened_at", "amount_minor", "balance_minor", "card_no", "has_time"):
        assert row[name] == old.rows[0][name]
    assert (row["line"], row["card_no"]) == (3, "621700******0123")


def test_numbers_dates_and_times_in_cells_are_read_as_they_are_shown(tmp_path: Path) -> None:
    rows = [
        [20250103, 20250103, time(8, 0, 1), 0.1 + 0.2, "", 3475, "人民币"],
        ["x", datetime(2025, 1, 4), "", "", 1234567890.12, 1, ""],
    ]
    part = read_ccb(tmp_path, workbook(HEADER, *rows))
    first, second = part.rows
    assert first["happened_at"] == datetime(2025, 1, 3, 8, 0, 1)
    assert first["amount_minor"] == -30
    assert second["happened_at"] == datetime(2025, 1, 4)
    assert second["amount_minor"] == 123456789012


def test_ccb_may_leave_the_times_out(tmp_path: Path) -> None:
    header = [name for name in HEADER if name != "交易时间"]
    data = workbook(header, ["20250103", "20250103", "1.00", "", "9.00", "人民币"])
    (row,) = read_ccb(tmp_path, data).rows
    assert (row["happened_at"], row["has_time"]) == (datetime(2025, 1, 3), False)


def test_a_workbook_cut_short_is_told(tmp_path: Path) -> None:
    fault = refused(tmp_path, workbook(HEADER)[:-300])
    assert (fault.code, fault.exit_code) == ("file-cut-short", ExitCode.TRUNCATED)
    whole = CCB.read_bytes()
    for size in (10, 600, 1500, len(whole) - 600):
        fault = refused(tmp_path, whole[:size])
        assert fault.exit_code == (ExitCode.UNREADABLE if size == 10 else ExitCode.TRUNCATED)


def test_a_mangled_workbook_is_told_and_not_a_crash(tmp_path: Path) -> None:
    whole = CCB.read_bytes()
    for at in range(512, len(whole), 97):
        mangled = whole[:at] + bytes(byte ^ 0xA5 for byte in whole[at : at + 40]) + whole[at + 40 :]
        try:
            read_ccb(tmp_path, mangled)
        except Fault as fault:
            assert fault.exit_code in (ExitCode.UNREADABLE, ExitCode.TRUNCATED)


def test_an_empty_workbook_has_no_header(tmp_path: Path) -> None:
    assert refused(tmp_path, workbook()).code == "header-not-found"


def test_a_workbook_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tieout.reading.workbook.LARGEST_UNPACKED_BYTES", 1000)
    assert refused(tmp_path, workbook(HEADER)).code == "sheet-too-large"


def test_a_statement_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tieout.reading.cell_grid.LARGEST_BYTES", 1000)
    assert refused(tmp_path, workbook(HEADER)).code == "sheet-too-large"
