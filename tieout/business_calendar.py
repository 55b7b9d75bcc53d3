"""Which days are business days, officially (contract section 2).

The `holidays` library knows the public holidays and, for China, the weekends declared to
be working days. The State Council announces those each November for the next year only, so
a year without them is named and warned about, never guessed in silence.
"""

from datetime import date, timedelta
from functools import cache

import holidays
import pyarrow as pa

from tieout.settings_table import bad_value

_COUNTRIES_WITH_MAKE_UP_DAYS = ("CN",)


def refuse_unknown_country(country: str) -> None:
    """Raise Fault (exit 2) when nobody knows the country's holidays."""
    try:
        holidays.country_holidays(country)
    except NotImplementedError:
        known = "the two letters (ISO 3166) of a country whose holidays are known, such as CN"
        raise bad_value("country", country, known) from None


def official_days(country: str, first: date, last: date) -> pa.Table:
    """Every day from first to last: `day`, `is_business_day`."""
    calendar = _calendar(country, first.year, last.year)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return pa.table(
        {
            "day": pa.array(days, pa.date32()),
            "is_business_day": [calendar.is_working_day(day) for day in days],
        }
    )


def years_without_official_data(country: str, first: date, last: date) -> list[int]:
    """Years of the span for which no make-up working days are published yet."""
    if country not in _COUNTRIES_WITH_MAKE_UP_DAYS:
        return []
    calendar = _calendar(country, first.year, last.year)
    known = {day.year for day in calendar.weekend_workdays}
    return [year for year in range(first.year, last.year + 1) if year not in known]


@cache
def _calendar(country: str, first_year: int, last_year: int) -> holidays.HolidayBase:
    calendar = holidays.country_holidays(country, years=range(first_year, last_year + 1))
    calendar.expand = False
    return calendar
