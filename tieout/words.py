"""Business words as types. One thing, one word (GLOSSARY.md)."""

from typing import Literal, NewType

Lender = NewType("Lender", str)
Channel = NewType("Channel", str)
Sha256 = NewType("Sha256", str)

Owner = Literal["lender", "channel"]
"""Whose system wrote a feed: a source of that feed must name this party."""

SEVERITIES = ("critical", "high", "medium", "low")
"""The worst first."""

LIABLES = ("platform", "channel", "bank", "undetermined")
"""Who may have to put a break right."""

CARD_TYPES = ("debit", "credit")

Kind = Literal[
    "text", "code", "card", "money", "instant", "date", "time_of_day", "integer", "boolean", "rate"
]
"""What the cells of a column hold, and so how they are read.

text: an identifier or words, kept verbatim; code: one of a short list of words or codes;
card: a card number, masked to its first six and last four digits while reading;
money: major units in the file, BIGINT minor units in the warehouse;
instant: local time to the second; rate: an exact decimal number, at most ten decimals.
"""
