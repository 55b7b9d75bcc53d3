"""The laws of direction and of money, kept by every module, each shown to catch an offender."""

from pathlib import Path, PurePosixPath

import pytest

from tests.tidy import python_laws
from tests.tidy.python_laws import LAWS

ROOT = Path(__file__).parents[2]
MODULES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("tieout", "flows", "sql", "expectations")
    for path in (ROOT / folder).rglob("*.py")
)

PLANTED = [
    ("one_library_one_room", "tieout/publish/page.py", "import duckdb"),
    ("one_library_one_room", "tieout/day.py", "def late():\n    from prefect import flow"),
    ("one_library_one_room", "tieout/warehouse/models.py", "import polars as pl"),
    ("one_library_one_room", "tieout/day.py", "import great_expectations.core"),
    ("words_import_the_standard_library_only", "tieout/words.py", "import pyarrow"),
    ("words_import_the_standard_library_only", "tieout/faults.py", "from tieout import words"),
    ("rooms_know_only_themselves_and_the_words", "tieout/guard.py", "from tieout import publish"),
    ("rooms_know_only_themselves_and_the_words", "tieout/reading/x.py", "import tieout.warehouse"),
    ("rooms_know_only_themselves_and_the_words", "tieout/publish/x.py", "from tieout.day import x"),
    ("nothing_imports_a_door", "tieout/day.py", "from tieout.cli import main"),
    ("nothing_imports_a_door", "tieout/backfill.py", "import flows.reconcile_day"),
    ("no_lumber_room", "tieout/utils.py", ""),
    ("no_lumber_room", "tieout/helpers/money.py", ""),
    ("no_clock_and_no_chance", "tieout/day.py", "from datetime import date\ndate.today()"),
    ("no_clock_and_no_chance", "tieout/day.py", "import datetime\ndatetime.datetime.now()"),
    ("no_clock_and_no_chance", "tieout/day.py", "import time\ntime.time()"),
    ("no_clock_and_no_chance", "tieout/day.py", "from uuid import uuid4\nuuid4()"),
    ("no_clock_and_no_chance", "tieout/day.py", "import random"),
    ("no_float", "tieout/day.py", "amount = 16.25"),
    ("no_float", "tieout/day.py", "amount = float(cell)"),
    ("no_float", "tieout/day.py", "def f(amount: float) -> None: ..."),
    ("no_float", "tieout/day.py", "import pyarrow as pa\npa.float64()"),
]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_every_module_keeps_the_law(law):
    texts = {module: (ROOT / module).read_text(encoding="utf-8") for module in MODULES}
    offences = {module: law(PurePosixPath(module), text) for module, text in texts.items()}
    assert {module: found for module, found in offences.items() if found} == {}


@pytest.mark.parametrize(("law", "module", "text"), PLANTED)
def test_the_law_catches_an_offender(law, module, text):
    assert getattr(python_laws, law)(PurePosixPath(module), text)


def test_no_law_is_without_an_offender():
    assert {law.__name__ for law in LAWS} == {law for law, _, _ in PLANTED}


def test_what_the_laws_allow_is_let_through():
    allowed = [
        ("one_library_one_room", "tieout/reading/csv.py", "import polars"),
        (
            "rooms_know_only_themselves_and_the_words",
            "tieout/guard.py",
            "from tieout import faults",
        ),
        ("nothing_imports_a_door", "flows/backfill.py", "from flows import reconcile_day"),
        ("no_clock_and_no_chance", "tieout/day.py", "import time\ntime.perf_counter()"),
    ]
    for law, module, text in allowed:
        assert getattr(python_laws, law)(PurePosixPath(module), text) == []
