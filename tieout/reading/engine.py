"""One engine for every format: a delivered file becomes parts, each a stream of Arrow batches."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pyarrow as pa

from tieout.reading.blocks import as_utf8, blocks
from tieout.reading.chunk import arrow_table
from tieout.reading.container import Member, members
from tieout.reading.declared import LINE_AMOUNT, LINE_COUNT
from tieout.reading.definition import Format
from tieout.reading.part import PartDefinition
from tieout.reading.recognised import recognised
from tieout.reading.rules import FileFacts
from tieout.reading.streamed import Part, PartEnd, Streamed, rejects_table
from tieout.reading.totals import DeclaredLines, declared_totals


def read(
    path: Path,
    shown_as: str,
    fmt: Format,
    *,
    business_date: date,
    currency_decimals: int,
    max_reject_rate: Decimal,
    currency: str = "",
    time_zone: str = "UTC",
) -> Iterator[Part]:
    """The parts of a delivered file, one after the other; finish each before taking the next.

    `shown_as` names the file to its reader. A line that states another currency than the given
    one is a reject; an instant that states a zone is put into `time_zone`. Raises Fault 11 for a
    file that is not in the format (a damaged container, a member no part knows), 12 when a
    needed member is missing.
    """
    base_name = shown_as.rpartition("/")[2]
    facts = FileFacts(business_date, currency_decimals, base_name, currency, time_zone)
    with members(path, shown_as, fmt.container, fmt.member_names) as found:
        by_part = recognised(fmt, found, shown_as)
        declared: int | None = None
        for definition, member in by_part:
            if definition.layout == "printed" and definition.totals is not None:
                totals = declared_totals(
                    definition.totals, _text(definition, member), 1, facts, member.shown_as
                )
                assert totals is not None, "a printed report without a required line"
                declared = totals[LINE_COUNT.name][0]
                yield _printed(definition, member, totals)
        streamed = [each for each in by_part if each[0].layout != "printed"]
        declared_lines = DeclaredLines(declared, parts=len(streamed))
        for definition, member in streamed:
            yield Streamed(definition, member, path, facts, max_reject_rate, declared_lines).part()


def _printed(definition: PartDefinition, member: Member, totals: pl.DataFrame) -> Part:
    """A report of totals, which was read when the container was opened."""
    table = arrow_table(totals.drop(LINE_AMOUNT.loaded_name))
    batches = pa.RecordBatchReader.from_batches(table.schema, table.to_batches())
    end = PartEnd(1, 0, rejects_table([]), None)
    return Part(member.name, definition.relation.name, batches, lambda: end)


def _text(part: PartDefinition, member: Member) -> str:
    with member.open() as stream:
        return b"".join(
            as_utf8(block, part.encoding, member.shown_as)
            for block in blocks(stream, member.shown_as)
        ).decode()
