"""SWIFT MT940 statements, tag by tag, so that memory does not grow with the file.

The mt-940 library knows what the tags hold; which line a tag begins on is known only here.
The library is imported when the first statement is read.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import IO, Any

import polars as pl

from tieout.faults import ExitCode, Fault
from tieout.reading.balance import Proof
from tieout.reading.blocks import as_utf8, blocks
from tieout.reading.chunk import LINE, Chunk, Reject
from tieout.reading.masking import masked_line

MT940_FIELDS = (
    *("reference", "account", "statement", "currency", "opened_on", "entry"),
    *("booked_on", "value_date", "amount", "type", "customer_reference", "bank_reference"),
    *("details", "text"),
)
"""Of the statement: its reference (:20:), account (:25:), number (:28C:), currency and date of
its opening balance (:60F:) as YYMMDD. Of the entry (:61:, :86:): its number in the statement, the
entry date, or the value date where there is none, and the value date as YYYYMMDD; the amount
signed, with a decimal point; the transaction type, both references, the supplementary details
and the text."""

_TAG = re.compile(r"^:([0-9]{2}[A-Z]?):(.*)$")
_END_OF_STATEMENT = re.compile(r"^-(?:\}|XXX|\s*$)")
_ROWS_AT_ONCE = 32_768
_CENTURY = 2000


class Mt940Reader:
    """Reads one file of statements; `line` of a row is the line of its :61:."""

    def __init__(self, encoding: str, stream: IO[bytes], shown_as: str) -> None:
        from mt940 import models, options, tags

        self._encoding = encoding
        self._stream = stream
        self._shown_as = shown_as
        self._entry_tag = tags.Statement().re
        self._balance_tag = tags.BalanceBase().re
        self._amount = models.Amount
        self._options = options.Options(reversal_sign=True, case_insensitive_marks=True)
        self._rows: list[dict[str, Any]] = []
        self._rejects: list[Reject] = []
        self._entry: dict[str, Any] = {}
        self._statement: dict[str, str] = {}
        self._proof = Proof()
        self._is_open = False
        self._is_begun = False
        self._seen = 0

    def chunks(self) -> Iterator[Chunk]:
        """The entries, some thousands at a time; an entry the library cannot read is a reject.

        Raises Fault: 12 when the last statement has no closing balance, 11 when there is no
        statement, a balance cannot be read, or opening + entries is not closing.
        """
        for line, tag, value in self._tags():
            if tag == "61" and len(self._rows) >= _ROWS_AT_ONCE:
                yield self._chunk()
            self._take(line, tag, value)
        if self._is_open:
            raise self._fault(
                "statement-without-end",
                ExitCode.TRUNCATED,
                f"a statement {self._name()} without a closing balance",
                "a closing balance (:62F: or :62M:) for each opening one",
            )
        if self._seen and self._is_begun:
            raise self._fault(
                "statement-without-end",
                ExitCode.TRUNCATED,
                f"a statement {self._name()} that ends before its opening balance",
                "an opening balance (:60F: or :60M:) for each reference (:20:)",
            )
        if not self._seen:
            raise self._fault(
                "statement-not-found",
                ExitCode.UNREADABLE,
                "no opening balance",
                "MT940 statements, each with :20:, :25:, :60F: and :62F:",
            )
        yield self._chunk()

    def _tags(self) -> Iterator[tuple[int, str, str]]:
        """Line number, tag and value, the value's own lines joined by line feeds."""
        begin, tag, value = 0, "", [""]
        for block in blocks(self._stream, self._shown_as):
            text = as_utf8(block, self._encoding, self._shown_as).decode()
            lines = text.removesuffix("\n").split("\n")
            for number, line in enumerate(lines, start=block.first_line):
                found = _TAG.match(line)
                if found is None and not _END_OF_STATEMENT.match(line):
                    value.append(line.rstrip())
                    continue
                if tag:
                    yield begin, tag, "\n".join(value)
                begin, tag = number, found[1] if found else ""
                value = [found[2].rstrip() if found else ""]
        if tag:
            yield begin, tag, "\n".join(value)

    def _take(self, line: int, tag: str, value: str) -> None:
        match tag:
            case "20":
                if not self._is_open:
                    self._statement = {"reference": value.strip()}
                    self._is_begun = True
            case "25":
                self._statement["account"] = value.strip()
            case "28" | "28C":
                self._statement["statement"] = value.strip()
            case "60F" | "60M":
                self._open(line, value)
            case "61":
                self._add(line, value)
            case "86":
                self._entry["text"] = " ".join(value.split("\n")).strip()
            case "62F" | "62M":
                self._close(line, value)

    def _open(self, line: int, value: str) -> None:
        if self._is_open:
            raise self._fault(
                "statement-without-end",
                ExitCode.TRUNCATED,
                f"a statement {self._name()} without a closing balance",
                "a closing balance (:62F: or :62M:) for each opening one",
            )
        balance = self._balance(line, value)
        self._proof = Proof(opening=(balance["signed"], balance["currency"]))
        self._statement["currency"] = balance["currency"]
        self._statement["opened_on"] = balance["year"] + balance["month"] + balance["day"]
        self._is_open, self._is_begun = True, False
        self._seen += 1

    def _add(self, line: int, value: str) -> None:
        found = self._entry_tag.match(value)
        signed = None if found is None else self._signed(found)
        self._entry = {}
        if found is None or signed is None or not self._is_open:
            reason = "found an entry outside a statement"
            if self._is_open:
                reason = "found no entry as MT940 writes it, 1811190119C12,34NTRFREF//REF"
            # the lines below the first are free text, which may hold names
            raw = masked_line(":61:" + value.partition("\n")[0])
            self._rejects.append(Reject(line, raw, reason))
            self._proof.is_sure = False
            return
        tag = found.groupdict()
        self._proof.add(str(signed), self._statement["currency"], is_debit=False)
        value_date = f"{_CENTURY + int(tag['year'])}{tag['month']}{tag['day']}"
        self._entry = {
            LINE: line,
            **self._statement,
            "entry": str(self._proof.entries),
            "booked_on": _entry_date(tag, value_date),
            "value_date": value_date,
            "amount": f"{signed:f}",
            "type": tag["id"],
            "customer_reference": tag["customer_reference"].strip(),
            "bank_reference": tag["bank_reference"],
            "details": tag["extra_details"],
        }
        self._rows.append(self._entry)

    def _close(self, line: int, value: str) -> None:
        balance = self._balance(line, value)
        self._proof.closing = (balance["signed"], balance["currency"])
        self._proof.check(self._name(), f"{self._shown_as}:{line}")
        self._entry = {}
        self._is_open = False

    def _balance(self, line: int, value: str) -> dict[str, Any]:
        found = self._balance_tag.match(value)
        signed = None if found is None else self._signed(found)
        if found is None or signed is None:
            raise self._fault(
                "balance-unreadable",
                ExitCode.UNREADABLE,
                f"a balance {value[:40]!r} on line {line}",
                "a balance as C100722EUR12,34",
            )
        return {**found.groupdict(), "signed": signed}

    def _signed(self, tag: re.Match[str]) -> Decimal | None:
        try:
            return self._amount(tag["amount"], tag["status"], options=self._options).amount
        except InvalidOperation:
            return None

    def _name(self) -> str:
        return self._statement.get("statement", self._statement.get("reference", "?"))

    def _chunk(self) -> Chunk:
        schema = {LINE: pl.Int64, **dict.fromkeys(MT940_FIELDS, pl.String)}
        frame = pl.DataFrame(self._rows, schema=schema)
        rows = frame.with_columns(
            pl.when(pl.col(name) != "").then(name).alias(name) for name in MT940_FIELDS
        )
        chunk = Chunk(rows, self._rejects)
        self._rows, self._rejects = [], []
        return chunk

    def _fault(self, code: str, exit_code: ExitCode, found: str, expected: str) -> Fault:
        action = "Have the file delivered again."
        if exit_code is ExitCode.UNREADABLE:
            action = "Check that the source's format is the right one."
        return Fault(
            code, exit_code, where=self._shown_as, found=found, expected=expected, action=action
        )


def _entry_date(tag: dict[str, str], value_date: str) -> str:
    """The entry date, which has no year, in the year nearest to the value date.

    It is handed on even when no calendar has it, so that the line is rejected with its reason.
    """
    month, day = (tag["entry_month"] or "").strip(), (tag["entry_day"] or "").strip()
    if not (month and day):
        return value_date
    ahead = int(month) - int(value_date[4:6])
    year = int(value_date[:4]) - (ahead > 6) + (ahead < -6)
    return f"{year}{month}{day}"
