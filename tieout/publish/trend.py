"""The daily trend: every day adds its own point to those that the day before carried."""

from tieout.publish.figures import DayFigures, Row
from tieout.publish.match_rate import match_rate, rate_text

TREND_RUNS = 30


def trend(day: DayFigures) -> list[Row]:
    """The last TREND_RUNS points up to this day, oldest first.

    A point has `business_date`, the listed `breaks` with their `amount` in question and
    `refund`, how many are `new` and `cleared`, and the share of the debits' money that is
    `matched`, in percent. All are as summary.json has them: amounts and shares are text.
    """
    total = day.breaks.total()
    point: Row = {
        "business_date": day.business_date.isoformat(),
        "breaks": total.count,
        "amount": day.currency.text(total.amount),
        "refund": day.currency.text(total.refund),
        "new": day.new,
        "cleared": day.cleared.total().count,
        "matched": rate_text(match_rate(day.control, "debit", "amount")),
    }
    return [*day.trend_before, point][-TREND_RUNS:]
