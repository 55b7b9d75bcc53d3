"""The files of the people who act."""

import datetime as dt
from pathlib import Path

import pytest

from tests.publish.made_up import FACTS, Row, reports
from tieout.publish import publish
from tieout.publish.action_files import file_name

DAY = dt.date(2018, 12, 19)


def claims(tmp_path: Path, *rows: Row, batch_rows: int = 1000) -> dict[str, str]:
    relation = reports(batch_rows=batch_rows, channel_claims=list(rows))
    folder = publish(tmp_path / "reports", DAY, relation, FACTS) / "channel_claims"
    return {path.name: path.read_text() for path in sorted(folder.glob("*"))}


def test_each_channel_gets_a_file_of_its_own_whatever_the_batches(tmp_path: Path) -> None:
    rows = [
        {"channel": "alipay", "ask": "pay_settlement", "amount_minor": 192406},
        {"channel": "alipay", "ask": "correct_fee", "amount_minor": 5},
        {"channel": "unionpay", "ask": "deliver_file"},
    ]
    wanted = {
        "alipay.csv": "channel,ask,amount\n"
        "alipay,pay_settlement,1924.06\nalipay,correct_fee,0.05\n",
        "unionpay.csv": "channel,ask,amount\nunionpay,deliver_file,\n",
    }
    assert claims(tmp_path / "whole", *rows) == wanted
    assert claims(tmp_path / "in parts", *rows, batch_rows=1) == wanted


def test_a_channel_that_is_asked_for_nothing_gets_no_file(tmp_path: Path) -> None:
    assert claims(tmp_path) == {}
    assert not (tmp_path / "reports" / "2018-12-19" / "channel_claims").exists()


@pytest.mark.parametrize(
    ("channel", "name"),
    [
        ("unionpay", "unionpay"),
        ("银联", "银联"),
        ("union/pay", "union%2Fpay"),
        ("..", "%2E%2E"),
        (".hidden", "%2Ehidden"),
        ("100%", "100%25"),
        ("a:b\\c", "a%3Ab%5Cc"),
    ],
)
def test_a_channel_names_its_file_and_nothing_outside_the_folder(channel: str, name: str) -> None:
    assert file_name(channel) == name


def test_two_channels_never_share_a_file(tmp_path: Path) -> None:
    rows = [
        {"channel": "a%2Fb", "ask": "pay_settlement"},
        {"channel": "a/b", "ask": "pay_settlement"},
    ]
    assert list(claims(tmp_path, *rows)) == ["a%252Fb.csv", "a%2Fb.csv"]
