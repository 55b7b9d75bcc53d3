"""sql/ built into relations: in which order, what is kept, and what is refused by name."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import duckdb
import pytest

from tieout.warehouse import EXPLAIN, ModelError, Warehouse, load_models
from tieout.warehouse import SCHEMAS as ALL_SCHEMAS

SCHEMAS = ("reference", "staging")

Built = Callable[..., Warehouse]


@pytest.fixture
def built(tmp_path: Path) -> Built:
    """Files by relation name, each built; the warehouse is open until the test ends."""
    open_ones = []

    def build(*, left_empty: tuple[str, ...] = (), **files: str) -> Warehouse:
        for name, text in files.items():
            path = tmp_path / "sql" / "staging" / f"{name}.sql"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text), encoding="utf-8")
        models = load_models(tmp_path / "sql", SCHEMAS)
        for before in open_ones:
            before.__exit__()
        warehouse = Warehouse(tmp_path / "warehouse.duckdb", {}, models, left_empty)
        open_ones.append(warehouse)
        warehouse.build(SCHEMAS)
        return warehouse

    yield build
    for warehouse in open_ones:
        warehouse.__exit__()


def a_model(select: str, *, key: str = "number", kept: str = "") -> str:
    header = f"-- row: one number\n-- key: {key}\n" + (f"-- kept: {kept}\n" if kept else "")
    return header + select + "\n"


NUMBERS = a_model("select unnest([1, 2, 3]) as number")


def numbers(warehouse: Warehouse, relation: str) -> list[object]:
    return sorted(warehouse.table(f"staging.{relation}").column("number").to_pylist())


def test_a_relation_is_built_after_all_that_it_reads(built: Built) -> None:
    warehouse = built(
        a=a_model("select number from staging.b where number > 1"),
        b=a_model("select number from staging.c"),
        c=NUMBERS,
    )
    assert numbers(warehouse, "a") == [2, 3]


def tables_in(tree: Any) -> Iterator[str]:
    if isinstance(tree, dict):
        if tree.get("type") == "BASE_TABLE" and tree["schema_name"]:
            yield f"{tree['schema_name']}.{tree['table_name']}"
        tree = list(tree.values())
    if isinstance(tree, list):
        for child in tree:
            yield from tables_in(child)


def test_what_a_file_reads_is_what_the_engine_would_read() -> None:
    for model in load_models(schemas=(*ALL_SCHEMAS, EXPLAIN)).values():
        tree = duckdb.execute("select json_serialize_sql($1)", [model.select]).fetchall()[0][0]
        assert set(model.reads) == set(tables_in(json.loads(tree))), model.name


def test_a_cycle_is_refused_by_the_names_on_it(built: Built) -> None:
    with pytest.raises(ModelError, match=r"^cycle: staging\.a -> staging\.b -> staging\.a$"):
        built(a=a_model("select * from staging.b"), b=a_model("select * from staging.a"))


def test_a_relation_that_nothing_makes_is_refused_beside_its_reader(built: Built) -> None:
    with pytest.raises(ModelError, match=r"^staging\.a reads staging\.nowhere, which nothing make"):
        built(a=a_model("select * from staging.nowhere"))


@pytest.mark.parametrize("rows", ["[1, 2, 2]", "[1, null]"], ids=["repeated", "null"])
def test_a_key_that_is_repeated_or_null_is_refused_by_name(built: Built, rows: str) -> None:
    with pytest.raises(ModelError, match=r"^staging\.a: key \(number\) is null or repeated: \("):
        built(a=a_model(f"select unnest({rows}) as number"))


def test_a_marked_column_of_a_key_may_be_null_but_not_twice(built: Built) -> None:
    assert built(a=a_model("select null::integer as number", key="number?")).table("staging.a")
    with pytest.raises(ModelError, match=r"^staging\.b: key"):
        built(b=a_model("select unnest([null, null])::integer as number", key="number?"))


@pytest.mark.parametrize("missing", ["row", "key"])
def test_a_file_without_its_header_is_refused(built: Built, missing: str) -> None:
    lines = [line for line in NUMBERS.splitlines() if f"{missing}:" not in line]
    with pytest.raises(ModelError, match=rf"^staging\.a: its header has no `{missing}:` line"):
        built(a="\n".join(lines))


@pytest.mark.parametrize(
    ("text", "told"),
    [("select 1 as number; select 2", "holds a semicolon"), ("selct 1 as number", "staging.a")],
)
def test_a_file_is_one_select(built: Built, text: str, told: str) -> None:
    with pytest.raises(ModelError, match=told):
        built(a=a_model(text))


def test_a_file_that_does_not_bind_is_refused_by_name(built: Built) -> None:
    with pytest.raises(ModelError, match=r"^staging\.a: .*nobody"):
        built(a=a_model("select nobody as number"))


def test_a_family_is_the_union_of_its_members_by_rank(built: Built) -> None:
    def member(number: int, rank: int) -> str:
        return f"-- row: x\n-- key: number\n-- family: all\n-- rank: {rank}\nselect {number} number"

    warehouse = built(one=member(1, 20), two=member(2, 10))
    assert numbers(warehouse, "all") == [1, 2]
    with pytest.raises(ModelError, match=r"^staging\.all: two members share a rank$"):
        built(three=member(3, 10))


def test_a_relation_kept_while_it_is_read_is_gone_after_its_last_reader(built: Built) -> None:
    warehouse = built(
        step=a_model("select unnest([1, 2]) as number", kept="while read"),
        first=a_model("select number from staging.step"),
        last=a_model("select number from staging.step where number > 1"),
    )
    assert (numbers(warehouse, "first"), numbers(warehouse, "last")) == ([1, 2], [2])
    with pytest.raises(Exception, match="step"):
        warehouse.table("staging.step")


def test_what_works_its_rows_out_anew_may_not_read_what_is_gone_by_then(built: Built) -> None:
    with pytest.raises(ModelError, match=r"^staging\.view reads staging\.step, which is dropped"):
        built(
            step=a_model("select 1 as number", kept="while read"),
            view=a_model("select number from staging.step", kept="no"),
        )


def test_a_relation_left_empty_has_its_columns_and_no_rows(built: Built) -> None:
    warehouse = built(a=NUMBERS, left_empty=("staging.a",))
    assert warehouse.table("staging.a").column_names == ["number"]
    assert numbers(warehouse, "a") == []
