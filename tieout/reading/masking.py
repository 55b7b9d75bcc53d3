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
_PHONE = "^1[3-9][0-9]-?[0-9]{4}-?[0-9]{4}$"
_DIGITS_TO_CUT = all_digits(12, 64)
_LONG_DIGITS = re.compile(r"[0-9]{11,}")
_FEWEST_OF_A_CARD = 15
_GROUPED_DIGITS = re.compile(
    r"(?<![0-9])[0-9]{3,4}(?:[ -][0-9]{4}){2,4}(?:[ -][0-9]{1,3})?(?![0-9])"
)
_HAN_RUN = re.compile(r"[\u3400-\u9fff]{2,}")
_WORD = re.compile(r"(?<![^\W_])[^\W\d_]{2,}(?![^\W_])")
_WORDS_FOR_NOTHING = ("null", "none", "nan", "nil", "n/a", "na")
_OF_A_PERSON = rf"\p{{L}}{{2,}}|[0-9]{{15,}}|{_PHONE}|[0-9]{{4}} [0-9]{{4}}"
_NO_WORD_OF_OURS = rf"[\p{{L}}--[A-Za-z]]|\p{{L}} \p{{L}}|@|[0-9]{{15,}}|{_PHONE}"
_FOUND = re.compile(r'found "([^"]*)"')
# tried where a word begins only, or a long word without an address would be gone through anew
# from each of its characters
_MAIL = re.compile(r"(?<![^\s,;|^\"])[^\s,;|^\"]+@[^\s,;|^\"]+")


def masked_card(raw: pl.Expr) -> pl.Expr:
    """A card number with its middle hidden, whatever its length and however it was masked before.

    A number too short to keep ten digits, or a phone's, shows its last four only; text that does
    not end in four digits is no card number and becomes null, so that two of them never look
    like one card.
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
            pl.when(bare.str.contains(_CARD_TO_CUT) & ~bare.str.contains(_PHONE))
            .then(_cut(bare))
            .when(last_four.str.contains("^[0-9]{4}$"))
            .then(pl.concat_str(pl.lit(STARS), last_four))
        )
    return cards.to_frame().select(masked.alias(cards.name)).to_series()


def _cut(number: pl.Expr) -> pl.Expr:
    return pl.concat_str(number.str.slice(0, 6), pl.lit(STARS), number.str.slice(-4))


def masked_digits(text: str) -> str:
    """The text with every run of eleven or more digits cut to its first six and last four.

    Of fewer than fifteen that no letter goes before, as in an order number, only the last four
    are left: six and four would be a whole phone number. So they are of digits in groups of
    four, as cards bear them.
    """
    return _LONG_DIGITS.sub(_masked_run, _GROUPED_DIGITS.sub(lambda run: STARS + run[0][-4:], text))


def _masked_run(run: re.Match[str]) -> str:
    digits, before = run[0], run.string[: run.start()][-1:]
    is_longer = len(digits) >= _FEWEST_OF_A_CARD or (before.isascii() and before.isalpha())
    return (digits[:6] if is_longer else "") + STARS + digits[-4:]


def is_of_a_person(name: str) -> pl.Expr:
    """Whether a field that should hold a figure holds what only a person's cells do: words, other
    than those for nothing, a phone number, or digits as long as a card or an identity number.
    """
    text = pl.col(name)
    is_nothing = text.str.to_lowercase().is_in(_WORDS_FOR_NOTHING)
    return (text.str.contains(_OF_A_PERSON) & ~is_nothing).fill_null(False)


def is_no_word_of_ours(name: str) -> pl.Expr:
    """Whether a field that should hold one of our own words, which are plain English ones, holds
    what none of them could be misspelt to: another script, two words, an address of mail, the
    number of a phone or a card.
    """
    return pl.col(name).str.contains(_NO_WORD_OF_OURS).fill_null(False)


def masked_found(reason: str) -> str:
    """A reason, what was found hidden as in a line whose cells could not be told apart."""
    return _FOUND.sub(lambda told: f'found "{masked_line(told[1])}"', reason)


def masked_line(text: str) -> str:
    """A line whose cells could not be told apart, so that any may be a name: words, addresses of
    mail and long numbers are hidden.
    """
    numberless = masked_digits(_MAIL.sub("*", text))
    return _WORD.sub("*", _HAN_RUN.sub("*", numberless))
