"""Lines whose fields an expression tells apart, where no separator alone can."""

import polars as pl

from tieout.reading.chunk import LINE, Chunk, Reject
from tieout.reading.masking import masked_line

_TEXT = "\0text"
_FOUND = "\0found"


def matched_chunk(expression: str, fields: list[str], data: bytes, first_line: int) -> Chunk:
    """The rows of whole lines in UTF-8: the named groups of the expression, which has to fit all
    of a line. A line that it does not fit is a reject; blank lines are no rows.
    """
    lines = pl.Series(_TEXT, [data.decode()]).str.split("\n").explode().str.strip_suffix("\r")
    frame = pl.DataFrame(lines).with_row_index(LINE, offset=first_line).filter(pl.col(_TEXT) != "")
    cut = frame.with_columns(
        pl.col(LINE).cast(pl.Int64),
        pl.col(_TEXT).str.extract_groups(f"^(?:{expression})$").alias(_FOUND),
    )
    is_row = cut[_TEXT].str.contains(f"^(?:{expression})$")
    rows = cut.filter(is_row).unnest(_FOUND)
    rejects = [
        Reject(line, masked_line(text), "found a line of another shape than the format's")
        for line, text in cut.filter(~is_row).select(LINE, _TEXT).iter_rows()
    ]
    texts = [pl.when(pl.col(name) != "").then(name).alias(name) for name in fields]
    return Chunk(rows.select(LINE, *texts), rejects)
