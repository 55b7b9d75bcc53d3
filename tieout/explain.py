"""One break told in words: its evidence, its numbers, and what every matching pass made of it.

What is in transit is told alike. All reasoning lies in sql/explain; here its relations become
text. The business date is rebuilt from the inbox as it is now, by the steps of a day, and nothing
is published.
"""

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tieout.business_dates import named_for
from tieout.day import PUT_AWAY, STEPS, open_run
from tieout.faults import ExitCode, Fault
from tieout.stored_files import stored_csv_lists, stored_table
from tieout.warehouse import EXPLAIN, SCHEMAS, Warehouse, load_models

_BUILDING_STEPS = ("land", "stage", "match", "judge", "report")
_LISTS_AS_CSV = ("decided.csv", "in_transit.csv")
_WIDTH = 100

_TOLD = (
    "subject",
    "as_of",
    "open_since",
    "age_days",
    "cause",
    "liable",
    "proof",
    "ledger_amount_minor",
    "channel_amount_minor",
    "difference_minor",
    "refund_minor",
    "currency",
    "bureau_correction",
    "stop_collection",
    "remedy",
)
_PLACING = frozenset({"entry_id", "place", "line"})
_IDENTIFYING = frozenset({"entry_id", "group_id", "fact_id", "scope"})

Row = Mapping[str, Any]


def explain(workspace: Path, break_id: str) -> str:
    """The explanation of a break, open or decided, or of an entry in transit, as of the latest
    stored run that lists it.

    Raises Fault: exit 2 when no stored run lists it, or when the files that are there
    now no longer show it; and what the steps of a day raise.
    """
    business_date = _latest_listing(workspace / "reports", break_id)
    models = load_models(schemas=(*SCHEMAS, EXPLAIN))
    with open_run(workspace, business_date, models, PUT_AWAY) as run:
        ask(run.warehouse, break_id)
        for step in STEPS:
            if step.name in _BUILDING_STEPS:
                step.run(run)
        told = tell(run.warehouse, run.settings.currency_decimals)
    if told is None:
        raise Fault(
            "break-outdated",
            ExitCode.MISUSE,
            where=f"reports/{business_date}",
            found=f"the stored run lists {break_id}, the files that are there now do not",
            expected="a stored run of the files that are there now",
            action=f"Run tieout day {business_date} again; its cleared.csv says what came.",
        )
    return told


def ask(warehouse: Warehouse, break_id: str) -> None:
    """Put the question in place, before anything is built."""
    warehouse.give(f"{EXPLAIN}.asked", pa.table({"break_id": [break_id]}))


def tell(warehouse: Warehouse, currency_decimals: int) -> str | None:
    """The asked break in words, once reports.* are built; None if it is not among them."""
    warehouse.build([EXPLAIN])
    subjects = _rows(warehouse, "subject")
    return _Explanation.of(warehouse, subjects[0], currency_decimals).text() if subjects else None


def _latest_listing(reports: Path, break_id: str) -> date:
    days = [named_for(folder.name) for folder in reports.glob("*-*-*")]
    for day in sorted((day for day in days if day is not None), reverse=True):
        if _lists(reports / str(day), break_id):
            return day
    raise Fault(
        "break-unknown",
        ExitCode.MISUSE,
        where=str(reports),
        found=f"no stored run lists a break {break_id}",
        expected="a break_id of some day's breaks.csv, decided.csv or in_transit.csv",
        action="Copy the break_id from breaks.csv or report.html, or name its --workspace.",
    )


def _lists(folder: Path, break_id: str) -> bool:
    breaks = folder / "breaks.parquet"
    if not breaks.exists():
        return False
    listed = stored_table(breaks, ["break_id"]).column("break_id")
    return bool(pc.index(listed, break_id).as_py() >= 0) or any(
        stored_csv_lists(folder / name, break_id) for name in _LISTS_AS_CSV
    )


@dataclass(frozen=True)
class _Explanation:
    subject: Row
    lines: list[tuple[str, Row]]
    unshown_lines: list[Row]
    numbers: list[tuple[str, Row]]
    entries: list[Row]
    declined: list[tuple[str, Row]]
    taken_with: list[Row]
    names: Mapping[int, Row]
    decimals: int

    @classmethod
    def of(cls, warehouse: Warehouse, subject: Row, decimals: int) -> "_Explanation":
        def members(family: str) -> list[tuple[str, Row]]:
            found = [m for m in warehouse.models.values() if m.family == f"{EXPLAIN}.{family}"]
            return [
                (model.member, row)
                for model in sorted(found, key=lambda model: model.rank)
                for row in _rows(warehouse, model.member)
            ]

        return cls(
            subject=subject,
            lines=members("lines"),
            unshown_lines=_rows(warehouse, "unshown_lines"),
            numbers=members("numbers"),
            entries=_rows(warehouse, "asked_entries"),
            declined=members("declined"),
            taken_with=_rows(warehouse, "taken_with"),
            names={row["entry_id"]: row for row in _rows(warehouse, "names")},
            decimals=decimals,
        )

    def text(self) -> str:
        sections = [
            self._what(),
            ["Evidence", *self._evidence()],
            ["Numbers", *self._numbers()],
        ]
        if self.entries:
            sections.append(["Matching", *self._matching()])
        return "\n\n".join("\n".join(section) for section in sections) + "\n"

    def _what(self) -> list[str]:
        asked = self.subject
        facts = {name: asked[name] for name in _TOLD}
        return [
            f"{asked['category']} {asked['category_zh']} ({asked['severity']})",
            asked["means"],
            *self._facts(facts),
        ]

    def _evidence(self) -> Iterator[str]:
        for feed, row in self.lines:
            fields = ", ".join(
                f"{_label(name)} {self._value(name, value)}"
                for name, value in row.items()
                if name not in _PLACING and value is not None
            )
            yield f"  {row['place']}:{row['line']}  {_label(feed)}"
            yield from _wrapped(fields, "      ")
        for kind in self.unshown_lines:
            yield f"  and {kind['line_count']} more lines of {_label(kind['relation'])}"

    def _numbers(self) -> Iterator[str]:
        for kind, row in self.numbers:
            yield f"  {_label(kind)}"
            facts = {name: value for name, value in row.items() if name not in _IDENTIFYING}
            yield from self._facts(facts, "    ")

    def _matching(self) -> Iterator[str]:
        for entry in self.entries:
            yield f"  {self._name(entry['entry_id'])}"
            passes: dict[str, list[Row]] = {}
            for rule, row in self.declined:
                if row["entry_id"] == entry["entry_id"]:
                    passes.setdefault(rule, []).append(row)
            for rule, rows in passes.items():
                yield f"    {rule}: declined"
                yield from (f"      {self._reason(row)}" for row in rows)
            yield from self._taken(entry["entry_id"])

    def _reason(self, row: Row) -> str:
        by = [
            self._value(name, row[name])
            for name in ("by_minor", "by_seconds")
            if row[name] is not None
        ]
        why = " by ".join([row["why"], *by])
        return why if row["other_id"] is None else f"{self._name(row['other_id'])} {why}"

    def _taken(self, entry_id: int) -> Iterator[str]:
        rows = [row for row in self.taken_with if row["entry_id"] == entry_id]
        if not rows:
            return
        cause = f" ({rows[0]['cause']})" if rows[0]["cause"] else ""
        yield f"    {rows[0]['rule']}: {rows[0]['verdict']}{cause}"
        yield from (
            f"      with {self._name(row['other_id'])}"
            for row in rows
            if row["other_id"] is not None
        )

    def _name(self, entry_id: int) -> str:
        known = self.names[entry_id]
        amount = self._value("amount_minor", known["amount_minor"])
        place = f"{known['place']}:{known['line']}"
        return f"{known['name']} of {amount} at {known['happened_at']} ({place})"

    def _facts(self, facts: Row, indent: str = "  ") -> Iterator[str]:
        told = {_label(name): self._value(name, v) for name, v in facts.items() if v is not None}
        width = max(map(len, told), default=0)
        for label, value in told.items():
            yield f"{indent}{label:<{width}}  {value}"

    def _value(self, name: str, value: object) -> str:
        if name.endswith("_minor") and isinstance(value, int):
            return self._money(value)
        if name.endswith("_seconds") and isinstance(value, int):
            return _duration(value)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, datetime):
            return value.isoformat(" ", "seconds")
        return str(value)

    def _money(self, minor: int) -> str:
        digits = f"{abs(minor):0{self.decimals + 1}d}"
        sign = "-" if minor < 0 else ""
        if not self.decimals:
            return sign + digits
        return f"{sign}{digits[: -self.decimals]}.{digits[-self.decimals :]}"


def _rows(warehouse: Warehouse, name: str) -> list[Row]:
    found: list[Row] = warehouse.table(f"{EXPLAIN}.{name}").to_pylist()
    return found


def _label(name: str) -> str:
    for unit in ("_minor", "_seconds", "_numbers"):
        name = name.removesuffix(unit)
    return name.removeprefix("is_").replace("_", " ")


def _duration(seconds: int) -> str:
    """Hours, minutes and seconds: 49 h 9 min 30 s."""
    sign = "-" if seconds < 0 else ""
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    units = ((hours, "h"), (minutes, "min"), (rest, "s"))
    return sign + (" ".join(f"{number} {unit}" for number, unit in units if number) or "0 s")


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
