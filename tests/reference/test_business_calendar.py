"""Which days are business days, before a site says otherwise."""

from datetime import date

import pytest

from tieout.business_calendar import official_days, years_without_official_data


def business_days(country: str, first: str, last: str) -> list[str]:
    days = official_days(country, date.fromisoformat(first), date.fromisoformat(last))
    return [f"{row['day']:%a %d}" for row in days.to_pylist() if row["is_business_day"]]


def test_a_weekend_declared_a_working_day_is_one_and_a_holiday_is_none() -> None:
    # the New Year of 2019: Monday 31 and Tuesday 1 off, Saturday 29 made up for the Monday
    assert business_days("CN", "2018-12-28", "2019-01-02") == ["Fri 28", "Sat 29", "Wed 02"]


@pytest.mark.parametrize(
    ("country", "weekend"),
    [("CN", {"Sat 08", "Sun 09"}), ("SA", {"Fri 07", "Sat 08"}), ("IN", {"Sat 08", "Sun 09"})],
)
def test_a_weekend_is_the_countrys_own(country: str, weekend: set[str]) -> None:
    week = {"Mon 03", "Tue 04", "Wed 05", "Thu 06", "Fri 07", "Sat 08", "Sun 09"}
    assert set(business_days(country, "2018-12-03", "2018-12-09")) == week - weekend


def test_a_year_whose_make_up_days_nobody_has_announced_is_named() -> None:
    first, last = date(2018, 12, 1), date(2099, 1, 31)
    assert 2019 not in years_without_official_data("CN", first, last)
    assert 2099 in years_without_official_data("CN", first, last)
    assert years_without_official_data("US", first, last) == []
