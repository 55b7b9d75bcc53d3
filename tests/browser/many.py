"""A made-up day with as many breaks as wanted, as a table: categories, parties and amounts vary."""

import datetime as dt

import polars as pl
import pyarrow as pa

from tests.publish.made_up import BREAK_COLUMNS, COLUMNS, Row, rows_of

CATEGORIES = (
    ("debit_not_posted", "掉单", "critical", "platform"),
    ("duplicate_debit", "重复扣款", "critical", "channel"),
    ("posting_without_debit", "虚增入账", "high", "platform"),
    ("posted_late", "入账延迟", "medium", "platform"),
    ("funds_were_available", "余额充足仍扣款失败", "critical", "bank"),
    ("ambiguous", "无法唯一匹配", "medium", "undetermined"),
    ("wrongly_overdue", "误判逾期", "critical", "platform"),
)
CHANNELS = ("unionpay", "alipay", "wechatpay")
BANKS = ("ICBC", "CCB", "BOC", "CMB", "SPDB", "ABC", "PSBC")
REMEDIES = (
    "Post the debit to its loan and instalment with the debit's day as value date.",
    "Collect it in 4 debits of at most 5000.00 on 2018-12-20.",
)

CATALOGUE: list[Row] = [
    {
        "category": name,
        "category_zh": zh,
        "severity": severity,
        "family": "open_entries",
        "rank": rank,
    }
    for rank, (name, zh, severity, _) in enumerate(CATEGORIES)
]


def many_breaks(count: int) -> pa.Table:
    """That many breaks; break number n has the break_id `n` in sixteen digits."""
    number = pl.int_range(count)

    def turning(values: tuple[str, ...], step: int = 1) -> pl.Expr:
        words = pl.lit(pl.Series(values))
        return words.gather((number // step) % len(values))

    def column_of(place: int) -> pl.Expr:
        return turning(tuple(row[place] for row in CATEGORIES))

    text = number.cast(pl.String)
    frame = pl.DataFrame({"n": pl.int_range(count, eager=True)}).select(
        break_id=text.str.zfill(16),
        category=column_of(0),
        category_zh=column_of(1),
        severity=column_of(2),
        subject="debit:unionpay:" + text.str.zfill(12),
        lender=pl.lit("kakadai"),
        channel=turning(CHANNELS),
        bank_code=turning(BANKS, 3),
        borrower_ref="B" + text,
        loan_id="K" + text,
        instalment_no=number % 12 + 1,
        order_no="KKD20181218" + text.str.zfill(10),
        channel_ref="2018121822001001" + text.str.zfill(12),
        posting_id="P" + text,
        ledger_amount_minor=number * 7 % 500_000,
        channel_amount_minor=number * 13 % 500_000 + 100,
        difference_minor=number * 7 % 500_000 - number * 13 % 500_000 - 100,
        refund_minor=pl.when(number % 7 == 6).then(number % 20_000),
        currency=pl.lit("CNY"),
        happened_at=pl.lit(dt.datetime.fromisoformat("2018-12-18 08:00:00"))
        + pl.duration(seconds=number % 40_000),
        due_date=pl.lit(dt.date(2018, 12, 18)),
        open_since=pl.lit(dt.date(2018, 12, 18)),
        age_days=number % 45,
        cause=turning(("not_booked", "lender_recorded_failure", "tie"), 2),
        liable=column_of(3),
        proof=pl.when(number % 7 == 6).then(pl.lit("proven")),
        bureau_correction=pl.when(number % 70 == 6).then(pl.lit("1->N 2018-12")),
        stop_collection=number % 70 == 6,
        remedy=turning(REMEDIES),
        sources="2018-12-19/unionpay/settlement.2018-12-18.csv:"
        + text
        + ";2018-12-19/ledger/kakadai.postings.2018-12-18.csv:"
        + text,
    )
    return frame.to_arrow().select(list(BREAK_COLUMNS)).cast(pa.schema(BREAK_COLUMNS))


def control_of(count: int) -> pa.Table:
    """A control sheet with that many open debits among ten times as many."""
    entry: Row = {"scope": "channel", "name": "unionpay", "side": "debit", "ties": True}
    placed = {"in_transit": count // 50, "open": count, "excluded": count // 9, "rejected": 0}
    matched = count * 10 - sum(placed.values())
    counts = {"read": count * 10, "matched": matched, **placed}
    return rows_of(
        "control",
        {**entry, "measure": "rows", **counts},
        {**entry, "measure": "amount", **{name: 161_803 * each for name, each in counts.items()}},
    )


__all__ = ["CATALOGUE", "COLUMNS", "control_of", "many_breaks"]
