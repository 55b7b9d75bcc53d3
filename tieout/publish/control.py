"""control.csv: one sheet whose rows are money or counts, as `measure` says."""

import pyarrow as pa
import pyarrow.compute as pc

from tieout.publish.money import Currency

_MONEY_WHEN_AMOUNT = ("read", "matched", "in_transit", "open", "excluded", "rejected")


def as_printed(control: pa.RecordBatch, currency: Currency) -> pa.RecordBatch:
    """The control relation with its figures as text.

    Rows of measure `amount` are minor units and print as money, the others as whole numbers.
    """
    is_amount = pc.match_like(control.column("measure"), "amount")
    for name in _MONEY_WHEN_AMOUNT:
        minor = control.column(name).cast(pa.int64())
        printed = pc.if_else(
            is_amount, currency.column(minor).cast(pa.string()), minor.cast(pa.string())
        )
        control = control.set_column(control.schema.get_field_index(name), name, printed)
    return control
