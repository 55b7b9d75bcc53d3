"""Records of one width whose first characters say what they are: NACHA and its kin.

Some records are rows, some speak for the rows after them, some add to the row before them, and
some prove what came since another. Everything is worked out on whole blocks of records.
"""

from collections.abc import Iterator
from typing import IO

import polars as pl

from tieout.faults import ExitCode, Fault
from tieout.reading.blocks import as_utf8, blocks
from tieout.reading.chunk import LINE, Chunk, Reject
from tieout.reading.masking import STARS
from tieout.reading.record_kinds import Control, Figure, RecordKind, RecordsDefinition

_TEXT, _KIND, _ROW = "\0text", "\0kind", "\0row"


class TypedRecordsReader:
    """Reads one file block by block; what a block leaves open is carried to the next."""

    def __init__(
        self, records: RecordsDefinition, encoding: str, stream: IO[bytes], shown_as: str
    ) -> None:
        self._records = records
        self._encoding = encoding
        self._stream = stream
        self._shown_as = shown_as
        self._context: dict[str, str | None] = {}
        self._running: dict[str, int] = {}
        self._begun: dict[str, int] = {}
        self._last_kind = ""

    def chunks(self) -> Iterator[Chunk]:
        """The rows with what the records around them say; an unknown record is a reject.

        Raises Fault: 12 when the file does not end in its last control record or has fewer
        records than one declares, 11 when another declared figure is not the one found.
        """
        held = pl.DataFrame(schema={LINE: pl.Int64, _TEXT: pl.String, _KIND: pl.String})
        for block in blocks(self._stream, self._shown_as):
            text = as_utf8(block, self._encoding, self._shown_as).decode()
            fresh, rejects = self._recognised(text, block.first_line)
            self._check_controls(fresh)
            records = pl.concat([held, fresh])
            starts = records.select(
                pl.arg_where(pl.col(_KIND).is_in(self._names_of("row")))
            ).to_series()
            cut = starts[-1] if starts.len() else 0
            held = records[cut:]
            yield Chunk(self._rows(records[:cut]), rejects)
        self._refuse_cut_short()
        yield Chunk(self._rows(held), [])

    def _recognised(self, text: str, first_line: int) -> tuple[pl.DataFrame, list[Reject]]:
        lines = text.removesuffix("\n").split("\n") if text else []
        frame = pl.DataFrame({_TEXT: lines}, schema={_TEXT: pl.String}).with_columns(
            pl.int_range(first_line, pl.len() + first_line, dtype=pl.Int64).alias(LINE),
            pl.col(_TEXT).str.strip_chars_end("\r\n "),
        )
        kind: pl.Expr = pl.lit(None, pl.String)
        width = pl.col(_TEXT).str.len_chars()
        for known in reversed(self._records.kinds):
            fits = (width >= known.least_width) & (width <= self._records.width)
            is_it = pl.col(_TEXT).str.starts_with(known.begins) & fits
            kind = pl.when(is_it).then(pl.lit(known.name)).otherwise(kind)
        frame = frame.select(LINE, _TEXT, kind.alias(_KIND))
        unknown = frame.filter(pl.col(_KIND).is_null() & (pl.col(_TEXT) != ""))
        rejects = [
            # where names and accounts stand in such a record is not known
            Reject(line, raw[:3] + STARS, "found no record of a known kind and length")
            for line, raw, _ in unknown.rows()
        ]
        known_records = frame.filter(pl.col(_KIND).is_not_null())
        ignored = self._names_of("ignored")
        told = known_records.filter(~pl.col(_KIND).is_in(ignored))
        if told.height:
            self._last_kind = told[_KIND][-1]
        return known_records, rejects

    def _rows(self, records: pl.DataFrame) -> pl.DataFrame:
        names = self._records.names
        is_row = pl.col(_KIND).is_in(self._names_of("row"))
        columns = [
            self._field(name)
            .forward_fill()
            .fill_null(pl.lit(self._context.get(name), pl.String))
            .alias(name)
            if name in self._names_in("context")
            else self._field(name).alias(name)
            for name in names
        ]
        cut = records.select(LINE, is_row.cum_sum().alias(_ROW), *columns)
        if cut.height:
            last = cut.row(-1, named=True)
            self._context = {name: last[name] for name in self._names_in("context")}
        rows = cut.filter(pl.col(_ROW) > 0).group_by(_ROW, maintain_order=True)
        return rows.agg(
            pl.col(LINE).first(),
            *(
                pl.col(name).first()
                if name in self._names_in("context")
                else pl.col(name).drop_nulls().last()
                for name in names
            ),
        ).drop(_ROW)

    def _field(self, name: str) -> pl.Expr:
        """The text of a field on the records that have it, null on the others."""
        value: pl.Expr = pl.lit(None, pl.String)
        for kind in self._records.of_role("row", "context", "detail"):
            if name in kind.fields:
                value = (
                    pl.when(pl.col(_KIND) == kind.name).then(_slice(kind, name)).otherwise(value)
                )
        return pl.when(value != "").then(value)

    def _check_controls(self, records: pl.DataFrame) -> None:
        for control in self._records.controls:
            kind = next(kind for kind in self._records.kinds if kind.name == control.record)
            for figure in control.figures:
                self._check_figure(records, control, kind, figure)

    def _check_figure(
        self, records: pl.DataFrame, control: Control, kind: RecordKind, figure: Figure
    ) -> None:
        """The figure since `since` is what ran up to here less what had run up to there."""
        key = f"{control.record} {figure.name}"
        running = self._increments(figure).cum_sum() + self._running.get(key, 0)
        begun = (
            pl.when(pl.col(_KIND) == control.since)
            .then(running)
            .forward_fill()
            .fill_null(self._begun.get(key, 0))
        )
        told = records.select(
            LINE, _KIND, running.alias("running"), begun.alias("begun"),
            _slice(kind, figure.name).cast(pl.Int64, strict=False).alias("declared"),
        )  # fmt: skip
        if not told.height:
            return
        self._running[key], self._begun[key] = told.select("running", "begun").row(-1)
        counted = pl.col("running") - pl.col("begun")
        if figure.last_digits:
            counted = counted % 10**figure.last_digits
        wrong = told.filter(
            (pl.col(_KIND) == control.record) & counted.ne_missing(pl.col("declared"))
        ).select(LINE, counted.alias("counted"), "declared")
        if wrong.height:
            line, found, declared = wrong.row(0)
            is_short = bool(figure.count) and declared is not None and found < declared
            raise Fault(
                "fewer-lines-than-declared" if is_short else "control-record-differs",
                ExitCode.TRUNCATED if is_short else ExitCode.UNREADABLE,
                where=f"{self._shown_as}:{line}",
                found=f"{figure.name} of {found}",
                expected=f"{declared}, as the {control.record} record declares",
                action="Have the file delivered again.",
            )

    def _increments(self, figure: Figure) -> pl.Expr:
        if figure.count:
            return pl.col(_KIND).is_in(figure.count).cast(pl.Int64)
        value: pl.Expr = pl.lit(0, pl.Int64)
        for kind in self._records.of_role("row"):
            if figure.sum in kind.fields:
                is_it = pl.col(_KIND) == kind.name
                if figure.by:
                    is_it = is_it & _slice(kind, figure.by).is_in(figure.of)
                number = _slice(kind, figure.sum).cast(pl.Int64, strict=False).fill_null(0)
                value = pl.when(is_it).then(number).otherwise(value)
        return value

    def _refuse_cut_short(self) -> None:
        if self._records.controls and self._last_kind != self._records.controls[-1].record:
            raise Fault(
                "file-cut-short",
                ExitCode.TRUNCATED,
                where=self._shown_as,
                found=f"a last record of the kind {self._last_kind or '(none)'}",
                expected=f"the {self._records.controls[-1].record} record at the end",
                action="Have the file delivered again.",
            )

    def _names_of(self, role: str) -> list[str]:
        return [kind.name for kind in self._records.of_role(role)]

    def _names_in(self, role: str) -> set[str]:
        return {name for kind in self._records.of_role(role) for name in kind.fields}


def _slice(kind: RecordKind, name: str) -> pl.Expr:
    at, width = kind.fields[name]
    return pl.col(_TEXT).str.slice(at, width).str.strip_chars(" ")
