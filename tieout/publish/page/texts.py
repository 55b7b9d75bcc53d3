"""The words of the page in both languages, from words.toml."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

LANGUAGES = ("zh", "en")


class Text(NamedTuple):
    """The same thing said in Chinese and in English."""

    zh: str
    en: str


@cache
def words() -> Mapping[str, Any]:
    """words.toml: `page`, `columns`, `words`, `categories`, `remedies`, `steps`."""
    text = files("tieout.publish.page").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def word(term: str) -> Text:
    """A code word of the reports; one that is not known is shown as it came."""
    if not term:
        return Text(*words()["page"]["none_named"])
    known = words()["words"].get(term)
    return Text(*known) if known else verbatim(term.replace("_", " "))


def verbatim(name: str) -> Text:
    """A name that is the same in every language."""
    return Text(name, name)
