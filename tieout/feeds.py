"""The canonical feeds: which columns each relation has and what their cells hold.

Source: contract section 4. Every file format, canonical or a vendor's own, is read into one of
these relations.
"""

from dataclasses import dataclass

from tieout.relations import Relation, amount, optional, required, span
from tieout.words import CARD_TYPES, Owner


@dataclass(frozen=True)
class Feed(Relation):
    """A relation that files are read into; its key holds within one `owner`.

    `is_appended`: rows are only ever added, so a later delivery of a file replaces no earlier one.
    """

    owner: Owner
    is_appended: bool = False


OUTCOMES = ("succeeded", "failed", "unknown")

LOANS = Feed(
    "loans",
    (
        required("loan_id", "text"),
        required("borrower_ref", "text"),
        optional("product", "code"),
        optional("bank_code", "code"),
        optional("card_type", "code", *CARD_TYPES),
        optional("card_no", "card"),
        required("opened_on", "date"),
        required("principal", "money"),
        required("term", "integer"),
        required("status", "code", "active", "closed", "locked"),
    ),
    key=("loan_id",),
    owner="lender",
)

INSTALMENTS = Feed(
    "instalments",
    (
        required("loan_id", "text"),
        required("instalment_no", "integer"),
        required("due_date", "date"),
        amount("principal_due"),
        amount("interest_due"),
    ),
    key=("loan_id", "instalment_no"),
    owner="lender",
)

DEBIT_ORDERS = Feed(
    "debit_orders",
    (
        required("order_no", "text"),
        required("loan_id", "text"),
        optional("instalment_no", "integer"),
        required("purpose", "code", "instalment", "prepayment", "overdue"),
        required("channel", "code"),
        optional("bank_code", "code"),
        optional("card_type", "code", *CARD_TYPES),
        optional("card_no", "card"),
        amount("amount"),
        required("requested_at", "instant"),
        required("status", "code", *OUTCOMES),
        optional("response_code", "code"),
    ),
    key=("channel", "order_no"),
    owner="lender",
)

POSTINGS = Feed(
    "postings",
    (
        required("posting_id", "text"),
        required("loan_id", "text"),
        optional("instalment_no", "integer"),
        optional("order_no", "text"),
        optional("channel", "code"),
        amount("amount"),
        required("posted_at", "instant"),
        required("value_date", "date"),
        required("kind", "code", "repayment", "reversal"),
        optional("reverses", "text"),
    ),
    key=("posting_id",),
    owner="lender",
)

CHARGES = Feed(
    "charges",
    (
        required("charge_id", "text"),
        required("loan_id", "text"),
        optional("instalment_no", "integer"),
        required("kind", "code", "late_interest", "failed_debit_fee", "other"),
        amount("amount"),
        required("charged_on", "date"),
        required("status", "code", "charged", "waived"),
    ),
    key=("charge_id",),
    owner="lender",
)

ACCOUNT_STATUS = Feed(
    "account_status",
    (
        required("loan_id", "text"),
        required("as_of", "date"),
        span("days_past_due"),
        required("app_status", "code", "paid", "due", "overdue"),
        required(
            "collection_stage",
            "code",
            "none",
            "reminder",
            "phone",
            "escalated",
            "legal",
            "judicial",
        ),
        optional("bureau_status", "code"),
        optional("bureau_reported_on", "date"),
    ),
    key=("loan_id", "as_of"),
    owner="lender",
)

SETTLEMENT = Feed(
    "settlement",
    (
        required("channel_ref", "text"),
        optional("order_no", "text"),
        required("kind", "code", "debit", "refund", "reversal"),
        optional("original_ref", "text"),
        amount("amount"),
        amount("fee", is_required=False),
        required("happened_at", "instant"),
        required("settle_date", "date"),
        optional("card_no", "card"),
        optional("bank_code", "code"),
        required("outcome", "code", *OUTCOMES),
        optional("response_code", "code"),
    ),
    key=("channel_ref",),
    owner="channel",
)

SETTLEMENT_TOTALS = Feed(
    "settlement_totals",
    (
        required("settle_date", "date"),
        optional("debit_count", "integer"),
        optional("debit_amount", "money"),
        optional("refund_count", "integer"),
        optional("refund_amount", "money"),
        optional("fee_amount", "money"),
        optional("net_amount", "money"),
        optional("line_count", "integer"),
        optional("lines_read", "integer"),
    ),
    key=("settle_date",),
    owner="channel",
)

BANK_RECEIPTS = Feed(
    "bank_receipts",
    (
        required("entry_ref", "text"),
        optional("account", "text"),
        required("booked_on", "date"),
        required("amount", "money"),
        optional("channel", "code"),
        optional("settle_date", "date"),
        optional("description", "text"),
    ),
    key=("entry_ref",),
    owner="lender",
)

BORROWER_STATEMENTS = Feed(
    "borrower_statements",
    (
        required("loan_id", "text"),
        required("entry_no", "text"),
        optional("card_no", "card"),
        required("happened_at", "instant"),
        required("amount", "money"),
        optional("balance", "money"),
        optional("description", "text"),
        optional("has_time", "boolean"),
    ),
    key=("loan_id", "entry_no"),
    owner="lender",
)

DECISIONS = Feed(
    "decisions",
    (
        required("break_id", "text"),
        required("action", "code", "accept", "adjust", "write_off", "reopen"),
        required("by", "text"),
        required("at", "instant"),
        required("reason", "text"),
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

NEVER_DELIVERED = frozenset({"has_time", "line_count", "lines_read"})
"""Not in a feed's own files: what only another format can tell, as that its days have no hours,
or how many lines it declares and has."""

NEVER_LOADED = frozenset({"description"})
"""Free text may hold names and phone numbers and no rule reads it, so it stays in the file."""
