"""What the workbook calls things, in Chinese and English."""

from tieout.publish.page.texts import word

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

DECIDED = "已处理 Decided"
SIGNATURES = "签字 Signatures"

TIES = "✓ 平 ties"
DIFFERS = "✗ 不平 differs"
IN_PART = "… 部分 in part"


def both(term: str | None) -> str | None:
    """A code word of the reports, its Chinese before its English where it has both."""
    if not term:
        return None
    zh, en = word(term)
    return en if zh == en else f"{zh} {en}"
