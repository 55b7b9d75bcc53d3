"""What the workbook calls things, in Chinese and English."""

from tieout.publish.charts import LIABLE_ZH

_ZH = {
    **LIABLE_ZH,
    "critical": "严重",
    "high": "高",
    "medium": "中",
    "low": "低",
    "debit": "扣款",
    "posting": "入账",
    "order": "扣款指令",
    "instalment": "分期",
    "settlement": "清算日",
    "source": "来源",
    "channel": "渠道",
    "lender": "放款机构",
    "proven": "已证实",
    "statement_needed": "需银行流水",
}

CONTROL = "控制 Control"
SUMMARY = "汇总 Summary"

FAMILIES = {
    "open_entries": "未平 Open entries",
    "matched_but_wrong": "勾对有误 Matched wrong",
    "collection": "扣款 Collection",
    "settlement": "结算 Settlement",
    "consequence": "后果 Consequence",
}
"""Sheet by family of categories."""

LIABLES = {
    "platform": "平台 Platform",
    "channel": "渠道 Channel",
    "bank": "银行 Bank",
    "undetermined": "待定 Undetermined",
}
"""Sheet by liable party: what that party has to do."""

TIES = "✓ 平 ties"
DIFFERS = "✗ 不平 differs"
IN_PART = "… 部分 in part"


def both(word: str | None) -> str | None:
    """The word with its Chinese before it, where it has one."""
    if not word:
        return None
    shown = word.replace("_", " ")
    return f"{_ZH[word]} {shown}" if word in _ZH else shown
