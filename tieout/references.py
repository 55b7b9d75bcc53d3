"""Reference tables: what a person may renegotiate (contract section 5).

A CSV in the workspace's reference/ replaces the built-in table of the same name, whole.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa

from tieout.faults import ExitCode, Fault
from tieout.own_files import own_file, own_folder
from tieout.reference_tables import REFERENCES
from tieout.relations import Relation
from tieout.settings import Settings

ReadReference = Callable[[bytes, str, Relation, int], pa.Table]
"""The reading room's strict reader: bytes, the name shown, the relation, currency decimals."""

Row = dict[str, Any]

_SPANS = (("valid_from", "valid_to"), ("starts_at", "ends_at"))


def source_of(settings: Settings, name: str) -> tuple[bytes, str]:
    """The bytes of the table that counts, and the name to show for it.

    Raises Fault (exit 2) for a table of the workspace that cannot be read.
    """
    shown_as = f"reference/{name}.csv"
    site = own_file(settings.site_reference / f"{name}.csv", shown_as)
    if site is not None:
        return site, shown_as
    built_in = files("tieout.sql").joinpath("reference", f"{name}.csv")
    return built_in.read_bytes(), f"built-in {name}.csv"


def load(settings: Settings, read_reference: ReadReference) -> dict[str, pa.Table]:
    """Every reference table by name.

    Raises Fault (exit 2) for a file in reference/ that is no reference table, for a line
    that cannot be read, for a row that can mean nothing, and for two rows in force on one day.
    """
    _refuse_strangers(settings.site_reference)
    tables = {}
    for name, relation in REFERENCES.items():
        data, shown_as = source_of(settings, name)
        table = read_reference(data, shown_as, relation, settings.currency_decimals)
        rows = table.to_pylist()
        _refuse_senseless_rows(rows, relation, shown_as)
        _refuse_overlap(rows, relation, shown_as)
        tables[name] = table
    return tables


def refuse_unknown_categories(
    settings: Settings, severity_rules: pa.Table, categories: Collection[str]
) -> None:
    """Raise Fault (exit 2) for a severity rule about a category that is none."""
    named = {name for name in severity_rules.column("category").to_pylist() if name}
    if unknown := sorted(named - set(categories)):
        raise Fault(
            "reference-unknown-category",
            ExitCode.MISUSE,
            where=source_of(settings, "severity_rules")[1],
            found=f"category {', '.join(unknown)}",
            expected=f"empty for any, or one of: {', '.join(sorted(categories))}",
            action="Correct the category's name.",
        )


def _refuse_strangers(folder: Path) -> None:
    known = {f"{name}.csv" for name in REFERENCES}
    for file in own_folder(folder):
        if file.name not in known:
            raise Fault(
                "reference-unknown-table",
                ExitCode.MISUSE,
                where=f"reference/{file.name}",
                found="no reference table has this name",
                expected=f"one of: {', '.join(sorted(known))}",
                action="Correct the file name, or take the file away.",
            )


def _refuse_senseless_rows(rows: Sequence[Row], relation: Relation, shown_as: str) -> None:
    for row in rows:
        for found in _nonsense(row, relation):
            owner = [row[relation.column(name).loaded_name] for name in relation.key]
            named = ", ".join(str(each) for each in owner if each is not None)
            raise Fault(
                "reference-senseless-row",
                ExitCode.MISUSE,
                where=shown_as,
                found=f"the row of {named}: {found}",
                expected="numbers from zero up, rates up to 1, a least fee that is not above the "
                "most, and spans that end after they begin",
                action="Correct the row.",
            )


def _nonsense(row: Row, relation: Relation) -> Iterator[str]:
    """What no row can mean, told in words."""
    for column in relation.columns:
        number = row[column.loaded_name]
        if column.kind in ("money", "integer", "rate") and number is not None and number < 0:
            yield f"{column.name} below zero"
        if column.kind == "rate" and number > 1:
            yield f"{column.name} above 1"
    for begin, end in _SPANS:
        begins, ends = row.get(begin), row.get(end)
        if begins is not None and ends is not None and ends <= begins:
            yield f"{begin} {begins}, {end} {ends}"
    least, most = row.get("fee_minimum_minor"), row.get("fee_maximum_minor")
    if least is not None and most is not None and most < least:
        yield "fee_minimum above fee_maximum"


def _refuse_overlap(rows: Sequence[Row], relation: Relation, shown_as: str) -> None:
    dated = "valid_from" in relation.key
    owner = [column for column in relation.key if column != "valid_from"]
    held_as = [relation.column(column).loaded_name for column in owner]
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[name] for name in held_as), []).append(row)
    for key, alike in groups.items():
        alike.sort(key=lambda row: str(row.get("valid_from") or ""))
        for earlier, later in pairwise(alike):
            if not dated:
                raise _repeated(shown_as, owner, key)
            until, starts = earlier["valid_to"], later["valid_from"]
            if until is None or starts is None or starts < until:
                raise _overlap(shown_as, owner, key, earlier, later)


def _repeated(shown_as: str, owner: list[str], key: tuple[Any, ...]) -> Fault:
    return Fault(
        "reference-repeated-row",
        ExitCode.MISUSE,
        where=shown_as,
        found=f"two rows for {_named(owner, key)}",
        expected="at most one",
        action="Take one of them away.",
    )


def _overlap(
    shown_as: str,
    owner: list[str],
    key: tuple[Any, ...],
    earlier: Row,
    later: Row,
) -> Fault:
    spans = " and ".join(
        f"{row.get('valid_from') or 'the beginning'} to {row.get('valid_to') or 'open'}"
        for row in (earlier, later)
    )
    return Fault(
        "reference-overlap",
        ExitCode.MISUSE,
        where=shown_as,
        found=f"two rows for {_named(owner, key)}: {spans}",
        expected="at most one row in force on any day (valid_to is exclusive)",
        action="Close the earlier row with the valid_from of the later one.",
    )


def _named(owner: list[str], key: tuple[Any, ...]) -> str:
    return ", ".join(
        f"{column} {'any' if value is None else value}"
        for column, value in zip(owner, key, strict=True)
    )
