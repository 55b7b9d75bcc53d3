"""One break in a sentence: the words of its category, filled in with its own facts.

The page's script fills in the same words by the same rule; a browser test compares them.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from tieout.publish.money import MINOR, Currency
from tieout.texts import LANGUAGES, Text, word, words

_OPTIONAL = re.compile(r"\[\[(.*?)\]\]")
_NAME = re.compile(r"\{(\w+)\}")
_UNSTATED = "—"

Row = Mapping[str, Any]


def sentence(row: Row, currency: Currency) -> Text:
    """What happened, to whom, with its amounts and dates.

    A category without words of its own is told by its name and subject.
    """
    says = words()["categories"].get(row["category"], {}).get("says")
    if says is None:
        english = row["category"].replace("_", " ")
        return Text(f"{row['category_zh']}：{row['subject']}", f"{english}: {row['subject']}")
    facts = _facts(row, currency)
    told = []
    for place, _ in enumerate(LANGUAGES):
        spoken = {**facts, "cause": word(row["cause"] or "")[place]}
        told.append(filled(says[place], spoken.get))
    return Text(*told)


def filled(template: str, value: Callable[[str], str | None]) -> str:
    """The template with its names filled in; a part in [[ ]] that misses one is left out."""

    def optional(part: re.Match[str]) -> str:
        return part[1] if all(value(name) for name in _NAME.findall(part[1])) else ""

    return _NAME.sub(lambda name: value(name[1]) or _UNSTATED, _OPTIONAL.sub(optional, template))


def remedy(sentence_in_english: str) -> Text:
    """A remedy in both languages; Chinese falls back to the sentence as it came."""
    for pattern, chinese in _remedies():
        met = pattern.fullmatch(sentence_in_english)
        if met:
            groups = {name: _steps(text) for name, text in met.groupdict().items()}
            return Text(filled(chinese, groups.get), sentence_in_english)
    return Text(sentence_in_english, sentence_in_english)


@cache
def _remedies() -> list[tuple[re.Pattern[str], str]]:
    return [
        (re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(english))), chinese)
        for english, chinese in words()["remedies"].items()
    ]


def _steps(text: str) -> str:
    known: Mapping[str, str] = words()["steps"]
    return "、".join(known.get(step, step) for step in text.split(", "))


def _facts(row: Row, currency: Currency) -> dict[str, str]:
    facts = {"settle_date": row["subject"].rpartition(":")[2]}
    for name, value in row.items():
        if value is None:
            continue
        if name.endswith(MINOR):
            facts[name.removesuffix(MINOR)] = currency.grouped(value)
        else:
            facts[name] = str(value)
    return facts
