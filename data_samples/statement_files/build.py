"""Write the inbox of this workspace: python data_samples/statement_files/build.py

The same bytes every time. `--into FOLDER` writes elsewhere.
"""

import argparse
import shutil
from pathlib import Path

import bank_statements
import wallet_statements
import workbook_statements

DELIVERED_ON = "2025-02-01"


def main() -> None:
    """Replace the inbox by one file in every layout."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=Path(__file__).parent / "inbox")
    inbox: Path = parser.parse_args().into
    if inbox.exists():
        shutil.rmtree(inbox)
    for family in (bank_statements, wallet_statements, workbook_statements):
        for name, content in family.files().items():
            path = inbox / DELIVERED_ON / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


if __name__ == "__main__":
    main()
