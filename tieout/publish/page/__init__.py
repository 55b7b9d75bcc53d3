"""report.html: the day for people, one page that needs nothing but itself.

Every figure on it that summary.json has too is a `data` element whose `data-figure` is a JSON
pointer into that file and whose `value` is what stands there.
"""

import base64
import hashlib
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template

from tieout.publish.action_files import ACTIONS, CLAIMS
from tieout.publish.figures import DayFigures, Row
from tieout.publish.money import Currency
from tieout.publish.page import charts, trend_panels
from tieout.publish.page.control_sheet import FIGURES, sheet, totals
from tieout.publish.page.listing import data_block, json_in_script
from tieout.publish.page.sign_off import signed, states, waiting
from tieout.publish.page.told import remedy, sentence
from tieout.publish.tally import AGES
from tieout.publish.trend import trend
from tieout.texts import Text, word, words
from tieout.words import LIABLES, SEVERITIES

BREAKS_LISTED = 50_000
"""The worst breaks that the page's list holds; breaks.csv has all of them."""

BREAKS_PRINTED = 100
"""The worst breaks in plain HTML: for paper, and for readers without scripts."""

REJECTS_SHOWN = 200
SETTLEMENT_DAYS_SHOWN = 3

_SCRIPTS = ("language.js", "breaks.js", "story.js", "list.js")


def write_page(path: Path, day: DayFigures, facts: Mapping[str, str | int]) -> None:
    """Write the page piece by piece. Whatever came from a file is escaped."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_template(day.currency).generate(_shown(day, facts)))


def _shown(day: DayFigures, facts: Mapping[str, str | int]) -> dict[str, Any]:
    lines = sheet(day.control)
    names = charts.category_names(day)
    cut = day.breaks.by("category", "liable")
    liables = [*LIABLES, *sorted({liable for _, liable in cut} - set(LIABLES))]
    printed = day.worst_breaks.head(BREAKS_PRINTED).to_dicts()
    signatures = signed(day)
    return {
        "day": day,
        "facts": dict(sorted(facts.items())),
        "t": words()["page"],
        "columns": words()["columns"],
        "categories": words()["categories"],
        "open": day.breaks.total(),
        "figures": FIGURES,
        "action_files": {
            name: file for name, file in day.files.items() if _is_action_file(name) and file.rows
        },
        "lines": lines,
        "totals": totals(day.control, lines),
        "ageing": charts.ageing(day),
        "severities": charts.by_severity(day),
        "bar_charts": [
            charts.by_name(day, "channel", "by_channel"),
            charts.by_name(day, "bank_code", "by_bank"),
            charts.by_name(day, "lender", "by_lender"),
        ],
        "liables": liables,
        "matrix": charts.matrix(day, liables),
        "liable_totals": charts.liable_totals(day, liables),
        "trend": trend(day),
        "panels": trend_panels.panels(trend(day)),
        "panel_width": trend_panels.PANEL_WIDTH,
        "panel_room": trend_panels.PANEL_ROOM,
        "settlement_days": _recent_settlement_days(day),
        "filters": _filters(day, names),
        "names": names,
        "printed": [
            {
                **row,
                "told": sentence(row, day.currency),
                "put_right": remedy(row["remedy"] or ""),
                "signed": signatures.get(row["break_id"], []),
            }
            for row in printed
        ],
        "listed": day.worst_breaks.height,
        "data": data_block(day.worst_breaks, signatures),
        "spoken": _spoken(day, names),
        "rejects_shown": REJECTS_SHOWN,
        "in_transit": day.in_transit.by("channel", "side", "why"),
        "excluded": day.excluded.by("why"),
        "decided": day.decided.by("action"),
        "cleared": day.cleared.by("cleared_by"),
        "states": states(day),
        "waiting": waiting(day, names),
    }


def _is_action_file(name: str) -> bool:
    return name.startswith(f"{CLAIMS}/") or name.removesuffix(".csv") in ACTIONS


def _filters(day: DayFigures, names: Mapping[str, Text]) -> list[tuple[str, list[Any]]]:
    """What the list can be filtered by: the parameter's name, and (value, its words)."""

    def named(column: str) -> list[tuple[str, Text]]:
        return [(name, Text(name, name)) for (name,) in day.breaks.by(column) if name]

    there = day.breaks.by("severity")
    found = [(category, names[category]) for (category,) in day.breaks.by("category")]
    return [
        ("severity", [(name, word(name)) for name in SEVERITIES if (name,) in there]),
        ("category", found),
        ("liable", [(name, word(name)) for (name,) in day.breaks.by("liable") if name]),
        ("channel", named("channel")),
        ("bank_code", named("bank_code")),
        ("lender", named("lender")),
        ("age", [(age, word(age)) for age in AGES]),
        ("action", [(name, word(name)) for name in ("refund", "bureau", "stop_collection")]),
    ]


def _spoken(day: DayFigures, names: Mapping[str, Text]) -> str:
    """The words that the page's script needs, as JSON that cannot end its script element."""
    known = words()
    told = {
        "currency_decimals": day.currency.decimals,
        "listed_before": BREAKS_PRINTED,
        "breaks": known["page"]["breaks"],
        "columns": known["columns"],
        "words": known["words"],
        "names": names,
        "means": {
            row["category"]: known["categories"]
            .get(row["category"], {})
            .get("means", [row["means"] or ""] * 2)
            for row in day.catalogue
        },
        "says": {name: each["says"] for name, each in known["categories"].items()},
    }
    return json_in_script(told)


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
    style = _source("report.css")
    script = "".join(["(function () {\n", *map(_source, _SCRIPTS), "}());\n"])
    environment.globals.update(
        style=style,
        script=script,
        policy="default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"style-src '{_digest(style)}'; script-src '{_digest(script)}'",
        pointer=charts.pointer,
        put_right=remedy,
        grouped=trend_panels.grouped,
    )
    environment.filters["money"] = lambda minor: "" if minor is None else currency.grouped(minor)
    environment.filters["major"] = lambda minor: "" if minor is None else currency.text(minor)
    environment.filters["whole"] = lambda number: "" if number is None else f"{number:,}"
    environment.filters["word"] = lambda term: word(term or "")
    environment.filters["english"] = lambda name: name.replace("_", " ")
    return environment.get_template("report.html")


def _source(name: str) -> str:
    return files("tieout.publish.page").joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """A source of a content security policy: only exactly this text may stand inline."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _recent_settlement_days(day: DayFigures) -> list[Row]:
    """The last days of each channel, and any earlier day whose file is not there."""
    first = day.business_date - timedelta(days=SETTLEMENT_DAYS_SHOWN - 1)
    return [
        row for row in day.settlement_days if not row["file_present"] or row["settle_date"] >= first
    ]
