"""JSON documents: the objects under a path become rows, their values text fields.

One document, a list of them, or one a line. A field is a path of keys into the row's object;
with a slash before it, into the document the row lies in (the loan of an instalment).
"""

import json
from collections.abc import Iterator, Sequence
from typing import IO, Any

import polars as pl

from tieout.faults import ExitCode, Fault
from tieout.reading.blocks import as_utf8, blocks
from tieout.reading.chunk import LINE, Chunk
from tieout.reading.part import PartDefinition

LARGEST_DOCUMENT_BYTES = 256 * 1024**2
_DOCUMENT = "/"
_ROWS_AT_ONCE = 65_536


def json_chunks(part: PartDefinition, stream: IO[bytes], shown_as: str) -> Iterator[Chunk]:
    """The rows in batches; `line` is the row's number among all of its part.

    Raises Fault: 12 when the file ends inside a document, 11 when it is not JSON, too large,
    holds something else than the path says, or has a key nowhere that some row must have.
    """
    fields = sorted(part.fields_read)
    path = part.json_rows.split(".") if part.json_rows else []
    unseen = set(part.must_have)
    documents, seen, rows = 0, 0, list[list[str | None]]()
    for documents, document in enumerate(_documents(stream, part.encoding, shown_as), start=1):
        where = f"{shown_as}: document {documents}"
        for found in _at(document, path, where):
            rows.append([_value(document, found, name) for name in fields])
            unseen -= {name for name in unseen if _has(document, found, name)}
        unseen -= {name for name in unseen if _has(document, {}, name)}
        if len(rows) >= _ROWS_AT_ONCE:
            yield _chunk(fields, rows, seen)
            seen, rows = seen + len(rows), []
    yield _chunk(fields, rows, seen)
    held = {True: documents, False: seen + len(rows)}
    if missing := sorted(name for name in unseen if held[name.startswith(_DOCUMENT)]):
        raise _unreadable(
            shown_as,
            f"{documents} documents, {held[False]} rows, none with {', '.join(missing)}",
            "keys as the format's source writes them",
        )


def _chunk(fields: list[str], rows: list[list[str | None]], seen: int) -> Chunk:
    frame = pl.DataFrame(rows, schema=dict.fromkeys(fields, pl.String), orient="row")
    lines = pl.int_range(seen + 1, pl.len() + seen + 1, dtype=pl.Int64).alias(LINE)
    return Chunk(frame.select(lines, pl.all()), [])


def _documents(stream: IO[bytes], encoding: str, shown_as: str) -> Iterator[Any]:
    """The documents: the file's one, those of its list, or one for each of its lines."""
    text = ""
    for block in blocks(stream, shown_as):
        text += as_utf8(block, encoding, shown_as).decode()
        if len(text) > LARGEST_DOCUMENT_BYTES:
            raise _unreadable(shown_as, "more than one document may have", "smaller files")
    decoder = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
    at = _next(text, 0)
    if at == len(text):
        raise _unreadable(shown_as, "no document", "a JSON document")
    while at < len(text):
        try:
            document, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            where = f"{shown_as}:{error.lineno}"
            if not text[error.pos :].strip() or error.msg.startswith("Unterminated"):
                raise _cut_short(where) from error
            raise _unreadable(where, error.msg, "JSON") from error
        except RecursionError as error:
            raise _unreadable(shown_as, "objects nested too deep", "JSON") from error
        yield from document if isinstance(document, list) else [document]
        at = _next(text, at)


def _next(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _at(document: Any, path: Sequence[str], where: str) -> Iterator[dict[str, Any]]:
    """The objects under the path; what is absent or null has none."""
    value = document
    for key in path:
        if not isinstance(value, dict):
            raise _unreadable(where, f"no object with `{key}`", "objects along the path")
        value = value.get(key)
        if value is None:
            return
    for item in value if isinstance(value, list) else [value]:
        if not isinstance(item, dict):
            raise _unreadable(where, f"{type(item).__name__} in place of a row", "an object")
        yield item


def _value(document: Any, row: dict[str, Any], name: str) -> str | None:
    value: Any = document if name.startswith(_DOCUMENT) else row
    for key in name.removeprefix(_DOCUMENT).split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return _as_text(value)


def _has(document: Any, row: dict[str, Any], name: str) -> bool:
    """Whether the key is there, be it without a value."""
    value: Any = document if name.startswith(_DOCUMENT) else row
    for key in name.removeprefix(_DOCUMENT).split("."):
        if not isinstance(value, dict) or key not in value:
            return False
        value = value[key]
    return True


def _as_text(value: Any) -> str | None:
    """Verbatim; `[2018, 12, 19]` is a date; other lists and objects are no value."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return value.strip() or None
        case [str(year), str(month), str(day)] if (year + month + day).isdecimal():
            return f"{year}-{month:0>2}-{day:0>2}"
        case _:
            return None


def _cut_short(where: str) -> Fault:
    return Fault(
        "file-cut-short",
        ExitCode.TRUNCATED,
        where=where,
        found="a document that does not end",
        expected="the whole file",
        action="Have the file delivered again.",
    )


def _unreadable(where: str, found: str, expected: str) -> Fault:
    return Fault(
        "json-unreadable",
        ExitCode.UNREADABLE,
        where=where,
        found=found,
        expected=expected,
        action="Check that the source's format is the right one.",
    )
