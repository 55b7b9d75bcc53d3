"""A made-up workspace: what happened to some loans around one business date, as files.

Everything follows from the seed. Stories (stories.py) tell what happened to single loans;
this module keeps the books they write into, and turns the books into delivered files.
"""

import csv
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from tests.oracle.business_days import BusinessDays
from tests.oracle.rows import (
    FEEDS,
    AccountStatus,
    CalendarDay,
    Charge,
    ChargeRule,
    File,
    Instalment,
    Limit,
    Line,
    Loan,
    MinorUnits,
    Order,
    Outage,
    Posting,
    Receipt,
    References,
    ResponseCode,
    Settings,
    StatementEntry,
    Terms,
    Totals,
)

LENDERS = ("kakadai", "mangodai")
CHANNELS = ("unionpay", "alipay", "baofoo")
BANKS = ("ICBC", "CMB", "CCB")
DAYS = (
    date(2026, 3, 3),
    date(2026, 2, 26),
    date(2025, 10, 10),
    date(2026, 1, 5),
    date(2026, 6, 17),
    date(2026, 5, 31),
)
CLOCK_CHANGES = {
    "America/New_York": (date(2026, 3, 9), date(2026, 11, 2)),
    "Europe/London": (date(2026, 3, 30), date(2026, 10, 26)),
    "Australia/Sydney": (date(2026, 4, 6), date(2026, 10, 5)),
}
"""Business dates by time zone: the clocks there were put forward or back the day before."""

BEFORE, AFTER = 9, 2
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
CODES = {
    "00": "succeeded",
    "03": "unknown",
    "33": "over_limit",
    "42": "debited_not_written_off",
    "61": "card_problem",
    "64": "insufficient_funds",
    "74": "debited_not_written_off",
    "75": "debited_not_written_off",
    "99": "channel_error",
}


def money(amount: int) -> MinorUnits:
    return MinorUnits(amount)


def references(day: date) -> References:
    """Reference tables that change in the middle of the world."""
    change = day - timedelta(days=3)
    channels = (
        terms("unionpay", time(23), 1, 24, 1, 0, "0.0025", 10, 2000, None, change),
        terms("unionpay", time(23), 1, 24, 1, 0, "0.0030", 10, 1000, change, None),
        terms("alipay", None, 1, 36, 0, 1, "0.006", None, None, None, None),
        terms("baofoo", time(22, 30), 2, 48, 2, 0, "0", 200, 200, None, None),
    )
    limits = (
        limit("unionpay", "ICBC", None, 500000, 1000000, 2000000, None, None),
        limit("unionpay", "ICBC", "debit", 600000, 1200000, 2000000, None, change),
        limit("unionpay", "ICBC", "debit", 500000, 1000000, 1500000, change, None),
        limit("unionpay", "CMB", "debit", 500000, None, 1000000, None, None),
        limit("alipay", "ICBC", None, None, 800000, None, None, None),
        limit("alipay", "CMB", "credit", 0, 0, 0, None, None),
        limit("baofoo", "CMB", None, 500000, 500000, None, change, None),
    )
    rules = (
        rule("kakadai", None, "0.001", 10000, 0),
        rule("kakadai", "cash", "0.0005", 0, 3),
        rule("mangodai", None, "0.00063", 2000, 1),
    )
    noon = datetime.combine(day - timedelta(days=4), time(12))
    outages = (Outage("alipay", noon, noon + timedelta(hours=3), "planned"),)
    codes = tuple(ResponseCode(c, code, m) for c in CHANNELS for code, m in CODES.items())
    calendar = (CalendarDay(day - timedelta(days=5), False, "site holiday"),)
    return References(channels, limits, rules, outages, codes, calendar)


def terms(
    channel: str,
    cut_off: time | None,
    lag: int,
    window: int,
    file_lag: int,
    tolerance: int,
    rate: str,
    minimum: int | None,
    maximum: int | None,
    valid_from: date | None,
    valid_to: date | None,
) -> Terms:
    return Terms(
        channel,
        cut_off,
        lag,
        window,
        file_lag,
        money(tolerance),
        Decimal(rate),
        None if minimum is None else money(minimum),
        None if maximum is None else money(maximum),
        valid_from,
        valid_to,
    )


def limit(
    channel: str,
    bank: str,
    card_type: str | None,
    per_debit: int | None,
    per_day: int | None,
    per_month: int | None,
    valid_from: date | None,
    valid_to: date | None,
) -> Limit:
    def stated(amount: int | None) -> MinorUnits | None:
        return None if amount is None else money(amount)

    return Limit(
        channel,
        bank,
        card_type,
        stated(per_debit),
        stated(per_day),
        stated(per_month),
        valid_from,
        valid_to,
        "made up",
    )


def rule(lender: str, product: str | None, rate: str, fee: int, grace: int) -> ChargeRule:
    return ChargeRule(lender, product, Decimal(rate), money(fee), grace, None, None)


@dataclass
class Books:
    """What everybody wrote down: rows with the business date of the file that brings them."""

    random: random.Random
    day: date
    references: References
    business_days: BusinessDays
    rows: dict[tuple[str, str, date], list[Any]] = field(default_factory=lambda: defaultdict(list))
    lender: str = ""
    numbers: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    labels: set[tuple[str, str]] = field(default_factory=set)

    @property
    def start(self) -> date:
        return self.day - timedelta(days=BEFORE)

    @property
    def end(self) -> date:
        return self.day + timedelta(days=AFTER)

    def days_ago(self, count: int) -> date:
        return self.day - timedelta(days=count)

    def at(self, days_ago: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
        return datetime.combine(self.days_ago(days_ago), time(hour, minute, second))

    def window(self, channel: str) -> timedelta:
        return timedelta(hours=self.terms(channel, self.day).posting_window_hours)

    def terms(self, channel: str, day: date) -> Terms:
        for row in self.references.channels:
            starts = row.valid_from is None or row.valid_from <= day
            if row.channel == channel and starts and (row.valid_to is None or day < row.valid_to):
                return row
        raise KeyError(channel)

    def clearing_day(self, channel: str, at: datetime) -> date:
        cut_off = self.terms(channel, at.date()).cut_off
        late = cut_off is not None and at.time() >= cut_off
        return at.date() + timedelta(days=1 if late else 0)

    def number(self, loan_id: str, letter: str) -> str:
        self.numbers[loan_id + letter] += 1
        return f"{loan_id}{letter}{self.numbers[loan_id + letter]}"

    def file(self, feed: str, owner: str, day: date, row: Any) -> None:
        self.rows[feed, owner, max(day, self.start)].append(row)

    def expect(self, category: str, subject: str) -> None:
        self.labels.add((category, subject))

    def loan(self, **changes: Any) -> Loan:
        self.numbers["loan"] += 1
        number = self.numbers["loan"]
        loan = Loan(
            f"{self.lender[0].upper()}{number:05d}",
            f"B{number:05d}",
            None,
            self.random.choice(BANKS),
            "debit",
            f"6222{number // 10000:02d}******{number % 10000:04d}",
            self.day - timedelta(days=200),
            money(1200000),
            12,
            "active",
        )
        loan = replace(loan, **changes)
        self.file("loans", self.lender, self.start, loan)
        return loan

    def instalment(
        self, loan: Loan, due_date: date, due: int | None = None, no: int = 1
    ) -> Instalment:
        due = self.random.randrange(50000, 400000) if due is None else due
        interest = min(due, self.random.randrange(0, 3000))
        row = Instalment(loan.loan_id, no, due_date, money(due - interest), money(interest))
        self.file("instalments", self.lender, self.start, row)
        return row

    def order(
        self,
        loan: Loan,
        instalment: Instalment | None,
        at: datetime,
        amount: int | None = None,
        **changes: Any,
    ) -> Order:
        order = Order(
            self.number(loan.loan_id, "O"),
            loan.loan_id,
            instalment.instalment_no if instalment else None,
            "instalment" if instalment else "prepayment",
            "unionpay",
            loan.bank_code,
            loan.card_type,
            loan.card_no,
            money(instalment.due if amount is None and instalment else amount or 0),
            at,
            "succeeded",
            "00",
        )
        order = replace(order, **changes)
        self.file("debit_orders", self.lender, at.date(), order)
        return order

    def line(self, order: Order, at: datetime, **changes: Any) -> Line:
        file_day = changes.pop("file_day", None)
        channel_ref = changes.pop("channel_ref", None) or self.number(order.loan_id, "R")
        line = Line(
            channel_ref,
            order.order_no,
            "debit",
            None,
            order.amount,
            money(0),
            at,
            file_day or self.clearing_day(order.channel, at),
            order.card_no,
            order.bank_code,
            "succeeded",
            "00",
        )
        line = replace(line, **changes)
        fee = 0
        if line.kind == "debit" and line.outcome == "succeeded":
            fee = self.fee(order.channel, line.settle_date, line.amount)
        line = replace(line, fee=money(fee))
        self.file("settlement", order.channel, line.settle_date, line)
        return line

    def fee(self, channel: str, day: date, amount: int) -> int:
        row = self.terms(channel, day)
        fee = amount * row.fee_rate
        fee = fee if row.fee_minimum is None else max(fee, Decimal(row.fee_minimum))
        fee = fee if row.fee_maximum is None else min(fee, Decimal(row.fee_maximum))
        return int(fee.quantize(Decimal(1), rounding=ROUND_HALF_UP))

    def refund(self, order: Order, line: Line, at: datetime, amount: int, **changes: Any) -> Line:
        changes = {"kind": "refund", "original_ref": line.channel_ref} | changes
        return self.line(order, at, amount=money(amount), **changes)

    def post(
        self, loan: Loan, instalment: Instalment | None, at: datetime, amount: int, **changes: Any
    ) -> Posting:
        posting = Posting(
            self.number(loan.loan_id, "P"),
            loan.loan_id,
            instalment.instalment_no if instalment else None,
            None,
            None,
            money(amount),
            at,
            at.date(),
            "repayment",
            None,
        )
        posting = replace(posting, **changes)
        self.file("postings", self.lender, at.date(), posting)
        return posting

    def charge(self, instalment: Instalment, day: date, amount: int, **changes: Any) -> Charge:
        charge = Charge(
            self.number(instalment.loan_id, "C"),
            instalment.loan_id,
            instalment.instalment_no,
            "late_interest",
            money(amount),
            day,
            "charged",
        )
        charge = replace(charge, **changes)
        self.file("charges", self.lender, day, charge)
        return charge

    def status(self, loan: Loan, day: date, days_past_due: int, **changes: Any) -> AccountStatus:
        status = AccountStatus(
            loan.loan_id,
            day,
            days_past_due,
            "overdue" if days_past_due else "due",
            "none",
            None,
            None,
        )
        status = replace(status, **changes)
        self.file("account_status", self.lender, day, status)
        return status

    def statement(
        self, loan: Loan, entries: Iterable[tuple[datetime, int]], file_day: date
    ) -> None:
        """A borrower's statement: instants and the balance after each."""
        last = 0
        for number, (at, balance) in enumerate(entries, start=1):
            row = StatementEntry(
                loan.loan_id,
                str(number),
                loan.card_no,
                at,
                money(balance - last),
                money(balance),
                "transfer",
            )
            last = balance
            self.file("borrower_statements", self.lender, file_day, row)

    def subject(self, row: Order | Posting | Line | Instalment, channel: str = "unionpay") -> str:
        if isinstance(row, Order):
            return f"order:{self.lender}:{row.order_no}"
        if isinstance(row, Posting):
            return f"posting:{self.lender}:{row.posting_id}"
        if isinstance(row, Line):
            return f"debit:{channel}:{row.channel_ref}"
        return f"instalment:{self.lender}:{row.loan_id}:{row.instalment_no}"


@dataclass(frozen=True)
class World:
    """A workspace in memory, and what was planted in it."""

    seed: int
    day: date
    references: References
    settings: Settings
    files: tuple[File, ...]
    labels: frozenset[tuple[str, str]]

    def write(self, folder: Path) -> None:
        """Write the workspace as a lender and its channels would have delivered it."""
        write_workspace(folder, self.files, self.references, self.settings)


def make_world(
    seed: int, loans: int, *, calm: bool = False, lenders: int = 2, time_zone: str | None = None
) -> World:
    """A world of that many loans. A calm one has no faults of files or settlement.

    In a `time_zone` of CLOCK_CHANGES it lies around such a change. Its stories go by local
    clocks all the same, so some of what they plant is not there.
    """
    from tests.oracle.stories import tell

    dice = random.Random(seed)
    days = CLOCK_CHANGES[time_zone] if time_zone else DAYS
    day = days[seed % len(days)]
    tables = references(day)
    books = Books(dice, day, tables, BusinessDays(tables.calendar))
    settings = Settings(
        event_days=dice.choice((3, 5, 30)),
        late_match_days=dice.choice((4, 6)),
        time_zone=time_zone or Settings.time_zone,
    )
    for number in range(loans):
        books.lender = LENDERS[number % lenders]
        tell(books, settings, calm=calm)
    files = deliver(books, LENDERS[:lenders], calm=calm)
    return World(
        seed,
        day,
        tables,
        settings,
        tuple(files),
        frozenset(books.labels),
    )


def deliver(books: Books, lenders: tuple[str, ...], *, calm: bool) -> list[File]:
    """All files of the world: one per feed, owner and day, delivered the day after."""
    dice = books.random
    settle(books, lenders, calm=calm)
    files = []
    days = [books.start + timedelta(days=n) for n in range(BEFORE + AFTER + 1)]
    feeds = ("settlement", "settlement_totals")
    for feed in FEEDS:
        for owner in CHANNELS if feed in feeds else lenders:
            for day in days:
                rows = books.rows.get((feed, owner, day), [])
                always = feed in ("settlement", "settlement_totals", "postings", "debit_orders")
                if rows or always:
                    files.append(make_file(feed, owner, day, day + timedelta(days=1), rows))
    if not calm:
        disturb(books, files, dice)
    return files


def make_file(feed: str, owner: str, day: date, delivered: date, rows: Iterable[Any]) -> File:
    path = f"{delivered.isoformat()}/{owner}/{owner}.{feed}.{day.isoformat()}.csv"
    return File(path, feed, owner, day, tuple(rows))


def settle(books: Books, lenders: tuple[str, ...], *, calm: bool) -> None:
    """Declared totals of every channel day and the money that reached the bank."""
    dice = books.random
    entry = 0
    for channel in CHANNELS:
        for number in range(BEFORE + AFTER + 1):
            day = books.start + timedelta(days=number)
            lines = books.rows.get(("settlement", channel, day), [])
            if not calm and lines and dice.random() < 0.06:
                lines[0] = replace(lines[0], fee=money(lines[0].fee + dice.choice((-1, 1))))
            debits = [x.amount for x in lines if x.kind == "debit" and x.outcome == "succeeded"]
            refunds = [x.amount for x in lines if x.kind != "debit" and x.outcome == "succeeded"]
            fees = sum(x.fee for x in lines)
            net = sum(debits) - sum(refunds) - fees
            wrong = dice.choice((-1, 1)) if not calm and dice.random() < 0.06 else 0
            totals = Totals(
                day,
                len(debits),
                money(sum(debits) + wrong),
                len(refunds),
                money(sum(refunds)),
                money(fees),
                money(net + wrong),
            )
            if calm or dice.random() < 0.95:
                books.file("settlement_totals", channel, day, totals)
            lag = books.terms(channel, day).settlement_lag_days
            booked = books.business_days.after(day, lag)
            parts: list[tuple[int, str | None, date | None]] = [(net, channel, day)] if net else []
            fate = 1.0 if calm else dice.random()
            if fate < 0.06:
                parts = []
            elif fate < 0.12:
                parts = [(net + dice.choice((-1, 1)), channel, day)]
            elif fate < 0.20 and net:
                parts = [(net, channel, None)]
            elif fate < 0.24:
                parts = [(net, channel, day), (net + 7, channel, None)]
            elif fate < 0.30:
                half = net // 2
                parts = [(half, channel, day), (net - half, channel, day)]
            elif fate < 0.34:
                booked += timedelta(days=dice.randrange(1, 4))
            elif fate < 0.38 and net:
                parts = [(net, None, None)]
            elif fate < 0.41 and net:
                booked = books.business_days.after(day, lag + dice.choice((5, 6)))
                parts = [(net, channel, None)]
            elif fate < 0.45 and net:
                parts = [(net, None, day), (net + 7, None, day)]
            elif fate < 0.47 and net:
                booked = books.business_days.after(day, lag + dice.choice((5, 6)))
                parts = [(net, None, day)]
            for amount, named, settled in parts:
                entry += 1
                row = Receipt(
                    f"E{entry:05d}",
                    "8888",
                    booked,
                    money(amount),
                    named,
                    settled,
                    "settlement",
                )
                if booked <= books.end:
                    books.file("bank_receipts", dice.choice(lenders), booked, row)


def disturb(books: Books, files: list[File], dice: random.Random) -> None:
    """Missing files, late files, files sent twice, files sent again with other rows."""
    for file in list(files):
        fate = dice.random()
        number = files.index(file)
        is_first = file.business_date == books.start
        if file.feed == "settlement" and not is_first and fate < 0.06:
            files.remove(file)
        elif fate < 0.10:
            files[number] = replace(file, path=later(file, 3))
        elif fate < 0.14:
            files.append(replace(file, path=later(file, 1)))
        elif fate < 0.18 and len(file.rows) > 1:
            files.append(replace(file, path=later(file, 1)))
            kept = dice.sample(file.rows, len(file.rows) // 2)
            files[number] = replace(file, rows=tuple(kept))
        elif fate < 0.40 and file.feed not in ("settlement", "settlement_totals"):
            files[number] = replace(file, rows=tuple(dice.sample(file.rows, len(file.rows))))


def later(file: File, days: int) -> str:
    """The path of a file delivered some days later."""
    folder, rest = file.path.split("/", 1)
    return f"{date.fromisoformat(folder) + timedelta(days=days)}/{rest}"


def cell(value: Any) -> str:
    """A value as a canonical file writes it; money is written by `written`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return str(value)


def major(amount: int) -> str:
    """Minor units as major units, two decimals."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02d}"


def written(row: Any) -> list[str]:
    """A row's cells, money in major units."""
    cells = []
    for column in fields(row):
        value = getattr(row, column.name)
        is_money = value is not None and "MinorUnits" in str(column.type)
        if column.name == "cut_off":
            cells.append("24:00" if value is None else f"{value:%H:%M}")
        else:
            cells.append(major(value) if is_money else cell(value))
    return cells


def write_csv(path: Path, row_type: type, rows: Iterable[Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([column.name for column in fields(row_type)])
        writer.writerows(written(row) for row in rows)


def write_workspace(
    folder: Path, files: Iterable[File], tables: References, settings: Settings
) -> None:
    """tieout.toml, reference/ and inbox/ of a workspace."""
    files = list(files)
    for file in files:
        write_csv(folder / "inbox" / file.path, FEEDS[file.feed].row, file.rows)
    for name, row_type in (
        ("channels", Terms),
        ("bank_limits", Limit),
        ("charge_rules", ChargeRule),
        ("channel_outages", Outage),
        ("response_codes", ResponseCode),
        ("calendar", CalendarDay),
    ):
        write_csv(folder / "reference" / f"{name}.csv", row_type, getattr(tables, name))
    lines = [
        f'time_zone = "{settings.time_zone}"',
        'currency = "CNY"',
        f"event_days = {settings.event_days}",
        f"late_match_days = {settings.late_match_days}",
    ]
    for feed, owner in sorted({(file.feed, file.owner) for file in files}):
        role = "channel" if feed in ("settlement", "settlement_totals") else "lender"
        lines += [
            "",
            "[[source]]",
            f'files = "*/{owner}/{owner}.{feed}.*.csv"',
            f'format = "{FORMATS[feed]}"',
            f'{role} = "{owner}"',
        ]
    (folder / "tieout.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


FORMATS = {
    "loans": "ledger_loans_v1",
    "instalments": "ledger_instalments_v1",
    "debit_orders": "ledger_debit_orders_v1",
    "postings": "ledger_postings_v1",
    "charges": "ledger_charges_v1",
    "account_status": "ledger_account_status_v1",
    "settlement": "channel_settlement_v1",
    "settlement_totals": "channel_settlement_totals_v1",
    "bank_receipts": "bank_receipts_v1",
    "borrower_statements": "borrower_statement_v1",
}
