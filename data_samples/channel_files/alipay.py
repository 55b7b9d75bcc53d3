"""Alipay's zips of GBK texts: the trade bill, and the account detail in its two generations."""

from collections.abc import Sequence
from datetime import date

from archive import zipped

PARTNER = "20883021746605140156"
PACKED_ON = date(2019, 1, 2)

TRADE_COLUMNS = (
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,"
    "对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,"
    "商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,"
    "退款批次号/请求号,服务费（元）,分润（元）,备注"
)
TRADES = (
    "2019010122001400001\t,BC20190101101\t,交易    ,还款,2019-01-01 00:00:03,2019-01-01 00:00:05,"
    ',,,,刘*(138****0001),1625.00,"1,625.00",0.00,0.00,0.00,0.00,0.00,,0.00,0.00,,-9.75,0.00,',
    "2018122822001400077\t,BC20181228107\t,退款    ,还款,2019-01-01 09:10:00,2019-01-01 09:10:02,"
    ",,,,周*(138****0002),500.00,-25.00,0.00,0.00,0.00,0.00,0.00,,0.00,0.00,R20190101001\t,"
    '0.15,0.00,"多收, 退回"',
)

ACCOUNT_COLUMNS = (
    "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,"
    "账户余额（元）,交易渠道,业务类型,备注"
)
ENTRIES = (
    "90010001\t,2019010122001400001\t,BC20190101101\t,还款,2019-01-01 00:00:05,刘*,1625.00,0.00,"
    "11625.00,支付宝,在线支付,",
    "90010002\t,2019010122001400001\t,BC20190101101\t,还款,2019-01-01 00:00:05,,0.00,-9.75,"
    "11615.25,支付宝,收费,服务费",
    "90010003\t,R20190101001\t,BC20181228107\t,还款,2019-01-01 09:10:02,周*,0.00,-25.00,"
    "11590.25,支付宝,交易退款,",
    "90010004\t,R20190101001\t,BC20181228107\t,还款,2019-01-01 09:10:02,,0.15,0.00,"
    "11590.40,支付宝,退费,",
    "90010005\t,W20190101\t,,提现,2019-01-01 18:00:00,北辰小贷,0.00,-10000.00,1590.40,支付宝,提现,",
)

NEWER_ACCOUNT_COLUMNS = (
    "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额(+元),支出金额(-元),"
    "账户余额(元),交易渠道,业务类型,备注,业务描述,业务基础订单号"
)
# Here money that goes out is written without its minus.
NEWER_ENTRIES = (
    "90020001\t,2019010222001400002\t,BC20190102101\t,还款,2019-01-02 00:05:00,刘*,500.00,,"
    "2090.40,支付宝,在线支付,,消费,BC20190102101\t",
    "90020002\t,2019010222001400002\t,BC20190102101\t,还款,2019-01-02 00:05:00,,,3.00,"
    "2087.40,支付宝,收费,服务费,服务费,BC20190102101\t",
)


def text(title: str, day: date, columns: str, rows: Sequence[str], totals: Sequence[str]) -> bytes:
    """A bill in its frame of remark lines."""
    end = day.toordinal() + 1
    lines = [
        f"#支付宝{title}查询",
        f"#账号：[{PARTNER}]",
        f"#起始日期：[{day:%Y年%m月%d日} 00:00:00]"
        f"   终止日期：[{date.fromordinal(end):%Y年%m月%d日} 00:00:00]",
        f"#-----------------------------------------{title}列表----------------------------------",
        columns,
        *rows,
        f"#-----------------------------------------{title}列表结束------------------------------",
        *totals,
        f"#导出时间：[{date.fromordinal(end):%Y年%m月%d日} 09:00:00]",
        "",
    ]
    return "\r\n".join(lines).encode("gbk")


def account(day: date, columns: str, rows: Sequence[str], totals: Sequence[str]) -> bytes:
    """The zip of an account detail, with its summary, which is not read."""
    stem = f"{PARTNER}_{day:%Y%m%d}"
    summary = text(
        "账务汇总", day, "类型,收入笔数,收入金额（+元）,支出笔数,支出金额（-元）", (), ()
    )
    detail = text("账务明细", day, columns, rows, totals)
    return zipped({f"{stem}_账务汇总.csv": summary, f"{stem}_账务明细.csv": detail}, PACKED_ON)


def files() -> dict[str, bytes]:
    """Every file by its path below the delivery day."""
    stem = f"{PARTNER}_20190101"
    trade_totals = (
        "#交易合计：1笔，商家实收共1,625.00元，商家优惠共0.00元",
        "#退款合计：1笔，商家实收退款共-25.00元，商家优惠退款共0.00元",
    )
    trades = zipped(
        {
            f"{stem}_业务明细(汇总).csv": text("业务汇总", date(2019, 1, 1), "门店编号", (), ()),
            f"{stem}_业务明细.csv": text(
                "业务明细", date(2019, 1, 1), TRADE_COLUMNS, TRADES, trade_totals
            ),
        },
        PACKED_ON,
    )
    older_totals = ("#支出合计：3笔，共-10034.75元", "#收入合计：2笔，共1625.15元")
    newer_totals = ("#支出合计：1笔，共3.00元", "#收入合计：1笔，共500.00元")
    return {
        f"alipay/{stem}.csv.zip": trades,
        f"alipay_account/{stem}.csv.zip": account(
            date(2019, 1, 1), ACCOUNT_COLUMNS, ENTRIES, older_totals
        ),
        f"alipay_account/{PARTNER}_20190102.csv.zip": account(
            date(2019, 1, 2), NEWER_ACCOUNT_COLUMNS, NEWER_ENTRIES, newer_totals
        ),
    }
