"""Reference tables: written by people, read without any tolerance."""

import io
from dataclasses import replace
from functools import cache

import polars as pl
import pyarrow as pa

from tieout.faults import ExitCode, Fault
from tieout.reading.chunk import LINE, arrow_table
from tieout.reading.delimited import DelimitedReader
from tieout.reading.part import canonical_part
from tieout.reading.rules import FileFacts
from tieout.reading.typed import Typing
from tieout.relations import Relation

_DECIMALS = 4
"""As many as any currency has; those beyond the workspace's own must be zeros."""


@cache  # a backfill meets the same tables every day
def read_reference(
    data: bytes, shown_as: str, relation: Relation, currency_decimals: int
) -> pa.Table:
    """The rows of a reference CSV, in file order; money columns are `<name>_minor`.

    Raises Fault (exit 2) on any bad cell or line, and on an unknown, missing or repeated column.
    """
    part = canonical_part(relation)
    # the built-in tables say 0.00, which is no fraction of a yen
    amounts = {
        column.name: replace(part.fill[column.name], decimals=_DECIMALS)
        for column in relation.columns
        if column.kind == "money"
    }
    typing = Typing(relation.columns, {**part.fill, **amounts}, FileFacts(None, currency_decimals))
    frames = []
    try:
        for chunk in DelimitedReader(part, io.BytesIO(data), shown_as).chunks():
            good, rejects = typing.apply(chunk)
            if rejects:
                raise Fault(
                    "reference-bad-line",
                    ExitCode.MISUSE,
                    where=f"{shown_as}:{rejects[0].line}",
                    found=rejects[0].reason,
                    expected="a line that can be read",
                    action="Correct the reference table.",
                )
            frames.append(good)
    except Fault as fault:
        raise Fault(
            fault.code,
            ExitCode.MISUSE,
            where=fault.where,
            found=fault.found,
            expected=fault.expected,
            action="Correct the reference table.",
        ) from fault
    return arrow_table(pl.concat(frames).drop(LINE))
