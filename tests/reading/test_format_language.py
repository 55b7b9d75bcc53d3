"""The format language: what a site may write, and what it is told when it is wrong."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.reading.delivered import BUSINESS_DATE, Read, read_all
from tieout.faults import ExitCode, Fault
from tieout.reading import blocks as blocks_module
from tieout.reading import describe, load_formats

PIPED = """
title = "A channel's pipe file"
source = "its manual"

[[part]]
layout = "delimited"
relation = "settlement"
header = "No"
separator = "|"

[part.fill]
channel_ref = "No"
kind = { text = "debit" }
amount = { field = "Amount" }
happened_at = { field = "Time", pattern = "%Y/%m/%d %H:%M:%S" }
settle_date = { file = "business_date" }
outcome = { field = "State", words = { 1 = "succeeded" } }
"""
TOTALS = """
[[part.totals.lines]]
match = '^END (?P<count>[0-9]+)'
[part.totals.fill]
settle_date = { file = "business_date" }
debit_count = "count"
"""
LINE = "1|10.00|2018/12/19 10:00:00|1"


def site(folder: Path, definition: str, name: str = "piped") -> Path:
    formats = folder / "formats"
    formats.mkdir(exist_ok=True)
    (formats / f"{name}.toml").write_text(definition, encoding="utf-8")
    return formats


def refused(folder: Path, definition: str, name: str = "piped") -> Fault:
    with pytest.raises(Fault) as caught:
        load_formats(site(folder, definition, name))
    assert caught.value.exit_code == ExitCode.MISUSE
    assert caught.value.where.startswith(f"formats/{name}.toml")
    return caught.value


def read_piped(
    folder: Path, *lines: str, header: str = "No|Amount|Time|State", definition: str = PIPED
) -> Read:
    data = "\n".join([header, *lines, ""]).encode()
    (part,) = read_all(folder, "piped.txt", data, "piped", site_folder=site(folder, definition))
    return part


def with_rule(column: str, rule: str) -> str:
    lines = [line for line in PIPED.splitlines() if not line.startswith(f"{column} =")]
    return "\n".join([*lines, f"{column} = {rule}", ""])


def value_of(folder: Path, column: str, rule: str, cell: str) -> Any:
    """What column a rule makes of a cell of field X; the reason when it is a bad line."""
    part = read_piped(
        folder,
        f"{LINE}|{cell}",
        header="No|Amount|Time|State|X",
        definition=with_rule(column, rule),
    )
    name = f"{column}_minor" if column in ("amount", "fee") else column
    return part.rows[0][name] if part.rows else part.rejects[0]["reason"]


def test_a_site_s_own_format_reads_its_file(tmp_path: Path) -> None:
    part = read_piped(tmp_path, LINE)
    assert part.rows[0]["amount_minor"] == 1000
    assert part.rows[0]["settle_date"] == BUSINESS_DATE
    assert part.rows[0]["outcome"] == "succeeded"
    assert part.rows[0]["order_no"] is None


@pytest.mark.parametrize(
    ("rule", "cell", "minor"),
    [
        ('{ field = "X", unit = "minor" }', "000123", 123),
        ('{ field = "X", thousands = true }', '"1,234.50"', 123450),
        ('{ field = "X", thousands = true }', '"-12,345,678.90"', -1234567890),
        ('{ field = "X", thousands = true }', "1234.50", 123450),
        ('{ field = "X", decimals = 5 }', "0.01000", 1),
        ('{ field = "X", sign = "absolute" }', "-1.00", 100),
        ('{ field = "X", sign = "negated" }', "-1.00", 100),
        ('{ field = "X", signs = { D = "+", C = "-" } }', "C1.00", -100),
        ('{ field = "X", unit = "minor", signs = { D = "+", C = "-" } }', "D0100", 100),
        ('{ field = ["X", "Amount"] }', "", 1000),
        ('{ field = ["X", "Amount"], empty = "-" }', "-", 1000),
        ('{ sum = [{ field = "X" }, { field = "Amount" }] }', "0.50", 1050),
        ('{ sum = [{ field = "X" }, { field = "Amount" }] }', "", 1000),
        ('{ by = "State", cases = { 1 = "X" } }', "7", 700),
        ('{ by = "State", cases = { "0|1" = "X" } }', "7", 700),
        ('{ by = "State", cases = { 2 = "Amount" }, otherwise = "X" }', "7", 700),
    ],
)
def test_money_rules(tmp_path: Path, rule: str, cell: str, minor: int) -> None:
    assert value_of(tmp_path, "amount", rule, cell) == minor


@pytest.mark.parametrize(
    ("rule", "cell"),
    [
        ('{ field = "X", unit = "minor" }', "1.00"),
        ('{ field = "X", unit = "minor" }', "+1"),
        ('{ field = "X" }', '"1,234.50"'),
        ('{ field = "X", thousands = true }', '"1,5"'),
        ('{ field = "X", thousands = true }', '"12,34.50"'),
        ('{ field = "X", thousands = true }', '"1234,567.00"'),
        ('{ field = "X", thousands = true }', '"1,234,50"'),
        ('{ field = "X", decimals = 5 }', "0.01001"),
        ('{ field = "X", decimals = 1 }', "0.01"),
        ('{ field = "X", signs = { D = "+" } }', "1.00"),
        ('{ field = "X", signs = { D = "+" } }', "D-1.00"),
        ('{ sum = [{ field = "X" }, { field = "Amount" }] }', "x"),
        ('{ by = "State", cases = { 2 = "X" } }', "7"),
        ('{ by = "X", cases = { 1 = "Amount" } }', ""),
        ('{ field = "X" }', ""),
    ],
)
def test_money_that_a_rule_cannot_read_is_a_bad_line(tmp_path: Path, rule: str, cell: str) -> None:
    assert str(value_of(tmp_path, "amount", rule, cell)).startswith("amount: ")


def test_a_word_that_is_not_listed_is_a_bad_line(tmp_path: Path) -> None:
    assert read_piped(tmp_path, LINE[:-1] + "9").rejects[0]["reason"] == (
        'outcome: found "9", expected one of 1'
    )


def test_only_the_cells_that_are_loaded_are_shown_of_a_bad_line(tmp_path: Path) -> None:
    part = read_piped(tmp_path, f"{LINE[:-1]}9|张三丰", header="No|Amount|Time|State|Name")
    assert part.rejects[0]["raw"] == "1,10.00,2018/12/19 10:00:00,9"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("kakadai.loans.2018-12-19.csv", date(2018, 12, 19)),
        ("PDS20060400000044502_20181219.txt", date(2018, 12, 19)),
        ("a.20181399.20181219.csv", date(2018, 12, 19)),
        ("20181218.2018-12-19.csv", date(2018, 12, 19)),
        ("2018-13-01.20181219.csv", date(2018, 12, 19)),
        ("120181219.csv", None),
        ("loans.csv", None),
    ],
)
def test_the_business_date_is_the_first_date_in_the_name(name: str, found: date | None) -> None:
    assert load_formats(None)["ledger_loans_v1"].business_date(name) == found


def test_a_format_may_have_its_own_rule_for_the_date(tmp_path: Path) -> None:
    own = "business_date = '^S_([0-9]{8})'\n" + PIPED
    fmt = load_formats(site(tmp_path, own))["piped"]
    assert fmt.business_date("S_20181219_2018-12-20.txt") == date(2018, 12, 19)
    assert fmt.business_date("2018-12-20.txt") is None


def test_a_format_says_what_it_is(tmp_path: Path) -> None:
    fmt = load_formats(site(tmp_path, PIPED))["piped"]
    assert describe(fmt) == "piped: A channel's pipe file; fills settlement"
    assert fmt.definition_sha256 == hashlib.sha256(PIPED.encode()).hexdigest()
    assert (fmt.source, fmt.owner) == ("its manual", "channel")


def test_a_workspace_need_not_have_formats(tmp_path: Path) -> None:
    assert load_formats(tmp_path / "formats") == load_formats(None)


def test_a_site_may_not_take_a_built_in_name(tmp_path: Path) -> None:
    assert refused(tmp_path, PIPED, "ledger_loans_v1").code == "format-name-taken"


@pytest.mark.parametrize(
    ("correct", "wrong", "where", "known"),
    [
        ("title", "titel", ".toml", "`title`"),
        ("separator", "seperator", "part 1", "`separator`"),
        ("kind =", "kin =", "part 1: fill", "`kind`"),
        ("pattern", "patern", "part 1: fill: happened_at", "`pattern`"),
        ("[part.fill]", "[part.totals]\nline = 1\n[part.fill]", "totals", "`lines`"),
    ],
)
def test_an_unknown_key_is_told_with_the_known_ones(
    tmp_path: Path, correct: str, wrong: str, where: str, known: str
) -> None:
    fault = refused(tmp_path, PIPED.replace(correct, wrong, 1))
    assert fault.code == "format-unknown-key"
    assert where in fault.where and known in fault.expected


@pytest.mark.parametrize(
    ("layout", "key"),
    [
        ("canonical", 'separator = ";"'),
        ("canonical", 'encoding = "gb18030"'),
        ("delimited", "widths = [1]"),
        ("delimited", 'rows = "a"'),
        ("fixed_width", 'separator = ";"'),
        ("json", "lead_lines = 1"),
        ("mt940", 'header = "a"'),
        ("printed", "quotes = false"),
        ("sheet", "lead_lines = 1"),
        ("typed_records", "gap = 1"),
        ("xml", 'strip = "*"'),
        ("tabular", 'tied = ["a"]'),
    ],
)
def test_a_key_of_another_layout_is_told_as_any_unknown_one(
    tmp_path: Path, layout: str, key: str
) -> None:
    told = PIPED.split("[[part]]")[0] + f'[[part]]\nlayout = "{layout}"\n{key}\n'
    fault = refused(tmp_path, told)
    is_a_layout = layout != "tabular"
    assert fault.code == ("format-unknown-key" if is_a_layout else "format-bad-value")
    assert key.split()[0] in fault.found if is_a_layout else "layout" in fault.where


@pytest.mark.parametrize(
    ("correct", "wrong", "where"),
    [
        ('title = "A channel\'s pipe file"', "", "title"),
        ('title = "A channel\'s pipe file"', "title = 3", "title"),
        ('"settlement"', '"settlements"', "part 1: relation"),
        ('"delimited"', '"pdf"', "part 1: layout"),
        ('separator = "|"', 'separator = "||"', "part 1: separator"),
        ('header = "No"', "", "part 1: header"),
        ('kind = { text = "debit" }', "", "part 1: fill: kind"),
        ('{ text = "debit" }', "{}", "fill: kind"),
        ('{ text = "debit" }', '{ text = "debit", field = "No" }', "fill: kind"),
        ('{ field = "Amount" }', '{ field = "Amount", unit = "fen" }', "amount: unit"),
        ('{ field = "Amount" }', '{ field = "Amount", signs = { D = "1" } }', "amount: signs"),
        ('"business_date"', '"today"', "settle_date: file"),
        ("[[part]]", "[part]", "part"),
        ("[part.fill]", f"{TOTALS}[part.fill]", "part 1: trailer"),
        (
            "[part.fill]",
            TOTALS.replace("<count>", "<sum>") + "[part.fill]",
            "totals: fill.debit_count",
        ),
        ("[[part]]", "business_date = '('\n[[part]]", "business_date"),
        ("[[part]]", "business_date = 'x'\n[[part]]", "business_date"),
    ],
)
def test_a_wrong_value_is_told_with_its_place(
    tmp_path: Path, correct: str, wrong: str, where: str
) -> None:
    assert correct in PIPED
    fault = refused(tmp_path, PIPED.replace(correct, wrong, 1))
    assert fault.code == "format-bad-value"
    assert where in fault.where


def test_text_that_is_no_toml_is_told_with_its_place(tmp_path: Path) -> None:
    fault = refused(tmp_path, "title = \n")
    assert fault.code == "format-not-toml"
    assert "line 1" in fault.found


FIXED = """
title = "Fixed"
source = "a manual"

[[part]]
layout = "fixed_width"
relation = "settlement_totals"
record_bytes = 13
widths = [8, 4]
gap = 1
fields = { day = 1, amount = 2 }

[part.fill]
settle_date = { field = "day", pattern = "%Y%m%d" }
debit_amount = { field = "amount", unit = "minor" }
"""


def test_a_fixed_width_format_cuts_where_its_widths_say(tmp_path: Path) -> None:
    folder = site(tmp_path, FIXED)
    data = b"20181219 0100\n20181220 12  \r\n"
    (part,) = read_all(tmp_path, "x.txt", data, "piped", site_folder=folder)
    assert [(row["settle_date"], row["debit_amount_minor"]) for row in part.rows] == [
        (date(2018, 12, 19), 100),
        (date(2018, 12, 20), 12),
    ]


@pytest.mark.parametrize(
    ("correct", "wrong", "where"),
    [
        ("record_bytes = 13", "record_bytes = 12", "widths"),
        ("amount = 2 }", "amount = 3 }", "fields"),
        ('field = "amount"', 'field = "amnt"', "fill.debit_amount"),
        ("[8, 4]", '["8", 4]', "widths"),
    ],
)
def test_a_fixed_width_format_must_add_up(
    tmp_path: Path, correct: str, wrong: str, where: str
) -> None:
    assert where in refused(tmp_path, FIXED.replace(correct, wrong, 1)).where


def as_piped(part_keys: str, fill: str = "") -> str:
    """PIPED with other keys of its part in the place of its header."""
    return PIPED.replace('header = "No"', part_keys) + fill


NUMBERED = """
lead_lines = 1
cells = 4
fields = { No = 1, Amount = 2, Time = 3, State = 4 }
"""


def test_rows_without_a_header_are_read_by_the_place_of_their_cells(tmp_path: Path) -> None:
    part = read_piped(tmp_path, LINE, header="anything", definition=as_piped(NUMBERED))
    assert [(row["line"], row["amount_minor"]) for row in part.rows] == [(2, 1000)]


@pytest.mark.parametrize("quotes", ["true", "false"])
@pytest.mark.parametrize("block_bytes", [1, 40, 200, 10_000])
def test_cells_beyond_an_open_end_are_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quotes: str, block_bytes: int
) -> None:
    monkeypatch.setattr(blocks_module, "BLOCK_BYTES", block_bytes)
    keys = f'header = "No"\nopen_ended = true\nquotes = {quotes}'
    lines = [LINE, f"{LINE}|x", f"{LINE}|x|y", LINE.rsplit("|", 1)[0], LINE]
    part = read_piped(tmp_path, *lines, definition=as_piped(keys))
    assert [row["line"] for row in part.rows] == [2, 3, 4, 6]
    assert [(r["line"], r["reason"]) for r in part.rejects] == [(5, "found 3 cells, expected 4")]


def test_a_quote_mark_is_text_where_nothing_is_quoted(tmp_path: Path) -> None:
    keys = 'header = "No"\nquotes = false'
    rule = as_piped(keys, 'order_no = "X"\n')
    part = read_piped(
        tmp_path, f'{LINE}|"a', f'{LINE}|b"', header="No|Amount|Time|State|X", definition=rule
    )
    assert [row["order_no"] for row in part.rows] == ['"a', 'b"']


def test_a_header_is_told_from_a_line_that_begins_alike(tmp_path: Path) -> None:
    keys = 'header = ["No", "State"]'
    part = read_piped(
        tmp_path, "7|1", "No|Amount|Time|State", LINE, header="No|Sum", definition=as_piped(keys)
    )
    assert [row["line"] for row in part.rows] == [4]


def test_a_column_that_a_file_may_lack_is_empty(tmp_path: Path) -> None:
    keys = 'header = "No"\nmay_lack = ["X"]'
    part = read_piped(tmp_path, LINE, definition=as_piped(keys, 'order_no = "X"\n'))
    assert part.rows[0]["order_no"] is None


MATCHED = """
line = '(?P<No>[0-9]+) (?P<Amount>[0-9.]+) +(?P<Time>[0-9/]{10} [0-9:]{8})(?: (?P<State>[01]))?'
"""


@pytest.mark.parametrize("block_bytes", [1, 40, 10_000])
def test_lines_are_cut_by_an_expression(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block_bytes: int
) -> None:
    monkeypatch.setattr(blocks_module, "BLOCK_BYTES", block_bytes)
    lines = ["1 10.00 2018/12/19 10:00:00 1", "", "1 10.00   2018/12/19 10:00:00 1", "1|10.00"]
    definition = as_piped(MATCHED).replace('separator = "|"', "")
    part = read_piped(tmp_path, *lines[1:], header=lines[0], definition=definition)
    assert [(row["line"], row["amount_minor"]) for row in part.rows] == [(1, 1000), (3, 1000)]
    assert [reject["line"] for reject in part.rejects] == [4]


def test_texts_are_joined_without_the_empty_ones(tmp_path: Path) -> None:
    rule = '{ join = [{ file = "business_date" }, "X", "No"] }'
    assert value_of(tmp_path, "order_no", rule, "a") == "2018-12-19/a/1"
    assert value_of(tmp_path, "order_no", rule, "") == "2018-12-19/1"


def test_a_sum_below_zero_is_so_however_it_is_written(tmp_path: Path) -> None:
    rule = '{ field = "X", sign = "negative" }'
    assert [value_of(tmp_path, "amount", rule, cell) for cell in ("1.00", "-1.00")] == [-100, -100]


def test_an_empty_field_may_be_a_case(tmp_path: Path) -> None:
    rule = '{ by = "X", cases = { "" = "Amount" }, otherwise = "X" }'
    assert [value_of(tmp_path, "amount", rule, cell) for cell in ("", "2.00")] == [1000, 200]


@pytest.mark.parametrize(
    ("correct", "wrong", "where"),
    [
        ('header = "No"', "cells = 3\nfields = { No = 4 }", "fields: No"),
        ('header = "No"', "cells = 3\nfields = { No = 1 }", "fill."),
        ('header = "No"', "line = '('", "line"),
        ('header = "No"', "line = '(?P<No>.)'", "fill."),
        (
            "[part.fill]",
            TOTALS.replace("[[", '[part.totals]\nstand = "top"\n[[') + "[part.fill]",
            "stand",
        ),
        ('field = "Amount"', 'field = "Amount", join = ["No"]', "fill: amount"),
        ('field = "Amount"', 'join = "No"', "fill: amount"),
    ],
)
def test_a_wrong_frame_is_told_with_its_place(
    tmp_path: Path, correct: str, wrong: str, where: str
) -> None:
    fault = refused(tmp_path, PIPED.replace(correct, wrong, 1))
    assert fault.code == "format-bad-value"
    assert where in fault.where


def test_what_an_expression_finds_in_free_text_counts_and_nothing_is_empty(tmp_path: Path) -> None:
    definition = PIPED + 'card_no = { field = "Text", search = "card ([0-9*]+)" }\n'
    header = "No|Amount|Time|State|Text"
    part = read_piped(
        tmp_path, f"{LINE}|card 622700******1234 of Anna", f"{LINE}|none", header=header,
        definition=definition,
    )  # fmt: skip
    assert [row["card_no"] for row in part.rows] == ["622700******1234", None]


def test_cases_may_be_of_what_an_expression_finds(tmp_path: Path) -> None:
    kind = """kind = { by = "Amount", search = '^(-)', cases."-" = { text = "refund" }, otherwise = { text = "debit" } }"""  # noqa: E501
    definition = PIPED.replace('kind = { text = "debit" }', kind)
    part = read_piped(tmp_path, LINE, LINE.replace("|10", "|-10"), definition=definition)
    assert [row["kind"] for row in part.rows] == ["debit", "refund"]


def test_an_instant_in_a_named_zone_is_put_into_the_workspace_s(tmp_path: Path) -> None:
    definition = PIPED.replace('%H:%M:%S"', '%H:%M:%S", zone = "Europe/Berlin"')
    (row,) = read_piped(tmp_path, LINE, definition=definition).rows
    assert row["happened_at"].isoformat() == "2018-12-19T17:00:00"


def test_a_line_in_another_currency_is_a_bad_line(tmp_path: Path) -> None:
    definition = PIPED.replace('separator = "|"', 'separator = "|"\ncurrency = "Currency"')
    formats = site(tmp_path, definition)
    lines = ("No|Amount|Time|State|Currency", f"{LINE}|CNY", f"{LINE}|USD", f"{LINE}|")
    (part,) = read_all(
        tmp_path,
        "x.2018-12-19.txt",
        "\n".join([*lines, ""]).encode(),
        "piped",
        site_folder=formats,
        currency="CNY",
    )
    assert (len(part.rows), len(part.rejects)) == (1, 2)


XML = """
title = "A site's own document"
source = "its manual"

[[part]]
layout = "xml"
relation = "settlement"
root = "Day"
rows = "Event"
[part.fields.row]
number = "No"
amount = "Sum@value"
[part.fill]
channel_ref = "number"
kind = { text = "debit" }
amount = "amount"
happened_at = { file = "business_date" }
settle_date = { file = "business_date" }
outcome = { text = "succeeded" }
"""
RECORDS = """
title = "A site's own records"
source = "its manual"

[[part]]
layout = "typed_records"
relation = "settlement"
record_bytes = 12
[[part.records]]
name = "event"
begins = "E"
fields = { number = [2, 4], cents = [6, 7] }
[part.fill]
channel_ref = "number"
kind = { text = "debit" }
amount = { field = "cents", unit = "minor" }
happened_at = { file = "business_date" }
settle_date = { file = "business_date" }
outcome = { text = "succeeded" }
"""


def test_a_site_reads_its_own_document(tmp_path: Path) -> None:
    data = b'<Day><Event><No>1</No><Sum value="2.50"/></Event></Day>'
    (part,) = read_all(
        tmp_path, "x.2018-12-19.xml", data, "own", site_folder=site(tmp_path, XML, "own")
    )
    assert [(row["channel_ref"], row["amount_minor"]) for row in part.rows] == [("1", 250)]


def test_a_site_reads_its_own_records(tmp_path: Path) -> None:
    formats = site(tmp_path, RECORDS, "own")
    (part,) = read_all(tmp_path, "x.2018-12-19.txt", b"E00010000250\n", "own", site_folder=formats)
    assert [(row["channel_ref"], row["amount_minor"]) for row in part.rows] == [("0001", 250)]


@pytest.mark.parametrize(
    ("definition", "wrong", "right"),
    [
        (XML, ('rows = "Event"', ""), "the paths of the elements that are rows"),
        (XML, ("Sum@value", "//Sum"), "names joined by /"),
        (XML, ('rows = "Event"', 'rows = "Event@no"'), "a path of elements"),
        (XML, ('amount = "amount"', 'amount = "total"'), "one of the declared fields"),
        (XML, ("[part.fill]", "[[part.leave_out]]\nx = 'y'\n[part.fill]"), "declared fields"),
        (RECORDS, ("record_bytes = 12", 'record_bytes = 12\ncurrency = "x"'), "declared fields"),
        (RECORDS, ("[6, 7]", "[6, 8]"), "first character and width within 12"),
        (RECORDS, ('begins = "E"', 'begins = "E"\nrole = "detail"'), "at least one with role"),
        (RECORDS, ('amount = { field = "cents"', 'amount = { field = "x"'), "declared fields"),
        (PIPED, ('%S" }', '%S", zone = "Mars/Base" }'), "the IANA time zone database"),
        (PIPED, ('field = "Amount"', 'field = "Amount", search = "x"'), "with 1 groups"),
    ],
)
def test_a_wrong_path_record_zone_or_expression_is_told(
    tmp_path: Path, definition: str, wrong: tuple[str, str], right: str
) -> None:
    fault = refused(tmp_path, definition.replace(*wrong), "own")
    assert right in fault.expected
