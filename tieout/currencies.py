"""Which currencies a workspace may have, and how many decimals each has (ISO 4217)."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def decimals() -> Mapping[str, int]:
    """The number of decimals of each currency, by its code."""
    table = files("tieout").joinpath("currencies.toml").read_text(encoding="utf-8")
    by_decimals: dict[str, str] = tomllib.loads(table)
    return {code: int(number) for number, codes in by_decimals.items() for code in codes.split()}
