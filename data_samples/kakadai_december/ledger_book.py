"""What a month of one lender looks like: loans, orders, debits, postings, as plain rows.

The builder tells the story by calling this book; the layouts write what it holds. Money is
integer fen. Nothing here knows a file format.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

FIRST_DAY = date(2018, 12, 13)
LAST_DAY = date(2018, 12, 19)


def fen(amount: str) -> int:
    """Fen of an amount written in yuan with two decimals."""
    yuan, cents = amount.split(".")
    return int(yuan) * 100 + int(cents)


def yuan(amount: int) -> str:
    """Yuan with two decimals, the sign in front."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02d}"


def instant(text: str) -> datetime:
    """An instant from `12-16 08:00:15`; the year is the story's."""
    return datetime.fromisoformat(f"2018-{text}")


def day(text: str) -> date:
    """A date from `12-16`; the year is the story's."""
    return date.fromisoformat(f"2018-{text}")


@dataclass(frozen=True)
class Loan:
    """One loan and the card it is collected from."""

    loan_id: str
    borrower_ref: str
    bank_code: str
    card_type: str
    card_no: str
    channel: str
    opened_on: date
    principal: int
    term: int
    status: str = "active"


@dataclass(frozen=True)
class Instalment:
    """What falls due on one day."""

    loan_id: str
    instalment_no: int
    due_date: date
    principal_due: int
    interest_due: int

    @property
    def due(self) -> int:
        """Principal and interest together, in fen."""
        return self.principal_due + self.interest_due


@dataclass(frozen=True)
class Order:
    """What the lender asked a channel to collect."""

    order_no: str
    loan: Loan
    instalment_no: int | None
    purpose: str
    amount: int
    requested_at: datetime
    status: str
    response_code: str


@dataclass(frozen=True)
class Line:
    """One event that a channel reports: a debit, a refund or a reversal."""

    channel: str
    kind: str
    number: int
    order: Order
    amount: int
    fee: int
    happened_at: datetime
    settle_date: date
    original: "Line | None" = None


@dataclass(frozen=True)
class Posting:
    """What the lender booked."""

    posting_id: str
    loan_id: str
    instalment_no: int | None
    order_no: str
    channel: str
    amount: int
    posted_at: datetime
    value_date: date
    kind: str = "repayment"
    reverses: str = ""


@dataclass(frozen=True)
class Charge:
    """A penalty on an instalment. `sent_on` is the export that carries this version."""

    charge_id: str
    loan_id: str
    instalment_no: int
    kind: str
    amount: int
    charged_on: date
    status: str
    sent_on: date


@dataclass(frozen=True)
class Status:
    """How the ledger treats a loan at the end of a day."""

    loan_id: str
    as_of: date
    days_past_due: int
    app_status: str
    collection_stage: str
    bureau_status: str = ""
    bureau_reported_on: date | None = None


@dataclass(frozen=True)
class Receipt:
    """One entry of the lender's own bank account."""

    entry_ref: str
    booked_on: date
    amount: int
    channel: str
    settle_date: date | None
    description: str


@dataclass(frozen=True)
class StatementEntry:
    """One entry of a bank statement that a borrower handed in."""

    loan: Loan
    entry_no: str
    happened_at: datetime
    amount: int
    balance: int
    description: str
    handed_in_on: date


CUT_OFF_HOUR = {"unionpay": 23, "alipay": 24, "wechatpay": 24}


def clearing_day(channel: str, happened_at: datetime) -> date:
    """The settle date of an event: the next day from the channel's cut-off hour on."""
    late = happened_at.hour >= CUT_OFF_HOUR[channel]
    return happened_at.date() + timedelta(days=1 if late else 0)


def agreed_fee(channel: str, amount: int, settle_date: date) -> int:
    """The fee of a debit in fen: reference/channels.csv, rounded half up, then clamped."""
    if channel != "unionpay":
        return (amount * 60 + 5_000) // 10_000
    rate = 25 if settle_date < date(2018, 12, 17) else 20
    return min(max((amount * rate + 5_000) // 10_000, 100), 2_000)


@dataclass
class Book:
    """Everything that happened, in the order in which it was told."""

    loans: dict[str, Loan] = field(default_factory=dict)
    loan_versions: list[tuple[date, Loan]] = field(default_factory=list)
    instalments: dict[tuple[str, int], Instalment] = field(default_factory=dict)
    orders: list[tuple[date, Order]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)
    statuses: dict[tuple[str, date], Status] = field(default_factory=dict)
    receipts: list[Receipt] = field(default_factory=list)
    statement: list[StatementEntry] = field(default_factory=list)

    def lend(
        self,
        loan_id: str,
        channel: str,
        bank_code: str,
        due: str,
        principal_due: str,
        interest_due: str,
        *,
        bin_number: str,
    ) -> Loan:
        """A loan with one instalment in the story's week and the next one a month later."""
        number = int(loan_id[1:])
        due_date = day(due)
        instalment_no = 2 + number % 9
        term = 12 if number % 3 else 24
        opened_month = 12 - instalment_no
        loan = Loan(
            loan_id=loan_id,
            borrower_ref=f"B{number}",
            bank_code=bank_code,
            card_type="debit",
            card_no=f"{bin_number}{number * 7919 % 10**9:09d}{number:04d}",
            channel=channel,
            opened_on=date(2018, opened_month, due_date.day),
            principal=fen(principal_due) * term,
            term=term,
        )
        self.loans[loan_id] = loan
        self.loan_versions.append((FIRST_DAY, loan))
        for no, when in (
            (instalment_no, due_date),
            (instalment_no + 1, date(2019, 1, due_date.day)),
        ):
            self.instalments[loan_id, no] = Instalment(
                loan_id, no, when, fen(principal_due), fen(interest_due)
            )
        self.say(loan, FIRST_DAY, 0, "due", "none")
        return loan

    def current(self, loan: Loan) -> Instalment:
        """The loan's instalment that falls due in the story's week."""
        return next(
            instalment
            for instalment in self.instalments.values()
            if instalment.loan_id == loan.loan_id and instalment.due_date <= LAST_DAY
        )

    def lock(self, loan: Loan, on: date) -> None:
        """The ledger locks a loan: no debit is sent for it any more."""
        self.loan_versions.append((on, replace(loan, status="locked")))

    def order(
        self,
        loan: Loan,
        requested_at: str,
        *,
        amount: int | None = None,
        status: str = "succeeded",
        response_code: str = "",
        purpose: str = "instalment",
    ) -> Order:
        """An order to debit what the loan's instalment owes, or `amount`."""
        at = instant(requested_at)
        instalment = self.current(loan)
        code = {"unionpay": "00", "alipay": "10000", "wechatpay": "SUCCESS"}[loan.channel]
        made = Order(
            order_no=f"KKD{at:%Y%m%d%H%M%S}{loan.loan_id[1:]}{len(self.orders) + 1:03d}",
            loan=loan,
            instalment_no=None if purpose == "prepayment" else instalment.instalment_no,
            purpose=purpose,
            amount=instalment.due if amount is None else amount,
            requested_at=at,
            status=status,
            response_code=response_code or (code if status == "succeeded" else ""),
        )
        self.orders.append((at.date(), made))
        return made

    def learn(self, order: Order, on: date, status: str, response_code: str) -> None:
        """The ledger exports an order again, having learnt what became of it."""
        self.orders.append((on, replace(order, status=status, response_code=response_code)))

    def debit(self, order: Order, happened_at: str) -> Line:
        """The channel takes the money."""
        at = instant(happened_at)
        channel = order.loan.channel
        settled = clearing_day(channel, at)
        return self._line(
            channel, "debit", order, order.amount, agreed_fee(channel, order.amount, settled), at
        )

    def give_back(self, original: Line, kind: str, happened_at: str) -> Line:
        """The channel returns the whole of a debit; it keeps its fee."""
        order = original.order
        return self._line(
            original.channel, kind, order, original.amount, 0, instant(happened_at), original
        )

    def _line(
        self,
        channel: str,
        kind: str,
        order: Order,
        amount: int,
        fee: int,
        at: datetime,
        original: Line | None = None,
    ) -> Line:
        line = Line(
            channel,
            kind,
            len(self.lines) + 1,
            order,
            amount,
            fee,
            at,
            clearing_day(channel, at),
            original,
        )
        self.lines.append(line)
        return line

    def post(
        self,
        loan: Loan,
        posted_at: str,
        order: Order | None,
        *,
        amount: int | None = None,
        value_date: str = "",
        instalment_no: int | None = None,
    ) -> Posting:
        """The ledger books a repayment; without an order it is a bank transfer."""
        at = instant(posted_at)
        if order is not None and instalment_no is None:
            instalment_no = order.instalment_no
        posting = Posting(
            posting_id=f"P{len(self.postings) + 1:05d}",
            loan_id=loan.loan_id,
            instalment_no=instalment_no,
            order_no=order.order_no if order else "",
            channel=loan.channel if order else "",
            amount=amount or (order.amount if order else 0),
            posted_at=at,
            value_date=day(value_date) if value_date else at.date(),
        )
        self.postings.append(posting)
        return posting

    def undo(self, posting: Posting, posted_at: str) -> Posting:
        """The ledger books a reversal of one of its postings."""
        at = instant(posted_at)
        reversal = replace(
            posting,
            posting_id=f"P{len(self.postings) + 1:05d}",
            posted_at=at,
            value_date=at.date(),
            kind="reversal",
            reverses=posting.posting_id,
        )
        self.postings.append(reversal)
        return reversal

    def charge_late(self, loan: Loan, first: str, last: str) -> list[Charge]:
        """Late interest of 0.1 % a day from `first` to `last`, and the fee of 100 once."""
        instalment = self.current(loan)
        made = []
        charged_on = day(first)
        total = 0
        while charged_on <= day(last):
            days = (charged_on - day(first)).days + 1
            reached = (instalment.due * days + 500) // 1000
            parts = [("late_interest", reached - total)]
            if days == 1:
                parts.append(("failed_debit_fee", 10_000))
            for kind, amount in parts:
                made.append(
                    Charge(
                        f"C{len(self.charges) + len(made) + 1:05d}",
                        loan.loan_id,
                        instalment.instalment_no,
                        kind,
                        amount,
                        charged_on,
                        "charged",
                        charged_on,
                    )
                )
            total = reached
            charged_on += timedelta(days=1)
        self.charges.extend(made)
        return made

    def waive(self, charges: list[Charge], on: str) -> None:
        """The ledger takes charges back; the export of `on` carries the new status."""
        self.charges.extend(replace(charge, status="waived", sent_on=day(on)) for charge in charges)

    def say(
        self,
        loan: Loan,
        as_of: date,
        days_past_due: int,
        app_status: str,
        stage: str,
        bureau: str = "",
        reported_on: date | None = None,
    ) -> None:
        """The ledger's account status of a loan; a later call for the day replaces it."""
        self.statuses[loan.loan_id, as_of] = Status(
            loan.loan_id, as_of, days_past_due, app_status, stage, bureau, reported_on
        )

    def repay_quietly(self, loan: Loan, requested_at: str) -> None:
        """An ordinary morning: ordered, debited three seconds later, posted at once."""
        at = instant(requested_at)
        order = self.order(loan, requested_at)
        self.debit(order, f"{at + timedelta(seconds=3):%m-%d %H:%M:%S}")
        self.post(loan, f"{at + timedelta(seconds=21):%m-%d %H:%M:%S}", order)
        self.say(loan, at.date(), 0, "paid", "none")
