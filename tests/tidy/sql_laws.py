"""The laws of sql/ (one file: one relation, one plain select). Each law: name, text -> offences."""

import re
from collections.abc import Callable

from tieout.warehouse.models import tables_read

Law = Callable[[str, str], list[str]]

SCHEMAS = ("landing", "reference", "staging", "matching", "breaks", "reports", "explain")
WIDEST = 88
LONGEST = 160
MODEL = ("row", "key")
CATEGORY = ("rank", "zh", "severity", "means", "remedy")
CLOCKS = (
    r"now|today|current_date|current_time|current_timestamp|get_current_\w+|random|uuid|setseed"
)
STATEMENTS = r"create|insert|update|delete|drop|alter|copy|attach|set|pragma|call|install|load"

_COMMENT_OR_LITERAL = re.compile(r"--[^\n]*|'(?:[^']|'')*'")
_FIRST_STEP = re.compile(
    r"(\w+) as (?:materialized )?\(\n +select\n((?: +\w+,\n)+) +from (?:"
    + "|".join(SCHEMAS)
    + r")\."
)
_LAST_SELECT = re.compile(r"\nselect \* from final(\norder by [^;()]+)?\n\Z")


def code(text: str) -> str:
    """The text without comments, its string literals emptied."""
    return _COMMENT_OR_LITERAL.sub(lambda match: "''" if match[0].startswith("'") else "", text)


def _every(pattern: str, text: str) -> list[str]:
    return [match.group(0).strip() for match in re.finditer(pattern, code(text), re.MULTILINE)]


def _selects(text: str) -> list[str]:
    return re.split(r"\bas (?:(?:not )?materialized )?\(\n|\bunion\b", code(text))


def lines_are_narrow_and_files_short(name: str, text: str) -> list[str]:
    lines = text.splitlines()
    wide = [
        f"line {n} is {len(line)} wide" for n, line in enumerate(lines, 1) if len(line) > WIDEST
    ]
    return wide + ([f"{len(lines)} lines"] if len(lines) > LONGEST else [])


def indented_by_fours_without_tabs(name: str, text: str) -> list[str]:
    return [
        f"line {number}"
        for number, line in enumerate(text.splitlines(), 1)
        if "\t" in line or line != line.rstrip() or (len(line) - len(line.lstrip(" "))) % 4
    ]


def lower_case(name: str, text: str) -> list[str]:
    return _every(r"\b\w*[A-Z]\w*", text)


def commas_end_lines(name: str, text: str) -> list[str]:
    return _every(r"^\s*,.*", text)


def the_header_states_what_may_be_relied_on(name: str, text: str) -> list[str]:
    stated = set(re.findall(r"^-- ([a-z]+): \S", text, re.MULTILINE))
    is_category = name.startswith("breaks.") and bool(stated & set(CATEGORY))
    wanted = (*MODEL, *CATEGORY) if is_category else MODEL
    return [f"no {header}:" for header in wanted if header not in stated]


def one_plain_select(name: str, text: str) -> list[str]:
    first = re.match(r"\s*(with|select)\b", code(text).lstrip())
    inner = _every(rf"^\s*({STATEMENTS})\s", text) + _every(r";", text)
    return inner + ([] if first else ["does not begin with `with` or `select`"])


def no_template_and_no_parameter(name: str, text: str) -> list[str]:
    return _every(r"\{|\$\w+|\?", text)


def ends_in_a_bare_select_from_final(name: str, text: str) -> list[str]:
    return [] if _LAST_SELECT.search(code(text)) else ["no `select * from final`"]


def no_star_out_of_a_model(name: str, text: str) -> list[str]:
    return _every(rf"\*\s+from\s+({'|'.join(SCHEMAS)})\.\w+", text)


def no_column_is_fetched_in_vain(name: str, text: str) -> list[str]:
    """What a first step takes out of a model, a later one names, unless one takes all of it."""
    plain = code(text)
    found = []
    for step, columns in _FIRST_STEP.findall(plain):
        others = re.sub(rf"\b{step} as (?:materialized )?\(.*?\n    \)", "", plain, flags=re.DOTALL)
        if re.search(rf"select \*[^()]*from {step}\b|\b{step}\.\*", others) is None:
            found += [
                f"{step}.{column}"
                for column in re.findall(r"\w+", columns)
                if re.search(rf"\b{column}\b", others) is None
            ]
    return found


def no_distinct_to_hide_a_doubt(name: str, text: str) -> list[str]:
    return _every(r"select\s+distinct|distinct\s+on", text)


def no_ordinals(name: str, text: str) -> list[str]:
    return _every(r"(group|order)\s+by\s+(\w+,\s*)*\d+\b|(group|order)\s+by\s+all\b", text)


def no_report_is_ordered_by_an_entrys_number(name: str, text: str) -> list[str]:
    """Numbers of files are given out as files arrive, so they differ from run to run."""
    if name.partition(".")[0] not in ("matching", "breaks", "reports"):
        return []
    ordered = _every(r"\border\s+by\s+(?:[\w.]+(?:\s+desc)?,\s*)*(?:\w+\.)?(entry|file)_id\b", text)
    # of one file the number is the line
    return [each for each in ordered if "files.path" not in each]


def no_clock_and_no_chance(name: str, text: str) -> list[str]:
    return _every(rf"\b({CLOCKS})\b\s*\(|\b(current_date|current_timestamp)\b", text)


def no_float(name: str, text: str) -> list[str]:
    return _every(r"\b(double|float|real|float4|float8)\b|\b(avg|mean|median)\s*\(", text)


def reads_leftward_only(name: str, text: str) -> list[str]:
    mine = SCHEMAS.index(name.partition(".")[0])
    read = [relation.partition(".")[0] for relation in tables_read(text)]
    unknown = [f"reads {schema}" for schema in read if schema not in SCHEMAS]
    return unknown + [
        f"reads {schema}" for schema in read if schema in SCHEMAS and SCHEMAS.index(schema) > mine
    ]


def joins_say_what_they_are(name: str, text: str) -> list[str]:
    unsaid = _every(r"^\s*(natural\s+)?join\b.*", text)
    return unsaid + _every(r"\bnot\s+in\s*\(\s*select\b|\bexists\s*\(\s*select\b", text)


def no_inner_join_asks_what_was_crossed_before_a_left_join(name: str, text: str) -> list[str]:
    """DuckDB 2.0.0 loses rows of `a cross join b inner join c on f(a, b, c) left join d where ...`.

    Worked out in a step before, what is asked of `b` is safe.
    """
    found = []
    for select in _selects(text):
        crossed = re.findall(r"cross join (?:[\w.]+ as )?(\w+)", select)
        asked = re.findall(
            r"inner join [^\n]*?\s+on (.*?)(?=\n\s*(?:inner|left|cross|semi|anti|where)\b|\Z)",
            select,
            re.DOTALL,
        )
        if "left join" in select:
            found += [each for each in crossed if any(f"{each}." in on for on in asked)]
    return found


def what_is_unnested_was_put_aside(name: str, text: str) -> list[str]:
    """DuckDB 2.0.0 breaks off, by chance of the rows, on what is joined, unnested and filtered."""
    put_aside = re.findall(r"(\w+) as materialized \(", text)
    found = []
    for select in _selects(text):
        if "unnest(" in select:
            read = re.findall(r"\b(?:from|join) ([\w.]+)", select)
            found += [each for each in read if each not in put_aside]
    return found


LAWS: tuple[Law, ...] = (
    lines_are_narrow_and_files_short,
    indented_by_fours_without_tabs,
    lower_case,
    commas_end_lines,
    the_header_states_what_may_be_relied_on,
    one_plain_select,
    no_template_and_no_parameter,
    ends_in_a_bare_select_from_final,
    no_star_out_of_a_model,
    no_column_is_fetched_in_vain,
    no_distinct_to_hide_a_doubt,
    no_ordinals,
    no_report_is_ordered_by_an_entrys_number,
    no_clock_and_no_chance,
    no_float,
    reads_leftward_only,
    joins_say_what_they_are,
    no_inner_join_asks_what_was_crossed_before_a_left_join,
    what_is_unnested_was_put_aside,
)
