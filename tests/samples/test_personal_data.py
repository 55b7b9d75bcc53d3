"""Names, phone and identity numbers and whole card numbers get no further than the inbox."""

import re
import shutil
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from tests.samples.altered import changed, text_of
from tests.samples.planting import PLANTED, loaded, plant
from tests.samples.quiet_days import rows_begin
from tests.samples.sample_files import WORKSPACES, Sample, sample_files, sample_of_each_format
from tieout.day import reconcile
from tieout.faults import ExitCode, Fault
from tieout.reading import load_formats, read


def samples(workspace: Path) -> list[Sample]:
    """The last file of each format in the workspace's inbox."""
    return list({sample.fmt.name: sample for sample in sample_files(workspace)}.values())


def vendor_formats(workspace: Path) -> set[str]:
    """The formats of a workspace's files that have columns no rule reads."""
    formats = [sample.fmt for sample in samples(workspace)]
    return {fmt.name for fmt in formats if fmt.parts[0].layout != "canonical"}


def test_every_format_has_a_sample_to_plant_in() -> None:
    shown = set().union(*map(vendor_formats, WORKSPACES))
    canonical = {
        name for name, fmt in load_formats(None).items() if fmt.parts[0].layout == "canonical"
    }
    assert set(load_formats(None)) - canonical - shown == set()


BY_LINES = sorted(
    name
    for name, sample in sample_of_each_format().items()
    if sample.fmt.parts[0].layout in ("canonical", "delimited", "sheet")
    and sample.path.suffix not in (".xls", ".xlsx")
)


@pytest.mark.parametrize(
    "workspace",
    [workspace for workspace in WORKSPACES if vendor_formats(workspace)],
    ids=lambda workspace: workspace.name,
)
def test_what_no_rule_reads_is_in_no_warehouse_and_no_report(
    workspace: Path, tmp_path: Path
) -> None:
    copy = tmp_path / workspace.name
    shutil.copytree(workspace, copy, ignore=shutil.ignore_patterns("expected"))
    days, bearing = [], 0
    for sample in samples(workspace):
        data, planted = plant(sample, tmp_path / sample.path.name)
        target = copy / sample.path.relative_to(workspace)
        target.write_bytes(data)
        days.append(sample.business_date)
        bearing += bool(planted)
        assert not PLANTED.search(loaded(sample, target).text), sample.shown_as
    assert bearing, "nothing could be planted in any file"
    shown = {}
    try:
        shown = texts_of(reconcile(copy, max(days)))
    except Fault as fault:
        # sample files of channels without terms: what was landed before the check stays
        assert fault.exit_code == ExitCode.EXPECTATION
        shown = {"the message": fault.message()}
    for shown_in, text in {**shown, **tables_of(copy / "warehouse.duckdb")}.items():
        assert not PLANTED.search(text), shown_in


PERSON = (
    *("刘德华", "Maria Schmidt", "510000199001011234", "13907651234", "139-0765-1234"),
    *("maria.s@mail.example", "6222 0210 0112 3456 789", "6222021001123456789"),
)
SHOWS_A_PERSON = re.compile(
    "刘德华|maria|schmidt|19900101|07651234|0765-1234|0210 0112|0210011234", re.IGNORECASE
)


@pytest.mark.parametrize("name", BY_LINES)
def test_no_bad_line_shows_a_person_whatever_cells_were_moved(name: str, tmp_path: Path) -> None:
    sample = sample_of_each_format()[name]
    part = sample.fmt.parts[0]

    def moved(content: bytes, place: int) -> bytes:
        text, encoding = text_of(content)
        lines = text.splitlines(keepends=True)
        begin = rows_begin(lines, part)
        if begin is None:
            return content
        for number in range(begin, len(lines)):
            separator = " " if part.line else part.separator
            cells = lines[number].split(separator)
            if len(cells) > place:
                lines[number] = separator.join([*cells[:place], *PERSON, *cells[place:]])
        return "".join(lines).encode(encoding)

    shown = 0
    for place in (1, 2, 3, 5, 7):
        path = tmp_path / sample.path.name
        data = sample.path.read_bytes()
        path.write_bytes(changed(data, lambda _, content, place=place: moved(content, place)))
        try:
            for rejects in rejects_of(sample, path):
                shown += rejects.num_rows
                assert not SHOWS_A_PERSON.search(str(rejects.to_pylist()))
        except Fault as fault:
            assert not SHOWS_A_PERSON.search(fault.message())
            shown += 1
    assert shown


def texts_of(folder: Path) -> dict[str, str]:
    """Every file of a report, by name; what is packed as text."""
    found = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.suffix == ".parquet":
            found[path.name] = str(duckdb.sql(f"from '{path}'").fetchall())
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                found[path.name] = " ".join(book.read(name).decode() for name in book.namelist())
        else:
            found[path.name] = path.read_bytes().decode("utf-8", errors="replace")
    return found


def tables_of(warehouse: Path) -> dict[str, str]:
    """Every table of the warehouse, by name, as text: in the file itself texts are packed."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        names = connection.sql(
            "select table_schema || '.' || table_name from information_schema.tables"
        ).fetchall()
        return {name: str(connection.sql(f"from {name}").fetchall()) for (name,) in names}


def rejects_of(sample: Sample, path: Path) -> Iterator[pa.Table]:
    """The bad lines of the file at `path`, read as the sample is, however many they are."""
    for part in read(
        path,
        sample.shown_as,
        sample.fmt,
        business_date=sample.business_date,
        currency_decimals=sample.currency_decimals,
        max_reject_rate=Decimal(1),
    ):
        part.batches.read_all()
        yield part.finish().rejects
