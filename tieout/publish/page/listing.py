"""The listed breaks as the page's script reads them: a block of JSON, column by column.

The block is `{"columns": {name: column}, "places": ..., "signed": ...}`. A column is a list with
one value a break, or `{"words": [...], "at": [...]}` where few values repeat, `at` being places
in `words` and -1 for null; `remedy` is always of this kind and has its words in Chinese as `zh`.
Money is minor units: a number where a script's numbers are exact, else text. `places` says where
a break's entries stand: `count` a break, then `file` (a place in `files`) and `line` of each.
`signed` has by break_id the signatures under it, each a list of what SIGNED names.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from tieout.publish.figures import Row
from tieout.publish.money import MINOR
from tieout.publish.page.sign_off import SIGNED
from tieout.publish.page.told import remedy

COLUMNS = (
    "break_id",
    "category",
    "severity",
    "subject",
    "lender",
    "channel",
    "bank_code",
    "borrower_ref",
    "loan_id",
    "instalment_no",
    "order_no",
    "channel_ref",
    "posting_id",
    "ledger_amount_minor",
    "channel_amount_minor",
    "difference_minor",
    "refund_minor",
    "amount_minor",
    "happened_at",
    "due_date",
    "open_since",
    "age_days",
    "cause",
    "liable",
    "proof",
    "bureau_correction",
    "stop_collection",
    "remedy",
)

_EXACT = 2**53
_FEW = 4


def data_block(breaks: pl.DataFrame, signed: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    """The block in pieces, one column at a time, safe inside a script element."""
    yield '{"columns":{'
    names = COLUMNS if breaks.width else ()
    for place, name in enumerate(names):
        yield f'{"," if place else ""}"{name.removesuffix(MINOR)}":'
        yield json_in_script(_column(breaks.get_column(name)))
    yield '},"places":'
    yield json_in_script(_places(breaks.get_column("sources")) if breaks.width else {})
    yield ',"signed":'
    yield json_in_script(
        {
            break_id: [[str(row[name] or "") for name in SIGNED] for row in rows]
            for break_id, rows in signed.items()
        }
    )
    yield "}"


def _column(column: pl.Series) -> object:
    if column.dtype == pl.String:
        return _words(column)
    if column.dtype.is_temporal():
        pattern = "%Y-%m-%d" if column.dtype == pl.Date else "%Y-%m-%d %H:%M:%S"
        return _words(column.dt.to_string(pattern))
    if column.dtype.is_integer() and not (column.abs() < _EXACT).all():
        return column.cast(pl.String).to_list()
    return column.to_list()


def _words(column: pl.Series) -> object:
    distinct = column.drop_nulls().unique(maintain_order=True)
    if distinct.len() * _FEW > column.len() and column.name != "remedy":
        return column.to_list()
    at = column.replace_strict(
        distinct, pl.int_range(distinct.len(), eager=True), default=-1, return_dtype=pl.Int64
    )
    words = distinct.to_list()
    told: dict[str, list[Any]] = {"words": words, "at": at.to_list()}
    if column.name == "remedy":
        told["zh"] = [remedy(sentence).zh for sentence in words]
    return told


def _places(sources: pl.Series) -> object:
    entries = sources.fill_null("").str.split(";")
    single = entries.explode()
    single = single.filter(single != "")
    parts = single.str.extract_groups(r"^(?<file>.*):(?<line>\d+)$").struct.unnest()
    names = parts.get_column("file").fill_null(single)
    files = names.unique(maintain_order=True)
    at = names.replace_strict(files, pl.int_range(files.len(), eager=True), return_dtype=pl.Int64)
    return {
        "count": entries.list.eval(pl.element().filter(pl.element() != "")).list.len().to_list(),
        "files": files.to_list(),
        "file": at.to_list(),
        "line": parts.get_column("line").cast(pl.Int64).to_list(),
    }


def json_in_script(value: object) -> str:
    """JSON that cannot end the script element it stands in; keys in the order they are given."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")
