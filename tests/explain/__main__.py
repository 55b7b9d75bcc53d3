"""Accept how the sample's breaks are explained now: python -m tests.explain --accept."""

import argparse
import tempfile
from pathlib import Path

from tests.days import replay
from tests.explain.sample import DAYS, GOLDEN, SAMPLE, one_of_each_category
from tieout.explain import explain


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accept", action="store_true", required=True)
    parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "workspace"
        replay.with_everything_delivered(SAMPLE, workspace, DAYS)
        GOLDEN.mkdir(exist_ok=True)
        for old in GOLDEN.glob("*.txt"):
            old.unlink()
        for category, break_id in one_of_each_category(workspace).items():
            text = explain(workspace, break_id)
            (GOLDEN / f"{category}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
