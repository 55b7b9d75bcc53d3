"""Throw-away database servers on this machine, for as long as a test session lasts."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from glob import glob
from pathlib import Path

import pytest

SECRET = "a-pass-word"
_TRIES = 300


@dataclass(frozen=True)
class Server:
    """`day`: how a query names the business date. `execute`: runs a script as the owner."""

    url: str
    day: str
    execute: Callable[[str], None]


@contextmanager
def postgresql() -> Iterator[Server]:
    found = sorted(glob("/usr/lib/postgresql/*/bin")) or [os.path.dirname(_which("initdb"))]
    programs = Path(found[-1])
    # the server refuses to run as root
    account = "nobody" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory() as kept:
        if account:
            shutil.chown(kept, account)
        data = f"{kept}/data"
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "owner", "--auth=trust", "-E", "UTF8"],
            check=True,
            capture_output=True,
            user=account,
            cwd=kept,
        )
        settings = f"-c listen_addresses='' -c unix_socket_directories={kept} -c fsync=off"
        control = [programs / "pg_ctl", "-D", data, "-w"]
        log = f"{kept}/log"
        subprocess.run(
            [*control, "-o", settings, "-l", log, "start"],
            check=True,
            stdout=subprocess.DEVNULL,
            user=account,
            cwd=kept,
        )

        def execute(script: str) -> None:
            run = [programs / "psql", "-q", "-v", "ON_ERROR_STOP=1", "-h", kept, "-U", "owner"]
            subprocess.run([*run, "postgres"], input=script, text=True, check=True)

        try:
            execute(f"create role reader login password '{SECRET}'")
            url = f"postgresql://reader:{SECRET}@/postgres?host={kept}"
            yield Server(url, "$1", execute)
        finally:
            subprocess.run(
                [*control, "-m", "immediate", "stop"],
                check=True,
                stdout=subprocess.DEVNULL,
                user=account,
                cwd=kept,
            )


@contextmanager
def mysql() -> Iterator[Server]:
    server, client = _which("mariadbd", "mysqld"), _which("mariadb", "mysql")
    install = _which("mariadb-install-db")
    with tempfile.TemporaryDirectory() as kept:
        data, door = f"{kept}/data", f"{kept}/socket"
        account = ["--user=root"] if os.geteuid() == 0 else []
        own = ["--auth-root-authentication-method=normal", "--skip-test-db"]
        subprocess.run(
            [install, "--no-defaults", *account, f"--datadir={data}", *own],
            check=True,
            capture_output=True,
        )
        port = _free_port()
        with subprocess.Popen(
            [
                *(server, "--no-defaults", *account, f"--datadir={data}", f"--socket={door}"),
                *(f"--port={port}", "--bind-address=127.0.0.1"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:

            def execute(script: str) -> None:
                run = [client, "--no-defaults", "-S", door, "-u", "root"]
                subprocess.run(run, input=script, text=True, check=True, capture_output=True)

            try:
                _wait_for(Path(door))
                execute(
                    "create database ledger; "
                    "delete from mysql.global_priv where User = ''; flush privileges; "
                    f"create user reader@'%' identified by '{SECRET}'; "
                    "grant all on ledger.* to reader@'%';"
                )
                yield Server(
                    f"mysql://reader:{SECRET}@127.0.0.1:{port}/ledger",
                    "@business_date",
                    lambda script: execute(f"use ledger; {script}"),
                )
            finally:
                process.terminate()


def _which(*names: str) -> str:
    for name in names:
        if found := shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin"):
            return found
    pytest.skip(f"{' or '.join(names)} is not installed on this machine")


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _wait_for(path: Path) -> None:
    for _ in range(_TRIES):
        if path.exists():
            return
        time.sleep(0.1)
    raise AssertionError(f"{path} did not come up")
