"""The rows of the canonical feeds and reference tables, as plain Python values.

Source: contract sections 4 and 5. Fields stand in the order of the contract's columns; a field
typed `MinorUnits` is money, and is written to a file in major units.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import NewType

MinorUnits = NewType("MinorUnits", int)
"""An amount of money in the currency's smallest unit. Never a float."""


@dataclass(frozen=True)
class Loan:
    loan_id: str
    borrower_ref: str
    product: str | None
    bank_code: str | None
    card_type: str | None
    card_no: str | None
    opened_on: date
    principal: MinorUnits
    term: int
    status: str


@dataclass(frozen=True)
class Instalment:
    loan_id: str
    instalment_no: int
    due_date: date
    principal_due: MinorUnits
    interest_due: MinorUnits

    @property
    def due(self) -> int:
        """What the borrower owes for this instalment, charges left out."""
        return self.principal_due + self.interest_due


@dataclass(frozen=True)
class Order:
    order_no: str
    loan_id: str
    instalment_no: int | None
    purpose: str
    channel: str
    bank_code: str | None
    card_type: str | None
    card_no: str | None
    amount: MinorUnits
    requested_at: datetime
    status: str
    response_code: str | None


@dataclass(frozen=True)
class Posting:
    posting_id: str
    loan_id: str
    instalment_no: int | None
    order_no: str | None
    channel: str | None
    amount: MinorUnits
    posted_at: datetime
    value_date: date
    kind: str
    reverses: str | None


@dataclass(frozen=True)
class Charge:
    charge_id: str
    loan_id: str
    instalment_no: int | None
    kind: str
    amount: MinorUnits
    charged_on: date
    status: str


@dataclass(frozen=True)
class AccountStatus:
    loan_id: str
    as_of: date
    days_past_due: int
    app_status: str
    collection_stage: str
    bureau_status: str | None
    bureau_reported_on: date | None


@dataclass(frozen=True)
class Line:
    channel_ref: str
    order_no: str | None
    kind: str
    original_ref: str | None
    amount: MinorUnits
    fee: MinorUnits
    happened_at: datetime
    settle_date: date
    card_no: str | None
    bank_code: str | None
    outcome: str
    response_code: str | None


@dataclass(frozen=True)
class Totals:
    settle_date: date
    debit_count: int
    debit_amount: MinorUnits
    refund_count: int
    refund_amount: MinorUnits
    fee_amount: MinorUnits
    net_amount: MinorUnits


@dataclass(frozen=True)
class Receipt:
    entry_ref: str
    account: str
    booked_on: date
    amount: MinorUnits
    channel: str | None
    settle_date: date | None
    description: str


@dataclass(frozen=True)
class StatementEntry:
    loan_id: str
    entry_no: str
    card_no: str | None
    happened_at: datetime
    amount: MinorUnits
    balance: MinorUnits
    description: str


Row = (
    Loan
    | Instalment
    | Order
    | Posting
    | Charge
    | AccountStatus
    | Line
    | Totals
    | Receipt
    | StatementEntry
)


@dataclass(frozen=True)
class Feed:
    """A feed's name, its row type, its key and the field that stamps a row in time."""

    name: str
    row: type
    key: tuple[str, ...]
    stamp: str | None


FEEDS = {
    feed.name: feed
    for feed in (
        Feed("loans", Loan, ("loan_id",), "opened_on"),
        Feed("instalments", Instalment, ("loan_id", "instalment_no"), None),
        Feed("debit_orders", Order, ("channel", "order_no"), "requested_at"),
        Feed("postings", Posting, ("posting_id",), "posted_at"),
        Feed("charges", Charge, ("charge_id",), "charged_on"),
        Feed("account_status", AccountStatus, ("loan_id", "as_of"), "as_of"),
        Feed("settlement", Line, ("channel_ref",), "happened_at"),
        Feed("settlement_totals", Totals, ("settle_date",), None),
        Feed("bank_receipts", Receipt, ("entry_ref",), "booked_on"),
        Feed("borrower_statements", StatementEntry, ("loan_id", "entry_no"), "happened_at"),
    )
}


@dataclass(frozen=True)
class File:
    """One delivered file: where it lies below inbox/, whose it is, and its rows in order."""

    path: str
    feed: str
    owner: str
    business_date: date
    rows: tuple[Row, ...]

    @property
    def base_name(self) -> str:
        """The logical name of the file."""
        return self.path.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Terms:
    """A row of channels.csv."""

    channel: str
    cut_off: time | None
    settlement_lag_days: int
    posting_window_hours: int
    file_lag_days: int
    amount_tolerance: MinorUnits
    fee_rate: Decimal
    fee_minimum: MinorUnits | None
    fee_maximum: MinorUnits | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class Limit:
    """A row of bank_limits.csv; None: none stated, which is not zero."""

    channel: str
    bank_code: str
    card_type: str | None
    per_debit: MinorUnits | None
    per_day: MinorUnits | None
    per_month: MinorUnits | None
    valid_from: date | None
    valid_to: date | None
    source: str


@dataclass(frozen=True)
class ChargeRule:
    """A row of charge_rules.csv."""

    lender: str
    product: str | None
    late_interest_rate_per_day: Decimal
    failed_debit_fee: MinorUnits
    grace_days: int
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class Outage:
    """A row of channel_outages.csv; it covers instants from starts_at until before ends_at."""

    channel: str
    starts_at: datetime
    ends_at: datetime
    note: str


@dataclass(frozen=True)
class ResponseCode:
    """A row of response_codes.csv."""

    channel: str
    response_code: str
    meaning: str


@dataclass(frozen=True)
class CalendarDay:
    """A row of calendar.csv."""

    date: date
    is_business_day: bool
    note: str


@dataclass(frozen=True)
class References:
    """All reference tables of a workspace."""

    channels: tuple[Terms, ...]
    bank_limits: tuple[Limit, ...]
    charge_rules: tuple[ChargeRule, ...]
    channel_outages: tuple[Outage, ...]
    response_codes: tuple[ResponseCode, ...]
    calendar: tuple[CalendarDay, ...]


@dataclass(frozen=True)
class Settings:
    """The numbers of tieout.toml that rules read."""

    event_days: int = 30
    late_match_days: int = 30
    time_zone: str = "Asia/Shanghai"
