"""One part of a delivered file, read block by block while its batches are taken."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import polars as pl
import pyarrow as pa

from tieout.faults import ExitCode, Fault
from tieout.feeds import NEVER_LOADED
from tieout.reading.chunk import Chunk, Reject, arrow_table
from tieout.reading.container import Member
from tieout.reading.declared import LINE_AMOUNT, LINE_COUNT, LINES_READ
from tieout.reading.delimited import DelimitedReader
from tieout.reading.fixed_width import FixedWidthReader
from tieout.reading.json_rows import json_chunks
from tieout.reading.left_out import without_left_out
from tieout.reading.networks import network_chunks
from tieout.reading.parquet import parquet_chunks
from tieout.reading.part import PartDefinition
from tieout.reading.rules import FileFacts
from tieout.reading.sheet import sheet_chunk
from tieout.reading.totals import (
    DeclaredLines,
    declared_totals,
    refuse_fewer_lines,
    refuse_other_amount,
    refuse_text_beside,
    refuse_without_trailer,
)
from tieout.reading.typed import Typing

REJECTS_SCHEMA = pa.schema([("line", pa.int64()), ("raw", pa.string()), ("reason", pa.string())])
_REJECTS_SHOWN = 3
_PARQUET_SUFFIX = ".parquet"


@dataclass(frozen=True)
class PartEnd:
    """What is known of a part once it was read to its end.

    `lines`: data lines of this relation, rejected ones included. `rejects`: REJECTS_SCHEMA.
    `totals`: one row of settlement_totals with `line`, when the part itself declares them.
    """

    lines: int
    rejected: int
    rejects: pa.Table
    totals: pa.Table | None


@dataclass(frozen=True)
class Part:
    """One member of a delivered file, filling one relation. `member` is '' for a plain file.

    Read `batches` to the end, then call `finish`. A fault met while streaming ends the stream
    and is raised by `finish`, as an exception inside a record batch reader would lose its type.
    """

    member: str
    relation: str
    batches: pa.RecordBatchReader
    finish: Callable[[], PartEnd]


class Streamed:
    """A part that is read block by block while its batches are taken."""

    def __init__(
        self,
        definition: PartDefinition,
        member: Member,
        path: Path,
        facts: FileFacts,
        max_reject_rate: Decimal,
        declared_lines: DeclaredLines,
    ) -> None:
        self._definition = definition
        self._member = member
        self._path = path
        self._facts = facts
        self._max_reject_rate = max_reject_rate
        self._declared_lines = declared_lines
        self._lines = 0
        self._left = 0
        self._amount = 0
        self._rejects: list[Reject] = []
        self._totals: pl.DataFrame | None = None
        self._error: BaseException | None = None
        self._is_exhausted = False
        columns = [c for c in definition.relation.columns if c.name not in NEVER_LOADED]
        self._typing = Typing(
            columns,
            definition.fill,
            facts,
            definition.currencies,
            may_lack_currency=set(definition.currencies) <= set(definition.may_lack),
        )
        self._totalled = definition.totals.fill if definition.totals is not None else {}

    def part(self) -> Part:
        """The part, unread."""
        schema = arrow_table(pl.DataFrame(schema=self._typing.schema)).schema
        batches = pa.RecordBatchReader.from_batches(schema, self._stream())
        return Part(self._member.name, self._definition.relation.name, batches, self._finish)

    def _finish(self) -> PartEnd:
        """The counts, rejects and totals.

        Raises the Fault met while streaming; Fault 11 when more than the allowed share of the
        lines is bad; Fault 12 when there are fewer lines than the file's totals declare.
        """
        if self._error is not None:
            raise self._error
        assert self._is_exhausted, "finish() before the batches were read to the end"
        self._refuse_too_many_rejects()
        seen = self._lines + self._left
        self._declared_lines.count(seen, self._member.shown_as)
        totals = self._totals
        if totals is not None:
            if (declared := totals[LINE_COUNT.name][0]) is not None:
                refuse_fewer_lines(seen, declared, self._member.shown_as)
            if not self._rejects:
                refuse_other_amount(totals, self._amount, self._member.shown_as)
        rejects = rejects_table(sorted(self._rejects, key=lambda reject: reject.line))
        return PartEnd(self._lines, len(self._rejects), rejects, _handed_over(totals, seen))

    def _stream(self) -> Iterator[pa.RecordBatch]:
        try:
            for chunk in self._chunks():
                own = without_left_out(chunk, self._definition.left_out)
                self._left += chunk.rows.height - own.rows.height
                good, rejects = self._typing.apply(own)
                self._amount += self._sum(good)
                self._lines += own.rows.height + len(own.rejects)
                self._rejects += rejects
                self._refuse_hopeless_file()
                yield from arrow_table(good).to_batches()
            self._is_exhausted = True
        except BaseException as error:
            self._error = error

    def _chunks(self) -> Iterator[Chunk]:
        part, shown_as = self._definition, self._member.shown_as
        if part.layout == "canonical" and self._path.suffix.lower() == _PARQUET_SUFFIX:
            yield from parquet_chunks(part, self._path, shown_as)
            return
        with self._member.open() as stream:
            if (network := network_chunks(part, stream, shown_as)) is not None:
                yield from network
                return
            if part.layout == "json":
                yield from json_chunks(part, stream, shown_as)
                return
            if part.layout == "sheet":
                yield sheet_chunk(part, stream, shown_as)
                return
            reader = (FixedWidthReader if part.record is not None else DelimitedReader)(
                part, stream, shown_as
            )
            yield from reader.chunks()
        at = reader.trailer_line
        if part.totals is not None:
            is_lead = part.totals.stand == "lead"
            text, first_line = (reader.lead, 1) if is_lead else (reader.trailer, at)
            self._totals = declared_totals(part.totals, text, first_line, self._facts, shown_as)
            if not is_lead:
                refuse_text_beside(part.totals, reader.trailer, part.trailer, at, shown_as)
        if part.trailer:
            refuse_without_trailer(reader.trailer, part.trailer, shown_as)

    def _sum(self, good: pl.DataFrame) -> int:
        if LINE_AMOUNT.name not in self._totalled:
            return 0
        return int(good["amount_minor"].sum())

    def _refuse_hopeless_file(self) -> None:
        """Stops when the bad lines are too many even for the most lines the file can have.

        A line is at least as many bytes as it has cells.
        """
        most_lines = self._member.size // len(self._definition.fill)
        if len(self._rejects) > self._max_reject_rate * max(most_lines, self._lines):
            self._refuse_too_many_rejects()

    def _refuse_too_many_rejects(self) -> None:
        bad = [reject for reject in self._rejects if not reject.is_total]
        rejected = len(bad)
        if rejected <= self._max_reject_rate * self._lines:
            return
        first = sorted(bad, key=lambda reject: reject.line)[:_REJECTS_SHOWN]
        shown = "; ".join(f"line {reject.line}: {reject.reason}" for reject in first)
        raise Fault(
            "file-too-many-rejects",
            ExitCode.UNREADABLE,
            where=f"{self._member.shown_as}:{first[0].line}",
            found=f"{rejected} bad lines of {self._lines}: {shown}",
            expected=f"at most {self._max_reject_rate} of the lines (max_reject_rate)",
            action="Have the file corrected, or check that the source's format is the right one.",
        )


def rejects_table(rejects: list[Reject]) -> pa.Table:
    """The rejects in columns of REJECTS_SCHEMA, in the order given."""
    if not rejects:
        return pa.Table.from_batches([], schema=REJECTS_SCHEMA)
    # pyarrow would import pandas to look at Python values, a second on its own
    frame = pl.DataFrame(
        [(reject.line, reject.raw, reject.reason) for reject in rejects],
        schema={"line": pl.Int64, "raw": pl.String, "reason": pl.String},
        orient="row",
    )
    return frame.to_arrow().cast(REJECTS_SCHEMA)


def _handed_over(totals: pl.DataFrame | None, lines_read: int) -> pa.Table | None:
    """The totals for the settlement rules; None when they are of no settle date."""
    if totals is None or "settle_date" not in totals.columns:
        return None
    read = pl.lit(lines_read, pl.Int64).alias(LINES_READ.name)
    return arrow_table(totals.with_columns(read).drop(LINE_AMOUNT.loaded_name))
