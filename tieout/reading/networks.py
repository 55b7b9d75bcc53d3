"""The layouts of banks and payment networks: XML, MT940 and records of several types."""

from collections.abc import Iterator
from typing import IO

from tieout.reading.chunk import LINE, Chunk
from tieout.reading.mt940 import Mt940Reader
from tieout.reading.part import PartDefinition
from tieout.reading.typed_records import TypedRecordsReader
from tieout.reading.xml import XmlReader


def network_chunks(
    part: PartDefinition, stream: IO[bytes], shown_as: str
) -> Iterator[Chunk] | None:
    """The rows of such a part, with the fields that its rules read; None for another layout."""
    if part.tree is not None:
        chunks = XmlReader(part.tree, part.left_out, stream, shown_as).chunks()
    elif part.records is not None:
        chunks = TypedRecordsReader(part.records, part.encoding, stream, shown_as).chunks()
    elif part.layout == "mt940":
        chunks = Mt940Reader(part.encoding, stream, shown_as).chunks()
    else:
        return None
    return (_of_fields_read(chunk, part.fields_read) for chunk in chunks)


def _of_fields_read(chunk: Chunk, fields: frozenset[str]) -> Chunk:
    names = (name for name in chunk.rows.columns if name in fields)
    return Chunk(chunk.rows.select(LINE, *names), chunk.rejects)
