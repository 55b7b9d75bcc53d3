"""WeChat Pay's trade bill: backticks, 24 or 27 columns by name, totals in the last two lines."""

import csv
import gzip
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.reading.delivered import PUBLIC_EXAMPLES, Read, fault_of, read_all
from tieout.faults import ExitCode

FORMAT = "wechatpay_trade_v1"
NAME = "bill.ALL.2018-12-19.csv"
REAL_SAMPLE = PUBLIC_EXAMPLES / "wechat_bill/bill.ALL.csv"

HEADER = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
    "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,"
    "手续费,费率,订单金额,申请退款金额,费率备注"
)
COLUMNS = HEADER.split(",")
OLDER_COLUMNS = [
    {
        "应结订单金额": "总金额",
        "代金券金额": "企业红包金额",
        "充值券退款金额": "企业红包退款金额",
    }.get(name, name)
    for name in COLUMNS[:24]
]
PAYMENT = {
    "交易时间": "2018-12-19 10:00:00",
    "微信订单号": "4200000001",
    "商户订单号": "DO1",
    "用户标识": "oHkLxt_personal",
    "交易状态": "SUCCESS",
    "付款银行": "ICBC_DEBIT",
    "应结订单金额": "1625.00",
    "微信退款单号": "0",
    "退款金额": "0.00",
    "商品名称": "还款",
    "手续费": "9.75000",
}
REFUND = {
    **PAYMENT,
    "交易状态": "REFUND",
    "应结订单金额": "0.00",
    "微信退款单号": "5000000001",
    "退款金额": "25.00",
    "退款状态": "SUCCESS",
    "手续费": "-0.15000",
}
TOTAL_HEADER = (
    "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"
)
TOTALS = ("2.0", "1625.0", "25.00", "0.0", "9.60", "1625.0", "25.00")


def bill(
    *rows: dict[str, str],
    columns: Sequence[str] = COLUMNS,
    totals: Sequence[str] = TOTALS,
    cell: str = "`{}",
    mark: bytes = b"\xef\xbb\xbf",
) -> bytes:
    older = dict(zip(OLDER_COLUMNS, COLUMNS, strict=False))
    lines = [",".join(columns)]
    lines += [
        ",".join(cell.format(row.get(older.get(name, name), "")) for name in columns)
        for row in rows
    ]
    lines += [TOTAL_HEADER, ",".join(cell.format(figure) for figure in totals)]
    return mark + "".join(line + "\r\n" for line in lines).encode()


def read_bill(folder: Path, data: bytes, currency: str = "") -> Read:
    (part,) = read_all(folder, NAME, data, FORMAT, currency=currency)
    return part


def test_a_payment_and_its_refund_become_settlement_rows(tmp_path: Path) -> None:
    part = read_bill(tmp_path, bill(PAYMENT, REFUND))
    payment = {
        "line": 2,
        "channel_ref": "4200000001",
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
    assert part.rows == [
        payment,
        {
            **payment,
            "line": 3,
            "channel_ref": "5000000001",
            "kind": "refund",
            "original_ref": "4200000001",
            "amount_minor": 2500,
            "fee_minor": -15,
        },
    ]


def test_a_payment_in_another_currency_is_a_bad_line(tmp_path: Path) -> None:
    own, foreign = ({**PAYMENT, "货币种类": currency} for currency in ("CNY", "USD"))
    part = read_bill(tmp_path, bill(own, foreign, PAYMENT), currency="CNY")
    assert [row["line"] for row in part.rows] == [2, 4]
    assert ["currency" in reject["reason"] for reject in part.rejects] == [True]


def test_the_trailer_s_totals_are_read_as_decimals(tmp_path: Path) -> None:
    assert read_bill(tmp_path, bill(PAYMENT, REFUND)).totals == {
        "line": 4,
        "settle_date": date(2018, 12, 19),
        "debit_count": None,
        "debit_amount_minor": 162500,
        "refund_count": None,
        "refund_amount_minor": 2500,
        "fee_amount_minor": 960,
        "net_amount_minor": None,
        "line_count": 2,
        "lines_read": 2,
    }


def test_the_bill_of_24_columns_is_read_by_its_names(tmp_path: Path) -> None:
    newer = read_bill(tmp_path, bill(PAYMENT, REFUND))
    older = read_bill(tmp_path, bill(PAYMENT, REFUND, columns=OLDER_COLUMNS, totals=TOTALS[:5]))
    assert (older.rows, older.totals) == (newer.rows, newer.totals)


OF_REFUNDS = ("微信退款单号", "商户退款单号", "退款金额", "充值券退款金额", "退款类型", "退款状态")


def test_a_bill_of_payments_lacks_the_columns_of_refunds(tmp_path: Path) -> None:
    columns = [name for name in COLUMNS if name not in OF_REFUNDS]
    totals = ("1.0", "1625.0", "0.0", "0.0", "9.75", "1625.0", "0.0")
    part = read_bill(tmp_path, bill(PAYMENT, columns=columns, totals=totals))
    assert part.rows == read_bill(tmp_path, bill(PAYMENT, totals=totals)).rows
    assert part.rows[0]["kind"] == "debit"


def test_a_bill_of_refunds_tells_when_each_was_asked_for(tmp_path: Path) -> None:
    columns = [*COLUMNS[:14], "退款申请时间", "退款成功时间", *COLUMNS[14:]]
    refund = {**REFUND, "交易时间": "2018-12-01 09:00:00", "退款申请时间": "2018-12-19 11:00:00"}
    totals = ("1.0", "0.0", "25.00", "0.0", "-0.15", "0.0", "25.00")
    part = read_bill(tmp_path, bill(refund, columns=columns, totals=totals))
    assert part.rows[0]["happened_at"] == datetime(2018, 12, 19, 11)


@pytest.mark.parametrize(("cell", "mark"), [("`{}", b""), ('"`{}"', b""), ("{}", b"")])
def test_backticks_may_stand_alone_in_quotes_or_not_at_all(
    tmp_path: Path, cell: str, mark: bytes
) -> None:
    plain = read_bill(tmp_path, bill(PAYMENT, REFUND))
    other = read_bill(tmp_path, bill(PAYMENT, REFUND, cell=cell, mark=mark))
    assert (other.rows, other.totals) == (plain.rows, plain.totals)


def test_a_comma_or_a_quote_in_a_name_does_no_harm_between_backticks(tmp_path: Path) -> None:
    named = [{**PAYMENT, "商品名称": name} for name in ("一,二", '5" 屏', '"')]
    part = read_bill(tmp_path, bill(*named, totals=("3", *TOTALS[1:])))
    assert ([row["line"] for row in part.rows], part.rejects) == ([2, 3, 4], [])


@pytest.mark.parametrize(
    ("status", "outcome"),
    [("SUCCESS", "succeeded"), ("PROCESSING", "unknown"), ("FAIL", "failed")],
)
def test_the_state_of_a_refund_is_its_outcome(tmp_path: Path, status: str, outcome: str) -> None:
    part = read_bill(tmp_path, bill({**REFUND, "退款状态": status}, totals=("1", *TOTALS[1:])))
    assert part.rows[0]["outcome"] == outcome


def test_a_refund_written_negative_is_the_same_refund(tmp_path: Path) -> None:
    negative = {**REFUND, "退款金额": "-25.00", "应结订单金额": "-25.00"}
    part = read_bill(tmp_path, bill(PAYMENT, negative))
    assert part.rows[1]["amount_minor"] == 2500


def test_a_fee_that_is_no_whole_minor_unit_is_a_bad_line(tmp_path: Path) -> None:
    part = read_bill(tmp_path, bill(PAYMENT, {**PAYMENT, "手续费": "9.75100"}))
    assert [(reject["line"], reject["reason"]) for reject in part.rejects] == [
        (3, 'fee: found "9.75100", expected at most 2 decimals')
    ]
    assert "oHkLxt" not in part.rejects[0]["raw"]


def test_a_state_nobody_knows_is_a_bad_line(tmp_path: Path) -> None:
    part = read_bill(tmp_path, bill(PAYMENT, {**PAYMENT, "交易状态": "REVOKED"}))
    assert 'kind: found "REVOKED", expected one of SUCCESS, REFUND' in part.rejects[0]["reason"]


def test_a_day_without_trades_is_read(tmp_path: Path) -> None:
    part = read_bill(tmp_path, bill(totals=("0.0",) * 7))
    assert (part.rows, part.totals and part.totals["line_count"]) == ([], 0)


def test_a_gzipped_bill_is_read(tmp_path: Path) -> None:
    packed = gzip.compress(bill(PAYMENT, REFUND), mtime=0)
    (part,) = read_all(tmp_path, "bill.ALL.2018-12-19.csv.gz", packed, FORMAT)
    assert part.lines == 2


def test_a_bill_without_its_trailer_is_a_cut_file(tmp_path: Path) -> None:
    whole = bill(PAYMENT, REFUND)
    trailer = whole.index("总交易单数".encode())
    for cut in (whole[:trailer], whole[: trailer + 90], whole[: trailer - 40], b""):
        fault = fault_of(tmp_path, NAME, cut, FORMAT)
        assert fault.exit_code == ExitCode.TRUNCATED, fault.message()


def test_fewer_rows_than_the_trailer_declares_is_a_cut_file(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, NAME, bill(PAYMENT), FORMAT)
    assert (fault.code, fault.exit_code) == ("fewer-lines-than-declared", ExitCode.TRUNCATED)


def test_rows_after_the_trailer_are_not_lost_without_a_word(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, NAME, bill(PAYMENT, REFUND) + b"`2018-12-19 11:00:00,`x\r\n", FORMAT)
    assert (fault.code, fault.exit_code) == ("data-after-trailer", ExitCode.UNREADABLE)
    assert fault.where.endswith(":6")


def test_a_column_that_is_needed_must_be_there(tmp_path: Path) -> None:
    data = bill(PAYMENT, REFUND, columns=[name for name in COLUMNS if name != "手续费"])
    fault = fault_of(tmp_path, NAME, data, FORMAT)
    assert (fault.code, fault.exit_code) == ("columns-missing", ExitCode.UNREADABLE)
    assert "手续费" in fault.expected


def test_another_file_is_not_taken_for_a_bill(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, NAME, b"channel_ref,order_no\nR1,DO1\n", FORMAT)
    assert (fault.code, fault.exit_code) == ("header-not-found", ExitCode.UNREADABLE)


@pytest.mark.skipif(not REAL_SAMPLE.exists(), reason="the public example bill is not at hand")
def test_the_public_example_bill_ties(tmp_path: Path) -> None:
    part = read_bill(tmp_path, REAL_SAMPLE.read_bytes())
    kinds = [row["kind"] for row in part.rows]
    assert (part.lines, kinds.count("debit"), kinds.count("refund")) == (45, 31, 14)
    assert part.totals is not None
    assert part.totals["line_count"] == 45
    for kind in ("debit", "refund"):
        total = sum(row["amount_minor"] for row in part.rows if row["kind"] == kind)
        assert total == part.totals[f"{kind}_amount_minor"]
    assert sum(row["fee_minor"] for row in part.rows) == part.totals["fee_amount_minor"]
    cells = list(csv.reader(REAL_SAMPLE.read_text("utf-8-sig").splitlines()))[1:46]
    assert [row["fee_minor"] for row in part.rows] == [
        Decimal(line[22].strip("`")) * 100 for line in cells
    ]
