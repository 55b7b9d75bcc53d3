"""Breaks that the stored run of the day before left, drawn by category and subject."""

from hashlib import md5
from itertools import product

from tieout.feeds import FEEDS

_KEYS = {
    "debit": ("channel", "channel_ref"),
    "posting": ("lender", "posting_id"),
    "order": ("lender", "order_no"),
    "instalment": ("lender", "loan_id", "instalment_no"),
    "settlement": ("channel", "settle_date"),
}


_OWNERS = ("kakadai", "other", "alipay", "unionpay", "wechatpay")

KNOWN = "path\n" + "\n".join(
    f"2026-03-0{day}/{owner}.{feed}.2026-03-0{day}.csv"
    for day, owner, feed in product((6, 7, 8), _OWNERS, FEEDS)
)
"""stored_inputs: every file of the three days before the dull business date was read."""


def break_id(category: str, subject: str) -> str:
    """The id by which a break is known from day to day (contract section 7)."""
    return md5(f"{category} {subject}".encode()).hexdigest()[:16]


def stored(*breaks: tuple[str, str]) -> str:
    """Breaks of the day before as (category, subject), with the columns their subject names.

    What a subject does not name of its loan is dull: L1 of kakadai.
    """
    columns = ["lender", "channel", "channel_ref", "posting_id", "order_no", "loan_id"]
    columns += ["borrower_ref"]
    heading = ["break_id", "category", "subject", *columns, "instalment_no"]
    lines = [" | ".join(heading)]
    for category, subject in breaks:
        kind, *values = subject.split(":")
        row = {} if kind == "settlement" else {"lender": "kakadai", "loan_id": "L1"}
        row |= {"channel": "alipay"} if kind == "order" else {}
        row |= dict(zip(_KEYS[kind], values, strict=True))
        row |= {"borrower_ref": f"B-{row['loan_id']}"} if "loan_id" in row else {}
        row |= {"break_id": break_id(category, subject)}
        row |= {"category": category, "subject": subject}
        lines.append(" | ".join(row.get(name, "-") for name in heading))
    return "\n".join(lines)
