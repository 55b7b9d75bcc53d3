"""Which open entry belongs to which, when entries of one loan tangle (contract 6.1, passes 2, 3).

Pure functions, Arrow in and Arrow out. SQL settles what has one candidate only; what is left
comes here whole, is solved exactly or declared `search_bound`, and never guessed.
"""

from tieout.assignment.pairing import pair
from tieout.assignment.splitting import split

__all__ = ["pair", "split"]
