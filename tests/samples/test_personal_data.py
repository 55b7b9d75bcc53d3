"""Names, phone and identity numbers and whole card numbers get no further than the inbox."""

import shutil
import zipfile
from pathlib import Path

import duckdb
import pytest

from tests.samples.planting import PLANTED, loaded, plant
from tests.samples.sample_files import WORKSPACES, Sample, sample_files
from tieout.day import reconcile
from tieout.faults import ExitCode, Fault
from tieout.reading import load_formats


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
