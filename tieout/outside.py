"""What tieout.toml says of the world outside: where files are fetched from, and who is told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tieout.feeds import FEEDS
from tieout.settings_table import (
    SETTINGS_FILE,
    bad_value,
    misuse,
    place,
    refuse_unknown_keys,
    text,
)
from tieout.words import Lender

_DATABASE_KEYS = ("lender", "url_from_env", "folder", "query")
_STORAGE_KEYS = ("files", "folder", "options_from_env")
NOTIFY_PLACE = f"{SETTINGS_FILE} [notify]"
_NOTIFY_KEYS = ("urls_from_env",)

DAYS_IN_NAMES = ("business_date", "delivery_day")
"""What the `files` of a storage may name in braces: `{business_date:%Y%m%d}`."""

_FOLDER = re.compile(r"[^/\\.\s][^/\\\s]*(?:/[^/\\.\s][^/\\\s]*)*")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

_TWO_DAYS = (date(2000, 1, 1), date(2001, 2, 2))


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


def database(table: dict[str, Any], where: str) -> Database:
    """A `[[database]]` as it is written. Raises Fault (exit 2)."""
    refuse_unknown_keys(table, _DATABASE_KEYS, where)
    queries = table.get("query")
    if not isinstance(queries, dict) or not queries:
        raise bad_value("query", queries, "a [database.query] table, a select for each feed", where)
    refuse_unknown_keys(queries, tuple(FEEDS), f"{where}: query")
    return Database(
        lender=Lender(text(table, "lender", where=where)),
        url_from_env=_variable(table, "url_from_env", where),
        folder=_folder(table, where),
        queries={feed: text(queries, feed, where=f"{where}: query") for feed in queries},
    )


def storage(table: dict[str, Any], where: str) -> Storage:
    """A `[[storage]]` as it is written. Raises Fault (exit 2)."""
    refuse_unknown_keys(table, _STORAGE_KEYS, where)
    files = text(table, "files", where=where)
    if "@" in files.partition("://")[2].partition("/")[0]:
        raise misuse(
            "settings-bad-value",
            where,
            "files that name an account (not shown, as a password may stand beside it)",
            "files: an address without an account",
            "Give account and password in the variable that options_from_env names.",
        )
    expected = "an address that names {business_date} or {delivery_day}"
    try:
        on_two_days = {files.format(**dict.fromkeys(DAYS_IN_NAMES, day)) for day in _TWO_DAYS}
    except (KeyError, IndexError, ValueError, AttributeError):
        raise bad_value("files", files, expected, where) from None
    if len(on_two_days) == 1 or "://" not in files:
        raise bad_value("files", files, expected, where)
    return Storage(
        files=files,
        folder=_folder(table, where),
        options_from_env=(
            _variable(table, "options_from_env", where) if "options_from_env" in table else None
        ),
    )


def notify_urls_from_env(table: object) -> str:
    """The variable that `[notify]` names. Raises Fault (exit 2)."""
    if not isinstance(table, dict):
        raise misuse(
            "settings-bad-value",
            SETTINGS_FILE,
            "notify that is no table (not shown, as it may be a secret)",
            "a [notify] table",
            "Head it [notify]; the addresses go into the environment.",
        )
    refuse_unknown_keys(table, _NOTIFY_KEYS, NOTIFY_PLACE)
    return _variable(table, "urls_from_env", NOTIFY_PLACE)


def tables(table: dict[str, Any], key: str) -> list[tuple[dict[str, Any], str]]:
    """The tables headed [[key]], each with the words that say where it stands."""
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise bad_value(key, found, f"tables, each headed [[{key}]]")
    return [(each, place(key, number)) for number, each in enumerate(found, start=1)]


def _variable(table: dict[str, Any], key: str, where: str) -> str:
    name = text(table, key, where=where)
    if not _VARIABLE.fullmatch(name):
        raise misuse(
            "settings-bad-value",
            where,
            f"{key} that is no variable's name (not shown, as it may be the secret itself)",
            f"{key}: the name of an environment variable",
            f"Put the value into the environment and its variable's name under {key}.",
        )
    return name


def _folder(table: dict[str, Any], where: str) -> str:
    folder = text(table, "folder", where=where)
    if not _FOLDER.fullmatch(folder):
        raise bad_value("folder", folder, "a folder such as ledger, below the delivery day", where)
    return folder
