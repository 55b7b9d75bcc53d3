"""Small deliveries, built byte by byte to the layouts, and the reading of them."""

import io
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tieout.faults import Fault
from tieout.reading import load_formats, read

BUSINESS_DATE = date(2018, 12, 19)

PUBLIC_EXAMPLES = Path(
    os.environ.get("TIEOUT_PUBLIC_EXAMPLES") or Path(__file__).parents[3] / "shared" / "samples"
)
"""Files that others published; they are not kept here, and where they are not at hand the tests
that read them are skipped."""

SETTLEMENT_HEADER = (
    "channel_ref,order_no,kind,original_ref,amount,fee,happened_at,settle_date,"
    "card_no,bank_code,outcome,response_code"
)
SETTLEMENT_CELLS = {
    "channel_ref": "R1",
    "order_no": "DO1",
    "kind": "debit",
    "original_ref": "",
    "amount": "1625.00",
    "fee": "2.00",
    "happened_at": "2018-12-19 10:00:00",
    "settle_date": "2018-12-19",
    "card_no": "622700******1234",
    "bank_code": "ICBC",
    "outcome": "succeeded",
    "response_code": "00",
}


@dataclass(frozen=True)
class Read:
    """A part, read to its end."""

    member: str
    relation: str
    rows: list[dict[str, Any]]
    lines: int
    rejects: list[dict[str, Any]]
    totals: dict[str, Any] | None


def read_all(
    folder: Path,
    name: str,
    data: bytes,
    format_name: str,
    *,
    business_date: date = BUSINESS_DATE,
    currency_decimals: int = 2,
    max_reject_rate: str = "1",
    currency: str = "",
    time_zone: str = "Asia/Shanghai",
    site_folder: Path | None = None,
) -> list[Read]:
    """Deliver the bytes under that name and read every part."""
    path = folder / name
    path.write_bytes(data)
    parts = []
    for part in read(
        path,
        f"inbox/{name}",
        load_formats(site_folder)[format_name],
        business_date=business_date,
        currency_decimals=currency_decimals,
        max_reject_rate=Decimal(max_reject_rate),
        currency=currency,
        time_zone=time_zone,
    ):
        rows = part.batches.read_all().to_pylist()
        end = part.finish()
        assert len(rows) + end.rejected == end.lines
        totals = end.totals.to_pylist()[0] if end.totals is not None else None
        rejects = end.rejects.to_pylist()
        assert len(rejects) == end.rejected
        parts.append(Read(part.member, part.relation, rows, end.lines, rejects, totals))
    return parts


def read_settlement(folder: Path, *lines: str, **options: Any) -> Read:
    """Read a canonical settlement CSV with the given data lines."""
    text = "".join(line + "\n" for line in (SETTLEMENT_HEADER, *lines))
    name, format_name = "unionpay.settlement.2018-12-19.csv", "channel_settlement_v1"
    (part,) = read_all(folder, name, text.encode(), format_name, **options)
    return part


def settlement_line(**cells: str) -> str:
    """A sound canonical settlement line, with some cells changed."""
    return ",".join({**SETTLEMENT_CELLS, **cells}.values())


def fault_of(folder: Path, name: str, data: bytes, format_name: str, **options: Any) -> Fault:
    """The fault that reading these bytes ends in."""
    with pytest.raises(Fault) as caught:
        read_all(folder, name, data, format_name, **options)
    assert f"inbox/{name}" in caught.value.where
    return caught.value


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip of these members; names are stored as GBK bytes without the UTF-8 flag."""
    packed = io.BytesIO()
    stored = [name.encode("gb18030") for name in members]
    stand_ins = [chr(ord("A") + number) * len(name) for number, name in enumerate(stored)]
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for stand_in, data in zip(stand_ins, members.values(), strict=True):
            archive.writestr(stand_in, data)
    raw = packed.getvalue()
    for stand_in, name in zip(stand_ins, stored, strict=True):
        raw = raw.replace(stand_in.encode(), name)
    return raw


ZM_WIDTHS = [
    *(3, 11, 11, 6, 10, 19, 12, 4, 2, 21, 2, 32, 2, 6, 10, 13, 13, 4, 15, 2, 2),
    *(6, 2, 4, 32, 1, 21, 15, 1, 15, 32, 13, 13, 8, 32, 13, 13, 12, 2, 1, 32, 98),
]
ZM_MEMBER = "INN18121988ZM_802310048993424"
RD_MEMBER = "RD201812190501_802310048993424"
ZM_FIELDS = {
    1: "S56",
    5: "1219100000",
    6: "6227001234567891234",
    7: "000000162500",
    10: "201812191000001234561",
    12: "DO1",
    16: "D000000000100",
    20: "01",
    31: "中文商户简称",
    32: " 000000000000",
}


def zm_record(fields: Mapping[int, str] | None = None) -> bytes:
    """A ZM record of 607 bytes, with some fields changed, by number."""
    cells = {**ZM_FIELDS, **(fields or {})}
    return b" ".join(
        cells.get(number, "").encode("gb18030").ljust(width)
        for number, width in enumerate(ZM_WIDTHS, start=1)
    )


def rd_report(*rows: str) -> bytes:
    """A printed RD report: table 1 with these rows, and a table 2 that must not be read."""
    return "\r\n".join(
        [
            "            中国银联全渠道商户交易汇总表",
            "商户代码: 802310048993424   清算币种: 156   清算日期: 20181219",
            "交易类型 | 笔数 | 金额(借) | 金额(贷) | 费用(借) | 费用(贷) | 差额(借) | 差额(贷)",
            *rows,
            "卡性质 | 笔数 | 金额(借) | 金额(贷) | 费用(借) | 费用(贷) | 差额(借) | 差额(贷)",
            "总计 | 99 | 0.00 | 9.99 | 0.00 | 0.00 | 0.00 | 9.99",
            "",
        ]
    ).encode("gb18030")


def rd_total(count: int) -> str:
    """The total line of so many debits of 1625.00 with a fee of 1.00."""
    return (
        f"总计 | {count} | 0.00 | {1625 * count:,}.00 | {count}.00 | 0.00 | 0.00 "
        f"| {1624 * count:,}.00"
    )


def unionpay_zip(*records: bytes, report: bytes | None = None) -> bytes:
    """A daily zip of these records, declaring as many as there are."""
    rd = rd_report(rd_total(len(records))) if report is None else report
    return zipped({RD_MEMBER: rd, ZM_MEMBER: b"".join(record + b"\r\n" for record in records)})


UNIONPAY_NAME = "802310048993424_20181219.zip"
