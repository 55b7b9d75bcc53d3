"""The files of the people who act: who is paid back, corrected, left alone, asked."""

import re
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa

from tieout.publish.csv_file import CsvFile
from tieout.publish.money import Currency
from tieout.publish.tally import frame_of

ACTIONS = ("refunds", "bureau_corrections", "stop_collection", "resubmit_plan")
"""Relations that are one file each, with its header even when there is nothing to do."""

CLAIMS = "channel_claims"
"""The relation whose rows go to one file a channel, in a folder of this name."""

_NOT_IN_FILE_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|%]|^\.|[. ]$')


def write_claims(folder: Path, reader: pa.RecordBatchReader, currency: Currency) -> dict[str, int]:
    """Write `channel_claims/<channel>.csv` for each channel that is asked for something.

    Returns how many rows each file has, by its path inside the folder.
    """
    rows: dict[str, int] = {}
    files: dict[str, CsvFile] = {}
    with ExitStack() as open_files:
        for batch in reader:
            for asked in frame_of(batch).partition_by("channel"):
                name = f"{CLAIMS}/{file_name(asked.item(0, 'channel'))}.csv"
                if name not in files:
                    (folder / CLAIMS).mkdir(exist_ok=True)
                    files[name] = open_files.enter_context(
                        CsvFile(folder / name, reader.schema, currency)
                    )
                for part in asked.to_arrow().to_batches():
                    files[name].write(part)
                rows[name] = rows.get(name, 0) + asked.height
    return rows


def file_name(channel: str) -> str:
    """The channel's name as a file may bear it: what no file system takes becomes %XX."""
    return _NOT_IN_FILE_NAMES.sub(lambda found: f"%{ord(found[0]):02X}", channel)
