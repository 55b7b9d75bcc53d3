"""Alipay's account detail and WeChat Pay's fund flow: the lender's balance, entry by entry."""

from datetime import date
from pathlib import Path

import pytest

from tests.reading.delivered import Read, fault_of, read_all, zipped
from tieout.faults import ExitCode

ALIPAY = "alipay_account_v1"
ALIPAY_NAME = "20880010001000010156_20181219.csv.zip"
ALIPAY_HEADER = (
    "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,"
    "账户余额（元）,交易渠道,业务类型,备注"
)
RECEIVED = "A1\t,T1\t,DO1,还款,2018-12-19 10:00:00,刘*,1625.00,,9.00,支付宝,在线支付,"
CHARGED = "A2\t,T1\t,DO1,还款,2018-12-19 10:00:00,,,-9.75,9.00,支付宝,收费,"
WITHDRAWN = "A3\t,W1\t,,提现,2018-12-19 18:00:00,北辰,0.00,1000.00,9.00,支付宝,提现,"

WECHATPAY = "wechatpay_fund_flow_v1"
WECHATPAY_NAME = "fundflow.BASIC.2018-12-19.csv"
WECHATPAY_HEADER = (
    "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),"
    "资金变更提交申请人,备注,业务凭证号"
)
SUMS = "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额"


def detail(
    *rows: str, header: str = ALIPAY_HEADER, paid: tuple[int, str], received: tuple[int, str]
) -> bytes:
    lines = [
        "#支付宝账务明细查询",
        "#账号：[20880010001000010156]",
        "#-----------------账务明细列表-----------------",
        header,
        *rows,
        "#-----------------账务明细列表结束-----------------,,,,",
        f"#支出合计：{paid[0]}笔，共{paid[1]}元",
        f"#收入合计：{received[0]}笔，共{received[1]}元",
        "#导出时间：[2018年12月20日 09:00:00]",
        "",
    ]
    return "\r\n".join(lines).encode("gb18030")


def account_zip(data: bytes) -> bytes:
    summary = "#支付宝账务汇总查询\r\n".encode("gb18030")
    return zipped({"a_账务汇总.csv": summary, "a_账务明细.csv": data})


def read_detail(folder: Path, data: bytes) -> Read:
    (part,) = read_all(folder, ALIPAY_NAME, account_zip(data), ALIPAY)
    return part


def entries(part: Read) -> list[tuple[str, int, str | None, date | None]]:
    return [
        (row["entry_ref"], row["amount_minor"], row["channel"], row["settle_date"])
        for row in part.rows
    ]


DAY = date(2018, 12, 19)
MOVEMENTS = [
    ("A1", 162500, "alipay", DAY),
    ("A2", -975, "alipay", DAY),
    ("A3", -100000, None, None),
]


def test_what_a_day_moved_is_signed_and_what_the_lender_withdrew_settles_nothing(
    tmp_path: Path,
) -> None:
    data = detail(RECEIVED, CHARGED, WITHDRAWN, paid=(2, "1009.75"), received=(1, "1,625.00"))
    part = read_detail(tmp_path, data)
    assert entries(part) == MOVEMENTS
    assert part.totals is None


@pytest.mark.parametrize(
    ("income", "expense"),
    [
        ("收入金额(+元)", "支出金额(-元)"),
        ("收入金额（元）", "支出金额（元）"),
        ("收入金额", "支出金额"),
    ],
)
def test_the_heads_of_money_are_known_in_every_spelling(
    tmp_path: Path, income: str, expense: str
) -> None:
    header = ALIPAY_HEADER.replace("收入金额（+元）", income).replace("支出金额（-元）", expense)
    newer = [f"{row},描述,DO1" for row in (RECEIVED, CHARGED, WITHDRAWN)]
    data = detail(
        *newer,
        header=f"{header},业务描述,业务基础订单号",
        paid=(2, "-1009.75"),
        received=(1, "1625.00"),
    )
    assert entries(read_detail(tmp_path, data)) == MOVEMENTS


def test_an_account_without_movements_is_read(tmp_path: Path) -> None:
    assert read_detail(tmp_path, detail(paid=(0, "0.00"), received=(0, "0.00"))).rows == []


def test_entries_that_do_not_add_up_to_the_totals_are_refused(tmp_path: Path) -> None:
    data = account_zip(detail(RECEIVED, CHARGED, paid=(1, "9.75"), received=(1, "1625.01")))
    fault = fault_of(tmp_path, ALIPAY_NAME, data, ALIPAY)
    assert (fault.code, fault.exit_code) == ("amount-other-than-declared", ExitCode.UNREADABLE)


def test_fewer_entries_than_the_totals_count_is_a_cut_file(tmp_path: Path) -> None:
    data = account_zip(detail(RECEIVED, paid=(1, "0.00"), received=(1, "1625.00")))
    fault = fault_of(tmp_path, ALIPAY_NAME, data, ALIPAY)
    assert (fault.code, fault.exit_code) == ("fewer-lines-than-declared", ExitCode.TRUNCATED)


def test_a_detail_without_its_totals_is_a_cut_file(tmp_path: Path) -> None:
    data = detail(RECEIVED, paid=(0, "0.00"), received=(1, "1625.00"))
    cut = account_zip(data[: data.index("#支出".encode("gb18030"))])
    fault = fault_of(tmp_path, ALIPAY_NAME, cut, ALIPAY)
    assert fault.exit_code == ExitCode.TRUNCATED


def fund_flow(*rows: str, sums: str) -> bytes:
    lines = [WECHATPAY_HEADER, *rows, SUMS, sums, ""]
    return "\r\n".join(lines).encode("utf-8-sig")


FLOWS = (
    "`2018-12-19 10:00:00,`42,`A1,`交易,`交易,`收入,`1625.00,`9.00,`system,`;一,二,`DO1",
    "`2018-12-19 10:00:00,`42,`A2,`扣费,`扣除交易手续费,`支出,`9.75,`9.00,`system,`,`DO1",
    "`2018-12-19 18:00:00,`W1,`A3,`提现,`提现,`支出,`1000.00,`9.00,`admin,`,`W1",
)


def test_a_fund_flow_is_signed_by_its_direction(tmp_path: Path) -> None:
    data = fund_flow(*FLOWS, sums="`3.0,`1.0,`1625.0,`2.0,`1009.75")
    (part,) = read_all(tmp_path, WECHATPAY_NAME, data, WECHATPAY)
    assert entries(part) == [(*move[:2], move[2] and "wechatpay", move[3]) for move in MOVEMENTS]


@pytest.mark.parametrize(
    ("sums", "exit_code"),
    [
        ("`4.0,`1.0,`1625.0,`3.0,`1009.75", ExitCode.TRUNCATED),
        ("`3.0,`1.0,`1625.0,`2.0,`1009.76", ExitCode.UNREADABLE),
    ],
)
def test_a_fund_flow_is_held_against_its_last_line(
    tmp_path: Path, sums: str, exit_code: ExitCode
) -> None:
    fault = fault_of(tmp_path, WECHATPAY_NAME, fund_flow(*FLOWS, sums=sums), WECHATPAY)
    assert fault.exit_code == exit_code


def test_a_fund_flow_of_an_empty_day_is_read(tmp_path: Path) -> None:
    data = fund_flow(sums="`0.0,`0.0,`0.0,`0.0,`0.0")
    (part,) = read_all(tmp_path, WECHATPAY_NAME, data, WECHATPAY)
    assert part.rows == []


def test_no_name_of_a_payer_is_loaded(tmp_path: Path) -> None:
    data = detail(RECEIVED, paid=(0, "0.00"), received=(1, "1625.00"))
    assert "刘" not in str(read_detail(tmp_path, data).rows)
