"""Bytes and a format in, Arrow relations and rejects out."""

from tieout.reading.catalogue import load_formats
from tieout.reading.definition import Format, describe
from tieout.reading.edition import edition
from tieout.reading.engine import read
from tieout.reading.parquet import check_canonical
from tieout.reading.reference import read_reference
from tieout.reading.streamed import Part, PartEnd

__all__ = [
    "Format",
    "Part",
    "PartEnd",
    "check_canonical",
    "describe",
    "edition",
    "load_formats",
    "read",
    "read_reference",
]
