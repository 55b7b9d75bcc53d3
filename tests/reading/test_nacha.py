"""NACHA files: records of several types, addenda folded into entries, controls that must tie."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.reading.delivered import PUBLIC_EXAMPLES, Read, fault_of, read_all
from tests.reading.statement_files import ach_addenda, ach_bytes, ach_entry, ach_file
from tieout.faults import ExitCode
from tieout.reading import blocks

FORMAT = "nacha_ach_v1"
NAME = "bank.20181219.ach"
EXAMPLES = PUBLIC_EXAMPLES / "nacha_ach"
needs_examples = pytest.mark.skipif(
    not EXAMPLES.is_dir(), reason="the public examples are not at hand"
)


def events(folder: Path, records: list[str]) -> Read:
    (part,) = read_all(folder, NAME, ach_bytes(records), FORMAT)
    return part


def told(part: Read, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in part.rows]


def returned(code: str, reason: str, *more: str, kind: str = "99") -> list[str]:
    addenda = [ach_addenda(kind, each) for each in (reason, *more)]
    return [ach_entry(code, 5000, "DO1", addenda=len(addenda)), *addenda]


def test_an_entry_that_debits_is_a_debit_on_its_effective_date(tmp_path: Path) -> None:
    part = events(tmp_path, ach_file([ach_entry("27", 5000, "DO1", trace=42)]))
    columns = ("line", "channel_ref", "order_no", "kind", "amount_minor", "happened_at", "outcome")
    assert told(part, *columns) == [
        (
            3,
            "181219/A/0000001/000000000000042",
            "DO1",
            "debit",
            5000,
            datetime(2018, 12, 19),
            "succeeded",
        )
    ]


def test_a_return_is_a_reversal_that_names_the_debit_and_the_reason(tmp_path: Path) -> None:
    part = events(tmp_path, ach_file(returned("26", "R01"), effective="000000"))
    assert told(part, "kind", "original_ref", "order_no", "response_code", "happened_at") == [
        ("reversal", "000000000000007", "DO1", "R01", datetime(2018, 12, 19))
    ]


def test_a_notification_of_change_is_no_event(tmp_path: Path) -> None:
    change = returned("26", "C01", kind="98")
    part = events(tmp_path, ach_file(change, returned("26", "R02")))
    assert told(part, "line", "response_code") == [(7, "R02")]
    assert part.rejects == []


@pytest.mark.parametrize(
    ("code", "reasons", "kind", "last"),
    [
        ("26", ["R10"], "reversal", "R10"),
        ("36", ["R10"], "reversal", "R10"),
        ("26", ["R10", "R68"], "debit", "R68"),
        ("26", ["R10", "R68", "R71"], "reversal", "R71"),
        ("21", ["R03"], "debit", "R03"),
    ],
)
def test_the_last_word_on_a_return_tells_which_way_the_money_went(
    tmp_path: Path, code: str, reasons: list[str], kind: str, last: str
) -> None:
    part = events(tmp_path, ach_file(returned(code, *reasons)))
    assert told(part, "kind", "response_code") == [(kind, last)]


def test_money_sent_to_a_borrower_is_a_refund(tmp_path: Path) -> None:
    assert told(events(tmp_path, ach_file([ach_entry("22", 100, "DO1")])), "kind") == [("refund",)]


def test_a_prenotification_is_no_event(tmp_path: Path) -> None:
    assert events(tmp_path, ach_file([ach_entry("28", 0, "DO1")])).rows == []


def test_an_international_entry_s_account_is_not_taken_for_a_number(tmp_path: Path) -> None:
    part = events(tmp_path, ach_file([ach_entry("27", 100, "998412345")], sec="IAT"))
    assert told(part, "order_no") == [(None,)]


def test_a_batch_s_words_count_for_its_own_entries(tmp_path: Path) -> None:
    part = events(tmp_path, ach_file([ach_entry("27", 1, "A")], [ach_entry("27", 2, "B")]))
    assert [ref.split("/")[2] for (ref,) in told(part, "channel_ref")] == ["0000001", "0000002"]


def test_a_file_without_batches_is_a_day_without_events(tmp_path: Path) -> None:
    assert events(tmp_path, ach_file()).rows == []


@pytest.mark.parametrize(
    ("at", "figure", "exit_code"),
    [
        (4, "entry_count", ExitCode.TRUNCATED),
        (11, "entry_hash", ExitCode.UNREADABLE),
        (25, "debit_total", ExitCode.UNREADABLE),
        (37, "credit_total", ExitCode.UNREADABLE),
    ],
)
def test_a_batch_must_tie_with_its_control_record(
    tmp_path: Path, at: int, figure: str, exit_code: ExitCode
) -> None:
    records = ach_file([ach_entry("27", 5000, "DO1")])
    records[3] = records[3][:at] + "9" + records[3][at + 1 :]
    fault = fault_of(tmp_path, NAME, ach_bytes(records), FORMAT)
    assert (fault.exit_code, fault.where) == (exit_code, f"inbox/{NAME}:4")
    assert fault.found.startswith(figure)


@pytest.mark.parametrize("at", [13, 22, 32, 44])
def test_the_file_must_tie_with_its_control_record(tmp_path: Path, at: int) -> None:
    records = ach_file([ach_entry("27", 5000, "DO1")], [ach_entry("22", 100, "DO2")])
    assert records[7].startswith("9000002")
    records[7] = records[7][:at] + "9" + records[7][at + 1 :]
    assert fault_of(tmp_path, NAME, ach_bytes(records), FORMAT).where == f"inbox/{NAME}:8"


def test_the_entry_hash_keeps_its_last_ten_digits(tmp_path: Path) -> None:
    entries = [ach_entry("27", 1, "A", trace=n).replace("02100002", "99999999") for n in range(150)]
    assert len(events(tmp_path, ach_file(entries)).rows) == 150


def test_a_file_cut_after_any_record_is_truncated(tmp_path: Path) -> None:
    records = ach_file([ach_entry("27", 5000, "DO1")], returned("26", "R01"))
    end = max(n for n, record in enumerate(records) if record.startswith("9000002"))
    for kept in range(1, end):
        fault = fault_of(tmp_path, NAME, ach_bytes(records[:kept]), FORMAT)
        assert fault.exit_code is ExitCode.TRUNCATED, kept


def test_a_record_of_no_known_kind_is_a_bad_line(tmp_path: Path) -> None:
    records = ach_file([ach_entry("27", 5000, "DO1")])
    records.insert(3, "4" + "A NAME".ljust(93))
    part = events(tmp_path, records)
    assert len(part.rows) == 1
    assert "NAME" not in part.rejects[0]["raw"]
    assert part.rejects[0]["line"] == 4
    assert part.rejects[0]["reason"] == "found no record of a known kind and length"


def test_an_unknown_transaction_code_is_a_bad_line(tmp_path: Path) -> None:
    records = ach_file([ach_entry("99", 0, "DO1")])
    (reject,) = events(tmp_path, records).rejects
    assert 'kind: found "99", expected transaction_code to be one of' in reject["reason"]


def test_blanks_at_the_end_of_a_record_may_be_trimmed_off(tmp_path: Path) -> None:
    records = [record.rstrip() for record in ach_file([ach_entry("27", 5000, "DO1")])]
    assert len(events(tmp_path, records).rows) == 1


def test_a_name_that_is_not_ascii_does_no_harm(tmp_path: Path) -> None:
    records = ach_file([ach_entry("27", 5000, "DO1")])
    data = ach_bytes(records).replace(b"A NAME", b"A NAM\xc9")
    (part,) = read_all(tmp_path, NAME, data, FORMAT)
    assert len(part.rows) == 1


@pytest.mark.parametrize("block_bytes", [95, 190, 500, 1000])
def test_blocks_cut_anywhere_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block_bytes: int
) -> None:
    batches = [[*returned("26", "R10", "R68"), ach_entry("27", 5, "X")], returned("26", "R01")] * 4
    whole = events(tmp_path, ach_file(*batches))
    monkeypatch.setattr(blocks, "BLOCK_BYTES", block_bytes)
    assert events(tmp_path, ach_file(*batches)) == whole


@needs_examples
@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("20110805A", {"debit": 28, "refund": 20}),
        ("ppd-debit", {"debit": 1}),
        ("return-WEB", {"reversal": 1, "debit": 1}),
        ("contested-return", {"debit": 1}),
    ],
)
def test_the_public_examples_read_and_tie(tmp_path: Path, name: str, kinds: dict[str, int]) -> None:
    data = (EXAMPLES / f"testdata__{name}.ach").read_bytes()
    (part,) = read_all(tmp_path, NAME, data, FORMAT)
    found = [row["kind"] for row in part.rows]
    assert {kind: found.count(kind) for kind in set(found)} == kinds
    assert part.rejects == []
