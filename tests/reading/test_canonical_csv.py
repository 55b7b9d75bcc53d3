"""Canonical feeds as CSV (contract section 4)."""

import gzip
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.reading.delivered import (
    SETTLEMENT_HEADER,
    fault_of,
    read_all,
    read_settlement,
    settlement_line,
)
from tieout.faults import ExitCode
from tieout.feeds import FEEDS, NEVER_DELIVERED, NEVER_LOADED
from tieout.reading import blocks as blocks_module
from tieout.reading import load_formats
from tieout.reading import records as records_module

NAME = "unionpay.settlement.2018-12-19.csv"
FORMAT = "channel_settlement_v1"


def settlement_bytes(*lines: str) -> bytes:
    return "".join(line + "\n" for line in (SETTLEMENT_HEADER, *lines)).encode()


def test_a_line_becomes_a_typed_row_that_knows_its_line(tmp_path: Path) -> None:
    part = read_settlement(tmp_path, settlement_line())
    assert part.rows == [
        {
            "line": 2,
            "channel_ref": "R1",
            "order_no": "DO1",
            "kind": "debit",
            "original_ref": None,
            "amount_minor": 162500,
            "fee_minor": 200,
            "happened_at": datetime(2018, 12, 19, 10, 0, 0),
            "settle_date": date(2018, 12, 19),
            "card_no": "622700******1234",
            "bank_code": "ICBC",
            "outcome": "succeeded",
            "response_code": "00",
        }
    ]


def test_every_feed_has_a_format_that_reads_its_columns_in_order(tmp_path: Path) -> None:
    canonical = {
        fmt.relations[0]: fmt
        for fmt in load_formats(None).values()
        if fmt.parts[0].layout == "canonical"
    }
    for feed in FEEDS.values():
        fmt = canonical[feed.name]
        names = [c.name for c in feed.columns if c.name not in NEVER_DELIVERED]
        header = ",".join(names) + "\n"
        (part,) = read_all(tmp_path, f"x.{feed.name}.2018-12-19.csv", header.encode(), fmt.name)
        assert (part.relation, part.rows, part.lines) == (feed.name, [], 0)
        assert fmt.owner == feed.owner


@pytest.mark.parametrize(
    "header", ["[" * 300_000, "x," * 50_000, "ab" * 100_000 + "@"], ids=["long", "many", "mail"]
)
def test_what_is_no_header_is_told_in_brief(tmp_path: Path, header: str) -> None:
    fault = fault_of(tmp_path, NAME, header.encode(), FORMAT)
    assert (fault.exit_code, fault.code) == (ExitCode.UNREADABLE, "columns-differ")
    assert len(fault.message()) < 6_000


def test_free_text_is_never_loaded(tmp_path: Path) -> None:
    header = "entry_ref,account,booked_on,amount,channel,settle_date,description\n"
    line = "E1,6222,2018-12-20,-1.50,,,张三 13800001111\n"
    data = (header + line + line.replace("-1.50", "x")).encode()
    (part,) = read_all(tmp_path, "k.bank_receipts.2018-12-20.csv", data, "bank_receipts_v1")
    assert NEVER_LOADED.isdisjoint(part.rows[0])
    assert part.rows[0]["amount_minor"] == -150
    assert "张三" not in str(part) and "1380000" not in str(part)


@pytest.mark.parametrize(
    ("amount", "reason"),
    [
        ("1.005", 'amount: found "1.005", expected at most 2 decimals'),
        ("1e3", 'amount: found "1e3", expected an amount such as 1625.00'),
        ("1_000", 'amount: found "1_000", expected an amount such as 1625.00'),
        (" 5.00 ", 'amount: found " 5.00 ", expected an amount such as 1625.00'),
        ("+5.00", 'amount: found "+5.00", expected an amount such as 1625.00'),
        ("5.", 'amount: found "5.", expected an amount such as 1625.00'),
        (".5", 'amount: found ".5", expected an amount such as 1625.00'),
        (
            "1234567890123456",
            'amount: found "123456******3456", expected an amount such as 1625.00',
        ),
        ("", "amount: empty, expected a value"),
    ],
)
def test_money_is_major_units_with_at_most_the_currency_s_decimals(
    tmp_path: Path, amount: str, reason: str
) -> None:
    part = read_settlement(tmp_path, settlement_line(amount=amount))
    assert [(reject["line"], reject["reason"]) for reject in part.rejects] == [(2, reason)]


@pytest.mark.parametrize(
    ("decimals", "amount", "minor"),
    [(2, "1625", 162500), (2, "0.5", 50), (2, "-0.01", -1), (0, "1625", 1625), (3, "1.005", 1005)],
)
def test_money_becomes_whole_minor_units_of_the_currency(
    tmp_path: Path, decimals: int, amount: str, minor: int
) -> None:
    line = settlement_line(amount=amount, fee="")
    part = read_settlement(tmp_path, line, currency_decimals=decimals)
    assert part.rows[0]["amount_minor"] == minor


def test_the_largest_amount_keeps_its_last_digit(tmp_path: Path) -> None:
    part = read_settlement(tmp_path, settlement_line(amount="99999999999999.99"))
    assert part.rows[0]["amount_minor"] == 9_999_999_999_999_999


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize(
    ("decimals", "amount"),
    [
        (2, "100000000000000.00"),
        (2, "999999999999999.99"),
        (3, "10000000000000.000"),
    ],
)
def test_an_amount_that_sums_may_not_hold_is_a_bad_line(
    tmp_path: Path, decimals: int, sign: str, amount: str
) -> None:
    lines = [settlement_line(fee=""), settlement_line(fee="", amount=sign + amount)]
    lines[0] = lines[0].replace("1625.00", "1625")
    part = read_settlement(tmp_path, *lines, currency_decimals=decimals)
    below = Decimal(10**16).scaleb(-decimals)
    assert [row["line"] for row in part.rows] == [2]
    assert [(reject["line"], reject["reason"]) for reject in part.rejects] == [
        (3, f"amount: too large, expected less than {below:,f}")
    ]


def test_a_number_too_large_for_an_amount_is_not_told(tmp_path: Path) -> None:
    (reject,) = read_settlement(tmp_path, settlement_line(amount="622700001234567")).rejects
    assert reject["reason"] == "amount: too large, expected less than 100,000,000,000,000.00"
    assert "00001234" not in reject["raw"]


def test_what_others_added_up_may_be_larger(tmp_path: Path) -> None:
    header = "settle_date,debit_count,debit_amount,refund_count,refund_amount,fee_amount,net_amount"
    lines = ["2018-12-18,,99999999999999.999,,,,", "2018-12-19,,100000000000000.000,,,,"]
    data = "\n".join([header, *lines, ""]).encode()
    name = "unionpay.settlement_totals.2018-12-19.csv"
    (part,) = read_all(tmp_path, name, data, "channel_settlement_totals_v1", currency_decimals=3)
    assert [row["debit_amount_minor"] for row in part.rows] == [99_999_999_999_999_999]
    assert [reject["reason"] for reject in part.rejects] == [
        "debit_amount: too large, expected less than 100,000,000,000,000.000"
    ]


def test_days_past_due_that_no_date_has_are_a_bad_line(tmp_path: Path) -> None:
    header = "loan_id,as_of,days_past_due,app_status,collection_stage,bureau_status,"
    lines = [f"L{days},2018-12-19,{days},due,none,," for days in (99_999, 100_000, -100_000)]
    data = "\n".join([header + "bureau_reported_on", *lines, ""]).encode()
    name = "kakadai.account_status.2018-12-19.csv"
    (part,) = read_all(tmp_path, name, data, "ledger_account_status_v1")
    assert [row["days_past_due"] for row in part.rows] == [99_999]
    assert [reject["reason"] for reject in part.rejects] == [
        "days_past_due: too large, expected less than 100,000"
    ] * 2


@pytest.mark.parametrize(
    "happened_at",
    [
        "2018-12-19",
        "2018-12-19T10:00:00",
        "2018-12-19 10:00",
        "2018-12-19 1:02:03",
        "2018-12-19 24:00:00",
        "2018-12-19 10:00:60",
        "2018-02-30 10:00:00",
        "0000-12-31 23:59:59",
        "2018-12-19 10:00:00.5",
        "2018-12-19 10:00:00+08",
        "18-12-19 10:00:00",
    ],
)
def test_instants_are_exact_local_times(tmp_path: Path, happened_at: str) -> None:
    part = read_settlement(tmp_path, settlement_line(happened_at=happened_at))
    assert part.rejects[0]["reason"] == (
        f'happened_at: found "{happened_at}", expected a time as YYYY-MM-DD HH:MM:SS'
    )


@pytest.mark.parametrize(
    "settle_date", ["20181219", "2018-12-9", "2018-02-30", "2018/12/19", "0000-01-01"]
)
def test_dates_are_real_calendar_dates(tmp_path: Path, settle_date: str) -> None:
    part = read_settlement(tmp_path, settlement_line(settle_date=settle_date))
    assert part.rejects[0]["reason"] == (
        f'settle_date: found "{settle_date}", expected a calendar date as YYYY-MM-DD'
    )


def test_a_word_outside_its_list_is_a_bad_line(tmp_path: Path) -> None:
    part = read_settlement(tmp_path, settlement_line(kind="Debit"))
    assert part.rejects[0]["reason"] == (
        'kind: found "Debit", expected one of debit, refund, reversal'
    )


@pytest.mark.parametrize("kind", ["欧阳锋", "Ouyang Feng", "of@example.com", "6227001234567891234"])
def test_what_a_misspelt_word_cannot_be_is_hidden_as_a_person_s(tmp_path: Path, kind: str) -> None:
    (reject,) = read_settlement(tmp_path, settlement_line(kind=kind, bank_code="王小明")).rejects
    assert "王小明" not in reject["raw"]
    assert kind not in reject["raw"] + reject["reason"]


def test_whole_numbers_are_plain(tmp_path: Path) -> None:
    header = "loan_id,instalment_no,due_date,principal_due,interest_due\n"
    lines = "".join(f"L1,{number},2018-12-19,1,1\n" for number in ("3", "+3", "3.0", "三", " 3"))
    data = (header + lines).encode()
    (part,) = read_all(tmp_path, "k.instalments.2018-12-19.csv", data, "ledger_instalments_v1")
    assert [row["instalment_no"] for row in part.rows] == [3]
    assert [reject["line"] for reject in part.rejects] == [3, 4, 5, 6]


def test_all_faults_of_a_line_are_told_at_once(tmp_path: Path) -> None:
    part = read_settlement(tmp_path, settlement_line(kind="x", amount="y", channel_ref=""))
    assert part.rejects[0]["reason"].split("; ") == [
        "channel_ref: empty, expected a value",
        'kind: found "x", expected one of debit, refund, reversal',
        'amount: found "y", expected an amount such as 1625.00',
    ]


@pytest.mark.parametrize(
    ("card_no", "kept"),
    [
        ("6227001234567891234", "622700******1234"),
        ("6227 0012 3456 7891 234", "622700******1234"),
        ("622700******1234", "622700******1234"),
        ("622700*********1234", "622700******1234"),
        ("6227001234", "******1234"),
        ("1234", "******1234"),
        ("N/A", None),
        ("", None),
    ],
)
def test_a_card_number_keeps_its_first_six_and_last_four_digits(
    tmp_path: Path, card_no: str, kept: str | None
) -> None:
    assert read_settlement(tmp_path, settlement_line(card_no=card_no)).rows[0]["card_no"] == kept


def test_a_rejected_line_shows_no_card_and_no_long_number(tmp_path: Path) -> None:
    bad = settlement_line(card_no="6227001234567891234", amount="x", order_no="13800001111")
    uncut = settlement_line(card_no="6227001234567891234", bank_code="王小明") + ",one too many"
    shown = [reject["raw"] for reject in read_settlement(tmp_path, bad, uncut).rejects]
    assert shown == [
        "R1,******1111,debit,,x,2.00,2018-12-19 10:00:00,2018-12-19,622700******1234,ICBC,"
        "succeeded,00",
        "R1,DO1,*,,1625.00,2.00,2018-12-19 10:00:00,2018-12-19,622700******1234,*,*,00,* * *",
    ]


def test_a_line_with_too_few_or_too_many_cells_is_bad_and_the_others_stay(tmp_path: Path) -> None:
    sound = settlement_line()
    part = read_settlement(tmp_path, sound, "R2,DO2", sound + ",x", sound)
    assert [row["line"] for row in part.rows] == [2, 5]
    assert [(reject["line"], reject["reason"]) for reject in part.rejects] == [
        (3, "found 2 cells, expected 12"),
        (4, "found 13 cells, expected 12"),
    ]


def test_a_line_that_lacks_only_its_last_cell_is_bad_even_if_that_cell_may_be_empty(
    tmp_path: Path,
) -> None:
    part = read_settlement(tmp_path, settlement_line(), settlement_line().removesuffix(",00"))
    assert part.rejects[0]["reason"] == "found 11 cells, expected 12"


def test_one_cell_too_many_and_one_too_few_do_not_make_up_for_each_other(tmp_path: Path) -> None:
    sound = settlement_line()
    part = read_settlement(tmp_path, sound + ",x", sound.rpartition(",")[0])
    assert [reject["line"] for reject in part.rejects] == [2, 3]


def test_a_line_of_separators_is_bad_but_a_blank_line_is_no_line(tmp_path: Path) -> None:
    part = read_settlement(tmp_path, "", settlement_line(), "", "," * 11, "")
    assert ([row["line"] for row in part.rows], part.lines) == ([3], 2)
    assert [reject["line"] for reject in part.rejects] == [5]


def test_quoted_cells_may_hold_separators_quotes_and_line_ends(tmp_path: Path) -> None:
    part = read_settlement(
        tmp_path,
        settlement_line(order_no='"a,b"', bank_code='"say ""x"""'),
        settlement_line(order_no='"one\ntwo\nthree"', fee='""'),
        settlement_line(),
    )
    assert [(row["line"], row["order_no"], row["bank_code"]) for row in part.rows] == [
        (2, "a,b", 'say "x"'),
        (3, "one\ntwo\nthree", "ICBC"),
        (6, "DO1", "ICBC"),
    ]
    assert part.rows[1]["fee_minor"] is None


@pytest.mark.parametrize("order_no", ['"DO1', 'DO"1', '"DO"1', 'DO1"', '"DO""'])
def test_a_quote_out_of_place_spoils_its_own_line_only(tmp_path: Path, order_no: str) -> None:
    quoted = settlement_line(order_no='"D,O"')
    part = read_settlement(
        tmp_path, quoted, settlement_line(order_no=order_no), settlement_line(), quoted
    )
    assert [row["line"] for row in part.rows] == [2, 4, 5]
    assert [(reject["line"], reject["reason"]) for reject in part.rejects] == [
        (3, "a quote out of place")
    ]


def test_a_quote_that_closes_too_far_away_spoils_its_own_line_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records_module, "LONGEST_CELL_BYTES", 300)
    sound = settlement_line()
    unclosed, closing = settlement_line(order_no='"DO1'), settlement_line(order_no='DO"')
    part = read_settlement(tmp_path, unclosed, *[sound] * 9, closing, sound)
    assert [reject["line"] for reject in part.rejects] == [2, 12]
    assert len(part.rows) == 10


def test_line_ends_of_both_kinds_and_a_missing_last_one_are_read(tmp_path: Path) -> None:
    lines = [SETTLEMENT_HEADER, settlement_line(), settlement_line(response_code="")]
    for data in ("\r\n".join(lines), "\n".join(lines), "\n".join([*lines, ""])):
        (part,) = read_all(tmp_path, NAME, data.encode(), FORMAT)
        assert [row["response_code"] for row in part.rows] == ["00", None]


def test_columns_may_stand_in_any_order_and_after_a_byte_order_mark(tmp_path: Path) -> None:
    header = ",".join(reversed(SETTLEMENT_HEADER.split(",")))
    line = ",".join(reversed(settlement_line().split(",")))
    data = b"\xef\xbb\xbf" + f"{header}\n{line}\n".encode()
    (part,) = read_all(tmp_path, NAME, data, FORMAT)
    assert part.rows[0]["channel_ref"] == "R1"
    assert list(part.rows[0])[:2] == ["line", "channel_ref"]


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (SETTLEMENT_HEADER.replace("fee", "feee"), "'feee' unknown, 'fee' missing"),
        (SETTLEMENT_HEADER.replace(",fee", ""), "'fee' missing"),
        (SETTLEMENT_HEADER + ",fee", "'fee' twice"),
        (SETTLEMENT_HEADER.upper(), "'CHANNEL_REF' unknown"),
    ],
)
def test_columns_must_be_the_feed_s(tmp_path: Path, header: str, found: str) -> None:
    fault = fault_of(tmp_path, NAME, f"{header}\n{settlement_line()}\n".encode(), FORMAT)
    assert (fault.code, fault.exit_code) == ("columns-differ", ExitCode.UNREADABLE)
    assert found in fault.found
    assert fault.expected == "the columns " + SETTLEMENT_HEADER.replace(",", ", ")


def test_a_row_in_the_place_of_the_header_is_told_masked(tmp_path: Path) -> None:
    row = settlement_line().replace("622700******1234", "6227001234561234").replace("DO1", "张三")
    fault = fault_of(tmp_path, NAME, f"{row},13812345678\n".encode(), FORMAT)
    assert fault.code == "columns-differ"
    for hidden in ("6227001234561234", "13812345678", "张三"):
        assert hidden not in fault.message()
    assert "622700******1234" in fault.found


def test_a_header_alone_is_a_day_without_events(tmp_path: Path) -> None:
    part = read_settlement(tmp_path)
    assert (part.rows, part.lines) == ([], 0)


def test_a_file_of_no_bytes_cannot_be_read(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, NAME, b"", FORMAT)
    assert (fault.code, fault.exit_code) == ("file-empty", ExitCode.UNREADABLE)


def test_a_wrong_encoding_is_told_with_offset_and_line(tmp_path: Path) -> None:
    data = settlement_bytes(settlement_line(), settlement_line(bank_code="工行"))
    offset = data.index("工行".encode())
    fault = fault_of(
        tmp_path, NAME, data.replace("工行".encode(), "工行".encode("gb18030")), FORMAT
    )
    assert (fault.code, fault.exit_code) == ("file-wrong-encoding", ExitCode.UNREADABLE)
    assert fault.where.endswith(":3")
    assert f"offset {offset}" in fault.found


def test_a_file_that_ends_inside_a_character_is_cut_short(tmp_path: Path) -> None:
    data = settlement_bytes(settlement_line(), settlement_line(response_code="中"))
    fault = fault_of(tmp_path, NAME, data[:-2], FORMAT)
    assert (fault.code, fault.exit_code) == ("file-cut-short", ExitCode.TRUNCATED)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    data = settlement_bytes(settlement_line(bank_code="\0"))
    assert fault_of(tmp_path, NAME, data, FORMAT).code == "file-wrong-encoding"


def test_more_bad_lines_than_allowed_refuse_the_file(tmp_path: Path) -> None:
    lines = [settlement_line()] * 999 + [settlement_line(amount="x")]
    assert len(read_settlement(tmp_path, *lines, max_reject_rate="0.001").rejects) == 1
    data = settlement_bytes(*lines[1:])
    fault = fault_of(tmp_path, NAME, data, FORMAT, max_reject_rate="0.001")
    assert (fault.code, fault.exit_code) == ("file-too-many-rejects", ExitCode.UNREADABLE)
    assert fault.found == (
        '1 bad lines of 999: line 1000: amount: found "x", expected an amount such as 1625.00'
    )


def test_a_hopeless_file_is_given_up_before_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks_module, "BLOCK_BYTES", 1000)
    data = settlement_bytes(*[settlement_line(amount="x")] * 1000)
    fault = fault_of(tmp_path, NAME, data, FORMAT, max_reject_rate="0.001")
    assert fault.code == "file-too-many-rejects"
    assert not fault.found.startswith("1000 bad lines")


def test_two_lines_with_one_key_are_both_handed_over(tmp_path: Path) -> None:
    part = read_settlement(tmp_path, settlement_line(), settlement_line(fee="3.00"))
    assert [row["channel_ref"] for row in part.rows] == ["R1", "R1"]


def test_gzip_is_unpacked_and_a_cut_one_is_cut_short(tmp_path: Path) -> None:
    packed = gzip.compress(settlement_bytes(settlement_line()), mtime=0)
    (part,) = read_all(tmp_path, NAME + ".gz", packed, FORMAT)
    assert part.lines == 1
    cut = fault_of(tmp_path, NAME + ".gz", packed[:-9], FORMAT)
    assert (cut.code, cut.exit_code) == ("file-cut-short", ExitCode.TRUNCATED)
    mangled = packed[:20] + bytes([packed[20] ^ 0xFF]) + packed[21:]
    damaged = fault_of(tmp_path, NAME + ".gz", mangled, FORMAT)
    assert (damaged.code, damaged.exit_code) == ("container-damaged", ExitCode.UNREADABLE)


def test_an_endless_line_is_refused_before_it_fills_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks_module, "BLOCK_BYTES", 1000)
    monkeypatch.setattr(blocks_module, "LONGEST_LINE_BYTES", 1000)
    fault = fault_of(tmp_path, NAME, settlement_bytes("x" * 5000), FORMAT)
    assert (fault.code, fault.exit_code) == ("line-too-long", ExitCode.UNREADABLE)
