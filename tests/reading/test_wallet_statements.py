"""Statements of the Alipay and WeChat Pay wallets, as their holders export them."""

from pathlib import Path

import pytest

from tests.reading.delivered import Read, read_all
from tieout.faults import ExitCode, Fault

ALIPAY = "交易时间 ,交易分类 ,对方账号 ,收/支 ,金额 ,交易状态 ,交易订单号 ,\n"
WECHAT_LEAD = "微信支付账单明细,,\n共{}笔记录,,\n"
WECHAT = "交易时间,收/支,金额(元),交易单号,备注\n"
SPENT = '2025-01-26 12:45:27,支出,"¥1,028.16",42000\t,/\n'
EARNED = "2025-01-24 10:10:11,收入,¥0.35,42001\t,/\n"
MOVED = "2025-01-17 10:07:31,/,¥2000.00,42002\t,/\n"


def alipay(folder: Path, direction: str, kind: str = "日用百货", state: str = "交易成功") -> Read:
    row = f"2025-01-12 21:32:14 ,{kind} ,139******11 ,{direction} ,49.74 ,{state} ,20250\t,\n"
    text = "导出信息：\n姓名：陈小满\n共66笔记录\n" + ALIPAY + row
    (part,) = read_all(folder, "K-1_a_2025-01-31.csv", text.encode("gb18030"), "alipay_personal_v1")
    return part


def wechat(folder: Path, *rows: str, declared: int) -> Read:
    data = (WECHAT_LEAD.format(declared) + WECHAT + "".join(rows)).encode("utf-8-sig")
    (part,) = read_all(folder, "K-1_w_2025-01-31.csv", data, "wechatpay_personal_v1")
    return part


@pytest.mark.parametrize(("direction", "minor"), [("支出", -4974), ("收入", 4974)])
def test_alipay_tells_the_direction_in_a_word_and_no_balance(
    tmp_path: Path, direction: str, minor: int
) -> None:
    (row,) = alipay(tmp_path, direction).rows
    assert (row["amount_minor"], row["balance_minor"], row["card_no"]) == (minor, None, None)


@pytest.mark.parametrize(
    ("kind", "minor"), [("信用借还", [-4974]), ("退款", [4974]), ("投资理财", [])]
)
def test_of_what_is_neither_only_repayments_and_refunds_are_entries(
    tmp_path: Path, kind: str, minor: list[int]
) -> None:
    part = alipay(tmp_path, "不计收支", kind)
    assert [row["amount_minor"] for row in part.rows] == minor
    assert part.rejects == []


@pytest.mark.parametrize("state", ["交易关闭", "还款失败"])
def test_what_was_never_paid_is_no_entry(tmp_path: Path, state: str) -> None:
    part = alipay(tmp_path, "支出", state=state)
    assert (part.rows, part.lines) == ([], 0)


def test_wechat_moves_between_pockets_are_no_entries_but_count(tmp_path: Path) -> None:
    part = wechat(tmp_path, SPENT, EARNED, MOVED, declared=3)
    assert [row["amount_minor"] for row in part.rows] == [-102816, 35]


def test_a_wechat_export_with_fewer_lines_than_it_says_is_truncated(tmp_path: Path) -> None:
    with pytest.raises(Fault) as caught:
        wechat(tmp_path, SPENT, EARNED, declared=3)
    assert caught.value.code == "fewer-lines-than-declared"
    assert caught.value.exit_code == ExitCode.TRUNCATED
