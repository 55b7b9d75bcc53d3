"""Run the real program on a made-up workspace and ask the oracle about it."""

import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from tests.oracle.compare import disagreements
from tests.oracle.evaluator import evaluate
from tests.oracle.rows import File
from tests.oracle.world import World, write_workspace


def reconcile_files(world: World, files: Iterable[File], folder: Path, day: date) -> Path:
    """Write a workspace of some files and run the real program; returns its report folder."""
    from tieout.day import reconcile

    write_workspace(folder, files, world.references, world.settings)
    return reconcile(folder, day)


def disagreements_of(world: World, day: date | None = None) -> list[str]:
    """What the real program and the oracle say differently about a world."""
    day = day or world.day
    verdict = evaluate(world.files, world.references, world.settings, day)
    with tempfile.TemporaryDirectory() as folder:
        reports = reconcile_files(world, world.files, Path(folder), day)
        return disagreements(verdict, reports)
