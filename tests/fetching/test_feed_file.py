"""Only exact changes are made on the way from a database into a file."""

from datetime import datetime

import pyarrow as pa
import pytest

from tieout.feeds import BANK_RECEIPTS, DEBIT_ORDERS
from tieout.fetching.feed_file import canonical

ZONE = "Asia/Shanghai"


def changed(name: str, values: list[object], kind: pa.DataType) -> list[object]:
    table = pa.table({name: pa.array(values, kind)})
    found: list[object] = canonical(table, DEBIT_ORDERS, ZONE).column(name).to_pylist()
    return found


@pytest.mark.parametrize(
    ("delivered", "kept"),
    [
        ("6227001234567891234", "622700******1234"),
        ("6227 0012 3456 7891", "622700******7891"),
        ("622700******1234", "622700******1234"),
        ("1234", "1234"),
        (None, None),
    ],
)
def test_a_whole_card_number_never_reaches_the_disk(
    delivered: str | None, kept: str | None
) -> None:
    assert changed("card_no", [delivered], pa.string()) == [kept]


def test_descriptions_stay_in_the_database() -> None:
    table = pa.table({"entry_ref": ["E1"], "description": ["张三还款"]})
    assert canonical(table, BANK_RECEIPTS, ZONE).to_pylist() == [
        {"entry_ref": "E1", "description": None}
    ]


def test_an_instant_with_a_zone_becomes_the_workspaces_local_time() -> None:
    utc = [datetime(2018, 12, 19, 15, 59, 59, 999_999)]
    kind = pa.timestamp("us", "UTC")
    assert changed("requested_at", utc, kind) == [datetime(2018, 12, 19, 23, 59, 59)]


def test_a_fraction_of_a_second_falls_away() -> None:
    found = changed(
        "requested_at", [datetime(2018, 12, 19, 22, 59, 59, 999_999)], pa.timestamp("us")
    )
    assert found == [datetime(2018, 12, 19, 22, 59, 59)]


def test_an_identifier_that_is_a_number_becomes_its_digits() -> None:
    assert changed("loan_id", [10_000_000_000_000_001, None], pa.int64()) == [
        "10000000000000001",
        None,
    ]


def test_money_that_is_a_whole_number_stays_one_so_that_it_is_refused() -> None:
    assert changed("amount", [162500], pa.int64()) == [162500]


def test_postgresql_numbers_are_taken_by_their_text() -> None:
    kind = pa.opaque(pa.string(), "numeric", "PostgreSQL")
    amounts = pa.ExtensionArray.from_storage(kind, pa.array(["0.10", None]))
    table = canonical(pa.table({"amount": amounts}), DEBIT_ORDERS, ZONE)
    assert table.column("amount").to_pylist() == ["0.10", None]
    assert table.schema.field("amount").type == pa.string()
