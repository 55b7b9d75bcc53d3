"""What a line that could not be read may still show."""

import pytest

from tieout.reading.masking import masked_digits, masked_found, masked_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("13907651234", "******1234"),
        ("8613907651234", "******1234"),
        ("6222021001123456789", "622202******6789"),
        ("510000199001011234", "510000******1234"),
        ("BC20190101501", "BC201901******1501"),
        ("ICBC 6222-0210-0112-3456", "ICBC ******3456"),
        ("1625.00, 2018-12-19 10:00:00", "1625.00, 2018-12-19 10:00:00"),
    ],
)
def test_long_runs_of_digits_are_cut(text: str, shown: str) -> None:
    assert masked_digits(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("R1,刘德华,1625.00", "R1,*,1625.00"),
        ("R1,Maria José Schmidt,DO1", "R1,* * *,DO1"),
        ("R1,maria.s@mail.example,DO1", "R1,*,DO1"),
        ("6222 0210 0112 3456 789", "****** 789"),
        ("139-0765-1234,2018-12-19", "******1234,2018-12-19"),
    ],
)
def test_words_and_grouped_digits_are_hidden_where_any_cell_may_be_a_name(
    text: str, shown: str
) -> None:
    assert masked_line(text) == shown


def test_of_a_reason_only_what_was_found_is_hidden() -> None:
    reason = 'amount: found "Maria Schmidt", expected an amount such as 1625.00'
    assert masked_found(reason) == 'amount: found "* *", expected an amount such as 1625.00'
