"""The page as its readers have it: in Chromium, from a file, with no network."""

import datetime as dt
import re
from pathlib import Path

import pytest

from tests.browser.conftest import Window
from tests.browser.many import CATALOGUE, control_of, many_breaks
from tests.publish.made_up import FACTS, a_break, reports
from tieout.publish import publish
from tieout.publish.page import BREAKS_LISTED, BREAKS_PRINTED

DAY = dt.date(2018, 12, 19)
HOSTILE = "</script><img src=x onerror=console.error(1)>\"'<!--"


def published(folder: Path, count: int) -> Path:
    """The page of a day with that many breaks."""
    relation = reports(
        breaks=many_breaks(count), control=control_of(count), catalogue=CATALOGUE, batch_rows=4096
    )
    return publish(folder, DAY, relation, FACTS) / "report.html"


@pytest.fixture(scope="module")
def sixty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("sixty"), 60)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("full"), BREAKS_LISTED)


def assert_shown(page, number: int) -> None:
    """Waits: what a link asks of the page is done after the click has returned."""
    from playwright.sync_api import expect

    expect(page.locator("#shown")).to_have_text(re.compile(rf"^{number:,}(?![\d,])"))


def column(page, name: str) -> list[str]:
    return page.locator(f"#window td.{name}").all_inner_texts()


@pytest.mark.parametrize("count", [0, 1, 60])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_from_a_file_without_a_network_or_a_complaint(
    window: Window, tmp_path: Path, count: int, scheme: str
) -> None:
    opened = window.open(published(tmp_path, count), color_scheme=scheme)
    assert opened.page.is_visible("h1")
    assert opened.complaints == []


def test_the_language_switches_everything_that_can_be_read(window: Window, sixty: Path) -> None:
    opened = window.open(sixty, "break=0000000000000000")
    page = opened.page
    for section in page.locator("details").all():
        section.evaluate("each => { each.open = true; }")
    page.click("button[data-language=en]")
    assert page.evaluate("document.documentElement.lang") == "en"
    seen = page.inner_text("main").replace("中文", "")
    assert not re.search("[\u4e00-\u9fff]", seen), re.search(".{20}[\u4e00-\u9fff]+", seen)
    for attribute in ("aria-label", "placeholder"):
        for each in page.locator(f"main [{attribute}]").all():
            assert not re.search("[\u4e00-\u9fff]", each.get_attribute(attribute))
    page.click("button[data-language=zh]")
    assert "控制表" in page.inner_text("#control h2")
    assert "Control sheet" not in page.inner_text("main")
    assert opened.complaints == []


def test_the_language_is_part_of_the_address_and_is_remembered(window: Window, sixty: Path) -> None:
    opened = window.open(sixty)
    opened.page.click("button[data-language=en]")
    opened.page.wait_for_url("**/*lang=en*")
    opened.page.goto(sixty.as_uri())
    opened.page.reload()
    assert opened.page.inner_text("#control h2") == "Control sheet"
    other = window.open(sixty, "lang=en")
    assert other.page.inner_text("#control h2") == "Control sheet"


def test_a_link_to_one_break_opens_it(window: Window, sixty: Path) -> None:
    page = window.open(sixty, "lang=en&break=0000000000000013").page
    story = page.inner_text("#story")
    assert "0000000000000013" in story
    assert "settlement.2018-12-18.csv:13" in story
    assert page.locator("#window tr.chosen").get_attribute("data-break") == "0000000000000013"
    assert page.locator("#window tr.chosen").is_visible()


def test_a_link_to_a_break_that_is_not_listed_says_so(window: Window, sixty: Path) -> None:
    page = window.open(sixty, "lang=en&break=gone").page
    assert "This page has no break gone" in page.inner_text("#story")


def test_the_filters_narrow_the_list_and_the_address_keeps_them(
    window: Window, sixty: Path
) -> None:
    page = window.open(sixty, "lang=en").page
    assert_shown(page, 60)
    page.select_option("select[name=channel]", "alipay")
    assert_shown(page, 20)
    page.fill("input[name=q]", "wrongly OVERDUE b13")
    assert_shown(page, 1)
    page.wait_for_url("**/*q=wrongly*")
    shared = window.open(sixty, page.url.partition("#")[2]).page
    assert_shown(shared, 1)
    assert shared.input_value("select[name=channel]") == "alipay"
    page.click("#reset")
    assert_shown(page, 60)


@pytest.mark.parametrize(
    ("view", "number"),
    [
        ("age=<1", 2),
        ("age=30%2B", 15),
        ("action=refund", 8),
        ("action=bureau", 1),
        ("severity=critical&liable=bank", 8),
        ("q=nothing+like+this", 0),
    ],
)
def test_every_kind_of_filter_counts_what_fits_it(
    window: Window, sixty: Path, view: str, number: int
) -> None:
    assert_shown(window.open(sixty, view).page, number)


def test_a_figure_leads_to_the_breaks_behind_it(window: Window, sixty: Path) -> None:
    page = window.open(sixty, "lang=en").page
    link = page.locator(".matrix tbody tr", has_text="duplicate debit").locator("td a").first
    count = int(link.inner_text())
    link.click()
    assert_shown(page, count)
    assert page.input_value("select[name=category]") == "duplicate_debit"
    assert page.input_value("select[name=liable]") == "channel"
    assert page.evaluate("document.documentElement.lang") == "en"


def test_a_column_sorts_both_ways_and_back(window: Window, sixty: Path) -> None:
    page = window.open(sixty).page

    def amounts() -> list[int]:
        return [int(re.sub(r"\D", "", text)) for text in column(page, "amount")]

    worst_first = amounts()
    page.click("[data-sort=amount]")
    assert amounts() == sorted(amounts(), reverse=True)
    assert page.locator("th.amount").get_attribute("aria-sort") == "descending"
    page.click("[data-sort=amount]")
    assert amounts() == sorted(amounts())
    page.click("[data-sort=amount]")
    assert amounts() == worst_first


def test_the_list_goes_by_keyboard_alone(window: Window, sixty: Path) -> None:
    page = window.open(sixty, "lang=en").page
    page.focus("#list")
    page.keyboard.press("ArrowDown")
    first = page.locator("#window tr.chosen").get_attribute("data-break")
    for _ in range(30):
        page.keyboard.press("ArrowDown")
    chosen = page.locator("#window tr.chosen")
    assert chosen.get_attribute("data-break") != first
    assert chosen.get_attribute("data-break") in page.inner_text("#story")
    assert chosen.get_attribute("aria-rowindex") == "32"


def test_script_and_paper_tell_a_break_in_the_same_words(window: Window, sixty: Path) -> None:
    page = window.open(sixty).page
    printed = page.evaluate(
        """() => Object.fromEntries(Array.from(document.querySelectorAll("#worst tbody tr"),
            row => [row.dataset.break, {
                zh: row.cells[2].querySelector("[lang|=zh]").textContent,
                en: row.cells[2].querySelector("[lang=en]").textContent,
                remedy_zh: row.cells[7].querySelector("[lang|=zh]").textContent,
                amount: row.cells[3].textContent}]))"""
    )
    assert len(printed) == 60
    for break_id in list(printed)[::15]:
        page = window.open(sixty, f"break={break_id}&lang=zh").page
        page.locator("#story .facts", has_text=break_id).wait_for()
        assert page.inner_text("#story .told") == printed[break_id]["zh"]
        assert printed[break_id]["remedy_zh"] in page.inner_text("#story")
        assert (
            page.locator("#window tr.chosen td.amount").inner_text()
            == (printed[break_id]["amount"])
        )
        page.click("button[data-language=en]")
        assert page.inner_text("#story .told") == printed[break_id]["en"]


def test_text_from_files_runs_nowhere(window: Window, tmp_path: Path) -> None:
    names = ("subject", "lender", "channel", "bank_code", "loan_id", "borrower_ref", "order_no")
    hostile = dict.fromkeys((*names, "cause", "remedy", "sources", "category_zh"), HOSTILE)
    relation = reports(breaks=[a_break("b1", **hostile)], catalogue=CATALOGUE)
    opened = window.open(publish(tmp_path, DAY, relation, FACTS) / "report.html", "break=b1")
    assert HOSTILE in opened.page.inner_text("#story")
    assert opened.page.locator("img").count() == 0
    assert opened.complaints == []


def test_fifty_thousand_breaks_can_be_browsed(window: Window, full: Path) -> None:
    opened = window.open(full, "lang=en")
    page = opened.page
    assert_shown(page, BREAKS_LISTED)
    assert page.locator("#window tr").count() < 60
    page.evaluate("document.getElementById('list').scrollTop = 1e9")
    last = page.locator(f"#window tr[aria-rowindex='{BREAKS_LISTED + 1}']")
    last.wait_for()
    page.fill("input[name=q]", "k49999")
    assert_shown(page, 1)
    page.click("#window tr")
    assert "posting" in page.inner_text("#story")
    page.click("#reset")
    page.click("[data-sort=age_days]")
    assert column(page, "age_days")[0] == "44"
    assert opened.complaints == []


def test_without_scripts_the_worst_breaks_and_all_figures_are_there(
    window: Window, full: Path
) -> None:
    page = window.open(full, java_script_enabled=False).page
    assert page.locator("#worst tbody tr").count() == BREAKS_PRINTED
    assert page.is_visible("#worst")
    assert not page.is_visible("#list")
    assert not page.is_visible("#filters")
    assert page.is_visible("text=控制表") and page.is_visible("text=Control sheet")


def test_paper_shows_the_worst_breaks_or_those_that_are_filtered(
    window: Window, sixty: Path
) -> None:
    page = window.open(sixty, "lang=en").page
    page.emulate_media(media="print")
    assert page.is_visible("#worst") and not page.is_visible("#list")
    assert page.locator("#worst tbody tr").count() == 60
    page.evaluate("location.hash = 'lang=en&channel=alipay'")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#worst tbody tr").count() == 20
    page.evaluate("location.hash = 'lang=en'")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#worst tbody tr").count() == 60


def test_a_narrow_screen_never_scrolls_sideways_as_a_whole(window: Window, sixty: Path) -> None:
    for language in ("zh", "en"):
        page = window.open(
            sixty, f"lang={language}&break=0000000000000013", viewport={"width": 390, "height": 800}
        ).page
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("width", [700, 1000, 1300, 1700])
def test_no_row_of_the_overview_ends_before_the_page_does(
    window: Window, sixty: Path, width: int
) -> None:
    page = window.open(sixty, viewport={"width": width, "height": 900}).page
    panels = page.locator("#overview .panel").all()
    boxes = [panel.bounding_box() for panel in panels]
    ends = {round(box["y"]): round(box["x"] + box["width"]) for box in boxes}
    assert len(set(ends.values())) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_no_fault_of_accessibility(
    window: Window, sixty: Path, language: str, scheme: str
) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed"
    )
    view = f"lang={language}&break=0000000000000013&sort=-amount"
    page = window.open(sixty, view, color_scheme=scheme).page
    for section in page.locator("details").all():
        section.evaluate("each => { each.open = true; }")
    found = axe.Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["target"]) for each in found] == []
