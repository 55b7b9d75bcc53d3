"""Would the book notice? Plants one fault at a time in sql/ and asks the chapters.

    python -m tests.spec.mutants [--only breaks.posted_late] [--chapter posted_wrong] [--most 40]

Each fault changes one place of one file: a comparison, a condition, a join, a number, a
branch of a union, an order. The tests that read the relation are run, those that read the
least first, until one fails. What no test noticed is printed with file and line; a fault
that the engine refuses to bind is no fault. The exit code is the number of survivors, at
most 100.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.spec import harness
from tieout.warehouse import Model, ModelError

MUTATED_SCHEMAS = ("matching", "breaks", "reports")
_BOOK = Path(__file__).parent
_NOT_THE_BOOK = "test_mutants.py"
_UNBOUND = ("Binder Error", "Parser Error", "Catalog Error")

_COMPARISONS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "<>": "="}
_SWAPS = {
    "inner join": "left join",
    "left join": "inner join",
    "anti join": "semi join",
    "semi join": "anti join",
    "min(": "max(",
    "max(": "min(",
    "greatest(": "least(",
    "least(": "greatest(",
    "bool_and(": "bool_or(",
    "bool_or(": "bool_and(",
    " desc": "",
    "is null": "is not null",
    "is not null": "is null",
    "not ": "",
    "interval 1 microsecond": "interval 0 microsecond",
}
_COMPARISON = re.compile(r"(?<= )(?:<=|>=|<>|<|>)(?= )")
_EQUALITY = re.compile(r"(?<= )=(?= (?:'|\d))")
_NUMBER = re.compile(r"(?<![\w.'])(?<!interval )\d{1,4}(?![\w.'])")
_TOLD = re.compile(r"(?:then|else|^ *)\s*'(\w+)'")
_CONDITION = re.compile(
    r"\b(?P<word>on|and|where|having|when|or) (?P<condition>(?!\($).+?)"
    r"(?=$| and | or | then |,$)"
)
_ORDER = re.compile(r"order by (?P<first>[\w.]+)(?! desc)")
_SWAP = re.compile("|".join(rf"(?<!\w){re.escape(words)}" for words in _SWAPS))


@dataclass(frozen=True)
class Fault:
    """One change to one file: `line` counts from 1."""

    relation: str
    line: int
    told: str
    select: str


@dataclass(frozen=True)
class Paragraph:
    """One test of the book, called without pytest, and the relations that it reads."""

    name: str
    ask: Callable[[], None]
    reads: frozenset[str]


def faults(model: Model) -> Iterator[Fault]:
    """Every fault that can be planted in one file, comments and header left alone."""
    lines = model.select.splitlines()
    for at, line in enumerate(lines):
        if not line.lstrip().startswith("--"):
            for told, changed in _changes(line):
                yield _fault(model, at, told, [*lines[:at], changed, *lines[at + 1 :]])
            if line.lstrip().startswith("union"):
                for told, left in _without_a_branch(lines, at):
                    yield _fault(model, at, told, left)


def _fault(model: Model, at: int, told: str, lines: Sequence[str]) -> Fault:
    return Fault(model.name, at + 1, told, "\n".join(lines))


def _changes(line: str) -> Iterator[tuple[str, str]]:
    def at(found: re.Match[str], new: str, group: int | str = 0) -> tuple[str, str]:
        start, end = found.span(group)
        return f"{line[start:end].strip()} -> {new.strip() or 'nothing'}", (
            line[:start] + new + line[end:]
        )

    for found in _COMPARISON.finditer(line):
        yield at(found, _COMPARISONS[found[0]])
    for found in _EQUALITY.finditer(line):
        yield at(found, "<>")
    for found in _SWAP.finditer(line):
        yield at(found, _SWAPS[found[0]])
    for found in _NUMBER.finditer(line):
        yield at(found, str(int(found[0]) + 1))
    for found in _TOLD.finditer(line):
        yield at(found, f"{found[1]}_told_wrong", 1)
    for found in _ORDER.finditer(line):
        yield at(found, f"{found['first']} desc", "first")
    for found in _CONDITION.finditer(line):
        if found["condition"].count("(") == found["condition"].count(")"):
            yield at(found, "false" if found["word"] == "or" else "true", "condition")


def _without_a_branch(lines: Sequence[str], at: int) -> Iterator[tuple[str, list[str]]]:
    indent = _indent(lines[at])

    def ends(line: str) -> bool:
        return _indent(line) < indent or line.lstrip().startswith("union")

    before = next(number for number in range(at - 1, -1, -1) if ends(lines[number]))
    after = next(number for number in range(at + 1, len(lines)) if ends(lines[number]))
    yield "the branch before is gone", [*lines[: before + 1], *lines[at + 1 :]]
    yield "the branch after is gone", [*lines[:at], *lines[after:]]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


class Collector:
    """Keeps what pytest collects; pytest runs nothing itself."""

    def __init__(self) -> None:
        self.items: list[pytest.Function] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.items = [item for item in session.items if isinstance(item, pytest.Function)]


def paragraphs(chapters: Sequence[str]) -> list[Paragraph]:
    """Every test of these chapters; one that fails unprovoked is named and left out."""
    collector = Collector()
    quiet = ["-o", "addopts=", "--import-mode=importlib", "-p", "no:terminal"]
    named = [_BOOK / f"test_{chapter}.py" for chapter in chapters]
    places = named or [place for place in _BOOK.glob("test_*.py") if place.name != _NOT_THE_BOOK]
    pytest.main([*map(str, sorted(places)), "--collect-only", *quiet], plugins=[collector])
    found = []
    for item in collector.items:
        ask = _asking(item)
        harness.read_by_this_test.clear()
        try:
            ask()
        except Exception as error:
            print(f"fails without a fault: {item.nodeid}: {error!r}", file=sys.stderr)
        else:
            found.append(Paragraph(item.nodeid, ask, frozenset(harness.read_by_this_test)))
    return found


def _asking(item: pytest.Function) -> Callable[[], None]:
    parameters: dict[str, Any] = item.callspec.params if hasattr(item, "callspec") else {}

    def ask() -> None:
        item.obj(**parameters)

    return ask


def noticed(fault: Fault, book: Sequence[Paragraph]) -> bool | None:
    """Whether a test failed; None when the engine refuses the fault."""
    sound = harness.models[fault.relation]
    harness.models[fault.relation] = replace(sound, select=fault.select)
    try:
        for paragraph in book:
            try:
                paragraph.ask()
            except ModelError as error:
                return None if any(word in str(error) for word in _UNBOUND) else True
            except Exception:
                return True
        return False
    finally:
        harness.models[fault.relation] = sound


def main(arguments: Sequence[str]) -> int:
    """Plant, ask, print survivors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", default=[], metavar="RELATION")
    parser.add_argument("--chapter", action="append", default=[], help="all, unless named")
    parser.add_argument("--most", type=int, default=40, help="tests asked about one fault")
    chosen = parser.parse_args(arguments)
    book = paragraphs(chosen.chapter)
    survivors = 0
    for model in list(harness.models.values()):
        if model.name in chosen.only or (not chosen.only and model.schema in MUTATED_SCHEMAS):
            readers = sorted(
                (each for each in book if model.name in each.reads),
                key=lambda each: len(each.reads),
            )[: chosen.most]
            survivors += _report(model, readers)
    return min(survivors, 100)


def _report(model: Model, readers: Sequence[Paragraph]) -> int:
    results = [(fault, noticed(fault, readers)) for fault in faults(model)]
    survived = [fault for fault, found in results if found is False]
    planted = sum(found is not None for _, found in results)
    print(f"{model.name}: {planted - len(survived)} of {planted} noticed", flush=True)
    for fault in survived:
        shown = harness.models[fault.relation].select.splitlines()[fault.line - 1].strip()
        print(f"  line {fault.line}: {fault.told}    in: {shown}", flush=True)
    return len(survived)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
