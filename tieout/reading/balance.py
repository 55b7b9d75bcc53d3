"""The proof a statement carries: its entries, and opening + entries = closing.

A bank's file has no channel and no declared totals of a settle date that a rule could compare,
so a statement that does not tie is refused whole instead of being judged later.
"""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from tieout.faults import ExitCode, Fault


@dataclass
class Proof:
    """What is known of one statement so far: amounts signed, major units, by currency.

    `is_sure` turns false when an entry's amount cannot be read: that line is a reject, and
    nothing can be proved without it.
    """

    opening: tuple[Decimal, str] | None = None
    closing: tuple[Decimal, str] | None = None
    entries: int = 0
    total: Decimal = Decimal(0)
    currencies: set[str] = field(default_factory=set)
    is_sure: bool = True

    def add(self, amount: str, currency: str, *, is_debit: bool) -> None:
        """Count one booked entry in."""
        self.entries += 1
        self.currencies.add(currency)
        read = decimal(amount)
        if read is None:
            self.is_sure = False
        else:
            self.total += -read if is_debit else read

    def check(self, name: str, shown_as: str) -> None:
        """Raise Fault (exit 11) unless the entries lead from the opening to the closing balance.

        A statement without both balances, or in several currencies, proves nothing.
        """
        if self.opening is None or self.closing is None or not self.is_sure:
            return
        (opening, currency), (closing, closing_currency) = self.opening, self.closing
        if self.currencies | {closing_currency} != {currency}:
            return
        if opening + self.total != closing:
            raise Fault(
                "statement-does-not-tie",
                ExitCode.UNREADABLE,
                where=shown_as,
                found=f"{self.entries} entries that lead from {opening} to "
                f"{opening + self.total} {currency} in statement {name}",
                expected=f"the closing balance {closing} {currency}",
                action="Have the statement delivered again; entries are missing or altered.",
            )


def refuse_fewer_entries(found: int, declared: str, name: str, shown_as: str) -> None:
    """Raise Fault (exit 12) when a statement has fewer entries than it declares."""
    if declared.isdigit() and found < int(declared):
        raise Fault(
            "fewer-lines-than-declared",
            ExitCode.TRUNCATED,
            where=shown_as,
            found=f"{found} entries in statement {name}",
            expected=f"the {declared} entries that it declares",
            action="Have the file delivered again.",
        )


def decimal(text: str) -> Decimal | None:
    """An amount with a decimal point, or None."""
    try:
        read = Decimal(text)
    except InvalidOperation:
        return None
    return read if read.is_finite() else None
