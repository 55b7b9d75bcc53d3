"""The installed command, called in this process: importing Great Expectations takes seconds."""

import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest

from tieout.cli import main


@dataclass(frozen=True)
class Ended:
    """How a call of the command ended and what it left on either stream."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def fault(self) -> str:
        """The fault's code, from the line that begins its message; empty without one."""
        first = self.stderr.partition("error ")[2].partition(" ")
        return first[0]


@dataclass(frozen=True)
class Tieout:
    """`tieout(...)` with the words of a command line."""

    capsys: pytest.CaptureFixture[str]

    def __call__(self, *words: str | Path) -> Ended:
        self.capsys.readouterr()
        with (
            mock.patch.object(sys, "argv", ["tieout", *map(str, words)]),
            pytest.raises(SystemExit) as ended,
        ):
            main()
        told = self.capsys.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return Ended(code, told.out, told.err)
