"""summary.json: the figures of the day for machines, and what they were made from."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from tieout.publish.figures import DayFigures
from tieout.publish.match_rate import SIDE_SCOPES, match_rate, rate_text
from tieout.publish.money import Currency, row_in_major_units
from tieout.publish.tally import Figures, Tally
from tieout.publish.trend import trend

_BREAK_CUTS = ("category", "severity", "liable", "channel", "lender", "bank_code", "age")


def write_summary(path: Path, day: DayFigures, facts: Mapping[str, str | int]) -> None:
    """Write the file: sorted keys, indent 2, a line feed at the end.

    Amounts are text in major units with the currency's decimals; a key that a row does not
    have (a break without a channel, say) is the empty text.
    """
    currency = day.currency
    total = day.breaks.total()
    document = {
        "business_date": day.business_date.isoformat(),
        "currency": currency.code,
        "ties": day.ties,
        "control": [_control_row(row, currency) for row in day.control],
        "roll_forward": _rows(day.roll_forward, currency),
        "match_rate": {
            side: {
                measure: rate_text(match_rate(day.control, side, measure))
                for measure in ("rows", "amount")
            }
            for side in SIDE_SCOPES
        },
        "breaks": {
            **_break_figures(total, currency),
            "refunds": day.consequences.refunds,
            "new": day.new,
            **{f"by_{name}": _cut(day.breaks, name, currency) for name in _BREAK_CUTS},
            "by_category_and_liable": _cut_twice(day.breaks, "category", "liable", currency),
        },
        "trend": trend(day),
        "wrongly_overdue": {
            "borrowers": day.consequences.borrowers,
            "records_to_correct": day.consequences.records_to_correct,
            "collections_to_stop": day.consequences.collections_to_stop,
        },
        "in_transit": _amounts(day.in_transit, "channel", currency),
        "excluded": _amounts(day.excluded, "why", currency),
        "cleared": day.cleared.total().count,
        "cleared_by": _by(day.cleared, "cleared_by", currency),
        "decided": _amounts(day.decided, "action", currency),
        "decisions": dict(sorted(Counter(row["state"] for row in day.decisions).items())),
        "second_name_needed": {
            "count": len(day.waiting_amounts),
            "amount": currency.text(sum(day.waiting_amounts.values())),
        },
        "rejects": day.rejects,
        "expectations": _rows(day.expectations, currency),
        "inputs": _rows(day.inputs, currency),
        "versions": {
            name: fact for name, fact in facts.items() if name not in ("business_date", "currency")
        },
    }
    text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True, default=_plain)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _break_figures(figures: Figures, currency: Currency) -> dict[str, object]:
    return {
        "count": figures.count,
        "amount": currency.text(figures.amount),
        "refund": currency.text(figures.refund),
        "difference": currency.text(figures.difference),
    }


def _cut(breaks: Tally, name: str, currency: Currency) -> dict[str, object]:
    return {key: _break_figures(figures, currency) for (key,), figures in breaks.by(name).items()}


def _cut_twice(breaks: Tally, outer: str, inner: str, currency: Currency) -> dict[str, object]:
    cut: dict[str, dict[str, object]] = {}
    for (first, second), figures in breaks.by(outer, inner).items():
        cut.setdefault(first, {})[second] = _break_figures(figures, currency)
    return dict(cut)


def _amounts(tally: Tally, name: str, currency: Currency) -> dict[str, object]:
    return {
        "count": tally.total().count,
        "amount": currency.text(tally.total().amount),
        f"by_{name}": _by(tally, name, currency),
    }


def _by(tally: Tally, name: str, currency: Currency) -> dict[str, object]:
    return {
        key: {"count": figures.count, "amount": currency.text(figures.amount)}
        for (key,), figures in tally.by(name).items()
    }


def _control_row(row: Mapping[str, object], currency: Currency) -> dict[str, object]:
    if row["measure"] != "amount":
        return dict(row)
    return {
        name: currency.text(value) if type(value) is int else value for name, value in row.items()
    }


def _rows(rows: Sequence[dict[str, object]], currency: Currency) -> list[dict[str, object]]:
    return [row_in_major_units(row, currency) for row in rows]


def _plain(value: object) -> str:
    assert isinstance(value, date | datetime), value
    return str(value)
