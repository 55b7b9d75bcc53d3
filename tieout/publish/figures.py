"""Everything short that a day comes to, gathered once for the files that tell it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from tieout.publish.money import Currency
from tieout.publish.tally import Consequences, Figures, Tally

Row = dict[str, Any]


@dataclass(frozen=True)
class FileFigures:
    """How many rows a file has, and what its `amount` comes to (minor units) if it has one."""

    rows: int
    amount: int | None = None


@dataclass(frozen=True)
class DayFigures:
    """The figures of one business date.

    Rows are those of the relation of the same name, in its order, money in minor units.
    `files` are the files of rows by their path inside the report, in the order written.
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
    cleared: Tally
    decided: Tally
    decisions: list[Row]
    rejects: int
    first_rejects: list[Row]
    open_entries: list[Row]
    files: dict[str, FileFigures]
    trend_before: list[Row]

    @property
    def new(self) -> int:
        """How many of the day's breaks the stored day before did not have."""
        return sum(row["new"] for row in self.roll_forward)

    @property
    def waiting(self) -> list[Row]:
        """The signatures that need a second name before they decide anything."""
        return [row for row in self.decisions if row["state"] == "second_name_needed"]

    @property
    def waiting_amounts(self) -> dict[str, int]:
        """The amount in question of each break under which a signature waits."""
        return {row["break_id"]: row["amount_minor"] or 0 for row in self.waiting}

    @property
    def ties(self) -> bool:
        """Whether every row of the control sheet ties."""
        return all(row["ties"] for row in self.control)

    def breaks_of(self, family: str) -> int:
        """How many breaks the categories of a family have."""
        members = {row["category"] for row in self.catalogue if row["family"] == family}
        found = self.breaks.by("category")
        return sum(figures.count for (category,), figures in found.items() if category in members)

    def breaks_for(self, liable: str) -> int:
        """How many breaks a liable party has to put right."""
        return self.breaks.by("liable").get((liable,), Figures()).count
