"""What must not matter: asked of the oracle and of the program alike."""

import random
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.oracle.agreement import reconcile_files
from tests.oracle.asof import latest_deliveries
from tests.oracle.compare import group_name, reported_groups, table
from tests.oracle.evaluator import evaluate
from tests.oracle.rows import FEEDS, File
from tests.oracle.world import World, later, make_world

Findings = set[str]
Ask = Callable[[World, Iterable[File]], Findings]


def findings_of_the_oracle(world: World, files: Iterable[File]) -> Findings:
    verdict = evaluate(tuple(files), world.references, world.settings, world.day)
    return {
        *(
            f"break {category} {subject} {item.liable} {verdict.open_since[category, subject]}"
            for (category, subject), item in verdict.breaks.items()
        ),
        *(f"in transit {subject}" for subject in verdict.in_transit),
        *(f"excluded {subject}" for subject in verdict.excluded),
        *(f"matched {group_name(g.rule, g.subjects)}" for g in verdict.groups_of_the_day),
    }


def findings_of(reports: Path) -> Findings:
    found = {f"matched {group_name(*g)}" for g in reported_groups(reports / "matches.parquet")}
    for name in ("breaks", "in_transit", "excluded"):
        for row in table(reports / f"{name}.csv"):
            del row["sources"]
            found.add(f"{name} {row}")
    return found


def findings_of_the_program(world: World, files: Iterable[File]) -> Findings:
    with tempfile.TemporaryDirectory() as folder:
        return findings_of(reconcile_files(world, files, Path(folder), world.day))


@pytest.fixture(scope="module", params=[findings_of_the_oracle, findings_of_the_program])
def ask(request: pytest.FixtureRequest) -> Ask:
    """One who can be asked what is to be found in some files of a world."""
    asked: Ask = request.param
    return asked


@pytest.fixture(scope="module")
def undisturbed(ask: Ask, world: World) -> Findings:
    """What is to be found in the world as it is."""
    return ask(world, world.files)


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(5, 40)


def shuffled(file: File, dice: random.Random) -> File:
    """The rows in another order; rows of one key keep theirs, for the last of them counts."""
    columns = FEEDS[file.feed].key
    by_key: dict[Any, list[Any]] = defaultdict(list)
    for row in file.rows:
        by_key[tuple(getattr(row, column) for column in columns)].append(row)
    keys = [tuple(getattr(row, column) for column in columns) for row in file.rows]
    dice.shuffle(keys)
    return replace(file, rows=tuple(by_key[key].pop(0) for key in keys))


def test_the_order_of_rows_changes_nothing(ask: Ask, world: World, undisturbed: Findings) -> None:
    dice = random.Random(1)
    files = [shuffled(file, dice) for file in world.files]
    assert files != list(world.files)
    assert ask(world, files) == undisturbed


def test_a_file_delivered_twice_changes_nothing(
    ask: Ask, world: World, undisturbed: Findings
) -> None:
    again = [replace(file, path=later(file, 9)) for file in latest_deliveries(world.files)[::3]]
    assert ask(world, [*world.files, *again]) == undisturbed


def test_a_delivery_replaces_the_earlier_one_as_if_it_had_never_been(
    ask: Ask, world: World, undisturbed: Findings
) -> None:
    wrong = [replace(file, path=later(file, -1), rows=file.rows[1::2]) for file in world.files[::4]]
    assert ask(world, [*wrong, *world.files]) == undisturbed


def test_files_of_later_dates_change_nothing(ask: Ask, world: World, undisturbed: Findings) -> None:
    past = [file for file in world.files if file.business_date <= world.day]
    assert len(past) < len(world.files)
    assert ask(world, past) == undisturbed


def test_another_lender_changes_nothing(ask: Ask, world: World, undisturbed: Findings) -> None:
    alone = [file for file in world.files if file.owner != "mangodai"]

    def of_kakadai(found: Findings) -> Findings:
        return {line for line in found if ":K0" in line}

    assert of_kakadai(ask(world, alone)) == of_kakadai(undisturbed) != set()
