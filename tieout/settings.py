"""tieout.toml: what a workspace is and where its files come from (contract section 3)."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tieout.faults import ExitCode, Fault
from tieout.feeds import FEEDS
from tieout.words import Channel, Lender, Owner

SETTINGS_FILE = "tieout.toml"

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
_DATABASE_KEYS = ("lender", "url_from_env", "folder", "query")
_STORAGE_KEYS = ("files", "folder", "options_from_env")
_NOTIFY_KEYS = ("urls_from_env",)

DAYS_IN_NAMES = ("business_date", "delivery_day")
"""What the `files` of a storage may name in braces: `{business_date:%Y%m%d}`."""

_FOLDER = re.compile(r"[^/\\.\s][^/\\\s]*(?:/[^/\\.\s][^/\\\s]*)*")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

_NO_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMN TND"


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
class Database:
    """One `[[database]]`: a lender's own, asked for its feeds.

    `url_from_env` names the environment variable that holds the address and the credentials.
    `folder`: below inbox/<delivery day>/. `queries`: a select for each feed.
    """

    lender: Lender
    url_from_env: str
    folder: str
    queries: Mapping[str, str]


@dataclass(frozen=True)
class Storage:
    """One `[[storage]]`: files of an object storage or a server, by their address.

    `files`: an address with `*` in it and at least one of DAYS_IN_NAMES in braces.
    `options_from_env` names the variable with what the storage must be told, as JSON.
    """

    files: str
    folder: str
    options_from_env: str | None


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
        if self.currency in _NO_DECIMALS.split():
            return 0
        return 3 if self.currency in _THREE_DECIMALS.split() else 2

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

    Raises Fault (exit 2) when the file is missing, is not TOML, holds an unknown key, or
    holds a value that no workspace can have.
    """
    path = workspace / SETTINGS_FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except FileNotFoundError:
        raise _misuse(
            "settings-missing",
            str(path),
            "no such file",
            "a workspace folder with a tieout.toml",
            "Name the workspace with --workspace, or write its tieout.toml.",
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _misuse(
            "settings-not-toml",
            str(path),
            str(error),
            "a TOML file in UTF-8",
            "Mend the line named above.",
        ) from None
    return _settings(workspace, table)


def _settings(workspace: Path, table: dict[str, Any]) -> Settings:
    _refuse_unknown_keys(table, _WORKSPACE_KEYS, SETTINGS_FILE)
    time_zone = _text(table, "time_zone")
    try:
        ZoneInfo(time_zone)
    except (KeyError, ValueError, OSError):
        raise _bad_value("time_zone", time_zone, "a zone of the IANA time zone database") from None
    currency = _text(table, "currency")
    if not (len(currency) == 3 and currency.isascii() and currency.isupper()):
        raise _bad_value("currency", currency, "a three-letter ISO 4217 code such as CNY")
    sources = table.get("source", [])
    if not isinstance(sources, list) or not sources:
        raise _bad_value("source", sources, "at least one [[source]] table")
    return Settings(
        workspace=workspace,
        time_zone=time_zone,
        currency=currency,
        country=_text(table, "country", default="CN"),
        event_days=_days(table, "event_days"),
        late_match_days=_days(table, "late_match_days"),
        max_reject_rate=_share(table, "max_reject_rate"),
        sources=tuple(_source(number, source) for number, source in enumerate(sources, start=1)),
        databases=tuple(_database(each, where) for each, where in _tables(table, "database")),
        storages=tuple(_storage(each, where) for each, where in _tables(table, "storage")),
        notify_urls_from_env=_notify(table["notify"]) if "notify" in table else None,
    )


def _source(number: int, table: dict[str, Any]) -> Source:
    where = f"{SETTINGS_FILE} [[source]] number {number}"
    _refuse_unknown_keys(table, _SOURCE_KEYS, where)
    lender, channel = table.get("lender"), table.get("channel")
    for key in ("lender", "channel"):
        value = table.get(key)
        if value is not None and not (isinstance(value, str) and value):
            raise _bad_value(key, value, "a name", where)
    return Source(
        files=_text(table, "files", where=where),
        format=_text(table, "format", where=where),
        lender=None if lender is None else Lender(lender),
        channel=None if channel is None else Channel(channel),
    )


def _database(table: dict[str, Any], where: str) -> Database:
    _refuse_unknown_keys(table, _DATABASE_KEYS, where)
    queries = table.get("query")
    if not isinstance(queries, dict) or not queries:
        raise _bad_value(
            "query", queries, "a [database.query] table, a select for each feed", where
        )
    _refuse_unknown_keys(queries, tuple(FEEDS), f"{where}: query")
    return Database(
        lender=Lender(_text(table, "lender", where=where)),
        url_from_env=_variable(table, "url_from_env", where),
        folder=_folder(table, where),
        queries={feed: _text(queries, feed, where=f"{where}: query") for feed in queries},
    )


def _storage(table: dict[str, Any], where: str) -> Storage:
    _refuse_unknown_keys(table, _STORAGE_KEYS, where)
    files = _text(table, "files", where=where)
    expected = "an address that names {business_date} or {delivery_day}"
    try:
        on_two_days = {files.format(**dict.fromkeys(DAYS_IN_NAMES, day)) for day in _TWO_DAYS}
    except (KeyError, IndexError, ValueError, AttributeError):
        raise _bad_value("files", files, expected, where) from None
    if len(on_two_days) == 1 or "://" not in files:
        raise _bad_value("files", files, expected, where)
    if "@" in files.partition("://")[2].partition("/")[0]:
        raise _misuse(
            "settings-bad-value",
            where,
            "files that name an account (not shown, as a password may stand beside it)",
            "files: an address without an account",
            "Give account and password in the variable that options_from_env names.",
        )
    return Storage(
        files=files,
        folder=_folder(table, where),
        options_from_env=(
            _variable(table, "options_from_env", where) if "options_from_env" in table else None
        ),
    )


_TWO_DAYS = (date(2000, 1, 1), date(2001, 2, 2))


def _notify(table: object) -> str:
    where = f"{SETTINGS_FILE} [notify]"
    if not isinstance(table, dict):
        raise _bad_value("notify", table, "a [notify] table")
    _refuse_unknown_keys(table, _NOTIFY_KEYS, where)
    return _variable(table, "urls_from_env", where)


def _tables(table: dict[str, Any], key: str) -> list[tuple[dict[str, Any], str]]:
    tables = table.get(key, [])
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise _bad_value(key, tables, f"tables, each headed [[{key}]]")
    return [
        (each, f"{SETTINGS_FILE} [[{key}]] number {number}")
        for number, each in enumerate(tables, start=1)
    ]


def _variable(table: dict[str, Any], key: str, where: str) -> str:
    name = _text(table, key, where=where)
    if not _VARIABLE.fullmatch(name):
        raise _misuse(
            "settings-bad-value",
            where,
            f"{key} that is no variable's name (not shown, as it may be the secret itself)",
            f"{key}: the name of an environment variable",
            f"Put the value into the environment and its variable's name under {key}.",
        )
    return name


def _folder(table: dict[str, Any], where: str) -> str:
    folder = _text(table, "folder", where=where)
    if not _FOLDER.fullmatch(folder):
        raise _bad_value("folder", folder, "a folder such as ledger, below the delivery day", where)
    return folder


def _refuse_unknown_keys(table: dict[str, Any], known: tuple[str, ...], where: str) -> None:
    unknown = sorted(set(table) - set(known))
    if unknown:
        raise _misuse(
            "settings-unknown-key",
            where,
            f"unknown key {', '.join(unknown)}",
            f"only {', '.join(known)}",
            "Remove the key or correct its spelling.",
        )


def _text(
    table: dict[str, Any], key: str, *, default: str | None = None, where: str = SETTINGS_FILE
) -> str:
    value = table.get(key, default)
    if not isinstance(value, str) or not value:
        raise _bad_value(key, value, "a non-empty text", where)
    return value


def _days(table: dict[str, Any], key: str) -> int:
    value = table.get(key, 30)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _bad_value(key, value, "a whole number of days, 0 or more")
    return value


def _share(table: dict[str, Any], key: str) -> Decimal:
    value = table.get(key, Decimal("0.001"))
    try:
        share = Decimal(value)
    except (InvalidOperation, TypeError, ValueError):
        share = Decimal(-1)
    if isinstance(value, bool) or not 0 <= share <= 1:
        raise _bad_value(key, value, "a share of a file's lines from 0 to 1")
    return share


def _bad_value(key: str, value: object, expected: str, where: str = SETTINGS_FILE) -> Fault:
    found = f"{key} is missing" if value is None else f"{key} = {value!r}"
    return _misuse(
        "settings-bad-value", where, found, f"{key}: {expected}", f"Set {key} to {expected}."
    )


def _misuse(code: str, where: str, found: str, expected: str, action: str) -> Fault:
    return Fault(code, ExitCode.MISUSE, where=where, found=found, expected=expected, action=action)
