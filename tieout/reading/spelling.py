"""Whether every text of a column is spelt alike, told from the bytes of the whole column.

The lowest and the highest byte at each place say at once what an expression would have to find
out text by text. It is exact, and costs a tenth; a column that is not all of one spelling is
left to the expression.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import polars as pl

Bytes = npt.NDArray[np.uint8]
Spelling = Callable[[pl.Series], bool]
"""Says yes of texts, none of them null, when all of them are spelt so."""

_ROWS_AT_ONCE = 64
_ZERO, _NINE, _POINT = b"09."


def digits(count: int, highest: int = 9) -> list[tuple[int, int]]:
    """So many places for a digit, for `in_places`."""
    return [(_ZERO, _ZERO + highest)] * count


def literal(text: str) -> list[tuple[int, int]]:
    """The places of a text that is always the same, for `in_places`."""
    return [(byte, byte) for byte in text.encode()]


def in_places(places: list[tuple[int, int]]) -> Spelling:
    """Texts of one width: the lowest and the highest byte that each place may hold."""
    lows, highs = (np.array(side, np.uint8) for side in zip(*places, strict=True))

    def fit(texts: pl.Series) -> bool:
        if _shortest_and_longest(texts) != (len(places), len(places)):
            return False
        lowest, highest = extremes(_bytes_of(texts)[0].reshape(-1, len(places)))
        return bool((lowest >= lows).all() and (highest <= highs).all())

    return fit


def all_digits(least: int, most: int) -> Spelling:
    """Texts of `least` to `most` digits and nothing else."""

    def fit(texts: pl.Series) -> bool:
        shortest, longest = _shortest_and_longest(texts)
        if shortest < least or longest > most:
            return False
        content, _ = _bytes_of(texts)
        return bool(content.min() >= _ZERO and content.max() <= _NINE)

    return fit


def decimal(digits_before: int, decimals: int) -> Spelling:
    """Texts of one to `digits_before` digits, a point, and exactly so many decimals."""

    def fit(texts: pl.Series) -> bool:
        shortest, longest = _shortest_and_longest(texts)
        if shortest < 2 + decimals or longest > digits_before + 1 + decimals:
            return False
        content, ends = _bytes_of(texts)
        others = np.count_nonzero(content - np.uint8(_ZERO) > _NINE - _ZERO)
        return others == len(texts) and bool((content[ends - decimals - 1] == _POINT).all())

    return fit


def matches(raw: pl.Expr, expression: str, spelling: Spelling) -> pl.Expr:
    """Whether each text matches `expression`; null does. What is spelt so has to match."""

    def judged(texts: pl.Series) -> pl.Series:
        if is_all(texts, spelling):
            return pl.repeat(True, texts.len(), dtype=pl.Boolean, eager=True)
        return texts.str.contains(expression).fill_null(True)

    return raw.map_batches(judged, return_dtype=pl.Boolean, is_elementwise=True)


def is_all(texts: pl.Series, spelling: Spelling) -> bool:
    """Whether all texts but the nulls are spelt so."""
    told = texts.drop_nulls() if texts.null_count() else texts
    return told.is_empty() or spelling(told)


def holds(texts: pl.Series, byte: bytes) -> bool:
    """Whether the byte stands in any of the texts."""
    return bool((_bytes_of(texts)[0] == byte[0]).any())


def extremes(rows: Bytes) -> tuple[Bytes, Bytes]:
    """The lowest and the highest byte at each place of rows of one width, of which there are some.

    Narrow rows are laid side by side, as numpy is slow on short ones.
    """
    height, width = rows.shape
    whole = height - height % _ROWS_AT_ONCE
    if not rows.flags.c_contiguous or not whole:
        return rows.min(axis=0), rows.max(axis=0)
    beside = rows[:whole].reshape(-1, _ROWS_AT_ONCE * width)
    lowest = beside.min(axis=0).reshape(_ROWS_AT_ONCE, width)
    highest = beside.max(axis=0).reshape(_ROWS_AT_ONCE, width)
    rest = rows[whole:]
    return (
        np.concatenate((lowest, rest)).min(axis=0),
        np.concatenate((highest, rest)).max(axis=0),
    )


def _shortest_and_longest(texts: pl.Series) -> tuple[int, int]:
    lengths = texts.str.len_bytes()
    return int(lengths.min()), int(lengths.max())  # type: ignore[arg-type]


def _bytes_of(texts: pl.Series) -> tuple[Bytes, npt.NDArray[np.int64]]:
    """The bytes of all texts, one after the other, and where each ends."""
    array = texts.to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offsets, content = array.buffers()
    bounds = np.frombuffer(offsets, np.int64)[array.offset : array.offset + len(array) + 1]
    return np.frombuffer(content, np.uint8)[bounds[0] : bounds[-1]], bounds[1:] - bounds[0]
