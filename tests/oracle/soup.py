"""Loans to which anything may happen: unlabelled tangles that only two evaluators can judge."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.oracle.rows import Instalment, Line, Loan, Order
from tests.oracle.world import CHANNELS, HOUR, SECOND, Books


def soup(books: Books) -> None:
    """Anything may happen, and much of it twice."""
    dice = books.random
    loan = books.loan(
        product=dice.choice((None, "cash")),
        bank_code=dice.choice(("ICBC", "CMB", "CCB")),
        card_type=dice.choice(("debit", "credit")),
        opened_on=books.days_ago(-1 if dice.random() < 0.03 else 200),
    )
    if dice.random() < 0.03:
        books.rows["loans", books.lender, books.start].remove(loan)
    if dice.random() < 0.15:
        changed = replace(loan, status=dice.choice(("closed", "closed", "locked")))
        books.file("loans", books.lender, books.days_ago(dice.randrange(-1, 5)), changed)
    dues = dice.choice(((60000,), (60000, 60000), (60000, 90000)))
    rows = [
        books.instalment(loan, books.days_ago(dice.randrange(-1, 8)), due, no=n)
        for n, due in enumerate(dues, start=1)
    ]
    channels = dice.sample(CHANNELS, 2)
    one_day = dice.randrange(8) if dice.random() < 0.3 else None
    orders = [
        soup_order(books, loan, dice.choice(rows), channels, one_day)
        for _ in range(dice.randrange(5))
    ]
    lines = [line for order in orders for line in soup_lines(books, order)]
    for _ in range(dice.randrange(4)):
        soup_posting(books, loan, rows, orders, lines, channels)
    for row in rows:
        if dice.random() < 0.3:
            changes = {"instalment_no": dice.choice((None, 9))} if dice.random() < 0.1 else {}
            books.charge(
                row,
                books.days_ago(dice.randrange(5)),
                dice.randrange(1, 20000),
                kind=dice.choice(("late_interest", "failed_debit_fee", "other")),
                status=dice.choice(("charged", "charged", "waived")),
                **changes,
            )
    if dice.random() < 0.4:
        due_days = (books.day - rows[0].due_date).days
        as_of = books.days_ago(dice.choice((0, 0, 1)))
        if dice.random() < 0.3:
            books.status(loan, as_of - timedelta(days=1), 1, collection_stage="reminder")
        past = (as_of - rows[0].due_date).days
        books.status(
            loan,
            as_of,
            max(0, past if dice.random() < 0.8 else due_days + 1),
            app_status=dice.choice(("overdue", "due", "paid")),
            collection_stage=dice.choice(("none", "phone", "legal")),
            **dice.choice(
                (
                    {},
                    {"bureau_status": "1", "bureau_reported_on": books.days_ago(2)},
                    {"bureau_status": "B", "bureau_reported_on": books.days_ago(2)},
                    {"bureau_status": "N", "bureau_reported_on": books.days_ago(2)},
                )
            ),
        )
    if dice.random() < 0.3:
        entries = sorted(
            (
                books.at(dice.randrange(8), dice.randrange(24), dice.randrange(60)),
                dice.choice((0, 59999, 60000, 95000)),
            )
            for _ in range(dice.randrange(1, 4))
        )
        card = dice.choice([loan.card_no, *(order.card_no for order in orders)])
        handed_in = replace(loan, card_no=card)
        books.statement(handed_in, entries, books.days_ago(dice.randrange(3)))


def tangle(books: Books) -> None:
    """Debits and postings of one loan that only amount, instalment and time can tell apart."""
    dice = books.random
    loan = books.loan()
    rows = [books.instalment(loan, books.days_ago(5), 120000, no=n) for n in (1, 2)]
    amounts = dice.choice(((10000,), (10000, 20000, 30000, 40000, 50000, 70000)))
    start = books.at(6, 0)
    for _ in range(dice.randrange(1, 6)):
        at = start + dice.choice((0, 1, 2, 3, 4, 6, 12, 30, 31)) * HOUR
        order = books.order(
            loan, dice.choice(rows), at, dice.choice(amounts), purpose="overdue",
            channel=dice.choice(("unionpay", "unionpay", "alipay")),
        )  # fmt: skip
        books.line(order, at)
    for _ in range(dice.randrange(1, 6)):
        at = start + dice.choice((0, 1, 2, 3, 4, 6, 12, 30, 31, 50, 99)) * HOUR
        channel = dice.choice(("unionpay", "unionpay", "alipay", None))
        books.post(
            loan, dice.choice((*rows, None)), at, dice.choice(amounts), channel=channel,
            order_no=None if channel else f"{loan.loan_id}?",
        )  # fmt: skip


def soup_order(
    books: Books, loan: Loan, row: Instalment, channels: list[str], one_day: int | None
) -> Order:
    dice = books.random
    days_ago = dice.randrange(-1, 8) if one_day is None else one_day
    amount = dice.choice((row.due, row.due, row.due, 30000, 20000, 40000, 0))
    status, code = dice.choice(
        (
            ("succeeded", "00"),
            ("succeeded", "00"),
            ("succeeded", "00"),
            ("failed", "64"),
            ("failed", "33"),
            ("failed", "74"),
            ("unknown", "03"),
        )
    )
    at = books.at(days_ago, dice.randrange(24), dice.choice((0, 0, 30)))
    named = row if dice.random() < 0.9 else None
    changes: dict[str, Any] = {}
    if dice.random() < 0.08:
        changes["card_no"] = dice.choice(
            (f"6333{loan.card_no[4:]}" if loan.card_no else None, None)
        )
    if named is not None and dice.random() < 0.03:
        changes["instalment_no"] = 9
    return books.order(
        loan,
        named,
        at,
        amount or 0,
        channel=dice.choice(channels),
        status=status,
        response_code=code,
        purpose=dice.choice(("instalment", "instalment", "overdue")) if named else "prepayment",
        **changes,
    )


def soup_lines(books: Books, order: Order) -> list[Line]:
    dice = books.random
    lines: list[Line] = []
    for _ in range(dice.choice((0, 1, 1, 1, 1, 1, 2))):
        outcome, code = dice.choice(
            (("succeeded", "00"), ("succeeded", "00"), ("succeeded", "75"), ("failed", "64"))
            if order.status != "succeeded"
            else (("succeeded", "00"),) * 8 + (("failed", "64"), ("unknown", "03"))
        )
        at = order.requested_at + dice.choice((2, 60, 3600)) * SECOND
        if dice.random() < 0.1:
            at += timedelta(days=1)
        line = books.line(
            order,
            at,
            outcome=outcome,
            response_code=code,
            order_no=None if dice.random() < 0.05 else order.order_no,
            file_day=at.date() + timedelta(days=dice.choice((-1, 2)))
            if dice.random() < 0.06
            else None,
            channel_ref=lines[-1].channel_ref
            if lines and dice.random() < 0.2
            else books.number(order.loan_id, "R"),
        )
        lines.append(line)
        while outcome == "succeeded" and order.amount and dice.random() < 0.2:
            books.refund(
                order,
                line,
                at + dice.choice((-HOUR, HOUR, HOUR, 20 * HOUR, 40 * HOUR)),
                dice.choice((order.amount, order.amount, order.amount + 5000, 10000)),
                kind=dice.choice(("refund", "reversal")),
                original_ref=dice.choice((line.channel_ref, line.channel_ref, None, "nobody's")),
                order_no=dice.choice((order.order_no, order.order_no, None)),
                outcome=dice.choice(("succeeded",) * 9 + ("failed", "unknown")),
            )
    return lines


def soup_posting(
    books: Books,
    loan: Loan,
    rows: list[Instalment],
    orders: list[Order],
    lines: list[Line],
    channels: list[str],
) -> None:
    dice = books.random
    row = dice.choice(rows)
    named = row if dice.random() < 0.8 else None
    at = books.at(dice.randrange(8), dice.randrange(24))
    amount, order_no, channel = int(row.due), None, dice.choice(channels)
    if lines and dice.random() < 0.8:
        line = dice.choice(lines)
        at = line.happened_at + dice.choice((0, 60, 3600, 86400, 100000)) * SECOND
        order = next((order for order in orders if order.order_no == line.order_no), None)
        amount = int(line.amount) or 5
        if order is not None:
            channel = order.channel
        if dice.random() < 0.5:
            order_no = line.order_no
    if dice.random() < 0.1:
        amount = dice.choice((30000, 60000, 59999))
    named_channel: str | None = channel
    if dice.random() < 0.05:
        named_channel = dice.choice(channels)
    if order_no is not None and dice.random() < 0.4:
        named_channel = None
    if dice.random() < 0.08:
        named_channel, order_no = None, None
    posting = books.post(
        loan,
        named,
        at,
        amount,
        order_no=order_no,
        channel=named_channel,
        value_date=at.date() + timedelta(days=dice.choice((0, 0, 0, 1, -1))),
    )
    if dice.random() < 0.08:
        books.post(
            loan,
            named,
            at + HOUR,
            amount,
            kind="reversal",
            reverses=posting.posting_id,
            order_no=order_no,
            channel=named_channel,
        )
