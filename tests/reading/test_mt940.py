"""MT940 statements: entries become receipts, and the balances must prove them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.reading.delivered import PUBLIC_EXAMPLES, Read, fault_of, read_all
from tests.reading.statement_files import mt940
from tieout.faults import ExitCode
from tieout.reading import mt940 as reader

FORMAT = "mt940_v1"
NAME = "bank.2018-12-19.sta"
EXAMPLES = PUBLIC_EXAMPLES / "mt940"
needs_examples = pytest.mark.skipif(
    not EXAMPLES.is_dir(), reason="the public examples are not at hand"
)


def receipts(folder: Path, data: bytes, **options: Any) -> Read:
    (part,) = read_all(folder, NAME, data, FORMAT, **{"currency": "EUR", **options})
    return part


def amounts(part: Read) -> list[int]:
    return [row["amount_minor"] for row in part.rows]


def one(entry: str, closing: str, *more: str) -> bytes:
    return mt940(f":61:{entry}", *more, closing=closing)


def test_an_entry_is_a_receipt_with_its_line_in_the_file(tmp_path: Path) -> None:
    data = one("1812181219C12,34NTRFREF//BANKREF", "C181219EUR112,34", ":86:some text")
    assert receipts(tmp_path, data).rows == [
        {
            "line": 5,
            "entry_ref": "A1/1/1/181219/1",
            "account": "A1",
            "booked_on": date(2018, 12, 19),
            "amount_minor": 1234,
            "channel": None,
            "settle_date": None,
        }
    ]


@pytest.mark.parametrize(
    ("mark", "amount", "closing"),
    [("C", 500, "105,00"), ("D", -500, "95,00"), ("RC", -500, "95,00"), ("RD", 500, "105,00")],
)
def test_a_reversal_moves_money_the_other_way(
    tmp_path: Path, mark: str, amount: int, closing: str
) -> None:
    data = one(f"1812191219{mark}5,00NTRFNONREF", f"C181219EUR{closing}")
    assert amounts(receipts(tmp_path, data)) == [amount]


@pytest.mark.parametrize("written", ["500,", "500,0", "500,00", "000000000500,00"])
def test_decimals_may_be_missing(tmp_path: Path, written: str) -> None:
    data = one(f"1812191219C{written}NTRFNONREF", "C181219EUR600,00")
    assert amounts(receipts(tmp_path, data)) == [50000]


def test_the_third_letter_of_the_currency_may_stand_after_the_mark(tmp_path: Path) -> None:
    data = one("1812191219DR5,00NTRFNONREF", "C181219EUR95,00")
    assert amounts(receipts(tmp_path, data)) == [-500]


@pytest.mark.parametrize(
    ("entry", "day"),
    [
        ("181219C1,00NTRFNONREF", date(2018, 12, 19)),
        ("1812311231C1,00NTRFNONREF", date(2018, 12, 31)),
        ("1812310102C1,00NTRFNONREF", date(2019, 1, 2)),
        ("1901021231C1,00NTRFNONREF", date(2018, 12, 31)),
        ("1602300301C1,00NTRFNONREF", date(2016, 3, 1)),
    ],
)
def test_the_entry_date_counts_in_the_year_nearest_to_the_value_date(
    tmp_path: Path, entry: str, day: date
) -> None:
    (row,) = receipts(tmp_path, one(entry, "C181219EUR101,00")).rows
    assert row["booked_on"] == day


def test_a_booking_day_that_no_calendar_has_is_a_bad_line(tmp_path: Path) -> None:
    part = receipts(tmp_path, one("180230C1,00NTRFNONREF", "C181219EUR101,00"))
    assert part.rejects[0]["reason"] == (
        'booked_on: found "20180230", expected a calendar date as YYYYMMDD'
    )


def test_an_entry_that_is_none_is_a_bad_line_and_nothing_is_proved(tmp_path: Path) -> None:
    broken = (":61:nonsense", "Anna Example")
    data = mt940(*broken, ":61:181219C1,00NTRFNONREF", closing="C181219EUR999,00")
    part = receipts(tmp_path, data)
    assert part.rejects[0]["raw"] == ":61:*"
    assert amounts(part) == [100]
    assert part.rejects[0]["line"] == 5
    assert "no entry as MT940 writes it" in part.rejects[0]["reason"]


def test_channel_and_settle_date_are_found_in_the_text(tmp_path: Path) -> None:
    text = (":86:GOCARDLESS LTD REF", "GC-1 SETTLEMENT 2018-12-18")
    (row,) = receipts(tmp_path, one("181219C1,NTRFNONREF", "C181219EUR101,", *text)).rows
    assert (row["channel"], row["settle_date"]) == ("gocardless", date(2018, 12, 18))


@pytest.mark.parametrize(
    "text",
    [
        "166?00GUTSCHR?20STRIPE settlement?21 2018-12-18?32X",
        "166?00GUTSCHR?20Settlement 2018-12-18?32STRIPE PAYMENTS",
        "/EREF/1/REMI/STRIPE SETTLEMENT 2018-12-18",
    ],
)
def test_a_word_may_follow_the_code_of_its_subfield_at_once(tmp_path: Path, text: str) -> None:
    (row,) = receipts(tmp_path, one("181219C1,NTRFNONREF", "C181219EUR101,", f":86:{text}")).rows
    assert (row["channel"], row["settle_date"]) == ("stripe", date(2018, 12, 18))


def test_a_remark_of_the_statement_belongs_to_no_entry(tmp_path: Path) -> None:
    data = one("181219C1,NTRFNONREF", "C181219EUR101,00") + b":86:STRIPE\r\n"
    assert receipts(tmp_path, data).rows[0]["channel"] is None


def test_every_statement_has_its_own_account_currency_and_proof(tmp_path: Path) -> None:
    first = one("181219C1,NTRFNONREF", "C181219EUR101,00")
    other = first.replace(b"A1", b"A2").replace(b"EUR", b"DEM")
    part = receipts(tmp_path, first + other)
    assert [row["account"] for row in part.rows] == ["A1"]
    assert part.rejects[0]["reason"] == 'currency: found "DEM", expected EUR, the workspace\'s'
    assert part.rejects[0]["line"] == 12


def test_opening_and_entries_must_reach_the_closing_balance(tmp_path: Path) -> None:
    data = one("181219C1,NTRFNONREF", "C181219EUR102,00")
    fault = fault_of(tmp_path, NAME, data, FORMAT)
    assert (fault.code, fault.exit_code) == ("statement-does-not-tie", ExitCode.UNREADABLE)
    assert fault.where == f"inbox/{NAME}:6"


def test_a_statement_without_its_closing_balance_is_cut_short(tmp_path: Path) -> None:
    data = mt940(":61:181219C1,NTRFNONREF", closing=None)
    assert fault_of(tmp_path, NAME, data, FORMAT).exit_code is ExitCode.TRUNCATED
    assert fault_of(tmp_path, NAME, data + data, FORMAT).exit_code is ExitCode.TRUNCATED


def test_a_balance_nobody_can_read_is_a_fault_of_the_file(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, NAME, mt940(closing="C181219EUR"), FORMAT)
    assert (fault.code, fault.exit_code) == ("balance-unreadable", ExitCode.UNREADABLE)


def test_text_without_a_statement_is_not_mt940(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, NAME, b"posting_id,loan_id\r\n", FORMAT)
    assert (fault.code, fault.exit_code) == ("statement-not-found", ExitCode.UNREADABLE)


def test_a_statement_without_entries_is_a_day_without_events(tmp_path: Path) -> None:
    assert receipts(tmp_path, mt940(closing="C181219EUR100,00")).rows == []


def test_an_envelope_around_statements_is_passed_over(tmp_path: Path) -> None:
    data = b"{1:F01BANKXX}{2:I940BANKXXN}{4:\r\n" + mt940(closing="C181219EUR100,00")
    assert receipts(tmp_path, data.replace(b"\r\n-\r\n", b"\r\n-}\r\n")).rejects == []


@pytest.mark.parametrize(
    ("encoding", "byte"), [("utf-8", b"\xc4\x99"), ("iso-8859-1", b"\xe9"), ("cp852", b"\xa9")]
)
def test_the_encoding_is_the_one_the_format_declares(
    tmp_path: Path, encoding: str, byte: bytes
) -> None:
    built_in = Path(reader.__file__).parents[1] / "formats/mt940_v1.toml"
    site = tmp_path / "formats"
    site.mkdir()
    text = built_in.read_text(encoding="utf-8")
    text = text.replace('encoding = "utf-8"', f'encoding = "{encoding}"')
    (site / "site_mt940.toml").write_text(text, encoding="utf-8")
    data = one("181219C1,NTRFNONREF", "C181219EUR101,00", ":86:STRIPE") + b":86:" + byte + b"\r\n"
    (part,) = read_all(tmp_path, NAME, data, "site_mt940", site_folder=site)
    assert amounts(part) == [100]


def test_rows_are_handed_on_as_the_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_ROWS_AT_ONCE", 3)
    entries = [line for _ in range(10) for line in (":61:181219C1,NTRFNONREF", ":86:STRIPE")]
    part = receipts(tmp_path, mt940(*entries, closing="C181219EUR110,00"))
    assert [row["channel"] for row in part.rows] == ["stripe"] * 10


@needs_examples
@pytest.mark.parametrize(
    ("name", "currency", "rows", "rejected"),
    [
        ("cmxl__mt940", "DEM", 11, 5),
        ("cmxl__mt940", "EUR", 2, 14),
        ("cmxl__mt940", "PLN", 3, 13),
        ("jejik__rabobank-iban", "EUR", 4, 0),
        ("self-provided__february_30", "EUR", 1, 0),
    ],
)
def test_the_public_examples_read_and_tie(
    tmp_path: Path, name: str, currency: str, rows: int, rejected: int
) -> None:
    part = receipts(tmp_path, (EXAMPLES / f"{name}.sta").read_bytes(), currency=currency)
    assert (len(part.rows), len(part.rejects)) == (rows, rejected)


@needs_examples
def test_the_public_example_that_does_not_tie_is_refused(tmp_path: Path) -> None:
    data = (EXAMPLES / "jejik__ing.sta").read_bytes()
    assert fault_of(tmp_path, NAME, data, FORMAT).code == "statement-does-not-tie"
    mended = data.replace(b"C100723EUR3,47", b"D100723EUR45,59")
    assert amounts(receipts(tmp_path, mended)) == [-2503, -303, -111, -2000, -110, 368, 100]
