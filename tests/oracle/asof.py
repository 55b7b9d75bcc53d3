"""What is known at the end of a day: which rows exist then, and which version of each.

Source: contract sections 2 and 4. Readings taken: the `#2` of a repeated channel_ref is given
before rows of the future are dropped; a row of the future never replaces one of the past; the
files of a channel are those of its settlement feed, a file of totals alone is none.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.oracle.rows import (
    FEEDS,
    AccountStatus,
    Charge,
    File,
    Instalment,
    Line,
    Loan,
    Order,
    Posting,
    Receipt,
    References,
    StatementEntry,
    Terms,
    Totals,
)


def as_of_instant(day: date) -> datetime:
    """The end of a business date: nothing later exists."""
    return datetime.combine(day, time()) + timedelta(days=1)


def latest_deliveries(files: Iterable[File]) -> list[File]:
    """Of files of one owner and feed with one base name, the one whose path sorts last."""
    latest: dict[tuple[str, str, str], File] = {}
    for file in files:
        name = (file.owner, file.feed, file.base_name)
        if name not in latest or latest[name].path.encode() < file.path.encode():
            latest[name] = file
    return sorted(latest.values(), key=lambda file: (file.business_date, file.path.encode()))


def number_repeats(rows: Iterable[Line]) -> list[Line]:
    """The lines of one settlement file; the second of one key becomes `<channel_ref>#2`."""
    seen: dict[str, int] = defaultdict(int)
    numbered = []
    for row in rows:
        seen[row.channel_ref] += 1
        times = seen[row.channel_ref]
        ref = row.channel_ref if times == 1 else f"{row.channel_ref}#{times}"
        numbered.append(replace(row, channel_ref=ref))
    return numbered


@dataclass
class Known:
    """Everything that exists at the end of `day`, by key. Owners come first in every key."""

    day: date
    references: References
    zone: ZoneInfo
    loans: dict[tuple[str, str], Loan] = field(default_factory=dict)
    instalments: dict[tuple[str, str, int], Instalment] = field(default_factory=dict)
    orders: dict[tuple[str, str, str], Order] = field(default_factory=dict)
    postings: dict[tuple[str, str], Posting] = field(default_factory=dict)
    charges: dict[tuple[str, str], Charge] = field(default_factory=dict)
    statuses: dict[tuple[str, str, date], AccountStatus] = field(default_factory=dict)
    lines: dict[tuple[str, str], Line] = field(default_factory=dict)
    delivered: dict[tuple[str, date], dict[str, Line]] = field(default_factory=dict)
    totals: dict[tuple[str, date], Totals] = field(default_factory=dict)
    receipts: dict[tuple[str, str], Receipt] = field(default_factory=dict)
    statements: dict[tuple[str, str, str], StatementEntry] = field(default_factory=dict)
    statement_dates: dict[tuple[str, str, str], date] = field(default_factory=dict)
    file_days: dict[str, set[date]] = field(default_factory=dict)

    @property
    def as_of(self) -> datetime:
        return as_of_instant(self.day)

    def lines_of(self, channel: str, settle_date: date) -> list[Line]:
        """The lines under a settle date, of each key the one that was delivered last."""
        return list(self.delivered.get((channel, settle_date), {}).values())

    def terms(self, channel: str, day: date) -> Terms:
        """The row of channels.csv in force on a day. Raises KeyError."""
        for row in self.references.channels:
            if row.channel == channel and in_force(row.valid_from, row.valid_to, day):
                return row
        raise KeyError((channel, day))

    def window(self, channel: str, at: datetime) -> timedelta:
        """How long the lender may take to post a debit of that channel and instant."""
        return timedelta(hours=self.terms(channel, at.date()).posting_window_hours)

    def due(self, at: datetime, window: timedelta) -> datetime:
        """The local time when a window that begins then is over.

        In an hour that comes twice nobody can tell its two comings apart by the stamp, so a
        window that ends in the second one is over with the hour.
        """
        end = (at.replace(tzinfo=self.zone).astimezone(UTC) + window).astimezone(self.zone)
        while end.fold:
            end = (end.astimezone(UTC) + timedelta(minutes=1)).astimezone(self.zone)
            end = end.replace(second=0)
        return end.replace(tzinfo=None)

    def before(self, at: datetime, window: timedelta) -> datetime:
        """The local time that long ago."""
        start = at.replace(tzinfo=self.zone).astimezone(UTC) - window
        return start.astimezone(self.zone).replace(tzinfo=None)

    def elapsed(self, earlier: datetime, later: datetime) -> timedelta:
        """How much time passed between two local times; negative when it is the other way."""
        return later.replace(tzinfo=self.zone).astimezone(UTC) - earlier.replace(
            tzinfo=self.zone
        ).astimezone(UTC)

    def clearing_day(self, channel: str, at: datetime) -> date:
        """The settle date of an event: from the cut-off on, the next day's."""
        cut_off = self.terms(channel, at.date()).cut_off
        if cut_off is not None and at.time() >= cut_off:
            return at.date() + timedelta(days=1)
        return at.date()

    def meaning(self, channel: str, code: str | None) -> str | None:
        """What a channel's response code means, if the reference table knows it."""
        for row in self.references.response_codes:
            if (row.channel, row.response_code) == (channel, code):
                return row.meaning
        return None

    def in_outage(self, channel: str, at: datetime) -> bool:
        """Whether the channel was out at that instant."""
        return any(
            outage.channel == channel and outage.starts_at <= at < outage.ends_at
            for outage in self.references.channel_outages
        )


def in_force(valid_from: date | None, valid_to: date | None, day: date) -> bool:
    """`valid_from` inclusive, `valid_to` exclusive, empty is open."""
    return (valid_from is None or valid_from <= day) and (valid_to is None or day < valid_to)


def stamp_of(feed: str, row: Any) -> datetime | None:
    """The instant from which a row exists; a day counts from its start."""
    name = FEEDS[feed].stamp
    if name is None:
        return None
    value = getattr(row, name)
    return value if isinstance(value, datetime) else datetime.combine(value, time())


def known_at(
    files: Iterable[File],
    references: References,
    day: date,
    zone: ZoneInfo,
    *,
    seen_from: date | None = None,
) -> Known:
    """What exists at the end of `day`.

    `seen_from` looks back from a later business date: the row versions are those that are in
    force at the end of that date, while the stamps end with `day`, as do the files of
    channels and the statements that borrowers handed in.
    """
    horizon = seen_from or day
    known = Known(day, references, zone)
    versions: dict[str, dict[tuple[Any, ...], Any]] = {name: {} for name in FEEDS}
    kept_files: dict[tuple[Any, ...], File] = {}
    for file in latest_deliveries(f for f in files if f.business_date <= horizon):
        rows: Iterable[Any] = file.rows
        if file.feed == "settlement":
            rows = number_repeats(file.rows)  # type: ignore[arg-type]
            if file.business_date <= day:
                known.file_days.setdefault(file.owner, set()).add(file.business_date)
        for row in rows:
            if file.feed == "settlement":
                day_lines = known.delivered.setdefault((file.owner, row.settle_date), {})
                day_lines[row.channel_ref] = row
            stamp = stamp_of(file.feed, row)
            if stamp is not None and stamp >= as_of_instant(horizon):
                continue
            key = (file.owner, *(getattr(row, name) for name in FEEDS[file.feed].key))
            versions[file.feed][key] = row
            kept_files[(file.feed, *key)] = file
    for name, rows_by_key in versions.items():
        for key, row in list(rows_by_key.items()):
            stamp = stamp_of(name, row)
            file = kept_files[(name, *key)]
            is_unseen = name in ("borrower_statements", "settlement") and file.business_date > day
            if is_unseen or (stamp is not None and stamp >= known.as_of):
                del rows_by_key[key]
    known.loans = versions["loans"]
    known.instalments = versions["instalments"]
    known.orders = versions["debit_orders"]
    known.postings = versions["postings"]
    known.charges = versions["charges"]
    known.statuses = versions["account_status"]
    known.lines = versions["settlement"]
    known.totals = versions["settlement_totals"]
    known.receipts = versions["bank_receipts"]
    known.statements = versions["borrower_statements"]
    for key in known.statements:
        known.statement_dates[key] = kept_files[("borrower_statements", *key)].business_date
    return known
