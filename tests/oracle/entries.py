"""The two sides to be matched: debits net of their refunds, and postings.

Source: contract section 6, opening paragraphs. Readings taken: refunds that name a known debit
are taken off first; one without takes the debits of its order_no, the latest at or before it
first, then the ones before, then later ones; a debit net of more than itself is 0; an order is
given back at the first instant by whose refunds nothing was left of any of its debits.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.oracle.asof import Known
from tests.oracle.rows import Line, Order, Posting

LineKey = tuple[str, str]
"""A channel and its reference."""

Lines = dict[LineKey, Line]


@dataclass(frozen=True)
class Debit:
    """A succeeded settlement line of kind debit; `net` is what refunds left of it."""

    channel: str
    line: Line
    net: int
    lender: str | None
    order: Order | None

    @property
    def subject(self) -> str:
        return f"debit:{self.channel}:{self.line.channel_ref}"

    @property
    def at(self) -> datetime:
        return self.line.happened_at

    @property
    def rank(self) -> tuple[datetime, str, str]:
        """Time order: the order in which debits are called earlier and later."""
        return (self.line.happened_at, self.line.channel_ref, self.channel)

    @property
    def amount(self) -> int:
        return self.net

    @property
    def instalment_no(self) -> int | None:
        return self.order.instalment_no if self.order else None

    @property
    def order_key(self) -> tuple[str, str | None]:
        return (self.channel, self.line.order_no)


@dataclass(frozen=True)
class Booking:
    """A repayment that stands, with the channel it belongs to and the order it names.

    `order_no` is unique per channel, so the order may be another lender's.
    """

    lender: str
    row: Posting
    channel: str | None
    order_lender: str | None
    order: Order | None
    is_usable: bool
    window: timedelta

    @property
    def subject(self) -> str:
        return f"posting:{self.lender}:{self.row.posting_id}"

    @property
    def at(self) -> datetime:
        return self.row.posted_at

    @property
    def rank(self) -> tuple[datetime, str, str]:
        return (self.row.posted_at, self.row.posting_id, self.lender)

    @property
    def amount(self) -> int:
        return self.row.amount

    @property
    def instalment_no(self) -> int | None:
        return self.row.instalment_no

    @property
    def order_key(self) -> tuple[str | None, str | None]:
        return (self.channel, self.row.order_no)


def owner_of_order(
    known: Known, of_lenders: list[str], channel: str, order_no: str | None
) -> tuple[str, Order] | None:
    """The one lender, and its order, that a channel's order_no belongs to."""
    found = [
        (lender, known.orders[lender, channel, order_no])
        for lender in of_lenders
        if order_no is not None and (lender, channel, order_no) in known.orders
    ]
    return found[0] if len(found) == 1 else None


def lenders(known: Known) -> list[str]:
    """Every lender with a loan, in order."""
    return sorted({lender for lender, _ in known.loans})


def net_debits(known: Known) -> list[Debit]:
    """All succeeded debits with their net amounts, reversed ones (net 0) included."""
    lines = {
        key: line
        for key, line in known.lines.items()
        if line.kind == "debit" and line.outcome == "succeeded"
    }
    net = net_amounts(lines, refunds_of(known))
    of_lenders = lenders(known)
    debits = []
    for key, line in lines.items():
        owner = owner_of_order(known, of_lenders, key[0], line.order_no)
        debits.append(
            Debit(key[0], line, net[key], owner[0] if owner else None, owner[1] if owner else None)
        )
    return sorted(debits, key=lambda debit: debit.rank)


def refunds_of(known: Known) -> Lines:
    """Every succeeded refund and reversal, in time order."""
    found = [
        (key, line)
        for key, line in known.lines.items()
        if line.kind != "debit" and line.outcome == "succeeded"
    ]
    return dict(sorted(found, key=lambda item: (item[1].happened_at, item[0])))


def net_amounts(lines: Lines, refunds: Lines) -> dict[LineKey, int]:
    """What refunds, in time order, leave of each debit."""
    net = {key: int(line.amount) for key, line in lines.items()}
    by_order: dict[tuple[str, str], list[LineKey]] = {}
    for (channel, ref), line in lines.items():
        if line.order_no is not None:
            by_order.setdefault((channel, line.order_no), []).append((channel, ref))
    unnamed = []
    for (channel, ref), line in refunds.items():
        if line.original_ref is not None and (channel, line.original_ref) in lines:
            take_off(net, (channel, line.original_ref), line.amount)
        elif line.order_no is not None:
            unnamed.append(((channel, ref), line))
    for (channel, _), line in unnamed:
        left = int(line.amount)
        candidates = by_order.get((channel, line.order_no or ""), [])
        before = [key for key in candidates if lines[key].happened_at <= line.happened_at]
        after = [key for key in candidates if lines[key].happened_at > line.happened_at]
        before.sort(key=lambda key: (lines[key].happened_at, key), reverse=True)
        after.sort(key=lambda key: (lines[key].happened_at, key))
        for key in before + after:
            left -= take_off(net, key, left)
    return net


def take_off(net: dict[LineKey, int], key: LineKey, amount: int) -> int:
    """Take up to `amount` off one debit; returns what it took."""
    taken = min(net[key], amount)
    net[key] -= taken
    return taken


def given_back_at(lines: Lines, refunds: Lines) -> datetime | None:
    """The first instant at which the refunds so far left nothing of debits that took money."""
    if not any(line.amount for line in lines.values()):
        return None
    for at in sorted({line.happened_at for line in refunds.values()}):
        so_far = {key: line for key, line in refunds.items() if line.happened_at <= at}
        if not any(net_amounts(lines, so_far).values()):
            return at
    return None


def widest_channels(known: Known, lender: str) -> list[str]:
    """The channels that a lender's orders and postings name."""
    named = {channel for owner, channel, _ in known.orders if owner == lender}
    named |= {
        row.channel
        for (owner, _), row in known.postings.items()
        if owner == lender and row.channel is not None
    }
    return sorted(named)


def bookings(known: Known) -> tuple[list[Booking], dict[str, str]]:
    """The channel repayments that stand, and why each other posting is excluded, by subject."""
    excluded: dict[str, str] = {}
    undone = {
        (lender, row.reverses)
        for (lender, _), row in known.postings.items()
        if row.kind == "reversal"
    }
    order_channels: dict[tuple[str, str], list[str]] = {}
    for lender, named_channel, order_no in known.orders:
        order_channels.setdefault((lender, order_no), []).append(named_channel)
    line_channels: dict[str, set[str]] = {}
    took_money: dict[str, set[str]] = {}
    for (line_channel, _), line in known.lines.items():
        if line.order_no is not None:
            line_channels.setdefault(line.order_no, set()).add(line_channel)
            if line.kind == "debit" and line.outcome == "succeeded":
                took_money.setdefault(line.order_no, set()).add(line_channel)
    of_lenders = lenders(known)
    widest = {lender: widest_channels(known, lender) for lender in of_lenders}
    standing = []
    for (lender, posting_id), row in known.postings.items():
        subject = f"posting:{lender}:{posting_id}"
        if row.kind == "reversal" or (lender, posting_id) in undone:
            excluded[subject] = "undone"
            continue
        if row.channel is None and row.order_no is None:
            excluded[subject] = "not_a_channel_repayment"
            continue
        channel = row.channel
        is_usable = False
        owner = None
        if row.order_no is not None:
            if channel is None:
                named = order_channels.get((lender, row.order_no))
                known_to = named or sorted(
                    each
                    for each in line_channels.get(row.order_no, set())
                    if not any((other, each, row.order_no) in known.orders for other in of_lenders)
                )
                if named and len(named) > 1:
                    known_to = sorted(set(named) & took_money.get(row.order_no, set()))
                channel = known_to[0] if len(known_to) == 1 else None
            is_usable = (lender, row.order_no) in order_channels or channel in line_channels.get(
                row.order_no, set()
            )
            if channel is not None:
                owner = owner_of_order(known, of_lenders, channel, row.order_no)
        if channel is not None:
            window = known.window(channel, row.posted_at)
        else:
            window = max(known.window(name, row.posted_at) for name in widest[lender])
        order_lender, order = owner or (None, None)
        standing.append(Booking(lender, row, channel, order_lender, order, is_usable, window))
    return sorted(standing, key=lambda booking: booking.rank), excluded
