"""Counts and sums over relations too long to hold, taken batch by batch on their way out."""

from dataclasses import dataclass

import polars as pl
import pyarrow as pa

AGES = ("<1", "1-7", "7-30", "30+")
"""Ageing of open breaks, in days at the as-of instant; a lower bound is part of its bucket."""


@dataclass
class Figures:
    """What a group of rows comes to; amounts in minor units, absolute differences."""

    count: int = 0
    refund: int = 0
    difference: int = 0
    amount: int = 0

    def add(self, other: "Figures") -> None:
        """Take in another group."""
        self.count += other.count
        self.refund += other.refund
        self.difference += other.difference
        self.amount += other.amount


def amount_in_question() -> pl.Expr:
    """What a row is about, in minor units, never negative; 0 when it names no amount.

    The difference when one is stated, else the refund, else the channel's amount, else the
    ledger's.
    """
    return pl.coalesce(
        pl.col("difference_minor").abs(),
        pl.col("refund_minor"),
        pl.col("channel_amount_minor").abs(),
        pl.col("ledger_amount_minor").abs(),
        pl.lit(0, pl.Int64),
    )


def age_bucket() -> pl.Expr:
    """The bucket of AGES that a row's `age_days` falls into."""
    age = pl.col("age_days")
    under_one, under_seven, under_thirty, older = (pl.lit(name) for name in AGES)
    return (
        pl.when(age < 1)
        .then(under_one)
        .when(age < 7)
        .then(under_seven)
        .when(age < 30)
        .then(under_thirty)
        .otherwise(older)
    )


def frame_of(batch: pa.RecordBatch) -> pl.DataFrame:
    """The batch as a Polars frame, not copied."""
    frame = pl.from_arrow(batch)
    assert isinstance(frame, pl.DataFrame)
    return frame


def _key(name: str) -> pl.Expr:
    if name == "age":
        return age_bucket()
    if name == "side":
        return pl.col("subject").str.split(":").list.first()
    return pl.col(name)


class Tally:
    """Rows counted and summed by some of their columns.

    Besides the columns themselves, `age` (a bucket of AGES) and `side` (the first word of
    `subject`, such as `debit`) can be counted by.
    """

    def __init__(self, *by: str) -> None:
        self._by = by
        self._cells: dict[tuple[object, ...], Figures] = {}

    def count(self, batch: pa.RecordBatch) -> None:
        """Take in the rows of one batch; it has the columns of a break, with or without more."""
        sums = (
            frame_of(batch)
            .group_by([_key(name).alias(name) for name in self._by])
            .agg(
                pl.len(),
                pl.col("refund_minor").sum().alias("refund"),
                pl.col("difference_minor").abs().sum().alias("difference"),
                amount_in_question().sum().alias("amount"),
            )
        )
        for *key, count, refund, difference, amount in sums.iter_rows():
            figures = Figures(count, refund, difference, amount)
            self._cells.setdefault(tuple(key), Figures()).add(figures)

    def by(self, *names: str) -> dict[tuple[str, ...], Figures]:
        """The figures by some of the columns, in the order of their keys; null is empty."""
        places = [self._by.index(name) for name in names]
        cut: dict[tuple[str, ...], Figures] = {}
        for key, figures in self._cells.items():
            part = tuple(str(key[place] or "") for place in places)
            cut.setdefault(part, Figures()).add(figures)
        return dict(sorted(cut.items()))

    def total(self) -> Figures:
        """The figures of all rows."""
        return self.by().get((), Figures())


class Consequences:
    """What the day asks to be done: refunds, and what wrongly overdue borrowers are owed."""

    def __init__(self) -> None:
        self._borrowers: set[tuple[str | None, str | None]] = set()
        self.refunds = 0
        self.records_to_correct = 0
        self.collections_to_stop = 0

    @property
    def borrowers(self) -> int:
        """Borrowers, not instalments; a borrower of two lenders counts once for each."""
        return len(self._borrowers)

    def count(self, batch: pa.RecordBatch) -> None:
        """Take in the rows of one batch of breaks."""
        breaks = frame_of(batch)
        self.refunds += breaks.filter(pl.col("refund_minor") > 0).height
        wronged = breaks.filter(pl.col("category") == "wrongly_overdue")
        borrower = pl.coalesce("borrower_ref", "loan_id")
        self._borrowers.update(wronged.select("lender", borrower.alias("borrower")).iter_rows())
        corrections = pl.col("bureau_correction").str.len_bytes() > 0
        self.records_to_correct += wronged.filter(corrections).height
        self.collections_to_stop += wronged.filter(pl.col("stop_collection")).height
