"""What a format says of an XML document: which elements are rows, and where fields lie.

Paths are local names joined by `/`, whatever the namespace, so that a new version of a message
is no new format; `@` leads to an attribute, and a `+` at the end joins all texts by a blank.
The keys are described one by one in tieout/formats/README.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tieout.reading.toml_table import TomlTable

TREE_KEYS = ("root", "rows", "details", "otherwise", "fields", "statement")
ENTRY = "entry"
"""The field every document has: the number of the row in its statement, or in the document."""

_FIELD_TABLES = ("document", "row", "whole", "detail")
_DETAIL_KEYS = ("path", "each_has")
_STATEMENT_KEYS = ("path", "entries", "balances")
_BALANCES_KEYS = (
    *("path", "type", "opening", "closing"),
    *("amount", "currency", "sign", "debit"),
)
_PATH = re.compile(r"^[A-Za-z_][\w.-]*(?:/[A-Za-z_][\w.-]*)*(?:@[A-Za-z_][\w.-]*|\+)?$")


@dataclass(frozen=True)
class TreePath:
    """A way down from an element to a text or an attribute; each step a name as lxml takes it."""

    steps: tuple[str, ...]
    attribute: str = ""
    is_joined: bool = False


@dataclass(frozen=True)
class TreeField:
    """A field: the first of its paths that leads to a text counts."""

    name: str
    paths: tuple[TreePath, ...]


@dataclass(frozen=True)
class TreeBalances:
    """The balances of a statement: opening + rows = closing, when all are in one currency.

    `balance` leads from the statement to each, `type` on to its kind. `amount`, `currency` and
    `sign` lie below balances and rows alike; `debit` is the sign of money that leaves.
    """

    balance: tuple[str, ...]
    type: TreePath
    opening: tuple[str, ...]
    closing: tuple[str, ...]
    amount: TreePath
    currency: TreePath
    sign: TreePath
    debit: str


@dataclass(frozen=True)
class TreeStatement:
    """An element that tells how many rows it has (`entries`), or proves them by its balances."""

    path: tuple[str, ...]
    entries: TreePath | None
    balances: TreeBalances | None


@dataclass(frozen=True)
class TreeDefinition:
    """Rows of an XML document.

    `root`: the names the document begins with; `rows` and the paths of `document_fields` start
    below them. A row of several details becomes several rows when each has one of `each_has`;
    a row with one detail is that one; any other row is taken as a whole. What a detail says of
    a field goes before what its row says, and that before the document. `otherwise`: the
    element that is the row of a document without any.
    """

    root: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    otherwise: tuple[str, ...]
    details: tuple[str, ...]
    each_has: tuple[TreePath, ...]
    document_fields: tuple[TreeField, ...]
    row_fields: tuple[TreeField, ...]
    whole_fields: tuple[TreeField, ...]
    detail_fields: tuple[TreeField, ...]
    statement: TreeStatement | None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all fields."""
        fields = (
            *(*self.document_fields, *self.row_fields),
            *(*self.whole_fields, *self.detail_fields),
        )
        return (ENTRY, *dict.fromkeys(field.name for field in fields))


def parse_tree(part: TomlTable) -> TreeDefinition:
    """The tree of a part. Raises Fault (exit 2) on anything it does not know."""
    rows = tuple(_names(part, "rows", text) for text in part.take_texts("rows"))
    if not rows:
        part.refuse("rows", "nothing", "the paths of the elements that are rows")
    details = TomlTable(part.mapping("details"), f"{part.where}: details", _DETAIL_KEYS)
    fields = TomlTable(part.mapping("fields"), f"{part.where}: fields", _FIELD_TABLES)
    return TreeDefinition(
        root=_names(part, "root", part.require("root")),
        rows=rows,
        otherwise=_required(part, "otherwise").steps if "otherwise" in part else (),
        details=_required(details, "path").steps if "details" in part else (),
        each_has=tuple(_path(details, "each_has", text) for text in details.take_texts("each_has")),
        document_fields=_fields(fields, "document"),
        row_fields=_fields(fields, "row"),
        whole_fields=_fields(fields, "whole"),
        detail_fields=_fields(fields, "detail"),
        statement=_statement(part) if "statement" in part else None,
    )


def _fields(table: TomlTable, key: str) -> tuple[TreeField, ...]:
    paths: Mapping[str, object] = table.mapping(key)
    named = TomlTable(paths, f"{table.where}: {key}", tuple(paths))
    return tuple(
        TreeField(name, tuple(_path(named, name, text) for text in named.take_texts(name)))
        for name in paths
    )


def _statement(part: TomlTable) -> TreeStatement:
    table = TomlTable(part.mapping("statement"), f"{part.where}: statement", _STATEMENT_KEYS)
    return TreeStatement(
        path=_names(table, "path", table.require("path")),
        entries=_required(table, "entries") if "entries" in table else None,
        balances=_balances(table) if "balances" in table else None,
    )


def _balances(statement: TomlTable) -> TreeBalances:
    table = TomlTable(statement.mapping("balances"), f"{statement.where}: balances", _BALANCES_KEYS)
    return TreeBalances(
        balance=_required(table, "path").steps,
        type=_required(table, "type"),
        opening=table.take_texts("opening"),
        closing=table.take_texts("closing"),
        amount=_required(table, "amount"),
        currency=_required(table, "currency"),
        sign=_required(table, "sign"),
        debit=table.require("debit"),
    )


def _required(table: TomlTable, key: str) -> TreePath:
    return _path(table, key, table.require(key))


def _names(table: TomlTable, key: str, text: str) -> tuple[str, ...]:
    path = _path(table, key, text)
    if path.attribute or path.is_joined:
        table.refuse(key, f"{text!r}", "a path of elements")
    return tuple(text.split("/"))


def _path(table: TomlTable, key: str, text: object) -> TreePath:
    if not isinstance(text, str) or not _PATH.match(text):
        table.refuse(key, f"{text!r}", "names joined by /, an @attribute or a + at the end")
    bare, _, attribute = text.partition("@")
    steps = tuple(f"{{*}}{name}" for name in bare.rstrip("+").split("/"))
    return TreePath(steps, attribute, is_joined=bare.endswith("+"))
