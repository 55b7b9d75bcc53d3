"""One engine for every format: a delivered file becomes parts, each a stream of Arrow batches."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pyarrow as pa

from tieout.faults import ExitCode, Fault
from tieout.feeds import NEVER_LOADED
from tieout.reading.blocks import as_utf8, blocks
from tieout.reading.chunk import Chunk, Reject
from tieout.reading.container import Member, members
from tieout.reading.definition import LINE_COUNT, Format, PartDefinition
from tieout.reading.delimited import DelimitedReader
from tieout.reading.fixed_width import fixed_width_chunks
from tieout.reading.json_rows import json_chunks
from tieout.reading.left_out import without_left_out
from tieout.reading.parquet import parquet_chunks
from tieout.reading.rules import FileFacts
from tieout.reading.sheet import sheet_chunk
from tieout.reading.totals import declared_totals, refuse_fewer_lines, refuse_text_beside
from tieout.reading.typed import Typing

REJECTS_SCHEMA = pa.schema([("line", pa.int64()), ("raw", pa.string()), ("reason", pa.string())])
_REJECTS_SHOWN = 3
_PARQUET_SUFFIX = ".parquet"


@dataclass(frozen=True)
class PartEnd:
    """What is known of a part once it was read to its end.

    `lines`: data lines seen, rejected ones included. `rejects`: REJECTS_SCHEMA. `totals`: one
    row of settlement_totals with `line` and `line_count`, when the part itself declares them.
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


class _Streamed:
    """A part that is read block by block while its batches are taken."""

    def __init__(
        self,
        definition: PartDefinition,
        member: Member,
        path: Path,
        facts: FileFacts,
        max_reject_rate: Decimal,
        declared_lines: int | None,
    ) -> None:
        self._definition = definition
        self._member = member
        self._path = path
        self._facts = facts
        self._max_reject_rate = max_reject_rate
        self._declared_lines = declared_lines
        self._lines = 0
        self._rejects: list[Reject] = []
        self._totals: pl.DataFrame | None = None
        self._error: BaseException | None = None
        self._is_exhausted = False
        columns = [c for c in definition.relation.columns if c.name not in NEVER_LOADED]
        self._typing = Typing(columns, definition.fill, facts)

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
        totals = self._totals
        declared = self._declared_lines if totals is None else totals[LINE_COUNT.name][0]
        if declared is not None:
            refuse_fewer_lines(self._lines, declared, self._member.shown_as)
        rejects = pa.Table.from_pylist(
            [
                {name: getattr(reject, name) for name in REJECTS_SCHEMA.names}
                for reject in sorted(self._rejects, key=lambda reject: reject.line)
            ],
            REJECTS_SCHEMA,
        )
        return PartEnd(
            self._lines,
            len(self._rejects),
            rejects,
            None if totals is None else arrow_table(totals),
        )

    def _stream(self) -> Iterator[pa.RecordBatch]:
        try:
            for chunk in self._chunks():
                chunk = without_left_out(chunk, self._definition.left_out)
                good, rejects = self._typing.apply(chunk)
                self._lines += chunk.rows.height + len(chunk.rejects)
                self._rejects += rejects
                self._refuse_hopeless_file()
                yield from arrow_table(good).to_batches()
            self._is_exhausted = True
        except BaseException as error:
            self._error = error

    def _chunks(self) -> Iterator[Chunk]:
        part, shown_as = self._definition, self._member.shown_as
        if part.layout == "canonical" and self._path.name.endswith(_PARQUET_SUFFIX):
            yield from parquet_chunks(part, self._path, shown_as)
            return
        with self._member.open() as stream:
            if part.record is not None:
                yield from fixed_width_chunks(part.record, stream, part.encoding, shown_as)
                return
            if part.layout == "json":
                yield from json_chunks(part, stream, shown_as)
                return
            if part.layout == "sheet":
                yield sheet_chunk(part, stream, shown_as)
                return
            reader = DelimitedReader(part, stream, shown_as)
            yield from reader.chunks()
        if part.totals is not None:
            at = reader.trailer_line
            self._totals = declared_totals(part.totals, reader.trailer, at, self._facts, shown_as)
            refuse_text_beside(part.totals, reader.trailer, part.trailer, at, shown_as)

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


def _printed(definition: PartDefinition, member: Member, totals: pl.DataFrame) -> Part:
    """A report of totals, which was read when the container was opened."""
    table = arrow_table(totals.drop(LINE_COUNT.name))
    batches = pa.RecordBatchReader.from_batches(table.schema, table.to_batches())
    end = PartEnd(1, 0, REJECTS_SCHEMA.empty_table(), None)
    return Part(member.name, definition.relation.name, batches, lambda: end)


def read(
    path: Path,
    shown_as: str,
    fmt: Format,
    *,
    business_date: date,
    currency_decimals: int,
    max_reject_rate: Decimal,
) -> Iterator[Part]:
    """The parts of a delivered file, one after the other; finish each before taking the next.

    `shown_as` names the file to its reader. Raises Fault 11 for a file that is not in the
    format (a damaged container, a member no part knows), 12 when a needed member is missing.
    """
    facts = FileFacts(business_date, currency_decimals, shown_as.rpartition("/")[2])
    with members(path, shown_as, fmt.container, fmt.member_names) as found:
        by_part = _recognised(fmt, found, shown_as)
        declared_lines: int | None = None
        for definition, member in by_part:
            if definition.layout == "printed" and definition.totals is not None:
                totals = declared_totals(
                    definition.totals, _text(definition, member), 1, facts, member.shown_as
                )
                declared_lines = totals[LINE_COUNT.name][0]
                yield _printed(definition, member, totals)
        for definition, member in by_part:
            if definition.layout != "printed":
                yield _Streamed(
                    definition, member, path, facts, max_reject_rate, declared_lines
                ).part()


def arrow_table(frame: pl.DataFrame) -> pa.Table:
    """The frame as Arrow without copying: text as string_view."""
    return frame.to_arrow(compat_level=pl.CompatLevel.newest())


def _recognised(
    fmt: Format, found: tuple[Member, ...], shown_as: str
) -> list[tuple[PartDefinition, Member]]:
    if fmt.container == "file" and len(fmt.parts) > 1:
        return [(part, found[0]) for part in fmt.parts if not part.is_ignored]
    taken: dict[int, Member] = {}
    for member in found:
        number = next((n for n, p in enumerate(fmt.parts) if _is_it(p, member)), None)
        if number is None or number in taken:
            raise Fault(
                "member-unknown" if number is None else "member-twice",
                ExitCode.UNREADABLE,
                where=member.shown_as,
                found="a member that no part of the format reads"
                if number is None
                else f"a second member of the kind of {taken[number].name}",
                expected=f"the members of {fmt.name}, each once",
                action="Ask the sender what this member is; add a part for it to the format.",
            )
        taken[number] = member
    missing = [p for n, p in enumerate(fmt.parts) if n not in taken and not p.is_ignored]
    if missing:
        wanted = missing[0].member.pattern if missing[0].member else missing[0].holds
        raise Fault(
            "member-missing",
            ExitCode.TRUNCATED,
            where=shown_as,
            found="the members " + (", ".join(m.name for m in found) or "(none)"),
            expected=f"a member as {wanted}, for {missing[0].relation.name}",
            action="Have the file delivered again.",
        )
    return [(fmt.parts[n], m) for n, m in sorted(taken.items()) if not fmt.parts[n].is_ignored]


def _is_it(part: PartDefinition, member: Member) -> bool:
    base_name = member.name.replace("\\", "/").rsplit("/", 1)[-1]
    if part.member is not None and not part.member.fullmatch(base_name):
        return False
    return not part.holds or part.holds in member.peek().decode(part.encoding, errors="ignore")


def _text(part: PartDefinition, member: Member) -> str:
    with member.open() as stream:
        return b"".join(
            as_utf8(block, part.encoding, member.shown_as)
            for block in blocks(stream, member.shown_as)
        ).decode()
