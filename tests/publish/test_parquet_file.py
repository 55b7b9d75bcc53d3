"""Parquet files: exact money, and bytes that depend on the rows alone."""

from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tieout.publish.money import Currency
from tieout.publish.parquet_file import ROW_GROUP_ROWS, ParquetFile

SCHEMA = pa.schema([("match_id", pa.string()), ("amount_minor", pa.int64())])


def written(path: Path, rows: pa.Table, batch_rows: int, decimals: int = 2) -> Path:
    with ParquetFile(path, SCHEMA, Currency("CNY", decimals)) as columns:
        for batch in rows.to_batches(max_chunksize=batch_rows):
            columns.write(batch)
    return path


@pytest.mark.parametrize(("decimals", "amount"), [(2, "1625.00"), (0, "162500"), (3, "162.500")])
def test_money_is_decimal_with_the_decimals_of_its_currency(
    tmp_path: Path, decimals: int, amount: str
) -> None:
    rows = pa.table({"match_id": ["m1", "m2"], "amount_minor": [162500, None]}, schema=SCHEMA)
    table = pq.read_table(written(tmp_path / "file.parquet", rows, 10, decimals))
    assert table.schema.field("amount").type == pa.decimal128(18, decimals)
    assert table.column("amount").to_pylist() == [Decimal(amount), None]


def test_the_bytes_do_not_tell_how_the_rows_were_cut_into_batches(tmp_path: Path) -> None:
    count = ROW_GROUP_ROWS + 1000
    rows = pa.table(
        {"match_id": [f"{number:032x}" for number in range(count)], "amount_minor": range(count)},
        schema=SCHEMA,
    )
    files = [
        written(tmp_path / f"{batch_rows}.parquet", rows, batch_rows).read_bytes()
        for batch_rows in (2048, 50_000, count)
    ]
    assert files[0] == files[1] == files[2]


def test_row_groups_have_a_fixed_size_and_keep_the_order(tmp_path: Path) -> None:
    count = 2 * ROW_GROUP_ROWS + 5
    rows = pa.table({"match_id": ["m"] * count, "amount_minor": range(count)}, schema=SCHEMA)
    file = pq.ParquetFile(written(tmp_path / "file.parquet", rows, count))
    groups = [file.metadata.row_group(n).num_rows for n in range(file.metadata.num_row_groups)]
    assert groups == [ROW_GROUP_ROWS, ROW_GROUP_ROWS, 5]
    assert file.read().column("amount")[-1].as_py() == Decimal(count - 1).scaleb(-2)


def test_a_relation_without_rows_keeps_its_columns(tmp_path: Path) -> None:
    table = pq.read_table(written(tmp_path / "file.parquet", SCHEMA.empty_table(), 10))
    assert (table.num_rows, table.schema.names) == (0, ["match_id", "amount"])
