"""Accept what the sample files are read into now: python -m tests.samples --accept [WORKSPACE]."""

import argparse
from pathlib import Path

from tests.samples.golden_rows import accept, workspaces


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accept", action="store_true", required=True)
    parser.add_argument("workspace", type=Path, nargs="*", help="all of them when none is named")
    for workspace in parser.parse_args().workspace or workspaces():
        accept(workspace)


if __name__ == "__main__":
    main()
