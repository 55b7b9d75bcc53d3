"""A file format as data: what its TOML says of a file, and of each of its parts."""

import hashlib
import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache

from tieout.faults import ExitCode, Fault
from tieout.feeds import FEEDS, SETTLEMENT_TOTALS
from tieout.reading.declared import WITH_TOTALS
from tieout.reading.part import ENCODINGS, PartDefinition, parse_part
from tieout.reading.toml_table import TomlTable
from tieout.words import Owner

_FORMAT_KEYS = ("title", "source", "business_date", "container", "member_names", "part")

_DASHED_DATE = re.compile(r"(?<![0-9])([0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])")
_EIGHT_DIGITS = re.compile(r"(?<![0-9])([0-9]{8})(?![0-9])")


@dataclass(frozen=True)
class Format:
    """A file format: built in, or a workspace's own (`formats/<name>.toml`)."""

    name: str
    title: str
    source: str
    owner: Owner
    relations: tuple[str, ...]
    definition_sha256: str
    container: str
    member_names: str
    parts: tuple[PartDefinition, ...]
    date_in_name: re.Pattern[str] | None

    def business_date(self, base_name: str) -> date | None:
        """The business date that a file's base name tells, or None.

        Default rule (contract section 2): the first YYYY-MM-DD that is a date, else the first
        run of exactly eight digits that is one.
        """
        patterns = [self.date_in_name] if self.date_in_name else [_DASHED_DATE, _EIGHT_DIGITS]
        for pattern in patterns:
            for candidate in pattern.finditer(base_name):
                try:
                    return date.fromisoformat(candidate[1])
                except ValueError:
                    continue
        return None


def describe(format_: Format) -> str:
    """One line for a list of formats."""
    return f"{format_.name}: {format_.title}; fills {', '.join(format_.relations)}"


@cache  # a backfill meets the same definitions every day
def parse_format(name: str, definition: bytes, where: str) -> Format:
    """The format of a TOML definition. Raises Fault (exit 2) on anything it does not know."""
    try:
        values = tomllib.loads(definition.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Fault(
            "format-not-toml",
            ExitCode.MISUSE,
            where=where,
            found=str(error),
            expected="a TOML file in UTF-8",
            action="Correct the format definition.",
        ) from error
    table = TomlTable(values, where, _FORMAT_KEYS)
    parts = tuple(parse_part(part, path) for part, path in table.tables("part"))
    read = [part for part in parts if not part.is_ignored]
    if not read:
        table.refuse("part", "none", "at least one [[part]] that is read")
    relations = dict.fromkeys(part.relation.name for part in read)
    if any(part.totals and part.relation.name in WITH_TOTALS for part in read):
        relations[SETTLEMENT_TOTALS.name] = None
    container = table.choose("container", "file", ("file", "zip"))
    takes_turns = all(part.layout == "json" or part.left_out for part in parts)
    if container == "file" and len(parts) > 1 and not takes_turns:
        table.refuse(
            "part",
            f"{len(parts)} parts",
            "one part, as the container is one file, or parts that each leave rows out",
        )
    return Format(
        name=name,
        title=table.require("title"),
        source=table.require("source"),
        owner=FEEDS[read[0].relation.name].owner,
        relations=tuple(relations),
        definition_sha256=hashlib.sha256(definition).hexdigest(),
        container=container,
        member_names=table.choose("member_names", "utf-8", ENCODINGS),
        parts=parts,
        date_in_name=table.take_pattern("business_date", groups=1),
    )
