"""Write the inbox of this workspace: python data_samples/channel_files/build.py

The same bytes every time. `--into FOLDER` writes elsewhere.
"""

import argparse
import shutil
from pathlib import Path

import aggregators
import alipay
import banks
import own_columns
import unionpay
import wechatpay

DELIVERED_ON = "2019-01-02"


def main() -> None:
    """Replace the inbox by one file in every layout."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=Path(__file__).parent / "inbox")
    inbox: Path = parser.parse_args().into
    if inbox.exists():
        shutil.rmtree(inbox)
    for family in (unionpay, alipay, wechatpay, aggregators, banks, own_columns):
        for name, content in family.files().items():
            path = inbox / DELIVERED_ON / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


if __name__ == "__main__":
    main()
