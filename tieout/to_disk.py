"""What is written is on the disk, so that it is there after a power cut too."""

import os
from pathlib import Path


def force_to_disk(path: Path) -> None:
    """Write a file's bytes, or a folder's names, through to the disk before going on."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
