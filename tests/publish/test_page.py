"""The page as it is written: whole, escaped, in two languages, its figures those of the day."""

import csv
import datetime as dt
import html
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.publish.made_up import FACTS, Row, a_break, reports
from tieout import publish
from tieout.publish.page import BREAKS_PRINTED, REJECTS_SHOWN
from tieout.publish.page.told import remedy
from tieout.texts import words
from tieout.warehouse import load_models
from tieout.warehouse.catalogue import catalogue

DAY = dt.date(2018, 12, 19)

CATALOGUE: list[Row] = [
    {
        "category": "debit_not_posted",
        "category_zh": "掉单",
        "severity": "high",
        "family": "open_entries",
        "means": "The channel took the money and the lender booked nothing.",
        "remedy": "Post the debit to the loan of its order.",
    }
]

SIGNATURE: Row = {
    "break_id": "b1",
    "category": "debit_not_posted",
    "subject": "debit:unionpay:b1",
    "action": "write_off",
    "by": "Li Na",
    "at": dt.datetime.fromisoformat("2018-12-19 09:20:00"),
    "reason": "the ledger is closed",
    "state": "second_name_needed",
    "amount_minor": 162500,
}

HOSTILE = "</script><img src=x onerror=alert(1)>\"'><!--"


def control(side: str, rows: int, minor: int, *, ties: bool = True, **placed: int) -> list[Row]:
    scope, name = ("channel", "unionpay") if side == "debit" else ("lender", "kakadai")
    entry = {"scope": scope, "name": name, "side": side, "ties": ties}
    nothing = {"in_transit": 0, "open": 0, "excluded": 0, "rejected": 0}
    return [
        entry | nothing | {"measure": "rows", "read": rows, "matched": rows},
        entry | nothing | {"measure": "amount", "read": minor, "matched": minor},
    ]


def folder_of(tmp_path: Path, **rows: list[Row]) -> Path:
    return publish.publish(tmp_path / "reports", DAY, reports(**rows), FACTS)


def page_of(tmp_path: Path, **rows: list[Row]) -> str:
    return (folder_of(tmp_path, **rows) / "report.html").read_text()


def block(page: str, name: str) -> dict[str, object]:
    """A data block as a browser takes it: up to the first end tag."""
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script', page, re.S)
    assert found
    document: dict[str, object] = json.loads(found[1])
    return document


def listed_ids(page: str) -> list[str]:
    columns = block(page, "data")["columns"]
    assert isinstance(columns, dict)
    ids: list[str] = columns["break_id"]
    return ids


def figures(page: str) -> list[tuple[str, str, str]]:
    """Every figure: its pointer into summary.json, its value, and what is read."""
    found = re.findall(r'<data value="([^"]*)" data-figure="([^"]*)">([^<]*)</data>', page)
    return [(html.unescape(at), value, text) for value, at, text in found]


def at_pointer(document: object, pointer: str) -> object:
    for key in pointer.split("/")[1:]:
        key = key.replace("~1", "/").replace("~0", "~")
        document = document[int(key)] if isinstance(document, list) else document[key]  # type: ignore[index]
    return document


def test_the_page_says_first_whether_it_ties(tmp_path: Path) -> None:
    tied = page_of(tmp_path / "tied", control=control("debit", 1, 5))
    apart = page_of(tmp_path / "apart", control=control("debit", 1, 5, ties=False))
    assert "It ties" in tied and "It does not tie" not in tied
    assert "It does not tie" in apart and "It ties" not in apart


def test_the_page_needs_nothing_but_itself(tmp_path: Path) -> None:
    page = page_of(tmp_path, breaks=[a_break()], catalogue=CATALOGUE)
    assert "//" not in re.sub(r"\s", "", page.replace("-Apple-System", ""))
    assert not re.findall(r'\bsrc="|@import|url\(|<link|<img|<iframe', page)


def test_only_the_style_and_the_script_that_came_with_it_may_run(tmp_path: Path) -> None:
    page = page_of(tmp_path, breaks=[a_break()], catalogue=CATALOGUE)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert "default-src 'none'" in html.unescape(policy[1])
    assert "unsafe" not in policy[1]
    assert not re.findall(r"<[^>]*\s(?:on\w+|style)=", page)


def test_every_link_of_the_page_leads_somewhere(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, breaks=[a_break()], control=control("debit", 1, 5))
    page = (folder / "report.html").read_text()
    parameters = set(re.findall(r'<select name="(\w+)"', page)) | {"sort"}
    for target in re.findall(r'href="([^"]*)"', page):
        if "=" in target:
            assert set(re.findall(r"(\w+)=", html.unescape(target))) <= parameters
        elif target.startswith("#"):
            assert f'id="{target[1:]}"' in page
        else:
            assert (folder / target).exists()


def test_text_from_files_cannot_become_markup(tmp_path: Path) -> None:
    everywhere = dict.fromkeys(
        [
            *("break_id", "category", "category_zh", "subject", "lender", "channel", "bank_code"),
            *("loan_id", "borrower_ref", "order_no", "cause", "liable", "remedy", "sources"),
            *("bureau_correction", "proof"),
        ],
        HOSTILE,
    )
    page = page_of(
        tmp_path,
        breaks=[a_break(**everywhere)],
        in_transit=[a_break("t1", channel=HOSTILE, why=HOSTILE)],
        excluded=[a_break("e1", why=HOSTILE)],
        catalogue=[{**CATALOGUE[0], "category": HOSTILE, "category_zh": HOSTILE, "means": HOSTILE}],
        control=[{**row, "name": HOSTILE} for row in control("debit", 1, 5)],
        rejects=[{"file": HOSTILE, "line": 1, "raw": HOSTILE, "reason": HOSTILE}],
        inputs=[{"path": HOSTILE, "sha256": "ab", "status": "read", "lines": 1}],
        expectations=[{"relation": HOSTILE, "expectation": HOSTILE, "success": False}],
        settlement_days=[{"channel": HOSTILE, "settle_date": DAY, "file_present": True}],
        roll_forward=[{"channel": HOSTILE, "opening": 0, "new": 1, "cleared": 0, "closing": 1}],
        decided=[a_break("d1", action=HOSTILE)],
        decisions=[{**SIGNATURE, "break_id": HOSTILE, "by": HOSTILE, "reason": HOSTILE}],
        cleared=[a_break("c1", cleared_by=HOSTILE)],
    )
    assert "<img" not in page
    assert page.count("</script>") == page.count("<script") == 3
    assert html.escape(HOSTILE).replace("&quot;", "&#34;").replace("&#x27;", "&#39;") in page
    assert listed_ids(page) == [HOSTILE]


def test_every_figure_is_what_the_summary_has(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path,
        breaks=[
            a_break("b1", channel="a/b~c", refund_minor=1250, age_days=8),
            a_break("b2", channel=None, liable="bank", category="wrongly_overdue"),
        ],
        control=[*control("debit", 3, 123456789), *control("posting", 2, 5)],
        excluded=[a_break("e1", why="reversed")],
        in_transit=[a_break("t1", why="posting_window_open")],
        roll_forward=[{"channel": "", "opening": 1, "new": 2, "cleared": 1, "closing": 2}],
        catalogue=CATALOGUE,
        decided=[a_break("d1", action="adjust")],
        decisions=[SIGNATURE],
        cleared=[a_break("c1", cleared_by="posting_arrived")],
    )
    summary = json.loads((folder / "summary.json").read_text())
    found = figures((folder / "report.html").read_text())
    for at, value, text in found:
        assert str(at_pointer(summary, at)) == value, at
        assert text.replace(",", "").removesuffix("%") == value, at
    for at in (
        "/control/1/read",
        "/match_rate/debit/amount",
        "/breaks/refund",
        "/breaks/by_age/7-30/amount",
        "/breaks/by_channel/a~1b~0c/count",
        "/breaks/by_channel//count",
        "/breaks/by_category_and_liable/wrongly_overdue/bank/count",
        "/wrongly_overdue/borrowers",
        "/roll_forward/0/closing",
        "/trend/0/amount",
        "/excluded/by_why/reversed/amount",
        "/decided/by_action/adjust/amount",
        "/decisions/second_name_needed",
        "/second_name_needed/amount",
        "/cleared_by/posting_arrived/count",
    ):
        assert at in {pointer for pointer, _, _ in found}, at


def test_the_list_begins_with_the_worst_and_the_largest(tmp_path: Path) -> None:
    page = page_of(
        tmp_path,
        breaks=[
            a_break("low", severity="low"),
            a_break("small", severity="high", difference_minor=-100),
            a_break("medium", severity="medium"),
            a_break("large", severity="high", difference_minor=90000),
            a_break("worst", severity="critical", difference_minor=None),
        ],
    )
    worst_first = ["worst", "large", "small", "medium", "low"]
    assert listed_ids(page) == worst_first
    assert re.findall(r'<tr data-break="(\w+)"', page) == worst_first


def test_a_list_that_is_too_long_keeps_the_worst_and_says_where_the_rest_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "BREAKS_LISTED", 3)
    breaks = [a_break(f"b{n}", severity="low") for n in range(9)]
    full = page_of(tmp_path / "full", breaks=breaks[:3])
    over = page_of(tmp_path / "over", breaks=[*breaks, a_break("late", severity="critical")])
    assert listed_ids(full) == ["b0", "b1", "b2"]
    assert listed_ids(over) == ["late", "b0", "b1"]
    assert "all are in breaks.csv: in total</span> 10." in over
    assert "all are in breaks.csv: in total</span>" not in full


def test_paper_and_readers_without_scripts_get_the_worst_breaks(tmp_path: Path) -> None:
    page = page_of(tmp_path, breaks=[a_break(f"b{n:04}") for n in range(BREAKS_PRINTED + 1)])
    assert len(re.findall("<tr data-break=", page)) == BREAKS_PRINTED
    assert len(listed_ids(page)) == BREAKS_PRINTED + 1


def test_a_break_is_told_with_its_own_amounts_dates_and_borrower(tmp_path: Path) -> None:
    page = page_of(tmp_path, breaks=[a_break(order_no="K1")], catalogue=CATALOGUE)
    assert (
        "unionpay took 1,625.00 from borrower P7 at 2018-12-18 23:10:05 for loan L7, "
        "instalment 3 (order K1); the ledger has no posting of it."
    ) in page
    assert "unionpay 于 2018-12-18 23:10:05 扣走借款人 P7 的 1,625.00" in page


def test_what_a_break_does_not_state_is_left_out_of_its_sentence(tmp_path: Path) -> None:
    page = page_of(tmp_path, breaks=[a_break(borrower_ref=None, instalment_no=None)])
    assert "unionpay took 1,625.00 at 2018-12-18 23:10:05 for loan L7; the ledger" in page


def test_a_break_that_waits_for_a_second_name_says_who_signed_for_what(tmp_path: Path) -> None:
    breaks = [a_break("b1"), a_break("b2")]
    page = page_of(tmp_path, breaks=breaks, decisions=[SIGNATURE], catalogue=CATALOGUE)
    told = ["second_name_needed", "write_off", "Li Na", "2018-12-19 09:20:00"]
    assert block(page, "data")["signed"] == {"b1": [[*told, "the ledger is closed"]]}
    assert '<a href="#break=b1"><span lang="zh-CN">' in page


def test_two_signatures_under_one_break_are_one_break_that_waits(tmp_path: Path) -> None:
    page = page_of(tmp_path, decisions=[SIGNATURE, {**SIGNATURE, "by": "LI NA"}])
    told = {at: value for at, value, _ in figures(page)}
    assert told["/second_name_needed/count"] == "1"
    assert told["/second_name_needed/amount"] == "1625.00"
    assert told["/decisions/second_name_needed"] == "2"


def test_the_roll_forward_names_the_lender_of_breaks_without_a_channel(tmp_path: Path) -> None:
    rolled = {"channel": "", "lender": "xiaoxi", "opening": 1, "new": 0, "cleared": 0}
    page = page_of(tmp_path, roll_forward=[{**rolled, "closing": 1}])
    assert '<tr><th scope="row">xiaoxi<small><span lang="zh-CN">放款机构</span>' in page


def test_entries_are_told_by_file_and_line(tmp_path: Path) -> None:
    sources = "a:b.zip!c.csv:12;d.csv:7;a:b.zip!c.csv:13"
    page = page_of(tmp_path, breaks=[a_break("b1", sources=sources), a_break("b2", sources=None)])
    assert block(page, "data")["places"] == {
        "count": [3, 0],
        "files": ["a:b.zip!c.csv", "d.csv"],
        "file": [0, 1, 0],
        "line": [12, 7, 13],
    }


def test_amounts_beyond_what_a_script_counts_exactly_travel_as_text(tmp_path: Path) -> None:
    page = page_of(tmp_path, breaks=[a_break(channel_amount_minor=2**53, difference_minor=-7)])
    columns = block(page, "data")["columns"]
    assert isinstance(columns, dict)
    assert columns["channel_amount"] == [str(2**53)]
    assert columns["difference"] == [-7]


def test_rejects_stop_at_their_room_too(tmp_path: Path) -> None:
    rejects: list[Row] = [
        {"file": "a.csv", "line": n, "raw": "x", "reason": "amount: empty"}
        for n in range(REJECTS_SHOWN + 1)
    ]
    page = page_of(tmp_path, rejects=rejects)
    assert page.count("amount: empty") == REJECTS_SHOWN
    assert f'data-figure="/rejects">{REJECTS_SHOWN + 1}<' in page


def test_a_day_without_breaks_has_no_list_and_says_so(tmp_path: Path) -> None:
    page = page_of(tmp_path)
    assert 'id="list"' not in page
    assert "No open breaks." in page
    assert "Nothing to reconcile" in page


def test_old_settlement_days_are_shown_only_while_their_file_is_missing(tmp_path: Path) -> None:
    page = page_of(
        tmp_path,
        settlement_days=[
            {"channel": "unionpay", "settle_date": dt.date(2018, 11, 1), "file_present": True},
            {"channel": "unionpay", "settle_date": dt.date(2018, 11, 2), "file_present": False},
            {"channel": "unionpay", "settle_date": dt.date(2018, 12, 18), "file_present": True},
        ],
    )
    assert "2018-11-01" not in page
    assert "2018-11-02" in page
    assert "2018-12-18" in page


def test_a_failed_check_is_shown_with_what_was_seen(tmp_path: Path) -> None:
    page = page_of(
        tmp_path,
        expectations=[
            {
                "suite": "staging.postings",
                "relation": "staging.postings",
                "expectation": "every amount is above zero",
                "severity": "warn",
                "success": False,
                "observed": "3 of 90 rows",
                "expected": "0 rows",
            }
        ],
    )
    for seen in ("every amount is above zero", "3 of 90 rows", "未通过", "failed, see below."):
        assert seen in page


def every_text(table: Mapping[str, object], where: str = "") -> Iterator[tuple[str, object]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from every_text(value, f"{where}.{name}")
        else:
            yield f"{where}.{name}", value


def test_whatever_is_said_is_said_in_both_languages() -> None:
    told = {name: told for name, told in words().items() if name not in ("remedies", "steps")}
    for where, text in every_text(told):
        assert isinstance(text, list) and len(text) == 2 and all(text), where
        assert re.search("[\u4e00-\u9fff]", text[0]), where
        assert not re.search("[\u4e00-\u9fff]", text[1]), where


def test_both_languages_of_a_sentence_name_the_same_facts() -> None:
    for category, told in words()["categories"].items():
        chinese, english = (set(re.findall(r"\{(\w+)\}", text)) for text in told["says"])
        assert chinese == english, category


CATEGORIES = catalogue(load_models()).to_pylist()


@pytest.mark.parametrize("row", CATEGORIES, ids=lambda row: row["category"])
def test_every_category_has_its_own_words_and_a_remedy_in_chinese(row: Row) -> None:
    assert set(words()["categories"][row["category"]]) == {"means", "says"}
    assert remedy(str(row["remedy"])).zh != row["remedy"]


def test_no_words_are_kept_for_a_category_that_is_gone() -> None:
    assert set(words()["categories"]) == {row["category"] for row in CATEGORIES}


def test_causes_and_remedies_of_the_samples_are_told_in_chinese() -> None:
    golden = list((Path(__file__).parents[2] / "data_samples").glob("*/expected/*/breaks.csv"))
    assert golden
    for path in golden:
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                assert row["cause"] in words()["words"], row["cause"]
                assert re.search("[\u4e00-\u9fff]", remedy(row["remedy"]).zh), row["remedy"]
                assert not re.search("[a-z]{2}", remedy(row["remedy"]).zh), row["remedy"]


WORDS_OF_CASES = re.compile(r"(?:then|else) '([a-z_]+)'|'([a-z_]+)' as cleared_by")


@pytest.mark.parametrize(
    "pattern",
    ["reports/clearing_*.sql", "reports/cleared.sql", "reports/decisions.sql", "*/signatures.sql"],
)
def test_whatever_can_clear_a_break_or_befall_a_signature_has_words(pattern: str) -> None:
    files = list((Path(__file__).parents[2] / "sql").glob(pattern))
    assert files
    for file in files:
        found = {one or other for one, other in WORDS_OF_CASES.findall(file.read_text("utf-8"))}
        assert found - set(words()["words"]) - {"live"} == set(), file.name


def test_what_the_samples_cleared_and_signed_is_told_in_chinese() -> None:
    samples = Path(__file__).parents[2] / "data_samples"
    for name, columns in (("cleared", ["cleared_by"]), ("decisions", ["state", "action"])):
        for path in samples.glob(f"*/expected/*/{name}.csv"):
            with path.open(encoding="utf-8", newline="") as lines:
                told = {row[column] for row in csv.DictReader(lines) for column in columns}
            assert told - set(words()["words"]) == set(), path


def test_a_remedy_nobody_translated_is_shown_as_it_came() -> None:
    assert remedy("Sing.") == ("Sing.", "Sing.")
