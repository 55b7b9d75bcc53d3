"""Every small change to one file of sql/: what mutants.py plants, one at a time."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tieout.warehouse import Model

_COMPARISONS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "<>": "="}
_SWAPS = {
    "inner join": "left join",
    "left join": "inner join",
    "anti join": "semi join",
    "semi join": "anti join",
    "min(": "max(",
    "max(": "min(",
    "greatest(": "least(",
    "least(": "greatest(",
    "bool_and(": "bool_or(",
    "bool_or(": "bool_and(",
    "is null": "is not null",
    "is not null": "is null",
    "not ": "",
    "interval 1 microsecond": "interval 0 microsecond",
    "and 1 preceding": "and current row",
    "and current row": "and 1 preceding",
    "distinct ": "",
    "abs(": "(",
    "+ ": "- ",
    "- ": "+ ",
}
_COMPARISON = re.compile(r"(?<= )(?:<=|>=|<>|<|>)(?= )")
_EQUALITY = re.compile(r"(?<= )=(?= (?:'|\d))")
_NUMBER = re.compile(r"(?<![\w.'])(?<!interval )\d{1,4}(?![\w.'])")
_TOLD = re.compile(r"(?:then|else|^ *)\s*'(\w+)'")
_CONDITION = re.compile(
    r"\b(?P<word>on|and|where|having|when|or) (?P<condition>(?!\($|1 preceding|current row).+?)"
    r"(?=$| and | or | then |,$)"
)
_A_KEY = re.compile(r"(?:\w+\([^()]*\)|[\w.]+)(?: desc)?")
_KEYS = re.compile(rf"(?P<by>partition|order) by (?P<keys>{_A_KEY.pattern}(?:, {_A_KEY.pattern})*)")
_LED = re.compile(r"(?:and|or|where|when|on|having) ")
_LEADS = re.compile(r"(?:^|.* )(?:and|or|not|where|when|on|having)(?: \()?")
_GOES_ON = ("<", ">", "= ", "+ ", "- ", "|")
_OPENS = re.compile(r"\(|\bcase\b")
_CLOSES = re.compile(r"\)|\bend\b")
_SWAP = re.compile("|".join(rf"(?<!\w){re.escape(words)}" for words in _SWAPS))


@dataclass(frozen=True)
class Fault:
    """One change to one file: `line` counts from 1."""

    relation: str
    line: int
    told: str
    select: str


def faults(model: Model) -> Iterator[Fault]:
    """Every fault that can be planted in one file, comments and header left alone."""
    lines = model.select.splitlines()
    for at, line in enumerate(lines):
        if not line.lstrip().startswith("--"):
            for told, changed in (*_changes(line), *_changed_keys(line, _leader(lines, at))):
                yield _fault(model, at, told, [*lines[:at], changed, *lines[at + 1 :]])
            for told, left in _without_a_spread_condition(lines, at):
                yield _fault(model, at, told, left)
            if line.lstrip().startswith("union"):
                for told, left in _without_a_branch(lines, at):
                    yield _fault(model, at, told, left)


def _fault(model: Model, at: int, told: str, lines: Sequence[str]) -> Fault:
    return Fault(model.name, at + 1, told, "\n".join(lines))


def _changes(line: str) -> Iterator[tuple[str, str]]:
    def at(found: re.Match[str], new: str, group: int | str = 0) -> tuple[str, str]:
        start, end = found.span(group)
        return f"{line[start:end].strip()} -> {new.strip() or 'nothing'}", (
            line[:start] + new + line[end:]
        )

    for found in _COMPARISON.finditer(line):
        yield at(found, _COMPARISONS[found[0]])
    for found in _EQUALITY.finditer(line):
        yield at(found, "<>")
    for found in _SWAP.finditer(line):
        yield at(found, _SWAPS[found[0]])
    for found in _NUMBER.finditer(line):
        yield at(found, str(int(found[0]) + 1))
    for found in _TOLD.finditer(line):
        yield at(found, f"{found[1]}_told_wrong", 1)
    for found in _CONDITION.finditer(line):
        if found["condition"].count("(") == found["condition"].count(")"):
            yield at(found, "false" if found["word"] == "or" else "true", "condition")


def _changed_keys(line: str, leader: str) -> Iterator[tuple[str, str]]:
    """Parts a window by one key less, or turns one key of an order round."""
    listed = [(found["by"], found.span("keys")) for found in _KEYS.finditer(line)]
    if leader in ("partition by", "order by"):
        listed.append((leader.partition(" ")[0], (_indent(line), len(line))))
    for by, (start, end) in listed:
        for found in _A_KEY.finditer(line, start, end):
            new = "null" if by == "partition" else _turned(found[0])
            yield f"{found[0]} -> {new}", line[: found.start()] + new + line[found.end() :]


def _turned(key: str) -> str:
    return key.removesuffix(" desc") if key.endswith(" desc") else f"{key} desc"


def _without_a_spread_condition(lines: Sequence[str], at: int) -> Iterator[tuple[str, list[str]]]:
    """Drops a condition that stands below the word that leads it, or ends on another line."""
    words = lines[at].strip()
    led = _LED.match(words)
    end = _end_of_term(lines, at)
    above = next(line for line in reversed(["", *lines[:at]]) if line.strip()[:2] != "--")
    is_below = led is None and _LEADS.fullmatch(above.strip()) is not None
    if is_below or (led and end > at + 1):
        alternatives = led[0] == "or " if led else lines[end].lstrip().startswith("or ")
        dropped = f"{led[0] if led else ''}{'false' if alternatives else 'true'}"
        yield f"{words} -> {dropped}", [*lines[:at], dropped, *lines[end:]]


def _end_of_term(lines: Sequence[str], at: int) -> int:
    depth = 0
    for end in range(at, len(lines)):
        if end > at and depth <= 0 and not lines[end].lstrip().startswith(_GOES_ON):
            return end
        depth += len(_OPENS.findall(lines[end])) - len(_CLOSES.findall(lines[end]))
    return len(lines)


def _leader(lines: Sequence[str], at: int) -> str:
    """The nearest line above that stands further out."""
    indent = _indent(lines[at])
    return next((line.strip() for line in reversed(lines[:at]) if _indent(line) < indent), "")


def _without_a_branch(lines: Sequence[str], at: int) -> Iterator[tuple[str, list[str]]]:
    indent = _indent(lines[at])

    def ends(line: str) -> bool:
        return _indent(line) < indent or line.lstrip().startswith("union")

    before = next(number for number in range(at - 1, -1, -1) if ends(lines[number]))
    after = next(number for number in range(at + 1, len(lines)) if ends(lines[number]))
    if not lines[before].lstrip().startswith("union"):
        yield "the branch before is gone", [*lines[: before + 1], *lines[at + 1 :]]
    yield "the branch after is gone", [*lines[:at], *lines[after:]]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
