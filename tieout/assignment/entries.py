"""Open debits and postings as arrays, cluster by cluster, and which of them may meet.

Both tables have one shape, so that one query feeds both passes:

    id              int64       opaque; only handed back
    key             string      unique within its table and stable between runs
    cluster         string      only entries of one cluster meet (lender and loan)
    channel         string      null in postings: the channel cannot be known, any may meet
    at              timestamp   happened_at of a debit, posted_at of a posting
    instalment_no   int         null: names none
    amount_minor    int64       net, in minor units
    window_seconds  int64       the posting window; null in postings: the debit's window holds

Entries are put in order of time, then key, as they are read. From there on a position stands
for an entry, so that neither the order of rows nor the value of an id can matter.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

UNNAMED = int(np.iinfo(np.int64).min)
"""The instalment of an entry that names none."""

_MICROSECONDS = 1_000_000
_UNKNOWN = -1


@dataclass(frozen=True)
class Entries:
    """Entries of one side, in order of cluster, time and key. `at` and `window` in microseconds."""

    ids: Integers
    cluster: Integers
    channel: Integers
    at: Integers
    instalment: Integers
    amount: Integers
    window: Integers

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, chosen: Integers | Booleans | slice) -> "Entries":
        """The chosen entries, in the order of the choice."""
        return Entries(*(getattr(self, field.name)[chosen] for field in fields(self)))


def clusters(debits: pa.Table, postings: pa.Table) -> Iterator[tuple[Entries, Entries]]:
    """Debits and postings of every cluster that has both, in order of the cluster's name.

    Raises KeyError when a table lacks a column of the shape above.
    """
    cluster_codes = _codes(debits, postings, "cluster")
    channel_codes = _codes(debits, postings, "channel")
    left = _entries(debits, cluster_codes, channel_codes)
    right = _entries(postings, cluster_codes, channel_codes)
    for code in np.intersect1d(left.cluster, right.cluster):
        yield left.take(_run(left.cluster, code)), right.take(_run(right.cluster, code))


def may_meet(debits: Entries, postings: Entries) -> Booleans:
    """Row by debit, column by posting: channel and posting window allow the two to meet."""
    own_window = postings.window[None, :]
    window = np.where(own_window == _UNKNOWN, debits.window[:, None], own_window)
    posting_channel = postings.channel[None, :]
    same_channel = (posting_channel == _UNKNOWN) | (posting_channel == debits.channel[:, None])
    result: Booleans = same_channel & (time_gaps(debits, postings) <= window)
    return result


def time_gaps(debits: Entries, postings: Entries) -> Integers:
    """Row by debit, column by posting: microseconds between the two, whichever came first."""
    result: Integers = np.abs(postings.at[None, :] - debits.at[:, None])
    return result


def has_candidate(debits: Entries, postings: Entries) -> tuple[Booleans, Booleans]:
    """Per debit and per posting: does any entry of the other side meet it?

    Looks at no pair by itself, so it serves where the pairs are too many.
    """
    debit_met = np.zeros(len(debits), dtype=np.bool_)
    posting_met = np.zeros(len(postings), dtype=np.bool_)
    for debit_kind in _kinds(debits):
        for posting_kind in _kinds(postings):
            one, other = debits.take(debit_kind[:1]), postings.take(posting_kind[:1])
            if other.channel[0] not in (_UNKNOWN, one.channel[0]):
                continue
            window = one.window[0] if other.window[0] == _UNKNOWN else other.window[0]
            debit_at, posting_at = debits.at[debit_kind], postings.at[posting_kind]
            debit_met[debit_kind] |= _any_within(debit_at, posting_at, window)
            posting_met[posting_kind] |= _any_within(posting_at, debit_at, window)
    return debit_met, posting_met


def apart_in_time(debits: Entries, postings: Entries) -> Iterator[tuple[Entries, Entries]]:
    """Debits and postings between which no silence is longer than every window."""
    widest = max(int(debits.window.max()), int(postings.window.max()))
    instants = np.sort(np.concatenate([debits.at, postings.at]))
    starts = instants[1:][np.diff(instants) > widest]
    debit_bounds = [0, *np.searchsorted(debits.at, starts).tolist(), len(debits)]
    posting_bounds = [0, *np.searchsorted(postings.at, starts).tolist(), len(postings)]
    for debit_bound, posting_bound in zip(
        pairwise(debit_bounds), pairwise(posting_bounds), strict=True
    ):
        near_debits = debits.take(slice(*debit_bound))
        near_postings = postings.take(slice(*posting_bound))
        if len(near_debits) and len(near_postings):
            yield near_debits, near_postings


def joined(first: Entries, second: Entries) -> Entries:
    """The entries of the first, then those of the second."""
    return Entries(
        *(
            np.concatenate([getattr(first, field.name), getattr(second, field.name)])
            for field in fields(Entries)
        )
    )


def _codes(debits: pa.Table, postings: pa.Table, name: str) -> dict[str | None, int]:
    words = set(debits[name].to_pylist()) | set(postings[name].to_pylist())
    codes: dict[str | None, int] = {
        word: code for code, word in enumerate(sorted(word for word in words if word is not None))
    }
    return codes | {None: _UNKNOWN}


def _entries(
    table: pa.Table, clusters: dict[str | None, int], channels: dict[str | None, int]
) -> Entries:
    ordered = table.sort_by([("cluster", "ascending"), ("at", "ascending"), ("key", "ascending")])
    windows = pc.fill_null(_integers(ordered["window_seconds"]), _UNKNOWN).to_numpy()
    return Entries(
        ids=_integers(ordered["id"]).to_numpy(),
        cluster=np.array([clusters[word] for word in ordered["cluster"].to_pylist()], np.int64),
        channel=np.array([channels[word] for word in ordered["channel"].to_pylist()], np.int64),
        at=_integers(pc.cast(ordered["at"], pa.timestamp("us"))).to_numpy(),
        instalment=pc.fill_null(_integers(ordered["instalment_no"]), UNNAMED).to_numpy(),
        amount=_integers(ordered["amount_minor"]).to_numpy(),
        window=np.where(windows == _UNKNOWN, _UNKNOWN, windows * _MICROSECONDS),
    )


def _integers(column: pa.ChunkedArray) -> pa.Array:
    return pc.cast(column, pa.int64()).combine_chunks()


def _run(sorted_codes: Integers, code: int) -> slice:
    return slice(
        int(np.searchsorted(sorted_codes, code, "left")),
        int(np.searchsorted(sorted_codes, code, "right")),
    )


def _kinds(entries: Entries) -> list[Integers]:
    pairs = np.stack([entries.channel, entries.window])
    _, kind = np.unique(pairs, axis=1, return_inverse=True)
    return [np.flatnonzero(kind == one) for one in np.unique(kind)]


def _any_within(instants: Integers, others: Integers, window: int) -> Booleans:
    first = np.searchsorted(others, instants - window, "left")
    after_last = np.searchsorted(others, instants + window, "right")
    result: Booleans = after_last > first
    return result
