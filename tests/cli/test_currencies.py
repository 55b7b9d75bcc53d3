"""A workspace has a currency that there is, with the decimals that it has."""

from pathlib import Path

import pytest

from tests.cli.commands import Tieout
from tieout import currencies
from tieout.faults import ExitCode
from tieout.settings import load


def in_currency(workspace: Path, currency: str) -> Path:
    path = workspace / "tieout.toml"
    text = path.read_text("utf-8")
    assert text.count('"CNY"') == 1
    path.write_text(text.replace('"CNY"', f'"{currency}"'), encoding="utf-8")
    return workspace


@pytest.mark.parametrize(
    ("currency", "decimals"),
    [
        ("CNY", 2),
        ("EUR", 2),
        ("JPY", 0),
        ("KRW", 0),
        ("UGX", 0),
        ("KWD", 3),
        ("OMR", 3),
        ("HRK", 2),
    ],
)
def test_a_currency_has_its_decimals(workspace: Path, currency: str, decimals: int) -> None:
    assert load(in_currency(workspace, currency)).currency_decimals == decimals


@pytest.mark.parametrize(
    "currency", ["CNH", "RMB", "OMN", "DEM", "XAU", "XDR", "CLF", "XTS", "XXX", "cny", "CN", ""]
)
def test_what_is_no_currency_is_misuse(workspace: Path, tieout: Tieout, currency: str) -> None:
    ended = tieout("check", "--workspace", in_currency(workspace, currency))
    assert (ended.exit_code, ended.fault) == (ExitCode.MISUSE, "settings-bad-value")
    if currency:
        assert "an ISO 4217 code such as CNY" in ended.stderr


def test_every_currency_is_listed_once() -> None:
    listed = (Path(currencies.__file__).with_suffix(".toml")).read_text("utf-8")
    assert all(listed.count(code) == 1 for code in currencies.decimals())
    assert all(len(code) == 3 and code.isupper() for code in currencies.decimals())
