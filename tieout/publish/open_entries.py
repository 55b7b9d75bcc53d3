"""The part of the summary sheet that ties the listed open entries to the proof."""

from tieout.publish.break_sheets import Listing, added
from tieout.publish.figures import DayFigures, Row
from tieout.publish.sections import section, verdict
from tieout.publish.sheet_words import both, heads
from tieout.publish.ties import Ties
from tieout.publish.xlsx_file import Sheet, cell

_LISTED, _DECIDED, _BESIDE, _OPEN = 4, 5, 6, 7
_LISTED_AMOUNT, _DECIDED_AMOUNT, _BESIDE_AMOUNT, _GIVEN_BACK, _OPEN_AMOUNT = 8, 9, 10, 11, 12
_HEADS = heads("ties", "scope", "name", "side") | heads(
    *("listed", "decided", "beside_match", "control_open"),
    *("listed_amount", "decided_amount", "amount_beside_match", "given_back"),
    "control_open_amount",
    first=_LISTED,
)
_NOTHING = {
    "matched_breaks": 0,
    "decided_breaks": 0,
    "matched_amount_minor": 0,
    "decided_amount_minor": 0,
    "given_back_minor": 0,
}


def write_open_entries(
    sheet: Sheet,
    day: DayFigures,
    ties: Ties,
    listing: Listing,
    decided: Listing | None,
    row: int,
) -> int:
    """Write one line a channel (its debits) and a lender (its postings).

    What is decided is added up from the sheet of decided breaks, when that has all of them.
    """
    row = section(sheet, row, "open_entries", _HEADS)
    control = {(line["scope"], line["name"], line["measure"]): line["open"] for line in day.control}
    between = {(line["scope"], line["name"]): line for line in day.open_entries}
    in_all = day.breaks_of("open_entries")
    if decided and len(decided.rows) < day.decided.total().count:
        decided = None
    for scope, name in ties.proofs:
        opened = control[scope, name, "rows"], control[scope, name, "amount"]
        known = between.get((scope, name), _NOTHING)
        _write_line(sheet, row, ties, listing, decided, (scope, name), known, opened, in_all)
        row += 1
    return row


def _write_line(
    sheet: Sheet,
    row: int,
    ties: Ties,
    listing: Listing,
    decided: Listing | None,
    owner: tuple[str, str],
    between: Row,
    opened: tuple[int, int],
    in_all: int,
) -> None:
    scope, name = owner
    side, money = (
        ("debit", "channel_amount") if scope == "channel" else ("posting", "ledger_amount")
    )
    lines = [
        line
        for line in listing.rows
        if line[scope] == name and line["subject"].partition(":")[0] == side
    ]
    listed = added(lines, money)
    sheet.text(row, 1, both(scope))
    sheet.text(row, 2, name)
    sheet.text(row, 3, both(side))
    criteria = f"{listing.range('kind')},{cell(row, 3)},{listing.range(scope)},{cell(row, 2)}"
    sheet.count_formula(row, _LISTED, f"=COUNTIFS({criteria})", len(lines))
    amounts = f"=SUMIFS({listing.range(money)},{criteria})"
    sheet.money_formula(row, _LISTED_AMOUNT, amounts, listed)
    if decided:
        criteria = (
            f"{decided.range('kind')},{cell(row, 3)},{decided.range(scope)},{cell(row, 2)},"
            f'{decided.range("family")},"{listing.sheet.name}"'
        )
        sheet.count_formula(row, _DECIDED, f"=COUNTIFS({criteria})", between["decided_breaks"])
        sheet.money_formula(
            row,
            _DECIDED_AMOUNT,
            f"=SUMIFS({decided.range(money)},{criteria})",
            between["decided_amount_minor"],
        )
    else:
        sheet.count(row, _DECIDED, between["decided_breaks"])
        sheet.money(row, _DECIDED_AMOUNT, between["decided_amount_minor"])
    sheet.count(row, _BESIDE, between["matched_breaks"])
    sheet.count_formula(row, _OPEN, f"={ties.open_rows(*owner)}", opened[0])
    sheet.money(row, _BESIDE_AMOUNT, between["matched_amount_minor"])
    sheet.money(row, _GIVEN_BACK, between["given_back_minor"])
    sheet.money_formula(row, _OPEN_AMOUNT, f"={ties.open_amount(*owner)}", opened[1])
    rows_same = (
        f"{cell(row, _LISTED)}+{cell(row, _DECIDED)}-{cell(row, _BESIDE)}={cell(row, _OPEN)}"
    )
    money_same = (
        f"ROUND({cell(row, _LISTED_AMOUNT)}+{cell(row, _DECIDED_AMOUNT)}"
        f"-{cell(row, _BESIDE_AMOUNT)}+{cell(row, _GIVEN_BACK)}-{cell(row, _OPEN_AMOUNT)},4)=0"
    )
    verdict(
        sheet,
        row,
        f"ROWS({listing.range('kind')})<{in_all}",
        f"AND({rows_same},{money_same})",
        is_part=len(listing.rows) < in_all,
        holds=opened
        == (
            len(lines) + between["decided_breaks"] - between["matched_breaks"],
            listed
            + between["decided_amount_minor"]
            - between["matched_amount_minor"]
            + between["given_back_minor"],
        ),
    )
