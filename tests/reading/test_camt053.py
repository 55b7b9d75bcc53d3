"""camt.053 bank statements: entries become receipts, and the balances must prove them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.reading.delivered import PUBLIC_EXAMPLES, Read, fault_of, read_all
from tests.reading.statement_files import camt053, details, entry, statement
from tieout.faults import ExitCode, Fault
from tieout.reading import xml

FORMAT = "camt053_v1"
NAME = "bank.2018-12-19.xml"
EXAMPLES = PUBLIC_EXAMPLES / "camt"
needs_examples = pytest.mark.skipif(
    not EXAMPLES.is_dir(), reason="the public examples are not at hand"
)


def receipts(folder: Path, data: bytes, **options: Any) -> Read:
    (part,) = read_all(folder, NAME, data, FORMAT, **{"currency": "EUR", **options})
    return part


def refusal(folder: Path, data: bytes) -> Fault:
    return fault_of(folder, NAME, data, FORMAT, currency="EUR")


def amounts(part: Read) -> list[int]:
    return [row["amount_minor"] for row in part.rows]


def test_an_entry_is_a_receipt_under_its_place_in_the_statement(tmp_path: Path) -> None:
    part = receipts(tmp_path, camt053(statement(entry("8.85"))))
    assert part.rows == [
        {
            "line": 1,
            "entry_ref": "A1/S1/1",
            "account": "A1",
            "booked_on": date(2018, 12, 19),
            "amount_minor": 885,
            "channel": None,
            "settle_date": None,
        }
    ]


def test_a_debit_entry_is_negative_whether_it_reverses_or_not(tmp_path: Path) -> None:
    reversing = entry("3.00", "DBIT", more="<RvslInd>true</RvslInd>")
    part = receipts(tmp_path, camt053(statement(entry("2.00", "DBIT"), reversing)))
    assert amounts(part) == [-200, -300]


def test_every_statement_of_a_file_is_read_with_its_own_account(tmp_path: Path) -> None:
    other = statement(entry("1.00")).replace("A1", "A2").replace("S1", "S2")
    part = receipts(tmp_path, camt053(statement(entry()), other))
    assert [row["entry_ref"] for row in part.rows] == ["A1/S1/1", "A2/S2/1"]
    assert [row["line"] for row in part.rows] == [1, 2]


@pytest.mark.parametrize(
    "version", ["camt.053.001.02", "camt.053.001.04", "camt.053.001.08", "camt.053.001.13"]
)
def test_the_version_changes_the_namespace_only(tmp_path: Path, version: str) -> None:
    assert amounts(receipts(tmp_path, camt053(statement(entry()), version=version))) == [885]


def test_a_status_may_be_a_code_below_it(tmp_path: Path) -> None:
    part = receipts(
        tmp_path,
        camt053(statement(entry(status="<Cd>BOOK</Cd>"), entry(status="<Cd>PDNG</Cd>"))),
    )
    assert len(part.rows) == 1


def test_what_is_not_booked_is_no_receipt_and_no_part_of_the_balance(tmp_path: Path) -> None:
    pending = entry("5.00", status="PDNG")
    data = camt053(statement(entry("8.85"), pending, opening="1.00", closing="9.85"))
    assert amounts(receipts(tmp_path, data)) == [885]


def test_a_batch_without_details_is_one_receipt(tmp_path: Path) -> None:
    batch = details(batch="<Btch><NbOfTxs>3</NbOfTxs></Btch>")
    assert amounts(receipts(tmp_path, camt053(statement(entry("30.00", more=batch))))) == [3000]


def test_five_decimals_are_read_when_they_are_whole_cents(tmp_path: Path) -> None:
    assert amounts(receipts(tmp_path, camt053(statement(entry("8.85000"))))) == [885]


def test_a_fraction_of_a_cent_is_a_bad_line(tmp_path: Path) -> None:
    part = receipts(tmp_path, camt053(statement(entry("8.85010"))))
    assert part.rows == []
    assert part.rejects[0]["reason"] == 'amount: found "8.85010", expected at most 2 decimals'


def test_the_booking_day_is_the_one_that_is_written(tmp_path: Path) -> None:
    late = entry(booked="<DtTm>2018-12-19T23:59:59.000-05:00</DtTm>")
    part = receipts(tmp_path, camt053(statement(late)))
    assert part.rows[0]["booked_on"] == date(2018, 12, 19)


def test_another_currency_is_a_bad_line_and_is_not_summed(tmp_path: Path) -> None:
    part = receipts(tmp_path, camt053(statement(entry(), entry(currency="SEK"))))
    assert amounts(part) == [885]
    assert part.rejects[0]["reason"] == 'currency: found "SEK", expected EUR, the workspace\'s'


def test_channel_and_settle_date_are_found_in_the_text_of_an_entry(tmp_path: Path) -> None:
    text = details(
        "<TxDtls><RmtInf><Ustrd>Stripe Technology</Ustrd>"
        "<Ustrd>SETTLEMENT 2018-12-18</Ustrd></RmtInf></TxDtls>"
    )
    (row,) = receipts(tmp_path, camt053(statement(entry(more=text)))).rows
    assert (row["channel"], row["settle_date"]) == ("stripe", date(2018, 12, 18))


def test_free_text_of_a_bad_line_is_not_shown(tmp_path: Path) -> None:
    text = details("<TxDtls><RmtInf><Ustrd>rent of Anna Example</Ustrd></RmtInf></TxDtls>")
    part = receipts(tmp_path, camt053(statement(entry("1.001", more=text))))
    assert "Anna" not in part.rejects[0]["raw"]


def test_opening_and_entries_must_reach_the_closing_balance(tmp_path: Path) -> None:
    sound = statement(entry("8.85"), entry("3.00", "DBIT"), opening="1.00", closing="6.85")
    assert amounts(receipts(tmp_path, camt053(sound))) == [885, -300]
    fault = refusal(tmp_path, camt053(statement(entry("8.85"), opening="1.00", closing="10.00")))
    assert (fault.code, fault.exit_code) == ("statement-does-not-tie", ExitCode.UNREADABLE)
    assert fault.found == "1 entries that lead from 1.00 to 9.85 EUR in statement S1"
    assert fault.expected == "the closing balance 10.00 EUR"


def test_fewer_entries_than_a_statement_declares_is_a_cut_file(tmp_path: Path) -> None:
    fault = refusal(tmp_path, camt053(statement(entry(), entries_declared=2)))
    assert (fault.code, fault.exit_code) == ("fewer-lines-than-declared", ExitCode.TRUNCATED)


def test_a_statement_without_entries_is_a_day_without_events(tmp_path: Path) -> None:
    part = receipts(tmp_path, camt053(statement(opening="1.00", closing="1.00")))
    assert (part.rows, part.lines) == ([], 0)


def test_a_document_cut_anywhere_is_truncated(tmp_path: Path) -> None:
    whole = camt053(statement(entry(), entry(more=details(batch="<Btch/>"))))
    for end in range(len("<?xml version="), len(whole) - 1, 7):
        fault = refusal(tmp_path, whole[:end])
        assert fault.exit_code is ExitCode.TRUNCATED, (end, fault)


def test_an_empty_file_is_truncated(tmp_path: Path) -> None:
    assert refusal(tmp_path, b"").exit_code is ExitCode.TRUNCATED


def test_a_mangled_document_is_unreadable(tmp_path: Path) -> None:
    mangled = camt053(statement(entry())).replace(b"</Amt>", b"</Amount>")
    fault = refusal(tmp_path, mangled)
    assert (fault.code, fault.exit_code) == ("file-not-xml", ExitCode.UNREADABLE)


def test_bytes_that_are_not_in_the_declared_encoding_are_unreadable(tmp_path: Path) -> None:
    fault = refusal(tmp_path, camt053(statement(entry(more="<Inf>é</Inf>"))).replace(b"\xc3", b""))
    assert fault.exit_code is ExitCode.UNREADABLE


def test_the_encoding_is_the_one_the_document_declares(tmp_path: Path) -> None:
    text = details("<TxDtls><RmtInf><Ustrd>é Adyen</Ustrd></RmtInf></TxDtls>")
    data = camt053(statement(entry(more=text))).decode().replace("UTF-8", "ISO-8859-1")
    assert receipts(tmp_path, data.encode("iso-8859-1")).rows[0]["channel"] == "adyen"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE Document [<!ENTITY file SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE Document [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE Document SYSTEM "http://localhost/camt.dtd">',
    ],
)
def test_a_document_type_declaration_is_refused(tmp_path: Path, doctype: str) -> None:
    fault = refusal(tmp_path, camt053(statement(entry(more="<I>&a;</I>")), head=doctype))
    assert (fault.code, fault.exit_code) == ("xml-with-doctype", ExitCode.UNREADABLE)


def test_another_message_is_refused_by_its_first_elements(tmp_path: Path) -> None:
    other = camt053(statement(entry())).replace(b"BkToCstmrStmt", b"BkToCstmrAcctRpt")
    fault = refusal(tmp_path, other)
    assert (fault.code, fault.exit_code) == ("xml-other-document", ExitCode.UNREADABLE)
    assert fault.expected == "a document that begins Document/BkToCstmrStmt"


def test_elements_that_drifted_to_another_name_are_bad_lines(tmp_path: Path) -> None:
    data = camt053(statement(entry())).replace(b"BookgDt", b"BookingDate")
    (reject,) = receipts(tmp_path, data).rejects
    assert reject["reason"] == "booked_on: empty, expected a value"


def test_a_document_above_the_cap_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xml, "LARGEST_XML_BYTES", 100)
    assert refusal(tmp_path, camt053(statement(entry()))).code == "xml-too-large"


def test_rows_are_let_go_of_as_the_document_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xml, "_ROWS_AT_ONCE", 10)
    monkeypatch.setattr(xml, "_FED_AT_ONCE", 500)
    opening, closing = "1.00", f"{1 + 300 * 8.85:.2f}"
    data = camt053(statement(*[entry()] * 300, opening=opening, closing=closing))
    part = receipts(tmp_path, data)
    assert amounts(part) == [885] * 300
    assert [row["entry_ref"] for row in part.rows][-1] == "A1/S1/300"


@needs_examples
@pytest.mark.parametrize(
    ("name", "expected"),
    [("camt053.v2.multi.statement.xml", [885, -700]), ("camt053.v8.xml", [885])],
)
def test_the_public_examples_read_and_tie(tmp_path: Path, name: str, expected: list[int]) -> None:
    assert amounts(receipts(tmp_path, (EXAMPLES / f"data__{name}").read_bytes())) == expected


@needs_examples
def test_the_public_example_that_does_not_tie_is_refused(tmp_path: Path) -> None:
    data = (EXAMPLES / "data__camt053.v2.five.decimals.xml").read_bytes()
    assert refusal(tmp_path, data).code == "statement-does-not-tie"
    mended = data.replace(b"27.050", b"27.000")
    assert amounts(receipts(tmp_path, mended)) == [885]
