"""Accept what the tool writes as the golden reports of a sample workspace.

python -m tests.days --accept data_samples/kakadai_december 2018-12-16 2018-12-19
"""

import argparse
import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path

from tests.days import replay


def write(folder: Path, found: dict[str, bytes]) -> None:
    """Replace a golden folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, content in found.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)


def accept(sample: Path, days: list[date]) -> None:
    """Write expected/<day>, and expected/as_delivered/<day> where the night differed."""
    with tempfile.TemporaryDirectory() as folder:
        whole = replay.with_everything_delivered(sample, Path(folder) / "whole", days)
        nights = replay.night_by_night(sample, Path(folder) / "nights", days)
        shutil.rmtree(sample / "expected", ignore_errors=True)
        for day in days:
            found = replay.findings(whole[day])
            write(sample / "expected" / str(day), found)
            if nights[day] != found:
                write(sample / "expected" / replay.NIGHTS / str(day), nights[day])


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--accept", type=Path, required=True, metavar="WORKSPACE")
    parser.add_argument("first", type=date.fromisoformat)
    parser.add_argument("last", type=date.fromisoformat)
    arguments = parser.parse_args()
    length = (arguments.last - arguments.first).days + 1
    accept(arguments.accept, [arguments.first + timedelta(days=n) for n in range(length)])


if __name__ == "__main__":
    main()
