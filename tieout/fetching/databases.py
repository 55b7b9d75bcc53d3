"""A lender's database, read-only: PostgreSQL through ADBC, MySQL through ConnectorX.

The business date reaches a query as a bound value, never as text inside it: `$1` in
PostgreSQL, the session's variable `@business_date` in MySQL.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import unquote, urlsplit

import pyarrow as pa

from tieout.credentials import first_line, hidden
from tieout.faults import ExitCode, Fault

Ask = Callable[[str], pa.RecordBatchReader]
"""A select in, its rows out."""


@dataclass(frozen=True)
class Session:
    """A session that can only read. `secrets`: texts that no message may show."""

    ask: Ask
    secrets: tuple[str, ...] = field(repr=False)


@contextmanager
def database_session(url: str, business_date: date, where: str) -> Iterator[Session]:
    """A session that can only read.

    All queries of one PostgreSQL session see one moment; each query of a MySQL session its own.
    Raises Fault: exit 2 for an address of another system, one that cannot be read, or a driver
    that is not installed, exit 16 when the database refuses the connection.
    """
    system, _, _ = url.partition("://")
    if system not in _SESSIONS:
        raise _misaddressed("an address of another system", where)
    open_session, extra = _SESSIONS[system]
    password = _password(url, where)
    secrets = (url, password, unquote(password))
    with ExitStack() as stack:
        try:
            ask = stack.enter_context(open_session(url, business_date))
            ask("select 1").read_all()
        except ImportError as error:
            raise Fault(
                "database-driver-missing",
                ExitCode.MISUSE,
                where=where,
                found=str(error),
                expected=f"the driver for {system}",
                action=f"Install tieout[{extra}].",
            ) from None
        except Exception as error:
            raise Fault(
                "database-failed",
                ExitCode.NOT_FETCHED,
                where=where,
                found=hidden(first_line(error), *secrets),
                expected="a database that answers",
                action="See whether the database is up and the credentials right; fetch again.",
            ) from None
        yield Session(ask, secrets)


def _password(url: str, where: str) -> str:
    """As it is written in the address. Raises Fault (exit 2) when its parts cannot be told."""
    try:
        return urlsplit(url).password or ""
    except ValueError:
        raise _misaddressed("an address whose parts cannot be told", where) from None


def _misaddressed(found: str, where: str) -> Fault:
    return Fault(
        "database-system-unknown",
        ExitCode.MISUSE,
        where=where,
        found=f"{found} (not shown, as it may hold a password)",
        expected=f"an address that begins with one of: {', '.join(_SESSIONS)}, then ://, and "
        "whose password has its special characters escaped, such as %5B for [",
        action="Correct the address in the environment.",
    )


def rows_of(session: Session, select: str, expected: str, where: str) -> Iterator[pa.Table]:
    """The rows of a select, batch by batch, at least one table.

    Raises Fault (exit 16) when the database cannot run it, or breaks off between batches.
    """
    try:
        reader = session.ask(select)
        yield reader.schema.empty_table()
        for batch in reader:
            yield pa.Table.from_batches([batch])
    except BaseException as error:
        if not _is_databases(error):
            raise
        raise Fault(
            "query-failed",
            ExitCode.NOT_FETCHED,
            where=where,
            found=hidden(first_line(error), *session.secrets),
            expected=expected,
            action="Correct the query in tieout.toml, or the account's rights; fetch again.",
        ) from None


def _is_databases(error: BaseException) -> bool:
    # ConnectorX raises a panic that is no Exception when a connection breaks between batches
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


@contextmanager
def _postgresql(url: str, business_date: date) -> Iterator[Ask]:
    import adbc_driver_postgresql.dbapi as postgresql

    with postgresql.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read, read only")

        def ask(select: str) -> pa.RecordBatchReader:
            # with a bound value the driver holds the whole answer; without one it streams
            cursor.execute(select, (business_date,) if "$1" in select else None)
            return cursor.fetch_record_batch()

        yield ask


@contextmanager
def _mysql(url: str, business_date: date) -> Iterator[Ask]:
    import connectorx

    before = [
        "set session transaction read only",
        f"set @business_date = date '{business_date.isoformat()}'",
    ]

    def ask(select: str) -> pa.RecordBatchReader:
        return connectorx.read_sql(
            url, select, return_type="arrow_stream", pre_execution_query=before
        )

    yield ask


_SESSIONS: dict[str, tuple[Callable[[str, date], AbstractContextManager[Ask]], str]] = {
    "postgresql": (_postgresql, "postgresql"),
    "postgres": (_postgresql, "postgresql"),
    "mysql": (_mysql, "mysql"),
}
