"""Suites run on DuckDB tables that the pipeline's own connection holds open."""

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tieout import guard
from tieout.faults import ExitCode, Fault


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect(":memory:", config={"threads": 1})
    connection.execute("create schema staging")
    connection.execute(
        "create table staging.orders as select * from (values"
        " ('unionpay', 'A', 162500, 1), ('unionpay', 'B', 0, 2), ('alipay', 'B', -5, 3)"
        ") as orders (channel, order_no, amount_minor, line)"
    )
    yield connection
    connection.close()


@pytest.fixture
def suites(tmp_path: Path) -> Path:
    folder = tmp_path / "expectations"
    folder.mkdir()
    return folder


def write(folder: Path, relation: str, *expectations: dict[str, object]) -> None:
    suite = {"name": relation, "expectations": list(expectations)}
    (folder / f"{relation}.json").write_text(json.dumps(suite), encoding="utf-8")


def no_rows(description: str, severity: str, query: str) -> dict[str, object]:
    return {
        "type": "unexpected_rows_expectation",
        "kwargs": {"unexpected_rows_query": query},
        "description": description,
        "severity": severity,
    }


POSITIVE = "select order_no, line from {batch} where amount_minor <= 0 order by line"


def test_an_expectation_that_holds_is_a_success(warehouse, suites):
    write(
        suites, "staging.orders", no_rows("named", "critical", "select 1 from {batch} where false")
    )
    results = guard.check(warehouse.cursor, ["staging.orders"], suites).to_pylist()
    assert results == [
        {
            "suite": "staging.orders",
            "relation": "staging.orders",
            "expectation": "named",
            "severity": "stop",
            "success": True,
            "observed": "0",
            "expected": "0",
            "remedy": "Correct the rows named here at their source and deliver the file again.",
        }
    ]
    guard.stop_on(guard.check(warehouse.cursor, ["staging.orders"], suites))


def test_a_failure_counts_the_rows_and_names_the_first(warehouse, suites):
    write(suites, "staging.orders", no_rows("amounts are above zero", "critical", POSITIVE))
    (row,) = guard.check(warehouse.cursor, ["staging.orders"], suites).to_pylist()
    assert not row["success"]
    assert row["observed"] == "2, the first of them: order_no B, line 2"


def test_a_critical_failure_stops_and_says_where(warehouse, suites):
    write(suites, "staging.orders", no_rows("amounts are above zero", "critical", POSITIVE))
    with pytest.raises(Fault) as caught:
        guard.stop_on(guard.check(warehouse.cursor, ["staging.orders"], suites))
    assert caught.value.exit_code is ExitCode.EXPECTATION
    assert caught.value.code == "expectation-failed"
    assert caught.value.where == "staging.orders: amounts are above zero"
    assert caught.value.found == "2, the first of them: order_no B, line 2"
    assert caught.value.expected == "0"


def test_an_expectation_may_say_what_to_do(warehouse, suites):
    told = {"meta": {"remedy": "Add the channel."}}
    asked = no_rows("amounts are above zero", "critical", POSITIVE) | told
    write(suites, "staging.orders", asked)
    with pytest.raises(Fault) as caught:
        guard.stop_on(guard.check(warehouse.cursor, ["staging.orders"], suites))
    assert caught.value.action == "Add the channel."


@pytest.mark.parametrize("severity", ["warning", "info"])
def test_any_other_failure_only_warns(warehouse, suites, severity):
    write(suites, "staging.orders", no_rows("amounts are above zero", severity, POSITIVE))
    results = guard.check(warehouse.cursor, ["staging.orders"], suites)
    guard.stop_on(results)
    assert results.column("severity").to_pylist() == ["warn"]
    assert results.column("success").to_pylist() == [False]


def test_the_fault_counts_the_other_failures(warehouse, suites):
    write(
        suites,
        "staging.orders",
        no_rows("first", "critical", POSITIVE),
        no_rows("second", "critical", POSITIVE),
    )
    with pytest.raises(Fault, match="1 more failed"):
        guard.stop_on(guard.check(warehouse.cursor, ["staging.orders"], suites))


def test_expectations_of_other_kinds_tell_what_they_asked(warehouse, suites):
    write(
        suites,
        "staging.orders",
        {
            "type": "expect_column_values_to_be_in_set",
            "kwargs": {"column": "channel", "value_set": ["unionpay"]},
            "severity": "critical",
        },
    )
    (row,) = guard.check(warehouse.cursor, ["staging.orders"], suites).to_pylist()
    assert row["expectation"] == "expect_column_values_to_be_in_set"
    assert row["expected"] == "column channel, value_set ['unionpay']"
    assert row["observed"] == "1"
    assert not row["success"]


def test_an_expectation_that_does_not_fit_its_relation_is_a_fault(warehouse, suites):
    write(suites, "staging.orders", no_rows("x", "info", "select * from {batch} where nothing > 0"))
    with pytest.raises(Fault) as caught:
        guard.check(warehouse.cursor, ["staging.orders"], suites)
    assert caught.value.code == "expectation-cannot-run"
    assert "nothing" in caught.value.found


def test_a_suite_of_a_relation_that_was_not_built_is_left_out(warehouse, suites):
    write(suites, "staging.receipts", no_rows("x", "critical", "select 1 from {batch}"))
    assert guard.check(warehouse.cursor, ["staging.orders"], suites).num_rows == 0


def test_each_check_sees_the_rows_of_its_own_time_and_database(warehouse, suites):
    write(suites, "staging.orders", no_rows("amounts are above zero", "critical", POSITIVE))
    assert not guard.check(warehouse.cursor, ["staging.orders"], suites)["success"][0].as_py()
    warehouse.execute("delete from staging.orders where amount_minor <= 0")
    assert guard.check(warehouse.cursor, ["staging.orders"], suites)["success"][0].as_py()
    with duckdb.connect(":memory:") as tomorrow:
        tomorrow.execute("create schema staging")
        tomorrow.execute(
            "create table staging.orders as select 'C' as order_no, -1 as amount_minor, 9 as line"
        )
        (row,) = guard.check(tomorrow.cursor, ["staging.orders"], suites).to_pylist()
    assert row["observed"] == "1, the first of them: order_no C, line 9"


def test_no_connection_stays_open_and_no_transaction_waits(warehouse, suites):
    write(suites, "staging.orders", no_rows("amounts are above zero", "critical", POSITIVE))
    guard.check(warehouse.cursor, ["staging.orders"], suites)
    warehouse.execute("drop table staging.orders")
    warehouse.execute("checkpoint")


def test_nothing_is_printed(warehouse, suites, capfd):
    write(suites, "staging.orders", no_rows("amounts are above zero", "critical", POSITIVE))
    guard.check(warehouse.cursor, ["staging.orders"], suites)
    assert capfd.readouterr() == ("", "")
