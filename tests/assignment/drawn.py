"""Open entries drawn as text, and verdicts told by key."""

from datetime import datetime, timedelta
from random import Random

import pyarrow as pa

from tieout.assignment import pair, split

SHAPE = pa.schema(
    [
        ("id", pa.int64()),
        ("key", pa.string()),
        ("cluster", pa.string()),
        ("channel", pa.string()),
        ("at", pa.timestamp("us")),
        ("instalment_no", pa.int64()),
        ("amount_minor", pa.int64()),
        ("window_seconds", pa.int64()),
    ]
)
MIDNIGHT = datetime.fromisoformat("2026-03-09")
UNLESS_DRAWN = {
    "cluster": "loan",
    "channel": "unionpay",
    "at": "10:00",
    "instalment": "-",
    "amount": "1000",
    "window": "86400",
}


def entry(number: int, **cells: str) -> dict[str, object]:
    """One row of SHAPE; a dash is null, `at` is HH:MM or HH:MM:SS, hours may pass 24."""
    cell = {name: None if text == "-" else text for name, text in {**UNLESS_DRAWN, **cells}.items()}
    hours, minutes, seconds = (f"{cell['at']}:00".split(":"))[:3]
    return {
        "id": 7_000 - number,
        "key": cell["key"],
        "cluster": cell["cluster"],
        "channel": cell["channel"],
        "at": MIDNIGHT + timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds)),
        "instalment_no": cell["instalment"] and int(cell["instalment"]),
        "amount_minor": int(cell["amount"]),
        "window_seconds": cell["window"] and int(cell["window"]),
    }


def drawn_debits(text: str, **defaults: str) -> pa.Table:
    """Open debits; columns not drawn hold the given defaults, else UNLESS_DRAWN."""
    return _drawn(text, defaults)


def drawn_postings(text: str, **defaults: str) -> pa.Table:
    """Open postings; columns not drawn hold the given defaults, else UNLESS_DRAWN, but they
    bring no window of their own."""
    return _drawn(text, {"window": "-", **defaults})


def _drawn(text: str, defaults: dict[str, str]) -> pa.Table:
    lines = [line.split() for line in text.strip().splitlines()]
    rows = [
        entry(number, **{**defaults, **dict(zip(lines[0], line, strict=True))})
        for number, line in enumerate(lines[1:])
    ]
    return pa.Table.from_pylist(rows, schema=SHAPE)


def crowd(
    random: Random,
    side: str,
    size: int,
    amounts: tuple[int, ...],
    instalments: tuple[str, ...] = ("-", "3", "3", "4", "5"),
) -> pa.Table:
    """Entries of side d or p with random cells, in random order."""
    rows = []
    for number in range(size):
        channels = ("unionpay", "unionpay", "alipay") + (("-",) if side == "p" else ())
        channel = random.choice(channels)
        window = random.choice((120, 180)) if side == "d" or channel == "-" else "-"
        cells = {
            "key": f"{side}{number}",
            "at": f"10:0{random.randrange(6)}",
            "instalment": random.choice(instalments),
            "channel": channel,
            "amount": str(random.choice(amounts)),
            "window": str(window),
        }
        rows.append(entry(number, **cells))
    random.shuffle(rows)
    return pa.Table.from_pylist(rows, schema=SHAPE)


def paired(debits: pa.Table, postings: pa.Table) -> tuple[set[tuple[str, str]], dict[str, str]]:
    """Pass 2: matched pairs of keys, and the cause of every ambiguous entry."""
    return told_pairs(pair(debits, postings), debits, postings)


def told_pairs(
    verdicts: pa.Table, debits: pa.Table, postings: pa.Table
) -> tuple[set[tuple[str, str]], dict[str, str]]:
    debit_key, posting_key = _keys(debits), _keys(postings)
    matched, ambiguous = set(), {}
    for row in verdicts.to_pylist():
        if row["verdict"] == "matched":
            assert row["cause"] is None
            matched.add((debit_key[row["debit_id"]], posting_key[row["posting_id"]]))
        elif row["posting_id"] is None:
            ambiguous[debit_key[row["debit_id"]]] = row["cause"]
        else:
            assert row["debit_id"] is None
            ambiguous[posting_key[row["posting_id"]]] = row["cause"]
    return matched, ambiguous


def parted(
    debits: pa.Table, postings: pa.Table, max_steps: int = 10_000
) -> tuple[set[frozenset[str]], dict[str, str]]:
    """Pass 3: matched groups of keys, and the cause of every ambiguous entry."""
    key = {"debit": _keys(debits), "posting": _keys(postings)}
    groups: dict[int, set[str]] = {}
    ambiguous = {}
    for row in split(debits, postings, max_steps).to_pylist():
        name = key[row["side"]][row["entry_id"]]
        if row["verdict"] == "matched":
            groups.setdefault(row["group_no"], set()).add(name)
        else:
            ambiguous[name] = row["cause"]
    return {frozenset(group) for group in groups.values()}, ambiguous


def _keys(entries: pa.Table) -> dict[int, str]:
    return dict(zip(entries["id"].to_pylist(), entries["key"].to_pylist(), strict=True))
