"""How far the clocks of a place are ahead of universal time, and when that changes.

Files state local time. Hours that pass are counted on the universal clock, or a window of 24
hours would be 23 or 25 wherever clocks are put forward and back. Of an hour that comes twice,
a stamp means the first; a stamp of the hour that is left out counts on the clock before.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa

_OPEN_START = datetime(1, 1, 1)
_OPEN_END = datetime(9999, 12, 31)


def clock_offsets(time_zone: str, first: date, last: date) -> pa.Table:
    """The stretches of one offset from `first` to `last`, in order of time; always at least one.

    `universal_from`, `universal_until`, `local_from`, `local_until` (naive, until exclusive;
    each pair leaves no instant out, and the first and the last stretch are open), and
    `local_ahead`: local time is universal time and that much.
    """
    zone = ZoneInfo(time_zone)
    changes = list(_changes(zone, first, last))
    offsets = [_local_ahead(zone, _midnight(first)), *(ahead for _, ahead in changes)]
    instants = [instant for instant, _ in changes]
    # an hour that comes twice, or is left out, belongs to the stretch before the change
    local = [
        instant + max(before, after)
        for instant, before, after in zip(instants, offsets, offsets[1:], strict=False)
    ]
    at = pa.timestamp("us")
    return pa.table(
        {
            "universal_from": pa.array([_OPEN_START, *instants], at),
            "universal_until": pa.array([*instants, _OPEN_END], at),
            "local_from": pa.array([_OPEN_START, *local], at),
            "local_until": pa.array([*local, _OPEN_END], at),
            "local_ahead": pa.array(offsets, pa.duration("us")),
        }
    )


def _changes(zone: ZoneInfo, first: date, last: date) -> Iterator[tuple[datetime, timedelta]]:
    """When the offset changes, in naive universal time, and what it is from then on."""
    day, ahead = _midnight(first), _local_ahead(zone, _midnight(first))
    while day < _midnight(last):
        next_day = day + timedelta(days=1)
        if (then := _local_ahead(zone, next_day)) != ahead:
            yield _first_second(zone, day, next_day, ahead), then
        day, ahead = next_day, then


def _first_second(zone: ZoneInfo, day: datetime, next_day: datetime, ahead: timedelta) -> datetime:
    """The first second after `day`, at most `next_day`, whose offset is not `ahead`."""
    before, after = 0, int((next_day - day).total_seconds())
    while after - before > 1:
        middle = (before + after) // 2
        if _local_ahead(zone, day + timedelta(seconds=middle)) == ahead:
            before = middle
        else:
            after = middle
    return day + timedelta(seconds=after)


def _local_ahead(zone: ZoneInfo, universal: datetime) -> timedelta:
    ahead = universal.replace(tzinfo=UTC).astimezone(zone).utcoffset()
    assert ahead is not None
    return ahead


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
