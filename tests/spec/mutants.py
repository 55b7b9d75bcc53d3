"""Would the book notice? Plants one fault at a time in sql/ and asks the chapters.

    python -m tests.spec.mutants [--only breaks.posted_late] [--chapter posted_wrong]

Each fault changes one place of one file: a comparison, a condition, a join, a number, a
sign, a branch of a union, a key or the frame of a window, an order. Only a test in which the
faulty relation holds other rows than the sound one can notice it. Such tests are run, those
that read the least first, until one fails. What no test noticed is printed with file and
line; a fault that the engine refuses to bind is no fault. The exit code is the number of
survivors, at most 100.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from tests.spec import harness
from tests.spec.planted_faults import Fault, faults
from tests.spec.small_warehouse import Inputs, SmallWarehouse
from tieout.warehouse import Model, ModelError

MUTATED_SCHEMAS = ("matching", "breaks", "reports")
_BOOK = Path(__file__).parent
_NOT_THE_BOOK = "test_mutants.py"
_UNBOUND = ("Binder Error", "Parser Error", "Catalog Error")


@dataclass(frozen=True)
class Paragraph:
    """One test of the book, called without pytest, and what the models that it needs read."""

    name: str
    ask: Callable[[], None]
    made_of: Mapping[str, frozenset[Inputs]]


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
        try:
            found.append(paragraph(item.nodeid, ask))
        except Exception as error:
            print(f"fails without a fault: {item.nodeid}: {error!r}", file=sys.stderr)
    return found


def paragraph(name: str, ask: Callable[[], None]) -> Paragraph:
    """Asks once, without a fault, and listens."""
    harness.made_of_in_this_test.clear()
    ask()
    made_of = harness.made_of_in_this_test
    return Paragraph(name, ask, {model: frozenset(each) for model, each in made_of.items()})


def _asking(item: pytest.Function) -> Callable[[], None]:
    parameters: dict[str, Any] = item.callspec.params if hasattr(item, "callspec") else {}

    def ask() -> None:
        item.obj(**parameters)

    return ask


def noticed(fault: Fault, book: Sequence[Paragraph]) -> bool | None:
    """Whether a test failed; None when the engine refuses the fault."""
    sound = harness.models[fault.relation]
    faulty = replace(sound, select=fault.select)
    harness.models[fault.relation] = faulty
    try:
        with SmallWarehouse({}, {sound.name: sound}) as warehouse:
            is_changed = cache(partial(warehouse.makes_otherwise, faulty))
            for each in book:
                if any(is_changed(inputs) for inputs in each.made_of[sound.name]):
                    each.ask()
        return False
    except ModelError as error:
        return None if any(word in str(error) for word in _UNBOUND) else True
    except Exception:
        return True
    finally:
        harness.models[fault.relation] = sound


def main(arguments: Sequence[str]) -> int:
    """Plant, ask, print survivors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", default=[], metavar="RELATION")
    parser.add_argument("--chapter", action="append", default=[], help="all, unless named")
    chosen = parser.parse_args(arguments)
    book = paragraphs(chosen.chapter)
    survivors = 0
    for model in list(harness.models.values()):
        if model.name in chosen.only or (not chosen.only and model.schema in MUTATED_SCHEMAS):
            readers = sorted(
                (each for each in book if model.name in each.made_of),
                key=lambda each: len(each.made_of),
            )
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
