"""Canonical feeds as Parquet: the same rows as CSV, whichever exact types carry them."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.reading.delivered import (
    SETTLEMENT_CELLS,
    Read,
    fault_of,
    read_all,
    read_settlement,
    settlement_line,
)
from tieout.faults import ExitCode, Fault

NAME = "unionpay.settlement.2018-12-19.parquet"
FORMAT = "channel_settlement_v1"
WIDE = pa.decimal256(60, 2)


def parquet(folder: Path, **columns: Any) -> bytes:
    texts = {name: [cell or None] for name, cell in SETTLEMENT_CELLS.items()}
    path = folder / "written"
    pq.write_table(pa.table({**texts, **columns}), path)
    return path.read_bytes()


def read_parquet(folder: Path, **columns: Any) -> Read:
    (part,) = read_all(folder, NAME, parquet(folder, **columns), FORMAT)
    return part


def refused(folder: Path, **columns: Any) -> Fault:
    return fault_of(folder, NAME, parquet(folder, **columns), FORMAT)


def decimals(*values: str, places: int = 2) -> pa.Array:
    return pa.array([Decimal(value) for value in values], pa.decimal128(18, places))


def test_text_columns_read_as_the_same_row_in_csv(tmp_path: Path) -> None:
    csv_row = read_settlement(tmp_path, settlement_line()).rows[0]
    assert read_parquet(tmp_path).rows == [{**csv_row, "line": 1}]


def test_the_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    name = NAME.replace(".parquet", ".PARQUET")
    (part,) = read_all(tmp_path, name, parquet(tmp_path), FORMAT)
    assert part.rows == read_parquet(tmp_path).rows


def test_typed_columns_read_as_the_same_row_in_csv(tmp_path: Path) -> None:
    part = read_parquet(
        tmp_path,
        amount=decimals("1625.00"),
        fee=decimals("2.00000", places=5),
        happened_at=pa.array([datetime(2018, 12, 19, 10)], pa.timestamp("ns")),
        settle_date=pa.array([date(2018, 12, 19)]),
        kind=pa.array(["debit"]).dictionary_encode(),
        original_ref=pa.nulls(1),
    )
    assert part.rows == read_parquet(tmp_path).rows


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        (
            "amount",
            decimals("1.005", places=3),
            'amount: found "1.005", expected at most 2 decimals',
        ),
        (
            "happened_at",
            pa.array([datetime(2018, 12, 19, 10, 0, 0, 500)]),
            'happened_at: found "2018-12-19 10:00:00.000500", '
            "expected a time as YYYY-MM-DD HH:MM:SS",
        ),
        ("outcome", pa.array([None], pa.string()), "outcome: empty, expected a value"),
        ("outcome", pa.array([""]), "outcome: empty, expected a value"),
    ],
)
def test_cells_are_judged_as_strictly_as_text(
    tmp_path: Path, column: str, value: pa.Array, reason: str
) -> None:
    assert read_parquet(tmp_path, **{column: value}).rejects[0]["reason"] == reason


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("amount", pa.array([1625.0])),
        ("amount", pa.array([162500])),
        ("happened_at", pa.array([datetime(2018, 12, 19)], pa.timestamp("us", "UTC"))),
        ("settle_date", pa.array([datetime(2018, 12, 19)])),
        ("channel_ref", pa.array([1])),
    ],
)
def test_a_type_that_is_not_exactly_the_kind_is_refused(
    tmp_path: Path, column: str, value: pa.Array
) -> None:
    fault = refused(tmp_path, **{column: value})
    assert (fault.code, fault.exit_code) == ("column-type-differs", ExitCode.UNREADABLE)
    assert fault.where.endswith(f": {column}")


def test_a_decimal_of_more_digits_than_money_has_reads_as_any_other(tmp_path: Path) -> None:
    amounts = [pa.array([Decimal("1625.00")], kind) for kind in (pa.decimal128(18, 2), WIDE)]
    narrow, wide = (read_parquet(tmp_path, amount=amount).rows for amount in amounts)
    assert wide == narrow
    fault = refused(tmp_path, amount=pa.array([Decimal(10**40)], WIDE))
    assert fault.exit_code == ExitCode.UNREADABLE


def test_columns_must_be_the_feed_s(tmp_path: Path) -> None:
    fault = refused(tmp_path, colour=["blue"])
    assert (fault.code, fault.exit_code) == ("columns-differ", ExitCode.UNREADABLE)


def test_free_text_is_never_loaded(tmp_path: Path) -> None:
    path = tmp_path / "written"
    names = ("entry_ref", "account", "booked_on", "amount", "channel", "settle_date")
    cells = ("E1", "A", "2018-12-20", "x", None, None)
    columns = {name: [cell] for name, cell in zip(names, cells, strict=True)}
    pq.write_table(pa.table({**columns, "description": ["张三"]}), path)
    name = "k.bank_receipts.2018-12-20.parquet"
    (part,) = read_all(tmp_path, name, path.read_bytes(), "bank_receipts_v1")
    assert part.lines == 1
    assert "张三" not in str(part)


def test_no_rows_are_a_day_without_events(tmp_path: Path) -> None:
    empty = {name: pa.array([], pa.string()) for name in SETTLEMENT_CELLS}
    assert read_parquet(tmp_path, **empty).lines == 0


def test_a_file_without_its_end_is_cut_short_and_another_file_is_refused(tmp_path: Path) -> None:
    cut = fault_of(tmp_path, NAME, parquet(tmp_path)[:-6], FORMAT)
    assert (cut.code, cut.exit_code) == ("file-cut-short", ExitCode.TRUNCATED)
    for data in (b"", b"channel_ref\nR1\n", b"PAR1" + b"x" * 40 + b"PAR1"):
        other = fault_of(tmp_path, NAME, data, FORMAT)
        assert (other.code, other.exit_code) == ("file-not-parquet", ExitCode.UNREADABLE)
