"""Every figure on the page, in the workbook, the CSV files and summary.json agrees.

The sample's own run is read back from each file as its reader would read it.
"""

import csv
import html
import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.days import replay
from tieout.day import reconcile
from tieout.publish.sheet_words import DIFFERS, TIES

RUNS = (
    ("kakadai_december", (date(2018, 12, 17),)),
    ("kakadai_december", (date(2018, 12, 18),)),
    ("four_eyes", (date(2019, 3, 5), date(2019, 3, 6), date(2019, 3, 7))),
)
"""Workspaces, and the dates to run one after the other; the last one's report is read."""
FAMILY_SHEETS, PARTY_SHEETS = slice(2, 7), slice(7, 11)
MEASURES = ("read", "matched", "in_transit", "open", "excluded", "rejected")


@pytest.fixture(scope="module", params=RUNS, ids=lambda run: f"{run[0]}-{run[1][-1]}")
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    name, dates = request.param
    sample = replay.SAMPLES / name
    workspace = tmp_path_factory.mktemp("agree") / "workspace"
    replay.furnish(sample, workspace)
    replay.deliver(sample, workspace, replay.inbox_files(sample))
    return [reconcile(workspace, each) for each in dates][-1]


def rows(report: Path, name: str) -> list[dict[str, str]]:
    with (report / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def money(text: str) -> Decimal:
    return Decimal(text or "0.00")


def in_question(row: Mapping[str, str]) -> Decimal:
    named = ("difference", "refund", "channel_amount", "ledger_amount")
    return abs(money(next((row[name] for name in named if row[name]), "0")))


def figures(breaks: list[dict[str, str]]) -> tuple[int, Decimal, Decimal, Decimal]:
    """How many, the amount in question, the refund and the absolute difference."""
    return (
        len(breaks),
        sum((in_question(row) for row in breaks), Decimal()),
        sum((money(row["refund"]) for row in breaks), Decimal()),
        sum((abs(money(row["difference"])) for row in breaks), Decimal()),
    )


def by(breaks: list[dict[str, str]], name: str) -> dict[str, list[dict[str, str]]]:
    return {
        key: [row for row in breaks if row[name] == key] for key in {row[name] for row in breaks}
    }


def book(report: Path) -> Any:
    return openpyxl.load_workbook(report / "report.xlsx", data_only=True)


def lines(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def amount(value: object) -> Decimal:
    """A number of a cell at the currency's two decimals, which a double holds."""
    assert isinstance(value, int | float), value
    return Decimal(repr(value)).quantize(Decimal("0.01"))


def told_by(sheet: Any, section: str) -> dict[str, tuple[int, Decimal, Decimal, Decimal]]:
    """The figures of one section of the control or summary sheet, by its last English word."""
    found = {}
    all_lines = lines(sheet)
    first = next(n for n, line in enumerate(all_lines) if str(line[0]).endswith(section)) + 2
    for line in all_lines[first:]:
        if line[4] is None:
            break
        key = str(line[2] or line[1]).rpartition(" ")[2]
        found[key] = (line[4], amount(line[5]), amount(line[6]), amount(line[7]))
    return found


def page(report: Path) -> dict[str, str]:
    """What is read on the page, by its place in summary.json."""
    text = (report / "report.html").read_text(encoding="utf-8")
    found = re.findall(r'<data value="[^"]*" data-figure="([^"]*)">([^<]*)</data>', text)
    return {html.unescape(at): shown for at, shown in found}


def summary(report: Path) -> Any:
    return json.loads((report / "summary.json").read_text(encoding="utf-8"))


def test_breaks_by_category_and_party_agree_everywhere(report: Path) -> None:
    breaks = rows(report, "breaks.csv")
    workbook, told = book(report), summary(report)["breaks"]
    for name, section in (("category", "By category"), ("liable", "By liable party")):
        wanted = {key: figures(part) for key, part in by(breaks, name).items()}
        shown = told_by(workbook["汇总 Summary"], section)
        assert shown.pop("Total") == figures(breaks)
        assert {key: each for key, each in shown.items() if each[0]} == wanted
        stated = told_by(workbook["控制表 Control"], section.replace("By", "Breaks by"))
        assert stated.pop("Total") == figures(breaks)
        assert {key: each for key, each in stated.items() if each[0]} == wanted
        assert {
            key: (each["count"], money(each["refund"]), money(each["difference"]))
            for key, each in told[f"by_{name}"].items()
        } == {key: (each[0], each[2], each[3]) for key, each in wanted.items()}
    assert (told["count"], money(told["refund"]), money(told["difference"])) == (
        len(breaks),
        *figures(breaks)[2:],
    )


def test_the_page_says_the_same_of_each_category_and_party(report: Path) -> None:
    breaks, read = rows(report, "breaks.csv"), page(report)
    for name in ("category", "liable"):
        for key, part in by(breaks, name).items():
            count, in_all, _, _ = figures(part)
            assert read[f"/breaks/by_{name}/{key}/count"] == f"{count:,}", key
            assert read[f"/breaks/by_{name}/{key}/amount"] == f"{in_all:,}", key
    count, in_all, refund, _ = figures(breaks)
    assert (read["/breaks/count"], read["/breaks/amount"], read["/breaks/refund"]) == (
        f"{count:,}",
        f"{in_all:,}",
        f"{refund:,.2f}",
    )
    listed = (report / "report.html").read_text(encoding="utf-8").count("<tr data-break=")
    assert listed == count


def test_every_list_of_the_workbook_holds_the_breaks_of_the_csv(report: Path) -> None:
    breaks = rows(report, "breaks.csv")
    for part in (FAMILY_SHEETS, PARTY_SHEETS):
        ids = []
        for sheet in book(report).worksheets[part]:
            head, *listed = lines(sheet)[4:]
            place = [str(words).partition("\n")[2] for words in head].index("break id")
            ids += [line[place] for line in listed if line[place]]
        assert sorted(ids) == sorted(row["break_id"] for row in breaks)


def test_the_proof_agrees_everywhere(report: Path) -> None:
    wanted = {
        (row["scope"], row["name"], row["side"], row["measure"]): [
            money(row[name]) for name in MEASURES
        ]
        for row in rows(report, "control.csv")
    }
    told = {
        (row["scope"], row["name"], row["side"], row["measure"]): [
            money(str(row[name])) for name in MEASURES
        ]
        for row in summary(report)["control"]
    }
    assert told == wanted
    shown = {}
    for line in lines(book(report)["控制表 Control"])[7:]:
        if line[4] is None:
            break
        scope, side = line[1].rpartition(" ")[2], line[3].rpartition(" ")[2]
        shown[scope, line[2], side, "rows"] = [Decimal(value) for value in line[4:10]]
        shown[scope, line[2], side, "amount"] = [amount(value) for value in line[11:17]]
    assert shown == wanted
    read = page(report)
    for place, values in enumerate(wanted.values()):
        printed = [read[f"/control/{place}/{name}"] for name in MEASURES]
        assert [money(figure.replace(",", "")) for figure in printed] == values


def test_the_roll_forward_agrees_everywhere(report: Path) -> None:
    names = ("opening", "new", "cleared", "closing")
    wanted = {
        row["channel"] or row["lender"]: tuple(row[name] for name in names)
        for row in summary(report)["roll_forward"]
    }
    all_lines = lines(book(report)["控制表 Control"])
    first = next(n for n, line in enumerate(all_lines) if "Roll-forward" in str(line[0])) + 2
    shown = {}
    for line in all_lines[first : first + len(wanted) + 1]:
        shown["" if line[1].startswith("未注明") else line[1]] = tuple(line[4:8])
    total = shown.pop("合计 Total")
    assert shown == wanted
    assert total == tuple(map(sum, zip(*wanted.values(), strict=True)))
    assert total[3] == len(rows(report, "breaks.csv"))
    stated = {
        row["name"]: tuple(int(row[name]) for name in names)
        for row in rows(report, "control.csv")
        if row["opening"]
    }
    assert stated.items() <= wanted.items()


def test_the_action_files_say_what_the_breaks_say(report: Path) -> None:
    breaks = {row["break_id"]: row for row in rows(report, "breaks.csv")}
    told = summary(report)
    refunds = rows(report, "refunds.csv")
    assert {row["break_id"]: row["amount"] for row in refunds} == {
        key: row["refund"] for key, row in breaks.items() if money(row["refund"])
    }
    assert sum(money(row["amount"]) for row in refunds) == money(told["breaks"]["refund"])
    stops = rows(report, "stop_collection.csv")
    assert {row["break_id"] for row in stops} == {
        key for key, row in breaks.items() if row["stop_collection"] == "true"
    }
    assert len(stops) == told["wrongly_overdue"]["collections_to_stop"]
    corrections = rows(report, "bureau_corrections.csv")
    assert {row["break_id"] for row in corrections} == {
        key for key, row in breaks.items() if row["bureau_correction"]
    }
    assert {
        f"{row['reported_status']}->{row['corrected_status']} {row['month']}" for row in corrections
    } == {row["bureau_correction"] for row in breaks.values() if row["bureau_correction"]}
    for path in (report / "channel_claims").glob("*.csv"):
        for row in rows(report, f"channel_claims/{path.name}"):
            assert breaks[row["break_id"]]["channel"] == row["channel"] == path.stem


def test_the_list_of_files_has_the_rows_of_each_file(report: Path) -> None:
    all_lines = lines(book(report)["控制表 Control"])
    first = next(n for n, line in enumerate(all_lines) if "Files of" in str(line[0])) + 2
    shown = {line[1]: line[4] for line in all_lines[first:] if line[1]}
    files = {
        str(path.relative_to(report))
        for path in report.rglob("*.csv")
        if path.name != "control.csv"
    }
    assert shown == {name: len(rows(report, name)) for name in files}


def test_decided_and_cleared_breaks_agree_everywhere(report: Path) -> None:
    read, told = page(report), summary(report)
    for name, column, at in (
        ("decided", "action", "/decided/by_action"),
        ("cleared", "cleared_by", "/cleared_by"),
    ):
        parts = by(rows(report, f"{name}.csv"), column)
        for key, part in parts.items():
            count, in_all, _, _ = figures(part)
            assert read[f"{at}/{key}/count"] == f"{count:,}"
            assert read[f"{at}/{key}/amount"] == f"{in_all:,}"
    decided = rows(report, "decided.csv")
    if decided:
        wanted = {key: figures(part) for key, part in by(decided, "action").items()}
        for sheet, section in (
            ("汇总 Summary", "Decided by action"),
            ("控制表 Control", "by action"),
        ):
            shown = told_by(book(report)[sheet], section)
            assert shown.pop("Total") == figures(decided)
            assert {key: each[0] for key, each in shown.items()} == {
                key.rpartition("_")[2]: each[0] for key, each in wanted.items()
            }
    waiting = [r for r in rows(report, "decisions.csv") if r["state"] == "second_name_needed"]
    assert told["second_name_needed"]["count"] == len({row["break_id"] for row in waiting})


def test_every_check_of_the_workbook_ties(report: Path) -> None:
    workbook = book(report)
    for name in ("控制表 Control", "汇总 Summary"):
        words = [line[0] for line in lines(workbook[name])]
        assert words.count(TIES) > 5
        assert words.count(DIFFERS) == 0


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_a_spreadsheet_that_calculates_comes_to_the_values_stored(
    report: Path, tmp_path: Path
) -> None:
    settings = tmp_path / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(ALWAYS_CALCULATE, encoding="utf-8")
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
            *("--convert-to", "xlsx", "--outdir", tmp_path, report / "report.xlsx"),
        ],
        check=True,
        capture_output=True,
    )
    formulas = openpyxl.load_workbook(report / "report.xlsx")
    stored = book(report)
    calculated = openpyxl.load_workbook(tmp_path / "report.xlsx", data_only=True)
    compared = 0
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    mine = stored[sheet.title][cell.coordinate].value
                    theirs = calculated[sheet.title][cell.coordinate].value
                    if isinstance(mine, str):
                        assert theirs == mine, (sheet.title, cell.coordinate)
                    else:
                        assert amount(theirs) == amount(mine), (sheet.title, cell.coordinate)
                    compared += 1
    assert compared > 200


ALWAYS_CALCULATE = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""
