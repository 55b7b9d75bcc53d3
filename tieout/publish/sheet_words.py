"""What the workbook calls things, in Chinese and English, from words.toml."""

from tieout.texts import text, word, words
from tieout.words import LIABLES

CONTROL, SUMMARY, DECIDED, SIGNATURES = (
    str(text("workbook", "sheets", name))
    for name in ("control", "summary", "decided", "signatures")
)

FAMILY_SHEETS = {family: str(text("families", family)) for family in words()["families"]}
"""Sheet by family of categories."""

LIABLE_SHEETS = {liable: f"{word(liable).zh} {word(liable).en.title()}" for liable in LIABLES}
"""Sheet by liable party: what that party has to do."""

TIES, DIFFERS, IN_PART = (
    str(text("workbook", "checks", name)) for name in ("ties", "differs", "in_part")
)
TOTAL = str(text("page", "total"))


def both(term: str | None) -> str | None:
    """A code word of the reports, its Chinese before its English where it has both."""
    if not term:
        return None
    zh, en = word(term)
    return en if zh == en else f"{zh} {en}"


def title(name: str) -> str:
    """What stands above a sheet or section, or beside a figure of the day."""
    return str(text("workbook", "titles", name))


def told(name: str, **facts: str | int) -> str:
    """A sentence about a sheet or section, filled in with its facts."""
    return str(text("workbook", "sentences", name)).format(**facts)


def heads(*names: str, first: int = 0) -> dict[int, str]:
    """Heads of columns side by side, the Chinese above the English."""
    return {
        column: "\n".join(text("workbook", "heads", name))
        for column, name in enumerate(names, start=first)
    }


def head_as_on_the_page(section: str, name: str) -> str:
    """The head of a column that the page has too: its Chinese above the column's name."""
    return f"{text('page', section, name).zh}\n{name.replace('_', ' ')}"
