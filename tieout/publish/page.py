"""report.html: the day for people, one page that needs nothing but itself."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template

from tieout.publish.charts import Chart, Measured, chart
from tieout.publish.figures import DayFigures, Row
from tieout.publish.money import Currency
from tieout.publish.tally import AGES, SEVERITIES, Figures

BREAKS_SHOWN = 2000
REJECTS_SHOWN = 200
BARS_SHOWN = 12
SETTLEMENT_DAYS_SHOWN = 7

_ZH = {
    "critical": "严重",
    "high": "高",
    "medium": "中",
    "low": "低",
    "platform": "平台",
    "channel": "渠道",
    "bank": "银行",
    "undetermined": "待定",
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

_AGE_LABELS = {
    "<1": ("不足 1 天", "under 1 day"),
    "1-7": ("1 至 7 天", "1 to 7 days"),
    "7-30": ("7 至 30 天", "7 to 30 days"),
    "30+": ("30 天及以上", "30 days or more"),
}

_CONTROL_FIGURES = (
    ("read", "读取", "read", "="),
    ("matched", "已勾对", "matched", "+"),
    ("in_transit", "在途", "in transit", "+"),
    ("open", "未平", "open", "+"),
    ("excluded", "已排除", "excluded", "+"),
    ("rejected", "已拒收", "rejected", ""),
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
        charts=_charts(day),
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
    environment.filters["instant"] = _instant
    environment.filters["zh"] = lambda word: _ZH.get(word, "")
    return environment.get_template("report.html")


def _source(name: str) -> str:
    return files("tieout.publish").joinpath(name).read_text(encoding="utf-8")


def _instant(moment: date | datetime | None) -> str:
    return "" if moment is None else str(moment)


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
        "new": sum(int(str(row["new"])) for row in day.roll_forward),
    }


def _read(control: list[Row], scope: str, side: str) -> dict[str, int]:
    """What was read on one side: `rows`, and `amount` in minor units."""
    read = {"rows": 0, "amount": 0}
    for row in control:
        if (row["scope"], row["side"]) == (scope, side):
            read[str(row["measure"])] += int(str(row["read"] or 0))
    return read


def _control_sheet(control: list[Row]) -> list[dict[str, object]]:
    """One line per scope, name and side, with its `rows` and its `amount` row side by side."""
    lines: dict[tuple[object, object, object], dict[str, object]] = {}
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
        line[str(row["measure"])] = row
        line["ties"] = bool(line["ties"] and row["ties"])
    return list(lines.values())


def _recent_settlement_days(day: DayFigures) -> list[Row]:
    """The last days of each channel, and any earlier day whose file is not there."""
    first = day.business_date - timedelta(days=SETTLEMENT_DAYS_SHOWN - 1)
    return [
        row
        for row in day.settlement_days
        if not row["file_present"] or str(row["settle_date"]) >= first.isoformat()
    ]


def _categories(day: DayFigures) -> list[tuple[str, str]]:
    return [
        (str(row["category"]), str(row["category_zh"]))
        for row in day.catalogue
        if (row["category"],) in day.breaks.by("category")
    ]


def _charts(day: DayFigures) -> list[Chart]:
    """The charts of the day's breaks; none when there are no breaks."""
    if not day.breaks.total().count:
        return []
    by_age = day.breaks.by("age")
    ageing = chart(
        "账龄",
        "Ageing",
        f"Amount in question ({day.currency.code}) by days open",
        [
            _measured(day, *_AGE_LABELS[age], by_age.get((age,), Figures()), by_amount=True)
            for age in AGES
        ],
    )
    return [
        ageing,
        _by_words(day, "liable", "按责任方", "By liable party", "Open breaks, amount in question"),
        _by_category(day),
        _by_words(day, "channel", "按渠道", "By channel", "Open breaks, amount in question"),
        _by_words(day, "bank_code", "按银行", "By bank", "Open breaks, amount in question"),
    ]


def _measured(
    day: DayFigures,
    label: str,
    note: str,
    figures: Figures,
    *,
    tone: str = "",
    by_amount: bool = False,
) -> Measured:
    amount = day.currency.grouped(figures.amount)
    if by_amount:
        return Measured(label, note, f"{amount} · {figures.count:,}", figures.amount, tone)
    return Measured(label, note, f"{figures.count:,} · {amount}", figures.count, tone)


def _by_category(day: DayFigures) -> Chart:
    names = {str(row["category"]): str(row["category_zh"]) for row in day.catalogue}
    largest = sorted(
        day.breaks.by("category", "severity").items(), key=lambda item: (-item[1].count, item[0])
    )
    bars = [
        _measured(day, names.get(category, ""), category, figures, tone=severity)
        for (category, severity), figures in largest
    ]
    return chart(
        "按差错类别", "By category", "Open breaks, amount in question; colour: severity", bars
    )


def _by_words(day: DayFigures, name: str, zh: str, en: str, caption: str) -> Chart:
    largest = sorted(day.breaks.by(name).items(), key=lambda item: (-item[1].count, item[0]))
    shown, rest = largest[:BARS_SHOWN], largest[BARS_SHOWN:]
    bars = [
        _measured(day, word or "无", _ZH.get(word, "") if word else "none named", figures)
        for (word,), figures in shown
    ]
    if rest:
        others = Figures()
        for _, figures in rest:
            others.add(figures)
        bars.append(_measured(day, "其他", f"{len(rest)} others", others))
    return chart(zh, en, caption, bars)
