"""Breaks that the stored run of the day before left, drawn by category and subject."""

from collections.abc import Iterable, Mapping
from hashlib import md5
from itertools import product
from typing import Any

from tests.spec.harness import given
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

DRAWN_ANEW = {
    "charges": "charge_id | instalment_no | amount | charged_on | status | file_date",
    "account_status": "as_of | app_status | collection_stage | days_past_due",
    "borrower_statements": "entry_no | happened_at | balance | file_date",
    "settlement": "channel_ref | order_no | kind | outcome | happened_at | settle_date",
}
"""The columns of feeds of which the day before knew nothing."""


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


def told(
    relation: str, *breaks: tuple[str, str], **drawn: Any
) -> dict[tuple[str, str], tuple[str, str | None]]:
    """By category and subject: the word, and the line that shows it by the key of its row."""
    drawn = {"stored_inputs": KNOWN} | drawn
    rows = given(stored_breaks=stored(*breaks), **drawn).rows(relation)
    names = {break_id(*each): each for each in breaks}
    return {names[row["break_id"]]: (row["cleared_by"], row["source_id"]) for row in rows}


def drawn_with(drawn: Mapping[str, str], news: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Those tables, and below them the new rows of each (feed, rows).

    A feed that is not drawn yet is headed by `DRAWN_ANEW`.
    """
    together = dict(drawn)
    for feed, rows in news:
        together[feed] = f"{together.get(feed, DRAWN_ANEW.get(feed, '')).rstrip()}\n{rows.strip()}"
    return together
