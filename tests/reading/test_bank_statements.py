"""Statements of bank cards, as borrowers let the lender have them."""

from datetime import date, datetime
from pathlib import Path

import pytest

from tests.reading.delivered import PUBLIC_EXAMPLES, Read, read_all
from tieout.faults import ExitCode, Fault
from tieout.reading import load_formats

NAME = "K-1_bank_2025-01-31.csv"
ICBC_LEAD = '明细查询文件下载\n\n卡号: 6222****0431,"卡别名: x"\n\n'
ICBC_HEADER = "交易日期,摘要,记账金额(收入),记账金额(支出),记账币种,余额,对方户名\n"
ICBC_ROW = '2025-01-20 \t,"工资 \t","5,000.00 \t","- \t",人民币 \t,"5,105.50 \t","陈小满 \t",\n'
ICBC_TOTAL = '人民币合计,,"5,000.00 \t","0.00 \t",\n'
ABC_HEADER = "交易日期,交易时间,交易摘要,交易金额,本次余额,对手信息,日 志 号,交易渠道,交易附言\n"
BOCOM = "序号,交易日期,交易时间,借贷,交易金额,余额\n1,2025-01-02,13:15:12,{},3.21,1331.42\n"


def statement(folder: Path, fmt: str, text: str, name: str = NAME, encoding: str = "utf-8") -> Read:
    data = text.encode(encoding)
    (part,) = read_all(folder, name, data, fmt, business_date=date(2025, 1, 31))
    return part


def refused(folder: Path, fmt: str, text: str, name: str = NAME) -> Fault:
    with pytest.raises(Fault) as caught:
        statement(folder, fmt, text, name)
    return caught.value


def icbc(folder: Path, *rows: str, total: str = ICBC_TOTAL, encoding: str = "gb18030") -> Read:
    text = ICBC_LEAD + ICBC_HEADER + "".join(rows) + " \n" + total
    return statement(folder, "icbc_debit_v1", text, encoding=encoding)


def test_an_entry_belongs_to_the_loan_that_begins_the_name_and_is_named_for_its_line(
    tmp_path: Path,
) -> None:
    (row,) = icbc(tmp_path, ICBC_ROW).rows
    assert row == {
        "line": 6,
        "loan_id": "K-1",
        "entry_no": f"{NAME}:6",
        "card_no": "******0431",
        "happened_at": datetime(2025, 1, 20),
        "amount_minor": 500000,
        "balance_minor": 510550,
        "has_time": False,
    }


def test_a_loan_may_have_an_underscore(tmp_path: Path) -> None:
    text = ICBC_LEAD + ICBC_HEADER + ICBC_ROW + ICBC_TOTAL
    part = statement(tmp_path, "icbc_debit_v1", text, "K_2018_7_icbc-2_20250131.csv")
    assert part.rows[0]["loan_id"] == "K_2018_7"


def test_a_name_that_tells_no_loan_is_refused(tmp_path: Path) -> None:
    fault = refused(tmp_path, "icbc_debit_v1", ICBC_LEAD, "statement.2025-01-31.csv")
    assert (fault.code, fault.exit_code) == ("name-not-as-agreed", ExitCode.UNREADABLE)


def test_a_statement_is_of_the_day_it_was_handed_in() -> None:
    fmt = load_formats(None)["icbc_debit_v1"]
    assert fmt.business_date("2018-12-19_x_2025-01-31.csv.gz") == date(2025, 1, 31)
    assert fmt.business_date("K-1_icbc_20250131.XLS") == date(2025, 1, 31)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig"])
def test_a_statement_may_be_in_gbk_or_saved_again_in_utf8(tmp_path: Path, encoding: str) -> None:
    assert len(icbc(tmp_path, ICBC_ROW, encoding=encoding).rows) == 1


def test_bytes_that_are_neither_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Fault) as caught:
        read_all(tmp_path, NAME, b"\xff\xfe\xff,x\n", "cmb_debit_v1")
    assert caught.value.code == "file-wrong-encoding"


def test_a_statement_without_entries_is_a_statement(tmp_path: Path) -> None:
    part = icbc(tmp_path, total="人民币合计,,,,\n")
    assert (part.rows, part.lines, part.rejects) == ([], 0, [])


def test_a_total_that_is_not_the_sum_is_a_bad_line_and_leaves_the_entries_readable(
    tmp_path: Path,
) -> None:
    name = NAME
    text = ICBC_LEAD + ICBC_HEADER + ICBC_ROW + ICBC_TOTAL.replace("5,0", "6,0")
    (part,) = read_all(tmp_path, name, text.encode(), "icbc_debit_v1", max_reject_rate="0")
    assert len(part.rows) == 1
    (reject,) = part.rejects
    assert reject["line"] == 7
    assert reject["reason"] == "记账金额(收入): states 6000.00, the lines add up to 5000.00"


def test_a_statement_cut_off_before_its_total_is_truncated(tmp_path: Path) -> None:
    fault = refused(tmp_path, "icbc_debit_v1", ICBC_LEAD + ICBC_HEADER + ICBC_ROW)
    assert (fault.code, fault.exit_code) == ("trailer-missing", ExitCode.TRUNCATED)


def test_rows_after_the_total_are_refused(tmp_path: Path) -> None:
    text = ICBC_LEAD + ICBC_HEADER + ICBC_ROW + ICBC_TOTAL + ICBC_ROW
    fault = refused(tmp_path, "icbc_debit_v1", text)
    assert fault.code == "data-after-trailer"
    assert fault.where.endswith(":8")


def test_a_statement_without_its_header_or_a_column_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "icbc_debit_v1", ICBC_LEAD).code == "header-not-found"
    drifted = ICBC_HEADER.replace("余额", "账户余额")
    fault = refused(tmp_path, "icbc_debit_v1", ICBC_LEAD + drifted + ICBC_TOTAL)
    assert (fault.code, fault.exit_code) == ("columns-missing", ExitCode.UNREADABLE)
    assert "余额" in fault.expected


def test_a_bare_thousands_comma_is_a_bad_line_not_another_amount(tmp_path: Path) -> None:
    text = "记账日期,货币,交易金额,联机余额,交易摘要,对手信息,客户摘要\n"
    row = "2025-01-05,CNY,-1,500.00,2.00,,,转账\n"
    part = statement(tmp_path, "cmb_debit_v1", text + row)
    assert part.rows == []
    assert part.rejects[0]["reason"] == "found 8 cells, expected 7"


def test_an_entry_cut_off_in_its_first_cell_is_a_bad_line(tmp_path: Path) -> None:
    part = statement(tmp_path, "abc_debit_v1", ABC_HEADER + "2025010")
    assert (part.rows, len(part.rejects)) == ([], 1)


def test_a_note_below_the_entries_is_no_entry(tmp_path: Path) -> None:
    part = statement(tmp_path, "abc_debit_v1", ABC_HEADER + "注：以银行记录为准,,,\n")
    assert (part.rows, part.lines) == ([], 0)


def test_abc_leaves_times_and_the_end_of_lines_out(tmp_path: Path) -> None:
    rows = "20250101,123456,转存,+10000.00,11000.00,x\n20250103,,正常还款,-9056.89,1943.11,x,1\n"
    first, second = statement(tmp_path, "abc_debit_v1", ABC_HEADER + rows).rows
    assert (first["happened_at"], first["has_time"]) == (datetime(2025, 1, 1, 12, 34, 56), True)
    assert (second["happened_at"], second["has_time"]) == (datetime(2025, 1, 3), False)
    assert (first["amount_minor"], second["amount_minor"]) == (1000000, -905689)


@pytest.mark.parametrize(("mark", "minor"), [("贷 Cr", 321), ("借 Dr", -321)])
def test_bocom_tells_the_direction_in_a_word(tmp_path: Path, mark: str, minor: int) -> None:
    (row,) = statement(tmp_path, "bocom_debit_v1", BOCOM.format(mark)).rows
    assert row["amount_minor"] == minor


def test_a_direction_that_is_not_known_is_a_bad_line(tmp_path: Path) -> None:
    (reject,) = statement(tmp_path, "bocom_debit_v1", BOCOM.format("冲正")).rejects
    assert reject["reason"].startswith("amount: ")


def test_entries_in_another_currency_are_not_read(tmp_path: Path) -> None:
    dollars = ICBC_ROW.replace("人民币", "美元").replace("5,000.00", "0.00")
    assert len(icbc(tmp_path, ICBC_ROW, dollars).rows) == 1


def test_credit_card_statements_turn_the_sign_and_tell_no_balance(tmp_path: Path) -> None:
    text = (
        "招商银行信用卡对账单（2025年01月）\n交易日,记账日,交易摘要,人民币金额,卡号末四位,交易地金额\n"
        ',12/29,还款,-345.67,1234,-345.67\n01/05,01/07,x,"¥8,000.00",1234,"8,000.00(CN)"\n'
    )
    repaid, spent = statement(tmp_path, "cmb_credit_v1", text).rows
    assert (repaid["amount_minor"], spent["amount_minor"]) == (34567, -800000)
    assert repaid["happened_at"] == datetime(2024, 12, 29)
    assert spent["happened_at"] == datetime(2025, 1, 5)
    assert {repaid["balance_minor"], spent["balance_minor"]} == {None}
    assert repaid["card_no"] == "******1234"


@pytest.mark.skipif(not PUBLIC_EXAMPLES.is_dir(), reason="the public examples are not at hand")
def test_the_public_examples_are_read(tmp_path: Path) -> None:
    cmb = (PUBLIC_EXAMPLES / "personal_cmb/debit_example-cmb-records.csv").read_bytes()
    (part,) = read_all(tmp_path, NAME, cmb, "cmb_debit_v1", max_reject_rate="0")
    assert [row["amount_minor"] for row in part.rows] == [123400, -100000, -300, -100000, -1014]
    icbc_file = PUBLIC_EXAMPLES / "personal_icbc/debit-v2_example-icbc-debit-v2-records.csv"
    data = icbc_file.read_bytes()
    (part,) = read_all(tmp_path, NAME, data, "icbc_debit_v1", max_reject_rate="0")
    assert len(part.rows) == 11
    assert sum(row["amount_minor"] for row in part.rows) == 284174 - 424108
    assert "add up to 2841.74" in part.rejects[0]["reason"]
