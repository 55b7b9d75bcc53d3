"""What a format makes of a sample file, shown before a source of the workspace names it."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from tieout import settings
from tieout.faults import ExitCode, Fault
from tieout.feeds import FEEDS
from tieout.inbox import checked_date
from tieout.publish.money import Currency, row_in_major_units
from tieout.reading import Part, describe, load_formats, read

ROWS_SHOWN = 3
REJECTS_SHOWN = 5
_WIDEST_CELL = 32
_ALL = Decimal(1)

_LINE_TOTALS = ("debit_count", "debit_amount", "refund_count", "refund_amount", "fee_amount")


def check_sample(workspace: Path, format_name: str, sample: Path) -> Iterator[str]:
    """The lines to print: the first rows as they were understood, bad lines, declared totals.

    All bad lines are counted before a file with too many of them is refused. Raises Fault: exit
    2 for bad settings or formats, then what a day raises for the file (exit 11 and 12).
    """
    loaded = settings.load(workspace)
    formats = load_formats(loaded.site_formats)
    if format_name not in formats:
        raise Fault(
            "format-unknown",
            ExitCode.MISUSE,
            where="--format",
            found=f"format {format_name}",
            expected=f"one of: {', '.join(formats)}",
            action="Correct the format's name, or add formats/<name>.toml.",
        )
    fmt = formats[format_name]
    business_date = checked_date(fmt.business_date(sample.name), str(sample), format_name)
    yield describe(fmt)
    yield f"{sample.name}: business date {business_date}"
    currency = Currency(loaded.currency, loaded.currency_decimals)
    sums, declared, rejected = _Sums(), [], 0

    def parts(max_reject_rate: Decimal) -> Iterator[Part]:
        return read(
            sample,
            str(sample),
            fmt,
            business_date=business_date,
            currency_decimals=currency.decimals,
            max_reject_rate=max_reject_rate,
            currency=currency.code,
            time_zone=loaded.time_zone,
        )

    for part in parts(_ALL):
        seen = _Rows(part.relation, currency)
        for batch in part.batches:
            seen.add(batch)
            if part.relation == "settlement":
                sums.add(batch)
            if part.relation == "settlement_totals":
                declared += batch.to_pylist()
        end = part.finish()
        rejected += end.rejected
        declared += [] if end.totals is None else end.totals.to_pylist()
        yield ""
        yield from seen.lines(part.member, end.lines, end.rejected)
        yield from _rejects(end.rejects)
    if "settlement" in fmt.relations:
        for totals in declared:
            yield ""
            yield from _beside(totals, sums, currency)
    if rejected:
        # the verdict of a day, in its own words
        for part in parts(loaded.max_reject_rate):
            for _ in part.batches:
                pass
            part.finish()


class _Rows:
    """The first rows of a part, and how many rows fill each column."""

    def __init__(self, relation: str, currency: Currency) -> None:
        self._relation = relation
        self._currency = currency
        self._first: list[dict[str, object]] = []
        self._filled: Counter[str] = Counter()
        self._count = 0

    def add(self, batch: pa.RecordBatch) -> None:
        """Take in some rows."""
        room = ROWS_SHOWN - len(self._first)
        self._first += [
            row_in_major_units(row, self._currency) for row in batch.slice(0, room).to_pylist()
        ]
        self._count += batch.num_rows
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            self._filled[name.removesuffix("_minor")] += len(column) - column.null_count

    def lines(self, member: str, lines: int, rejected: int) -> Iterator[str]:
        """A line of counts, then a table with a line for each column."""
        of = f" of {member}" if member else ""
        yield f"{self._relation}{of}: {self._count} rows of {lines} lines, {rejected} rejected"
        table = [["column", "filled", *(f"line {row['line']}" for row in self._first)]]
        for column in FEEDS[self._relation].columns:
            if column.name in self._filled:
                filled = f"{self._filled[column.name]}/{self._count}"
                values = (_shown(row[column.name]) for row in self._first)
                table.append([column.name, filled, *values])
        yield from _aligned(table)


class _Sums:
    """What the lines of a settlement file add up to, by settle date.

    Counted as `breaks.counted_totals` counts: of debits and of refunds and reversals those that
    succeeded, of fees all.
    """

    def __init__(self) -> None:
        self._sums: Counter[tuple[object, str]] = Counter()

    def add(self, batch: pa.RecordBatch) -> None:
        """Take in some lines."""
        lines = pa.table(
            {
                "day": batch.column("settle_date"),
                "side": pc.if_else(_is(batch, "kind", "debit"), "debit", "refund"),
                "amount": batch.column("amount_minor"),
                "fee": batch.column("fee_minor"),
            }
        )
        money = lines.filter(_is(batch, "outcome", "succeeded"))
        grouped = money.group_by(["day", "side"]).aggregate([("amount", "sum"), ([], "count_all")])
        for row in grouped.to_pylist():
            self._sums[row["day"], f"{row['side']}_count"] += row["count_all"]
            self._sums[row["day"], f"{row['side']}_amount"] += row["amount_sum"]
        for row in lines.group_by("day").aggregate([("fee", "sum")]).to_pylist():
            self._sums[row["day"], "fee_amount"] += row["fee_sum"] or 0

    def of(self, settle_date: object) -> dict[str, int]:
        """The figures of one day, amounts in minor units."""
        found = {name: self._sums[settle_date, name] for name in _LINE_TOTALS}
        net = found["debit_amount"] - found["refund_amount"] - found["fee_amount"]
        return found | {"net_amount": net}


def _is(batch: pa.RecordBatch, column: str, word: str) -> pa.Array:
    return pc.equal(batch.column(column).cast(pa.string()), word)


def _beside(totals: dict[str, object], sums: _Sums, currency: Currency) -> Iterator[str]:
    day = totals["settle_date"]
    table = [[f"totals of {day}", "declared", "lines", "ties"]]
    for name, counted in sums.of(day).items():
        is_money = name.endswith("_amount")
        declared = totals.get(f"{name}_minor" if is_money else name)
        if isinstance(declared, int):
            figures = (currency.text(f) if is_money else str(f) for f in (declared, counted))
            table.append([name, *figures, "yes" if declared == counted else "NO"])
    yield from _aligned(table)


def _rejects(rejects: pa.Table) -> Iterator[str]:
    for reject in rejects.slice(0, REJECTS_SHOWN).to_pylist():
        yield f"  rejected line {reject['line']}: {reject['reason']}"
        yield f"    {reject['raw']}"
    if rejects.num_rows > REJECTS_SHOWN:
        yield f"  and {rejects.num_rows - REJECTS_SHOWN} more"


def _shown(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= _WIDEST_CELL else text[: _WIDEST_CELL - 1] + "…"


def _aligned(table: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = (
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        )
        yield ("  " + "  ".join(cells)).rstrip()


def _width(text: str) -> int:
    """Columns that the text takes on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
