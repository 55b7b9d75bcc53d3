"""The value rules at work: from the fields of a line to a column of a feed, as expressions."""

import re
from collections.abc import Mapping

import polars as pl

from tieout.faults import ExitCode, Fault
from tieout.reading.cell import Cell, first_that_fits, found
from tieout.reading.cells import (
    MoneySpelling,
    canonical_cell,
    integer_cell,
    money_cell,
    polars_type,
)
from tieout.reading.chunk import LINE
from tieout.reading.dated_cells import (
    DATE_PATTERN,
    INSTANT_PATTERN,
    date_cell,
    instant_cell,
    instant_without_year_cell,
)
from tieout.reading.instants import ISO_8601, iso_date_cell, iso_instant_cell, zoned_cell
from tieout.reading.rules import BUSINESS_DATE, FileFacts, Rule
from tieout.relations import Column

_JOINT = "/"


def cell(rule: Rule, column: Column, facts: FileFacts) -> Cell:
    """The expressions that fill `column` by `rule`, over a frame of text fields."""
    if rule.by:
        return _by_case(rule, column, facts)
    if rule.sum:
        return _summed([cell(part, column, facts) for part in rule.sum])
    if rule.join:
        return _as_one_text([cell(part, column, facts) for part in rule.join])
    if rule.file == BUSINESS_DATE:
        return _constant(pl.lit(facts.business_date), column)
    if rule.file == "line":
        name = pl.lit(f"{facts.base_name}:")
        return _constant(pl.concat_str(name, pl.col(LINE)), column)
    raw = _raw(rule, facts)
    if rule.words:
        return _in_our_words(raw, rule.words)
    return _signed(_parsed(raw, rule, column, facts), rule.sign)


def _raw(rule: Rule, facts: FileFacts) -> pl.Expr:
    """The text that a rule starts from."""
    if rule.file and rule.match is not None:
        return pl.lit(_in_name(facts.base_name, rule.match))
    if rule.text is not None:
        return pl.lit(rule.text or None, pl.String)
    texts = [_emptied(pl.col(name), rule.empty) for name in (*rule.fields, *rule.together)]
    raw = pl.coalesce(texts)
    if rule.together:
        glued = pl.concat_str(texts, separator=" ", ignore_nulls=True)
        raw = pl.when(raw.is_not_null()).then(glued).otherwise(None)
    if rule.match is not None:
        # text that does not match stays whole, so that its kind can refuse it
        raw = pl.coalesce([raw.str.extract(rule.match.pattern), raw])
    if rule.search is not None:
        raw = raw.str.extract(rule.search.pattern)
    return pl.lit(rule.prefix) + raw if rule.prefix else raw


def _in_name(base_name: str, match: re.Pattern[str]) -> str:
    found_in_name = match.search(base_name)
    if found_in_name is None:
        raise Fault(
            "name-not-as-agreed",
            ExitCode.UNREADABLE,
            where=base_name,
            found="a file name that does not tell what its lines leave out",
            expected=f"a name as {match.pattern}",
            action="Rename the file as the format's description says.",
        )
    return found_in_name[1]


def _parsed(raw: pl.Expr, rule: Rule, column: Column, facts: FileFacts) -> Cell:
    match column.kind:
        case "money":
            decimals = rule.decimals if rule.decimals >= 0 else facts.currency_decimals
            spelling = MoneySpelling(
                facts.currency_decimals,
                decimals,
                is_minor=rule.unit == "minor",
                has_thousands=rule.thousands,
                signs=rule.signs,
            )
            return money_cell(raw, spelling)
        case "integer":
            return integer_cell(raw, has_thousands=rule.thousands)
        case "instant" if rule.patterns == (ISO_8601,):
            return iso_instant_cell(raw, facts.time_zone)
        case "date" if rule.patterns == (ISO_8601,):
            return iso_date_cell(raw)
        case "instant" if rule.year_near:
            near = pl.lit(facts.business_date)
            if rule.year_near != BUSINESS_DATE:
                day = pl.col(rule.year_near).str.slice(0, 8).str.to_date("%Y%m%d", strict=False)
                near = pl.coalesce([day, near])
            return first_that_fits([instant_without_year_cell(raw, p, near) for p in rule.patterns])
        case "instant":
            patterns = rule.patterns or (INSTANT_PATTERN,)
            read = first_that_fits([instant_cell(raw, pattern) for pattern in patterns])
            return read if rule.zone is None else zoned_cell(read, rule.zone, facts.time_zone)
        case "date":
            patterns = rule.patterns or (DATE_PATTERN,)
            return first_that_fits([date_cell(raw, pattern) for pattern in patterns])
        case _:
            return canonical_cell(raw, column.kind, column.words, facts.currency_decimals)


def _emptied(raw: pl.Expr, empty: tuple[str, ...]) -> pl.Expr:
    return pl.when(~raw.is_in(empty)).then(raw) if empty else raw


def _constant(value: pl.Expr, column: Column) -> Cell:
    return Cell(value.cast(polars_type(column.kind)), pl.lit(True), pl.lit(None, pl.String))


def _in_our_words(raw: pl.Expr, words: Mapping[str, str]) -> Cell:
    return Cell(
        raw.replace_strict(dict(words), default=None, return_dtype=pl.String),
        raw.is_in(list(words)) | raw.is_null(),
        found(raw, "one of " + ", ".join(words)),
    )


def _signed(read: Cell, sign: str) -> Cell:
    if sign == "as_written":
        return read
    values = {
        "absolute": read.value.abs(),
        "negated": -read.value,
        "negative": -read.value.abs(),
    }
    return Cell(values[sign], read.ok, read.complaint)


def _summed(parts: list[Cell]) -> Cell:
    present = pl.any_horizontal([part.value.is_not_null() for part in parts])
    return Cell(
        pl.when(present).then(pl.sum_horizontal([part.value for part in parts])),
        pl.all_horizontal([part.ok for part in parts]),
        pl.coalesce([pl.when(~part.ok).then(part.complaint) for part in parts]),
    )


def _as_one_text(parts: list[Cell]) -> Cell:
    text = pl.concat_str([part.value for part in parts], separator=_JOINT, ignore_nulls=True)
    present = pl.any_horizontal([part.value.is_not_null() for part in parts])
    return Cell(pl.when(present).then(text), pl.lit(True), pl.lit(None, pl.String))


def _by_case(rule: Rule, column: Column, facts: FileFacts) -> Cell:
    key = pl.col(rule.by)
    if rule.search is not None:
        key = key.str.extract(rule.search.pattern)
    key = key.fill_null("")
    kind = polars_type(column.kind)
    if rule.otherwise is None:
        refused = found(key, f"{rule.by} to be one of " + ", ".join(rule.cases))
        other = Cell(pl.lit(None, kind), pl.lit(False), refused)
    else:
        other = cell(rule.otherwise, column, facts)
    value, ok, complaint = other.value, other.ok, other.complaint
    for text, case_rule in rule.cases.items():
        chosen = cell(case_rule, column, facts)
        is_case = key == text
        value = pl.when(is_case).then(chosen.value).otherwise(value)
        ok = pl.when(is_case).then(chosen.ok).otherwise(ok)
        complaint = pl.when(is_case).then(chosen.complaint).otherwise(complaint)
    return Cell(value, ok, complaint)
