"""The reference tables: which columns each has and what their cells hold.

Source: contract section 5; severity_rules and materiality: DECISIONS.md.
"""

from tieout.relations import Relation, optional, required, span
from tieout.words import CARD_TYPES, SEVERITIES

HARMS = ("bureau_record", "escalated", "chased", "out_of_pocket")

REFERENCES = {
    relation.name: relation
    for relation in (
        Relation(
            "channels",
            (
                required("channel", "code"),
                required("cut_off", "time_of_day"),
                span("settlement_lag_days"),
                span("posting_window_hours"),
                span("file_lag_days"),
                required("amount_tolerance", "money"),
                required("fee_rate", "rate"),
                optional("fee_minimum", "money"),
                optional("fee_maximum", "money"),
                optional("valid_from", "date"),
                optional("valid_to", "date"),
            ),
            key=("channel", "valid_from"),
        ),
        Relation(
            "bank_limits",
            (
                required("channel", "code"),
                required("bank_code", "code"),
                optional("card_type", "code", *CARD_TYPES),
                optional("per_debit", "money"),
                optional("per_day", "money"),
                optional("per_month", "money"),
                optional("valid_from", "date"),
                optional("valid_to", "date"),
                optional("source", "text"),
            ),
            key=("channel", "bank_code", "card_type", "valid_from"),
        ),
        Relation(
            "charge_rules",
            (
                required("lender", "code"),
                optional("product", "code"),
                required("late_interest_rate_per_day", "rate"),
                required("failed_debit_fee", "money"),
                span("grace_days"),
                optional("valid_from", "date"),
                optional("valid_to", "date"),
            ),
            key=("lender", "product", "valid_from"),
        ),
        Relation(
            "channel_outages",
            (
                required("channel", "code"),
                required("starts_at", "instant"),
                required("ends_at", "instant"),
                optional("note", "text"),
            ),
            key=("channel", "starts_at"),
        ),
        Relation(
            "response_codes",
            (
                required("channel", "code"),
                required("response_code", "code"),
                required(
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
                optional("category", "code"),
                optional("minimum_amount", "money"),
                span("minimum_age_days", is_required=False),
                optional("harm", "code", *HARMS),
                required("severity", "code", *SEVERITIES),
                optional("valid_from", "date"),
                optional("valid_to", "date"),
            ),
            key=("category", "minimum_amount", "minimum_age_days", "harm", "valid_from"),
        ),
        Relation(
            "materiality",
            (
                optional("lender", "code"),
                required("one_name_up_to", "money"),
                optional("valid_from", "date"),
                optional("valid_to", "date"),
            ),
            key=("lender", "valid_from"),
        ),
        Relation(
            "calendar",
            (
                required("date", "date"),
                required("is_business_day", "boolean"),
                optional("note", "text"),
            ),
            key=("date",),
        ),
    )
}
