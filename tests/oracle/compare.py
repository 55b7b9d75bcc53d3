"""The reports of a day set against the oracle's verdict: one readable line per disagreement."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as parquet

from tests.oracle.evaluator import Verdict
from tests.oracle.judgement import Break
from tests.oracle.world import major


def table(path: Path) -> list[dict[str, str]]:
    """A CSV report as rows of text."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def expected_cells(verdict: Verdict, item: Break) -> dict[str, str]:
    """What breaks.csv must say about a break, where the contract defines the cell."""
    cells = {
        "liable": item.liable,
        "proof": item.proof or "",
        "bureau_correction": item.bureau_correction or "",
        "open_since": verdict.open_since[item.key].isoformat(),
        "age_days": str((verdict.day - verdict.open_since[item.key]).days),
    }
    if item.refund is not None:
        cells["refund"] = major(item.refund)
    if item.stop_collection is not None:
        cells["stop_collection"] = "true" if item.stop_collection else "false"
    if item.category == "debit_outcome_unknown":
        cells["cause"] = item.cause or ""
    if item.category == "amount_differs":
        assert item.ledger_amount is not None and item.channel_amount is not None
        cells["ledger_amount"] = major(item.ledger_amount)
        cells["channel_amount"] = major(item.channel_amount)
    return cells


def reported_groups(path: Path) -> set[tuple[str, frozenset[str]]]:
    """Every group of matches.parquet: its rule and the subjects of its entries."""
    rules: dict[str, str] = {}
    members: dict[str, set[str]] = defaultdict(set)
    for row in parquet.read_table(path).to_pylist():
        rules[row["match_id"]] = row["rule"]
        members[row["match_id"]].add(
            f"debit:{row['channel']}:{row['channel_ref']}"
            if row["side"] == "debit"
            else f"posting:{row['lender']}:{row['posting_id']}"
        )
    return {(rules[name], frozenset(subjects)) for name, subjects in members.items()}


def disagreements(verdict: Verdict, reports: Path) -> list[str]:
    """Every difference between a report folder and the verdict; empty when they agree."""
    return sorted(
        [
            *break_differences(verdict, table(reports / "breaks.csv")),
            *set_differences(
                "in transit",
                set(verdict.in_transit),
                {row["subject"] for row in table(reports / "in_transit.csv")},
            ),
            *set_differences(
                "excluded",
                set(verdict.excluded),
                {row["subject"] for row in table(reports / "excluded.csv")},
            ),
            *set_differences(
                "matched",
                {group_name(group.rule, group.subjects) for group in verdict.groups_of_the_day},
                {group_name(*group) for group in reported_groups(reports / "matches.parquet")},
            ),
            *(
                f"control: {row['scope']} {row['name']} {row['side']} {row['measure']} does not tie"
                for row in table(reports / "control.csv")
                if row["ties"] not in ("true", "")
            ),
        ]
    )


def group_name(rule: str, subjects: frozenset[str]) -> str:
    return f"{rule} {' + '.join(sorted(subjects))}"


def set_differences(what: str, expected: set[str], reported: set[str]) -> Iterator[str]:
    for name in expected - reported:
        yield f"{what}: only the oracle has {name}"
    for name in reported - expected:
        yield f"{what}: only the reports have {name}"


ASKED_OF_EARLIER_PAIRS = {
    "debit_not_posted",
    "posting_without_debit",
    "duplicate_debit",
    "posted_to_wrong_instalment",
}


def is_known_to_be_missing(verdict: Verdict, category: str, subject: str) -> bool:
    """Whether open_since does not ask how long it was so (DECISIONS.md, what is missing)."""
    return subject in verdict.rejudged or (
        subject in verdict.paired_otherwise and category not in ASKED_OF_EARLIER_PAIRS
    )


def break_differences(verdict: Verdict, rows: list[dict[str, str]]) -> Iterator[str]:
    reported = {(row["category"], row["subject"]): row for row in rows}
    if len(reported) != len(rows):
        yield "breaks: a category and subject is reported twice"
    yield from set_differences(
        "break",
        {" ".join(key) for key in verdict.breaks},
        {" ".join(key) for key in reported},
    )
    for key in verdict.breaks.keys() & reported.keys():
        cells = expected_cells(verdict, verdict.breaks[key])
        if is_known_to_be_missing(verdict, *key):
            del cells["open_since"], cells["age_days"]
        for column, value in cells.items():
            if reported[key][column] != value:
                yield (
                    f"{column} of {' '.join(key)}: "
                    f"the oracle says {value!r}, the reports say {reported[key][column]!r}"
                )
