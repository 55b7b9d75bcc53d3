"""WeChat Pay's bills: every value behind a backtick, totals in the last two lines."""

import gzip
from collections.abc import Mapping, Sequence

HEADER = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,"
    "付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,"
    "退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注"
)
ALL = HEADER.split(",")
OLDER_NAMES = {
    "应结订单金额": "总金额",
    "代金券金额": "企业红包金额",
    "充值券退款金额": "企业红包退款金额",
}
OLDER = [OLDER_NAMES.get(name, name) for name in ALL[:24]]
OF_REFUNDS = {
    *("微信退款单号", "商户退款单号", "退款金额", "充值券退款金额"),
    *("退款类型", "退款状态", "申请退款金额"),
}
SUCCESS = [name for name in ALL if name not in OF_REFUNDS]
REFUND = [*ALL[:14], "退款申请时间", "退款成功时间", *ALL[14:]]

PAID = {
    "交易时间": "2019-01-01 00:10:00",
    "公众账号ID": "wx0f5e1d2c3b4a5968",
    "商户号": "1500000001",
    "特约商户号": "0",
    "微信订单号": "4200000201201901010000000001",
    "商户订单号": "BC20190101201",
    "用户标识": "oX0000000000000000000000001",
    "交易类型": "PAP",
    "交易状态": "SUCCESS",
    "付款银行": "ICBC_DEBIT",
    "货币种类": "CNY",
    "应结订单金额": "1625.00",
    "代金券金额": "0.00",
    "微信退款单号": "0",
    "商户退款单号": "0",
    "退款金额": "0.00",
    "充值券退款金额": "0.00",
    "商品名称": "还款,第3期",
    "手续费": "9.75000",
    "费率": "0.60%",
    "订单金额": "1625.00",
    "申请退款金额": "0.00",
}
GIVEN_BACK = {
    **PAID,
    "交易时间": "2019-01-01 10:00:00",
    "退款申请时间": "2019-01-01 10:00:00",
    "退款成功时间": "2019-01-01 10:05:00",
    "微信订单号": "4200000201201812280000000009",
    "商户订单号": "BC20181228209",
    "交易状态": "REFUND",
    "应结订单金额": "0.00",
    "微信退款单号": "50000009012019010100000001",
    "商户退款单号": "BCRF20190101201",
    "退款金额": "25.00",
    "退款类型": "ORIGINAL",
    "退款状态": "SUCCESS",
    "手续费": "-0.15000",
    "订单金额": "0.00",
    "申请退款金额": "25.00",
}
TOTALS = (
    "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"
)

FLOW = (
    "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),"
    "资金变更提交申请人,备注,业务凭证号"
)
FLOWS = (
    "2019-01-01 00:10:00,4200000201201901010000000001,1900001,交易,交易,收入,1625.00,11625.00,"
    "system,微信支付,BC20190101201",
    "2019-01-01 00:10:00,4200000201201901010000000001,1900002,扣除交易手续费,扣除交易手续费,支出,"
    "9.75,11615.25,system,结算总金额 1625.00 元;费率 0.60%,BC20190101201",
    "2019-01-01 10:00:00,4200000201201812280000000009,1900003,退款,退款,支出,24.85,11590.40,"
    "1500000001API,退款总金额25.00元;含手续费0.15元,BCRF20190101201",
    "2019-01-01 18:00:00,1900004,1900004,提现,提现,支出,10000.00,1590.40,admin,自动提现,W1",
)
FLOW_TOTALS = "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额"


def bill(header: str, rows: Sequence[Sequence[str]], totals: str, sums: Sequence[str]) -> bytes:
    """A bill with its byte order mark."""
    lines = [header, *(",".join(f"`{cell}" for cell in row) for row in rows), totals]
    lines += [",".join(f"`{cell}" for cell in sums), ""]
    return "\r\n".join(lines).encode("utf-8-sig")


def trades(columns: Sequence[str], rows: Sequence[Mapping[str, str]], *sums: str) -> bytes:
    """A trade bill with these columns."""
    newer = {older: name for name, older in OLDER_NAMES.items()}
    cells = [[row.get(newer.get(name, name), "") for name in columns] for row in rows]
    totals = ",".join(TOTALS.split(",")[: len(sums)])
    return bill(",".join(columns), cells, totals, sums)


def files() -> dict[str, bytes]:
    """Every file by its path below the delivery day."""
    both = ("2.0", "1625.0", "25.00", "0.0", "9.60", "1625.0", "25.00")
    flows = bill(
        FLOW,
        [row.split(",") for row in FLOWS],
        FLOW_TOTALS,
        ("4.0", "1.0", "1625.00", "3.0", "10034.60"),
    )
    return {
        "wechatpay/bill.ALL.2019-01-01.csv": trades(ALL, (PAID, GIVEN_BACK), *both),
        "wechatpay/bill.ALL.24.2019-01-01.csv": trades(OLDER, (PAID, GIVEN_BACK), *both[:5]),
        "wechatpay/bill.SUCCESS.2019-01-01.csv": trades(
            SUCCESS, (PAID,), "1.0", "1625.0", "0.0", "0.0", "9.75", "1625.0", "0.0"
        ),
        "wechatpay/bill.REFUND.2019-01-01.csv": trades(
            REFUND, (GIVEN_BACK,), "1.0", "0.0", "25.00", "0.0", "-0.15", "0.0", "25.00"
        ),
        "wechatpay_fund_flow/fundflow.BASIC.2019-01-01.csv.gz": gzip.compress(flows, mtime=0),
    }
