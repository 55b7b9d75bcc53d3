"""Files that banks write for merchants they serve themselves, and IPS's: each its own frame."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.reading.delivered import Read, fault_of, read_all
from tieout.faults import ExitCode
from tieout.reading import load_formats


def text(*lines: str) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode("gb18030")


def read_one(folder: Path, data: bytes, format_name: str, name: str = "m_20181219.txt") -> Read:
    (part,) = read_all(folder, name, data, format_name)
    return part


def ceb(code: str = "ZF01", amount: str = "1625", response: str = "AAAAAAA") -> str:
    return f"{code}|20181219|20181219100000|DO1|G1|M1||{amount}|0|{amount}|{response}|||"


def ceb_end(count: int) -> str:
    return f"共有 {count}        条记录"


def test_everbright_s_date_is_behind_the_merchant_in_the_name() -> None:
    fmt = load_formats(None)["ceb_merchant_v1"]
    assert str(fmt.business_date("lg37031000000420181219.txt")) == "2018-12-19"


@pytest.mark.parametrize(
    ("code", "response", "kind", "outcome"),
    [
        ("ZF01", "AAAAAAA", "debit", "succeeded"),
        ("ZF02", "0000", "refund", "succeeded"),
        ("ZF01", "E001", "debit", "failed"),
    ],
)
def test_everbright_rows_are_read_by_their_place(
    tmp_path: Path, code: str, response: str, kind: str, outcome: str
) -> None:
    data = text(ceb(code, "1,625.00", response), ceb_end(1))
    (row,) = read_one(tmp_path, data, "ceb_merchant_v1").rows
    assert (row["kind"], row["outcome"], row["amount_minor"]) == (kind, outcome, 162500)
    assert (row["channel_ref"], row["order_no"], row["response_code"]) == ("G1", "DO1", response)
    assert row["happened_at"] == datetime(2018, 12, 19, 10)


def test_an_everbright_day_without_records_is_read(tmp_path: Path) -> None:
    assert read_one(tmp_path, text(ceb_end(0)), "ceb_merchant_v1").rows == []


def test_how_many_records_everbright_counts_is_handed_over(tmp_path: Path) -> None:
    data = text(ceb(), ceb(), ceb("ZF03"), ceb_end(2))
    totals = read_one(tmp_path, data, "ceb_merchant_v1").totals
    assert totals is not None
    assert (totals["line_count"], totals["lines_read"]) == (2, 3)


@pytest.mark.parametrize("data", [text(ceb(), ceb_end(2)), text(ceb()), b""])
def test_fewer_everbright_records_than_counted_is_a_cut_file(tmp_path: Path, data: bytes) -> None:
    fault = fault_of(tmp_path, "m_20181219.txt", data, "ceb_merchant_v1")
    assert fault.exit_code == ExitCode.TRUNCATED


def test_a_lone_quote_mark_in_a_row_does_not_hide_the_last_line(tmp_path: Path) -> None:
    data = text(ceb().replace("M1", 'M"1'), ceb_end(1))
    assert [row["line"] for row in read_one(tmp_path, data, "ceb_merchant_v1").rows] == [1]


def test_an_everbright_row_that_gained_a_cell_is_a_bad_line(tmp_path: Path) -> None:
    data = text(ceb(), ceb() + "|", ceb_end(2))
    part = read_one(tmp_path, data, "ceb_merchant_v1")
    assert [(r["line"], r["reason"]) for r in part.rejects] == [(2, "found 15 cells, expected 14")]


def rural(code: str = "ZF01", order: str = "DO1", trade: str = "T1") -> str:
    return f"{code}|20181219|20181219100000|{order}|{trade}|M1||16.25|0|16.25|0000||"


def test_a_rural_payment_may_lack_its_number_and_a_refund_names_the_order(tmp_path: Path) -> None:
    data = text("3", rural(), rural(order="DO2", trade=""), rural("ZF02", "RF1", "DO1"))
    rows = read_one(tmp_path, data, "rural_credit_merchant_v1").rows
    assert [(row["line"], row["kind"], row["channel_ref"], row["order_no"]) for row in rows] == [
        (2, "debit", "T1", "DO1"),
        (3, "debit", "DO2", "DO2"),
        (4, "refund", "RF1", "DO1"),
    ]


def test_a_rural_day_without_rows_is_read(tmp_path: Path) -> None:
    assert read_one(tmp_path, text("0"), "rural_credit_merchant_v1").rows == []


@pytest.mark.parametrize(
    ("data", "exit_code"),
    [
        (text("2", rural()), ExitCode.TRUNCATED),
        (text(rural(), rural()), ExitCode.UNREADABLE),
    ],
)
def test_the_first_rural_line_is_how_many_rows_follow(
    tmp_path: Path, data: bytes, exit_code: ExitCode
) -> None:
    fault = fault_of(tmp_path, "m_20181219.txt", data, "rural_credit_merchant_v1")
    assert fault.exit_code == exit_code


ABC = "交易类型^账单编号^交易金额^票据号^交易时间^交易批号^批内序号^参考号"


@pytest.mark.parametrize(
    ("written", "happened_at"),
    [
        ("2018-12-19 10:00:00", datetime(2018, 12, 19, 10)),
        ("2018-1-9 0:14:02", datetime(2018, 1, 9, 0, 14, 2)),
    ],
)
def test_agricultural_times_may_lack_their_zeros(
    tmp_path: Path, written: str, happened_at: datetime
) -> None:
    data = text(ABC, f"SALE^DO1^0.1^3^{written}^1^2^R1")
    (row,) = read_one(tmp_path, data, "abc_merchant_v1").rows
    assert (row["happened_at"], row["amount_minor"]) == (happened_at, 10)


def test_an_agricultural_refund_is_told_by_its_word(tmp_path: Path) -> None:
    rows = [f"{word}^DO1^1.00^3^2018-12-19 10:00:00^1^2^R1" for word in ("REFUND", "VOID")]
    part = read_one(tmp_path, text(ABC, *rows), "abc_merchant_v1")
    assert [row["kind"] for row in part.rows] == ["refund"]
    assert part.rejects[0]["reason"] == 'kind: found "VOID", expected one of SALE, REFUND'


CITIC = (
    "清算日期|交易时间  |处理码|交易流水号|卡号      |交易金额  |手续费  |结算金额|参考扣率|授权码|"
    "参考号  |原参考号|终端号|商户号|商户名称   "
)
DASHES = "-" * 90


def citic(settle_day: str = "20190101", time: str = "1231230102", code: str = "003000") -> str:
    return (
        f"{settle_day}|{time}|{code}|000311    |6222021001123456789|16.25   |0.12    |16.13  |"
        "0.72%|498792|R1      |O1      |50010001|M1|北辰小贷        "
    )


def test_citic_cells_are_freed_of_blanks_and_dated_by_their_clearing_day(tmp_path: Path) -> None:
    data = text(CITIC, DASHES, citic(), DASHES, "合计")
    (row,) = read_one(tmp_path, data, "citic_pos_v1").rows
    assert row["line"] == 3
    assert row["happened_at"] == datetime(2018, 12, 31, 23, 1, 2)
    assert (row["channel_ref"], row["original_ref"]) == ("R1", "O1")
    assert (row["card_no"], row["amount_minor"], row["fee_minor"]) == ("622202******6789", 1625, 12)


def test_a_citic_day_without_rows_is_read(tmp_path: Path) -> None:
    assert read_one(tmp_path, text(CITIC, DASHES, DASHES), "citic_pos_v1").rows == []


@pytest.mark.parametrize(
    "data", [text(CITIC, DASHES, citic()), CITIC.encode("gb18030"), text(CITIC, DASHES)]
)
def test_a_citic_file_without_its_last_dashes_is_a_cut_file(tmp_path: Path, data: bytes) -> None:
    fault = fault_of(tmp_path, "m_20181219.txt", data, "citic_pos_v1")
    assert fault.exit_code == ExitCode.TRUNCATED


IPS_LEAD = ("商户号012677", "总笔数{}", "总金额1.00", "总手续费0.01", "", "", "", "", "生成时间:x")
IPS = (
    "商户订单号,IPS订单号,银行订单号,币种,订单金额,手续费,余额,支付状态,商户提交日期,银行返回时间,交易类型,"
    "支付银行,商户参考信息"
)
IPS_ROW = "[DO1],N1,3,RMB,16.25,0.12,9.00,{},2018-12-19,2018-12-19,{},招商银行,a,b"


def ips(count: int, *rows: str) -> bytes:
    return text(*(line.format(count) for line in IPS_LEAD), IPS, *rows)


def test_an_ips_order_number_is_freed_of_its_brackets(tmp_path: Path) -> None:
    data = ips(2, IPS_ROW.format("成功", "消费"), IPS_ROW.format("失败", "退款"))
    part = read_one(tmp_path, data, "ips_trade_v1")
    assert [(r["line"], r["order_no"], r["kind"], r["outcome"]) for r in part.rows] == [
        (11, "DO1", "debit", "succeeded"),
        (12, "DO1", "refund", "failed"),
    ]
    assert part.rows[0]["happened_at"] == datetime(2018, 12, 19)
    assert part.totals is not None
    assert (part.totals["line_count"], part.totals["fee_amount_minor"]) == (2, 1)


def test_fewer_ips_rows_than_the_lead_counts_is_a_cut_file(tmp_path: Path) -> None:
    data = ips(2, IPS_ROW.format("成功", "消费"))
    fault = fault_of(tmp_path, "m_20181219.txt", data, "ips_trade_v1")
    assert (fault.code, fault.exit_code) == ("fewer-lines-than-declared", ExitCode.TRUNCATED)


@pytest.mark.parametrize(
    "name",
    [
        "ceb_merchant_v1",
        "rural_credit_merchant_v1",
        "abc_merchant_v1",
        "citic_pos_v1",
        "ips_trade_v1",
    ],
)
def test_text_in_another_encoding_or_a_whole_other_file_is_refused(
    tmp_path: Path, name: str
) -> None:
    fault = fault_of(tmp_path, "m_20181219.txt", b"\xff\xff\r\nx,y\r\n", name)
    assert fault.exit_code == ExitCode.UNREADABLE
