"""What holds for every built-in format, shown on its sample file."""

from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

import pytest

from tests.samples.altered import changed, fault_or_rows, members, text_of, understood
from tests.samples.quiet_days import NO_EMPTY_DAY, quiet_day, rows_begin
from tests.samples.sample_files import sample_of_each_format
from tieout.faults import ExitCode
from tieout.reading import load_formats

SAMPLES = sample_of_each_format()
FORMATS = load_formats(None)
WORKBOOKS = {name for name, sample in SAMPLES.items() if sample.path.suffix in (".xls", ".xlsx")}
TEXTS = sorted(SAMPLES.keys() - WORKBOOKS)

of_every_format = pytest.mark.parametrize("name", sorted(SAMPLES))
of_every_text = pytest.mark.parametrize("name", TEXTS)


def test_every_format_has_a_sample() -> None:
    assert sorted(FORMATS.keys() - SAMPLES.keys()) == []


@pytest.mark.parametrize("name", sorted(SAMPLES.keys() - NO_EMPTY_DAY))
def test_an_empty_day_is_a_file_without_rows(name: str, tmp_path: Path) -> None:
    for part in understood(SAMPLES[name], quiet_day(SAMPLES[name], 0), tmp_path):
        declared = part.totals
        if part.relation == "settlement_totals":
            # a report of totals is a row even when they are all zero
            declared = part.rows
        else:
            assert (part.rows, part.rejected) == ([], 0)
        for totals in declared:
            figures = {k: v for k, v in totals.items() if k not in ("line", "settle_date")}
            assert set(figures.values()) <= {0, None}


@of_every_format
def test_one_row_is_read_as_it_is_among_others(name: str, tmp_path: Path) -> None:
    sample = SAMPLES[name]
    among = understood(sample, sample.path.read_bytes(), tmp_path)
    alone = understood(sample, quiet_day(sample, 1), tmp_path)
    assert any(part.rows for part in alone)
    for part in alone:
        known = [row for other in among if other.relation == part.relation for row in other.rows]
        if part.relation != "settlement_totals":
            assert [row for row in part.rows if row not in known] == []
            assert (len(part.rows) < 2, part.rejected) == (True, 0)


ALIKE = {
    # what the four lines around these rows say is not known, so another short file may pass for
    # a day without rows
    ("yeepay_framed_v1", "antom_settlement_items_v1"),
    ("yeepay_framed_v1", "wechatpay_trade_v1"),
}


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_file_of_another_format_is_refused(name: str, tmp_path: Path) -> None:
    for other, sample in SAMPLES.items():
        if other == name:
            continue
        fault, rows = fault_or_rows(sample, sample.path.read_bytes(), tmp_path, FORMATS[name])
        if (name, other) in ALIKE:
            assert rows == []
        else:
            assert fault is not None, other
            assert fault.exit_code in (ExitCode.UNREADABLE, ExitCode.TRUNCATED), other


@of_every_format
def test_a_cut_file_gives_no_row_that_the_whole_one_has_not(name: str, tmp_path: Path) -> None:
    sample = SAMPLES[name]
    data = sample.path.read_bytes()
    _, whole = fault_or_rows(sample, data, tmp_path)
    ends_in_faults = []
    for cut in _cuts(name, data):
        fault, rows = fault_or_rows(sample, cut, tmp_path)
        assert [row for row in rows if row not in whole] == []
        if fault is not None:
            assert fault.exit_code in (ExitCode.UNREADABLE, ExitCode.TRUNCATED)
        # the last lines of some say nothing that is needed
        ends_in_faults.append(fault is not None or len(rows) == len(whole))
    assert any(ends_in_faults)
    assert all(ends_in_faults) or name in WITHOUT_END


_CUTS = 16
WITHOUT_END = {
    *("abc_merchant_v1", "kuaiqian_csv_v1", "kuaiqian_text_v1", "lianlian_fkmx_v1"),
    *("lianlian_jymx_v1", "yeepay_trade_v1", "pipe_ledger_v1", "mambu_transactions_v1"),
    *("adyen_settlement_detail_v1", "stripe_payout_itemized_v1", "gocardless_events_v1"),
    *("gocardless_payouts_v1", "gocardless_transactions_v1", "alipay_personal_v1"),
    *("abc_debit_v1", "boc_debit_v1", "bocom_debit_v1", "cgb_credit_v1", "cmb_credit_v1"),
    *("cmb_debit_v1", "mt940_v1", "yeepay_framed_v1"),
    *(name for name in FORMATS if FORMATS[name].parts[0].layout == "canonical"),
}
"""Formats whose files do not tell where they end (of MT940: how many statements there are; of
YeePay's frame: what its last line says), so that not every cut can be seen."""


def _cuts(name: str, data: bytes) -> Iterator[bytes]:
    """The file cut in the midst of lines, and after them; a packed one also itself."""
    packed = data[:2] in (b"PK", b"\x1f\x8b") or name in WORKBOOKS
    if packed:
        yield from (data[: len(data) * part // 12] for part in range(1, 12))
    if name in WORKBOOKS:
        return
    for cut_in, content in members(data).items():
        lines = content.rstrip().splitlines(keepends=True)
        ends = list(accumulate(map(len, lines[:-1])))
        places = {len(content.rstrip()) - len(lines[-1]) // 2 - 1 if lines else 0}
        for line, end in list(zip(lines, ends, strict=False))[:: len(lines) // _CUTS + 1]:
            places |= {end - len(line) // 2, end}
        for place in sorted(places):

            def cut(member: str, whole: bytes, place: int = place, cut_in: str = cut_in) -> bytes:
                return whole[:place] if member == cut_in else whole

            yield changed(data, cut)


@of_every_text
def test_line_ends_and_blank_lines_after_the_last_change_nothing(name: str, tmp_path: Path) -> None:
    sample = SAMPLES[name]
    data = sample.path.read_bytes()
    whole = understood(sample, data, tmp_path)

    def mixed(content: bytes) -> bytes:
        lines = content.replace(b"\r\n", b"\n").split(b"\n")
        ends = (b"\r\n" if number % 2 else b"\n" for number in range(len(lines) - 1))
        return b"".join(map(bytes.__add__, lines, ends)) + lines[-1]

    for change in (
        lambda content: content.replace(b"\r\n", b"\n"),
        lambda content: content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
        mixed,
        lambda content: content + b"\r\n\r\n",
        lambda content: content + b"\n\n",
        lambda content: content.rstrip(b"\r\n"),
    ):
        altered = changed(data, lambda _, content, change=change: change(content))
        assert understood(sample, altered, tmp_path) == whole


IN_GBK = sorted(
    name
    for name in TEXTS
    if FORMATS[name].parts[0].layout in ("delimited", "sheet")
    and "gb18030" in FORMATS[name].parts[0].encoding
)


@pytest.mark.parametrize("name", IN_GBK)
def test_what_was_saved_anew_as_utf_8_with_its_mark_is_read(name: str, tmp_path: Path) -> None:
    sample = SAMPLES[name]
    data = sample.path.read_bytes()
    anew = changed(data, lambda _, content: text_of(content)[0].encode("utf-8-sig"))
    assert understood(sample, anew, tmp_path) == understood(sample, data, tmp_path)


WITH_HEADER = sorted(
    name
    for name in TEXTS
    if FORMATS[name].parts[0].header or FORMATS[name].parts[0].layout == "canonical"
)


def _with_header(name: str, change: Callable[[list[str]], list[str]]) -> bytes:
    """The sample, its header and rows changed as lists of cells; of text without quotes."""
    part = FORMATS[name].parts[0]

    def change_lines(_: str, content: bytes) -> bytes:
        text, encoding = text_of(content)
        lines = text.splitlines(keepends=True)
        begin = rows_begin(lines, part)
        if begin is None:
            return content
        at = begin - 1 - part.lines_below_header
        end = "\r\n" if lines[at].endswith("\r\n") else "\n"
        lines[at] = part.separator.join(change(lines[at].rstrip("\r\n").split(part.separator)))
        lines[at] += end
        return "".join(lines).encode(encoding)

    return changed(SAMPLES[name].path.read_bytes(), change_lines)


@pytest.mark.parametrize("name", WITH_HEADER)
def test_a_column_that_is_named_otherwise_is_told(name: str, tmp_path: Path) -> None:
    part = FORMATS[name].parts[0]
    beside = {*part.may_lack, *part.lead}
    for wanted in sorted(part.fields_read - beside):
        names = {wanted, *(other for other, ours in part.aliases.items() if ours == wanted)}
        renamed = []

        def rename(
            cells: list[str], names: set[str] = names, renamed: list[str] = renamed
        ) -> list[str]:
            found = [cell for cell in cells if cell.strip("\ufeff` \t") in names]
            renamed += found
            return [f"{cell.strip()}改" if cell in found else cell for cell in cells]

        fault, _ = fault_or_rows(SAMPLES[name], _with_header(name, rename), tmp_path)
        assert len(renamed) == 1, wanted
        assert fault is not None, wanted
        assert fault.exit_code == ExitCode.UNREADABLE
        assert wanted in fault.expected or wanted in fault.found


@pytest.mark.parametrize("name", WITH_HEADER)
def test_a_column_twice_is_refused(name: str, tmp_path: Path) -> None:
    read = FORMATS[name].parts[0].fields_read

    def repeat(cells: list[str]) -> list[str]:
        return [*cells, next(cell for cell in cells if cell.strip(" \t") in read)]

    twice = _with_header(name, repeat)
    fault, _ = fault_or_rows(SAMPLES[name], twice, tmp_path)
    assert fault is not None
    assert fault.exit_code == ExitCode.UNREADABLE


OTHER_VERSIONS = {
    "allinpay_pds_v1": (b"PDSMK V200", b"PDSMK V300"),
    "camt053_v1": (b"BkToCstmrStmt>", b"BkToCstmrAcctRpt>"),
    "camt054_v1": (b"BkToCstmrDbtCdtNtfctn>", b"BkToCstmrAcctRpt>"),
    "ceb_merchant_v1": (b"|", b"||"),
    "fineract_loans_v1": (b'"code"', b'"state"'),
    "kuaiqian_csv_v1": (b",", b";"),
    "kuaiqian_text_v1": (b"|", b","),
    "mambu_schedule_v1": (b'"installments"', b'"instalments"'),
    "mambu_transactions_v1": (b'"type"', b'"kind"'),
    "mt940_v1": (b":60F:", b":34F:"),
    "nacha_ach_v1": (b"\n", b"0\n"),
    "pain002_v1": (b"CstmrPmtStsRpt>", b"PmtStsRpt>"),
    "pipe_ledger_v1": (b"RSCH|", b"RSCH2|"),
    "rural_credit_merchant_v1": (b"|0000||", b"|0000|"),
    "unionpay_zm_v1": (b"\r\n", b" \r\n"),
    "yeepay_framed_v1": (b",", b";"),
}
"""Of formats without a header that names their columns: what another version writes."""


@pytest.mark.parametrize("name", sorted(OTHER_VERSIONS))
def test_another_version_is_refused(name: str, tmp_path: Path) -> None:
    before, after = OTHER_VERSIONS[name]
    other = changed(
        SAMPLES[name].path.read_bytes(), lambda _, content: content.replace(before, after)
    )
    assert other != SAMPLES[name].path.read_bytes()
    fault, rows = fault_or_rows(SAMPLES[name], other, tmp_path)
    assert fault is not None, rows
    assert fault.exit_code in (ExitCode.UNREADABLE, ExitCode.TRUNCATED)


def test_of_every_format_another_version_was_tried() -> None:
    assert sorted(set(SAMPLES) - WORKBOOKS - set(WITH_HEADER) - set(OTHER_VERSIONS)) == []
