"""What a format says of its rows: the rule by which each column of a relation is filled."""

from collections.abc import Mapping, Sequence

from tieout.feeds import NEVER_LOADED
from tieout.reading.rules import Rule, parse_rule
from tieout.reading.toml_table import TomlTable
from tieout.relations import Column


def parse_fill(table: TomlTable, columns: Sequence[Column], *, is_needed: bool) -> dict[str, Rule]:
    """From TOML: [part.fill], a rule for each column that is filled.

    Raises Fault (exit 2) for an unknown column, and for a required one without a rule where
    rows need one.
    """
    fillable = {column.name: column for column in columns if column.name not in NEVER_LOADED}
    fill = TomlTable(table.mapping("fill"), f"{table.where}: fill", tuple(fillable))
    missing = [name for name, column in fillable.items() if column.required and name not in fill]
    if is_needed and missing:
        fill.refuse(missing[0], "no rule", "a rule, as no row may lack this column")
    return {
        name: parse_rule(fill[name], f"{fill.where}: {name}") for name in fillable if name in fill
    }


def refuse_unknown_fields(table: TomlTable, fill: Mapping[str, Rule], known: set[str]) -> None:
    """Raise Fault (exit 2) for a rule that reads a field which the file does not have."""
    for column, rule in fill.items():
        for name in rule.fields_read():
            if name not in known:
                expected = "one of the declared fields: " + ", ".join(sorted(known))
                table.refuse(f"fill.{column}", f"the field `{name}`", expected)
