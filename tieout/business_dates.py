"""Which business dates there are: days that windows, lags and calendars can be counted from."""

from datetime import date

from tieout.faults import ExitCode, Fault

FIRST_BUSINESS_DATE = date(1970, 1, 1)
LAST_BUSINESS_DATE = date(2199, 12, 31)

_EXPECTED = f"a business date from {FIRST_BUSINESS_DATE} to {LAST_BUSINESS_DATE}"


def refuse_asked(business_date: date) -> None:
    """Raise Fault (exit 2) when a day is asked for that is no business date."""
    if not _is_one(business_date):
        raise Fault(
            "date-out-of-range",
            ExitCode.MISUSE,
            where="business date",
            found=str(business_date),
            expected=_EXPECTED,
            action="Correct the date.",
        )


def refuse_named(business_date: date, where: str) -> None:
    """Raise Fault (exit 11) when the file at `where` is named for a day that is none."""
    if not _is_one(business_date):
        raise Fault(
            "file-date-out-of-range",
            ExitCode.UNREADABLE,
            where=where,
            found=f"a file name dated {business_date}",
            expected=_EXPECTED,
            action="Rename the file as its sender names it, or correct the format's date rule.",
        )


def named_for(name: str) -> date | None:
    """The business date that a folder of that name is for; None when it is for none."""
    try:
        day = date.fromisoformat(name)
    except ValueError:
        return None
    return day if _is_one(day) and str(day) == name else None


def _is_one(day: date) -> bool:
    return FIRST_BUSINESS_DATE <= day <= LAST_BUSINESS_DATE
