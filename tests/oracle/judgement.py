"""What is wrong at the end of a day: every category of contract section 6.2, as plain loops.

Readings taken:
* the due date bounds breaks about instalments, requested_at those about orders;
* in a split, a failed piece is one that the lender holds for failed;
* a debit whose order names no instalment pays where it was posted, on the day it was taken;
* a posting in transit covers only when no debit carries its order, or one that counts towards no
  instalment by itself, and when no debit of its loan may be its own but for a doubt (it is
  ambiguous): else the debit has counted;
* duplicates explain a difference when the sums without them agree;
* of one order_no, as many postings as it has debits are no duplicates, and where its debits are
  not alike nobody knows which one was booked twice;
* the postings that answer for an instalment are those booked to it and those that its debits
  were matched with; a posting is of the order that it names, if anybody knows it, else of the
  orders of the debits that it was matched with; its lines are all lines of those orders;
* of facts of one instant the instalment's own count first, then those of its orders, then an
  outage; among these in the order of the tables, then of the subjects' names;
* bureau_correction and stop_collection come from the newest account status when it speaks of
  this instalment;
* refund totals hold refunds and reversals; only succeeded lines count in totals and net amounts;
* money with a value date after the business date has not covered anything yet;
* a statement or order without a card is about its loan's; a masked card is one card only
  within one borrower;
* a statement tells the balance after each entry, and the last balance stands until the next;
* a receipt of a day without a file takes no part, and is excluded;
* a receipt that names a settle date and no channel belongs to the one channel's day of that date
  whose net amount it equals, booked within the days of one that names no date;
* a posting of a channel that has never sent a file is in transit.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from tests.oracle.asof import Known, as_of_instant, in_force
from tests.oracle.business_days import BusinessDays
from tests.oracle.entries import (
    Booking,
    Debit,
    Lines,
    given_back_at,
    refunds_of,
    widest_channels,
)
from tests.oracle.matching import Group, Matching, match
from tests.oracle.rows import (
    AccountStatus,
    ChargeRule,
    Instalment,
    Limit,
    Line,
    Order,
    Settings,
    StatementEntry,
)

OPEN_ENTRIES = (
    "ambiguous",
    "duplicate_debit",
    "reversal_not_posted",
    "debit_not_posted",
    "posting_without_debit",
)
MATCHED_BUT_WRONG = (
    "amount_differs",
    "duplicate_posting",
    "posted_to_wrong_loan",
    "posted_to_wrong_instalment",
    "posted_late",
    "value_date_late",
)
COLLECTION = (
    "debit_not_attempted",
    "debit_attempted_late",
    "debit_outcome_unknown",
    "debit_status_conflict",
    "over_bank_limit",
    "split_incomplete",
    "funds_were_available",
)
SETTLEMENT = (
    "settlement_file_missing",
    "control_total_differs",
    "channel_fee_differs",
    "settlement_not_received",
    "settlement_differs",
)
CONSEQUENCE = ("wrongly_overdue", "charge_differs")

InstalmentKey = tuple[str, str, int]
OrderKey = tuple[str, str, str]
Account = tuple[str, str, str]


@dataclass
class Break:
    """One thing that is wrong. `fact_at` is when it happened, for earliest-fact rules."""

    category: str
    subject: str
    fact_at: datetime
    event_date: date | None = None
    cause: str | None = None
    refund: int | None = None
    proof: str | None = None
    bureau_correction: str | None = None
    stop_collection: bool | None = None
    ledger_amount: int | None = None
    channel_amount: int | None = None
    liable: str = "platform"
    instalment: InstalmentKey | None = None
    order: OrderKey | None = None
    debit: Debit | None = None
    posting: Booking | None = None

    @property
    def key(self) -> tuple[str, str]:
        return (self.category, self.subject)


@dataclass
class Judgement:
    """Everything true at the end of a day, listed or not."""

    known: Known
    matching: Matching
    breaks: dict[tuple[str, str], Break] = field(default_factory=dict)
    in_transit: set[str] = field(default_factory=set)
    excluded: dict[str, str] = field(default_factory=dict)
    explanations: dict[InstalmentKey, list[Break]] = field(default_factory=dict)
    group_of: dict[str, Group] = field(default_factory=dict)
    duplicates: set[str] = field(default_factory=set)

    def add(self, item: Break) -> None:
        """Keep a break; a key can be true only once."""
        assert item.key not in self.breaks, item.key
        self.breaks[item.key] = item


class Index:
    """The rows of one day, looked up the ways that the rules ask."""

    def __init__(self, known: Known, matching: Matching) -> None:
        self.known = known
        self.debits_of_order: dict[tuple[str, str | None], list[Debit]] = defaultdict(list)
        for debit in matching.debits:
            self.debits_of_order[debit.order_key].append(debit)
        self.lines_of_order: dict[tuple[str, str], list[Line]] = defaultdict(list)
        for (channel, _), line in known.lines.items():
            if line.order_no is not None:
                self.lines_of_order[channel, line.order_no].append(line)
        self.channel_postings = {posting.subject: posting for posting in matching.postings}
        self.refunds = refunds_of(known)
        self.debit_keys = {(debit.channel, debit.line.channel_ref) for debit in matching.debits}
        self.orders_of: dict[InstalmentKey, list[tuple[OrderKey, Order]]] = defaultdict(list)
        self.orders_of_account: dict[Account | None, list[tuple[OrderKey, Order]]]
        self.orders_of_account = defaultdict(list)
        self.orders_of_number: dict[tuple[str, str], list[tuple[datetime, str]]]
        self.orders_of_number = defaultdict(list)
        for order_key, order in known.orders.items():
            self.orders_of_number[order_key[0], order_key[2]].append(
                (order.requested_at, order_key[1])
            )
            if order.instalment_no is not None:
                instalment = (order_key[0], order.loan_id, order.instalment_no)
                self.orders_of[instalment].append((order_key, order))
            account = self.account(order_key[0], order.loan_id, order.card_no)
            self.orders_of_account[account].append((order_key, order))
        for orders in self.orders_of.values():
            orders.sort(key=lambda item: (item[1].requested_at, item[1].order_no))
        self.postings_of: dict[InstalmentKey, list[tuple[str, int, datetime, date]]]
        self.postings_of = defaultdict(list)
        undone = {
            (lender, row.reverses)
            for (lender, _), row in known.postings.items()
            if row.kind == "reversal"
        }
        for (lender, posting_id), row in known.postings.items():
            standing = row.kind == "repayment" and (lender, posting_id) not in undone
            if standing and row.instalment_no is not None:
                self.postings_of[lender, row.loan_id, row.instalment_no].append(
                    (posting_id, row.amount, row.posted_at, row.value_date)
                )
        self.charges_of: dict[InstalmentKey, list[tuple[str, int]]] = defaultdict(list)
        for (lender, _), charge in known.charges.items():
            is_in_force = charge.status == "charged" and charge.amount > 0
            if charge.instalment_no is not None and is_in_force:
                charged = (lender, charge.loan_id, charge.instalment_no)
                self.charges_of[charged].append((charge.kind, charge.amount))
        self.newest_status: dict[tuple[str, str], AccountStatus] = {}
        for key, status in sorted(known.statuses.items(), key=lambda item: item[0]):
            self.newest_status[key[0], key[1]] = status
        self.statements: dict[Account, list[tuple[StatementEntry, date]]]
        self.statements = defaultdict(list)
        for entry_key, entry in known.statements.items():
            account = self.account(entry_key[0], entry.loan_id, entry.card_no)
            if account is not None:
                self.statements[account].append((entry, known.statement_dates[entry_key]))
        for entries in self.statements.values():
            entries.sort(key=lambda item: (item[0].happened_at, item[0].entry_no))

    def account(self, lender: str, loan_id: str, card_no: str | None) -> Account | None:
        """Whose card it is: lender, borrower and card; the loan's card where none is named."""
        loan = self.known.loans.get((lender, loan_id))
        card = card_no or (loan.card_no if loan else None)
        return (lender, loan.borrower_ref, card) if loan and card else None

    def refunds_of_lines(self, lines: Lines, order_key: tuple[str, str]) -> Lines:
        """The refunds that name one of an order's debits, or the order and no debit known."""
        channel = order_key[0]
        return {
            key: refund
            for key, refund in self.refunds.items()
            if (key[0], refund.original_ref) in lines
            or (
                (key[0], refund.order_no) == order_key
                and (channel, refund.original_ref) not in self.debit_keys
            )
        }

    def subject_of_order(self, key: OrderKey) -> str:
        """A number is unique per channel: of two channels the later request is `#2`."""
        place = sorted(self.orders_of_number[key[0], key[2]]).index(
            (self.known.orders[key].requested_at, key[1])
        )
        return f"order:{key[0]}:{key[2]}" + (f"#{place + 1}" if place else "")

    def live_debits(self, key: OrderKey) -> list[Debit]:
        """Debits of an order with money left in them."""
        return [debit for debit in self.debits_of_order[key[1], key[2]] if debit.net]

    def channel_failed(self, key: OrderKey) -> bool:
        """The channel reports a failed debit of the order and no succeeded one."""
        return not self.debits_of_order[key[1], key[2]] and any(
            line.kind == "debit" and line.outcome == "failed"
            for line in self.lines_of_order[key[1], key[2]]
        )

    def is_closed(self, lender: str, loan_id: str) -> bool:
        """Whether the loan is closed at the end of the day."""
        loan = self.known.loans.get((lender, loan_id))
        return loan is not None and loan.status == "closed"

    def is_paid(self, key: InstalmentKey, before: datetime | None = None) -> bool:
        """Whether postings (before an instant) reach what is due."""
        booked = sum(
            amount
            for _, amount, posted_at, _ in self.postings_of[key]
            if before is None or posted_at < before
        )
        return booked >= self.known.instalments[key].due

    def charges(self, key: InstalmentKey, *kinds: str) -> int:
        """Charges in force on an instalment, of some kinds or of all."""
        return sum(amount for kind, amount in self.charges_of[key] if not kinds or kind in kinds)


def judge(known: Known, settings: Settings, business_days: BusinessDays) -> Judgement:
    """Everything that is true at the end of the day."""
    matching = match(known, settings.late_match_days)
    judgement = Judgement(known, matching)
    index = Index(known, matching)
    judge_dispositions(index, judgement)
    judge_duplicate_debits(index, judgement)
    judge_open_entries(index, judgement)
    judge_matched(judgement)
    judge_collection(index, judgement)
    judge_settlement(known, judgement, business_days)
    assign_liability(index, judgement)
    judge_consequence(index, judgement)
    return judgement


def judge_dispositions(index: Index, judgement: Judgement) -> None:
    """Groups, exclusions and what is in transit."""
    known, matching = index.known, judgement.matching
    judgement.excluded.update(matching.excluded)
    for (channel, ref), line in known.lines.items():
        if line.kind != "debit" or line.outcome != "succeeded":
            why = line.kind if line.outcome == "succeeded" else line.outcome
            judgement.excluded[f"line:{channel}:{line.kind}:{ref}"] = why
    for debit in matching.debits:
        if not debit.net:
            judgement.excluded[debit.subject] = "reversed"
    for group in matching.groups:
        if group.is_waiting:
            judgement.in_transit |= group.subjects
        else:
            judgement.group_of.update(dict.fromkeys(group.subjects, group))
    waiting = set(judgement.in_transit)
    for debit in matching.debits:
        is_open = debit.net and debit.subject not in judgement.group_of
        due = known.due(debit.at, known.window(debit.channel, debit.at))
        if is_open and known.as_of < due:
            judgement.in_transit.add(debit.subject)
    for posting in matching.postings:
        if posting.subject in judgement.group_of or posting.subject in waiting:
            continue
        if lacks_a_file(known, posting) or was_just_reversed(index, posting):
            judgement.in_transit.add(posting.subject)


def lacks_a_file(known: Known, posting: Booking) -> bool:
    """Whether a channel file in which the posting's debit could stand is not there."""
    channels = (
        widest_channels(known, posting.lender) if posting.channel is None else [posting.channel]
    )
    for channel in channels:
        there = known.file_days.get(channel, set())
        day = known.clearing_day(channel, known.before(posting.at, posting.window))
        last = known.clearing_day(channel, posting.at)
        while day <= last:
            if day not in there and (not there or day >= min(there)):
                return True
            day += timedelta(days=1)
    return False


def reversed_at(index: Index, posting: Booking) -> datetime | None:
    """When the debits of the posting's order were given back, if none has money left."""
    if posting.channel is None or posting.row.order_no is None:
        return None
    order_key = (posting.channel, posting.row.order_no)
    debits = index.debits_of_order[order_key]
    if any(debit.net for debit in debits):
        return None
    lines = {(debit.channel, debit.line.channel_ref): debit.line for debit in debits}
    return given_back_at(lines, index.refunds_of_lines(lines, order_key))


def was_just_reversed(index: Index, posting: Booking) -> bool:
    """Whether its debit was emptied less than a posting window ago."""
    at = reversed_at(index, posting)
    return at is not None and index.known.as_of < index.known.due(at, posting.window)


def judge_duplicate_debits(index: Index, judgement: Judgement) -> None:
    """Debits whose instalment earlier debits cover; those that wait are not judged."""
    for key, orders in index.orders_of.items():
        instalment = index.known.instalments.get(key)
        if instalment is None:
            continue
        owed = instalment.due + index.charges(key)
        debits = [debit for order_key, _ in orders for debit in index.live_debits(order_key)]
        covered = 0
        for debit in sorted(debits, key=lambda debit: debit.rank):
            if covered >= owed and debit.subject not in judgement.in_transit:
                earlier = [d for d in debits if d.rank < debit.rank]
                is_one_order = any(d.order_key == debit.order_key for d in earlier)
                if debit.subject not in judgement.matching.ambiguous:
                    judgement.duplicates.add(debit.subject)
                    judgement.add(
                        Break(
                            "duplicate_debit",
                            debit.subject,
                            debit.at,
                            refund=debit.net,
                            cause="one_order" if is_one_order else "several_orders",
                            debit=debit,
                            instalment=key,
                        )
                    )
            covered += debit.net


def judge_open_entries(index: Index, judgement: Judgement) -> None:
    """The first category that applies to each open entry."""
    matching = judgement.matching
    settled = judgement.in_transit | judgement.group_of.keys()
    for debit in matching.debits:
        if debit.net and debit.subject not in settled:
            if debit.subject in matching.ambiguous:
                cause = matching.ambiguous[debit.subject]
                judgement.add(Break("ambiguous", debit.subject, debit.at, cause=cause, debit=debit))
            elif debit.subject not in judgement.duplicates:
                judgement.add(Break("debit_not_posted", debit.subject, debit.at, debit=debit))
    for posting in matching.postings:
        if posting.subject in settled:
            continue
        category = "posting_without_debit"
        if posting.subject in matching.ambiguous:
            category = "ambiguous"
        elif reversed_at(index, posting) is not None:
            category = "reversal_not_posted"
        why = matching.ambiguous.get(posting.subject)
        judgement.add(Break(category, posting.subject, posting.at, cause=why, posting=posting))


def judge_matched(judgement: Judgement) -> None:
    """What is wrong with groups that are matched."""
    for group in judgement.matching.groups:
        if group.is_waiting:
            continue
        twice_booked = duplicate_postings(group) if group.rule == "by_order_no" else set()
        judge_sums(judgement, group, twice_booked)
        proper = [d for d in group.debits if d.subject not in judgement.duplicates]
        last = max(proper, key=lambda debit: debit.rank) if proper else None
        for posting in group.postings:
            if posting.subject in twice_booked:
                judgement.add(
                    Break("duplicate_posting", posting.subject, posting.at, posting=posting)
                )
            judge_matched_posting(judgement, group, posting, last)


def judge_sums(judgement: Judgement, group: Group, twice_booked: set[str]) -> None:
    """Raise amount_differs unless duplicates explain the difference."""
    first = min(group.debits, key=lambda debit: debit.rank)
    tolerance = judgement.known.terms(first.channel, first.at.date()).amount_tolerance
    if abs(group.debit_sum - group.posting_sum) <= tolerance:
        return
    taken_twice = sum(d.net for d in group.debits if d.subject in judgement.duplicates)
    booked_twice = sum(p.amount for p in group.postings if p.subject in twice_booked)
    unexplained = [
        abs(taken - booked) > tolerance
        for taken in (group.debit_sum, group.debit_sum - taken_twice)
        for booked in (group.posting_sum, group.posting_sum - booked_twice)
    ]
    if all(unexplained):
        judgement.add(
            Break(
                "amount_differs",
                first.subject,
                first.at,
                ledger_amount=group.posting_sum,
                channel_amount=group.debit_sum,
                debit=first,
            )
        )


def duplicate_postings(group: Group) -> set[str]:
    """Postings of one order_no beyond its debits, when all equal the debits, all alike."""
    found: set[str] = set()
    for order_no in {posting.row.order_no for posting in group.postings}:
        postings = [p for p in group.postings if p.row.order_no == order_no]
        nets = [debit.net for debit in group.debits if debit.line.order_no == order_no]
        if nets and len({*nets, *(posting.amount for posting in postings)}) == 1:
            in_order = sorted(postings, key=lambda posting: posting.rank)
            found |= {posting.subject for posting in in_order[len(nets) :]}
    return found


def is_of_another_loan(group: Group, posting: Booking) -> bool:
    """Whether its loan, known by its lender and number, is not that of the debits' orders."""
    return any(
        (debit.lender, debit.order.loan_id) != (posting.lender, posting.row.loan_id)
        for debit in group.debits
        if debit.order is not None
    )


def judge_matched_posting(
    judgement: Judgement, group: Group, posting: Booking, last: Debit | None
) -> None:
    """Wrong loan, wrong instalment, late posting, late value date."""
    orders = [debit.order for debit in group.debits if debit.order is not None]
    if is_of_another_loan(group, posting):
        judgement.add(Break("posted_to_wrong_loan", posting.subject, posting.at, posting=posting))
    else:
        named = {order.instalment_no for order in orders if order.instalment_no is not None}
        if posting.row.instalment_no is not None and named - {posting.row.instalment_no}:
            judgement.add(
                Break("posted_to_wrong_instalment", posting.subject, posting.at, posting=posting)
            )
    if last is None:
        return
    known = judgement.known
    if posting.at > known.due(last.at, known.window(last.channel, last.at)):
        judgement.add(
            Break(
                "posted_late",
                posting.subject,
                posting.at,
                event_date=posting.at.date(),
                posting=posting,
            )
        )
    if posting.row.value_date > last.at.date():
        judgement.add(Break("value_date_late", posting.subject, posting.at, posting=posting))


def judge_collection(index: Index, judgement: Judgement) -> None:
    """Breaks about instalments that nobody collected well, and about orders."""
    known = index.known
    for key, instalment in known.instalments.items():
        if instalment.due_date <= known.day and not index.is_closed(key[0], key[1]):
            judge_collected_instalment(index, judgement, key, instalment)
    for order_key, order in known.orders.items():
        if not index.is_closed(order_key[0], order.loan_id):
            judge_order(index, judgement, order_key, order)


def judge_collected_instalment(
    index: Index, judgement: Judgement, key: InstalmentKey, instalment: Instalment
) -> None:
    """Not attempted, attempted late, split incomplete."""
    subject = f"instalment:{key[0]}:{key[1]}:{key[2]}"
    orders = index.orders_of[key]
    due_at = datetime.combine(instalment.due_date, time())
    if not orders:
        if not index.is_paid(key):
            judgement.add(Break("debit_not_attempted", subject, due_at, instalment=key))
        return
    first = orders[0][1].requested_at
    if first.date() > instalment.due_date and not index.is_paid(key, before=first):
        judgement.add(
            Break("debit_attempted_late", subject, first, event_date=first.date(), instalment=key)
        )
    if index.is_paid(key):
        return
    by_day: dict[date, list[tuple[OrderKey, Order]]] = defaultdict(list)
    for order_key, order in orders:
        if order.amount < instalment.due:
            by_day[order.requested_at.date()].append((order_key, order))
    for day in sorted(by_day):
        pieces = [
            order
            for number, (_, order) in enumerate(by_day[day])
            if not (
                order.status == "failed"
                and any(later.amount == order.amount for _, later in by_day[day][number + 1 :])
            )
        ]
        is_short = len(pieces) >= 2 and sum(p.amount for p in pieces) != instalment.due
        if is_short or any(piece.amount == 0 for piece in pieces):
            judgement.add(
                Break("split_incomplete", subject, by_day[day][0][1].requested_at, instalment=key)
            )
            return


def judge_order(index: Index, judgement: Judgement, key: OrderKey, order: Order) -> None:
    """Outcome unknown, status conflict, over limit, funds were available."""
    known = index.known
    subject = index.subject_of_order(key)
    instalment = (
        (key[0], order.loan_id, order.instalment_no) if order.instalment_no is not None else None
    )

    def found(category: str, **facts: object) -> None:
        judgement.add(
            Break(
                category,
                subject,
                order.requested_at,
                order=key,
                instalment=instalment,
                **facts,  # type: ignore[arg-type]
            )
        )

    final = any(
        line.kind == "debit" and line.outcome in ("succeeded", "failed")
        for line in index.lines_of_order[key[1], key[2]]
    )
    due = known.due(order.requested_at, known.window(order.channel, order.requested_at))
    if order.status == "unknown" and not final and known.as_of >= due:
        clearing = known.clearing_day(order.channel, order.requested_at)
        is_there = clearing in known.file_days.get(order.channel, set())
        found("debit_outcome_unknown", cause="absent_from_file" if is_there else "file_missing")
    if (order.status == "failed" and index.live_debits(key)) or (
        order.status == "succeeded" and index.channel_failed(key)
    ):
        found("debit_status_conflict")
    if is_over_limit(index, key, order):
        found("over_bank_limit", event_date=order.requested_at.date())
    shown = available_funds(index, key, order)
    if shown is not None:
        found("funds_were_available", event_date=max(order.requested_at.date(), shown))


def limit_in_force(known: Known, order: Order) -> Limit | None:
    """A row with the card type beats one without."""
    day = order.requested_at.date()
    rows = [
        row
        for row in known.references.bank_limits
        if row.channel == order.channel
        and row.bank_code == order.bank_code
        and row.card_type in (order.card_type, None)
        and in_force(row.valid_from, row.valid_to, day)
    ]
    rows.sort(key=lambda row: row.card_type is None)
    return rows[0] if rows else None


def is_over_limit(index: Index, key: OrderKey, order: Order) -> bool:
    """Whether the order breaks the per-debit, day or month limit of its bank."""
    limit = limit_in_force(index.known, order)
    if limit is None:
        return False
    if limit.per_debit is not None and order.amount > limit.per_debit:
        return True
    account = index.account(key[0], order.loan_id, order.card_no)
    earlier = [
        other
        for other_key, other in index.orders_of_account[account]
        if account is not None
        and (other.channel, other.bank_code) == (order.channel, order.bank_code)
        and (other.requested_at, other.order_no) < (order.requested_at, order.order_no)
        and (other.status == "succeeded" or index.debits_of_order[other_key[1], other_key[2]])
    ]
    today = [o for o in earlier if o.requested_at.date() == order.requested_at.date()]
    month = [
        other
        for other in earlier
        if (other.requested_at.year, other.requested_at.month)
        == (order.requested_at.year, order.requested_at.month)
    ]
    for stated, others in ((limit.per_day, today), (limit.per_month, month)):
        if stated is not None and order.amount + sum(o.amount for o in others) > stated:
            return True
    return False


def available_funds(index: Index, key: OrderKey, order: Order) -> date | None:
    """The date of the statement file that shows funds for an order refused for lack of them."""
    known = index.known
    codes = []
    if order.status == "failed":
        codes.append(order.response_code)
    codes.extend(
        line.response_code
        for line in index.lines_of_order[key[1], key[2]]
        if line.kind == "debit" and line.outcome == "failed"
    )
    refused = any(known.meaning(order.channel, code) == "insufficient_funds" for code in codes)
    account = index.account(key[0], order.loan_id, order.card_no)
    if not refused or index.debits_of_order[key[1], key[2]] or account is None:
        return None
    before = [
        item for item in index.statements[account] if item[0].happened_at <= order.requested_at
    ]
    if before and before[-1][0].balance >= order.amount:
        return before[-1][1]
    return None


def judge_settlement(known: Known, judgement: Judgement, business_days: BusinessDays) -> None:
    """The settlement table, day by day of every channel."""
    nets: dict[tuple[str, date], int] = {}
    for channel, days in known.file_days.items():
        for day in days:
            nets[channel, day] = net_amount(known.lines_of(channel, day))
    received: dict[tuple[str, date], list[int]] = defaultdict(list)
    for (lender, entry_ref), receipt in known.receipts.items():
        day_of_receipt: tuple[str, date] | None = None
        if receipt.settle_date is not None and receipt.channel is not None:
            named = (receipt.channel, receipt.settle_date)
            day_of_receipt = named if named in nets else None
        else:
            candidates = [
                key
                for key, net in nets.items()
                if receipt.channel in (key[0], None)
                and receipt.settle_date in (key[1], None)
                and net == receipt.amount
                and key[1]
                <= receipt.booked_on
                <= business_days.after(key[1], known.terms(*key).settlement_lag_days + 5)
            ]
            if len(candidates) == 1:
                day_of_receipt = candidates[0]
        if day_of_receipt is None:
            judgement.excluded[f"receipt:{lender}:{entry_ref}"] = "receipt_of_no_day"
        else:
            received[day_of_receipt].append(receipt.amount)
    for channel, days in known.file_days.items():
        day = min(days)
        while day <= known.day:
            if day in days:
                judge_settled_day(
                    known, judgement, business_days, channel, day, received[channel, day]
                )
            elif day + timedelta(days=known.terms(channel, day).file_lag_days) <= known.day:
                add_settlement(judgement, "settlement_file_missing", channel, day)
            day += timedelta(days=1)


def add_settlement(judgement: Judgement, category: str, channel: str, day: date) -> None:
    """A break about one settle date of a channel."""
    subject = f"settlement:{channel}:{day.isoformat()}"
    judgement.add(Break(category, subject, datetime.combine(day, time()), liable="channel"))


def net_amount(lines: list[Line]) -> int:
    """Debits less refunds, reversals and fees, of succeeded lines; fees of all lines."""
    moved = sum(
        line.amount if line.kind == "debit" else -line.amount
        for line in lines
        if line.outcome == "succeeded"
    )
    return moved - sum(line.fee for line in lines)


def judge_settled_day(
    known: Known,
    judgement: Judgement,
    business_days: BusinessDays,
    channel: str,
    day: date,
    receipts: list[int],
) -> None:
    """Totals, fees and money of a day whose file is there."""
    lines = known.lines_of(channel, day)
    debits = [x.amount for x in lines if x.kind == "debit" and x.outcome == "succeeded"]
    refunds = [x.amount for x in lines if x.kind != "debit" and x.outcome == "succeeded"]
    fees = sum(line.fee for line in lines)
    net = net_amount(lines)
    declared = known.totals.get((channel, day))
    counted = (len(debits), sum(debits), len(refunds), sum(refunds), fees, net)
    if declared is not None and counted != (
        declared.debit_count,
        declared.debit_amount,
        declared.refund_count,
        declared.refund_amount,
        declared.fee_amount,
        declared.net_amount,
    ):
        add_settlement(judgement, "control_total_differs", channel, day)
    if fees != sum(fee_by_rule(known, channel, day, amount) for amount in debits):
        add_settlement(judgement, "channel_fee_differs", channel, day)
    lag = known.terms(channel, day).settlement_lag_days
    if not receipts:
        if net and business_days.after(day, lag) <= known.day:
            add_settlement(judgement, "settlement_not_received", channel, day)
    elif sum(receipts) != net:
        add_settlement(judgement, "settlement_differs", channel, day)


def fee_by_rule(known: Known, channel: str, day: date, amount: int) -> int:
    """Amount x rate, clamped, rounded half up to the minor unit."""
    terms = known.terms(channel, day)
    fee = Decimal(amount) * terms.fee_rate
    if terms.fee_minimum is not None:
        fee = max(fee, Decimal(terms.fee_minimum))
    if terms.fee_maximum is not None:
        fee = min(fee, Decimal(terms.fee_maximum))
    return round_half_up(fee)


def round_half_up(amount: Decimal) -> int:
    """To the minor unit."""
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def charge_rule(known: Known, key: InstalmentKey, instalment: Instalment) -> ChargeRule | None:
    """The row in force on the due date; a row with the product beats one without."""
    loan = known.loans.get((key[0], key[1]))
    product = loan.product if loan else None
    rows = [
        row
        for row in known.references.charge_rules
        if row.lender == key[0]
        and row.product in (product, None)
        and in_force(row.valid_from, row.valid_to, instalment.due_date)
    ]
    rows.sort(key=lambda row: row.product is None)
    return rows[0] if rows else None


def covered_on(
    index: Index, judgement: Judgement, key: InstalmentKey, instalment: Instalment
) -> date | None:
    """The first day on which money known to have been paid reaches what is due."""
    payments = [
        (debit.at.date(), debit.net)
        for order_key, _ in index.orders_of[key]
        for debit in index.live_debits(order_key)
    ]
    for posting_id, amount, _, value_date in index.postings_of[key]:
        posting = index.channel_postings.get(f"posting:{key[0]}:{posting_id}")
        if posting is None or (
            posting.subject in judgement.in_transit
            and posting.subject not in judgement.matching.ambiguous
            and (not is_seen_as_debit(index, posting) or waits_for_no_instalment(index, posting))
        ):
            payments.append((value_date, amount))
        elif posting.subject in judgement.group_of:
            group = judgement.group_of[posting.subject]
            names_none = all(debit.instalment_no is None for debit in group.debits)
            if names_none and not is_of_another_loan(group, posting):
                payments.extend(taken_for(group, posting))
    total = 0
    for day, amount in sorted(pair for pair in payments if pair[0] <= index.known.day):
        total += amount
        if total >= instalment.due:
            return day
    return None


def taken_for(group: Group, posting: Booking) -> Iterator[tuple[date, int]]:
    """What the debits of its group took for a posting: first come, first served, on both sides."""
    taken_before = sum(each.amount for each in group.postings if each.rank < posting.rank)
    wanted = posting.amount
    for debit in sorted(group.debits, key=lambda each: each.rank):
        gone = min(taken_before, debit.net)
        taken_before -= gone
        borne = min(wanted, debit.net - gone)
        wanted -= borne
        if borne:
            yield debit.at.date(), borne


def is_seen_as_debit(index: Index, posting: Booking) -> bool:
    """Whether the channel reports a debit, reversed or not, of the posting's order."""
    if posting.channel is None or posting.row.order_no is None:
        return False
    return bool(index.debits_of_order[posting.channel, posting.row.order_no])


def waits_for_no_instalment(index: Index, posting: Booking) -> bool:
    """Whether the posting waits beside debits whose order names no instalment (a payoff)."""
    debits = index.debits_of_order[posting.channel or "", posting.row.order_no]
    taken = [debit for debit in debits if debit.net]
    return bool(taken) and all(debit.instalment_no is None for debit in taken)


def judge_consequence(index: Index, judgement: Judgement) -> None:
    """Instalments treated as late that are not, and charges that differ from the rule."""
    for key, instalment in index.known.instalments.items():
        judge_instalment(index, judgement, key, instalment)


def judge_instalment(
    index: Index, judgement: Judgement, key: InstalmentKey, instalment: Instalment
) -> None:
    """One instalment's lateness: explained, wrong, or genuine and rightly charged."""
    known = index.known
    rule = charge_rule(known, key, instalment)
    grace_end = instalment.due_date + timedelta(days=rule.grace_days if rule else 0)
    covered = covered_on(index, judgement, key, instalment)
    is_in_time = covered is not None and covered <= grace_end
    is_late = known.day > grace_end and not is_in_time
    reasons = explanations(index, judgement, key)
    judgement.explanations[key] = reasons
    is_closed = index.is_closed(key[0], key[1])
    subject = f"instalment:{key[0]}:{key[1]}:{key[2]}"
    due_at = datetime.combine(instalment.due_date, time())

    status = index.newest_status.get((key[0], key[1]))
    if status is not None and not (
        status.as_of - timedelta(days=status.days_past_due) == instalment.due_date
        and speaks_of_lateness(status)
    ):
        status = None
    charges = index.charges(key)
    if charges or status is not None:
        shown = balances_on(index, key, instalment.due_date)
        has_funds = any(max(balances) >= instalment.due for balances in shown)
        lacked_funds = any(max(balances) < instalment.due for balances in shown)
        if is_in_time or (is_late and reasons and not lacked_funds):
            wrong = Break(
                "wrongly_overdue",
                subject,
                due_at,
                refund=charges,
                proof="proven" if is_in_time or has_funds else "statement_needed",
                bureau_correction=correction(status),
                stop_collection=status is not None and status.collection_stage != "none",
                instalment=key,
            )
            wrong.liable = liable_for_overdue(index, judgement, wrong, is_in_time, reasons)
            judgement.add(wrong)
    if is_late and not reasons and not is_closed and rule is not None:
        charged = index.charges(key, "late_interest", "failed_debit_fee")
        if charged not in charges_by_rule(rule, instalment, grace_end, covered, known.day):
            judgement.add(
                Break("charge_differs", subject, due_at, ledger_amount=charged, instalment=key)
            )


def speaks_of_lateness(status: AccountStatus) -> bool:
    """Whether an account status treats something as late."""
    return (
        status.days_past_due > 0
        or status.app_status == "overdue"
        or status.collection_stage != "none"
        or status.bureau_status in {*"1234567", "B"}
    )


def correction(status: AccountStatus | None) -> str:
    """What the bureau must be told, if it was told that the instalment is late."""
    if (
        status is None
        or status.bureau_status not in {*"1234567", "B"}
        or status.bureau_reported_on is None
    ):
        return ""
    return f"{status.bureau_status}->N {status.bureau_reported_on:%Y-%m}"


def balances_on(index: Index, key: InstalmentKey, day: date) -> list[list[int]]:
    """For each card of the loan or its orders with a statement: its balances during a day."""
    cards = {None, *(order.card_no for _, order in index.orders_of[key])}
    accounts = {index.account(key[0], key[1], card) for card in cards} - {None}
    start, end = datetime.combine(day, time()), as_of_instant(day)
    shown: list[list[int]] = []
    for account in accounts:
        assert account is not None
        entries = [entry for entry, _ in index.statements[account]]
        before = [entry.balance for entry in entries if entry.happened_at <= start]
        during = [entry.balance for entry in entries if start < entry.happened_at < end]
        if before or during:
            shown.append([*before[-1:], *during])
    return shown


def explanations(index: Index, judgement: Judgement, key: InstalmentKey) -> list[Break]:
    """What explains lateness, each with its fact and its liable party.

    In the order in which facts of one instant count: the instalment's own, those of its
    orders, outages.
    """
    subject = f"instalment:{key[0]}:{key[1]}:{key[2]}"
    reasons = [
        judgement.breaks[category, subject]
        for category in COLLECTION
        if (category, subject) in judgement.breaks
    ]
    failed = {
        f"order:{key[0]}:{order.order_no}": order
        for order_key, order in index.orders_of[key]
        if not index.live_debits(order_key)
    }
    reasons.extend(
        judgement.breaks[category, order_subject]
        for category in COLLECTION
        for order_subject in sorted(failed)
        if (category, order_subject) in judgement.breaks
    )
    reasons.extend(
        Break("outage", order_subject, order.requested_at, liable="channel")
        for order_subject, order in failed.items()
        if index.known.in_outage(order.channel, order.requested_at)
    )
    return reasons


def charges_by_rule(
    rule: ChargeRule,
    instalment: Instalment,
    grace_end: date,
    covered: date | None,
    day: date,
) -> set[int]:
    """The sums of charges that are right."""

    def charged(until: date) -> int:
        if until <= grace_end:
            return 0
        days = (until - instalment.due_date).days
        interest = rule.late_interest_rate_per_day * days * instalment.due
        return round_half_up(interest + rule.failed_debit_fee)

    if covered is not None:
        return {charged(covered)}
    return {charged(day), charged(day - timedelta(days=1))}


def assign_liability(index: Index, judgement: Judgement) -> None:
    """Contract section 6.3 for every break but the consequences, which inherit."""
    for item in judgement.breaks.values():
        item.liable = liable_party(index, judgement, item)


def liable_party(index: Index, judgement: Judgement, item: Break) -> str:
    """The first rule that applies."""
    if item.category in SETTLEMENT:
        return "channel"
    if is_channels_doing(index, judgement, item):
        return "channel"
    if item.category == "debit_outcome_unknown" and item.cause == "absent_from_file":
        return "channel"
    if item.category == "duplicate_debit" and item.cause == "one_order":
        return "channel"
    if item.category == "funds_were_available":
        return "bank"
    if item.category == "ambiguous":
        return "undetermined"
    return "platform"


def is_channels_doing(index: Index, judgement: Judgement, item: Break) -> bool:
    """Debited but not written off by the channel's own code, or ordered during an outage."""
    known = index.known
    orders: list[tuple[str, Order]] = []
    lines: list[tuple[str, Line]] = []

    def take(channel: str | None, order: Order | None) -> None:
        if channel is not None and order is not None:
            orders.append((channel, order))

    if item.debit is not None:
        lines.append((item.debit.channel, item.debit.line))
        take(item.debit.channel, item.debit.order)
    elif item.posting is not None:
        if item.posting.is_usable:
            take(item.posting.channel, item.posting.order)
        order_no = item.posting.row.order_no
        if item.posting.channel is not None and order_no is not None:
            channel = item.posting.channel
            lines.extend((channel, line) for line in index.lines_of_order[channel, order_no])
        group = judgement.group_of.get(item.posting.subject)
        for debit in group.debits if group and not item.posting.is_usable else ():
            lines.append((debit.channel, debit.line))
            take(debit.channel, debit.order)
            lines.extend(
                (debit.channel, line)
                for line in index.lines_of_order[debit.channel, debit.line.order_no or ""]
            )
    elif item.order is not None:
        take(item.order[1], known.orders[item.order])
        lines.extend(
            (item.order[1], line) for line in index.lines_of_order[item.order[1], item.order[2]]
        )
    codes = [(channel, line.response_code) for channel, line in lines]
    codes.extend((channel, order.response_code) for channel, order in orders)
    return any(
        known.meaning(channel, code) == "debited_not_written_off" for channel, code in codes
    ) or any(known.in_outage(channel, order.requested_at) for channel, order in orders)


def liable_for_overdue(
    index: Index,
    judgement: Judgement,
    wrong: Break,
    is_in_time: bool,
    reasons: list[Break],
) -> str:
    """Undetermined without proof; else that of the earliest break that led to it."""
    if wrong.proof == "statement_needed":
        return "undetermined"
    assert wrong.instalment is not None
    if is_in_time:
        key = wrong.instalment
        subjects = {
            debit.subject
            for order_key, _ in index.orders_of[key]
            for debit in index.live_debits(order_key)
        }
        for subject in tuple(subjects):
            if subject in judgement.group_of:
                subjects |= {posting.subject for posting in judgement.group_of[subject].postings}
        subjects |= {f"posting:{key[0]}:{row[0]}" for row in index.postings_of[key]}
        causes = [
            judgement.breaks[category, subject]
            for category in OPEN_ENTRIES + MATCHED_BUT_WRONG
            for subject in sorted(subjects)
            if (category, subject) in judgement.breaks
        ]
    else:
        causes = reasons
    if not causes:
        return "platform"
    return min(causes, key=lambda item: item.fact_at).liable
