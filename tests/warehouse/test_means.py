"""Whatever is asked of the warehouse, what the engine may not hold is told as a fault."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from tieout.faults import ExitCode, Fault
from tieout.warehouse import Warehouse

LONG = pa.table({"number": pa.array(range(1_000_000), pa.int64())})


@pytest.mark.parametrize(
    ("ask", "where"),
    [
        (lambda warehouse: warehouse.give("reports.other", LONG), "reports.other"),
        (lambda warehouse: warehouse.build(["reports"]), "memory for the relations"),
    ],
    ids=["a relation is given", "the bound is set"],
)
def test_too_little_memory_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ask: Callable[[Warehouse], None], where: str
) -> None:
    with Warehouse(tmp_path / "warehouse.duckdb", {}, {}) as warehouse:
        warehouse.give("reports.long", LONG)
        warehouse.connect().execute("set max_temp_directory_size = '0B'")
        warehouse.connect().execute("set memory_limit = '9MB'")
        monkeypatch.setenv("TIEOUT_MEMORY", "1KB")
        with pytest.raises(Fault) as caught:
            ask(warehouse)
    assert (caught.value.code, caught.value.exit_code) == ("out-of-memory", ExitCode.NO_MEMORY)
    assert caught.value.where == where
