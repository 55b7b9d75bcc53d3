"""UnionPay's daily zip: fixed-width ZM records in GBK and the printed RD totals."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.reading.delivered import (
    RD_MEMBER,
    UNIONPAY_NAME,
    ZM_MEMBER,
    ZM_WIDTHS,
    Read,
    fault_of,
    rd_report,
    rd_total,
    read_all,
    unionpay_zip,
    zipped,
    zm_record,
)
from tieout.faults import ExitCode
from tieout.reading import blocks as blocks_module
from tieout.reading import load_formats

FORMAT = "unionpay_zm_v1"


def read_zip(folder: Path, data: bytes, business_date: date = date(2018, 12, 19)) -> list[Read]:
    return read_all(folder, UNIONPAY_NAME, data, FORMAT, business_date=business_date)


def test_the_widths_and_gaps_make_607_bytes() -> None:
    part = load_formats(None)[FORMAT].parts[0]
    assert part.record is not None
    assert sum(ZM_WIDTHS) + len(ZM_WIDTHS) - 1 == part.record.width == len(zm_record()) == 607


def test_the_settle_date_is_in_the_zip_s_name() -> None:
    fmt = load_formats(None)[FORMAT]
    assert fmt.business_date("802310048993424_20181219.zip") == date(2018, 12, 19)
    assert fmt.business_date("20181219.zip") is None


def test_a_record_becomes_a_settlement_row(tmp_path: Path) -> None:
    totals, settlement = read_zip(tmp_path, unionpay_zip(zm_record()))
    assert (totals.relation, settlement.relation) == ("settlement_totals", "settlement")
    assert (settlement.member, totals.member) == (ZM_MEMBER, RD_MEMBER)
    assert settlement.rows == [
        {
            "line": 1,
            "channel_ref": "201812191000001234561",
            "order_no": "DO1",
            "kind": "debit",
            "original_ref": None,
            "amount_minor": 162500,
            "fee_minor": 100,
            "happened_at": datetime(2018, 12, 19, 10, 0, 0),
            "settle_date": date(2018, 12, 19),
            "card_no": "622700******1234",
            "bank_code": None,
            "outcome": "succeeded",
            "response_code": None,
        }
    ]


@pytest.mark.parametrize(
    ("txn_type", "kind"), [("01", "debit"), ("11", "debit"), ("04", "refund"), ("31", "reversal")]
)
def test_the_transaction_type_tells_the_kind(tmp_path: Path, txn_type: str, kind: str) -> None:
    assert read_zip(tmp_path, unionpay_zip(zm_record({20: txn_type})))[1].rows[0]["kind"] == kind


def test_another_transaction_type_is_a_bad_line(tmp_path: Path) -> None:
    part = read_zip(tmp_path, unionpay_zip(zm_record({20: "76"})))[1]
    assert part.rejects[0]["reason"] == 'kind: found "76", expected one of 01, 11, 04, 31'


def test_a_refund_names_the_order_and_the_debit_it_undoes(tmp_path: Path) -> None:
    refund = {10: "201812191100001234571", 12: "RF1", 20: "04"}
    original = {27: "201812181000001234561", 41: "DO0"}
    rows = read_zip(tmp_path, unionpay_zip(zm_record({**refund, **original}), zm_record(refund)))[
        1
    ].rows
    assert [(row["channel_ref"], row["original_ref"], row["order_no"]) for row in rows] == [
        ("201812191100001234571", "201812181000001234561", "DO0"),
        ("201812191100001234571", None, "RF1"),
    ]


@pytest.mark.parametrize(
    ("written", "fee"),
    [("D000000000100", 100), ("C000000000100", -100), (" 000000000000", 0), ("", None)],
)
def test_a_fee_the_merchant_pays_is_positive(tmp_path: Path, written: str, fee: int | None) -> None:
    assert read_zip(tmp_path, unionpay_zip(zm_record({16: written})))[1].rows[0]["fee_minor"] == fee


@pytest.mark.parametrize("written", [" 000000000100", "X000000000100", "D00000000010.", "D"])
def test_a_fee_without_its_mark_is_a_bad_line(tmp_path: Path, written: str) -> None:
    rejects = read_zip(tmp_path, unionpay_zip(zm_record({16: written})))[1].rejects
    assert rejects[0]["reason"].startswith("fee: found ")


@pytest.mark.parametrize(
    ("settle_date", "txn_time", "query_id", "year"),
    [
        (date(2018, 12, 19), "1219100000", "201812191000001234561", 2018),
        (date(2019, 1, 1), "1231231000", "201812312310001234561", 2018),
        (date(2019, 1, 1), "1231235959", "201901010000001234561", 2018),
        (date(2019, 6, 30), "1231235959", "201901010000001234561", 2018),
        (date(2018, 12, 31), "0101000001", "201812312359591234561", 2019),
        (date(2019, 1, 1), "1231231000", "Q1", 2018),
        (date(2019, 1, 1), "0101090000", "Q1", 2019),
        (date(2018, 12, 31), "0101000000", "Q1", 2019),
        (date(2020, 3, 1), "0229100000", "Q1", 2020),
    ],
)
def test_the_year_is_the_one_nearest_to_the_query_id_else_to_the_settle_date(
    tmp_path: Path, settle_date: date, txn_time: str, query_id: str, year: int
) -> None:
    data = unionpay_zip(zm_record({5: txn_time, 10: query_id}))
    happened_at = read_zip(tmp_path, data, settle_date)[1].rows[0]["happened_at"]
    assert happened_at == datetime.strptime(f"{year}{txn_time}", "%Y%m%d%H%M%S")


@pytest.mark.parametrize("txn_time", ["0230100000", "1219240000", "1219 10000", "121910000"])
def test_an_impossible_time_is_a_bad_line(tmp_path: Path, txn_time: str) -> None:
    rejects = read_zip(tmp_path, unionpay_zip(zm_record({5: txn_time})))[1].rejects
    assert rejects[0]["reason"] == (
        f'happened_at: found "{txn_time}", expected a time as MMDDHHMMSS'
    )


def test_widths_count_bytes_so_chinese_text_shifts_nothing(tmp_path: Path) -> None:
    records = [zm_record({31: name}) for name in ("", "短", "很长很长很长的商户简称")]
    rows = read_zip(tmp_path, unionpay_zip(*records))[1].rows
    assert [row["amount_minor"] for row in rows] == [162500] * 3


def test_chinese_text_in_a_field_that_is_read_is_decoded(tmp_path: Path) -> None:
    rows = read_zip(tmp_path, unionpay_zip(zm_record({12: "订单1"}), zm_record()))[1].rows
    assert [row["order_no"] for row in rows] == ["订单1", "DO1"]


def test_a_record_of_another_length_is_a_bad_line(tmp_path: Path) -> None:
    data = unionpay_zip(zm_record(), zm_record()[:-1], zm_record())
    part = read_zip(tmp_path, data)[1]
    assert [row["line"] for row in part.rows] == [1, 3]
    assert [(reject["line"], reject["reason"]) for reject in part.rejects] == [
        (2, "found 606 bytes, expected 607")
    ]
    assert "6227001234567891234" not in part.rejects[0]["raw"]


def test_text_between_two_fields_is_a_bad_line(tmp_path: Path) -> None:
    shifted = b"x" + zm_record()[:-1]
    part = read_zip(tmp_path, unionpay_zip(shifted))[1]
    assert part.rejects[0]["reason"] == "found text between two fields, expected a space"


def test_rows_do_not_depend_on_where_blocks_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks_module, "BLOCK_BYTES", 700)
    records = [zm_record({12: f"DO{number}"}) for number in range(9)]
    rows = read_zip(tmp_path, unionpay_zip(*records))[1].rows
    assert [(row["line"], row["order_no"]) for row in rows] == [
        (number + 1, f"DO{number}") for number in range(9)
    ]


def test_the_totals_are_those_of_the_first_table(tmp_path: Path) -> None:
    report = rd_report(
        "自助消费 | 2 | 0.00 | 3,250.00 | 2.00 | 0.00 | 0.00 | 3,248.00",
        "代收       1      0.00    100.00    0.10    0.00    0.00    99.90",
        "退货 | 1 | 50.00 | | | | 50.00 | |",
        "总计 | 4 | 50.00 | 3,350.00 | 2.10 | 0.00 | 50.00 | 3,347.90",
    )
    totals = read_zip(tmp_path, unionpay_zip(*[zm_record()] * 4, report=report))[0]
    assert totals.rows == [
        {
            "line": 4,
            "settle_date": date(2018, 12, 19),
            "debit_count": 3,
            "debit_amount_minor": 335000,
            "refund_count": 1,
            "refund_amount_minor": 5000,
            "fee_amount_minor": 210,
            "net_amount_minor": 329790,
            "line_count": 4,
            "lines_read": None,
        }
    ]


def test_fewer_records_than_the_totals_declare_is_a_cut_file(tmp_path: Path) -> None:
    data = unionpay_zip(zm_record(), zm_record(), report=rd_report(rd_total(3)))
    fault = fault_of(tmp_path, UNIONPAY_NAME, data, FORMAT)
    assert (fault.code, fault.exit_code) == ("fewer-lines-than-declared", ExitCode.TRUNCATED)
    assert (fault.found, fault.expected) == ("2 lines", "the 3 lines that its totals declare")


def test_a_bad_record_counts_as_a_line_and_more_lines_than_declared_are_read(
    tmp_path: Path,
) -> None:
    records = [zm_record(), zm_record({7: "x"}), zm_record()]
    for declared in (3, 2):
        data = unionpay_zip(*records, report=rd_report(rd_total(declared)))
        assert read_zip(tmp_path, data)[1].lines == 3


def test_a_day_without_transactions_is_read(tmp_path: Path) -> None:
    assert read_zip(tmp_path, unionpay_zip())[1].lines == 0


def test_a_last_record_cut_short_is_a_cut_file(tmp_path: Path) -> None:
    records = zm_record() + b"\r\n" + zm_record()[:300]
    data = zipped({ZM_MEMBER: records, RD_MEMBER: rd_report(rd_total(2))})
    fault = fault_of(tmp_path, UNIONPAY_NAME, data, FORMAT)
    assert (fault.code, fault.exit_code) == ("file-cut-short", ExitCode.TRUNCATED)
    assert fault.where.endswith(f"{ZM_MEMBER}:2")


@pytest.mark.parametrize("missing", [ZM_MEMBER, RD_MEMBER])
def test_both_members_must_be_there(tmp_path: Path, missing: str) -> None:
    members = {ZM_MEMBER: zm_record() + b"\r\n", RD_MEMBER: rd_report(rd_total(1))}
    del members[missing]
    fault = fault_of(tmp_path, UNIONPAY_NAME, zipped(members), FORMAT)
    assert (fault.code, fault.exit_code) == ("member-missing", ExitCode.TRUNCATED)


def test_a_report_without_its_total_line_is_a_cut_file(tmp_path: Path) -> None:
    report = rd_report(rd_total(1)).split("总计".encode("gb18030"))[0]
    fault = fault_of(tmp_path, UNIONPAY_NAME, unionpay_zip(zm_record(), report=report), FORMAT)
    assert (fault.code, fault.exit_code) == ("totals-missing", ExitCode.TRUNCATED)


@pytest.mark.parametrize(
    "extra", ["INN18121988ZMX_802310048993424", "readme.txt", "INN18121900ZM_802310048993424"]
)
def test_a_member_that_would_go_unread_is_named(tmp_path: Path, extra: str) -> None:
    members = {ZM_MEMBER: zm_record() + b"\r\n", RD_MEMBER: rd_report(rd_total(1)), extra: b"x"}
    fault = fault_of(tmp_path, UNIONPAY_NAME, zipped(members), FORMAT)
    assert fault.exit_code == ExitCode.UNREADABLE
    assert fault.code in ("member-unknown", "member-twice")
    assert extra in fault.where or extra in fault.found


@pytest.mark.parametrize("name", ["../evil", "a/../../evil", "/etc/evil", "C:evil", "..\\evil"])
def test_a_member_that_points_outside_is_refused(tmp_path: Path, name: str) -> None:
    fault = fault_of(tmp_path, UNIONPAY_NAME, zipped({name: b"x"}), FORMAT)
    assert (fault.code, fault.exit_code) == ("container-refused", ExitCode.UNREADABLE)


def test_two_members_of_one_name_are_refused(tmp_path: Path) -> None:
    data = zipped({ZM_MEMBER: b"", RD_MEMBER: b"", "x" * len(ZM_MEMBER): b""})
    twice = data.replace(b"x" * len(ZM_MEMBER), ZM_MEMBER.encode())
    fault = fault_of(tmp_path, UNIONPAY_NAME, twice, FORMAT)
    assert (fault.code, fault.exit_code) == ("container-refused", ExitCode.UNREADABLE)


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    data = bytearray(unionpay_zip(zm_record()))
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    fault = fault_of(tmp_path, UNIONPAY_NAME, bytes(data), FORMAT)
    assert (fault.code, fault.exit_code) == ("container-refused", ExitCode.UNREADABLE)
    assert fault.found == "an encrypted member"


def test_a_zip_that_declares_to_unpack_too_far_is_refused(tmp_path: Path) -> None:
    bomb = zipped({ZM_MEMBER: b"\0" * (70 * 1024**2)})
    fault = fault_of(tmp_path, UNIONPAY_NAME, bomb, FORMAT)
    assert (fault.code, fault.exit_code) == ("container-refused", ExitCode.UNREADABLE)


def test_a_zip_without_its_end_record_is_a_cut_file(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, UNIONPAY_NAME, unionpay_zip(zm_record())[:-30], FORMAT)
    assert (fault.code, fault.exit_code) == ("file-cut-short", ExitCode.TRUNCATED)


@pytest.mark.parametrize("data", [b"", b"no zip at all", zm_record()])
def test_bytes_that_are_no_zip_cannot_be_read(tmp_path: Path, data: bytes) -> None:
    fault = fault_of(tmp_path, UNIONPAY_NAME, data, FORMAT)
    assert (fault.code, fault.exit_code) == ("container-damaged", ExitCode.UNREADABLE)


def test_a_zip_with_a_mangled_member_cannot_be_read(tmp_path: Path) -> None:
    data = bytearray(unionpay_zip(zm_record()))
    path = tmp_path / "sound.zip"
    path.write_bytes(data)
    with zipfile.ZipFile(path) as archive:
        data[archive.getinfo(ZM_MEMBER).header_offset + 70] ^= 0xFF
    fault = fault_of(tmp_path, UNIONPAY_NAME, bytes(data), FORMAT)
    assert (fault.code, fault.exit_code) == ("container-damaged", ExitCode.UNREADABLE)


ZME_WIDTHS = [
    *(3, 11, 11, 6, 10, 19, 12, 4, 2, 2, 6, 10, 4, 12, 13, 13, 15, 15, 1, 12, 2, 135),
]
ZME_MEMBER = "INN18121988ZME_802310048993424"


def zme_record(settlement_amount: str, txn_time: str = "1219143000") -> bytes:
    cells = {
        1: "E23",
        4: "005021",
        5: txn_time,
        6: "6227001234567891234",
        7: "000000162500",
        11: "123456",
        12: "1119100000",
        15: "C000000000100",
        16: settlement_amount,
    }
    return b" ".join(
        cells.get(number, "").encode().ljust(width)
        for number, width in enumerate(ZME_WIDTHS, start=1)
    )


def with_disputes(*disputes: bytes, declared: int = 1) -> bytes:
    members = {
        ZM_MEMBER: zm_record() + b"\r\n",
        ZME_MEMBER: b"".join(record + b"\r\n" for record in disputes),
        RD_MEMBER: rd_report(rd_total(declared)),
    }
    return zipped(members)


def test_a_dispute_is_339_bytes() -> None:
    part = load_formats(None)[FORMAT].parts[1]
    assert part.record is not None
    assert part.record.width == len(zme_record("")) == 339


def test_money_given_back_in_a_dispute_is_a_reversal_that_names_no_debit(tmp_path: Path) -> None:
    (row,) = read_zip(tmp_path, with_disputes(zme_record("D000000162400")))[2].rows
    assert row == {
        "line": 1,
        "channel_ref": "2018-12-19/E23/005021/1219143000",
        "order_no": None,
        "kind": "reversal",
        "original_ref": None,
        "amount_minor": 162500,
        "fee_minor": -100,
        "happened_at": datetime(2018, 12, 19, 14, 30, 0),
        "settle_date": date(2018, 12, 19),
        "card_no": "622700******1234",
        "bank_code": None,
        "outcome": "succeeded",
        "response_code": "E23",
    }


def test_money_drawn_again_in_a_dispute_is_a_debit(tmp_path: Path) -> None:
    (row,) = read_zip(tmp_path, with_disputes(zme_record("C000000162400")))[2].rows
    assert row["kind"] == "debit"


def test_a_dispute_of_the_old_year_is_dated_so(tmp_path: Path) -> None:
    data = with_disputes(zme_record("D000000162400", "1231230100"))
    (row,) = read_zip(tmp_path, data, date(2019, 1, 1))[2].rows
    assert row["happened_at"] == datetime(2018, 12, 31, 23, 1, 0)


@pytest.mark.parametrize("declared", [1, 2])
def test_transactions_and_disputes_are_counted_together(tmp_path: Path, declared: int) -> None:
    data = with_disputes(zme_record("D000000162400"), declared=declared)
    assert [part.lines for part in read_zip(tmp_path, data)] == [1, 1, 1]


def test_fewer_transactions_and_disputes_than_declared_is_a_cut_file(tmp_path: Path) -> None:
    data = with_disputes(zme_record("D000000162400"), declared=3)
    fault = fault_of(tmp_path, UNIONPAY_NAME, data, FORMAT)
    assert (fault.code, fault.exit_code) == ("fewer-lines-than-declared", ExitCode.TRUNCATED)


def test_a_dispute_without_a_direction_is_a_bad_line(tmp_path: Path) -> None:
    part = read_zip(tmp_path, with_disputes(zme_record(" 000000162400")))[2]
    assert part.rejects[0]["reason"].startswith("kind: ")
