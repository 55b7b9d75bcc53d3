"""A workspace whose ledger lies in a database, in each system that can be had here."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.commands import Tieout
from tests.fetching import servers
from tests.fetching.servers import Server


@pytest.fixture(scope="session", params=["postgresql", "mysql"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    opened = {"postgresql": servers.postgresql, "mysql": servers.mysql}[request.param]
    pytest.importorskip(
        {"postgresql": "adbc_driver_postgresql", "mysql": "connectorx"}[request.param]
    )
    with opened() as running:
        yield running


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    folder.mkdir()
    return folder


@pytest.fixture
def tieout(capsys: pytest.CaptureFixture[str]) -> Tieout:
    return Tieout(capsys)
