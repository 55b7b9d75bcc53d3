"""Baofoo, LianLian, Allinpay, YeePay and 99bill: blocks, free last cells, rows without header."""

from datetime import date, datetime
from pathlib import Path

import pytest

from tests.reading.delivered import Read, fault_of, read_all, zipped
from tieout.faults import ExitCode
from tieout.reading import blocks as blocks_module
from tieout.reading import load_formats

DAY = date(2018, 12, 19)


def text(*lines: str, encoding: str = "utf-8") -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode(encoding)


def read_one(folder: Path, name: str, data: bytes, format_name: str) -> Read:
    (part,) = read_all(folder, name, data, format_name)
    return part


# Baofoo

SUMMARY = "商户号|终端号|交易类型|交易子类型|总笔数|总金额|总手续费|清算时间"
FI = (
    "商户号|终端号|交易类型|交易子类型|宝付订单号|商户支付订单号|清算日期|订单状态|交易金额|手续费|"
    "宝付交易号|支付订单创建时间|商户退款订单号|退款订单创建时间"
)
FI_PERSONAL = "|付款人姓名|付款人证件号|付款卡号|付款人手机号|a|b|c|d|e|f|g"
PERSON = "|刘某某|510000199001011234|6222021001123456789|13800000001|||||||"
FI_PAID = "1|0|00104|00|B1|DO1|2018-12-19|1|1625.00|3.25|X1|2018-12-19 10:00:00||"
FI_BACK = (
    "1|0|00104|00|B1|DO1|2018-12-19|1|25.00|0.00|X2|2018-12-19 10:00:00|RF1|2018-12-19 12:00:00"
)
FO = (
    "商户号|终端号|交易类型|交易子类型|宝付订单号|商户支付订单号|商户批次号|清算日期|订单状态|交易金额|"
    "手续费|收款人账号|收款人姓名|宝付交易号|订单创建时间|退款订单创建时间"
)
FO_PAID = (
    "1|0|00105|00|B9|DK1|P1|2018-12-19|1|5000.00|2.00|6222021001123456789|刘某某|X9|"
    "2018-12-19 15:00:00|"
)
BAOFOO_NAME = "1_20181219.zip"


def summary(count: int, amount: str, fee: str = "3.25") -> str:
    return f"1|0|00104|00|{count}|{amount}|{fee}|2018-12-19"


def baofoo(*lines: str) -> bytes:
    return zipped({"1.txt": text(*lines)})


def test_both_blocks_of_a_collections_file_are_understood(tmp_path: Path) -> None:
    data = baofoo(SUMMARY, summary(1, "1625.00"), summary(1, "0.00", "0.00"), FI, FI_PAID, FI_BACK)
    part = read_one(tmp_path, BAOFOO_NAME, data, "baofoo_fi_v1")
    assert [row["line"] for row in part.rows] == [5, 6]
    assert [
        (row["channel_ref"], row["order_no"], row["kind"], row["original_ref"], row["happened_at"])
        for row in part.rows
    ] == [
        ("B1", "DO1", "debit", None, datetime(2018, 12, 19, 10)),
        ("RF1", "DO1", "refund", "B1", datetime(2018, 12, 19, 12)),
    ]
    assert part.totals is not None
    assert (part.totals["debit_amount_minor"], part.totals["fee_amount_minor"]) == (162500, 325)
    assert part.totals["line_count"] == 2


def test_the_collections_file_of_25_columns_is_read_without_its_personal_data(
    tmp_path: Path,
) -> None:
    short = baofoo(SUMMARY, summary(1, "1625.00"), FI, FI_PAID)
    long = baofoo(SUMMARY, summary(1, "1625.00"), FI + FI_PERSONAL, FI_PAID + PERSON)
    parts = [read_one(tmp_path, BAOFOO_NAME, data, "baofoo_fi_v1") for data in (short, long)]
    assert parts[0] == parts[1]


def test_a_day_without_collections_is_read(tmp_path: Path) -> None:
    for lead in ([SUMMARY], [SUMMARY, summary(0, "0.00", "0.00")], []):
        part = read_one(tmp_path, BAOFOO_NAME, baofoo(*lead, FI), "baofoo_fi_v1")
        assert part.rows == []


def test_a_collections_file_with_fewer_lines_than_its_summary_is_cut(tmp_path: Path) -> None:
    data = baofoo(SUMMARY, summary(2, "1625.00"), FI, FI_PAID)
    fault = fault_of(tmp_path, BAOFOO_NAME, data, "baofoo_fi_v1")
    assert (fault.code, fault.exit_code) == ("fewer-lines-than-declared", ExitCode.TRUNCATED)


def test_a_collection_that_did_not_succeed_is_a_bad_line(tmp_path: Path) -> None:
    failed = FI_PAID.replace("|1|1625.00", "|0|1625.00")
    data = baofoo(SUMMARY, summary(1, "1625.00"), FI, failed)
    part = read_one(tmp_path, BAOFOO_NAME, data, "baofoo_fi_v1")
    assert part.rejects[0]["reason"] == 'outcome: found "0", expected one of 1'


def test_a_bad_line_shows_no_personal_data(tmp_path: Path) -> None:
    data = baofoo(SUMMARY, summary(1, "1.00"), FI + FI_PERSONAL, "x" + FI_PAID + PERSON + "|more")
    part = read_one(tmp_path, BAOFOO_NAME, data, "baofoo_fi_v1")
    assert part.rejects[0]["reason"] == "found 26 cells, expected 25"
    assert "刘" not in str(part) and "13800000001" not in str(part) and "01011234" not in str(part)


def test_a_payout_is_money_that_leaves_the_balance_and_settles_nothing(tmp_path: Path) -> None:
    data = baofoo(SUMMARY, summary(1, "5000.00"), FO, FO_PAID)
    assert read_one(tmp_path, BAOFOO_NAME, data, "baofoo_fo_v1").rows == [
        {
            "line": 4,
            "entry_ref": "B9",
            "account": None,
            "booked_on": DAY,
            "amount_minor": -500000,
            "channel": None,
            "settle_date": None,
        }
    ]


def test_payouts_that_do_not_add_up_to_their_summary_are_refused(tmp_path: Path) -> None:
    data = baofoo(SUMMARY, summary(1, "5000.01"), FO, FO_PAID)
    fault = fault_of(tmp_path, BAOFOO_NAME, data, "baofoo_fo_v1")
    assert (fault.code, fault.exit_code) == ("amount-other-than-declared", ExitCode.UNREADABLE)


def test_payouts_are_not_taken_for_collections(tmp_path: Path) -> None:
    data = baofoo(SUMMARY, summary(1, "5000.00"), FO, FO_PAID)
    fault = fault_of(tmp_path, BAOFOO_NAME, data, "baofoo_fi_v1")
    assert (fault.code, fault.exit_code) == ("columns-missing", ExitCode.UNREADABLE)


# LianLian

JYMX = (
    "商户订单号,商户号,商户订单时间,商户业务编号,银通支付单号,银通账务日期,订单金额,商户收款标志,交易状态,"
    "更新时间,手续费,支付产品,支付方式,订单信息"
)
JYMX_NAME = "JYMX_2014_20181219.txt"


def jymx(
    order: str = "DO1", paybill: str = "L1", flag: str = "0", state: str = "0", info: str = "还款"
) -> str:
    return (
        f"{order},2014,20181219 09:00:00,1,{paybill},20181219,1625.00,{flag},{state},"
        f"20181219 10:00:00,3.25,API,快捷,{info}"
    )


def test_a_comma_or_a_quote_in_the_last_cell_does_no_harm(tmp_path: Path) -> None:
    rows = [jymx(), jymx(info='还款,"第3期'), jymx(info="a,b,c"), jymx(info='"')]
    part = read_one(tmp_path, JYMX_NAME, text(JYMX, *rows), "lianlian_jymx_v1")
    assert ([row["line"] for row in part.rows], part.rejects) == ([2, 3, 4, 5], [])
    assert len({str({**row, "line": 0}) for row in part.rows}) == 1


def test_the_numbers_of_a_lianlian_refund_are_swapped(tmp_path: Path) -> None:
    rows = [jymx(), jymx(order="RF1", paybill="DO1", flag="1", state="5")]
    part = read_one(tmp_path, JYMX_NAME, text(JYMX, *rows), "lianlian_jymx_v1")
    assert [(row["channel_ref"], row["order_no"], row["kind"]) for row in part.rows] == [
        ("L1", "DO1", "debit"),
        ("RF1", "DO1", "refund"),
    ]


def test_a_payment_by_the_merchant_is_no_collection(tmp_path: Path) -> None:
    part = read_one(tmp_path, JYMX_NAME, text(JYMX, jymx(flag="1")), "lianlian_jymx_v1")
    assert part.rejects[0]["reason"] == 'kind: found "0", expected one of 5'


def test_a_row_that_lacks_cells_is_a_bad_line(tmp_path: Path) -> None:
    data = text(JYMX, jymx().rsplit(",", 1)[0])
    part = read_one(tmp_path, JYMX_NAME, data, "lianlian_jymx_v1")
    assert part.rejects[0]["reason"] == "found 13 cells, expected 14"


def test_a_payout_that_came_back_is_money_that_comes_in(tmp_path: Path) -> None:
    header = JYMX.replace(",订单信息", ",收款方银行,收款方账号,收款方名称,订单信息")
    payee = "工商银行,6222021001123456789,刘某,放款,第1笔"
    rows = [jymx(info=payee), jymx(order="RF1", state="5", info=payee)]
    part = read_one(tmp_path, "FKMX_2014_20181219.txt", text(header, *rows), "lianlian_fkmx_v1")
    assert [(row["entry_ref"], row["amount_minor"], row["channel"]) for row in part.rows] == [
        ("L1", -162500, None),
        ("RF1", 162500, None),
    ]


# Allinpay

PDS_NAME = "PDS20060400000044520181219.txt"
STAMP = "20181219100000 20181219"
CARD = "6222021001123456789"


def pds(*rows: str, head: str = "") -> bytes:
    return text(head or f"PDSMK V200 {len(rows)} 1 0 0", *rows)


@pytest.mark.parametrize("name", [PDS_NAME, "PDS200604000000445_2018-12-19.txt.gz"])
def test_the_date_may_follow_the_merchant_s_digits_at_once(name: str) -> None:
    assert load_formats(None)["allinpay_pds_v1"].business_date(name) == DAY


@pytest.mark.parametrize(
    ("row", "code", "amount", "fee"),
    [
        (f"B1 0001 1 0000 162500 {CARD} {STAMP} U1", "0000", 162500, None),
        (f"B1 0001 1 0000 162500 {CARD} {STAMP} U1 325", "0000", 162500, 325),
        (f"B1 0001 1 0000 162500 {CARD} {STAMP}  325", "0000", 162500, 325),
        (f"B1 0001 1 0000 162500 {CARD} {STAMP} 10001", "0000", 162500, None),
        (f"B1 0001 1 0000 162500 {CARD} {STAMP} ", "0000", 162500, None),
        (f"B1 0001 1 0000 162500 {CARD} {STAMP}", "0000", 162500, None),
        (f"B1 0001 1  162500 {CARD} {STAMP} U1", None, 162500, None),
        (f"B1 0001 1 162500 {CARD} {STAMP} U1", None, 162500, None),
        (f"B1 0001 1 1625 {CARD} {STAMP} U1 3", None, 1625, 3),
        (f"B1 0001 1 0000 1625 {CARD} {STAMP} U1 200001 888001", "0000", 1625, None),
        (f"B1 0001 1 0000 1625 {CARD} {STAMP} U1 3 200001 888001", "0000", 1625, 3),
        (f"B1 0001 1 0000 1625 {CARD} {STAMP}  200001 888001", "0000", 1625, None),
    ],
)
def test_empty_fields_between_blanks_shift_nothing(
    tmp_path: Path, row: str, code: str | None, amount: int, fee: int | None
) -> None:
    (line,) = read_one(tmp_path, PDS_NAME, pds(row), "allinpay_pds_v1").rows
    assert (line["response_code"], line["amount_minor"], line["fee_minor"]) == (code, amount, fee)
    assert line["card_no"] == "622202******6789"
    assert (line["order_no"], line["settle_date"]) == ("B1/0001", DAY)


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("0000", "succeeded"),
        ("4000", "succeeded"),
        ("2000", "unknown"),
        ("0014", "unknown"),
        ("", "unknown"),
        ("3008", "failed"),
    ],
)
def test_each_line_has_its_own_final_state(tmp_path: Path, code: str, outcome: str) -> None:
    row = f"B1 0001 1 {code} 162500 {CARD} {STAMP} U1"
    assert read_one(tmp_path, PDS_NAME, pds(row), "allinpay_pds_v1").rows[0]["outcome"] == outcome


def test_payouts_count_as_lines_but_are_no_settlement(tmp_path: Path) -> None:
    rows = [f"B1 000{d} {d} 0000 162500 {CARD} {STAMP} U1" for d in (0, 1)]
    data = pds(*rows, head="PDSMK V200 1 162500 1 162500")
    assert [r["line"] for r in read_one(tmp_path, PDS_NAME, data, "allinpay_pds_v1").rows] == [3]


def test_a_line_of_another_shape_is_a_bad_line_shown_masked(tmp_path: Path) -> None:
    row = f"B1 0001 2 0000 162500 {CARD} {STAMP} U1"
    part = read_one(tmp_path, PDS_NAME, pds(row), "allinpay_pds_v1")
    assert (part.rows, part.lines, part.rejects[0]["line"]) == ([], 1, 2)
    assert CARD not in str(part.rejects)


def test_a_day_without_lines_is_read(tmp_path: Path) -> None:
    assert read_one(tmp_path, PDS_NAME, pds(), "allinpay_pds_v1").rows == []


@pytest.mark.parametrize(
    ("data", "exit_code"),
    [
        (pds(head="PDSMK V300 0 0 0 0"), ExitCode.UNREADABLE),
        (pds(f"B1 0001 1 0000 1 {CARD} {STAMP} U1", head="PDSMK V200 1 1 1 5"), ExitCode.TRUNCATED),
        (b"PDSMK V200 1", ExitCode.TRUNCATED),
        (b"", ExitCode.UNREADABLE),
    ],
)
def test_another_version_and_a_cut_file_are_refused(
    tmp_path: Path, data: bytes, exit_code: ExitCode
) -> None:
    assert fault_of(tmp_path, PDS_NAME, data, "allinpay_pds_v1").exit_code == exit_code


# YeePay

YEEPAY = "商户订单号,银行订单号,易宝订单号,订单金额,支付时间,商品名称,扩展信息,支付银行,分账明细"
YEEPAY_ROW = '{},K1,Y1,1625.00,2018-12-19 10:00:00,"还款,""3""期",""  ,ABC-NET,'


def test_badly_quoted_cells_behind_what_is_read_do_no_harm(tmp_path: Path) -> None:
    data = text(YEEPAY, YEEPAY_ROW.format("DO1"), YEEPAY_ROW.format("DO2"), encoding="gb18030")
    part = read_one(tmp_path, "yeepay_20181219.csv", data, "yeepay_trade_v1")
    assert [(row["order_no"], row["amount_minor"]) for row in part.rows] == [
        ("DO1", 162500),
        ("DO2", 162500),
    ]


FRAMED_NAME = "yeepay_20181219.txt"


def framed(*rows: str, tail: tuple[str, ...] = ("共2笔",)) -> bytes:
    return text("一", "二", YEEPAY, *rows, *tail, encoding="gb18030")


@pytest.mark.parametrize("block_bytes", [150, 200, 10_000])
@pytest.mark.parametrize("count", [0, 1, 3, 20])
def test_the_lines_around_framed_rows_are_no_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int, block_bytes: int
) -> None:
    monkeypatch.setattr(blocks_module, "BLOCK_BYTES", block_bytes)
    data = framed(*(YEEPAY_ROW.format(f"DO{number}") for number in range(count)))
    part = read_one(tmp_path, FRAMED_NAME, data, "yeepay_framed_v1")
    assert [row["line"] for row in part.rows] == list(range(4, 4 + count))


@pytest.mark.parametrize(
    "data", [framed(tail=()), framed(YEEPAY_ROW, tail=()), b"1\r\n2\r\n", b"1\r\n"]
)
def test_framed_rows_without_a_last_line_are_a_cut_file(tmp_path: Path, data: bytes) -> None:
    fault = fault_of(tmp_path, FRAMED_NAME, data, "yeepay_framed_v1")
    assert (fault.code, fault.exit_code) == ("file-cut-short", ExitCode.TRUNCATED)


# 99bill


def test_99bill_rows_are_read_by_the_place_of_their_cells(tmp_path: Path) -> None:
    row = (
        f'DO1,北辰,P1,一号,{CARD},I1,"1,625.00",-9.75,2018/12/9 9:00:00,2018/12/9 9:00:01,77,'
        "借记卡,成功,消费,接口,more"
    )
    data = text("列" + ",列" * 14, row, encoding="gb18030")
    (line,) = read_one(tmp_path, "k_20181219.csv", data, "kuaiqian_csv_v1").rows
    assert (line["order_no"], line["channel_ref"]) == ("DO1", "DO1/77")
    assert (line["amount_minor"], line["fee_minor"]) == (162500, 975)
    assert line["happened_at"] == datetime(2018, 12, 9, 9)
    assert (line["card_no"], line["kind"]) == ("622202******6789", "debit")


def test_barred_99bill_rows_of_fewer_than_thirty_cells_are_bad_lines(tmp_path: Path) -> None:
    cells = ["x"] * 30
    cells[5:9] = ["20181219100000", CARD, " 1,625.00 ", "退货"]
    cells[24] = "0.00"
    rows = ["|".join(cells), "|".join(cells[:29]), "|".join([*cells, "31"])]
    data = text("1", "2", "3", "4", *rows)
    part = read_one(tmp_path, "k_20181219.txt", data, "kuaiqian_text_v1")
    assert [(row["line"], row["kind"], row["amount_minor"]) for row in part.rows] == [
        (5, "refund", 162500),
        (7, "refund", 162500),
    ]
    assert part.rejects[0]["reason"] == "found 29 cells, expected 30"
