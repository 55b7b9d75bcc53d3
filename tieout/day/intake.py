"""Delivered files into the warehouse: what is new, changed or delivered again, and no more."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tieout import inbox
from tieout.day.run import Run
from tieout.feeds import FEEDS
from tieout.inbox import Delivery
from tieout.reading import Format, edition, read
from tieout.settings import Source
from tieout.side_by_side import hands
from tieout.warehouse import FileEntry, KnownFile, LandedPart, Landing
from tieout.words import Sha256

FILES_AT_ONCE = 3
"""How many files are landed at the same time: while some are parsed, another is written."""


@dataclass(frozen=True)
class _Arrival:
    """A delivery and what tells it from others; `status` as the log of files names it."""

    delivery: Delivery
    status: str
    how: str
    identity: str


def land(run: Run) -> None:
    """Take in every file that is new, changed or delivered again; forget what is gone."""
    landing = run.warehouse.landing
    known = landing.known()
    arrivals = {
        delivery.path: _arrival(run, delivery)
        for delivery in inbox.deliveries(run.settings, _business_date_rule(run.formats))
        if delivery.path in known or delivery.business_date <= run.business_date
    }
    unchanged = {
        path
        for path, file in known.items()
        if path in arrivals and _is_unchanged(run, arrivals[path], file)
    }
    landing.forget(sorted(known.keys() - unchanged))
    file_ids = landing.file_ids()
    with hands(FILES_AT_ONCE) as takers:
        landed = [
            takers.submit(_land_file, run, arrival, file_ids)
            for path, arrival in arrivals.items()
            if arrival.delivery.business_date <= run.business_date and path not in unchanged
        ]
        for file in landed:
            file.result()


def _business_date_rule(formats: Mapping[str, Format]) -> inbox.BusinessDateRule:
    def rule(source: Source, base_name: str) -> date | None:
        return formats[source.format].business_date(base_name)

    return rule


def _arrival(run: Run, delivery: Delivery) -> _Arrival:
    source = delivery.source
    form = run.formats[source.format]
    is_appended = all(FEEDS[name].is_appended for name in form.relations)
    counts = delivery.standing == "latest" or (is_appended and delivery.standing == "replaced")
    status = "read" if counts else delivery.standing
    told = (
        source.files,
        source.format,
        form.definition_sha256,
        edition(),
        source.lender,
        source.channel,
        run.settings.currency,
        run.settings.time_zone,
        str(run.settings.max_reject_rate),
        status,
    )
    stat = (run.settings.inbox / delivery.path).stat()
    how = repr(told)
    # written over with its time kept, as rsync does, a file has still another time of change
    seen = f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}"
    return _Arrival(delivery, status, how, f"{seen} {how}")


def _is_unchanged(run: Run, arrival: _Arrival, known: KnownFile) -> bool:
    """Whether a file is what was landed of it; the same bytes, copied anew, are."""
    if arrival.identity == known.identity:
        return True
    path = arrival.delivery.path
    if arrival.how != known.how or _sha256(run.settings.inbox / path) != known.sha256:
        return False
    run.warehouse.landing.identify(path, arrival.identity)
    return True


def _sha256(path: Path) -> Sha256:
    with path.open("rb") as stream:
        return Sha256(hashlib.file_digest(stream, "sha256").hexdigest())


def _land_file(run: Run, arrival: _Arrival, file_ids: Iterator[int]) -> None:
    delivery = arrival.delivery
    path = run.settings.inbox / delivery.path
    entry = FileEntry(
        path=delivery.path,
        source=delivery.source.files,
        format=delivery.source.format,
        lender=delivery.source.lender,
        channel=delivery.source.channel,
        business_date=delivery.business_date,
        status=arrival.status,
        sha256=_sha256(path),
        how=arrival.how,
        identity=arrival.identity,
    )
    with run.warehouse.landing.beside() as landing:
        landing.begin()
        try:
            parts = (
                _land_parts(run, landing, delivery, path, file_ids)
                if arrival.status == "read"
                else [LandedPart(next(file_ids), "", "", 0, 0)]
            )
            landing.log(entry, parts)
        except BaseException:
            landing.rollback()
            raise
        # a commit that fails has rolled back already; rolling back again would hide why
        landing.commit()


def _land_parts(
    run: Run, landing: Landing, delivery: Delivery, path: Path, file_ids: Iterator[int]
) -> Sequence[LandedPart]:
    parts = []
    for part in read(
        path,
        f"inbox/{delivery.path}",
        run.formats[delivery.source.format],
        business_date=delivery.business_date,
        currency_decimals=run.settings.currency_decimals,
        max_reject_rate=run.settings.max_reject_rate,
        currency=run.settings.currency,
        time_zone=run.settings.time_zone,
    ):
        file_id = next(file_ids)
        landing.land(file_id, part.relation, part.batches)
        end = part.finish()
        landing.land_rejects(file_id, end.rejects)
        if end.totals is not None:
            columns = ["line", *(f for f in _TOTALS_COLUMNS if f in end.totals.column_names)]
            landing.land(file_id, "settlement_totals", end.totals.select(columns).to_reader())
        parts.append(LandedPart(file_id, part.member, part.relation, end.lines, end.rejected))
    return parts


_TOTALS_COLUMNS = tuple(column.loaded_name for column in FEEDS["settlement_totals"].columns)
