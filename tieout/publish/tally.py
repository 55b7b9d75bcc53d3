"""Counts and sums over relations too long to hold, taken batch by batch on their way out."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

AGES = ("<1", "1-7", "7-30", "30+")
"""Ageing of open breaks, in days at the as-of instant; a lower bound is part of its bucket."""

_AGE_BOUNDS = (1, 7, 30)


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


def amount_in_question(batch: pa.RecordBatch) -> pa.Array:
    """What each row is about, in minor units, never negative; 0 when it names no amount.

    The difference when one is stated, else the refund, else the channel's amount, else the
    ledger's.
    """
    return pc.coalesce(
        pc.abs(_minor(batch, "difference")),
        _minor(batch, "refund"),
        pc.abs(_minor(batch, "channel_amount")),
        pc.abs(_minor(batch, "ledger_amount")),
        pa.scalar(0, pa.int64()),
    )


def age_bucket(batch: pa.RecordBatch) -> pa.Array:
    """The bucket of AGES that each row's `age_days` falls into."""
    age = batch.column("age_days").cast(pa.int64())
    reached = [pc.less(age, bound) for bound in _AGE_BOUNDS]
    return pc.case_when(pc.make_struct(*reached), *AGES[:-1], AGES[-1])


def _minor(batch: pa.RecordBatch, name: str) -> pa.Array:
    return batch.column(f"{name}_minor").cast(pa.int64())


def _key(batch: pa.RecordBatch, name: str) -> pa.Array:
    if name == "age":
        return age_bucket(batch)
    if name == "side":
        return pc.list_element(pc.split_pattern(batch.column("subject"), ":"), 0)
    return batch.column(name)


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
        table = pa.table(
            {name: _key(batch, name) for name in self._by}
            | {
                "refund": _minor(batch, "refund"),
                "difference": pc.abs(_minor(batch, "difference")),
                "amount": amount_in_question(batch),
            }
        )
        sums = [([], "count_all"), ("refund", "sum"), ("difference", "sum"), ("amount", "sum")]
        for row in table.group_by(list(self._by), use_threads=False).aggregate(sums).to_pylist():
            figures = Figures(
                row["count_all"],
                row["refund_sum"] or 0,
                row["difference_sum"] or 0,
                row["amount_sum"] or 0,
            )
            self._cells.setdefault(tuple(row[name] for name in self._by), Figures()).add(figures)

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
    """What wrongly overdue borrowers are owed besides money."""

    def __init__(self) -> None:
        self._borrowers: set[tuple[str | None, str | None]] = set()
        self.records_to_correct = 0
        self.collections_to_stop = 0

    @property
    def borrowers(self) -> int:
        """Borrowers, not instalments; a borrower of two lenders counts once for each."""
        return len(self._borrowers)

    def count(self, batch: pa.RecordBatch) -> None:
        """Take in the rows of one batch of breaks."""
        wronged = batch.filter(pc.equal(batch.column("category"), "wrongly_overdue"))
        borrower = pc.coalesce(wronged.column("borrower_ref"), wronged.column("loan_id"))
        self._borrowers.update(
            zip(wronged.column("lender").to_pylist(), borrower.to_pylist(), strict=True)
        )
        corrections = pc.binary_length(wronged.column("bureau_correction"))
        self.records_to_correct += pc.sum(pc.greater(corrections, 0)).as_py() or 0
        self.collections_to_stop += pc.sum(wronged.column("stop_collection")).as_py() or 0
