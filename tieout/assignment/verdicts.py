"""What was decided, gathered entry by entry and handed back as Arrow tables."""

from collections.abc import Sequence
from typing import Literal

import pyarrow as pa

from tieout.assignment.entries import Integers

Cause = Literal["tie", "search_bound"]
Side = Literal["debit", "posting"]

_PAIRS = pa.schema(
    [
        ("group_no", pa.int64()),
        ("debit_id", pa.int64()),
        ("posting_id", pa.int64()),
        ("verdict", pa.string()),
        ("cause", pa.string()),
    ]
)
_MEMBERS = pa.schema(
    [
        ("group_no", pa.int64()),
        ("side", pa.string()),
        ("entry_id", pa.int64()),
        ("verdict", pa.string()),
        ("cause", pa.string()),
    ]
)


class Pairs:
    """Verdicts of pass 2, in the order in which they were reached."""

    def __init__(self) -> None:
        self._rows: list[tuple[int, int | None, int | None, str, Cause | None]] = []
        self._groups = 0

    def matched(self, debit: int, posting: int) -> None:
        """One debit and one posting belong together."""
        self._groups += 1
        self._rows.append((self._groups, debit, posting, "matched", None))

    def ambiguous(self, debits: Integers, postings: Integers, cause: Cause) -> None:
        """These entries are in doubt together."""
        self._groups += 1
        for debit in debits.tolist():
            self._rows.append((self._groups, debit, None, "ambiguous", cause))
        for posting in postings.tolist():
            self._rows.append((self._groups, None, posting, "ambiguous", cause))

    def table(self) -> pa.Table:
        """group_no, debit_id, posting_id, verdict, cause."""
        return _table(self._rows, _PAIRS)


class Groups:
    """Verdicts of pass 3, in the order in which they were reached."""

    def __init__(self) -> None:
        self._rows: list[tuple[int, Side, int, str, Cause | None]] = []
        self._groups = 0

    def matched(self, members: list[tuple[Side, int]]) -> None:
        """A whole and its pieces belong together."""
        self._group(members, "matched", None)

    def ambiguous(self, members: list[tuple[Side, int]], cause: Cause) -> None:
        """These entries are in doubt together."""
        self._group(members, "ambiguous", cause)

    def table(self) -> pa.Table:
        """group_no, side, entry_id, verdict, cause."""
        return _table(self._rows, _MEMBERS)

    def _group(self, members: list[tuple[Side, int]], verdict: str, cause: Cause | None) -> None:
        self._groups += 1
        for side, entry in members:
            self._rows.append((self._groups, side, entry, verdict, cause))


def _table(rows: Sequence[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else ([] for _ in schema)
    arrays = [pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)
