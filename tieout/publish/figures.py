"""Everything short that a day comes to, gathered once for the files that tell it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from tieout.publish.money import Currency
from tieout.publish.tally import Consequences, Tally

Row = dict[str, Any]


@dataclass(frozen=True)
class DayFigures:
    """The figures of one business date.

    Rows are those of the relation of the same name, in its order, money in minor units.
    """

    business_date: date
    currency: Currency
    control: list[Row]
    roll_forward: list[Row]
    settlement_days: list[Row]
    expectations: list[Row]
    inputs: list[Row]
    catalogue: list[Row]
    breaks: Tally
    consequences: Consequences
    worst_breaks: pl.DataFrame
    in_transit: Tally
    excluded: Tally
    cleared: int
    decided: Tally
    decisions: list[Row]
    rejects: int
    first_rejects: list[Row]
    trend_before: list[Row]

    @property
    def new(self) -> int:
        """How many of the day's breaks the stored day before did not have."""
        return sum(row["new"] for row in self.roll_forward)

    @property
    def ties(self) -> bool:
        """Whether every row of the control sheet ties."""
        return all(row["ties"] for row in self.control)
