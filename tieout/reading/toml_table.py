"""A TOML table read strictly: every key must be known, every value of the right type."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn, TypeVar

from tieout.faults import ExitCode, Fault

Value = TypeVar("Value", bool, int, str)


class TomlTable:
    """One table of a format definition; `where` names the file and the path to the table.

    Every `take_*` raises a Fault (exit 2) when the value has another type.
    """

    def __init__(self, values: Mapping[str, Any], where: str, known: tuple[str, ...]) -> None:
        """Raises Fault (exit 2) listing the known keys when `values` has another."""
        self._values = values
        self.where = where
        for key in values:
            if key not in known:
                raise Fault(
                    "format-unknown-key",
                    ExitCode.MISUSE,
                    where=where,
                    found=f"the key `{key}`",
                    expected="one of " + ", ".join(f"`{name}`" for name in known),
                    action="Correct or remove the key.",
                )

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def take(self, key: str, default: Value) -> Value:
        """The value of `key`, of the type of `default`, or `default`."""
        if key not in self._values:
            return default
        value = self._values[key]
        if type(value) is not type(default):
            self.refuse(key, f"{value!r}", f"a {type(default).__name__} value")
        return value

    def require(self, key: str) -> str:
        """The text of `key`, which must be there and not empty."""
        text = self.take(key, "")
        if not text:
            self.refuse(key, "nothing", "a text")
        return text

    def choose(self, key: str, default: str, choices: tuple[str, ...]) -> str:
        """The text of `key`, which must be one of `choices`."""
        text = self.take(key, default)
        if text not in choices:
            self.refuse(key, f"{text!r}", "one of " + ", ".join(choices))
        return text

    def take_texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, or a single text as a list of one; empty when absent."""
        value = self._values.get(key, [])
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.refuse(key, f"{value!r}", "a text or a list of texts")
        return tuple(value)

    def require_texts(self, key: str) -> tuple[str, ...]:
        """The texts of `key`, of which there must be one."""
        texts = self.take_texts(key)
        if not texts or not all(texts):
            self.refuse(key, "nothing", "a text or a list of texts")
        return texts

    def take_numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers; empty when absent."""
        value = self._values.get(key, [])
        if not isinstance(value, list) or not all(type(item) is int for item in value):
            self.refuse(key, f"{value!r}", "a list of whole numbers")
        return tuple(value)

    def take_words(self, key: str) -> dict[str, str]:
        """A table from text to text; empty when absent."""
        value = self.mapping(key)
        if not all(isinstance(word, str) for word in value.values()):
            self.refuse(key, f"{dict(value)!r}", "texts as values")
        return dict(value)

    def take_pattern(self, key: str, groups: int | None = None) -> re.Pattern[str] | None:
        """The expression under `key`, with that many groups when a number is given."""
        text = self.take(key, "")
        if not text:
            return None
        pattern = self.compiled(key, text)
        if groups is not None and pattern.groups != groups:
            self.refuse(key, f"{pattern.groups} groups", f"an expression with {groups} groups")
        return pattern

    def require_pattern(self, key: str) -> re.Pattern[str]:
        """The expression under `key`, which must be there and have one group."""
        self.require(key)
        pattern = self.take_pattern(key, groups=1)
        assert pattern is not None
        return pattern

    def compiled(self, key: str, text: str) -> re.Pattern[str]:
        """The text as an expression."""
        try:
            return re.compile(text, re.MULTILINE)
        except re.error as error:
            self.refuse(key, f"{text!r} ({error})", "a regular expression")

    def mapping(self, key: str) -> Mapping[str, Any]:
        """The table under `key`, unread; empty when absent."""
        value = self._values.get(key, {})
        if not isinstance(value, dict):
            self.refuse(key, f"{value!r}", "a table")
        return value

    def tables(self, key: str) -> Iterator[tuple[Mapping[str, Any], str]]:
        """The tables of the list under `key`, each with its own `where`."""
        value = self._values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.refuse(key, f"{value!r}", f"tables, each headed [[{key}]]")
        for number, item in enumerate(value, start=1):
            yield item, f"{self.where}: {key} {number}"

    def refuse(self, key: str, found: str, expected: str) -> NoReturn:
        """Raise the Fault (exit 2) that says what is wrong with the value of `key`."""
        raise Fault(
            "format-bad-value",
            ExitCode.MISUSE,
            where=f"{self.where}: {key}",
            found=found,
            expected=expected,
            action="Correct the format definition.",
        )
