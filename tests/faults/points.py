"""Where a run may end: each point arms a process so that it ends there and nowhere else."""

from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path
from typing import Any

import tieout.publish as publish
from tieout import day
from tieout.day import Step
from tieout.publish import folder
from tieout.warehouse import Landing, Warehouse

End = Callable[[], None]
"""Ends the run, and never returns."""

Arm = Callable[[End], None]


def _nth(owner: Any, name: str, number: int, *, after: bool = False) -> Arm:
    """Around the number-th call of `owner.name`."""

    def arm(end: End) -> None:
        real = getattr(owner, name)
        calls = count(1)

        def counted(*given: Any, **named: Any) -> Any:
            # its own number: other calls may begin while this one goes on
            is_it = next(calls) == number
            if is_it and not after:
                end()
            result = real(*given, **named)
            if is_it:
                end()
            return result

        setattr(owner, name, counted)

    return arm


def _while_forgetting(end: End) -> None:
    real = Landing.forget

    def forget_one(landing: Landing, paths: Iterable[str]) -> None:
        first, *others = paths
        assert others, "one file to forget is not the middle of several"
        real(landing, [first])
        end()

    Landing.forget = forget_one  # type: ignore[method-assign]


def before(step_name: str) -> Arm:
    """When every step before this one is done."""

    def arm(end: End) -> None:
        day.STEPS = tuple(
            Step(step.name, step.room, (lambda _: end()) if step.name == step_name else step.run)
            for step in day.STEPS
        )

    return arm


def _while_building(relation: str) -> Arm:
    def arm(end: End) -> None:
        real = Warehouse._build

        def build(warehouse: Warehouse, name: str) -> None:
            if name == relation:
                end()
            real(warehouse, name)

        Warehouse._build = build  # type: ignore[method-assign]

    return arm


LANDING: dict[str, Arm] = {
    "while files are forgotten": _while_forgetting,
    "when the lines of the second file are in": _nth(Landing, "land", 2, after=True),
    "before the second file is logged": _nth(Landing, "log", 2),
    "before the second file is committed": _nth(Landing, "commit", 2),
    "when the second file is committed": _nth(Landing, "commit", 2, after=True),
}

REASONING: dict[str, Arm] = {
    **{f"before {step.name}": before(step.name) for step in day.STEPS},
    "while staging": _while_building("staging.debits"),
    "while matching": _while_building("matching.by_loan_and_amount"),
    "while judging": _while_building("breaks.findings"),
    "while laying out": _while_building("reports.breaks"),
}

PUBLISHING: dict[str, Arm] = {
    "while breaks are written": _nth(publish.CsvFile, "write", 1, after=True),
    "before the summary": _nth(publish, "write_summary", 1),
    "before the page": _nth(publish, "write_page", 1),
    "while the files are forced to disk": _nth(folder, "force_to_disk", 3),
    "before the old day steps aside": _nth(Path, "rename", 1),
    "when the old day stepped aside": _nth(Path, "rename", 1, after=True),
}

PUBLISHED: dict[str, Arm] = {
    "when the new day is in place": _nth(Path, "rename", 2, after=True),
    "before the old day is put away": _nth(folder, "_put_away", 1),
    "while the old day is put away": _nth(Path, "unlink", 1, after=True),
    "before what is kept of the old day is in place": _nth(Path, "rename", 3),
}
"""The new day is there; only the old one is still to be swept up."""
