"""camt.054 notifications and pain.002 status reports: events of a channel."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.reading.delivered import PUBLIC_EXAMPLES, Read, fault_of, read_all
from tests.reading.statement_files import camt054, details, entry, pain002, transaction
from tieout.faults import ExitCode

NAME = "bank.2018-12-19.xml"
EXAMPLES = PUBLIC_EXAMPLES / "camt"
needs_examples = pytest.mark.skipif(
    not EXAMPLES.is_dir(), reason="the public examples are not at hand"
)
RETURNED = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"


def notified(folder: Path, *entries: str, **options: Any) -> Read:
    data = camt054(*entries)
    (part,) = read_all(folder, NAME, data, "camt054_v1", **{"currency": "EUR", **options})
    return part


def reported(folder: Path, body: str, **options: Any) -> Read:
    data = pain002(body)
    (part,) = read_all(folder, NAME, data, "pain002_v1", **{"currency": "EUR", **options})
    return part


def told(part: Read, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in part.rows]


def status(order_no: str, code: str, reason: str = "", amount: str = "10.00") -> str:
    why = f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>" if reason else ""
    original = f'<OrgnlTxRef><Amt><InstdAmt Ccy="EUR">{amount}</InstdAmt></Amt></OrgnlTxRef>'
    return (
        f"<TxInfAndSts><OrgnlEndToEndId>{order_no}</OrgnlEndToEndId><TxSts>{code}</TxSts>"
        f"{why}{original if amount else ''}</TxInfAndSts>"
    )


def message(group_status: str, body: str = "") -> str:
    return (
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>M1</OrgnlMsgId><GrpSts>{group_status}</GrpSts>"
        f"</OrgnlGrpInfAndSts>{body}"
    )


def test_a_batch_is_split_into_transactions_that_state_their_amounts(tmp_path: Path) -> None:
    both = details(transaction("DO1", "3.10"), transaction("DO2", "3.20"))
    part = notified(tmp_path, entry("6.30", more=f"<AcctSvcrRef>B1</AcctSvcrRef>{both}"))
    assert told(part, "line", "channel_ref", "order_no", "kind", "amount_minor") == [
        (1, "B1/DO1", "DO1", "debit", 310),
        (2, "B1/DO2", "DO2", "debit", 320),
    ]


def test_a_batch_whose_transactions_state_no_amounts_is_one_line(tmp_path: Path) -> None:
    batch = "<Btch><PmtInfId>P1</PmtInfId></Btch>"
    silent = details(transaction("DO1"), transaction("DO2"), batch=batch)
    part = notified(tmp_path, entry("6.30", more=silent), entry("2.00", more=details(batch=batch)))
    assert told(part, "order_no", "amount_minor") == [("P1", 630), ("P1", 200)]


def test_a_single_transaction_without_an_amount_has_the_entry_s(tmp_path: Path) -> None:
    part = notified(tmp_path, entry("6.30", more=details(transaction("DO1"))))
    assert told(part, "order_no", "amount_minor") == [("DO1", 630)]


@pytest.mark.parametrize(
    ("sign", "more", "kind", "code"),
    [
        ("CRDT", details(transaction("DO1")), "debit", None),
        ("DBIT", details(transaction("DO1")), "refund", None),
        ("DBIT", "<RvslInd>true</RvslInd>" + details(transaction("DO1")), "reversal", None),
        ("DBIT", details(transaction("DO1", more=RETURNED)), "reversal", "AC04"),
        ("DBIT", "<RvslInd>false</RvslInd>" + details(transaction("DO1")), "refund", None),
    ],
)
def test_money_in_is_a_debit_and_money_out_undoes_one_or_is_a_refund(
    tmp_path: Path, sign: str, more: str, kind: str, code: str | None
) -> None:
    part = notified(tmp_path, entry(sign=sign, more=more))
    assert told(part, "kind", "response_code", "outcome") == [(kind, code, "succeeded")]


def test_a_number_that_was_not_provided_is_none(tmp_path: Path) -> None:
    part = notified(tmp_path, entry(more=details(transaction("NOTPROVIDED"))))
    assert told(part, "order_no") == [(None,)]


@pytest.mark.parametrize(
    ("written", "local"),
    [
        ("<DtTm>2018-12-19T13:15:00+01:00</DtTm>", datetime(2018, 12, 19, 20, 15)),
        ("<DtTm>2018-12-19T13:15:00.999Z</DtTm>", datetime(2018, 12, 19, 21, 15)),
        ("<DtTm>2018-12-19T13:15:00</DtTm>", datetime(2018, 12, 19, 13, 15)),
        ("<Dt>2018-12-19</Dt>", datetime(2018, 12, 19)),
        ("<Dt>2018-12-19+01:00</Dt>", datetime(2018, 12, 19)),
    ],
)
def test_instants_are_put_into_the_workspace_s_zone(
    tmp_path: Path, written: str, local: datetime
) -> None:
    assert told(notified(tmp_path, entry(booked=written)), "happened_at") == [(local,)]


def test_a_day_that_no_calendar_has_is_a_bad_line(tmp_path: Path) -> None:
    part = notified(tmp_path, entry(booked="<Dt>2018-02-30</Dt>"))
    assert part.rejects[0]["reason"] == (
        'happened_at: found "2018-02-30", expected a time as YYYY-MM-DDTHH:MM:SS'
    )


def test_a_notification_with_fewer_entries_than_it_declares_is_cut(tmp_path: Path) -> None:
    declared = "<TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries></TtlNtries></TxsSummry>"
    fault = fault_of(tmp_path, NAME, camt054(entry(), declared=declared), "camt054_v1")
    assert fault.exit_code is ExitCode.TRUNCATED


def test_a_notification_without_entries_is_a_day_without_events(tmp_path: Path) -> None:
    assert notified(tmp_path).rows == []


def test_names_and_accounts_of_the_parties_are_not_loaded(tmp_path: Path) -> None:
    party = "<RltdPties><Dbtr><Nm>Anna Example</Nm></Dbtr></RltdPties>"
    part = notified(tmp_path, entry("1.001", more=details(transaction("DO1", more=party))))
    assert "Anna" not in part.rejects[0]["raw"]


@needs_examples
@pytest.mark.parametrize(
    ("version", "currency", "amounts"),
    [("v2", "SEK", [20000000]), ("v4", "CHF", [310, 320, 320]), ("v8", "CHF", [310, 320, 320])],
)
def test_the_public_example_notifications_read(
    tmp_path: Path, version: str, currency: str, amounts: list[int]
) -> None:
    data = (EXAMPLES / f"data__camt054.{version}.xml").read_bytes()
    (part,) = read_all(tmp_path, NAME, data, "camt054_v1", currency=currency)
    assert ([row["amount_minor"] for row in part.rows], part.rejects) == (amounts, [])


def test_a_refused_transaction_is_a_failed_debit_with_its_reason(tmp_path: Path) -> None:
    group = f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>P1</OrgnlPmtInfId>{status('DO1', 'RJCT', 'AM04')}"
    part = reported(tmp_path, message("PART", f"{group}</OrgnlPmtInfAndSts>"))
    assert part.rows[0] == {
        "line": 1,
        "channel_ref": "M1/P1/DO1",
        "order_no": "DO1",
        "kind": "debit",
        "original_ref": None,
        "amount_minor": 1000,
        "fee_minor": None,
        "happened_at": datetime(2018, 12, 19, 12),
        "settle_date": part.rows[0]["settle_date"],
        "card_no": None,
        "bank_code": None,
        "outcome": "failed",
        "response_code": "AM04",
    }


@pytest.mark.parametrize(
    ("code", "outcome"),
    [("RJCT", "failed"), ("ACSC", "succeeded"), ("ACCP", "unknown"), ("PDNG", "unknown")],
)
def test_only_a_settled_transaction_has_succeeded(tmp_path: Path, code: str, outcome: str) -> None:
    part = reported(tmp_path, message("PART", status("DO1", code)))
    assert told(part, "order_no", "outcome") == [("DO1", outcome)]


def test_a_group_that_is_accepted_as_a_whole_is_no_line(tmp_path: Path) -> None:
    group = "<OrgnlPmtInfAndSts><PmtInfSts>ACCP</PmtInfSts></OrgnlPmtInfAndSts>"
    part = reported(tmp_path, message("ACCP", group))
    assert (part.rows, part.rejects) == ([], [])


@pytest.mark.parametrize(
    "body",
    [
        message("RJCT"),
        message("PART", "<OrgnlPmtInfAndSts><PmtInfSts>RJCT</PmtInfSts></OrgnlPmtInfAndSts>"),
    ],
)
def test_a_group_refused_without_its_transactions_is_a_bad_line(tmp_path: Path, body: str) -> None:
    part = reported(tmp_path, body)
    assert part.rows == []
    assert "amount: empty, expected a value" in part.rejects[0]["reason"]


def test_a_refused_message_that_lists_its_transactions_is_read_by_them(tmp_path: Path) -> None:
    part = reported(tmp_path, message("RJCT", status("DO1", "RJCT", "AC01")))
    assert (len(part.rows), part.rejects) == (1, [])


def test_a_status_nobody_knows_is_a_bad_line(tmp_path: Path) -> None:
    part = reported(tmp_path, message("PART", status("DO1", "XXXX")))
    assert 'outcome: found "XXXX", expected one of' in part.rejects[0]["reason"]
