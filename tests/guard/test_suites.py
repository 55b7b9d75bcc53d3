"""What each suite of expectations/ stops or warns at, one planted row an expectation."""

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tieout import guard

SUITES = Path(__file__).parents[2] / "expectations"

SOUND = """
create schema staging;
create schema reference;
create table reference.channel_terms as
    select 'unionpay' as channel, date '0001-01-01' as valid_from, date '9999-12-31' as valid_to;
create table staging.files as
    select 1 as file_id, 'day/a.csv' as path, date '2018-12-16' as business_date;
create table staging.loans as
    select 'kakadai' as lender, 'L1' as loan_id, 1200000 as principal_minor, 4294967297 as entry_id;
create table staging.instalments as
    select 'kakadai' as lender, 'L1' as loan_id, 3 as instalment_no,
        150000 as principal_due_minor, 12500 as interest_due_minor, 4294967298 as entry_id;
create table staging.orders as
    select 'kakadai' as lender, 'unionpay' as channel, 'O1' as order_no, 'L1' as loan_id,
        162500 as amount_minor, timestamp '2018-12-16 09:00:00' as requested_at,
        cast(null as bigint) as instalment_entry, 4294967299 as entry_id;
create view staging.shared_order_nos as
    select channel, order_no from staging.orders group by all having count(*) > 1;
create table staging.postings as
    select 'kakadai' as lender, 'P1' as posting_id, 'L1' as loan_id, 'unionpay' as channel,
        162500 as amount_minor, timestamp '2018-12-16 09:30:00' as posted_at,
        'repayment' as kind, cast(null as varchar) as reverses,
        cast(null as bigint) as order_instalment_entry, 4294967300 as entry_id;
create table staging.charges as
    select 'kakadai' as lender, 'C1' as charge_id, 'L1' as loan_id, 3 as instalment_no,
        10000 as amount_minor, 4294967301 as entry_id;
create table staging.account_status as
    select 'kakadai' as lender, 'L1' as loan_id, date '2018-12-16' as as_of, 0 as days_past_due,
        'paid' as app_status, 4294967302 as entry_id;
create table staging.settlement_lines as
    select 'unionpay' as channel, 'R1' as channel_ref, 'debit' as kind, 'O1' as order_no,
        cast(null as varchar) as original_ref, 162500 as amount_minor,
        timestamp '2018-12-16 09:00:01' as happened_at, date '2018-12-16' as settle_date,
        4294967303 as entry_id;
create table staging.receipts as
    select 'kakadai' as lender, 'B1' as entry_ref, 'unionpay' as channel,
        date '2018-12-17' as booked_on, 4294967304 as entry_id;
create table staging.file_sums as
    select 1 as file_id, 'postings' as relation, 'day/a.csv' as path,
        cast(499999999999999999 as hugeint) as total_minor,
        cast(499999999999999999 as hugeint) as feed_minor;
create table staging.statement_entries as
    select 'kakadai' as lender, 'L1' as loan_id, 'S1' as entry_no, 4294967305 as entry_id;
"""

PLANTED = [
    ("stop", "the amounts of a feed", "update staging.file_sums set feed_minor = feed_minor + 1"),
    ("warn", "principal is above zero", "update staging.loans set principal_minor = 0"),
    ("stop", "no part of an instalment", "update staging.instalments set interest_due_minor = -1"),
    (
        "warn",
        "an instalment belongs",
        "insert into staging.instalments from staging.instalments;"
        "update staging.instalments set loan_id = 'L2' where rowid = 1",
    ),
    (
        "stop",
        "order number of a channel is one lender's",
        "insert into staging.orders select * replace ('elsewhere' as lender) from staging.orders;"
        "insert into staging.loans select * replace ('elsewhere' as lender) from staging.loans",
    ),
    ("stop", "no order is below zero", "update staging.orders set amount_minor = -1"),
    ("stop", "an order's channel has terms", "update staging.orders set channel = 'baofoo'"),
    ("warn", "an order names a loan", "update staging.orders set loan_id = 'L2'"),
    ("stop", "no posting is below zero", "update staging.postings set amount_minor = -1"),
    ("warn", "a posting moves money", "update staging.postings set amount_minor = 0"),
    ("stop", "a posting's channel has terms", "update staging.postings set channel = 'baofoo'"),
    ("warn", "a posting names a loan", "update staging.postings set loan_id = 'L2'"),
    ("warn", "reversal names the posting", "update staging.postings set kind = 'reversal'"),
    (
        "warn",
        "reversal names the posting",
        "update staging.postings set kind = 'reversal', reverses = 'P9'",
    ),
    ("stop", "no charge is below zero", "update staging.charges set amount_minor = -1"),
    ("warn", "charge on an instalment", "update staging.charges set instalment_no = 4"),
    ("warn", "overdue loan has days", "update staging.account_status set days_past_due = 1"),
    ("warn", "overdue loan has days", "update staging.account_status set app_status = 'overdue'"),
    (
        "stop",
        "no settlement line is below zero",
        "update staging.settlement_lines set amount_minor = -1",
    ),
    (
        "stop",
        "a channel has terms",
        "update staging.settlement_lines set happened_at = timestamp '9999-12-31 00:00:00'",
    ),
    (
        "warn",
        "a refund or reversal names",
        "update staging.settlement_lines set kind = 'refund', order_no = null",
    ),
    (
        "warn",
        "settle date of its file",
        "update staging.settlement_lines set settle_date = date '2018-12-17'",
    ),
    ("warn", "a receipt's channel", "update staging.receipts set channel = 'baofoo'"),
    ("warn", "statement names a loan", "update staging.statement_entries set loan_id = 'L2'"),
]


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        connection.execute(SOUND)
        yield connection


def relations() -> list[str]:
    return [file.stem for file in SUITES.glob("*.json")]


def failures(warehouse: duckdb.DuckDBPyConnection) -> list[dict[str, str]]:
    rows = guard.check(warehouse.cursor, relations(), SUITES).to_pylist()
    return [row for row in rows if not row["success"]]


def test_sound_books_fail_nothing(warehouse):
    assert failures(warehouse) == []


@pytest.mark.parametrize(("severity", "expectation", "fault"), PLANTED)
def test_a_planted_fault_fails_its_own_expectation_alone(warehouse, severity, expectation, fault):
    warehouse.execute(fault)
    (failure,) = failures(warehouse)
    assert expectation in failure["expectation"]
    assert failure["severity"] == severity
    assert failure["observed"].startswith("1, the first of them: ")


def test_a_failure_names_the_file_and_the_line(warehouse):
    warehouse.execute("update staging.orders set amount_minor = -1")
    (failure,) = failures(warehouse)
    assert failure["observed"] == (
        "1, the first of them: lender kakadai, channel unionpay, order_no O1, amount_minor -1,"
        " path day/a.csv, line 3"
    )


@pytest.mark.parametrize("relation", relations())
def test_every_expectation_says_in_words_what_it_wants(relation):
    suite = json.loads((SUITES / f"{relation}.json").read_text(encoding="utf-8"))
    assert suite["name"] == relation
    assert all(each["description"] and each["severity"] for each in suite["expectations"])


def test_every_expectation_has_a_planted_fault():
    for relation in relations():
        suite = json.loads((SUITES / f"{relation}.json").read_text(encoding="utf-8"))
        for each in suite["expectations"]:
            assert any(words in each["description"] for _, words, _ in PLANTED), each["description"]
