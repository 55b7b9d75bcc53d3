"""Ledgers as JSON documents: Apache Fineract and Mambu."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.reading.delivered import Read, read_all
from tieout.faults import ExitCode, Fault

REPAYMENT = {
    "id": 72,
    "type": {"repayment": True},
    "date": [2025, 1, 5],
    "amount": 1625.000000,
    "manuallyReversed": False,
}
LOAN: dict[str, Any] = {
    "accountNo": "000011",
    "clientId": 501,
    "clientName": "陈小满",
    "status": {"code": "loanStatusType.active"},
    "principal": 3000,
    "numberOfRepayments": 2,
    "timeline": {"actualDisbursementDate": [2024, 12, 15]},
    "repaymentSchedule": {
        "periods": [
            {"dueDate": [2024, 12, 15], "principalDisbursed": 3000},
            {"period": 1, "dueDate": [2025, 1, 5], "principalDue": 1490.5, "interestDue": 134.5},
        ]
    },
    "transactions": [REPAYMENT],
}


def fineract(folder: Path, data: bytes) -> dict[str, list[dict[str, Any]]]:
    parts: list[Read] = read_all(folder, "f.2025-01-31.json", data, "fineract_loans_v1")
    found: dict[str, list[dict[str, Any]]] = {}
    for part in parts:
        assert part.rejects == [], part
        found.setdefault(part.relation, []).extend(part.rows)
    return found


def dumped(*loans: dict[str, Any]) -> bytes:
    return json.dumps(list(loans), ensure_ascii=False).encode()


def refused(folder: Path, data: bytes) -> Fault:
    with pytest.raises(Fault) as caught:
        fineract(folder, data)
    return caught.value


def test_one_document_is_a_loan_its_instalments_and_its_postings(tmp_path: Path) -> None:
    found = fineract(tmp_path, json.dumps(LOAN).encode())
    (loan,) = found["loans"]
    assert (loan["loan_id"], loan["borrower_ref"], loan["opened_on"]) == (
        "000011",
        "501",
        date(2024, 12, 15),
    )
    (instalment,) = found["instalments"]
    assert (instalment["loan_id"], instalment["instalment_no"]) == ("000011", 1)
    assert (instalment["principal_due_minor"], instalment["interest_due_minor"]) == (149050, 13450)
    (posting,) = found["postings"]
    assert (posting["posting_id"], posting["kind"]) == ("72", "repayment")
    assert (posting["amount_minor"], posting["posted_at"]) == (162500, datetime(2025, 1, 5))


@pytest.mark.parametrize("between", [b"\n", b"", b" \r\n "])
def test_documents_may_follow_each_other(tmp_path: Path, between: bytes) -> None:
    other = LOAN | {"externalId": "K-9"}
    data = between.join(json.dumps(loan).encode() for loan in (LOAN, other))
    found = fineract(tmp_path, data)
    assert [loan["loan_id"] for loan in found["loans"]] == ["000011", "K-9"]
    assert [row["line"] for row in found["instalments"]] == [2, 4]


def test_a_transaction_undone_by_hand_is_a_posting_and_its_reversal(tmp_path: Path) -> None:
    undone = REPAYMENT | {"manuallyReversed": True, "reversedOnDate": [2025, 1, 9]}
    posting, reversal = fineract(tmp_path, dumped(LOAN | {"transactions": [undone]}))["postings"]
    assert (posting["kind"], reversal["kind"]) == ("repayment", "reversal")
    assert (reversal["reverses"], reversal["posting_id"]) == ("72", "undone-72")
    assert reversal["posted_at"] == datetime(2025, 1, 9)


def test_only_repayments_are_postings(tmp_path: Path) -> None:
    waiver = REPAYMENT | {"type": {"repayment": False, "waiver": True}}
    unsaid = REPAYMENT | {"type": {}}
    assert fineract(tmp_path, dumped(LOAN | {"transactions": [waiver, unsaid]}))["postings"] == []


def test_a_loan_that_was_not_paid_out_is_none(tmp_path: Path) -> None:
    found = fineract(tmp_path, dumped(LOAN | {"timeline": {}, "transactions": []}))
    assert not any(found.values())


@pytest.mark.parametrize("data", [b"[]", b" [ ] \n", dumped(LOAN)[:0] + b"[\n]"])
def test_a_list_without_loans_is_a_day_without_any(tmp_path: Path, data: bytes) -> None:
    assert not any(fineract(tmp_path, data).values())


def test_a_status_that_is_not_known_is_a_bad_line(tmp_path: Path) -> None:
    data = dumped(LOAN | {"status": {"code": "loanStatusType.new"}})
    loans = read_all(tmp_path, "f.2025-01-31.json", data, "fineract_loans_v1")[0]
    assert loans.rejects[0]["reason"].startswith('status: found "loanStatusType.new"')
    assert "陈小满" not in loans.rejects[0]["raw"]


@pytest.mark.parametrize("principal", [1490.505, "1e3", True, [1], None])
def test_an_amount_that_is_none_is_a_bad_line(tmp_path: Path, principal: Any) -> None:
    period = {"period": 1, "dueDate": [2025, 1, 5], "principalDue": principal, "interestDue": 0}
    data = dumped(LOAN | {"repaymentSchedule": {"periods": [period]}})
    parts = read_all(tmp_path, "f.2025-01-31.json", data, "fineract_loans_v1")
    assert parts[1].relation == "instalments"
    assert parts[1].rejects[0]["reason"].startswith("principal_due: ")


@pytest.mark.parametrize(
    ("data", "code", "exit_code"),
    [
        (b"", "json-unreadable", ExitCode.UNREADABLE),
        (b"{'a': 1}", "json-unreadable", ExitCode.UNREADABLE),
        (b"[" * 100_000, "json-unreadable", ExitCode.UNREADABLE),
        (b"[1, 2]", "json-unreadable", ExitCode.UNREADABLE),
        (b'{"repaymentSchedule": 5}', "json-unreadable", ExitCode.UNREADABLE),
        (dumped(LOAN)[:-20], "file-cut-short", ExitCode.TRUNCATED),
        (dumped(LOAN)[:-1], "file-cut-short", ExitCode.TRUNCATED),
    ],
)
def test_what_is_no_json_or_cut_short_is_told(
    tmp_path: Path, data: bytes, code: str, exit_code: ExitCode
) -> None:
    fault = refused(tmp_path, data)
    assert (fault.code, fault.exit_code) == (code, exit_code)


def test_a_mambu_repayment_that_was_adjusted_is_undone(tmp_path: Path) -> None:
    lines = [
        {
            "encodedKey": "b2",
            "parentAccountKey": "aa",
            "type": "REPAYMENT",
            "amount": 1625.25,
            "creationDate": "2025-01-16T10:05:00+08:00",
            "valueDate": "2025-01-15T00:00:00+08:00",
            "adjustmentTransactionKey": "b3",
        },
        {"encodedKey": "b3", "type": "REPAYMENT_ADJUSTMENT"},
    ]
    data = "\n".join(json.dumps(line) for line in lines).encode()
    parts = read_all(tmp_path, "m.2025-01-31.jsonl", data, "mambu_transactions_v1")
    (repayment,), (reversal,) = (part.rows for part in parts)
    assert (repayment["posted_at"], repayment["value_date"]) == (
        datetime(2025, 1, 16, 10, 5),
        date(2025, 1, 15),
    )
    assert (reversal["posting_id"], reversal["reverses"]) == ("b3", "b2")


def test_a_pipe_file_is_a_schedule_and_the_state_of_its_accounts(tmp_path: Path) -> None:
    lines = b"RSCH|11|2025-01-15|1625.00|1500.00|125.00|0.00|0.00|1|u1|u2\n"
    lines += b"ARRS|11|C|1625.00|0.00|1625.00|2024-12-15|16|R1|1|2025-01-15|u1\n"
    schedule, arrears = read_all(tmp_path, "k_20250131.txt", lines, "pipe_ledger_v1")
    assert schedule.rows[0]["principal_due_minor"] == 150000
    assert arrears.rows[0]["days_past_due"] == 16
    assert (schedule.lines, arrears.lines) == (1, 1)
