"""Reports -> the files people and machines read (contract section 7).

One module a kind of file. Relations arrive sorted and are streamed: no file is ordered,
and no long relation held, here.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from tieout.publish.action_files import ACTIONS, CLAIMS, write_claims
from tieout.publish.break_sheets import ListedBreaks
from tieout.publish.control import as_printed
from tieout.publish.csv_file import CsvFile
from tieout.publish.figures import DayFigures, FileFigures, Row
from tieout.publish.folder import recover, replacing
from tieout.publish.money import Currency
from tieout.publish.page import BREAKS_LISTED, REJECTS_SHOWN, write_page
from tieout.publish.parquet_file import ParquetFile
from tieout.publish.shown import First, Worst
from tieout.publish.stored import (
    CARRIED,
    INPUTS,
    stored_breaks,
    stored_digest,
    stored_facts,
    stored_inputs,
    stored_trend,
)
from tieout.publish.summary import write_summary
from tieout.publish.tally import Consequences, Tally, frame_of
from tieout.publish.workbook import write_workbook
from tieout.side_by_side import hands

__all__ = [
    "CARRIED",
    "INPUTS",
    "publish",
    "recover",
    "stored_breaks",
    "stored_digest",
    "stored_facts",
    "stored_inputs",
]

Relations = Callable[[str], pa.RecordBatchReader]


def publish(
    reports: Path,
    business_date: date,
    relation: Relations,
    facts: Mapping[str, str | int],
) -> Path:
    """Write one business date's files and swap them in as `<reports>/<business_date>`.

    `relation` opens reports.<name> as a stream, money as BIGINT `<name>_minor`; two streams
    are read at the same time. `facts` names at least `currency` and `currency_decimals`; all
    of them are shown. Returns the finished folder. Whatever is raised on the way, the folder
    is then what it was before.
    """
    currency = Currency(str(facts["currency"]), int(facts["currency_decimals"]))

    def stream(name: str) -> pa.RecordBatchReader:
        return _in_bigint(relation(name))

    def parquet(folder: Path, name: str) -> None:
        _parquet(folder / f"{name}.parquet", stream(name), currency)

    # sorting and packing the longest file needs no interpreter, writing the others little else
    with replacing(reports, business_date) as folder, hands(1) as beside:
        packed = [beside.submit(parquet, folder, name) for name in ("matches", "carry_forward")]
        before = stored_trend(reports, business_date - timedelta(days=1))
        day, listed = _write_relations(folder, business_date, stream, currency, before)
        write_workbook(folder / "report.xlsx", day, listed)
        write_summary(folder / "summary.json", day, facts)
        write_page(folder / "report.html", day, facts)
        for file in packed:
            file.result()
    return reports / business_date.isoformat()


def _write_relations(
    folder: Path,
    business_date: date,
    relation: Relations,
    currency: Currency,
    trend_before: list[Row],
) -> tuple[DayFigures, ListedBreaks]:
    catalogue = _rows(relation, "catalogue")
    listed = ListedBreaks(catalogue)
    breaks = Tally("category", "severity", "liable", "channel", "lender", "bank_code", "age")
    consequences = Consequences()
    worst = Worst(BREAKS_LISTED)
    reader = relation("breaks")
    with (
        CsvFile(folder / "breaks.csv", reader.schema, currency) as lines,
        ParquetFile(folder / "breaks.parquet", reader.schema, currency) as columns,
    ):
        for batch in reader:
            lines.write(batch)
            columns.write(batch)
            breaks.count(batch)
            consequences.count(batch)
            worst.keep(frame_of(batch))
            listed.keep(batch)
    files = {"breaks.csv": FileFigures(breaks.total().count)}

    in_transit = Tally("channel", "side", "why")
    excluded = Tally("why")
    decided = Tally("action")
    cleared = Tally("cleared_by")
    first_rejects = First(REJECTS_SHOWN)

    def write(name: str, *watchers: Callable[[pa.RecordBatch], None]) -> None:
        file = f"{name}.csv"
        files[file] = _csv(folder / file, relation(name), currency, *watchers)

    write("in_transit", in_transit.count)
    write("excluded", excluded.count)
    write("decided", decided.count, listed.keep_decided)
    write("decisions")
    write("cleared", cleared.count)
    write("rejects", first_rejects.keep)
    for action in ACTIONS:
        write(action)
    claims = write_claims(folder, relation(CLAIMS), currency)
    files |= {name: FileFigures(rows) for name, rows in claims.items()}

    control = relation("control").read_all()
    with CsvFile(folder / "control.csv", control.schema, currency) as lines:
        for batch in control.to_batches():
            lines.write(as_printed(batch, currency))

    day = DayFigures(
        business_date=business_date,
        currency=currency,
        control=control.to_pylist(),
        roll_forward=_rows(relation, "roll_forward"),
        settlement_days=_rows(relation, "settlement_days"),
        expectations=_rows(relation, "expectations"),
        inputs=_rows(relation, "inputs"),
        catalogue=catalogue,
        breaks=breaks,
        consequences=consequences,
        worst_breaks=worst.frame(),
        in_transit=in_transit,
        excluded=excluded,
        cleared=cleared,
        decided=decided,
        decisions=_rows(relation, "decisions"),
        rejects=files["rejects.csv"].rows,
        first_rejects=first_rejects.rows(),
        open_entries=_rows(relation, "open_entries"),
        files=files,
        trend_before=trend_before,
    )
    return day, listed


def _in_bigint(reader: pa.RecordBatchReader) -> pa.RecordBatchReader:
    """The same stream with whole numbers as BIGINT: an engine's sum of BIGINT is wider.

    Reading raises pyarrow.ArrowInvalid for a number that BIGINT does not hold.
    """
    return reader.cast(
        pa.schema(
            pa.field(field.name, pa.int64())
            if pa.types.is_decimal(field.type) and field.type.scale == 0
            else field
            for field in reader.schema
        )
    )


def _csv(
    path: Path,
    reader: pa.RecordBatchReader,
    currency: Currency,
    *watchers: Callable[[pa.RecordBatch], None],
) -> FileFigures:
    """Write a relation as it comes and return what it came to."""
    rows = 0
    amount = 0 if "amount_minor" in reader.schema.names else None
    with CsvFile(path, reader.schema, currency) as lines:
        for batch in reader:
            rows += batch.num_rows
            lines.write(batch)
            for watch in watchers:
                watch(batch)
            if amount is not None:
                amount += pc.sum(batch.column("amount_minor")).as_py() or 0
    return FileFigures(rows, amount)


def _parquet(path: Path, reader: pa.RecordBatchReader, currency: Currency) -> None:
    with ParquetFile(path, reader.schema, currency) as columns:
        for batch in reader:
            columns.write(batch)


def _rows(relation: Relations, name: str) -> list[Row]:
    rows: list[Row] = relation(name).read_all().to_pylist()
    return rows
