"""XML documents, streamed row by row, so that memory does not grow with the file.

A document is data from outside: no entity is resolved, nothing is fetched, a document type
declaration is refused, and so is a document larger than LARGEST_XML_BYTES. lxml is imported
when the first document is read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import IO, TYPE_CHECKING

import polars as pl

from tieout.faults import ExitCode, Fault
from tieout.reading.balance import Proof, refuse_fewer_entries
from tieout.reading.chunk import LINE, Chunk
from tieout.reading.elements import (
    Row,
    balance_of,
    elements_below,
    local_name,
    path_of,
    text_of,
    texts_of,
)
from tieout.reading.left_out import LeftOut
from tieout.reading.tree import ENTRY, TreeDefinition, TreePath

if TYPE_CHECKING:
    from lxml.etree import XMLPullParser, _Element

LARGEST_XML_BYTES = 2 * 1024**3
_FED_AT_ONCE = 256 * 1024
_ROWS_AT_ONCE = 32_768


class XmlReader:
    """Reads one document. `line` of a row is its number, as XML need not have lines."""

    def __init__(
        self,
        tree: TreeDefinition,
        left_out: Sequence[LeftOut],
        stream: IO[bytes],
        shown_as: str,
    ) -> None:
        self._tree = tree
        self._left_out = left_out
        self._stream = stream
        self._shown_as = shown_as
        self._row_names = {f"{{*}}{path[-1]}" for path in tree.rows}
        self._schema = {LINE: pl.Int64, **dict.fromkeys(tree.names, pl.String)}
        self._rows: list[Row] = []
        self._count = 0
        self._proof = Proof()
        self._spent: _Element | None = None
        self._document: _Element | None = None
        self._branch: _Element | None = None
        self._told: Row = {}

    def chunks(self) -> Iterator[Chunk]:
        """The rows, some thousands at a time.

        Raises Fault: 12 when the document is cut short or has fewer rows than it declares; 11
        when it is not well-formed, too large, declares a document type, begins with other names
        than the format's, or a statement does not tie.
        """
        for event, element in self._events():
            path = path_of(element)
            below = path[len(self._tree.root) :]
            if path[: len(self._tree.root)] != self._tree.root:
                continue
            if event == "start":
                if below == ():
                    self._document = element
                elif self._tree.statement and below == self._tree.statement.path:
                    self._proof = Proof()
            elif below in self._tree.rows:
                self._take_row(element)
            elif self._tree.statement and below == self._tree.statement.path:
                self._check_statement(element)
                element.clear()
            if len(self._rows) >= _ROWS_AT_ONCE:
                yield self._chunk()
        if self._document is None:
            raise self._other_root()
        if self._count == 0 and self._tree.otherwise:
            for element in elements_below(self._document, self._tree.otherwise):
                self._take_row(element)
        yield self._chunk()

    def _events(self) -> Iterator[tuple[str, "_Element"]]:
        from lxml import etree

        statement = self._tree.statement
        names = {f"{{*}}{name}" for name in self._tree.root} | self._row_names
        if statement is not None:
            names.add(f"{{*}}{statement.path[-1]}")
        parser = etree.XMLPullParser(
            events=("start", "end"),
            tag=sorted(names),
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        size = 0
        try:
            while data := self._stream.read(_FED_AT_ONCE):
                size += len(data)
                self._refuse_larger(size)
                parser.feed(data)
                yield from self._checked(parser)
                if self._document is None and size > _FED_AT_ONCE:
                    raise self._other_root()
        except etree.XMLSyntaxError as error:
            raise self._damaged(error.msg or "", ExitCode.UNREADABLE) from error
        try:
            parser.close()
        except etree.XMLSyntaxError as error:
            raise self._damaged(error.msg or "no document", ExitCode.TRUNCATED) from error
        yield from self._checked(parser)

    def _checked(self, parser: "XMLPullParser") -> Iterator[tuple[str, "_Element"]]:
        for event, element in parser.read_events():
            if self._document is None and element.getroottree().docinfo.doctype:
                raise Fault(
                    "xml-with-doctype",
                    ExitCode.UNREADABLE,
                    where=self._shown_as,
                    found="a document type declaration, which can name entities and other files",
                    expected="a document without one",
                    action="Ask the sender what this file is before letting it in.",
                )
            yield event, element

    def _take_row(self, element: "_Element") -> None:
        """One row, or one of each detail; then lets go of the element of the row before."""
        context = self._context(element)
        row = {**context, **texts_of(element, self._tree.row_fields)}
        details = list(elements_below(element, self._tree.details)) if self._tree.details else []
        needed = self._tree.each_has
        is_split = len(details) > 1 and all(
            not needed or any(text_of(detail, path) for path in needed) for detail in details
        )
        self._count_in(element, row)
        row[ENTRY] = str(self._proof.entries)
        if is_split or len(details) == 1:
            told = [texts_of(detail, self._tree.detail_fields) for detail in details]
        else:
            told = [texts_of(element, self._tree.whole_fields)]
        for fields in told:
            self._count += 1
            self._rows.append({LINE: self._count, **row, **fields})
        self._forget(element)

    def _count_in(self, element: "_Element", row: Row) -> None:
        statement = self._tree.statement
        balances = None if statement is None else statement.balances
        if balances is None or any(one.takes(row) for one in self._left_out):
            self._proof.entries += 1
            return
        self._proof.add(
            text_of(element, balances.amount) or "",
            text_of(element, balances.currency) or "",
            is_debit=text_of(element, balances.sign) == balances.debit,
        )

    def _context(self, element: "_Element") -> Row:
        """The fields of the document, looked for in the branch that holds the row.

        They stand before the rows, so the rows of one branch share them.
        """
        branch = element.getparent()
        if branch is self._branch:
            return self._told
        found: Row = {}
        for field in self._tree.document_fields:
            for path in field.paths:
                text = self._above(element, path)
                if text:
                    found[field.name] = text
                    break
        self._branch, self._told = branch, found
        return found

    def _above(self, element: "_Element", path: TreePath) -> str | None:
        holder, steps = self._document, path.steps
        inside = list(reversed([element, *element.iterancestors()]))[len(self._tree.root) :]
        for branch in inside[:-1]:
            if steps[0] != f"{{*}}{local_name(branch)}":
                break
            holder, steps = branch, steps[1:]
        assert holder is not None
        return text_of(holder, replace(path, steps=steps))

    def _forget(self, element: "_Element") -> None:
        if self._spent is not None:
            parent = self._spent.getparent()
            if parent is not None:
                parent.remove(self._spent)
        self._spent = element

    def _check_statement(self, element: "_Element") -> None:
        statement = self._tree.statement
        assert statement is not None
        name = text_of(element, TreePath(("{*}Id",))) or "?"
        if statement.entries is not None:
            declared = text_of(element, statement.entries) or ""
            refuse_fewer_entries(self._proof.entries, declared, name, self._shown_as)
        if statement.balances is not None:
            balances = statement.balances
            self._proof.opening = balance_of(element, balances, balances.opening)
            self._proof.closing = balance_of(element, balances, balances.closing)
            self._proof.check(name, self._shown_as)

    def _chunk(self) -> Chunk:
        rows, self._rows = self._rows, []
        return Chunk(pl.DataFrame(rows, schema=self._schema), [])

    def _refuse_larger(self, size: int) -> None:
        if size > LARGEST_XML_BYTES:
            raise Fault(
                "xml-too-large",
                ExitCode.UNREADABLE,
                where=self._shown_as,
                found=f"more than {LARGEST_XML_BYTES} bytes",
                expected=f"a document of at most {LARGEST_XML_BYTES} bytes",
                action="Have the file delivered in several documents.",
            )

    def _other_root(self) -> Fault:
        return Fault(
            "xml-other-document",
            ExitCode.UNREADABLE,
            where=self._shown_as,
            found="a document of other elements",
            expected="a document that begins " + "/".join(self._tree.root),
            action="Check that the source's format is the right one.",
        )

    def _damaged(self, message: str, exit_code: ExitCode) -> Fault:
        is_cut = exit_code is ExitCode.TRUNCATED
        return Fault(
            "file-cut-short" if is_cut else "file-not-xml",
            exit_code,
            where=self._shown_as,
            found=message,
            expected="the whole document" if is_cut else "well-formed XML",
            action="Have the file delivered again.",
        )
