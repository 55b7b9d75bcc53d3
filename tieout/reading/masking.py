"""Personal data stops here: what a card number and a rejected line may still show.

A card number keeps its first six and last four digits (contract section 4).
"""

import re

import polars as pl

from tieout.reading.spelling import all_digits, digits, in_places, is_all, literal

STARS = "******"

_CARD_PUNCTUATION = "[ -]"
_CARD_TO_CUT = r"^[0-9]{6}[0-9*xX]+[0-9]{4}$"
_MASKED_AS_OURS = in_places([*digits(6), *literal(STARS), *digits(4)])
_DIGITS_TO_CUT = all_digits(11, 64)
_LONG_DIGITS = re.compile(r"[0-9]{11,}")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]{2,}")


def masked_card(raw: pl.Expr) -> pl.Expr:
    """A card number with its middle hidden, whatever its length and however it was masked before.

    A number too short to keep ten digits shows its last four only; text that does not end in
    four digits is no card number and becomes null, so that two of them never look like one card.
    """
    return raw.map_batches(_masked, return_dtype=pl.String, is_elementwise=True)


def _masked(cards: pl.Series) -> pl.Series:
    if is_all(cards, _MASKED_AS_OURS):
        return cards
    raw = pl.col(cards.name)
    if is_all(cards, _DIGITS_TO_CUT):
        masked: pl.Expr = _cut(raw)
    else:
        bare = raw.str.replace_all(_CARD_PUNCTUATION, "")
        last_four = bare.str.slice(-4)
        masked = (
            pl.when(bare.str.contains(_CARD_TO_CUT))
            .then(_cut(bare))
            .when(last_four.str.contains("^[0-9]{4}$"))
            .then(pl.concat_str(pl.lit(STARS), last_four))
        )
    return cards.to_frame().select(masked.alias(cards.name)).to_series()


def _cut(number: pl.Expr) -> pl.Expr:
    return pl.concat_str(number.str.slice(0, 6), pl.lit(STARS), number.str.slice(-4))


def masked_digits(text: str) -> str:
    """The text with every run of eleven or more digits cut to its first six and last four."""
    return _LONG_DIGITS.sub(lambda run: run[0][:6] + STARS + run[0][-4:], text)


def masked_line(text: str) -> str:
    """A line whose cells could not be told apart: long numbers and Chinese names are hidden."""
    return masked_digits(_HAN_RUN.sub("*", text))
