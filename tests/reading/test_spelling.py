"""A column judged by its bytes: never another answer than the expression gives text by text."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tieout.reading.masking import masked_card
from tieout.reading.spelling import (
    Spelling,
    all_digits,
    decimal,
    digits,
    in_places,
    literal,
    matches,
)

SPELLINGS = [
    ("^[0-9]{4}-[0-5][0-9]$", in_places([*digits(4), *literal("-"), *digits(1, 5), *digits(1)])),
    ("^[0-9]{1,3}$", all_digits(1, 3)),
    (r"^[0-9]{1,3}\.[0-9]{2}$", decimal(3, 2)),
]
TEXTS = st.one_of(
    st.none(),
    st.from_regex("[0-9]{4}-[0-9]{2}", fullmatch=True),
    st.from_regex("[0-9]{1,4}", fullmatch=True),
    st.from_regex(r"[0-9]{1,4}\.[0-9]{1,3}", fullmatch=True),
    st.text(alphabet="09.-/:年", max_size=7),
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(texts=st.lists(TEXTS, min_size=1, max_size=3), times=st.integers(1, 90))
@pytest.mark.parametrize(("expression", "spelling"), SPELLINGS)
def test_the_bytes_of_a_column_say_what_the_expression_says(
    expression: str, spelling: Spelling, texts: list[str | None], times: int
) -> None:
    column = pl.DataFrame({"text": pl.Series(texts * times, dtype=pl.String)})
    judged = column.select(matches(pl.col("text"), expression, spelling)).to_series()
    assert judged.to_list() == column["text"].str.contains(expression).fill_null(True).to_list()


CARDS = {
    "622700******1234": "622700******1234",
    "6227001234561234": "622700******1234",
    "6227 0012 3456 1234": "622700******1234",
    "62270012345": "622700******2345",
    "13812345678": "******5678",
    "138 1234 5678": "******5678",
    "1234": "******1234",
    "ab": None,
    None: None,
}


@pytest.mark.parametrize(("card", "shown"), CARDS.items())
def test_a_card_is_masked_alike_alone_and_among_others(card: str | None, shown: str | None) -> None:
    for others in ([], [None], list(CARDS), [card] * 100):
        column = pl.DataFrame({"card": pl.Series([card, *others], dtype=pl.String)})
        assert column.select(masked_card(pl.col("card")))["card"].to_list()[0] == shown
