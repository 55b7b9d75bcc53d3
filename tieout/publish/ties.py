"""Where the control sheet says what other sheets must come to."""

from dataclasses import dataclass, field

from tieout.publish.xlsx_file import Sheet

ROWS, MONEY = 4, 11
"""First columns of the proof: of its rows, of its amounts; each `read`, then the places."""

_OPEN = 3


@dataclass
class Ties:
    """Rows of the control sheet, from 0.

    Of each channel's and lender's proof, of each category, of each liable party, of each action
    that decided breaks, and of the totals.
    """

    sheet: Sheet
    proofs: dict[tuple[str, str], int] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)
    liables: dict[str, int] = field(default_factory=dict)
    actions: dict[str, int] = field(default_factory=dict)
    total: int = 0
    decided_total: int = 0

    def open_rows(self, scope: str, name: str) -> str:
        """The address of how many entries of a channel or lender are open."""
        return self.sheet.at(self.proofs[scope, name], ROWS + _OPEN)

    def open_amount(self, scope: str, name: str) -> str:
        """The address of what they come to."""
        return self.sheet.at(self.proofs[scope, name], MONEY + _OPEN)
