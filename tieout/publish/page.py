"""report.html: the day for people, one page that needs nothing but itself."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template

from tieout.publish.charts import LIABLE_ZH, charts_of
from tieout.publish.figures import DayFigures, Row
from tieout.publish.money import Currency
from tieout.words import SEVERITIES

BREAKS_SHOWN = 2000
REJECTS_SHOWN = 200
SETTLEMENT_DAYS_SHOWN = 3

_ZH = {
    **LIABLE_ZH,
    "critical": "严重",
    "high": "高",
    "medium": "中",
    "low": "低",
    "lender": "放款方",
    "source": "来源",
    "debit": "扣款",
    "posting": "入账",
    "proven": "已证实",
    "statement_needed": "需银行流水",
    "stop": "必须通过",
    "warn": "提醒",
    "read": "已读取",
    "replaced": "已被替换",
}

_CONTROL_FIGURES = (
    ("read", "读取", "read", ""),
    ("matched", "已勾对", "matched", "="),
    ("in_transit", "在途", "in transit", "+"),
    ("open", "未平", "open", "+"),
    ("excluded", "已排除", "excluded", "+"),
    ("rejected", "已拒收", "rejected", "+"),
)


def write_page(path: Path, day: DayFigures, facts: Mapping[str, str | int]) -> None:
    """Write the page. Whatever came from a file is escaped."""
    page = _template(day.currency).render(
        day=day,
        facts=dict(sorted(facts.items())),
        headline=_headline(day),
        control_figures=_CONTROL_FIGURES,
        control=_control_sheet(day.control),
        settlement_days=_recent_settlement_days(day),
        charts=charts_of(day),
        in_transit=day.in_transit.by("channel", "side", "why"),
        in_transit_total=day.in_transit.total(),
        excluded=day.excluded.by("why"),
        severities=SEVERITIES,
        categories=_categories(day),
        liables=[liable for (liable,) in day.breaks.by("liable")],
        breaks_shown=BREAKS_SHOWN,
        rejects_shown=REJECTS_SHOWN,
        settlement_days_shown=SETTLEMENT_DAYS_SHOWN,
    )
    path.write_text(page, encoding="utf-8", newline="\n")


@cache
def _template(currency: Currency) -> Template:
    environment = Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["money"] = lambda minor: "" if minor is None else currency.grouped(minor)
    environment.filters["whole"] = lambda number: "" if number is None else f"{number:,}"
    environment.filters["zh"] = lambda word: _ZH.get(word, "")
    return environment.get_template("report.html")


def _source(name: str) -> str:
    return files("tieout.publish").joinpath(name).read_text(encoding="utf-8")


def _headline(day: DayFigures) -> dict[str, object]:
    severe = day.breaks.by("severity")
    return {
        "open": day.breaks.total(),
        "by_severity": [
            (severity, severe[(severity,)].count)
            for severity in SEVERITIES
            if (severity,) in severe
        ],
        "debits": _read(day.control, "channel", "debit"),
        "postings": _read(day.control, "lender", "posting"),
        "new": sum(row["new"] for row in day.roll_forward),
    }


def _read(control: list[Row], scope: str, side: str) -> dict[str, int]:
    """What was read on one side: `rows`, and `amount` in minor units."""
    read = {"rows": 0, "amount": 0}
    for row in control:
        if (row["scope"], row["side"]) == (scope, side):
            read[row["measure"]] += row["read"] or 0
    return read


def _control_sheet(control: list[Row]) -> list[Row]:
    """One line per scope, name and side, with its `rows` and its `amount` row side by side."""
    lines: dict[tuple[str, str, str], Row] = {}
    for row in control:
        key = (row["scope"], row["name"], row["side"])
        line = lines.setdefault(
            key,
            {
                "scope": row["scope"],
                "name": row["name"],
                "side": row["side"],
                "ties": True,
                "rows": None,
                "amount": None,
            },
        )
        line[row["measure"]] = row
        line["ties"] = line["ties"] and row["ties"]
    return list(lines.values())


def _recent_settlement_days(day: DayFigures) -> list[Row]:
    """The last days of each channel, and any earlier day whose file is not there."""
    first = day.business_date - timedelta(days=SETTLEMENT_DAYS_SHOWN - 1)
    return [
        row for row in day.settlement_days if not row["file_present"] or row["settle_date"] >= first
    ]


def _categories(day: DayFigures) -> list[tuple[str, str]]:
    return [
        (row["category"], row["category_zh"])
        for row in day.catalogue
        if (row["category"],) in day.breaks.by("category")
    ]
