"""Business days of mainland China, with a site's own overrides.

Source: contract section 2: the n-th business day after a date is the n-th one strictly after it.
"""

from collections.abc import Iterable
from datetime import date, timedelta

import holidays

from tests.oracle.rows import CalendarDay


class BusinessDays:
    """Answers which day is a business day."""

    def __init__(self, overrides: Iterable[CalendarDay] = ()) -> None:
        self.overrides = {row.date: row.is_business_day for row in overrides}
        self.official = holidays.country_holidays("CN")

    def is_one(self, day: date) -> bool:
        """Whether banks and channels settle on that day."""
        return self.overrides.get(day, self.official.is_working_day(day))

    def after(self, day: date, count: int) -> date:
        """The count-th business day strictly after a date; 0: the date itself."""
        while count:
            day += timedelta(days=1)
            if self.is_one(day):
                count -= 1
        return day
