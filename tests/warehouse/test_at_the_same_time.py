"""Relations built at the same time: nobody waits for whom it does not read, nor for a failure."""

import threading
from pathlib import Path

import pyarrow as pa
import pytest

from tieout.warehouse import Maker, ModelError, Warehouse
from tieout.warehouse.models import Model

WITHOUT_END = "select count(*) as number from range(1000000000000) as numbers (number)"
FAILS_IN_A_WHILE = """
select if(max(hash(number)) > 0, error('no such luck'), 0) as number
from range(300000000) as numbers (number)
"""


def model(name: str, select: str, *reads: str) -> Model:
    return Model(name, select, {"row": "one number", "key": "number"}, reads)


def built(tmp_path: Path, makers: dict[str, Maker], *models: Model) -> Warehouse:
    named = {each.name: each for each in models}
    with Warehouse(tmp_path / "warehouse.duckdb", makers, named) as warehouse:
        warehouse.build(["staging"])
        return warehouse


def test_two_relations_that_do_not_read_each_other_are_built_at_the_same_time(
    tmp_path: Path,
) -> None:
    both_are_there = threading.Barrier(2, timeout=60)

    def meets_the_other() -> pa.Table:
        both_are_there.wait()
        return pa.table({"number": [1]})

    alike = Maker((), meets_the_other)
    built(tmp_path, {"staging.one": alike, "staging.other": alike})


def test_what_is_still_running_when_a_relation_fails_is_given_up(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"^staging\.fails: .*no such luck"):
        built(
            tmp_path,
            {},
            model("staging.fails", FAILS_IN_A_WHILE),
            model("staging.lasts", WITHOUT_END),
        )


def test_what_reads_a_relation_that_failed_is_not_begun(tmp_path: Path) -> None:
    begun = []
    reads_it = Maker(("staging.fails",), lambda _: begun.append("reader"))
    with pytest.raises(ModelError, match=r"^staging\.fails: "):
        built(
            tmp_path,
            {"staging.reader": reads_it},
            model("staging.fails", "select error('no such luck') as number"),
        )
    assert not begun
