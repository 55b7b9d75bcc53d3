"""One thing, one word: page, workbook and notification call things as GLOSSARY.md does."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tieout.texts import words

GLOSSARY = (Path(__file__).parents[2] / "GLOSSARY.md").read_text(encoding="utf-8")
SENTENCES = ("categories", "remedies", "steps")
"""Sections that tell a story; their Chinese may say a thing without naming it."""

TERM = re.compile(r"^\| ([a-z][a-z -]*(?:, [a-z -]+)*) \| ([^|`]+) \| [^|]+ \|$", re.MULTILINE)
FIGURES_AND_FILES = re.compile(r"\{[^}]*\}|\w+\.csv")


def terms() -> dict[str, str]:
    """The Chinese of every term, the longest term first."""
    found = {
        term: chinese
        for row in TERM.finditer(GLOSSARY)
        if row[2] != "中文"
        for term, chinese in zip(row[1].split(", "), row[2].split("、"), strict=True)
    }
    return dict(sorted(found.items(), key=lambda each: -len(each[0])))


def texts(table: Mapping[str, Any], place: str) -> Iterator[tuple[str, str, str]]:
    for name, told in table.items():
        if isinstance(told, list):
            yield f"{place}.{name}", *told
        else:
            yield from texts(told, f"{place}.{name}")


def called_otherwise(zh: str, en: str) -> list[str]:
    """The terms that the English names and the Chinese calls by another word.

    What is done (已销账) may stand without its 已 when something else is made of it (销账原因).
    """
    rest = FIGURES_AND_FILES.sub("", en.lower())
    missed = []
    for term, chinese in terms().items():
        rest, times = re.subn(rf"(?<![\w-]){re.escape(term)}(?:s|es)?(?![\w-])", "", rest)
        if times and chinese.removeprefix("已") not in zh:
            missed.append(f"{term}: {chinese}")
    return missed


def test_no_term_has_two_lines_in_the_glossary():
    rows = [term for row in TERM.finditer(GLOSSARY) for term in row[1].split(", ")]
    assert sorted(set(rows) - {"term"}) == sorted(term for term in rows if term != "term")


def test_different_terms_have_different_words():
    found = list(terms().values())
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("section", sorted(set(words()) - set(SENTENCES)))
def test_every_text_calls_a_thing_by_the_word_of_the_glossary(section: str):
    missed = {place: called_otherwise(zh, en) for place, zh, en in texts(words()[section], section)}
    assert {place: found for place, found in missed.items() if found} == {}


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("今日销记", "Cleared today"),
        ("已排除", "Excluded"),
        ("差错结转", "Roll-forward of breaks"),
        ("差错", "dispute"),
        ("汇总金额", "control totals"),
    ],
)
def test_another_word_is_caught(zh: str, en: str):
    assert called_otherwise(zh, en)


def test_a_longer_term_is_not_taken_for_the_shorter_one_in_it():
    assert called_otherwise("对账文件", "settlement files") == []
