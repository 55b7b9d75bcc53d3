"""Alipay's merchant bill: a zip of GBK texts, remark lines before and after the rows."""

from datetime import date, datetime
from pathlib import Path

import pytest

from tests.reading.delivered import Read, fault_of, read_all, zipped
from tieout.faults import ExitCode
from tieout.reading import load_formats

FORMAT = "alipay_trade_v1"
NAME = "20880010001000010156_20181219.csv.zip"
DETAIL = "20880010001000010156_20181219_业务明细.csv"
SUMMARY = "20880010001000010156_20181219_业务明细(汇总).csv"

HEADER = (
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,"
    "商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,"
    "卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注"
)
COLUMNS = HEADER.split(",")
PAYMENT = {
    "支付宝交易号": "2018121922001\t",
    "商户订单号": "DO1\t",
    "业务类型": "交易    ",
    "商品名称": "还款",
    "创建时间": "2018-12-19 09:59:58",
    "完成时间": "2018-12-19 10:00:00",
    "对方账户": "张*三(138****0000)",
    "订单金额（元）": "1630.00",
    "商家实收（元）": '"1,625.00"',
    "服务费（元）": "-9.75",
}
REFUND = {
    **PAYMENT,
    "业务类型": "退款",
    "商家实收（元）": "-25.00",
    "退款批次号/请求号": "RB1\t",
    "服务费（元）": "0.15",
}
LEAD = (
    "#支付宝业务明细查询",
    "#账号：[20880010001000010156]",
    "#起始日期：[2018年12月19日 00:00:00]   终止日期：[2018年12月20日 00:00:00]",
    "#-----------------------------------------业务明细列表----------------------------------------",
)
TOTALS = (
    "#交易合计：1笔，商家实收共1,625.00元，商家优惠共0.00元",
    "#退款合计：1笔，商家实收退款共-25.00元，商家优惠退款共0.00元",
)


def detail(
    *rows: dict[str, str], lead: tuple[str, ...] = LEAD, totals: tuple[str, ...] = TOTALS
) -> bytes:
    lines = [*lead, ",".join(COLUMNS)]
    lines += [",".join(row.get(name, "") for name in COLUMNS) for row in rows]
    lines += [
        "#---------业务明细列表结束---------",
        *totals,
        "#导出时间：[2018年12月20日 09:00:00]",
    ]
    return "".join(line + "\r\n" for line in lines).encode("gb18030")


def read_zip(folder: Path, members: dict[str, bytes]) -> Read:
    (part,) = read_all(folder, NAME, zipped(members), FORMAT)
    return part


def test_the_bill_s_date_is_in_the_zip_s_name() -> None:
    assert load_formats(None)[FORMAT].business_date(NAME) == date(2018, 12, 19)


def test_a_payment_and_its_refund_become_settlement_rows(tmp_path: Path) -> None:
    part = read_zip(tmp_path, {DETAIL: detail(PAYMENT, REFUND)})
    payment = {
        "line": 6,
        "channel_ref": "2018121922001",
        "order_no": "DO1",
        "kind": "debit",
        "original_ref": None,
        "amount_minor": 162500,
        "fee_minor": 975,
        "happened_at": datetime(2018, 12, 19, 10, 0, 0),
        "settle_date": date(2018, 12, 19),
        "card_no": None,
        "bank_code": None,
        "outcome": "succeeded",
        "response_code": None,
    }
    assert part.member == DETAIL
    assert part.rows == [
        payment,
        {
            **payment,
            "line": 7,
            "channel_ref": "RB1",
            "kind": "refund",
            "original_ref": "2018121922001",
            "amount_minor": 2500,
            "fee_minor": -15,
        },
    ]


def test_the_totals_after_the_rows_are_read(tmp_path: Path) -> None:
    assert read_zip(tmp_path, {DETAIL: detail(PAYMENT, REFUND)}).totals == {
        "line": 9,
        "settle_date": date(2018, 12, 19),
        "debit_count": 1,
        "debit_amount_minor": 162500,
        "refund_count": 1,
        "refund_amount_minor": 2500,
        "fee_amount_minor": None,
        "net_amount_minor": None,
        "line_count": 2,
        "lines_read": 2,
    }


@pytest.mark.parametrize("names", [(DETAIL, SUMMARY), ("a.csv", "b.csv"), ("b.csv", "a.csv")])
def test_the_detail_is_known_by_its_content_not_its_name_or_place(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    summary = "#支付宝业务汇总查询\r\n门店编号,门店名称\r\n".encode("gb18030")
    part = read_zip(tmp_path, {names[0]: detail(PAYMENT, REFUND), names[1]: summary})
    assert (part.member, part.lines) == (names[0], 2)


def test_lost_remark_lines_before_the_header_do_no_harm(tmp_path: Path) -> None:
    part = read_zip(tmp_path, {DETAIL: detail(PAYMENT, REFUND, lead=LEAD[:1])})
    assert [row["line"] for row in part.rows] == [3, 4]


def test_a_quoted_remark_that_looks_like_a_trailer_is_a_remark(tmp_path: Path) -> None:
    remarked = {**PAYMENT, "备注": '"一\n#二"'}
    part = read_zip(tmp_path, {DETAIL: detail(remarked, REFUND)})
    assert [row["line"] for row in part.rows] == [6, 8]


def test_a_day_without_trades_is_read(tmp_path: Path) -> None:
    none = (
        "#交易合计：0笔，商家实收共0.00元，商家优惠共0.00元",
        "#退款合计：0笔，商家实收退款共0.00元，商家优惠退款共0.00元",
    )
    assert read_zip(tmp_path, {DETAIL: detail(totals=none)}).rows == []


def test_who_paid_is_neither_loaded_nor_shown(tmp_path: Path) -> None:
    bad = {**PAYMENT, "完成时间": "x"}
    part = read_zip(tmp_path, {DETAIL: detail(bad, REFUND)})
    assert part.rejects[0]["line"] == 6
    assert "张" not in str(part) and "138" not in str(part)


@pytest.mark.parametrize("left", [0, 1])
def test_a_bill_without_its_totals_is_a_cut_file(tmp_path: Path, left: int) -> None:
    data = zipped({DETAIL: detail(PAYMENT, REFUND, totals=TOTALS[:left])})
    fault = fault_of(tmp_path, NAME, data, FORMAT)
    assert (fault.code, fault.exit_code) == ("totals-missing", ExitCode.TRUNCATED)


def test_fewer_rows_than_the_totals_declare_is_a_cut_file(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, NAME, zipped({DETAIL: detail(PAYMENT)}), FORMAT)
    assert (fault.code, fault.exit_code) == ("fewer-lines-than-declared", ExitCode.TRUNCATED)


def test_a_zip_with_the_summary_alone_is_a_cut_file(tmp_path: Path) -> None:
    data = zipped({SUMMARY: "#支付宝业务汇总查询".encode("gb18030")})
    fault = fault_of(tmp_path, NAME, data, FORMAT)
    assert (fault.code, fault.exit_code) == ("member-missing", ExitCode.TRUNCATED)
