"""How much of what takes part is matched."""

from collections.abc import Sequence

from tieout.publish.figures import Row

SIDE_SCOPES = {"debit": "channel", "posting": "lender"}
"""The scope of the control sheet that has every entry of a side exactly once."""

_TAKES_PART = ("matched", "in_transit", "open")


def match_rate(control: Sequence[Row], side: str, measure: str) -> int | None:
    """Matched / (matched + in transit + open) in hundredths of a percent; None for 0 / 0.

    Rounded down, so that 100 % means all of it. `measure` is `rows` or `amount`.
    """
    rows = [
        row
        for row in control
        if (row["scope"], row["side"], row["measure"]) == (SIDE_SCOPES[side], side, measure)
    ]
    whole = sum(row[name] or 0 for row in rows for name in _TAKES_PART)
    matched = sum(row["matched"] or 0 for row in rows)
    return matched * 10_000 // whole if whole else None


def rate_text(hundredths: int | None) -> str | None:
    """Percent with two decimals: `97.05`."""
    return None if hundredths is None else f"{hundredths // 100}.{hundredths % 100:02d}"
