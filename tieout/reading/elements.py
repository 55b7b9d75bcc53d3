"""What an XML element holds, found by the paths that a format names."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tieout.reading.balance import decimal
from tieout.reading.tree import TreeBalances, TreeField, TreePath

if TYPE_CHECKING:
    from lxml.etree import _Element

Row = dict[str, Any]


def balance_of(
    statement: "_Element", balances: TreeBalances, types: tuple[str, ...]
) -> tuple[Any, str] | None:
    """The amount, below zero when it is owed, and the currency of the first of these balances."""
    for wanted in types:
        for element in elements_below(statement, balances.balance):
            if text_of(element, balances.type) == wanted:
                amount = decimal(text_of(element, balances.amount) or "")
                if amount is None:
                    return None
                is_debit = text_of(element, balances.sign) == balances.debit
                currency = text_of(element, balances.currency) or ""
                return (-amount if is_debit else amount), currency
    return None


def texts_of(element: "_Element", fields: tuple[TreeField, ...]) -> Row:
    """The fields that have a text below the element; of several paths the first that has one."""
    found: Row = {}
    for field in fields:
        for path in field.paths:
            text = text_of(element, path)
            if text:
                found[field.name] = text
                break
    return found


def text_of(element: "_Element", path: TreePath) -> str | None:
    """The text at the end of a path, None when there is none."""
    texts = (
        (found.get(path.attribute) if path.attribute else found.text) or ""
        for found in elements_below(element, path.steps)
    )
    if path.is_joined:
        return " ".join(filter(None, map(str.strip, texts))) or None
    return next(texts, "").strip() or None


def elements_below(element: "_Element", steps: tuple[str, ...]) -> "Iterator[_Element]":
    """The elements at the end of a path, in the order of the document."""
    if not steps:
        yield element
        return
    for child in element.iterchildren(steps[0]):
        yield from elements_below(child, steps[1:])


def path_of(element: "_Element") -> tuple[str, ...]:
    """The names that lead from the root to the element."""
    return tuple(reversed([local_name(element), *map(local_name, element.iterancestors())]))


def local_name(element: "_Element") -> str:
    """The element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
