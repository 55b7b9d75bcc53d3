"""What a cell of a CSV file looks like."""

import csv
import datetime as dt
import io
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout.publish.csv_file import CsvFile
from tieout.publish.money import Currency

YUAN, YEN = Currency("CNY", 2), Currency("JPY", 0)


def written(
    tmp_path: Path,
    columns: dict[str, list[object]],
    currency: Currency = YUAN,
    **types: pa.DataType,
) -> bytes:
    schema = pa.schema([(name, types.get(name, pa.string())) for name in columns])
    path = tmp_path / "file.csv"
    with CsvFile(path, schema, currency) as lines:
        lines.write(pa.record_batch(columns, schema=schema))
    return path.read_bytes()


@pytest.mark.parametrize(
    ("minor", "yuan", "yen"),
    [
        (162500, "1625.00", "162500"),
        (5, "0.05", "5"),
        (-5, "-0.05", "-5"),
        (0, "0.00", "0"),
        (999_999_999_999_999_999, "9999999999999999.99", "999999999999999999"),
        (None, "", ""),
    ],
)
def test_money_has_the_decimals_of_its_currency_and_loses_minor_from_its_name(
    tmp_path: Path, minor: int | None, yuan: str, yen: str
) -> None:
    columns: dict[str, list[object]] = {"amount_minor": [minor], "x": ["."]}
    types = {"amount_minor": pa.int64()}
    assert written(tmp_path, columns, YUAN, **types).decode() == f"amount,x\n{yuan},.\n"
    assert written(tmp_path, columns, YEN, **types).decode() == f"amount,x\n{yen},.\n"


def test_money_too_long_for_eighteen_digits_is_refused_not_cut(tmp_path: Path) -> None:
    with pytest.raises(pa.ArrowInvalid):
        written(tmp_path, {"amount_minor": [10**18]}, amount_minor=pa.int64())


def test_booleans_dates_and_instants_are_written_the_iso_way(tmp_path: Path) -> None:
    assert written(
        tmp_path,
        {
            "yes": [True, False, None],
            "on": [dt.date(2018, 12, 19), None, None],
            "at": [dt.datetime.fromisoformat("2018-12-19 23:10:05"), None, None],
        },
        yes=pa.bool_(),
        on=pa.date32(),
        at=pa.timestamp("us"),
    ) == (b"yes,on,at\ntrue,2018-12-19,2018-12-19 23:10:05\nfalse,,\n,,\n")


def test_only_cells_that_need_quotes_get_them(tmp_path: Path) -> None:
    assert (
        written(tmp_path, {"x": ["plain", "a,b", 'say "hi"', "two\nlines", "掉单", " a "]})
        == 'x\nplain\n"a,b"\n"say ""hi"""\n"two\nlines"\n掉单\n a \n'.encode()
    )


def test_identifiers_that_look_like_formulas_stand_as_their_owner_wrote_them(
    tmp_path: Path,
) -> None:
    cells = ["=1+1", "+86", "-7", "@x"]
    assert written(tmp_path, {"x": cells}) == b"x\n=1+1\n+86\n-7\n@x\n"


def test_a_relation_without_rows_is_a_header(tmp_path: Path) -> None:
    schema = pa.schema([("break_id", pa.string()), ("refund_minor", pa.int64())])
    with CsvFile(tmp_path / "file.csv", schema, YUAN):
        pass
    assert (tmp_path / "file.csv").read_bytes() == b"break_id,refund\n"


def test_batches_follow_one_another_in_their_order(tmp_path: Path) -> None:
    schema = pa.schema([("x", pa.string())])
    with CsvFile(tmp_path / "file.csv", schema, YUAN) as lines:
        lines.write(pa.record_batch({"x": ["b"]}, schema=schema))
        lines.write(pa.record_batch({"x": ["a"]}, schema=schema))
    assert (tmp_path / "file.csv").read_bytes() == b"x\nb\na\n"


TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1)


@given(cells=st.lists(st.tuples(TEXT, TEXT), min_size=1))
def test_whatever_text_a_file_brought_a_csv_reader_gets_it_back(
    cells: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("csv")
    columns: dict[str, list[object]] = {
        "left": [left for left, _ in cells],
        "right": [right for _, right in cells],
    }
    text = written(folder, columns).decode()
    rows = csv.reader(io.StringIO(text, newline=""))
    assert [tuple(row) for row in rows][1:] == cells
