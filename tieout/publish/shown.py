"""The rows that a page has room for."""

import pyarrow as pa
import pyarrow.compute as pc

from tieout.publish.tally import amount_in_question
from tieout.words import SEVERITIES

_SEVERITIES = pa.array(SEVERITIES)
_ORDER = [("severity_rank", "ascending"), ("amount", "descending"), ("break_id", "ascending")]


class Worst:
    """The first `room` breaks by severity, then by the amount in question, largest first."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: pa.Table | None = None

    def keep(self, batch: pa.RecordBatch) -> None:
        """Take in the rows of one batch of breaks."""
        rows = pa.Table.from_batches([batch])
        rows = rows.append_column(
            "severity_rank", pc.index_in(batch.column("severity"), value_set=_SEVERITIES)
        ).append_column("amount", amount_in_question(batch))
        if self._kept is not None:
            rows = pa.concat_tables([self._kept, rows])
        self._kept = rows.take(pc.sort_indices(rows, _ORDER).slice(0, self._room))

    def rows(self) -> list[dict[str, object]]:
        """The breaks kept, as they arrived, with `amount` (minor units) beside them."""
        return [] if self._kept is None else self._kept.to_pylist()


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
