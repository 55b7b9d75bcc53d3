"""Minor units on the way out: the only place where a decimal point is set."""

from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa

MINOR = "_minor"


@dataclass(frozen=True)
class Currency:
    """The workspace's currency: ISO 4217 code and the number of its decimals."""

    code: str
    decimals: int

    def text(self, minor: int) -> str:
        """Major units as files carry them: `1625.00`."""
        return f"{Decimal(minor).scaleb(-self.decimals):f}"

    def grouped(self, minor: int) -> str:
        """Major units as people read them: `1,625.00`, with a true minus sign."""
        text = f"{Decimal(minor).scaleb(-self.decimals):,f}"
        return text.replace("-", "\N{MINUS SIGN}")

    def column(self, minor: pa.Array) -> pa.Array:
        """BIGINT minor units -> decimal128(18, decimals) major units, exactly.

        Raises pyarrow.ArrowInvalid for amounts of more than 18 digits.
        """
        major = pa.decimal128(19, self.decimals)
        return minor.cast(pa.decimal128(19, 0)).view(major).cast(pa.decimal128(18, self.decimals))


def in_major_units(batch: pa.RecordBatch, currency: Currency) -> pa.RecordBatch:
    """The same rows with every `<name>_minor` as money called `<name>`; the order stays."""
    names = [name.removesuffix(MINOR) for name in batch.schema.names]
    columns = [
        currency.column(column) if name.endswith(MINOR) else column
        for name, column in zip(batch.schema.names, batch.columns, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, names=names)


def row_in_major_units(row: dict[str, object], currency: Currency) -> dict[str, object]:
    """One row with every `<name>_minor` as text called `<name>`; null stays null."""
    return {
        name.removesuffix(MINOR): currency.text(value)
        if name.endswith(MINOR) and isinstance(value, int)
        else value
        for name, value in row.items()
    }
