"""Files of an object storage or a file server, by their address, through fsspec."""

import json
from pathlib import Path
from typing import Any

from tieout.credentials import first_line, hidden
from tieout.faults import ExitCode, Fault


def copy_files(address: str, options: str, folder: Path, where: str) -> list[Path]:
    """Copy every file that the address, with `*` in it, fits into the folder; sorted by base name.

    `options`: what the storage must be told, a JSON object or nothing. None found is no fault:
    the sender may not have put it there yet. Raises Fault: exit 2 for options that are no JSON
    object or a driver that is not installed, exit 16 when the storage fails or shows two files
    of one base name.
    """
    told = _options(options, where)
    try:
        import fsspec

        storage, pattern = fsspec.core.url_to_fs(address, **told)
        found = sorted(
            path
            for path, entry in storage.glob(pattern, detail=True).items()
            if entry["type"] == "file"
        )
        base_names = [path.rpartition("/")[2] for path in found]
        if len(set(base_names)) < len(base_names):
            raise Fault(
                "storage-name-twice",
                ExitCode.NOT_FETCHED,
                where=where,
                found=", ".join(found),
                expected="each base name once",
                action="Narrow `files` of this storage so that it fits one of them.",
            )
        copies = [folder / name for name in base_names]
        for path, copy in zip(found, copies, strict=True):
            storage.get_file(path, str(copy))
    except Fault:
        raise
    except (ImportError, ValueError) as error:
        raise Fault(
            "storage-driver-missing",
            ExitCode.MISUSE,
            where=where,
            found=hidden(first_line(error), *_texts(told)),
            expected="an address and options that an installed driver of fsspec knows",
            action="Install the driver (tieout[s3] for s3://), or correct the address.",
        ) from None
    except Exception as error:
        raise Fault(
            "storage-failed",
            ExitCode.NOT_FETCHED,
            where=where,
            found=hidden(first_line(error), *_texts(told)),
            expected="a storage that answers",
            action="See whether the storage is up and the credentials are right; fetch again.",
        ) from None
    return sorted(copies)


def _options(text: str, where: str) -> dict[str, Any]:
    try:
        options = json.loads(text or "{}")
    except ValueError:
        options = None
    if not isinstance(options, dict):
        raise Fault(
            "storage-options-not-json",
            ExitCode.MISUSE,
            where=where,
            found="options that are no JSON object (not shown, as they may hold a password)",
            expected='text such as {"key": "...", "secret": "..."}',
            action="Correct the value in the environment.",
        )
    return options


def _texts(options: object) -> list[str]:
    if isinstance(options, dict):
        return [text for value in options.values() for text in _texts(value)]
    return [options] if isinstance(options, str) else []
