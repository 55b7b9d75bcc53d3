"""What people are told, in both languages, from words.toml: page, workbook and notification."""

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

    def __str__(self) -> str:
        """Both languages in one line."""
        return f"{self.zh} {self.en}"


@cache
def words() -> Mapping[str, Any]:
    """The whole of words.toml."""
    text = files("tieout").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def text(*place: str) -> Text:
    """What stands at a place of words.toml: its tables from the outermost, then the name."""
    found: Any = words()
    for name in place:
        found = found[name]
    return Text(*found)


def word(term: str) -> Text:
    """A code word of the reports; one that is not known is shown as it came."""
    if not term:
        return text("page", "none_named")
    return text("words", term) if term in words()["words"] else verbatim(term.replace("_", " "))


def verbatim(name: str) -> Text:
    """A name that is the same in every language."""
    return Text(name, name)
