"""What the page draws: the day's breaks by age, category and whom they concern."""

from tieout.publish.bars import Chart, Measured, chart
from tieout.publish.figures import DayFigures
from tieout.publish.tally import AGES, Figures

BARS_SHOWN = 12

LIABLE_ZH = {"platform": "平台", "channel": "渠道", "bank": "银行", "undetermined": "待定"}

_AGE_LABELS = {
    "<1": ("不足 1 天", "under 1 day"),
    "1-7": ("1 至 7 天", "1 to 7 days"),
    "7-30": ("7 至 30 天", "7 to 30 days"),
    "30+": ("30 天及以上", "30 days or more"),
}

_COUNT_CAPTION = "笔数 open breaks · 涉及金额 amount in question"


def charts_of(day: DayFigures) -> list[Chart]:
    """The charts of the day's breaks; none when there are no breaks."""
    if not day.breaks.total().count:
        return []
    by_age = day.breaks.by("age")
    ageing = chart(
        "账龄",
        "Ageing",
        f"涉及金额 amount in question ({day.currency.code}) · 笔数 breaks, by days open",
        [
            _measured(day, *_AGE_LABELS[age], by_age.get((age,), Figures()), by_amount=True)
            for age in AGES
        ],
    )
    return [
        ageing,
        _by_category(day),
        _by_liable(day),
        _by_words(day, "channel", "按渠道", "By channel"),
        _by_words(day, "bank_code", "按银行", "By bank"),
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
    names = {row["category"]: row["category_zh"] for row in day.catalogue}
    largest = sorted(day.breaks.by("category", "severity").items(), key=_most_first)
    bars = [
        _measured(day, names.get(category, ""), category, figures, tone=severity)
        for (category, severity), figures in largest
    ]
    return chart(
        "按差错类别", "By category", f"{_COUNT_CAPTION}; 颜色：程度 colour: severity", bars
    )


def _by_liable(day: DayFigures) -> Chart:
    largest = sorted(day.breaks.by("liable").items(), key=_most_first)
    bars = [
        _measured(day, LIABLE_ZH.get(liable, "无"), liable, figures)
        for (liable,), figures in largest
    ]
    return chart("按责任方", "By liable party", _COUNT_CAPTION, bars)


def _by_words(day: DayFigures, name: str, zh: str, en: str) -> Chart:
    largest = sorted(day.breaks.by(name).items(), key=_most_first)
    shown, rest = largest[:BARS_SHOWN], largest[BARS_SHOWN:]
    bars = [_measured(day, *_words(word), figures) for (word,), figures in shown]
    if rest:
        others = Figures()
        for _, figures in rest:
            others.add(figures)
        bars.append(_measured(day, "其他", f"{len(rest)} others", others))
    return chart(zh, en, _COUNT_CAPTION, bars)


def _words(word: str) -> tuple[str, str]:
    """A value as a chart names it: what stands out, and the quiet rest."""
    if not word:
        return "无", "none named"
    return word, ""


def _most_first(item: tuple[tuple[str, ...], Figures]) -> tuple[int, tuple[str, ...]]:
    key, figures = item
    return -figures.count, key
