"""Fixed-width files of a site's own: a line before the records, totals after them."""

from pathlib import Path

import pytest

from tests.reading.delivered import Read, fault_of, read_all
from tieout.faults import ExitCode, Fault
from tieout.reading import blocks as blocks_module
from tieout.reading import load_formats

NAME = "lantern_20181219.txt"
DEFINITION = """
title = "A channel's fixed-width file"
source = "its manual"

[[part]]
layout = "fixed_width"
relation = "settlement"
encoding = "gb18030"
lead_lines = 1
trailer = "T"
widths = [4, 14, 8, 12]
record_bytes = 38

[part.fields]
ref = 1
at = 2
amount = 4

[part.fill]
channel_ref = "ref"
kind = { text = "debit" }
amount = { field = "amount", unit = "minor" }
happened_at = { field = "at", pattern = "%Y%m%d%H%M%S" }
settle_date = { file = "business_date" }
outcome = { text = "succeeded" }

[[part.totals.lines]]
match = '^T(?P<count>[0-9]{2})(?P<sum>[0-9]{12})\\r?$'

[part.totals.fill]
settle_date = { file = "business_date" }
line_count = "count"
debit_count = "count"
debit_amount = { field = "sum", unit = "minor" }
"""
LEAD = "H灯笼支付\r\n".encode("gb18030")
TRAILER = b"T02000000260500\r\n"


def record(ref: str, amount: int) -> bytes:
    name = "欧阳修文".encode("gb18030")
    return ref.encode() + b"20181219101500" + name + b"%012d\r\n" % amount


RECORDS = record("L001", 162500) + record("L002", 98000)


def site(folder: Path, definition: str = DEFINITION) -> Path:
    formats = folder / "formats"
    formats.mkdir(exist_ok=True)
    (formats / "lantern.toml").write_text(definition, encoding="utf-8")
    return formats


def lantern(folder: Path, data: bytes) -> Read:
    (part,) = read_all(folder, NAME, data, "lantern", site_folder=site(folder))
    return part


@pytest.mark.parametrize("block_bytes", [1, 30, 60, 5000])
def test_records_stand_between_a_lead_and_totals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block_bytes: int
) -> None:
    monkeypatch.setattr(blocks_module, "BLOCK_BYTES", block_bytes)
    part = lantern(tmp_path, LEAD + RECORDS + TRAILER)
    assert [(row["line"], row["amount_minor"]) for row in part.rows] == [(2, 162500), (3, 98000)]
    assert part.rejects == []
    assert part.totals is not None
    declared = (part.totals["line"], part.totals["debit_count"], part.totals["debit_amount_minor"])
    assert declared == (4, 2, 260500)


def test_a_day_without_records_has_its_totals(tmp_path: Path) -> None:
    part = lantern(tmp_path, LEAD + b"T00000000000000\r\n")
    assert (part.rows, part.totals is not None) == ([], True)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (LEAD + RECORDS, "totals-missing"),
        (LEAD + RECORDS[:60], "file-cut-short"),
        (LEAD + RECORDS[:40] + TRAILER, "fewer-lines-than-declared"),
    ],
)
def test_a_cut_file_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    fault = fault_of(tmp_path, NAME, data, "lantern", site_folder=site(tmp_path))
    assert (fault.code, fault.exit_code) == (code, ExitCode.TRUNCATED)


def test_records_after_the_totals_are_refused(tmp_path: Path) -> None:
    data = LEAD + RECORDS + TRAILER + record("L003", 1)
    fault = fault_of(tmp_path, NAME, data, "lantern", site_folder=site(tmp_path))
    assert fault.code == "data-after-trailer"


def test_totals_of_a_layout_that_declares_none_are_a_wrong_format(tmp_path: Path) -> None:
    part = '[[part]]\nlayout = "json"\nrelation = "settlement"\n\n[part.fill]'
    before, after = DEFINITION.split("[[part]]")[0], DEFINITION.split("[part.fill]")[1]
    definition = before + part + after
    with pytest.raises(Fault) as caught:
        load_formats(site(tmp_path, definition))
    assert caught.value.exit_code == ExitCode.MISUSE
    assert "totals" in caught.value.where
