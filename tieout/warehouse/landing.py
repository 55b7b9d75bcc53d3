"""What was read, as it was read: landing.<feed> and the log of files, in warehouse.duckdb.

A landed line keeps the file part it came from and its line there; nothing is judged here.
One transaction a file: a file is landed whole or not at all.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import date
from itertools import count

import duckdb
import pyarrow as pa

from tieout.warehouse.landing_tables import FILES, LANDING_TABLES, lay_out
from tieout.warehouse.memory import within_means
from tieout.words import Sha256


@dataclass(frozen=True)
class FileEntry:
    """A delivered file as the log names it.

    `how` says in which way the bytes were read, `identity` besides which bytes they were: a
    file with a known identity is not read again. `status` is `read`, `replaced` when a later
    delivery counts instead, or `repeated` when an earlier one has the same bytes.
    """

    path: str
    source: str
    format: str
    lender: str | None
    channel: str | None
    business_date: date
    status: str
    sha256: Sha256
    how: str
    identity: str


@dataclass(frozen=True)
class KnownFile:
    """What tells whether a logged file is still the same; as in FileEntry."""

    identity: str
    how: str
    sha256: Sha256


@dataclass(frozen=True)
class LandedPart:
    """One part of a file, its lines in `relation`; `lines` counts the rejected ones too."""

    file_id: int
    member: str
    relation: str
    lines: int
    rejected: int


class Landing:
    """The landing tables of one warehouse file, attached to `connection` as `warehouse`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        lay_out(connection)
        connection.execute("create schema if not exists landing")
        for name in LANDING_TABLES:
            connection.execute(f"create view landing.{name} as from warehouse.landing.{name}")

    @within_means("landing")
    def known(self) -> dict[str, KnownFile]:
        """Of every logged path: what it was logged with."""
        rows = self._connection.execute(
            "select path, any_value(identity), any_value(how), any_value(sha256) "
            "from warehouse.landing.files group by path"
        ).fetchall()
        return {path: KnownFile(*told) for path, *told in rows}

    @within_means("landing")
    def identify(self, path: str, identity: str) -> None:
        """Log another identity of the same bytes, read in the same way."""
        self._connection.execute(
            "update warehouse.landing.files set identity = $2 where path = $1", [path, identity]
        )

    @within_means("landing")
    def first_business_date(self) -> date | None:
        """The earliest business date of any file landed."""
        rows = self._connection.execute(
            "select min(business_date) from warehouse.landing.files"
        ).fetchall()
        return rows[0][0] if rows else None

    @within_means("landing")
    def inputs(self, business_date: date) -> list[tuple[str, str, str, str]]:
        """Path, status, hash and way of reading of every file up to that business date.

        The same bytes delivered again are no input of their own.
        """
        return self._connection.execute(
            "select distinct path, status, sha256, how from warehouse.landing.files "
            "where business_date <= $1 and status <> 'repeated' order by path",
            [business_date],
        ).fetchall()

    @within_means("landing")
    def forget(self, paths: Iterable[str]) -> None:
        """Take files out again: replaced, changed or no longer in the inbox."""
        for path in paths:
            self._connection.begin()
            for name in LANDING_TABLES:
                if name != "files":
                    self._connection.execute(
                        f"delete from warehouse.landing.{name} where file_id in "
                        "(select file_id from warehouse.landing.files where path = $1)",
                        [path],
                    )
            self._connection.execute("delete from warehouse.landing.files where path = $1", [path])
            self._connection.commit()

    @within_means("landing")
    def file_ids(self) -> Iterator[int]:
        """Numbers that no file part bears yet; several files may draw from them at once."""
        rows = self._connection.execute(
            "select coalesce(max(file_id), 0) + 1 from warehouse.landing.files"
        ).fetchall()
        return count(int(rows[0][0]))

    @within_means("landing")
    def lines(self) -> int:
        """How many lines of all files the log counts, rejected ones too."""
        rows = self._connection.execute(
            "select coalesce(sum(lines), 0)::bigint from warehouse.landing.files"
        ).fetchall()
        return int(rows[0][0])

    @contextmanager
    def beside(self) -> Iterator["Landing"]:
        """The same tables in transactions of their own, for a file landed at the same time.

        Raises Fault when the engine may not hold what the file needs (exit 18) or cannot write it
        (exit 1).
        """
        other = copy(self)
        with self._connection.cursor() as other._connection, within_means("landing"):
            yield other

    def begin(self) -> None:
        self._connection.begin()

    def commit(self) -> None:
        self._connection.commit()

    def rollback(self) -> None:
        self._connection.rollback()

    def land(self, file_id: int, relation: str, lines: pa.RecordBatchReader) -> None:
        """Append one part's lines; `lines` has `line` and the feed's columns, in order."""
        self._connection.from_arrow(lines).project(f"{file_id}::integer as file_id, *").insert_into(
            f"warehouse.landing.{relation}"
        )

    def land_rejects(self, file_id: int, rejects: pa.Table) -> None:
        if rejects.num_rows:
            self._connection.from_arrow(rejects).project(
                f"{file_id}::integer as file_id, line, raw, reason"
            ).insert_into("warehouse.landing.rejects")

    def log(self, entry: FileEntry, parts: Sequence[LandedPart]) -> None:
        """Write a file's parts to the log."""
        rows = [
            {
                "file_id": part.file_id,
                "path": entry.path,
                "member": part.member,
                "source": entry.source,
                "format": entry.format,
                "lender": entry.lender,
                "channel": entry.channel,
                "relation": part.relation,
                "business_date": entry.business_date,
                "status": entry.status,
                "sha256": entry.sha256,
                "how": entry.how,
                "identity": entry.identity,
                "lines": part.lines,
                "rejected": part.rejected,
            }
            for part in parts
        ]
        self._connection.from_arrow(pa.Table.from_pylist(rows, schema=FILES)).insert_into(
            "warehouse.landing.files"
        )
