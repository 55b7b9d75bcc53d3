"""A fetch writes what a lender's database holds as files, exactly, read-only and repeatably."""

import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.cli.commands import Tieout
from tests.fetching.servers import SECRET, Server
from tests.reading.delivered import read_all
from tieout.faults import ExitCode

D = "2018-12-19"

TABLES = """
drop table if exists booked;
create table booked (
    id varchar(20), loan bigint, instalment int, order_no varchar(20), channel varchar(20),
    amount decimal(20, 2), posted_at timestamp(6), value_date date, kind varchar(20),
    reverses varchar(20)
);
insert into booked values
    ('P2', 1002, 1, 'DO2', 'unionpay', 1625.10,
        '2018-12-19 23:59:59.900000', '2018-12-19', 'repayment', null),
    ('P1', 1001, null, null, 'alipay', 12345678901234.01,
        '2018-12-19 10:00:00', '2018-12-18', 'repayment', null),
    ('P3', 1003, 1, 'DO3', 'alipay', 0.30,
        '2018-12-20 00:00:00', '2018-12-20', 'repayment', null);
grant select, insert on booked to reader;
"""

POSTINGS = """
select id as posting_id, loan as loan_id, instalment as instalment_no, order_no, channel,
    amount, posted_at, value_date, kind, reverses
from booked where cast(posted_at as date) = {day};
"""

SETTINGS = """
time_zone = "Asia/Shanghai"
currency  = "CNY"

[[source]]
files  = "*/ledger/kakadai.postings.*.parquet"
format = "ledger_postings_v1"
lender = "kakadai"

[[database]]
lender       = "kakadai"
url_from_env = "KAKADAI_DATABASE"
folder       = "ledger"

[database.query]
postings = '''{query}'''
"""

FILE = f"inbox/2018-12-20/ledger/kakadai.postings.{D}.parquet"


@pytest.fixture
def ledger(server: Server, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Server:
    server.execute(TABLES)
    monkeypatch.setenv("KAKADAI_DATABASE", server.url)
    ask(workspace, POSTINGS.format(day=server.day))
    return server


def ask(workspace: Path, query: str) -> None:
    (workspace / "tieout.toml").write_text(SETTINGS.format(query=query), encoding="utf-8")


def files(workspace: Path) -> list[str]:
    return sorted(p.relative_to(workspace).as_posix() for p in workspace.rglob("*") if p.is_file())


def test_the_rows_of_the_business_date_become_a_delivered_file(
    ledger: Server, workspace: Path, tieout: Tieout
) -> None:
    ended = tieout("fetch", D, "--workspace", workspace)
    assert (ended.exit_code, ended.stdout) == (ExitCode.OK, f"{workspace / FILE}\n")
    rows = pq.read_table(workspace / FILE).to_pylist()
    assert [
        {name: str(row[name]) for name in ("posting_id", "loan_id", "posted_at", "value_date")}
        for row in rows
    ] == [
        {
            "posting_id": "P1",
            "loan_id": "1001",
            "posted_at": "2018-12-19 10:00:00",
            "value_date": "2018-12-18",
        },
        {
            "posting_id": "P2",
            "loan_id": "1002",
            "posted_at": "2018-12-19 23:59:59",
            "value_date": "2018-12-19",
        },
    ]
    assert files(workspace) == [FILE, "tieout.toml"]


def test_money_stays_exact_on_its_way_into_the_warehouse(
    ledger: Server, workspace: Path, tieout: Tieout
) -> None:
    tieout("fetch", D, "--workspace", workspace)
    data = (workspace / FILE).read_bytes()
    (part,) = read_all(workspace, Path(FILE).name, data, "ledger_postings_v1")
    assert [row["amount_minor"] for row in part.rows] == [1234567890123401, 162510]
    assert part.rejects == []


def test_the_delivery_day_may_be_given(ledger: Server, workspace: Path, tieout: Tieout) -> None:
    tieout("fetch", D, "--delivered", "2018-12-24", "--workspace", workspace)
    assert files(workspace) == [FILE.replace("2018-12-20", "2018-12-24"), "tieout.toml"]


def test_the_same_rows_again_change_nothing_whatever_their_order(
    ledger: Server, workspace: Path, tieout: Tieout
) -> None:
    tieout("fetch", D, "--workspace", workspace)
    before = (workspace / FILE).stat().st_mtime_ns
    ledger.execute(
        "create table other as select * from booked order by id desc; drop table booked;"
    )
    ledger.execute("alter table other rename to booked; grant select on booked to reader;")
    for day in ("2018-12-20", "2018-12-21"):
        ended = tieout("fetch", D, "--delivered", day, "--workspace", workspace)
        assert (ended.exit_code, ended.stdout) == (ExitCode.OK, "")
    assert (workspace / FILE).stat().st_mtime_ns == before
    assert files(workspace) == [FILE, "tieout.toml"]


def test_other_rows_never_replace_a_delivered_file(
    ledger: Server, workspace: Path, tieout: Tieout
) -> None:
    tieout("fetch", D, "--workspace", workspace)
    before = (workspace / FILE).read_bytes()
    ledger.execute("update booked set amount = 1.00 where id = 'P1';")
    ended = tieout("fetch", D, "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.NOT_FETCHED, "delivered-already")
    assert (workspace / FILE).read_bytes() == before
    ended = tieout("fetch", D, "--delivered", "2018-12-21", "--workspace", workspace)
    assert ended.stdout == f"{workspace / FILE.replace('2018-12-20', '2018-12-21')}\n"


def test_a_day_without_rows_is_a_file_without_rows(
    ledger: Server, workspace: Path, tieout: Tieout
) -> None:
    (path,) = tieout("fetch", "2018-11-01", "--workspace", workspace).stdout.splitlines()
    assert pq.read_table(path).num_rows == 0


WRITING_FUNCTION = {
    "$1": "create or replace function noted() returns text language sql security definer as "
    "'insert into notes values (''X'') returning id';",
    "@business_date": "drop function if exists noted;\ndelimiter //\n"
    "create function noted() returns varchar(20) modifies sql data "
    "begin insert into notes values ('X'); return 'X'; end//\ndelimiter ;",
}


def test_a_query_cannot_write_not_even_through_a_function(
    ledger: Server, workspace: Path, tieout: Tieout
) -> None:
    ledger.execute("drop table if exists notes; create table notes (id varchar(20));")
    ledger.execute(WRITING_FUNCTION[ledger.day])
    query = POSTINGS.format(day=ledger.day)
    ask(workspace, query.replace("id as", "noted() as"))
    ended = tieout("fetch", D, "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.NOT_FETCHED, "query-failed")
    assert "read" in ended.stderr.lower()
    assert files(workspace) == ["tieout.toml"]


@pytest.mark.parametrize(
    ("found", "instead", "code", "told"),
    [
        ("reverses", "reverses, 1 as extra", "columns-differ", "'extra' unknown"),
        (", value_date", "", "columns-differ", "'value_date' missing"),
        ("amount", "sqrt(loan) as amount", "column-type-differs", "double"),
        ("amount", "1 as amount", "column-type-differs", "int"),
    ],
)
def test_columns_that_are_not_the_feeds_are_named_beside_those_that_are(
    *,
    ledger: Server,
    workspace: Path,
    tieout: Tieout,
    found: str,
    instead: str,
    code: str,
    told: str,
) -> None:
    ask(workspace, POSTINGS.format(day=ledger.day).replace(found, instead))
    ended = tieout("fetch", D, "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.UNREADABLE, code)
    assert told in ended.stderr
    assert "[[database]] number 1: query for postings" in ended.stderr
    assert files(workspace) == ["tieout.toml"]


@pytest.mark.parametrize("query", ["selec 1", "select nothing from booked", "select * from none"])
def test_a_query_that_cannot_run_delivers_nothing(
    ledger: Server, workspace: Path, tieout: Tieout, query: str
) -> None:
    ask(workspace, query)
    ended = tieout("fetch", D, "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.NOT_FETCHED, "query-failed")
    assert files(workspace) == ["tieout.toml"]


def test_a_query_need_not_name_the_business_date(
    ledger: Server, workspace: Path, tieout: Tieout
) -> None:
    ask(workspace, POSTINGS.partition(" where ")[0])
    tieout("fetch", D, "--workspace", workspace)
    assert pq.read_table(workspace / FILE).column("posting_id").to_pylist() == ["P1", "P2", "P3"]


def test_a_query_that_breaks_off_after_it_began_delivers_nothing(
    ledger: Server, workspace: Path, tieout: Tieout
) -> None:
    many = "(select other.amount from booked as other) as amount"
    ask(workspace, POSTINGS.format(day=ledger.day).replace("amount", many))
    ended = tieout("fetch", D, "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.NOT_FETCHED, "query-failed")
    assert files(workspace) == ["tieout.toml"]


def test_no_address_no_fetch(ledger: Server, workspace: Path, tieout: Tieout) -> None:
    del os.environ["KAKADAI_DATABASE"]
    ended = tieout("fetch", D, "--workspace", workspace)
    assert (ended.exit_code, ended.fault) == (ExitCode.MISUSE, "variable-not-set")
    assert "KAKADAI_DATABASE" in ended.stderr
    assert SECRET not in ended.stderr
