"""Given a few drawn rows, what does one relation hold?

    given(
        settlement='''
            channel_ref | order_no | amount
            D1          | O1       | 1000.00
        ''',
        postings='''
            posting_id | order_no | amount
            P1         | O1       |  999.00
        ''',
        business_date="2026-03-10",
    ).shows("breaks.amount_differs", '''
        entry_id | cause
        D1       | booked_less_than_taken
    ''')

Every feed of contract section 4 and every reference table of section 5 may be drawn, with
the columns that matter; the others hold what DULL says, keys are numbered (D1, O1, P1, ...).
Beside its own columns a feed takes `lender` (or `channel`, for channel feeds), `file_date`
(the file's business date: D, or the settle date), `path` and `member` (of a zip). `files`
draws files without rows: `relation`, `lender` or `channel`, `file_date`, `path`, `member`,
`status`. `rejects` draws lines that could not be read of a file that is drawn, by its `path`
and `member`: `line`, `raw`, `reason`. A drawn reference table replaces the dull one whole.
Weekdays are business days unless `calendar` says otherwise; clocks are those of China unless
a `time_zone` is given.
`stored_breaks` and `stored_facts` draw what the stored run of the day before left, and
`stored_inputs` the files it read, by `path` and `member`.
Every entry goes through every rule, unless the test says that what agrees `puts_away`.

How cells are written: drawing.py. In what is found, `entry_id` and other numbers of entries
are shown as the entry's key (`D1`, `P1`, `L1/1`; a key drawn twice as `D1`, then `D1~2`),
and a heading `amount` stands for `amount_minor`. Rows are compared unordered.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import product
from typing import Any, NamedTuple

import pyarrow as pa

from tests.spec.drawing import (
    MINOR_PER_MAJOR,
    Drawn,
    as_found,
    as_stated,
    draw,
    read_cell,
    read_date,
    read_instant,
    read_table,
)
from tests.spec.small_warehouse import Inputs, SmallWarehouse, landing_schemas
from tieout.clock_offsets import clock_offsets
from tieout.day import PLAN_DAYS, PUT_AWAY, SOLVERS, stored_makers
from tieout.feeds import FEEDS, NEVER_LOADED, Feed
from tieout.publish import CARRIED, INPUTS
from tieout.reference_tables import REFERENCES
from tieout.relations import Relation
from tieout.warehouse import SCHEMAS, Maker, Model, Warehouse, load_models

MONDAY = "2026-03-09"
_LENDER = "kakadai"
_CHANNEL = "alipay"
_TIME_ZONE = "Asia/Shanghai"
_FIRST_LINE = 2
_LINES_A_FILE = 2**32

DULL: dict[str, dict[str, str | None]] = {
    "loans": {
        "loan_id": "L{n}",
        "borrower_ref": "B-{loan_id}",
        "bank_code": "ICBC",
        "card_type": "debit",
        "opened_on": "2026-01-01",
        "principal": "10000.00",
        "term": "12",
        "status": "active",
    },
    "instalments": {
        "loan_id": "L1",
        "instalment_no": "{n}",
        "due_date": "D",
        "principal_due": "900.00",
        "interest_due": "100.00",
    },
    "debit_orders": {
        "order_no": "O{n}",
        "loan_id": "L1",
        "instalment_no": "1",
        "purpose": "instalment",
        "channel": _CHANNEL,
        "bank_code": "ICBC",
        "card_type": "debit",
        "amount": "1000.00",
        "requested_at": "D 09:00:00",
        "status": "succeeded",
    },
    "postings": {
        "posting_id": "P{n}",
        "loan_id": "L1",
        "instalment_no": "1",
        "channel": _CHANNEL,
        "amount": "1000.00",
        "posted_at": "D 11:00:00",
        "kind": "repayment",
    },
    "charges": {
        "charge_id": "C{n}",
        "loan_id": "L1",
        "instalment_no": "1",
        "kind": "late_interest",
        "amount": "10.00",
        "charged_on": "D",
        "status": "charged",
    },
    "account_status": {
        "loan_id": "L1",
        "as_of": "D",
        "days_past_due": "0",
        "app_status": "due",
        "collection_stage": "none",
    },
    "settlement": {
        "channel_ref": "D{n}",
        "kind": "debit",
        "amount": "1000.00",
        "happened_at": "D 10:00:00",
        "outcome": "succeeded",
    },
    "settlement_totals": {"settle_date": "D"},
    "bank_receipts": {
        "entry_ref": "R{n}",
        "booked_on": "D",
        "amount": "1000.00",
        "channel": _CHANNEL,
    },
    "borrower_statements": {
        "loan_id": "L1",
        "entry_no": "{n}",
        "happened_at": "D 08:00:00",
        "amount": "0.00",
        "balance": "0.00",
    },
    "channels": {
        "channel": _CHANNEL,
        "cut_off": "24:00",
        "settlement_lag_days": "1",
        "posting_window_hours": "24",
        "file_lag_days": "1",
        "amount_tolerance": "0.00",
        "fee_rate": "0",
    },
    "bank_limits": {"channel": _CHANNEL, "bank_code": "ICBC"},
    "charge_rules": {
        "lender": _LENDER,
        "late_interest_rate_per_day": "0.0005",
        "failed_debit_fee": "0.00",
        "grace_days": "0",
    },
    "channel_outages": {"channel": _CHANNEL},
    "response_codes": {"channel": _CHANNEL},
    "severity_rules": {},
    "materiality": {},
    "decisions": {
        "action": "accept",
        "by": "Li Na",
        "at": "D 09:00:00",
        "reason": "agreed with the channel",
    },
    "calendar": {},
    "files": {"relation": "settlement", "status": "read", "file_date": "D"},
    "rejects": {"member": None, "line": "{n}", "raw": "?", "reason": "not_an_amount"},
}
"""Per table what a column holds that is not drawn: `{n}` counts the rows, another name in
braces is another cell of the row; a column that is not here either is null."""

CUT_OFFS = {"alipay": "24:00", "wechatpay": "24:00", "unionpay": "23:00"}

DULL_REFERENCES = {
    "channels": "channel | cut_off\n" + "\n".join(" | ".join(row) for row in CUT_OFFS.items()),
    "response_codes": "channel | response_code | meaning\n"
    + "\n".join(
        f"{channel} | {code} | {meaning}"
        for channel, (code, meaning) in product(
            CUT_OFFS,
            (
                ("OK", "succeeded"),
                ("WAIT", "unknown"),
                ("FUNDS", "insufficient_funds"),
                ("LIMIT", "over_limit"),
                ("CARD", "card_problem"),
                ("HELD", "debited_not_written_off"),
                ("DOWN", "channel_error"),
                ("ELSE", "other"),
            ),
        )
    ),
}

_MADE = SOLVERS | stored_makers(lambda today: today, lambda: None, INPUTS.empty_table)

models: dict[str, Model] = dict(load_models())
"""sql/ as it stands; mutants.py puts faulty models in their place."""

made_of_in_this_test: dict[str, set[Inputs]] = {}
"""What every model was given to read since someone last emptied this; mutants.py listens."""


class File(NamedTuple):
    """A delivered file, in columns of landing.files."""

    path: str
    sha256: str
    identity: str
    source: str
    lender: str | None
    channel: str | None
    relation: str
    format: str
    business_date: date
    status: str
    member: str = ""
    how: str = ""


@dataclass(frozen=True)
class Given:
    """Drawn tables by name, and the business date they are seen from."""

    tables: Mapping[str, str]
    day: date
    event_days: int = 30
    late_match_days: int = 30
    time_zone: str = _TIME_ZONE
    puts_away: bool = False

    def shows(self, relation: str, expected: str, *, ordered: bool = False) -> "Given":
        """Assert that `relation` holds exactly these rows in these columns."""
        heading, rows = read_table(expected)
        table, names = self._build(relation)
        columns = [name if name in table.column_names else f"{name}_minor" for name in heading]
        kinds = [table.schema.field(column).type for column in columns]
        stated = [
            [
                as_stated(row[name], column, kind, self.day)
                for name, column, kind in zip(heading, columns, kinds, strict=True)
            ]
            for row in rows
        ]
        found = [
            [as_found(row[column], names) for column in columns]
            for row in table.select(columns).to_pylist()
        ]
        if not ordered:
            stated.sort()
            found.sort()
        if found != stated:
            raise AssertionError(
                f"{relation} holds\n{draw(heading, found)}\n\nexpected\n{draw(heading, stated)}"
            )
        return self

    def shows_nothing(self, relation: str) -> "Given":
        """Assert that `relation` has no row."""
        rows = self.rows(relation)
        if rows:
            raise AssertionError(f"{relation} holds {rows}")
        return self

    def rows(self, relation: str) -> list[dict[str, Any]]:
        """All of the relation, values as they are but for the names of entries."""
        table, names = self._build(relation)
        return [
            {
                name: names.get(value, value) if type(value) is int else value
                for name, value in row.items()
            }
            for row in table.to_pylist()
        ]

    def _build(self, relation: str) -> tuple[pa.Table, dict[int, str]]:
        left_empty = () if self.puts_away else PUT_AWAY
        needed = _ancestors(relation)
        wanted = {name: model for name, model in models.items() if name in needed}
        wanted_makers = {name: each for name, each in self.makers().items() if name in needed}
        with SmallWarehouse(wanted_makers, wanted, left_empty) as warehouse:
            names = self.furnish(warehouse)
            warehouse.build(SCHEMAS)
            for name in _ancestors(relation, left_empty) & wanted.keys():
                made_of_in_this_test.setdefault(name, set()).add(warehouse.inputs(name))
            return warehouse.table(relation), names

    def furnish(self, warehouse: Warehouse) -> dict[int, str]:
        """Give what no model makes; returns the names of the entries by number."""
        for name in REFERENCES:
            warehouse.give(f"reference.{name}", self._reference(name))
        warehouse.give("reference.business_day", self._business_day())
        warehouse.give("reference.clock_offsets", _offsets(self.time_zone, self.day))
        warehouse.give("reference.official_days", _weekdays(self.day))
        return self._land(warehouse)

    def makers(self) -> dict[str, Maker]:
        """What no select makes, the stored run of the day before as it is drawn."""
        return SOLVERS | stored_makers(self._stored_breaks, self._stored_facts, self._stored_inputs)

    def _land(self, warehouse: Warehouse) -> dict[int, str]:
        names: dict[int, str] = {}
        landed: dict[str, list[dict[str, Any]]] = {name: [] for name in landing_schemas()}
        for file_id, (file, rows) in enumerate(self._files().items(), start=1):
            rejects = self._rejects(file)
            counted = {"lines": len(rows) + len(rejects), "rejected": len(rejects)}
            landed["files"].append({"file_id": file_id, **file._asdict(), **counted})
            landed["rejects"] += [{"file_id": file_id, **reject} for reject in rejects]
            landed[file.relation] += [{"file_id": file_id, **row} for row in rows]
            for row in rows:
                name = "/".join(str(row[column]) for column in FEEDS[file.relation].key)
                taken = sum(other.partition("~")[0] == name for other in names.values())
                names[file_id * _LINES_A_FILE + row["line"]] = (
                    f"{name}~{taken + 1}" if taken else name
                )
        for name, schema in landing_schemas().items():
            warehouse.give(f"landing.{name}", pa.Table.from_pylist(landed[name], schema))
        return names

    def _rejects(self, file: "File") -> list[dict[str, Any]]:
        return [
            {"line": int(cells["line"] or ""), "raw": cells["raw"], "reason": cells["reason"]}
            for cells in self._cells("rejects")
            if (cells["path"], cells["member"] or "") == (file.path, file.member)
        ]

    def _files(self) -> dict["File", list[dict[str, Any]]]:
        files: dict[File, list[dict[str, Any]]] = {}
        for name in ("files", *FEEDS):
            for cells in self._cells(name):
                feed = FEEDS[cells["relation"] or "" if name == "files" else name]
                rows = files.setdefault(self._file(feed, cells), [])
                if name != "files":
                    rows.append(self._row(feed, cells, _FIRST_LINE + len(rows)))
        return files

    def _file(self, feed: Feed, cells: Mapping[str, str | None]) -> "File":
        lender = cells.get("lender") or _LENDER if feed.owner == "lender" else None
        channel = cells.get("channel") or _CHANNEL if feed.owner == "channel" else None
        settle_date = cells.get("settle_date") if feed.owner == "channel" else None
        dated = read_date(cells.get("file_date") or settle_date or "D", self.day)
        path = cells.get("path") or f"{dated}/{lender or channel}.{feed.name}.{dated}.csv"
        return File(
            path=path,
            sha256=path,
            identity=path,
            source=f"*/{lender or channel}.{feed.name}.*.csv",
            lender=lender,
            channel=channel,
            relation=feed.name,
            format=feed.name,
            business_date=dated,
            status=cells["status"] or "" if "relation" in cells else "read",
            member=cells.get("member") or "",
        )

    def _row(self, feed: Feed, cells: Mapping[str, str | None], line: int) -> dict[str, Any]:
        return {"line": line} | {
            column.loaded_name: read_cell(cells.get(column.name), column.kind, self.day)
            for column in feed.columns
            if column.name not in NEVER_LOADED
        }

    def _cells(self, name: str) -> Iterator[dict[str, str | None]]:
        for number, drawn in enumerate(self._drawn(name), start=1):
            cells = dict(DULL[name]) | drawn
            for column, cell in cells.items():
                if cell and "{" in cell:
                    cells[column] = cell.format(n=number, **cells)
            yield self._dated(name, cells)

    def _dated(self, name: str, cells: dict[str, str | None]) -> dict[str, str | None]:
        if name == "settlement" and "settle_date" not in cells:
            happened_at = read_instant(cells["happened_at"] or "", self.day)
            cut_off = CUT_OFFS[cells.get("channel") or _CHANNEL]
            after = cut_off != "24:00" and happened_at.time() >= time.fromisoformat(cut_off)
            cells["settle_date"] = str(happened_at.date() + timedelta(days=after))
        if name == "postings" and "value_date" not in cells:
            cells["value_date"] = str(read_instant(cells["posted_at"] or "", self.day).date())
        return cells

    def _drawn(self, name: str) -> Drawn:
        text = self.tables.get(name, DULL_REFERENCES.get(name))
        if text is None:
            return []
        heading, rows = read_table(text)
        if not rows and name in FEEDS:
            raise ValueError(f"{name} is drawn without rows; leave it out")
        if unknown := set(heading) - _columns(name):
            raise ValueError(f"{name} has no column {', '.join(sorted(unknown))}")
        return rows

    def _reference(self, name: str) -> pa.Table:
        relation = REFERENCES[name]
        rows = [
            {
                column.loaded_name: read_cell(cells.get(column.name), column.kind, self.day)
                for column in relation.columns
            }
            for cells in self._cells(name)
        ]
        return pa.Table.from_pylist(rows, _reference_schema(relation))

    def _business_day(self) -> pa.Table:
        return pa.table(
            {
                "business_date": pa.array([self.day], pa.date32()),
                "as_of": pa.array(
                    [datetime.combine(self.day + timedelta(days=1), time())], pa.timestamp("us")
                ),
                "event_days": pa.array([self.event_days], pa.int32()),
                "late_match_days": pa.array([self.late_match_days], pa.int32()),
                "currency": ["CNY"],
                "currency_decimals": pa.array([2], pa.int64()),
                "minor_per_major": pa.array([MINOR_PER_MAJOR], pa.int64()),
            }
        )

    def _stored_breaks(self, today: pa.Table) -> pa.Table:
        _, rows = read_table(self.tables.get("stored_breaks", "break_id"))
        columns = [
            pa.array([row.get(field.name) for row in rows], pa.string()).cast(field.type)
            for field in today.schema
        ]
        return pa.table(columns, schema=today.schema)

    def _stored_facts(self) -> pa.Table | None:
        if "stored_facts" not in self.tables:
            return None
        _, rows = read_table(self.tables["stored_facts"])
        cells = [
            row | {"facts_since": str(read_date(row["facts_since"] or "", self.day))}
            if row.get("facts_since")
            else row
            for row in rows
        ]
        columns = [
            pa.array([row.get(field.name) for row in cells], pa.string()).cast(field.type)
            for field in CARRIED
        ]
        return pa.table(columns, schema=CARRIED)

    def _stored_inputs(self) -> pa.Table:
        _, rows = read_table(self.tables.get("stored_inputs", "path"))
        files = [{"sha256": row["path"], "member": row.get("member") or ""} for row in rows]
        return pa.Table.from_pylist(files, INPUTS)


def given(
    *,
    business_date: str = MONDAY,
    event_days: int = 30,
    late_match_days: int = 30,
    time_zone: str = _TIME_ZONE,
    puts_away: bool = False,
    **tables: str,
) -> Given:
    """Drawn tables by name. Raises ValueError for a table that nobody knows."""
    drawn_besides = {"files", "rejects", "stored_breaks", "stored_facts", "stored_inputs"}
    if unknown := set(tables) - {*FEEDS, *REFERENCES, *drawn_besides}:
        raise ValueError(f"no table is named {', '.join(sorted(unknown))}")
    day = date.fromisoformat(business_date)
    return Given(tables, day, event_days, late_match_days, time_zone, puts_away)


def _columns(name: str) -> set[str]:
    if name == "files":
        return {"relation", "lender", "channel", "file_date", "path", "member", "status"}
    if name == "rejects":
        return {"path", "member", "line", "raw", "reason"}
    if name in REFERENCES:
        return {column.name for column in REFERENCES[name].columns}
    feed = FEEDS[name]
    return {column.name for column in feed.columns} | {feed.owner, "file_date", "path", "member"}


@cache
def _reference_schema(relation: Relation) -> pa.Schema:
    kinds = {
        "money": pa.int64(),
        "date": pa.date32(),
        "instant": pa.timestamp("us"),
        "integer": pa.int64(),
        "boolean": pa.bool_(),
        "rate": pa.decimal128(18, 10),
    }
    return pa.schema(
        [
            (
                column.loaded_name,
                kinds.get(column.kind, pa.string()),
            )
            for column in relation.columns
        ]
    )


@cache
def _offsets(time_zone: str, day: date) -> pa.Table:
    ahead = timedelta(days=PLAN_DAYS)
    return clock_offsets(time_zone, day - ahead, day + ahead)


@cache
def _weekdays(day: date) -> pa.Table:
    days = [day + timedelta(days=number) for number in range(-PLAN_DAYS, PLAN_DAYS + 1)]
    saturday = 5
    return pa.table(
        {
            "day": pa.array(days, pa.date32()),
            "is_business_day": [each.weekday() < saturday for each in days],
        }
    )


def _ancestors(relation: str, left_empty: Collection[str] = ()) -> frozenset[str]:
    """The relation and all that it reads; what is left empty reads nothing."""
    members: dict[str, list[str]] = {}
    for model in models.values():
        if model.family:
            members.setdefault(model.family, []).append(model.name)
    found: set[str] = set()
    waiting = [relation]
    while waiting:
        name = waiting.pop()
        if name not in found and name not in left_empty:
            found.add(name)
            waiting += models[name].reads if name in models else ()
            waiting += _MADE[name].reads if name in _MADE else ()
            waiting += members.get(name, ())
    return frozenset(found)
