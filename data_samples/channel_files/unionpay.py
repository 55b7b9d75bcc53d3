"""UnionPay's daily zip: ZM transactions and ZME disputes in fixed-width GBK, RD printed totals."""

from collections.abc import Mapping, Sequence
from datetime import date

from archive import zipped

MERCHANT = "802310048993424"
SETTLE_DATE = date(2019, 1, 1)

ZM_WIDTHS = (
    *(3, 11, 11, 6, 10, 19, 12, 4, 2, 21, 2, 32, 2, 6, 10, 13, 13, 4, 15, 2, 2),
    *(6, 2, 4, 32, 1, 21, 15, 1, 15, 32, 13, 13, 8, 32, 13, 13, 12, 2, 1, 32, 98),
)
# Field numbers and their texts. The clearing day begins at 23:00 of the old year.
ZM_RECORDS = (
    {
        1: "S56",
        4: "004980",
        5: "1231230507",
        6: "622700*********1234",
        7: "000000162500",
        10: "201812312305070049808",
        12: "BC20181231001",
        13: "01",
        16: "D000000000975",
        17: "C000000161525",
        20: "11",
        21: "02",
        22: "000501",
        28: MERCHANT,
        31: "北辰小贷还款服务中心甲",
        33: "C000000161525",
    },
    {
        1: "S56",
        4: "004981",
        5: "0101100000",
        6: "6222021001123456789",
        7: "000000050000",
        10: "201901011000000049818",
        12: "BC20190101002",
        13: "01",
        16: "D000000000300",
        17: "C000000049700",
        20: "01",
        22: "000201",
        28: MERCHANT,
        31: "北辰小贷",
        32: " 000000000000",
        33: "C000000049700",
    },
    {
        1: "S30",
        4: "004990",
        5: "0101113000",
        6: "6222021001123456789",
        7: "000000002500",
        10: "201901011130000049908",
        12: "BCRF20190101001",
        13: "01",
        14: "004801",
        15: "1228090000",
        16: "C000000000015",
        17: "D000000002485",
        20: "04",
        27: "201812280900000048018",
        28: MERCHANT,
        41: "BC20181228009",
        33: "D000000002485",
    },
)

ZME_WIDTHS = (*(3, 11, 11, 6, 10, 19, 12, 4, 2, 2, 6, 10, 4, 12, 13, 13, 15, 15, 1, 12, 2, 135),)
# A debit of November is charged back by the borrower's bank.
ZME_RECORDS = (
    {
        1: "E23",
        4: "005021",
        5: "0101143000",
        6: "6222021001123456789",
        7: "000000080000",
        11: "003377",
        12: "1120091500",
        13: "1120",
        14: "000000080000",
        15: "C000000000480",
        16: "D000000079520",
        18: MERCHANT,
    },
)


def record(widths: Sequence[int], fields: Mapping[int, str]) -> bytes:
    """One record; a Chinese name too long for its field is cut at its bytes, whole characters."""
    cells = []
    for number, width in enumerate(widths, start=1):
        cut = fields.get(number, "").encode("gbk")[:width].decode("gbk", errors="ignore")
        cells.append(cut.encode("gbk").ljust(width))
    return b" ".join(cells) + b"\r\n"


def report(rows: Sequence[str]) -> bytes:
    """The printed report."""
    head = "笔数 | 金额借 | 金额贷 | 费用借 | 费用贷 | 资金清算差额借 | 资金清算差额贷"
    lines = [
        "                    中国银联全渠道商户交易汇总表",
        f"商户代码：{MERCHANT}        清算币种：人民币",
        "收单机构：00049993               清算日期：2019-01-01",
        "商户名称：北辰小贷                 生成日期：2019-01-02",
        f"交易类型 | {head}",
        *rows,
        f"卡性质 | {head}",
        "借记卡 | 4 | 825.00 | 2,125.00 | 12.75 | 4.95 | 820.05 | 2,112.25",
        "总计 | 4 | 825.00 | 2,125.00 | 12.75 | 4.95 | 820.05 | 2,112.25",
        "",
    ]
    return "\r\n".join(lines).encode("gbk")


def files() -> dict[str, bytes]:
    """Every file by its path below the delivery day."""
    members = {
        f"INN19010188ZM_{MERCHANT}": b"".join(record(ZM_WIDTHS, each) for each in ZM_RECORDS),
        f"INN19010188ZME_{MERCHANT}": b"".join(record(ZME_WIDTHS, each) for each in ZME_RECORDS),
        f"RD201019010101_{MERCHANT}": report(
            [
                "消费 | 1 | 0.00 | 500.00 | 3.00 | 0.00 | 0.00 | 497.00",
                "代收 | 1 | 0.00 | 1,625.00 | 9.75 | 0.00 | 0.00 | 1,615.25",
                "退货 | 1 | 25.00 | 0.00 | 0.00 | 0.15 | 24.85 | 0.00",
                "退款 | 1 | 800.00 | 0.00 | 0.00 | 4.80 | 795.20 | 0.00",
                "总计 | 4 | 825.00 | 2,125.00 | 12.75 | 4.95 | 820.05 | 2,112.25",
            ]
        ),
    }
    return {f"unionpay/{MERCHANT}_20190101.zip": zipped(members, date(2019, 1, 2))}
