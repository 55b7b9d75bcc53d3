"""What a user is told when a run cannot go on, and the exit code that says it to a machine.

Exit codes: contract section 8. Every fault says where, what was found, what was expected
and what to do; `code` is stable, so that runbooks may name it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

WHAT_IS_PUBLISHED = "every report is whole, as it was or new"
"""All that can be said of reports when a command stops: a backfill publishes date by date."""


class ExitCode(IntEnum):
    """Process exit codes of the command line (contract section 8; 1, 16 to 18, 130: README)."""

    OK = 0
    REFUSED = 1
    MISUSE = 2
    CLAIM = 10
    UNREADABLE = 11
    TRUNCATED = 12
    EXPECTATION = 13
    NOT_TIED = 14
    LOCKED = 15
    NOT_FETCHED = 16
    NOT_NOTIFIED = 17
    NO_MEMORY = 18
    STOPPED = 130


class Fault(Exception):
    """A condition that stops the run, told in words its reader can act on.

    `code` is a stable kebab-case name such as `inbox-unclaimed`; `where` names the file
    (with line or column when known) or the setting; `action` is one imperative sentence.
    """

    def __init__(
        self,
        code: str,
        exit_code: ExitCode,
        *,
        where: str,
        found: str,
        expected: str,
        action: str,
    ) -> None:
        super().__init__(f"{code}: {where}: {found}")
        self.code = code
        self.exit_code = exit_code
        self.where = where
        self.found = found
        self.expected = expected
        self.action = action

    def message(self) -> str:
        """The fault as the command line prints it, one fact a line."""
        return (
            f"error {self.code} (exit {self.exit_code.value})\n"
            f"  where:    {self.where}\n"
            f"  found:    {self.found}\n"
            f"  expected: {self.expected}\n"
            f"  do:       {self.action}"
        )


@contextmanager
def refusals_as_faults() -> Iterator[None]:
    """Raises Fault (exit 1) for an OSError: what the system refuses, a door tells as a fault."""
    try:
        yield
    except OSError as error:
        raise _refused_by_the_system(error) from error


def _refused_by_the_system(error: OSError) -> Fault:
    return Fault(
        "refused-by-the-system",
        ExitCode.REFUSED,
        where=str(error.filename or "the workspace"),
        found=(error.strerror or str(error)).lower(),
        expected="room on the disk, and files and folders that may be read and written",
        action=f"Free the space or mend the permission and run again; {WHAT_IS_PUBLISHED}.",
    )
