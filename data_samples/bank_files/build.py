"""Write the inbox of this workspace: python data_samples/bank_files/build.py

The same bytes every time. `--into FOLDER` writes elsewhere.
"""

import argparse
import shutil
from pathlib import Path

import ach
import messages
import reports

DELIVERED_ON = "2024-03-06"


def main() -> None:
    """Replace the inbox by one file in every layout."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=Path(__file__).parent / "inbox")
    inbox: Path = parser.parse_args().into
    if inbox.exists():
        shutil.rmtree(inbox)
    for family in (messages, ach, reports):
        for name, content in family.files().items():
            path = inbox / DELIVERED_ON / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


if __name__ == "__main__":
    main()
