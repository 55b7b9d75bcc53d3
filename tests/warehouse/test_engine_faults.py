"""Rows on which the engine once broke off, given to the relations as they are."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

from tieout.warehouse import Warehouse, load_models

LEDGER = 8 << 32
"""What comes before the line in the ids of one file's entries."""

APRIL_3, APRIL_4, APRIL_6 = date(2026, 4, 3), date(2026, 4, 4), date(2026, 4, 6)

WRONGLY_CHARGED = pa.table(
    {
        "entry_id": [LEDGER + line for line in (10, 9, 8, 5)],
        "due_date": [date(2026, 4, 1)] * 3 + [date(2026, 4, 2)],
        "last_day_in_time": [date(2026, 4, 2)] * 3 + [APRIL_3],
        "amount_due_minor": [120000] * 3 + [98901],
        "late_interest_rate_per_day": pa.array([Decimal("0.00063")] * 4, pa.decimal128(18, 10)),
        "failed_debit_fee_minor": [2000] * 4,
    }
)

RIGHTLY_CHARGED = range(20, 26)

STRETCHES = [
    (10, date(2026, 3, 31), APRIL_3, False, 0),
    (10, APRIL_3, None, True, 0),
    (5, APRIL_4, APRIL_6, True, 0),
    (5, APRIL_6, None, True, 7),
    (8, date(2026, 4, 1), APRIL_3, False, 0),
    (8, APRIL_3, None, True, 0),
    (9, date(2026, 3, 31), APRIL_3, False, 0),
    (9, APRIL_3, None, True, 0),
    *((line, date(2026, 4, 2), APRIL_4, False, 0) for line in RIGHTLY_CHARGED),
    *((line, APRIL_4, None, True, 0) for line in RIGHTLY_CHARGED),
]


def test_charges_of_several_instalments_are_asked_day_by_day(tmp_path: Path) -> None:
    models = load_models()
    asked = "breaks.rightly_charged_days"
    with Warehouse(tmp_path / "warehouse.duckdb", {}, {asked: models[asked]}) as warehouse:
        warehouse.give("breaks.genuinely_late", WRONGLY_CHARGED)
        warehouse.give("breaks.wrong_charges", WRONGLY_CHARGED.select(["entry_id"]))
        warehouse.give("breaks.late_stretches", stretches())
        warehouse.give("reference.business_day", pa.table({"business_date": [APRIL_6]}))
        warehouse.build(["breaks"])
        days = dict(warehouse.connect().execute(f"from {asked}").fetchall())
    assert days == {
        LEDGER + 5: APRIL_4,
        LEDGER + 8: APRIL_3,
        LEDGER + 9: APRIL_3,
        LEDGER + 10: APRIL_3,
    }


def stretches() -> pa.Table:
    lines, from_days, until_days, are_over, charges = zip(*STRETCHES, strict=True)
    return pa.table(
        {
            "entry_id": [LEDGER + line for line in lines],
            "from_day": from_days,
            "until_day": until_days,
            "is_over": are_over,
            "covered_on": pa.nulls(len(STRETCHES), pa.date32()),
            "is_in_time": [False] * len(STRETCHES),
            "is_explained": [False] * len(STRETCHES),
            "charged_minor": charges,
        }
    )
