"""The three channels' own file layouts, written byte for byte.

UnionPay full-channel ZM and RD, Alipay business detail, WeChat Pay trade bill. Archives
are stored, not deflated, and carry fixed times, so that the same story is the same bytes
on every machine.
"""

import io
import zipfile
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from ledger_book import Line, yuan

UNIONPAY_MERCHANT = "802440048160001"
ALIPAY_PARTNER = "2088731945620188"
WECHATPAY_MERCHANT = "1512800301"
WECHATPAY_APP = "wx5f1d0c2b7a9e4836"

ZM_WIDTHS = (
    *(3, 11, 11, 6, 10, 19, 12, 4, 2, 21, 2, 32, 2, 6, 10, 13, 13, 4, 15, 2, 2),
    *(6, 2, 4, 32, 1, 21, 15, 1, 15, 32, 13, 13, 8, 32, 13, 13, 12, 2, 1, 32, 98),
)

OWNERS = ("陈伟", "王芳", "李强", "赵敏", "周洋", "吴磊", "孙丽", "马超")


def channel_ref(line: Line) -> str:
    """The channel's own number of an event."""
    if line.channel == "unionpay":
        return f"{line.happened_at:%Y%m%d%H%M%S}{trace_no(line)}8"
    if line.channel == "alipay":
        paid = line.original or line
        return (
            f"{paid.happened_at:%Y%m%d}22001{int(paid.order.loan.loan_id[1:]):06d}{paid.number:09d}"
        )
    prefix = "50000" if line.kind == "refund" else "42000"
    return f"{prefix}00{line.number % 97:02d}{line.happened_at:%Y%m%d}{line.number * 65537:011d}"


def trace_no(line: Line) -> str:
    """UnionPay's 系统跟踪号."""
    return f"{100000 + line.number * 331:06d}"


def masked(card_no: str) -> str:
    """First six and last four digits of a card number."""
    return f"{card_no[:6]}******{card_no[-4:]}"


def signed_fen(amount: int) -> str:
    """UnionPay's X+n12: C the merchant receives, D the merchant pays."""
    return f"{'D' if amount < 0 else 'C'}{abs(amount):012d}"


def archive(members: Iterable[tuple[bytes, bytes]], made_on: date) -> bytes:
    """A stored zip whose member names keep the bytes given, with no UTF-8 flag."""
    renamed = []
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as out:
        for number, (name, content) in enumerate(members):
            stand_in = f"member{number}".ljust(len(name), "_")[: len(name)]
            info = zipfile.ZipInfo(stand_in, (made_on.year, made_on.month, made_on.day, 8, 0, 0))
            info.create_system = 3
            info.external_attr = 0o644 << 16
            out.writestr(info, content)
            renamed.append((stand_in.encode("ascii"), name))
    data = buffer.getvalue()
    for stand_in_bytes, name in renamed:
        data = data.replace(stand_in_bytes, name)
    return data


def zm_record(line: Line) -> bytes:
    """One 607-byte ZM record, without its line end."""
    gross = line.amount if line.kind == "debit" else -line.amount
    net = gross - line.fee
    original = line.original
    fields = [
        "S56" if line.kind == "debit" else "S31",
        "00049993",
        "00049993",
        trace_no(line),
        f"{line.happened_at:%m%d%H%M%S}",
        masked(line.order.loan.card_no),
        f"{line.amount:012d}",
        "6012",
        "07",
        channel_ref(line),
        "",
        line.order.order_no if original is None else f"RV{line.order.order_no[3:]}",
        "01",
        trace_no(original) if original else "",
        f"{original.happened_at:%m%d%H%M%S}" if original else "",
        signed_fen(-line.fee),
        signed_fen(net),
        "0501",
        "",
        "11" if line.kind == "debit" else "31",
        "02" if line.kind == "debit" else "00",
        "000501",
        "01",
        "",
        "",
        "0",
        channel_ref(original) if original else "",
        UNIONPAY_MERCHANT,
        "",
        "",
        "",
        " " + "0" * 12,
        signed_fen(net),
        "00000001",
        "",
        " " + "0" * 12,
        " " + "0" * 12,
        " " + "0" * 11,
        "00",
        "0",
        original.order.order_no if original else "",
        "",
    ]
    cells = [text.encode("gbk").ljust(width) for text, width in zip(fields, ZM_WIDTHS, strict=True)]
    for cell, width in zip(cells, ZM_WIDTHS, strict=True):
        assert len(cell) == width, (cell, width)
    return b" ".join(cells)


def unionpay_totals(lines: list[Line], settle_date: date) -> bytes:
    """The RD member: totals as printed, per transaction type and per kind of card."""

    def row(title: str, members: list[Line]) -> str:
        received = sum(line.amount for line in members if line.kind == "debit")
        returned = sum(line.amount for line in members if line.kind != "debit")
        fees = sum(line.fee for line in members)
        net = received - returned - fees
        cells = (
            str(len(members)),
            yuan(returned),
            yuan(received),
            yuan(fees),
            yuan(0),
            yuan(max(-net, 0)),
            yuan(max(net, 0)),
        )
        width = 12 - len(title)
        return title + " " * width + "".join(f"{cell:>16}" for cell in cells)

    debits = [line for line in lines if line.kind == "debit"]
    reversals = [line for line in lines if line.kind == "reversal"]
    head = "".join(
        f"{title:>12}"
        for title in ("笔数", "金额借", "金额贷", "费用借", "费用贷", "清算差额借", "清算差额贷")
    )
    printed_on = settle_date + timedelta(days=1)
    text = [
        "                         中国银联全渠道商户交易汇总表",
        "",
        f"商户代码：{UNIONPAY_MERCHANT}                清算币种：人民币",
        f"收单机构：00049993                       清算日期：{settle_date:%Y-%m-%d}",
        f"商户名称：卡卡贷                           生成日期：{printed_on:%Y-%m-%d}",
        "",
        f"交易类型{head}",
        row("代收", debits),
        row("消费撤销", reversals),
        row("总计", lines),
        "",
        f"卡性质{head}",
        row("借记卡", lines),
        row("贷记卡", []),
        row("准贷记卡", []),
        row("其他卡", []),
        row("总计", lines),
        "",
    ]
    return "\r\n".join(text).encode("gbk")


def unionpay(lines: list[Line], settle_date: date) -> tuple[str, bytes]:
    """Name and bytes of the daily zip."""
    records = b"".join(zm_record(line) + b"\r\n" for line in lines)
    members = [
        (f"INN{settle_date:%y%m%d}88ZM_{UNIONPAY_MERCHANT}".encode(), records),
        (
            f"RD2010{settle_date:%y%m%d}01_{UNIONPAY_MERCHANT}".encode(),
            unionpay_totals(lines, settle_date),
        ),
    ]
    name = f"{UNIONPAY_MERCHANT}_{settle_date:%Y%m%d}.zip"
    return name, archive(members, settle_date + timedelta(days=1))


ALIPAY_COLUMNS = (
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,"
    "对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,"
    "商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,"
    "退款批次号/请求号,服务费（元）,分润（元）,备注"
)


def alipay_row(line: Line) -> str:
    """One line of 业务明细."""
    refund = line.kind == "refund"
    amount = yuan(-line.amount if refund else line.amount)
    number = int(line.order.loan.loan_id[1:])
    cells = [
        f"{channel_ref(line)}\t",
        f"{line.order.order_no}\t",
        "退款" if refund else "交易",
        "卡卡贷还款",
        f"{line.happened_at:%Y-%m-%d %H:%M:%S}",
        f"{line.happened_at:%Y-%m-%d %H:%M:%S}",
        "",
        "",
        "",
        "",
        f"*{OWNERS[number % len(OWNERS)][1:]}(138****{number % 10000:04d})",
        amount,
        amount,
        *["0.00"] * 5,
        "",
        "0.00",
        "0.00",
        f"RF{line.order.order_no[3:]}\t" if refund else "",
        yuan(-line.fee),
        "0.00",
        "代收" if not refund else "协商退款",
    ]
    return ",".join(cells)


def alipay(lines: list[Line], settle_date: date) -> tuple[str, bytes]:
    """Name and bytes of the daily zip: detail and summary, GBK names and text."""
    debits = [line for line in lines if line.kind == "debit"]
    refunds = [line for line in lines if line.kind == "refund"]
    taken = sum(line.amount for line in debits)
    returned = sum(line.amount for line in refunds)
    fees = sum(line.fee for line in lines)
    end = settle_date + timedelta(days=1)
    lead = [
        f"#账号：[{ALIPAY_PARTNER}0156]",
        f"#起始日期：[{settle_date:%Y年%m月%d日} 00:00:00]"
        f"   终止日期：[{end:%Y年%m月%d日} 00:00:00]",
    ]
    detail = [
        "#支付宝业务明细查询",
        *lead,
        "#-----------------------------------------业务明细列表----------------------------------------",
        ALIPAY_COLUMNS,
        *(alipay_row(line) for line in lines),
        "#-----------------------------------------业务明细列表结束------------------------------------",
        f"#交易合计：{len(debits)}笔，商家实收共{yuan(taken)}元，商家优惠共0.00元",
        f"#退款合计：{len(refunds)}笔，商家实收退款共{yuan(-returned)}元，商家优惠退款共0.00元",
        f"#导出时间：[{end:%Y年%m月%d日} 09:12:30]",
        "",
    ]
    received = yuan(taken - returned)
    summary_row = [
        "合计",
        "",
        str(len(debits)),
        str(len(refunds)),
        received,
        received,
        "0.00",
        "0.00",
        "0.00",
        yuan(-fees),
        "0.00",
        yuan(taken - returned - fees),
    ]
    summary = [
        "#支付宝业务汇总查询",
        *lead,
        "#-----------------------------------------业务汇总列表----------------------------------------",
        "门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,"
        "商家优惠（元）,卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）",
        ",".join(summary_row),
        "#-----------------------------------------业务汇总列表结束------------------------------------",
        f"#导出时间：[{end:%Y年%m月%d日} 09:12:30]",
        "",
    ]
    stem = f"{ALIPAY_PARTNER}0156_{settle_date:%Y%m%d}"
    members = [
        (f"{stem}_业务明细(汇总).csv".encode("gbk"), "\r\n".join(summary).encode("gbk")),
        (f"{stem}_业务明细.csv".encode("gbk"), "\r\n".join(detail).encode("gbk")),
    ]
    return f"{stem}.csv.zip", archive(members, end)


WECHATPAY_COLUMNS = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,"
    "付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,"
    "退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注"
)


def wechatpay_row(line: Line) -> str:
    """One line of the trade bill, each value behind a backtick."""
    refund = line.kind == "refund"
    paid = line.original or line
    cells = [
        f"{line.happened_at:%Y-%m-%d %H:%M:%S}",
        WECHATPAY_APP,
        WECHATPAY_MERCHANT,
        "0",
        "",
        channel_ref(paid),
        line.order.order_no,
        f"oKkd0t{int(line.order.loan.loan_id[1:]) * 7919 % 10**9:09d}QxZ",
        "PAP",
        "REFUND" if refund else "SUCCESS",
        f"{line.order.loan.bank_code}_DEBIT",
        "CNY",
        "0.00" if refund else yuan(line.amount),
        "0.00",
        channel_ref(line) if refund else "0",
        f"RF{line.order.order_no[3:]}" if refund else "0",
        yuan(line.amount) if refund else "0.00",
        "0.00",
        "ORIGINAL" if refund else "",
        "SUCCESS" if refund else "",
        "卡卡贷还款",
        "",
        f"{yuan(line.fee)}000",
        "0.60%",
        "0.00" if refund else yuan(line.amount),
        yuan(line.amount) if refund else "0.00",
        "",
    ]
    return ",".join(f"`{cell}" for cell in cells)


def wechatpay(lines: list[Line], settle_date: date) -> tuple[str, bytes]:
    """Name and bytes of the daily trade bill."""
    taken = yuan(sum(line.amount for line in lines if line.kind == "debit"))
    returned = yuan(sum(line.amount for line in lines if line.kind == "refund"))
    fees = Decimal(sum(line.fee for line in lines)).scaleb(-2)
    values = (f"{len(lines)}.0", taken, returned, "0.0", f"{fees:.2f}", taken, returned)
    text = [
        WECHATPAY_COLUMNS,
        *(wechatpay_row(line) for line in lines),
        "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额",
        ",".join(f"`{value}" for value in values),
        "",
    ]
    name = f"wechatpay.trade.{settle_date:%Y-%m-%d}.csv"
    return name, "\r\n".join(text).encode("utf-8-sig")
