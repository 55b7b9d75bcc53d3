"""Breaks that the stored run of the day before left, drawn by category and subject."""

from hashlib import md5

_KEYS = {
    "debit": ("channel", "channel_ref"),
    "posting": ("lender", "posting_id"),
    "order": ("lender", "order_no"),
    "instalment": ("lender", "loan_id", "instalment_no"),
    "settlement": ("channel", "settle_date"),
}


def break_id(category: str, subject: str) -> str:
    """The id by which a break is known from day to day (contract section 7)."""
    return md5(f"{category} {subject}".encode()).hexdigest()[:16]


def stored(*breaks: tuple[str, str]) -> str:
    """Breaks of the day before as (category, subject), with the columns their subject names."""
    columns = ["lender", "channel", "channel_ref", "posting_id", "order_no", "loan_id"]
    heading = ["break_id", "category", "subject", *columns, "instalment_no"]
    lines = [" | ".join(heading)]
    for category, subject in breaks:
        kind, *values = subject.split(":")
        row = dict(zip(_KEYS[kind], values, strict=True))
        row |= {"channel": "alipay"} if kind == "order" else {}
        row |= {"break_id": break_id(category, subject)}
        row |= {"category": category, "subject": subject}
        lines.append(" | ".join(row.get(name, "-") for name in heading))
    return "\n".join(lines)
