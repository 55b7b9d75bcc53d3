"""A ledger's schedule and arrears, between bars."""

from collections.abc import Mapping

LINES = """\
RSCH|000123000011|2025-01-15|1625.00|1500.00|125.00|0.00|13500.00|1|branch 7|
RSCH|000123000011|2025-02-15|1625.00|1510.00|115.00|0.00|11990.00|2|branch 7|
RSCH|000123000012|20250120|812.50|750.00|62.50|0.00|0.00|6|branch 9|
ARRS|000123000011|I|20.00|0.00|20.00|2024-12-15|0|R1|1|2025-01-31|
ARRS|000123000012|C|812.50|0.00|812.50|2024-12-20|11|R2|6|2025-01-20|
"""


def files() -> Mapping[str, bytes]:
    """The file by its name."""
    return {"kakadai_ledger_20250131.txt": LINES.encode()}
