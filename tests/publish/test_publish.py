"""What a published day holds: its files, its figures, its page."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.publish.made_up import FACTS, Row, a_break, reports, rows_of
from tieout.publish import publish

DAY = dt.date(2018, 12, 19)

Relations = Callable[[str], pa.RecordBatchReader]


def control(side: str, rows: int, minor: int, *, ties: bool = True) -> list[Row]:
    scope, name = ("channel", "unionpay") if side == "debit" else ("lender", "kakadai")
    entry = {"scope": scope, "name": name, "side": side, "ties": ties}
    nothing = {"in_transit": 0, "open": 0, "excluded": 0, "rejected": 0}
    return [
        entry | nothing | {"measure": "rows", "read": rows, "matched": rows},
        entry | nothing | {"measure": "amount", "read": minor, "matched": minor},
    ]


def published(tmp_path: Path, relation: Relations, **facts: str | int) -> Path:
    return publish(tmp_path / "reports", DAY, relation, {**FACTS, **facts})


def test_a_day_has_the_files_of_the_contract(tmp_path: Path) -> None:
    folder = published(tmp_path, reports())
    assert folder == tmp_path / "reports" / "2018-12-19"
    assert sorted(path.name for path in folder.iterdir()) == [
        "breaks.csv",
        "breaks.parquet",
        "bureau_corrections.csv",
        "carry_forward.parquet",
        "cleared.csv",
        "control.csv",
        "decided.csv",
        "decisions.csv",
        "excluded.csv",
        "in_transit.csv",
        "matches.parquet",
        "refunds.csv",
        "rejects.csv",
        "report.html",
        "report.xlsx",
        "resubmit_plan.csv",
        "stop_collection.csv",
        "summary.json",
    ]


def test_a_relation_that_fails_publishes_nothing(tmp_path: Path) -> None:
    published(tmp_path, reports(breaks=[a_break("old")]))

    def failing(name: str) -> pa.RecordBatchReader:
        if name == "inputs":
            raise RuntimeError("engine gone")
        return reports(breaks=[a_break("new")])(name)

    with pytest.raises(RuntimeError, match="engine gone"):
        published(tmp_path, failing)
    assert "old," in (tmp_path / "reports/2018-12-19/breaks.csv").read_text()


def test_every_byte_depends_on_the_rows_alone(tmp_path: Path) -> None:
    breaks = [a_break(f"b{n}", channel=("alipay", None)[n % 2], age_days=n) for n in range(50)]
    folders = [
        published(tmp_path / str(batch_rows), reports(breaks=breaks, batch_rows=batch_rows))
        for batch_rows in (1, 7, 50)
    ]
    for name in sorted(path.name for path in folders[0].iterdir()):
        assert len({(folder / name).read_bytes() for folder in folders}) == 1, name


def test_the_csv_and_the_parquet_of_breaks_have_the_same_columns_and_money(tmp_path: Path) -> None:
    folder = published(tmp_path, reports(breaks=[a_break("b1")]))
    header, row = (folder / "breaks.csv").read_text().splitlines()
    table = pq.read_table(folder / "breaks.parquet")
    assert header.split(",") == table.schema.names
    assert "ledger_amount,channel_amount,difference,refund,currency" in header
    assert ",,1625.00,-1625.00,,CNY,2018-12-18 23:10:05,2018-12-18,2018-12-18,1," in row
    assert str(table.column("difference")[0]) == "-1625.00"


def test_control_rows_of_money_have_decimals_and_rows_of_counts_have_none(tmp_path: Path) -> None:
    rows = control("debit", 2, 162550)
    rows[0] = {**rows[0], "opening": 3, "new": 1, "cleared": 2, "closing": 2}
    folder = published(tmp_path, reports(control=rows))
    assert (folder / "control.csv").read_text() == (
        "scope,name,side,measure,read,matched,in_transit,open,excluded,rejected,ties,"
        "opening,new,cleared,closing\n"
        "channel,unionpay,debit,rows,2,2,0,0,0,0,true,3,1,2,2\n"
        "channel,unionpay,debit,amount,1625.50,1625.50,0.00,0.00,0.00,0.00,true,,,,\n"
    )


def test_a_currency_without_decimals_prints_none_anywhere(tmp_path: Path) -> None:
    relation = reports(
        breaks=[a_break(difference_minor=-1625, channel_amount_minor=1625)],
        control=control("debit", 1, 1625),
    )
    folder = published(tmp_path, relation, currency="JPY", currency_decimals=0)
    assert (
        "channel,unionpay,debit,amount,1625,1625,0,0,0,0,true"
        in (folder / "control.csv").read_text()
    )
    assert ",,1625,-1625,,CNY," in (folder / "breaks.csv").read_text()
    assert json.loads((folder / "summary.json").read_text())["breaks"]["difference"] == "1625"
    page = (folder / "report.html").read_text()
    assert "1,625<" in page and "1,625.00" not in page


def test_the_summary_has_the_figures_of_the_day(tmp_path: Path) -> None:
    wronged = a_break(
        "w1",
        category="wrongly_overdue",
        severity="critical",
        channel=None,
        channel_amount_minor=None,
        difference_minor=None,
        refund_minor=1250,
        bureau_correction="1->N 2018-12",
        stop_collection=True,
    )
    relation = reports(
        breaks=[a_break("b1"), wronged],
        control=control("debit", 1, 162500),
        cleared=[a_break("c1", cleared_by="posting:kakadai:9")],
        decided=[a_break("d1", action="write_off"), a_break("d2", action="accept")],
        decisions=[{"state": "in_force"}, {"state": "edited"}, {"state": "in_force"}],
        excluded=[a_break("e1", why="reversed"), a_break("e2", why="reversed")],
        in_transit=[a_break("t1", why="inside_posting_window")],
        rejects=[{"file": "a.csv", "line": 7, "raw": "x", "reason": "amount: empty"}],
        roll_forward=[{"channel": "unionpay", "opening": 1, "new": 1, "cleared": 1, "closing": 1}],
        inputs=[
            {
                "source": "unionpay",
                "format": "channel_settlement_v1",
                "path": "2018-12-19/unionpay.settlement.2018-12-19.csv",
                "business_date": DAY,
                "sha256": "ab" * 32,
                "lines": 1,
                "rejected": 0,
                "status": "read",
            }
        ],
    )
    path = published(tmp_path, relation) / "summary.json"
    summary = json.loads(path.read_text())
    assert summary["business_date"] == "2018-12-19"
    assert summary["ties"] is True
    assert summary["control"][0]["read"] == 1
    assert summary["control"][1]["read"] == "1625.00"
    assert summary["breaks"]["count"] == 2
    assert summary["breaks"]["refund"] == "12.50"
    assert summary["breaks"]["difference"] == "1625.00"
    assert summary["breaks"]["by_severity"]["critical"] == {
        "count": 1,
        "amount": "12.50",
        "refund": "12.50",
        "difference": "0.00",
    }
    assert set(summary["breaks"]["by_channel"]) == {"", "unionpay"}
    assert summary["breaks"]["by_age"]["1-7"]["count"] == 2
    by_liable = summary["breaks"]["by_category_and_liable"]
    assert by_liable["wrongly_overdue"]["platform"]["count"] == 1
    assert (summary["breaks"]["refunds"], summary["breaks"]["new"]) == (1, 1)
    assert summary["match_rate"]["debit"] == {"rows": "100.00", "amount": "100.00"}
    assert summary["match_rate"]["posting"] == {"rows": None, "amount": None}
    assert summary["wrongly_overdue"] == {
        "borrowers": 1,
        "records_to_correct": 1,
        "collections_to_stop": 1,
    }
    assert summary["excluded"]["by_why"] == {"reversed": {"count": 2, "amount": "3250.00"}}
    assert summary["in_transit"]["amount"] == "1625.00"
    assert (summary["cleared"], summary["rejects"]) == (1, 1)
    assert summary["decided"]["by_action"]["write_off"] == {"count": 1, "amount": "1625.00"}
    assert summary["decisions"] == {"edited": 1, "in_force": 2}
    assert summary["roll_forward"][0]["closing"] == 1
    assert summary["inputs"][0]["business_date"] == "2018-12-19"
    assert summary["versions"]["tieout"] == "0.1.0"
    document = json.dumps(summary, ensure_ascii=False, indent=2, sort_keys=True)
    assert path.read_text() == document + "\n"


def test_every_stream_is_read_to_its_end_and_no_third_beside_two(tmp_path: Path) -> None:
    open_streams: list[str] = []

    def relation(name: str) -> pa.RecordBatchReader:
        assert len(open_streams) < 2, f"{name} asked for while {open_streams} are being read"
        table = rows_of(name, a_break()) if name == "breaks" else rows_of(name)

        def batches() -> object:
            open_streams.append(name)
            yield from table.to_batches()
            open_streams.remove(name)

        return pa.RecordBatchReader.from_batches(table.schema, batches())

    published(tmp_path, relation)
    assert open_streams == []


@pytest.mark.parametrize("name", ["matches", "breaks"])
def test_a_stream_that_breaks_off_leaves_the_day_as_it_was(tmp_path: Path, name: str) -> None:
    def relation(asked: str) -> pa.RecordBatchReader:
        table = rows_of(asked)

        def batches() -> object:
            yield from table.to_batches()
            if asked == name:
                raise OSError("the engine is gone")

        return pa.RecordBatchReader.from_batches(table.schema, batches())

    with pytest.raises(OSError, match="the engine is gone"):
        published(tmp_path, relation)
    assert list(tmp_path.rglob("*.csv")) == []


def test_sums_that_arrive_wider_than_bigint_are_whole_numbers_all_the_same(tmp_path: Path) -> None:
    rows = rows_of("control", *control("debit", 2, 162550))
    wide = rows.set_column(4, "read", rows.column("read").cast(pa.decimal128(38, 0)))
    narrow, widened = (
        published(tmp_path / name, reports(control=table))
        for name, table in (("narrow", rows), ("wide", wide))
    )
    for file in ("control.csv", "summary.json", "report.html"):
        assert (narrow / file).read_bytes() == (widened / file).read_bytes()
