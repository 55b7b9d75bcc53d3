"""Files larger than a block: the same rows and line numbers, wherever the block ends."""

import csv
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reading.delivered import (
    SETTLEMENT_CELLS,
    SETTLEMENT_HEADER,
    read_all,
    read_settlement,
    settlement_line,
)
from tieout.reading import blocks as blocks_module

TEXTS = st.text(alphabet='ab",\n中\r ', min_size=1, max_size=8)


@settings(
    max_examples=75,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(texts=st.lists(TEXTS, max_size=12), block_bytes=st.integers(1, 600))
def test_rows_do_not_depend_on_where_blocks_end(
    texts: list[str], block_bytes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks_module, "BLOCK_BYTES", block_bytes)
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(SETTLEMENT_CELLS)
    expected = []
    line = 2
    for text in texts:
        writer.writerow({**SETTLEMENT_CELLS, "order_no": text}.values())
        expected.append((line, text))
        line += 1 + text.count("\n")
    data = file.getvalue().encode()
    (part,) = read_all(tmp_path, "settlement.csv", data, "channel_settlement_v1")
    assert [(row["line"], row["order_no"]) for row in part.rows] == expected
    assert part.rejects == []


@pytest.mark.parametrize("block_bytes", [1, 50, 137, 400, 5000])
def test_a_spoilt_line_is_found_in_every_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block_bytes: int
) -> None:
    monkeypatch.setattr(blocks_module, "BLOCK_BYTES", block_bytes)
    sound, spoilt = settlement_line(order_no='"D\nO"'), settlement_line(order_no='D"O')
    part = read_settlement(tmp_path, *[sound, spoilt, sound, "short"] * 5)
    assert [row["line"] for row in part.rows] == [
        2 + 6 * turn + place for turn in range(5) for place in (0, 3)
    ]
    assert [reject["line"] for reject in part.rejects] == [
        2 + 6 * turn + place for turn in range(5) for place in (2, 5)
    ]


def test_the_header_may_fill_a_block_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks_module, "BLOCK_BYTES", len(SETTLEMENT_HEADER) + 1)
    assert [row["line"] for row in read_settlement(tmp_path, settlement_line()).rows] == [2]


def test_bad_lines_at_the_begin_of_a_packed_file_are_weighed_against_all_its_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks_module, "BLOCK_BYTES", 5000)
    lines = [SETTLEMENT_HEADER, *["short"] * 15, *[settlement_line()] * 20_000, ""]
    data = gzip.compress("\n".join(lines).encode())
    name, rate = "unionpay.settlement.2018-12-19.csv", "0.001"
    (part,) = read_all(tmp_path, name, data, "channel_settlement_v1", max_reject_rate=rate)
    assert (len(part.rows), len(part.rejects)) == (20_000, 15)
