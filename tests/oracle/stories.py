"""What happens to one loan: every fault and every harmless look-alike of the contract.

A told story labels exactly the breaks that its loan must show on the world's business date.
Days are counted back from the business date: `at(2, 10)` is ten o'clock two days before it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.oracle.rows import Instalment, Line, Loan, Order, Posting, Settings
from tests.oracle.soup import soup, tangle
from tests.oracle.world import CHANNELS, HOUR, LENDERS, SECOND, Books, money

Story = Callable[[Books, Settings], None]
TOLD: list[Story] = []


def told(story: Story) -> Story:
    """Register a story whose labels are complete."""
    TOLD.append(story)
    return story


def tell(books: Books, settings: Settings, *, calm: bool) -> None:
    """Tell one story: mostly quiet ones, some faults, and (unless calm) some soup."""
    roll = books.random.random()
    if roll < 0.25:
        quiet(books, settings)
    elif roll < 0.8 or calm:
        books.random.choice(TOLD)(books, settings)
    else:
        books.random.choice((soup, soup, soup, tangle))(books)


def due_loan(
    books: Books, days_ago: int, due: int | None = None, **changes: Any
) -> tuple[Loan, Instalment]:
    loan = books.loan(**changes)
    return loan, books.instalment(loan, books.days_ago(days_ago), due)


def paid(
    books: Books, loan: Loan, row: Instalment, at: Any, channel: str = "unionpay"
) -> tuple[Order, Line, Posting]:
    """An order, its debit a few seconds later, and its posting an hour later."""
    order = books.order(loan, row, at, channel=channel)
    line = books.line(order, at + 3 * SECOND)
    posting = books.post(loan, row, at + HOUR, row.due, order_no=order.order_no, channel=channel)
    return order, line, posting


def debited(
    books: Books, days_ago: int, channel: str = "unionpay", hour: int = 9
) -> tuple[Loan, Instalment, Order, Line]:
    """An instalment debited in the morning of its due date, not posted."""
    loan, row = due_loan(books, days_ago)
    order = books.order(loan, row, books.at(days_ago, hour), channel=channel)
    return loan, row, order, books.line(order, books.at(days_ago, hour, 0, 5))


@told
def quiet(books: Books, settings: Settings) -> None:
    days_ago = books.random.randrange(0, 8)
    channel = books.random.choice(CHANNELS)
    loan, row = due_loan(books, days_ago)
    posting = paid(books, loan, row, books.at(days_ago, books.random.randrange(1, 20)), channel)[2]
    if books.random.random() < 0.3:
        late = replace(posting, channel=None)
        books.file("postings", books.lender, books.day + timedelta(days=1), late)


@told
def debit_at_the_cut_off(books: Books, settings: Settings) -> None:
    loan, row = due_loan(books, 0)
    before = books.random.random() < 0.5
    at = books.at(0, 22, 59, 59) if before else books.at(0, 23, 0, 0)
    order = books.order(loan, row, at)
    books.line(order, at)
    books.post(loan, row, at + 5 * SECOND, row.due, order_no=order.order_no)


@told
def debit_not_posted(books: Books, settings: Settings) -> None:
    channel = books.random.choice(CHANNELS)
    _, _, _, line = debited(books, 4, channel)
    books.expect("debit_not_posted", books.subject(line, channel))


@told
def debit_age_at_the_window(books: Books, settings: Settings) -> None:
    """Exactly one window old is too old; a second younger is in transit."""
    channel = books.random.choice(("unionpay", "baofoo", "alipay"))
    at = books.at(-1, 0) - books.window(channel) + books.random.choice((0, 1)) * SECOND
    loan, row = due_loan(books, (books.day - at.date()).days)
    order = books.order(loan, row, at, channel=channel)
    line = books.line(order, at)
    if at + books.window(channel) == books.at(-1, 0):
        books.expect("debit_not_posted", books.subject(line, channel))


@told
def debited_not_written_off(books: Books, settings: Settings) -> None:
    loan, row = due_loan(books, 3)
    code = books.random.choice(("42", "74", "75"))
    order = books.order(loan, row, books.at(3, 8), status="failed", response_code=code)
    line = books.line(order, books.at(3, 8, 0, 9), response_code=code)
    books.expect("debit_not_posted", books.subject(line))
    books.expect("debit_status_conflict", books.subject(order))


@told
def debit_of_an_unknown_order(books: Books, settings: Settings) -> None:
    loan, row = due_loan(books, 4)
    order, _, _ = paid(books, loan, row, books.at(4, 8))
    stray = books.random.choice((None, order.order_no + "X"))
    line = books.line(order, books.at(4, 9), order_no=stray)
    books.expect("debit_not_posted", books.subject(line))


@told
def duplicate_debit_by_a_second_order(books: Books, settings: Settings) -> None:
    loan, row = due_loan(books, 4)
    paid(books, loan, row, books.at(4, 8))
    again = books.order(loan, row, books.at(4, 11), channel="alipay", status="unknown")
    line = books.line(again, books.at(4, 11, 5))
    books.expect("duplicate_debit", books.subject(line, "alipay"))
    if books.random.random() < 0.5:
        books.post(loan, row, books.at(4, 12), row.due, order_no=again.order_no, channel="alipay")


@told
def duplicate_debit_of_one_order(books: Books, settings: Settings) -> None:
    loan, row = due_loan(books, 4)
    order, _, _ = paid(books, loan, row, books.at(4, 8))
    line = books.line(order, books.at(4, 8, 0, 40))
    books.expect("duplicate_debit", books.subject(line))


@told
def duplicate_debit_still_in_transit(books: Books, settings: Settings) -> None:
    loan, row = due_loan(books, 0)
    order, _, _ = paid(books, loan, row, books.at(0, 8))
    books.line(order, books.at(0, 8, 0, 40))


@told
def duplicate_debit_repeated_key(books: Books, settings: Settings) -> None:
    loan, row = due_loan(books, 4)
    order, line, _ = paid(books, loan, row, books.at(4, 8))
    books.line(order, line.happened_at, channel_ref=line.channel_ref)
    books.expect("duplicate_debit", books.subject(line) + "#2")


@told
def debit_of_the_charge_is_no_duplicate(books: Books, settings: Settings) -> None:
    """Due and charge are owed; only what comes after both are covered is a duplicate."""
    loan, row = due_loan(books, 4, 100000, product="cash")
    paid(books, loan, row, books.at(4, 8))
    extra = books.random.choice((0, 1))
    books.charge(row, books.days_ago(4), 500 + extra, kind="other")
    fine = books.order(loan, row, books.at(4, 10), 500, purpose="overdue")
    line = books.line(fine, books.at(4, 10))
    books.post(loan, row, books.at(4, 11), 500, order_no=fine.order_no)
    more = books.order(loan, row, books.at(4, 12), 300, purpose="overdue")
    third = books.line(more, books.at(4, 12))
    books.post(loan, row, books.at(4, 13), 300, order_no=more.order_no)
    del line
    if not extra:
        books.expect("duplicate_debit", books.subject(third))
    books.expect("wrongly_overdue", books.subject(row))


@told
def reversal_not_posted(books: Books, settings: Settings) -> None:
    """A window after the refund the posting must be undone; a second less and it may wait."""
    loan, row = due_loan(books, 6)
    order, line, _ = paid(books, loan, row, books.at(6, 8))
    kind = books.random.choice(("refund", "reversal"))
    late = books.random.choice((0, 1))
    at = books.at(-1, 0) - books.window("unionpay") + late * SECOND
    named = books.random.choice((line.channel_ref, None))
    books.refund(order, line, at, line.amount, kind=kind, original_ref=named)
    posting = f"posting:{books.lender}:{loan.loan_id}P1"
    if not late:
        books.expect("reversal_not_posted", posting)
    if late and books.random.random() < 0.5:
        books.post(
            loan, row, at, row.due, kind="reversal", reverses=f"{loan.loan_id}P1",
            order_no=order.order_no, channel="unionpay",
        )  # fmt: skip
    books.charge(row, books.days_ago(7), 1, status="waived")
    explain_late(books, loan, row)


def explain_late(books: Books, loan: Loan, row: Instalment) -> None:
    """Money that reached the lender outside any channel, so that no lateness is left."""
    books.post(loan, row, books.at(7, 8), row.due)


@told
def undone_posting_leaves_its_debit_open(books: Books, settings: Settings) -> None:
    loan, row = due_loan(books, 4)
    order, line, posting = paid(books, loan, row, books.at(4, 8))
    books.post(
        loan, row, books.at(4, 10), row.due, kind="reversal", reverses=posting.posting_id,
        order_no=order.order_no, channel="unionpay",
    )  # fmt: skip
    books.expect("debit_not_posted", books.subject(line))


@told
def partly_refunded(books: Books, settings: Settings) -> None:
    loan, row = due_loan(books, 5)
    order = books.order(loan, row, books.at(5, 8))
    line = books.line(order, books.at(5, 8, 1))
    back = row.due // 3
    books.refund(order, line, books.at(4, 8), back)
    agrees = books.random.random() < 0.5
    amount = row.due - back if agrees else row.due
    books.post(loan, row, books.at(5, 9), amount, order_no=order.order_no)
    books.post(loan, row, books.at(5, 9), back)
    if not agrees:
        books.expect("amount_differs", books.subject(line))


@told
def posting_without_debit(books: Books, settings: Settings) -> None:
    loan, row = due_loan(books, 4)
    order = books.order(loan, row, books.at(4, 8))
    if books.random.random() < 0.5:
        books.line(order, books.at(4, 8, 1), outcome="failed", response_code="64")
        books.expect("debit_status_conflict", books.subject(order))
    posting = books.post(loan, row, books.at(4, 9), row.due, order_no=order.order_no)
    books.expect("posting_without_debit", books.subject(posting))
    books.post(loan, row, books.at(4, 9), row.due)


@told
def posting_of_an_order_nobody_knows(books: Books, settings: Settings) -> None:
    loan, row = due_loan(books, 5)
    paid(books, loan, row, books.at(5, 8))
    channel = books.random.choice((*CHANNELS, None))
    posting = books.post(
        loan, row, books.at(5, 9), row.due, order_no=loan.loan_id + "Z", channel=channel
    )
    books.expect("posting_without_debit", books.subject(posting))


@told
def amount_differs_beyond_the_tolerance(books: Books, settings: Settings) -> None:
    loan, row, order, line = debited(books, 5, "alipay")
    cents = books.random.choice((-2, -1, 1, 2))
    books.post(loan, row, books.at(5, 10), row.due + cents, order_no=order.order_no)
    if abs(cents) > 1:
        books.expect("amount_differs", books.subject(line, "alipay"))


@told
def duplicate_posting(books: Books, settings: Settings) -> None:
    loan, row, order, _ = debited(books, 5)
    books.post(loan, row, books.at(5, 10), row.due, order_no=order.order_no)
    second = books.post(loan, row, books.at(5, 11), row.due, order_no=order.order_no)
    books.expect("duplicate_posting", books.subject(second))


@told
def posted_to_wrong_loan(books: Books, settings: Settings) -> None:
    loan, row, order, _ = debited(books, 4)
    other, other_row = due_loan(books, -20)
    posting = books.post(other, other_row, books.at(4, 10), row.due, order_no=order.order_no)
    books.expect("posted_to_wrong_loan", books.subject(posting))
    books.status(loan, books.days_ago(0), 4, app_status="overdue", collection_stage="phone")
    books.expect("wrongly_overdue", books.subject(row))


@told
def posted_by_another_lender(books: Books, settings: Settings) -> None:
    """Under the order_no of this one, to a loan that the other calls by the same number."""
    loan, row, order, _ = debited(books, 4)
    lender = books.lender
    books.lender = next(name for name in LENDERS if name != lender)
    books.file("loans", books.lender, books.start, loan)
    same = books.instalment(loan, books.days_ago(-20), row.due, no=books.random.choice((1, 2)))
    posting = books.post(
        loan, same, books.at(4, 10), row.due, order_no=order.order_no, channel=order.channel
    )
    books.expect("posted_to_wrong_loan", books.subject(posting))
    books.lender = lender
    books.status(loan, books.days_ago(0), 4, app_status="overdue", collection_stage="phone")
    books.expect("wrongly_overdue", books.subject(row))


@told
def posted_to_wrong_instalment(books: Books, settings: Settings) -> None:
    loan, row, order, _ = debited(books, 4)
    other = books.instalment(loan, books.days_ago(-25), no=2)
    posting = books.post(loan, other, books.at(4, 10), row.due, order_no=order.order_no)
    books.expect("posted_to_wrong_instalment", books.subject(posting))
    books.charge(row, books.days_ago(2), 100)
    books.expect("wrongly_overdue", books.subject(row))


@told
def posted_late(books: Books, settings: Settings) -> None:
    """One second past the window is late; an event leaves the list after event_days."""
    days_ago = books.random.choice((2, 3, 4, 5, 6))
    channel = books.random.choice(CHANNELS)
    loan, row, order, line = debited(books, days_ago, channel)
    late = books.random.choice((0, 1))
    at = line.happened_at + books.window(channel) + late * SECOND
    posting = books.post(
        loan, row, at, row.due, order_no=order.order_no, channel=channel,
        value_date=line.happened_at.date(),
    )  # fmt: skip
    if late and (books.day - at.date()).days <= settings.event_days:
        books.expect("posted_late", books.subject(posting))


@told
def value_date_late(books: Books, settings: Settings) -> None:
    loan, row, order, line = debited(books, 5)
    late = books.random.choice((0, 1))
    posting = books.post(
        loan, row, line.happened_at + HOUR, row.due, order_no=order.order_no,
        value_date=line.happened_at.date() + timedelta(days=late),
    )  # fmt: skip
    if late:
        books.expect("value_date_late", books.subject(posting))


@told
def debit_not_attempted(books: Books, settings: Settings) -> None:
    days_ago = books.random.choice((-1, 0, 1, 4))
    loan, row = due_loan(books, days_ago)
    if days_ago < 0:
        return
    fate = books.random.randrange(3)
    if fate == 0:
        books.post(loan, row, books.at(days_ago, 8), row.due)
        return
    if fate == 1:
        closed = replace(loan, status="closed")
        books.file("loans", books.lender, books.days_ago(0), closed)
        return
    books.expect("debit_not_attempted", books.subject(row))
    if days_ago == 4:
        proof = books.random.choice(("funds", "none", "missing"))
        books.charge(row, books.days_ago(0), 10000 + row.due // 10, kind="failed_debit_fee")
        if proof != "none":
            balance = row.due if proof == "funds" else row.due - 1
            entries = [(books.at(6, 8), balance), (books.at(1, 8), row.due * 2)]
            books.statement(loan, entries, books.days_ago(0))
        if proof != "missing":
            books.expect("wrongly_overdue", books.subject(row))


@told
def debit_attempted_late(books: Books, settings: Settings) -> None:
    loan, row = due_loan(books, 5)
    at = books.at(books.random.choice((5, 4, 2, 1)), 10)
    paid(books, loan, row, at)
    is_late = at.date() > row.due_date
    if is_late and (books.day - at.date()).days <= settings.event_days:
        books.expect("debit_attempted_late", books.subject(row))


@told
def debit_outcome_unknown(books: Books, settings: Settings) -> None:
    loan, row = due_loan(books, 3)
    at = books.at(-1, 0) - books.window("unionpay") + books.random.choice((0, 1)) * SECOND
    books.post(loan, row, books.at(3, 8), row.due)
    order = books.order(loan, row, at, status="unknown", response_code="03")
    fate = books.random.randrange(3)
    if fate == 0:
        books.line(order, at + SECOND, outcome="failed", response_code="64")
    elif fate == 1:
        books.line(order, at + SECOND, outcome="unknown", response_code="03")
    if fate and at + books.window("unionpay") == books.at(-1, 0):
        books.expect("debit_outcome_unknown", books.subject(order))


@told
def status_conflict_the_other_way(books: Books, settings: Settings) -> None:
    loan, row = due_loan(books, 3)
    books.post(loan, row, books.at(3, 8), row.due)
    order = books.order(loan, row, books.at(3, 9))
    books.line(order, books.at(3, 9), outcome="failed", response_code="61")
    books.expect("debit_status_conflict", books.subject(order))


@told
def over_the_limit_of_one_debit(books: Books, settings: Settings) -> None:
    loan, row = due_loan(books, 2, 500000 + books.random.choice((0, 1)), bank_code="ICBC")
    order, _, _ = paid(books, loan, row, books.at(2, 8))
    if row.due > 500000:
        books.expect("over_bank_limit", books.subject(order))


@told
def over_the_limit_of_a_day(books: Books, settings: Settings) -> None:
    loan = books.loan(bank_code="CMB")
    rows = [
        books.instalment(loan, books.days_ago(2), 250000, no=1),
        books.instalment(loan, books.days_ago(2), 250000 + books.random.choice((0, 1)), no=2),
    ]
    for hour, row in enumerate(rows, start=8):
        order, _, _ = paid(books, loan, row, books.at(2, hour), "baofoo")
    if rows[1].due > 250000:
        books.expect("over_bank_limit", books.subject(order))


@told
def over_the_limit_of_a_month(books: Books, settings: Settings) -> None:
    loan = books.loan(bank_code="CMB")
    days = (8, 5, 1)
    spent: dict[tuple[int, int], int] = {}
    for number, days_ago in enumerate(days, start=1):
        row = books.instalment(loan, books.days_ago(days_ago), 400000, no=number)
        order, _, _ = paid(books, loan, row, books.at(days_ago, 8))
        month = (order.requested_at.year, order.requested_at.month)
        spent[month] = spent.get(month, 0) + order.amount
        is_listed = days_ago <= settings.event_days
        if spent[month] > 1000000 and is_listed:
            books.expect("over_bank_limit", books.subject(order))


@told
def split_in_pieces(books: Books, settings: Settings) -> None:
    """Pieces of one day count as one order, whichever of their numbers the posting carries."""
    loan, row = due_loan(books, 3, 90000)
    pieces = [books.order(loan, row, books.at(3, 8 + n), 30000) for n in range(3)]
    for order in pieces:
        books.line(order, order.requested_at)
    carrier = books.random.choice(pieces)
    books.post(loan, row, books.at(3, 12), 90000, order_no=carrier.order_no)


@told
def split_incomplete(books: Books, settings: Settings) -> None:
    loan, row = due_loan(books, 3, 90000)
    amounts = books.random.choice(((30000, 30000), (45000, 45000, 0), (60000, 29999)))
    paid_in = 0
    for number, amount in enumerate(amounts):
        order = books.order(loan, row, books.at(3, 8 + number), amount)
        if amount:
            paid_in += amount
            books.line(order, order.requested_at)
            books.post(loan, row, order.requested_at + HOUR, amount, order_no=order.order_no)
    if paid_in < 90000:
        books.expect("split_incomplete", books.subject(row))
        books.status(loan, books.day, 3)
        books.expect("wrongly_overdue", books.subject(row))


@told
def split_with_a_repeated_piece(books: Books, settings: Settings) -> None:
    loan, row = due_loan(books, 3, 90000)
    first = books.order(loan, row, books.at(3, 8), 40000, status="failed", response_code="33")
    books.line(first, first.requested_at, outcome="failed", response_code="33")
    for hour, amount in ((9, 40000), (10, 50000)):
        order = books.order(loan, row, books.at(3, hour), amount)
        books.line(order, order.requested_at)
    books.post(loan, row, books.at(3, 11), 90000, order_no=order.order_no)


@told
def funds_were_available(books: Books, settings: Settings) -> None:
    loan, row = due_loan(books, 2)
    order = books.order(loan, row, books.at(2, 9), status="failed", response_code="64")
    books.line(order, books.at(2, 9), outcome="failed", response_code="64")
    short = books.random.choice((0, 1))
    entries = [(books.at(3, 9), row.due - short), (books.at(2, 9, 0, 1), row.due + 5)]
    books.statement(loan, entries, books.days_ago(1))
    books.post(loan, row, books.at(2, 12), row.due)
    if not short:
        books.expect("funds_were_available", books.subject(order))


@told
def charged_though_debited_in_time(books: Books, settings: Settings) -> None:
    loan, row, _, line = debited(books, 4)
    books.charge(row, books.days_ago(3), 1234)
    books.status(
        loan, books.days_ago(0), 4, collection_stage="phone", bureau_status="1",
        bureau_reported_on=books.days_ago(0),
    )  # fmt: skip
    books.expect("debit_not_posted", books.subject(line))
    books.expect("wrongly_overdue", books.subject(row))


@told
def ordered_during_an_outage(books: Books, settings: Settings) -> None:
    loan, row = due_loan(books, 4, product=None)
    inside = books.random.random() < 0.7
    at = books.at(4, 14, 59, 59) if inside else books.at(4, 15, 0, 1)
    order = books.order(loan, row, at, channel="alipay", status="failed", response_code="99")
    books.line(order, at, outcome="failed", response_code="99")
    books.charge(row, books.days_ago(0), 7, kind="late_interest")
    if inside:
        books.expect("wrongly_overdue", books.subject(row))
    else:
        books.expect("charge_differs", books.subject(row))


@told
def genuinely_late(books: Books, settings: Settings) -> None:
    """The charges of today's or yesterday's count are right; a cent more is not."""
    loan, row = due_loan(books, 5)
    order = books.order(loan, row, books.at(5, 8), status="failed", response_code="61")
    books.line(order, books.at(5, 8), outcome="failed", response_code="61")
    rate, fee = {"kakadai": (1000, 10000), "mangodai": (630, 2000)}[books.lender]
    days = books.random.choice((4, 5))
    right = (row.due * rate * days + 500000) // 1000000 + fee
    off = books.random.choice((0, 0, 1, -1))
    books.charge(row, books.days_ago(0), right - fee + off)
    books.charge(row, books.days_ago(0), fee, kind="failed_debit_fee")
    if off:
        books.expect("charge_differs", books.subject(row))


@told
def late_and_then_covered(books: Books, settings: Settings) -> None:
    loan, row = due_loan(books, 6)
    order = books.order(loan, row, books.at(6, 8), status="failed", response_code="61")
    books.line(order, books.at(6, 8), outcome="failed", response_code="61")
    paid(books, loan, row, books.at(3, 8))
    rate, fee = {"kakadai": (1000, 10000), "mangodai": (630, 2000)}[books.lender]
    days = books.random.choice((3, 4))
    books.charge(row, books.days_ago(3), (row.due * rate * days + 500000) // 1000000 + fee)
    if days != 3:
        books.expect("charge_differs", books.subject(row))


@told
def number_missing(books: Books, settings: Settings) -> None:
    """Pass 2, to the second."""
    loan, row, _, line = debited(books, 3)
    late = books.random.choice((0, 1))
    at = line.happened_at + books.window("unionpay") + late * SECOND
    channel = books.random.choice(("unionpay", None))
    order_no = None if channel else f"{loan.loan_id}?"
    if channel is None and not late:
        at = line.happened_at + HOUR
    posting = books.post(
        loan, row, at, row.due, channel=channel, order_no=order_no,
        value_date=line.happened_at.date(),
    )  # fmt: skip
    if late and (books.day - at.date()).days <= settings.event_days:
        books.expect("posted_late", books.subject(posting))


@told
def twins_in_time_order(books: Books, settings: Settings) -> None:
    loan, row = due_loan(books, 3, 80000)
    for hour in (8, 9):
        order = books.order(loan, row, books.at(3, hour), 40000, purpose="prepayment")
        books.line(order, order.requested_at)
    for hour in (10, 11):
        books.post(loan, row, books.at(3, hour), 40000, channel="unionpay")


@told
def ambiguous_twins(books: Books, settings: Settings) -> None:
    """One debit right between two postings that name different instalments."""
    loan, row = due_loan(books, 3, 80000)
    rows = [books.instalment(loan, books.days_ago(-30 * n), 80000, no=n) for n in (2, 3)]
    order = books.order(loan, row, books.at(3, 10))
    line = books.line(order, books.at(3, 10))
    books.expect("ambiguous", books.subject(line))
    for other, hour in zip(rows, (9, 11), strict=True):
        posting = books.post(loan, other, books.at(3, hour), 80000, channel="unionpay")
        books.expect("ambiguous", books.subject(posting))


@told
def split_without_numbers(books: Books, settings: Settings) -> None:
    """Pass 3: one posting for two debits; a second way to add up makes it ambiguous."""
    loan, row = due_loan(books, 3, 100000)
    amounts = [40000, 60000]
    several = books.random.random() < 0.5
    if several:
        amounts += [30000, 70000]
    lines = []
    for number, amount in enumerate(amounts):
        order = books.order(loan, row, books.at(3, 8 + number), amount, purpose="overdue")
        lines.append(books.line(order, order.requested_at))
    posting = books.post(loan, row, books.at(3, 13), 100000, channel="unionpay")
    if several:
        for line in lines:
            books.expect("ambiguous", books.subject(line))
        books.expect("ambiguous", books.subject(posting))
        return


@told
def one_debit_in_two_postings(books: Books, settings: Settings) -> None:
    loan, row, _, _ = debited(books, 3)
    books.post(loan, row, books.at(3, 11), row.due - 11, channel="unionpay")
    books.post(loan, row, books.at(3, 12), 11, channel="unionpay")


@told
def across_loans(books: Books, settings: Settings) -> None:
    """Pass 4: the same borrower's other loan, or the same card."""
    loan, row, _, _ = debited(books, 3)
    shared = books.random.choice(({"borrower_ref": loan.borrower_ref}, {"card_no": loan.card_no}))
    other, other_row = due_loan(books, -20, **shared)
    posting = books.post(other, other_row, books.at(3, 10), row.due, channel="unionpay")
    books.expect("posted_to_wrong_loan", books.subject(posting))


@told
def across_loans_without_a_tie(books: Books, settings: Settings) -> None:
    _, row, _, line = debited(books, 4)
    other, other_row = due_loan(books, -20)
    posting = books.post(other, other_row, books.at(4, 10), row.due, channel="unionpay")
    books.expect("posting_without_debit", books.subject(posting))
    books.expect("debit_not_posted", books.subject(line))


@told
def posted_very_late(books: Books, settings: Settings) -> None:
    """Pass 5, to the second."""
    days_ago = settings.late_match_days
    loan, row, _, line = debited(books, days_ago, hour=7)
    late = books.random.choice((0, 1))
    at = line.happened_at + timedelta(days=settings.late_match_days) + late * SECOND
    posting = books.post(
        loan, row, at, row.due, channel="unionpay", value_date=line.happened_at.date()
    )
    if late:
        books.expect("debit_not_posted", books.subject(line))
        books.expect("posting_without_debit", books.subject(posting))
    else:
        books.expect("posted_late", books.subject(posting))


@told
def from_the_future(books: Books, settings: Settings) -> None:
    """Rows stamped after the end of the day do not exist and replace nothing."""
    loan, row, order, _ = debited(books, 2)
    posting = books.post(loan, row, books.at(2, 10), row.due, order_no=order.order_no)
    changed = replace(posting, amount=money(1), posted_at=books.at(-1, 0))
    books.file("postings", books.lender, books.day, changed)
    books.file(
        "charges",
        books.lender,
        books.day,
        books.charge(row, books.days_ago(-1), 99),
    )


@told
def row_replaced(books: Books, settings: Settings) -> None:
    """A later row with a known key replaces the earlier one, in the same file or a later one."""
    loan, row, order, _ = debited(books, 3)
    posting = books.post(loan, row, books.at(3, 10), 1, order_no=order.order_no)
    right = replace(posting, amount=money(row.due))
    books.file("postings", books.lender, books.days_ago(books.random.choice((3, 0))), right)


@told
def line_reported_again(books: Books, settings: Settings) -> None:
    loan, row, order, line = debited(books, 4)
    again = replace(line, settle_date=books.days_ago(3), fee=line.fee)
    fee = books.fee("unionpay", books.days_ago(3), line.amount)
    books.file("settlement", "unionpay", books.days_ago(3), replace(again, fee=money(fee)))
    books.post(loan, row, books.at(4, 10), row.due, order_no=order.order_no)
