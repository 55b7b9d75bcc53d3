"""XLSX files whose cells say what they are, and whose bytes depend on what is written alone.

Text from files is written as text: a cell that begins with `=`, `+`, `-` or `@` is no formula,
and its format keeps it none when somebody edits it. Money is a number as long as a
spreadsheet's fifteen digits hold it to the minor unit, else text. Every formula carries the
value that it comes to, for readers that do not calculate.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tieout.publish.money import Currency

EXACT_MINOR = 10**15
"""Amounts of so many minor units and more have digits that a spreadsheet would lose."""

LONGEST_TEXT = 32_767
"""Characters that a cell takes (the format's own limit)."""

_NOT_IN_XML = ("\ufffe", "\uffff")

_FIRST_DATE = date(1900, 3, 1)
"""Before it spreadsheets disagree on the calendar."""

PLAIN, HEAD, TITLE, SECTION, QUIET, TOTAL, BOLD = (
    *("plain", "head", "title", "section", "quiet", "total", "bold"),
)
"""How a cell looks, by name."""

_STYLES: Mapping[str, Mapping[str, object]] = {
    PLAIN: {},
    HEAD: {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": "#1F3A5F",
        "text_wrap": True,
        "valign": "vcenter",
        "border": 1,
        "border_color": "#8EA0B8",
    },
    TITLE: {"bold": True, "font_size": 15},
    SECTION: {"bold": True, "font_size": 12, "font_color": "#1F3A5F"},
    QUIET: {"font_color": "#666666"},
    TOTAL: {"bold": True, "bg_color": "#EEF2F7", "top": 1},
    BOLD: {"bold": True, "align": "left"},
}

_FILLS: Mapping[str, Mapping[str, object]] = {
    "critical": {"bg_color": "#F4C7C3", "font_color": "#7A0C0C", "bold": True},
    "high": {"bg_color": "#FBD9B5", "font_color": "#7A3E00"},
    "medium": {"bg_color": "#FFF2BF", "font_color": "#5F4B00"},
    "low": {"bg_color": "#DCEBDD", "font_color": "#1E4D25"},
    "good": {"bg_color": "#DCEBDD", "font_color": "#1E4D25"},
    "bad": {"bg_color": "#F4C7C3", "font_color": "#7A0C0C", "bold": True},
}


class XlsxFile:
    """A workbook written sheet by sheet; the rows of one sheet from top to bottom.

    `stamp` stands for the time of writing. Temporary files lie beside `path`. Leaving the
    context raises OSError when the file cannot be written.
    """

    def __init__(self, path: Path, currency: Currency, stamp: date) -> None:
        import xlsxwriter

        self.currency = currency
        self._book = xlsxwriter.Workbook(
            str(path), {"constant_memory": True, "tmpdir": str(path.parent)}
        )
        self._book.set_properties({"created": datetime(stamp.year, stamp.month, stamp.day)})
        self._formats: dict[tuple[str, str], Any] = {}
        self._fills = {tone: self._book.add_format(dict(fill)) for tone, fill in _FILLS.items()}

    def sheet(self, name: str) -> "Sheet":
        """A new sheet behind those there are."""
        return Sheet(self, self._book.add_worksheet(name), name)

    def format(self, style: str, number: str) -> Any:
        """The writer's format of a style and a number format; one for all cells that share it."""
        key = style, number
        if key not in self._formats:
            self._formats[key] = self._book.add_format({**_STYLES[style], "num_format": number})
        return self._formats[key]

    def fill(self, tone: str) -> Any:
        """The writer's format of a severity or a verdict."""
        return self._fills[tone]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        from xlsxwriter.exceptions import FileCreateError

        if kind is None:
            try:
                self._book.close()
            except FileCreateError as failed:
                # a full disk is told as such whichever file meets it
                raise OSError(*failed.args[0].args) from failed


class Sheet:
    """One sheet. Rows and columns count from 0."""

    def __init__(self, file: XlsxFile, sheet: Any, name: str) -> None:
        self.name = name
        self.writer = sheet
        self._file = file
        decimals = file.currency.decimals
        digits = "#,##0" + ("." + "0" * decimals if decimals else "")
        self._money = f"{digits};[Red]-{digits}"

    def text(self, row: int, column: int, text: str | None, style: str = PLAIN) -> None:
        """Words as they are; nothing for None."""
        if text is not None:
            self.writer.write_string(row, column, as_cell_text(text), self._file.format(style, "@"))

    def count(self, row: int, column: int, number: int | None, style: str = PLAIN) -> None:
        """A whole number."""
        if number is not None:
            self.writer.write_number(row, column, number, self._file.format(style, "#,##0"))

    def money(self, row: int, column: int, minor: int | None, style: str = PLAIN) -> None:
        """An amount given in minor units, shown in major ones."""
        if minor is None:
            return
        if abs(minor) >= EXACT_MINOR:
            self.text(row, column, self._file.currency.text(minor), style)
        else:
            self.writer.write_number(
                row,
                column,
                Decimal(self._file.currency.text(minor)),
                self._file.format(style, self._money),
            )

    def when(
        self, row: int, column: int, moment: date | datetime | None, style: str = PLAIN
    ) -> None:
        """A day, or an instant of local time."""
        if moment is None:
            return
        day = moment.date() if isinstance(moment, datetime) else moment
        if day < _FIRST_DATE:
            self.text(row, column, str(moment), style)
            return
        shown = "yyyy-mm-dd hh:mm:ss" if isinstance(moment, datetime) else "yyyy-mm-dd"
        self.writer.write_datetime(row, column, moment, self._file.format(style, shown))

    def count_formula(
        self, row: int, column: int, formula: str, value: int, style: str = PLAIN
    ) -> None:
        """A formula that comes to a whole number."""
        self.writer.write_formula(row, column, formula, self._file.format(style, "#,##0"), value)

    def money_formula(
        self, row: int, column: int, formula: str, minor: int, style: str = PLAIN
    ) -> None:
        """A formula that comes to an amount, given in minor units."""
        self.writer.write_formula(
            row,
            column,
            formula,
            self._file.format(style, self._money),
            Decimal(self._file.currency.text(minor)),
        )

    def text_formula(
        self, row: int, column: int, formula: str, value: str, style: str = PLAIN
    ) -> None:
        """A formula that comes to words."""
        self.writer.write_formula(row, column, formula, self._file.format(style, "General"), value)

    def colour(
        self, rows: tuple[int, int], columns: tuple[int, int], formula: str, tone: str
    ) -> None:
        """Fill the cells for which the formula, written for the first of them, is true."""
        self.writer.conditional_format(
            rows[0],
            columns[0],
            rows[1],
            columns[1],
            {
                "type": "formula",
                "criteria": formula,
                "format": self._file.fill(tone),
            },
        )

    def at(self, row: int, column: int) -> str:
        """The address of a cell for a formula of any sheet."""
        return f"'{self.name}'!{fixed(row, column)}"

    def range(self, column: int, first: int, last: int) -> str:
        """The address of a stretch of one column for a formula of any sheet."""
        return f"'{self.name}'!{fixed(first, column)}:{fixed(last, column)}"


@cache
def letters(column: int) -> str:
    """A column's name: A, B, ..., Z, AA, ..."""
    name = ""
    while column >= 0:
        name = chr(ord("A") + column % 26) + name
        column = column // 26 - 1
    return name


def cell(row: int, column: int) -> str:
    """The address of a cell for a formula of the same sheet."""
    return f"{letters(column)}{row + 1}"


def fixed(row: int, column: int) -> str:
    """The same address, not moving with the formula."""
    return f"${letters(column)}${row + 1}"


def as_cell_text(text: str) -> str:
    """The text as a cell can hold it."""
    if len(text) > LONGEST_TEXT:
        text = text[: LONGEST_TEXT - 1] + "…"
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter would take it for marked-up text and write it unescaped
        text += " "
    for character in _NOT_IN_XML:
        text = text.replace(character, "\N{REPLACEMENT CHARACTER}")
    return text
