"""tieout.toml: what a workspace is and where its files come from (contract section 3)."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tieout import currencies, outside
from tieout.outside import Database, Storage
from tieout.own_files import own_file
from tieout.relations import SPANS_BELOW
from tieout.settings_table import SETTINGS_FILE as SETTINGS_FILE
from tieout.settings_table import bad_value, misuse, refuse_unknown_keys, text
from tieout.words import Channel, Lender, Owner

_WORKSPACE_KEYS = (
    "time_zone",
    "currency",
    "country",
    "event_days",
    "late_match_days",
    "max_reject_rate",
    "source",
    "database",
    "storage",
    "notify",
)
_SOURCE_KEYS = ("files", "format", "lender", "channel")


@dataclass(frozen=True)
class Source:
    """One `[[source]]`: which files, read as which format, owned by which lender or channel."""

    files: str
    format: str
    lender: Lender | None
    channel: Channel | None

    def owner_of(self, owner: Owner) -> str | None:
        """The party this source names in the role a feed asks for."""
        return self.lender if owner == "lender" else self.channel


@dataclass(frozen=True)
class Settings:
    """A workspace's settings. `max_reject_rate` is a share of a file's lines, 0 to 1."""

    workspace: Path
    time_zone: str
    currency: str
    country: str
    event_days: int
    late_match_days: int
    max_reject_rate: Decimal
    sources: tuple[Source, ...]
    databases: tuple[Database, ...] = ()
    storages: tuple[Storage, ...] = ()
    notify_urls_from_env: str | None = None

    @property
    def currency_decimals(self) -> int:
        """How many decimals the currency has (ISO 4217)."""
        return currencies.decimals()[self.currency]

    @property
    def inbox(self) -> Path:
        return self.workspace / "inbox"

    @property
    def reports(self) -> Path:
        return self.workspace / "reports"

    @property
    def warehouse(self) -> Path:
        return self.workspace / "warehouse.duckdb"

    @property
    def site_formats(self) -> Path:
        return self.workspace / "formats"

    @property
    def site_reference(self) -> Path:
        return self.workspace / "reference"


def load(workspace: Path) -> Settings:
    """Read `<workspace>/tieout.toml`.

    Raises Fault (exit 2) when the file is missing, cannot be read, is not TOML, holds an unknown
    key, or holds a value that no workspace can have.
    """
    path = workspace / SETTINGS_FILE
    content = own_file(path, str(path))
    if content is None:
        raise misuse(
            "settings-missing",
            str(path),
            "no such file",
            "a workspace folder with a tieout.toml",
            "Name the workspace with --workspace, or write its tieout.toml.",
        )
    try:
        table = tomllib.loads(content.decode("utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise misuse(
            "settings-not-toml",
            str(path),
            str(error),
            "a TOML file in UTF-8",
            "Mend the line named above.",
        ) from None
    return _settings(workspace, table)


def _settings(workspace: Path, table: dict[str, Any]) -> Settings:
    refuse_unknown_keys(table, _WORKSPACE_KEYS, SETTINGS_FILE)
    time_zone = text(table, "time_zone")
    try:
        ZoneInfo(time_zone)
    except (KeyError, ValueError, OSError):
        raise bad_value("time_zone", time_zone, "a zone of the IANA time zone database") from None
    currency = text(table, "currency")
    if currency not in currencies.decimals():
        raise bad_value("currency", currency, "an ISO 4217 code such as CNY")
    sources = outside.tables(table, "source")
    if not sources:
        raise bad_value("source", [], "at least one [[source]] table")
    return Settings(
        workspace=workspace,
        time_zone=time_zone,
        currency=currency,
        country=text(table, "country", default="CN"),
        event_days=_days(table, "event_days"),
        late_match_days=_days(table, "late_match_days"),
        max_reject_rate=_share(table, "max_reject_rate"),
        sources=tuple(_source(each, where) for each, where in sources),
        databases=tuple(
            outside.database(each, where) for each, where in outside.tables(table, "database")
        ),
        storages=tuple(
            outside.storage(each, where) for each, where in outside.tables(table, "storage")
        ),
        notify_urls_from_env=(
            outside.notify_urls_from_env(table["notify"]) if "notify" in table else None
        ),
    )


def _source(table: dict[str, Any], where: str) -> Source:
    refuse_unknown_keys(table, _SOURCE_KEYS, where)
    lender, channel = table.get("lender"), table.get("channel")
    for key in ("lender", "channel"):
        value = table.get(key)
        if value is not None and not (isinstance(value, str) and value):
            raise bad_value(key, value, "a name", where)
    return Source(
        files=text(table, "files", where=where),
        format=text(table, "format", where=where),
        lender=None if lender is None else Lender(lender),
        channel=None if channel is None else Channel(channel),
    )


def _days(table: dict[str, Any], key: str) -> int:
    value = table.get(key, 30)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < SPANS_BELOW:
        raise bad_value(key, value, f"a whole number of days, from 0 to below {SPANS_BELOW}")
    return value


def _share(table: dict[str, Any], key: str) -> Decimal:
    value = table.get(key, Decimal("0.001"))
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    # of what is no number, also of NaN, nothing can be asked
    if not is_number or not Decimal(value).is_finite() or not 0 <= value <= 1:
        raise bad_value(key, value, "a share of a file's lines from 0 to 1")
    return Decimal(value)
