"""Of every format a day on which nothing happened, and one with a single row.

They are the sample files with their other rows taken out, and their totals put right.
"""

import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from tests.samples.altered import changed, text_of
from tests.samples.sample_files import DATA_SAMPLES, Sample
from tieout.reading.part import PartDefinition

NO_EMPTY_DAY = frozenset({"pipe_ledger_v1", "pain002_v1", "mambu_transactions_v1"})
"""A file of lines without any frame has no bytes left; a status report is about something."""


@dataclass(frozen=True)
class Frame:
    """What stands around the rows: how many lines after them, and texts that count them.

    `counts`: each text of the sample, and what it is on the empty day and with the first row.
    """

    after: int = 0
    counts: Mapping[str, tuple[str, str]] = field(default_factory=dict)


FRAMES = {
    "alipay_account_v1": Frame(
        4,
        {
            "#支出合计：3笔，共-10034.75元": (
                "#支出合计：0笔，共0.00元",
                "#支出合计：0笔，共0.00元",
            ),
            "#收入合计：2笔，共1625.15元": (
                "#收入合计：0笔，共0.00元",
                "#收入合计：1笔，共1625.00元",
            ),
        },
    ),
    "alipay_trade_v1": Frame(
        4,
        {
            "#交易合计：1笔，商家实收共1,625.00元": (
                "#交易合计：0笔，商家实收共0.00元",
                "#交易合计：1笔，商家实收共1,625.00元",
            ),
            "#退款合计：1笔，商家实收退款共-25.00元": (
                "#退款合计：0笔，商家实收退款共0.00元",
                "#退款合计：0笔，商家实收退款共0.00元",
            ),
        },
    ),
    "allinpay_pds_v1": Frame(
        counts={"V200 5 425000 1 500000": ("V200 0 0 0 0", "V200 1 162500 0 0")}
    ),
    "antom_settlement_items_v1": Frame(1),
    "baofoo_fi_v1": Frame(counts={"|2|1625.00|3.25|": ("|0|0.00|0.00|", "|1|1625.00|3.25|")}),
    "baofoo_fo_v1": Frame(counts={"|2|9000.00|4.00|": ("|0|0.00|0.00|", "|1|5000.00|2.00|")}),
    "ceb_merchant_v1": Frame(1, {"共有 3 ": ("共有 0 ", "共有 1 ")}),
    "citic_pos_v1": Frame(1),
    "icbc_credit_v1": Frame(
        2,
        {
            '"1,200.00    \t"': ('"0.00    \t"', '"0.00    \t"'),
            '"38.00    \t"': ('"0.00    \t"', '"38.00    \t"'),
        },
    ),
    "icbc_debit_v1": Frame(
        2,
        {
            '"5,000.00        \t","1,685.00        \t"': ('"0.00"," "', '"0.00","1,625.00"'),
        },
    ),
    "ips_trade_v1": Frame(
        counts={"总笔数2": ("总笔数0", "总笔数1"), "总手续费3.25": ("总手续费0.00", "总手续费3.25")}
    ),
    "rural_credit_merchant_v1": Frame(counts={"3\r\n": ("0\r\n", "1\r\n")}),
    "wechatpay_fund_flow_v1": Frame(
        2,
        {
            "`4.0,`1.0,`1625.00,`3.0,`10034.60": (
                "`0.0,`0.0,`0.00,`0.0,`0.00",
                "`1.0,`1.0,`1625.00,`0.0,`0.00",
            )
        },
    ),
    "wechatpay_personal_v1": Frame(counts={"共3笔记录": ("共0笔记录", "共1笔记录")}),
    "wechatpay_trade_v1": Frame(
        2,
        {
            "`2.0,`1625.0,`25.00,`0.0,`9.60,`1625.0,`25.00": (
                "`0.0,`0.0,`0.00,`0.0,`0.00,`0.0,`0.00",
                "`1.0,`1625.0,`0.00,`0.0,`9.75,`1625.0,`0.00",
            )
        },
    ),
    "yeepay_framed_v1": Frame(1, {"以上共2笔": ("以上共0笔", "以上共1笔")}),
}


def quiet_day(sample: Sample, rows: int) -> bytes:
    """The sample's file with its first row alone, or with none."""
    if sample.fmt.name in _OTHERWISE:
        return _OTHERWISE[sample.fmt.name](sample.path.read_bytes(), rows)
    part = sample.fmt.parts[0]
    frame = FRAMES.get(sample.fmt.name, Frame())

    def change(_: str, content: bytes) -> bytes:
        text, encoding = text_of(content)
        lines = text.splitlines(keepends=True)
        begin = rows_begin(lines, part)
        if begin is None:
            return content
        end = len(lines) - frame.after
        kept = "".join([*lines[:begin], *lines[begin:end][:rows], *lines[end:]])
        for before, after in frame.counts.items():
            assert before in kept, before
            kept = kept.replace(before, after[rows])
        return kept.encode(encoding)

    return changed(sample.path.read_bytes(), change)


def rows_begin(lines: list[str], part: PartDefinition) -> int | None:
    """The first line that is a row; None of a member that has no rows to read."""
    if part.columns or part.line:
        return part.lead_lines
    if part.layout == "canonical":
        return 1
    for number, line in enumerate(lines):
        begins = line.lstrip("\ufeff`").strip().startswith(part.header[0])
        if begins and all(name in line for name in part.header):
            return number + 1 + part.lines_below_header
    return None


def _unionpay(data: bytes, rows: int) -> bytes:
    figures = (" | 0 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00",
               " | 1 | 0.00 | 1,625.00 | 9.75 | 0.00 | 0.00 | 1,615.25")[rows]  # fmt: skip

    def change(name: str, content: bytes) -> bytes | None:
        if "ZME_" in name:
            return None
        if "ZM_" in name:
            return b"".join(content.splitlines(keepends=True)[:rows])
        text, encoding = text_of(content)
        text = re.sub("(?m)^(?:消费|退货|退款) .*\n", "", text)
        if not rows:
            text = re.sub("(?m)^代收 .*\n", "", text)
        return re.sub("总计.*", "总计" + figures, text).encode(encoding)

    return changed(data, change)


def _camt053(data: bytes, rows: int) -> bytes:
    text = _without_elements(data.decode(), "Ntry", rows)
    text = text.replace("<NbOfNtries>4<", f"<NbOfNtries>{rows}<")
    return text.replace(">6055.10<", f">{('1000.00', '2850.10')[rows]}<").encode()


def _camt054(data: bytes, rows: int) -> bytes:
    text = re.sub(r"(?s)<TxDtls>\s*<Refs><EndToEndId>DO-1002.*?</TxDtls>", "", data.decode())
    return _without_elements(text, "Ntry", rows).encode()


def _pain002(data: bytes, rows: int) -> bytes:
    text = _without_elements(data.decode(), "TxInfAndSts", rows)
    return re.sub(
        r"(?s)<OrgnlPmtInfAndSts>\s*<OrgnlPmtInfId>PI-2.*?</OrgnlPmtInfAndSts>", "", text
    ).encode()


def _without_elements(text: str, name: str, kept: int) -> str:
    begin, *others = re.split(rf"(?s)(?=<{name}>)", text)
    return begin + "".join(
        other if number < kept else re.sub(rf"(?s)^<{name}>.*?</{name}>", "", other)
        for number, other in enumerate(others)
    )


def _mt940(data: bytes, rows: int) -> bytes:
    begin, *entries = data.decode().split("{1:")[1].split(":61:")
    end = ":62F:" + entries[-1].partition(":62F:")[2]
    balance = ("1200,00", "1700,00")[rows]
    kept = "".join(f":61:{entry}" for entry in entries[:rows])
    return ("{1:" + begin + kept + end.replace("1678,75", balance)).encode()


def _nacha(_: bytes, rows: int) -> bytes:
    ach = _built_by("bank_files", "ach")
    returned = [
        ach._entry("26", "ACCT1", 162500, "DO-5901", "021000020000001", 1),
        ach._addenda("99", "R01", "091000010000031", "021000020000001"),
    ]
    file: bytes = ach._file("240305", "000000", [returned] if rows else [])
    return file


def _fineract(data: bytes, rows: int) -> bytes:
    loans: list[dict[str, Any]] = json.loads(data)[:rows]
    for loan in loans:
        loan["repaymentSchedule"]["periods"] = loan["repaymentSchedule"]["periods"][:2]
        loan["transactions"] = loan["transactions"][:2]
    return json.dumps(loans).encode()


def _mambu_schedule(data: bytes, rows: int) -> bytes:
    schedule = json.loads(data)
    return json.dumps({"installments": schedule["installments"][:rows]}).encode()


def _lines(data: bytes, rows: int) -> bytes:
    return b"".join(data.splitlines(keepends=True)[:rows])


def _workbook(name: str, rows_from: int, after: int) -> Callable[[bytes, int], bytes]:
    def build(_: bytes, rows: int) -> bytes:
        written = getattr(_built_by("statement_files", "workbook_statements"), name)
        end = len(written) - after
        kept = [*written[:rows_from], *written[rows_from:end][:rows], *written[end:]]
        book: bytes = _built_by("statement_files", "workbooks").xls(kept)
        return book

    return build


@cache
def _built_by(workspace: str, module: str) -> ModuleType:
    """A module of the script that builds a workspace's inbox."""
    sys.path.insert(0, str(DATA_SAMPLES / workspace))
    try:
        return import_module(module)
    finally:
        sys.path.pop(0)


_OTHERWISE: Mapping[str, Callable[[bytes, int], bytes]] = {
    "camt053_v1": _camt053,
    "camt054_v1": _camt054,
    "ccb_debit_v1": _workbook("CCB_DEBIT", 6, 1),
    "citic_credit_v1": _workbook("CITIC_CREDIT", 2, 0),
    "fineract_loans_v1": _fineract,
    "mambu_schedule_v1": _mambu_schedule,
    "mambu_transactions_v1": _lines,
    "mt940_v1": _mt940,
    "nacha_ach_v1": _nacha,
    "pain002_v1": _pain002,
    "spdb_debit_v1": _workbook("SPDB_DEBIT", 2, 0),
    "unionpay_zm_v1": _unionpay,
}
