"""The laws of every text file in the repository. Each law: path, text -> offences."""

import re
from collections.abc import Callable
from pathlib import PurePosixPath

Law = Callable[[PurePosixPath, str], list[str]]

LARGEST = 500_000
"""Bytes of one file. What is larger is generated instead."""

_MACHINE_FOLDER = re.compile(r"(?:^|[^A-Za-z0-9_.])/(?:work|root|home|Users|mnt)/\w+", re.M)
_INDEX = re.compile(
    r"--(?:extra-)?index-url|/simple/?[\"' ]*$|registry *= *\"http|\bpypi\.org/", re.M
)
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.M)


def names_no_folder_of_one_machine(path: PurePosixPath, text: str) -> list[str]:
    return _MACHINE_FOLDER.findall(text)


def names_no_package_index(path: PurePosixPath, text: str) -> list[str]:
    return _INDEX.findall(text)


def holds_no_conflict_marker(path: PurePosixPath, text: str) -> list[str]:
    return _CONFLICT.findall(text)


def is_not_large(path: PurePosixPath, text: str) -> list[str]:
    size = len(text.encode())
    return [f"{size} bytes"] if size > LARGEST else []


def holds_no_whole_card_number(path: PurePosixPath, text: str) -> list[str]:
    if path.parts[0] not in ("tieout", "sql", "flows", "expectations"):
        return []
    return re.findall(r"(?<!\d)62\d{14,17}(?!\d)", text)


LAWS: tuple[Law, ...] = (
    names_no_folder_of_one_machine,
    names_no_package_index,
    holds_no_conflict_marker,
    is_not_large,
    holds_no_whole_card_number,
)
