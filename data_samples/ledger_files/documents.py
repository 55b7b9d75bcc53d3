"""What the JSON interfaces of Apache Fineract and Mambu answer, saved as files."""

import json
from collections.abc import Mapping
from typing import Any

Document = dict[str, Any]


def files() -> Mapping[str, bytes]:
    """The files by name: a list of loans, one schedule, one transaction a line."""
    return {
        "fineract.loans.2025-01-31.json": json.dumps(LOANS, ensure_ascii=False, indent=1).encode(),
        "mambu.schedule.2025-01-31.json": json.dumps(SCHEDULE).encode(),
        "mambu.transactions.2025-01-31.jsonl": "".join(
            json.dumps(transaction) + "\n" for transaction in TRANSACTIONS
        ).encode(),
    }


def _transaction(number: int, kind: str, day: list[int], amount: float, **more: Any) -> Document:
    flags = {name: name == kind for name in ("disbursement", "repayment", "accrual")}
    return {
        "id": number,
        "type": {"code": f"loanTransactionType.{kind}", **flags},
        "date": day,
        "submittedOnDate": day,
        "amount": amount,
        "manuallyReversed": False,
        **more,
    }


def _period(number: int, day: list[int], principal: float, interest: float) -> Document:
    return {
        "period": number,
        "dueDate": day,
        "principalDue": principal,
        "interestDue": interest,
        "totalDueForPeriod": principal + interest,
    }


LOANS: list[Document] = [
    {
        "id": 11,
        "accountNo": "000000011",
        "externalId": "K-3001",
        "clientId": 501,
        "clientName": "陈小满",
        "loanProductName": "salary",
        "status": {"id": 300, "code": "loanStatusType.active", "active": True},
        "principal": 3000.0,
        "numberOfRepayments": 2,
        "timeline": {"actualDisbursementDate": [2024, 12, 15]},
        "repaymentSchedule": {
            "periods": [
                {"dueDate": [2024, 12, 15], "principalDisbursed": 3000.0},
                _period(1, [2025, 1, 15], 1490.5, 134.5),
                _period(2, [2025, 2, 15], 1509.5, 115.5),
            ]
        },
        "transactions": [
            _transaction(71, "disbursement", [2024, 12, 15], 3000.0),
            _transaction(
                72, "repayment", [2025, 1, 15], 1625.0, paymentDetailData={"receiptNumber": "DO1"}
            ),
            _transaction(
                73,
                "repayment",
                [2025, 1, 16],
                1625.0,
                externalId="DO1-again",
                manuallyReversed=True,
                reversedOnDate=[2025, 1, 20],
            ),
            _transaction(74, "accrual", [2025, 1, 31], 4.25),
        ],
    },
    {
        "id": 12,
        "accountNo": "000000012",
        "clientId": 502,
        "clientName": "周立夏",
        "loanProductName": "salary",
        "status": {"id": 100, "code": "loanStatusType.submitted.and.pending.approval"},
        "principal": 9000.0,
        "numberOfRepayments": 12,
        "timeline": {"submittedOnDate": [2025, 1, 30]},
        "repaymentSchedule": {"periods": [_period(1, [2025, 2, 28], 750.0, 60.0)]},
    },
]


def _part(expected: float) -> Document:
    return {"amount": {"expected": expected, "paid": 0, "due": expected}}


SCHEDULE: Document = {
    "currency": {"code": "CNY"},
    "installments": [
        {
            "encodedKey": f"8a00000000000000000000000000000{number}",
            "parentAccountKey": "8a0000000000000000000000000000aa",
            "number": str(number),
            "dueDate": f"2025-0{number}-15T00:00:00+08:00",
            "state": "PENDING",
            "principal": _part(1500.0),
            "interest": _part(125.25),
            "fee": _part(0),
            "penalty": _part(0),
        }
        for number in (1, 2)
    ],
}


def _movement(key: str, kind: str, day: str, **more: Any) -> Document:
    return {
        "encodedKey": f"8a0000000000000000000000000000{key}",
        "parentAccountKey": "8a0000000000000000000000000000aa",
        "type": kind,
        "amount": 1625.25,
        "creationDate": f"{day}T10:05:00+08:00",
        "valueDate": f"{day}T00:00:00+08:00",
        **more,
    }


TRANSACTIONS = [
    _movement("b1", "REPAYMENT", "2025-01-15", externalId="DO7"),
    _movement(
        "b2",
        "REPAYMENT",
        "2025-01-16",
        externalId="DO8",
        adjustmentTransactionKey="8a0000000000000000000000000000b3",
    ),
    _movement("b3", "REPAYMENT_ADJUSTMENT", "2025-01-20"),
    _movement("b4", "INTEREST_APPLIED", "2025-01-31"),
]
