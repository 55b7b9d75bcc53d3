"""The canonical feeds: which columns each relation has and what their cells hold.

Source: contract section 4 (feeds) and section 5 (reference tables). Every file format,
canonical or a vendor's own, is read into one of these relations.
"""

from dataclasses import dataclass

from tieout.words import SEVERITIES, Kind, Owner


@dataclass(frozen=True)
class Column:
    """One column. `required`: an empty cell is a bad line. `words`: the only words allowed."""

    name: str
    kind: Kind
    required: bool = False
    words: tuple[str, ...] = ()

    @property
    def loaded_name(self) -> str:
        """The name once read: money carries its unit."""
        return f"{self.name}_minor" if self.kind == "money" else self.name


@dataclass(frozen=True)
class Relation:
    """Named columns and the key that identifies a row."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@dataclass(frozen=True)
class Feed(Relation):
    """A relation that files are read into; its key holds within one `owner`.

    `is_appended`: rows are only ever added, so a later delivery of a file replaces no earlier one.
    """

    owner: Owner
    is_appended: bool = False


def _required(name: str, kind: Kind, *words: str) -> Column:
    return Column(name, kind, required=True, words=words)


def _optional(name: str, kind: Kind, *words: str) -> Column:
    return Column(name, kind, required=False, words=words)


CARD_TYPES = ("debit", "credit")
OUTCOMES = ("succeeded", "failed", "unknown")
HARMS = ("bureau_record", "escalated", "chased", "out_of_pocket")

LOANS = Feed(
    "loans",
    (
        _required("loan_id", "text"),
        _required("borrower_ref", "text"),
        _optional("product", "code"),
        _optional("bank_code", "code"),
        _optional("card_type", "code", *CARD_TYPES),
        _optional("card_no", "card"),
        _required("opened_on", "date"),
        _required("principal", "money"),
        _required("term", "integer"),
        _required("status", "code", "active", "closed", "locked"),
    ),
    key=("loan_id",),
    owner="lender",
)

INSTALMENTS = Feed(
    "instalments",
    (
        _required("loan_id", "text"),
        _required("instalment_no", "integer"),
        _required("due_date", "date"),
        _required("principal_due", "money"),
        _required("interest_due", "money"),
    ),
    key=("loan_id", "instalment_no"),
    owner="lender",
)

DEBIT_ORDERS = Feed(
    "debit_orders",
    (
        _required("order_no", "text"),
        _required("loan_id", "text"),
        _optional("instalment_no", "integer"),
        _required("purpose", "code", "instalment", "prepayment", "overdue"),
        _required("channel", "code"),
        _optional("bank_code", "code"),
        _optional("card_type", "code", *CARD_TYPES),
        _optional("card_no", "card"),
        _required("amount", "money"),
        _required("requested_at", "instant"),
        _required("status", "code", *OUTCOMES),
        _optional("response_code", "code"),
    ),
    key=("channel", "order_no"),
    owner="lender",
)

POSTINGS = Feed(
    "postings",
    (
        _required("posting_id", "text"),
        _required("loan_id", "text"),
        _optional("instalment_no", "integer"),
        _optional("order_no", "text"),
        _optional("channel", "code"),
        _required("amount", "money"),
        _required("posted_at", "instant"),
        _required("value_date", "date"),
        _required("kind", "code", "repayment", "reversal"),
        _optional("reverses", "text"),
    ),
    key=("posting_id",),
    owner="lender",
)

CHARGES = Feed(
    "charges",
    (
        _required("charge_id", "text"),
        _required("loan_id", "text"),
        _optional("instalment_no", "integer"),
        _required("kind", "code", "late_interest", "failed_debit_fee", "other"),
        _required("amount", "money"),
        _required("charged_on", "date"),
        _required("status", "code", "charged", "waived"),
    ),
    key=("charge_id",),
    owner="lender",
)

ACCOUNT_STATUS = Feed(
    "account_status",
    (
        _required("loan_id", "text"),
        _required("as_of", "date"),
        _required("days_past_due", "integer"),
        _required("app_status", "code", "paid", "due", "overdue"),
        _required(
            "collection_stage",
            "code",
            "none",
            "reminder",
            "phone",
            "escalated",
            "legal",
            "judicial",
        ),
        _optional("bureau_status", "code"),
        _optional("bureau_reported_on", "date"),
    ),
    key=("loan_id", "as_of"),
    owner="lender",
)

SETTLEMENT = Feed(
    "settlement",
    (
        _required("channel_ref", "text"),
        _optional("order_no", "text"),
        _required("kind", "code", "debit", "refund", "reversal"),
        _optional("original_ref", "text"),
        _required("amount", "money"),
        _optional("fee", "money"),
        _required("happened_at", "instant"),
        _required("settle_date", "date"),
        _optional("card_no", "card"),
        _optional("bank_code", "code"),
        _required("outcome", "code", *OUTCOMES),
        _optional("response_code", "code"),
    ),
    key=("channel_ref",),
    owner="channel",
)

SETTLEMENT_TOTALS = Feed(
    "settlement_totals",
    (
        _required("settle_date", "date"),
        _optional("debit_count", "integer"),
        _optional("debit_amount", "money"),
        _optional("refund_count", "integer"),
        _optional("refund_amount", "money"),
        _optional("fee_amount", "money"),
        _optional("net_amount", "money"),
    ),
    key=("settle_date",),
    owner="channel",
)

BANK_RECEIPTS = Feed(
    "bank_receipts",
    (
        _required("entry_ref", "text"),
        _optional("account", "text"),
        _required("booked_on", "date"),
        _required("amount", "money"),
        _optional("channel", "code"),
        _optional("settle_date", "date"),
        _optional("description", "text"),
    ),
    key=("entry_ref",),
    owner="lender",
)

BORROWER_STATEMENTS = Feed(
    "borrower_statements",
    (
        _required("loan_id", "text"),
        _required("entry_no", "text"),
        _optional("card_no", "card"),
        _required("happened_at", "instant"),
        _required("amount", "money"),
        _optional("balance", "money"),
        _optional("description", "text"),
        _optional("has_time", "boolean"),
    ),
    key=("loan_id", "entry_no"),
    owner="lender",
)

DECISIONS = Feed(
    "decisions",
    (
        _required("break_id", "text"),
        _required("action", "code", "accept", "adjust", "write_off", "reopen"),
        _required("by", "text"),
        _required("at", "instant"),
        _required("reason", "text"),
    ),
    key=("break_id", "by", "at"),
    owner="lender",
    is_appended=True,
)

FEEDS = {
    feed.name: feed
    for feed in (
        LOANS,
        INSTALMENTS,
        DEBIT_ORDERS,
        POSTINGS,
        CHARGES,
        ACCOUNT_STATUS,
        SETTLEMENT,
        SETTLEMENT_TOTALS,
        BANK_RECEIPTS,
        BORROWER_STATEMENTS,
        DECISIONS,
    )
}

REFERENCES = {
    relation.name: relation
    for relation in (
        Relation(
            "channels",
            (
                _required("channel", "code"),
                _required("cut_off", "time_of_day"),
                _required("settlement_lag_days", "integer"),
                _required("posting_window_hours", "integer"),
                _required("file_lag_days", "integer"),
                _required("amount_tolerance", "money"),
                _required("fee_rate", "rate"),
                _optional("fee_minimum", "money"),
                _optional("fee_maximum", "money"),
                _optional("valid_from", "date"),
                _optional("valid_to", "date"),
            ),
            key=("channel", "valid_from"),
        ),
        Relation(
            "bank_limits",
            (
                _required("channel", "code"),
                _required("bank_code", "code"),
                _optional("card_type", "code", *CARD_TYPES),
                _optional("per_debit", "money"),
                _optional("per_day", "money"),
                _optional("per_month", "money"),
                _optional("valid_from", "date"),
                _optional("valid_to", "date"),
                _optional("source", "text"),
            ),
            key=("channel", "bank_code", "card_type", "valid_from"),
        ),
        Relation(
            "charge_rules",
            (
                _required("lender", "code"),
                _optional("product", "code"),
                _required("late_interest_rate_per_day", "rate"),
                _required("failed_debit_fee", "money"),
                _required("grace_days", "integer"),
                _optional("valid_from", "date"),
                _optional("valid_to", "date"),
            ),
            key=("lender", "product", "valid_from"),
        ),
        Relation(
            "channel_outages",
            (
                _required("channel", "code"),
                _required("starts_at", "instant"),
                _required("ends_at", "instant"),
                _optional("note", "text"),
            ),
            key=("channel", "starts_at"),
        ),
        Relation(
            "response_codes",
            (
                _required("channel", "code"),
                _required("response_code", "code"),
                _required(
                    "meaning",
                    "code",
                    "succeeded",
                    "unknown",
                    "insufficient_funds",
                    "over_limit",
                    "card_problem",
                    "debited_not_written_off",
                    "channel_error",
                    "other",
                ),
            ),
            key=("channel", "response_code"),
        ),
        Relation(
            "severity_rules",
            (
                _optional("category", "code"),
                _optional("minimum_amount", "money"),
                _optional("minimum_age_days", "integer"),
                _optional("harm", "code", *HARMS),
                _required("severity", "code", *SEVERITIES),
                _optional("valid_from", "date"),
                _optional("valid_to", "date"),
            ),
            key=("category", "minimum_amount", "minimum_age_days", "harm", "valid_from"),
        ),
        Relation(
            "materiality",
            (
                _optional("lender", "code"),
                _required("one_name_up_to", "money"),
                _optional("valid_from", "date"),
                _optional("valid_to", "date"),
            ),
            key=("lender", "valid_from"),
        ),
        Relation(
            "calendar",
            (
                _required("date", "date"),
                _required("is_business_day", "boolean"),
                _optional("note", "text"),
            ),
            key=("date",),
        ),
    )
}

NEVER_DELIVERED = frozenset({"has_time"})
"""Not in a feed's own files: what only another format can tell, as that its days have no hours."""

NEVER_LOADED = frozenset({"description"})
"""Free text may hold names and phone numbers and no rule reads it, so it stays in the file."""
