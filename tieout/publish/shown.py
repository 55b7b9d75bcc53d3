"""The rows that a page has room for."""

import polars as pl
import pyarrow as pa

from tieout.publish.tally import amount_in_question
from tieout.words import SEVERITIES

_RANK = {severity: rank for rank, severity in enumerate(SEVERITIES)}


class Worst:
    """The first `room` breaks by severity, then by the amount in question, largest first.

    Twice the room is held at most.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._waiting: list[pl.DataFrame] = []
        self._waiting_rows = 0

    def keep(self, breaks: pl.DataFrame) -> None:
        """Take in rows of breaks."""
        self._waiting.append(breaks.with_columns(amount_minor=amount_in_question()))
        self._waiting_rows += breaks.height
        if self._waiting_rows > 2 * self._room:
            worst = self.frame()
            self._waiting = [worst]
            self._waiting_rows = worst.height

    def frame(self) -> pl.DataFrame:
        """The breaks kept, worst first, with `amount_minor` beside their own columns."""
        if not self._waiting:
            return pl.DataFrame()
        rank = pl.col("severity").replace_strict(_RANK, default=len(_RANK))
        return (
            pl.concat(self._waiting)
            .sort(rank, pl.col("amount_minor").neg(), "break_id")
            .head(self._room)
        )


class First:
    """The first `room` rows of a relation."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: list[dict[str, object]] = []

    def keep(self, batch: pa.RecordBatch) -> None:
        """Take in the rows of one batch."""
        self._kept.extend(batch.slice(0, self._room - len(self._kept)).to_pylist())

    def rows(self) -> list[dict[str, object]]:
        """The rows kept, as they arrived."""
        return self._kept
