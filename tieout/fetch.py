"""What lies outside is fetched into the inbox, and from then on is a delivery like any other.

A day reads files only, so that it can be run again at any time: a fetch is no part of it.
Either everything that is configured arrives or nothing does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from tieout import inbox, settings
from tieout.business_dates import refuse_asked
from tieout.credentials import from_environment
from tieout.day import load_sources
from tieout.faults import ExitCode, Fault
from tieout.feeds import FEEDS, Feed
from tieout.fetching import Fetched, copy_files, database_session, deliver, write_feed
from tieout.outside import DAYS_IN_NAMES, Database, Storage
from tieout.reading import Format, check_canonical
from tieout.settings import Settings, Source
from tieout.settings_table import place


@dataclass(frozen=True)
class _Occasion:
    """Which business date is fetched, on which day it counts as delivered."""

    settings: Settings
    formats: Mapping[str, Format]
    business_date: date
    delivery_day: date

    def address_of(self, storage: Storage) -> str:
        """Where the files of this occasion lie."""
        days = (self.business_date, self.delivery_day)
        return storage.files.format(**dict(zip(DAYS_IN_NAMES, days, strict=True)))

    def source_of(self, folder: str, base_name: str) -> Source:
        """The source that will claim the file. Raises Fault (exit 10)."""
        path = f"{self.delivery_day}/{folder}/{base_name}"
        return inbox.claim(path, self.settings.sources)

    def fetched(self, path: Path, folder: str) -> Fetched:
        """A file that was fetched to `path`, with its place in the inbox."""
        source = self.source_of(folder, path.name)
        return Fetched(
            path=path,
            destination=self.settings.inbox / str(self.delivery_day) / folder / path.name,
            latest=inbox.latest(self.settings, source, path.name),
        )


@dataclass(frozen=True)
class Arrival:
    """What a fetch brought: files that are new in the inbox. `absent`: where no file was yet."""

    delivered: list[Path]
    absent: list[str]


def fetch(workspace: Path, business_date: date, delivery_day: date | None = None) -> Arrival:
    """Fetch every feed and file of a business date into the inbox.

    They go into `inbox/<delivery day>/`, by default that of the day after. Raises Fault: exit 2
    for bad settings, a day that is no business date or a variable that is not set, 10 for a file
    that no source would claim, 11 for columns that are not the feed's, 16 when something cannot
    be had or the inbox holds other content under that path.
    """
    refuse_asked(business_date)
    loaded, formats = load_sources(workspace)
    if not loaded.databases and not loaded.storages:
        raise Fault(
            "nothing-to-fetch",
            ExitCode.MISUSE,
            where=settings.SETTINGS_FILE,
            found="neither a [[database]] nor a [[storage]]",
            expected="at least one of them",
            action="Add one, or run a day on the files that are delivered.",
        )
    delivery_day = delivery_day or business_date + timedelta(days=1)
    occasion = _Occasion(loaded, formats, business_date, delivery_day)
    with TemporaryDirectory(prefix=".fetching-", dir=workspace) as kept:
        fetched: list[Fetched] = []
        absent = []
        for number, database in enumerate(loaded.databases, start=1):
            folder = _new_folder(kept, f"database-{number}")
            where = place("database", number)
            fetched += _from_database(occasion, database, folder, where)
        for number, storage in enumerate(loaded.storages, start=1):
            folder = _new_folder(kept, f"storage-{number}")
            where = place("storage", number)
            found = list(_from_storage(occasion, storage, folder, where))
            fetched += found
            absent += [] if found else [occasion.address_of(storage)]
        return Arrival(deliver(fetched), absent)


def _new_folder(parent: str, name: str) -> Path:
    folder = Path(parent, name)
    folder.mkdir()
    return folder


def _from_database(
    occasion: _Occasion, database: Database, folder: Path, where: str
) -> Iterator[Fetched]:
    url = from_environment(database.url_from_env, where)
    named = {
        feed: f"{database.lender}.{feed}.{occasion.business_date}.parquet"
        for feed in database.queries
    }
    for feed, base_name in named.items():
        source = occasion.source_of(database.folder, base_name)
        _refuse_other_feed(occasion, database, FEEDS[feed], source, where)
    with database_session(url, occasion.business_date, where) as session:
        for feed, select in database.queries.items():
            asked = f"{where}: query for {feed}"

            def check(schema: pa.Schema, feed: str = feed, asked: str = asked) -> None:
                check_canonical(schema, FEEDS[feed], asked)

            path = folder / named[feed]
            zone = occasion.settings.time_zone
            write_feed(path, session, select, FEEDS[feed], zone, check, asked)
            yield occasion.fetched(path, database.folder)


def _refuse_other_feed(
    occasion: _Occasion, database: Database, feed: Feed, source: Source, where: str
) -> None:
    part = occasion.formats[source.format].parts[0]
    if part.layout == "canonical" and part.relation == feed and source.lender == database.lender:
        return
    raise Fault(
        "source-of-another-feed",
        ExitCode.MISUSE,
        where=f"{where}: query for {feed.name}",
        found=f'its file is claimed by the source "{source.files}", '
        f"format {source.format}, lender {source.lender}",
        expected=f"a source of lender {database.lender} whose format is {feed.name} as it is",
        action="Correct the `files` or the `format` of that source.",
    )


def _from_storage(
    occasion: _Occasion, storage: Storage, folder: Path, where: str
) -> Iterator[Fetched]:
    variable = storage.options_from_env
    options = "" if variable is None else from_environment(variable, where)
    for path in copy_files(occasion.address_of(storage), options, folder, where):
        yield occasion.fetched(path, storage.folder)
