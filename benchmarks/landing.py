"""Measure what landing one very large file takes: time, and above all memory.

    python benchmarks/landing.py FOLDER [--gigabytes 5]

For each layout: a workspace with one file of so many gigabytes (10^9 bytes, unpacked) is made
in FOLDER, unless it is there, and its file landed from an empty warehouse, as the first step of
`tieout day` does, by a process of its own. See README.md beside this file.
"""

import argparse
import sys
from pathlib import Path

from reading import CASES, DAY, SAME_ROWS
from run import measure

LAYOUTS = ("CSV, UTF-8", "CSV, GBK")
LAND = """
import sys
from datetime import date
from pathlib import Path
from tieout.day import STEPS, open_run

with open_run(Path(sys.argv[1]), date.fromisoformat(sys.argv[2])) as run:
    STEPS[0].run(run)
    print(run.warehouse.connect().sql("select sum(lines) from landing.files").fetchall()[0][0])
"""
SETTINGS = """
time_zone = "Asia/Shanghai"
currency = "CNY"

[[source]]
files = "*"
format = "{format}"
channel = "bench"
"""


def workspace(folder: Path, case: str, gigabytes: float) -> tuple[Path, Path]:
    """A workspace whose only file has about so many gigabytes, and that file."""
    name, format_name, make = CASES[case]
    place = folder / f"landing_{case.replace(', ', '_')}_{gigabytes:g}GB"
    path = place / "inbox" / name
    if not (place / "tieout.toml").exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        header, cells, _ = SAME_ROWS[case]
        encoding = "gbk" if "GBK" in case else "utf-8"
        row = len((",".join(cells(123_456)) + "\n").encode(encoding))
        make(path, int(gigabytes * 10**9 - len(header)) // row)
        (place / "tieout.toml").write_text(SETTINGS.format(format=format_name), encoding="utf-8")
    return place, path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gigabytes", type=float, default=5)
    arguments = parser.parse_args()
    heads = ("file GB", "lines", "wall s", "cpu s", "peak MiB", "warehouse GB")
    print(f"{'layout':<12}" + "".join(f"{head:>14}" for head in heads))
    for case in LAYOUTS:
        place, path = workspace(arguments.folder, case, arguments.gigabytes)
        warehouse = place / "warehouse.duckdb"
        warehouse.unlink(missing_ok=True)
        command = [sys.executable, "-c", LAND, str(place), DAY.isoformat()]
        wall, cpu, peak, lines = measure(command, {})
        figures = (
            f"{path.stat().st_size / 1e9:.2f}",
            f"{int(lines):,}",
            f"{wall:.0f}",
            f"{cpu:.0f}",
            f"{peak:.0f}",
            f"{warehouse.stat().st_size / 1e9:.2f}",
        )
        print(f"{case:<12}" + "".join(f"{figure:>14}" for figure in figures), flush=True)
        warehouse.unlink()


if __name__ == "__main__":
    main()
