"""GBK text is cut before it is decoded: the same rows, rejects and faults as when it is not."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from tests.reading.delivered import fault_of, zipped
from tests.reading.test_alipay import DETAIL, PAYMENT, detail, read_zip
from tieout.faults import ExitCode
from tieout.reading import blocks as blocks_module
from tieout.reading.encoded import encoded_rows

HEAD_BYTES = 900
FIRST_ROW = 6


def payments(*names: str) -> list[dict[str, str]]:
    return [
        {**PAYMENT, "支付宝交易号": f"{number}\t", "商家实收（元）": "1625.00", "商品名称": name}
        for number, name in enumerate(names, 1)
    ]


def is_text(data: bytes) -> bool:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


@pytest.fixture(params=[HEAD_BYTES, 8 * 1024**2], ids=["cut first", "decoded first"])
def _block_bytes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(blocks_module, "BLOCK_BYTES", request.param)
    yield


@pytest.mark.usefixtures("_block_bytes")
@pytest.mark.parametrize("name", ["还款", "丂A还~", "\U00020000", "亐", "a|b", ""])
def test_rows_do_not_depend_on_when_text_is_decoded(tmp_path: Path, name: str) -> None:
    totals = ("#交易合计：40笔，商家实收共65000.00元", "#退款合计：0笔，商家实收退款共0元")
    rows = read_zip(tmp_path, {DETAIL: detail(*payments(*[name] * 40), totals=totals)}).rows
    assert [(row["line"], row["channel_ref"], row["kind"]) for row in rows] == [
        (FIRST_ROW + number, str(number + 1), "debit") for number in range(40)
    ]


@pytest.mark.usefixtures("_block_bytes")
def test_a_byte_that_is_no_text_is_found_in_a_column_that_is_not_read(tmp_path: Path) -> None:
    data = detail(*payments(*["还款"] * 39, "还X"))
    at = data.index("还X".encode("gb18030")) + 2
    spoilt = data[:at] + b"\xff" + data[at + 1 :]
    name = "20880010001000010156_20181219.csv.zip"
    fault = fault_of(tmp_path, name, zipped({DETAIL: spoilt}), "alipay_trade_v1")
    assert (fault.code, fault.exit_code) == ("file-wrong-encoding", ExitCode.UNREADABLE)
    assert fault.where.endswith(f":{FIRST_ROW + 39}")
    assert str(at) in fault.found or str(at - 1) in fault.found


def test_no_pair_of_bytes_that_is_no_character_is_let_through() -> None:
    for lead in range(0x80, 0x100):
        for trail in set(range(0x20, 0x100)) - set(b'",'):
            pair = bytes((lead, trail))
            if not is_text(pair):
                assert encoded_rows(b"a,1" + pair + b"\n", ",", 2, {"number": 0}) is None


def test_chinese_cells_that_are_read_are_decoded() -> None:
    data = "交易,1\r\n退款,2\r\nABC,\r\n".encode("gb18030")
    rows = encoded_rows(data, ",", 2, {"kind": 0, "number": 1})
    assert rows is not None
    assert rows.rows() == [("交易", "1"), ("退款", "2"), ("ABC", "")]
    assert rows.schema == {"kind": pl.String, "number": pl.String}


@pytest.mark.parametrize("data", [b'a,"b"\n', b"a\n", b"a,b,c\n", b"a,b", b"a\nb,c,d\n", b"a,\0\n"])
def test_what_is_not_plain_is_left_to_the_reader_of_decoded_text(data: bytes) -> None:
    assert encoded_rows(data, ",", 2, {"number": 0}) is None


def test_blanks_are_taken_off_before_anything_is_decoded() -> None:
    data = " 交易 \t,\t1\r\n  ,2 3  \r\n还款,\r\n".encode("gb18030")
    rows = encoded_rows(data, ",", 2, {"kind": 0, "number": 1}, " \t")
    assert rows is not None
    assert rows.rows() == [("交易", "1"), ("", "2 3"), ("还款", "")]
