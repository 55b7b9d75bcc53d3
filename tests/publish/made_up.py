"""Reports of a made-up day: their columns, and a few rows to publish."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

import pyarrow as pa

FACTS: Mapping[str, str | int] = {
    "business_date": "2018-12-19",
    "currency": "CNY",
    "currency_decimals": 2,
    "time_zone": "Asia/Shanghai",
    "tieout": "0.1.0",
}

_TEXT, _COUNT, _MONEY = pa.string(), pa.int64(), pa.int64()
_INSTANT, _DATE, _BOOLEAN = pa.timestamp("us"), pa.date32(), pa.bool_()

BREAK_COLUMNS = {
    "break_id": _TEXT,
    "category": _TEXT,
    "category_zh": _TEXT,
    "severity": _TEXT,
    "subject": _TEXT,
    "lender": _TEXT,
    "channel": _TEXT,
    "bank_code": _TEXT,
    "borrower_ref": _TEXT,
    "loan_id": _TEXT,
    "instalment_no": _COUNT,
    "order_no": _TEXT,
    "channel_ref": _TEXT,
    "posting_id": _TEXT,
    "ledger_amount_minor": _MONEY,
    "channel_amount_minor": _MONEY,
    "difference_minor": _MONEY,
    "refund_minor": _MONEY,
    "currency": _TEXT,
    "happened_at": _INSTANT,
    "due_date": _DATE,
    "open_since": _DATE,
    "age_days": _COUNT,
    "cause": _TEXT,
    "liable": _TEXT,
    "proof": _TEXT,
    "bureau_correction": _TEXT,
    "stop_collection": _BOOLEAN,
    "remedy": _TEXT,
    "sources": _TEXT,
}

COLUMNS: dict[str, dict[str, pa.DataType]] = {
    "breaks": BREAK_COLUMNS,
    "in_transit": BREAK_COLUMNS | {"why": _TEXT},
    "excluded": BREAK_COLUMNS | {"why": _TEXT},
    "cleared": BREAK_COLUMNS | {"cleared_by": _TEXT, "cleared_how": _TEXT, "cleared_source": _TEXT},
    "decided": BREAK_COLUMNS
    | {"action": _TEXT, "by": _TEXT, "second_by": _TEXT, "at": _INSTANT, "reason": _TEXT},
    "decisions": {
        "break_id": _TEXT,
        "category": _TEXT,
        "subject": _TEXT,
        "lender": _TEXT,
        "action": _TEXT,
        "by": _TEXT,
        "at": _INSTANT,
        "reason": _TEXT,
        "state": _TEXT,
        "amount_minor": _MONEY,
        "needs_two_names": _BOOLEAN,
        "file_date": _DATE,
        "source": _TEXT,
    },
    "carry_forward": {
        "break_id": _TEXT,
        "category": _TEXT,
        "subject": _TEXT,
        "facts": _TEXT,
        "facts_since": _DATE,
    },
    "matches": {
        "match_id": _TEXT,
        "rule": _TEXT,
        "side": _TEXT,
        "channel": _TEXT,
        "channel_ref": _TEXT,
        "lender": _TEXT,
        "posting_id": _TEXT,
        "order_no": _TEXT,
        "loan_id": _TEXT,
        "amount_minor": _MONEY,
        "at": _INSTANT,
        "group_difference_minor": _MONEY,
    },
    "rejects": {"file": _TEXT, "line": _COUNT, "raw": _TEXT, "reason": _TEXT},
    "control": {
        "scope": _TEXT,
        "name": _TEXT,
        "side": _TEXT,
        "measure": _TEXT,
        "read": _COUNT,
        "matched": _COUNT,
        "in_transit": _COUNT,
        "open": _COUNT,
        "excluded": _COUNT,
        "rejected": _COUNT,
        "ties": _BOOLEAN,
        "opening": _COUNT,
        "new": _COUNT,
        "cleared": _COUNT,
        "closing": _COUNT,
    },
    "roll_forward": {
        "channel": _TEXT,
        "lender": _TEXT,
        "opening": _COUNT,
        "new": _COUNT,
        "cleared": _COUNT,
        "closing": _COUNT,
    },
    "inputs": {
        "source": _TEXT,
        "format": _TEXT,
        "path": _TEXT,
        "member": _TEXT,
        "business_date": _DATE,
        "sha256": _TEXT,
        "lines": _COUNT,
        "rejected": _COUNT,
        "status": _TEXT,
    },
    "catalogue": {
        "category": _TEXT,
        "category_zh": _TEXT,
        "severity": _TEXT,
        "family": _TEXT,
        "means": _TEXT,
        "remedy": _TEXT,
        "rank": _COUNT,
    },
    "expectations": {
        "suite": _TEXT,
        "relation": _TEXT,
        "expectation": _TEXT,
        "severity": _TEXT,
        "success": _BOOLEAN,
        "observed": _TEXT,
        "expected": _TEXT,
    },
    "settlement_days": {
        "channel": _TEXT,
        "settle_date": _DATE,
        "file_present": _BOOLEAN,
        "lines": _COUNT,
        "debit_amount_minor": _MONEY,
        "refund_amount_minor": _MONEY,
        "fee_amount_minor": _MONEY,
        "net_amount_minor": _MONEY,
    },
    "refunds": {"break_id": _TEXT, "amount_minor": _MONEY},
    "bureau_corrections": {"break_id": _TEXT, "month": _TEXT},
    "stop_collection": {"break_id": _TEXT, "collection_stage": _TEXT},
    "resubmit_plan": {"loan_id": _TEXT, "piece_no": _COUNT, "amount_minor": _MONEY},
    "channel_claims": {"channel": _TEXT, "ask": _TEXT, "amount_minor": _MONEY},
    "open_entries": {
        "scope": _TEXT,
        "name": _TEXT,
        "matched_breaks": _COUNT,
        "decided_breaks": _COUNT,
        "matched_amount_minor": _MONEY,
        "decided_amount_minor": _MONEY,
        "given_back_minor": _MONEY,
    },
}

Row = Mapping[str, object]


def rows_of(relation: str, *rows: Row) -> pa.Table:
    """Rows of a relation; a column that a row leaves out is null. Unknown columns raise."""
    columns = COLUMNS[relation]
    for row in rows:
        assert not row.keys() - columns.keys(), row.keys() - columns.keys()
    return pa.table(
        {name: [row.get(name) for row in rows] for name in columns}, schema=pa.schema(columns)
    )


def reports(
    *, batch_rows: int = 1000, **rows: Sequence[Row] | pa.Table
) -> Callable[[str], pa.RecordBatchReader]:
    """The relations of a day: those named with the rows given, all others empty."""

    def relation(name: str) -> pa.RecordBatchReader:
        given = rows.get(name, ())
        table = given if isinstance(given, pa.Table) else rows_of(name, *given)
        return table.to_reader(max_chunksize=batch_rows)

    return relation


def a_break(break_id: str = "b1", **columns: object) -> dict[str, object]:
    """A debit that nobody posted, unless said otherwise."""
    return {
        "break_id": break_id,
        "category": "debit_not_posted",
        "category_zh": "掉单",
        "severity": "high",
        "subject": f"debit:unionpay:{break_id}",
        "lender": "kakadai",
        "channel": "unionpay",
        "bank_code": "CCB",
        "borrower_ref": "P7",
        "loan_id": "L7",
        "instalment_no": 3,
        "channel_amount_minor": 162500,
        "difference_minor": -162500,
        "currency": "CNY",
        "happened_at": dt.datetime.fromisoformat("2018-12-18 23:10:05"),
        "due_date": dt.date(2018, 12, 18),
        "open_since": dt.date(2018, 12, 18),
        "age_days": 1,
        "cause": "never_posted",
        "liable": "platform",
        "stop_collection": False,
        "remedy": "Post the debit to the loan.",
        "sources": "unionpay.settlement.2018-12-18.csv:12",
    } | columns
