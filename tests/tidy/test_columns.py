"""Every column of a relation is read by somebody: a later relation, an expectation, a hand."""

import re
import shutil
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

from tieout.day import STEPS, open_run
from tieout.warehouse import EXPLAIN, SCHEMAS, Model, load_models

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data_samples/kakadai_december"
READ_BY_PEOPLE = ("reports", EXPLAIN)
MODELS = load_models(schemas=(*SCHEMAS, EXPLAIN))
HANDS = "\n".join(file.read_text("utf-8") for file in (ROOT / "tieout").rglob("*.py"))


def unread(columns: Collection[str], key: Collection[str], readers: str) -> set[str]:
    """Columns that are no part of the key and that no reader's text names."""
    return {name for name in {*columns} - {*key} if not re.search(rf"\b{name}\b", readers)}


def readers(model: Model) -> Iterator[str]:
    """The text of every model and suite, and of all code, that reads this one."""
    yield from (
        other.select for other in MODELS.values() if {model.name, model.family} & {*other.reads}
    )
    suite = ROOT / f"expectations/{model.name}.json"
    if suite.exists():
        yield suite.read_text("utf-8")
    if f'"{model.name}"' in HANDS:
        yield HANDS


def test_every_column_is_read_or_part_of_a_key(tmp_path: Path) -> None:
    workspace = shutil.copytree(SAMPLE, tmp_path / "workspace")
    found = {}
    with open_run(workspace, date(2018, 12, 16)) as run:
        for step in STEPS[:-1]:
            step.run(run)
        for name, model in MODELS.items():
            if model.schema in READ_BY_PEOPLE or model.goes_once_read:
                continue
            columns = [row[0] for row in run.warehouse.connect().sql(f"describe {name}").fetchall()]
            found[name] = unread(columns, model.key, "\n".join(readers(model)))
    assert len(found) > 100
    assert {name: columns for name, columns in found.items() if columns} == {}


def test_a_column_that_nobody_names_is_found() -> None:
    reader = "select amount_minor from matching.drawn where not is_lost"
    assert unread(["entry_id", "amount_minor", "lost"], ["entry_id"], reader) == {"lost"}
