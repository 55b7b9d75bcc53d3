"""Reference tables: read without any tolerance (contract section 5)."""

from datetime import date, datetime
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest

from tieout.faults import ExitCode, Fault
from tieout.reading import read_reference
from tieout.reference_tables import REFERENCES

CHANNELS = (
    "channel,cut_off,settlement_lag_days,posting_window_hours,file_lag_days,amount_tolerance,"
    "fee_rate,fee_minimum,fee_maximum,valid_from,valid_to\n"
)
UNIONPAY = "unionpay,23:00,1,24,1,0.00,0.0005,0.10,,2018-01-01,\n"


def read(text: str, relation: str = "channels", decimals: int = 2) -> list[dict[str, Any]]:
    shown_as = f"reference/{relation}.csv"
    rows: list[dict[str, Any]] = read_reference(
        text.encode(), shown_as, REFERENCES[relation], decimals
    ).to_pylist()
    return rows


def refused(text: str, relation: str = "channels", decimals: int = 2) -> Fault:
    with pytest.raises(Fault) as caught:
        read(text, relation, decimals)
    assert caught.value.exit_code == ExitCode.MISUSE
    return caught.value


def test_a_channel_s_terms_become_a_typed_row() -> None:
    assert read(CHANNELS + UNIONPAY) == [
        {
            "channel": "unionpay",
            "cut_off": "23:00",
            "settlement_lag_days": 1,
            "posting_window_hours": 24,
            "file_lag_days": 1,
            "amount_tolerance_minor": 0,
            "fee_rate": Decimal("0.0005"),
            "fee_minimum_minor": 10,
            "fee_maximum_minor": None,
            "valid_from": date(2018, 1, 1),
            "valid_to": None,
        }
    ]


def test_every_reference_table_can_be_read_empty() -> None:
    for relation in REFERENCES.values():
        header = ",".join(column.name for column in relation.columns) + "\n"
        assert read(header, relation.name) == []


def test_a_make_up_day_is_a_business_day() -> None:
    table = "date,is_business_day,note\n2018-12-29,true,make-up day\n2018-12-31,false,\n"
    rows = read(table, "calendar")
    assert [row["is_business_day"] for row in rows] == [True, False]
    assert rows[0]["note"] == "make-up day"


def test_an_outage_has_instants() -> None:
    rows = read(
        "channel,starts_at,ends_at,note\nu,2018-12-19 23:00:00,2018-12-20 01:00:00,\n",
        "channel_outages",
    )
    assert rows[0]["ends_at"] == datetime(2018, 12, 20, 1)


@pytest.mark.parametrize(
    ("found", "wrong", "reason"),
    [
        ("23:00", "24:00", None),
        ("23:00", "24:01", 'cut_off: found "24:01", expected a time of day as HH:MM'),
        ("23:00", "9:00", 'cut_off: found "9:00", expected a time of day as HH:MM'),
        ("0.0005", "5e-4", 'fee_rate: found "5e-4", expected a number such as 0.0005'),
        ("0.0005", "0.00000000001", 'fee_rate: found "0.******0001", expected'),
        ("0.10", "0.105", 'fee_minimum: found "0.105", expected at most 2 decimals'),
        ("2018-01-01", "2018-02-30", 'valid_from: found "2018-02-30", expected a calendar date'),
        ("unionpay", "", "channel: empty, expected a value"),
        ("unionpay", "a,b", "found 12 cells, expected 11"),
        ("unionpay", 'union"pay', "a quote out of place"),
    ],
)
def test_one_bad_cell_refuses_the_table_with_file_and_line(
    found: str, wrong: str, reason: str | None
) -> None:
    text = CHANNELS + UNIONPAY + UNIONPAY.replace(found, wrong, 1)
    if reason is None:
        assert len(read(text)) == 2
        return
    fault = refused(text)
    assert fault.where == "reference/channels.csv:3"
    assert fault.found.startswith(reason)


def test_zeros_beyond_the_currency_s_decimals_say_nothing_and_anything_else_is_refused() -> None:
    limits = (
        "channel,bank_code,card_type,per_debit,per_day,per_month,valid_from,valid_to,source\n"
        "u,ICBC,,5000.00,,,,,\n"
    )
    for decimals, minor in ((0, 5000), (2, 500000), (3, 5000000)):
        assert read(limits, "bank_limits", decimals)[0]["per_debit_minor"] == minor
    fault = refused(limits.replace("5000.00", "5000.50"), "bank_limits", 0)
    assert fault.found == 'per_debit: found "5000.50", expected no decimals'


@pytest.mark.parametrize("relation", REFERENCES)
@pytest.mark.parametrize("decimals", [0, 2, 3])
def test_the_built_in_tables_serve_every_currency(relation: str, decimals: int) -> None:
    built_in = files("tieout.sql").joinpath("reference", f"{relation}.csv").read_text("utf-8")
    assert len(read(built_in, relation, decimals)) == len(built_in.splitlines()) - 1


def test_a_truth_value_is_true_or_false() -> None:
    fault = refused("date,is_business_day,note\n2018-12-29,yes,\n", "calendar")
    assert fault.found == 'is_business_day: found "yes", expected true or false'


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        (CHANNELS.replace("cut_off", "cutoff"), "'cutoff' unknown, 'cut_off' missing"),
        (CHANNELS.replace(",valid_to", ""), "'valid_to' missing"),
        (CHANNELS.replace("\n", ",channel\n"), "'channel' twice"),
    ],
)
def test_columns_must_be_the_table_s(header: str, problem: str) -> None:
    fault = refused(header)
    assert problem in fault.found
    assert "settlement_lag_days" in fault.expected


def test_a_table_of_no_bytes_or_of_another_encoding_is_refused() -> None:
    assert refused("").code == "file-empty"
    with pytest.raises(Fault) as caught:
        data = (CHANNELS + UNIONPAY.replace("unionpay", "银联")).encode("gb18030")
        read_reference(data, "reference/channels.csv", REFERENCES["channels"], 2)
    assert (caught.value.code, caught.value.exit_code) == ("file-wrong-encoding", ExitCode.MISUSE)
