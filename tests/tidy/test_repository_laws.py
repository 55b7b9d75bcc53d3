"""The laws of the repository's text, kept by every file in it, each shown to catch an offender."""

import subprocess
from pathlib import Path, PurePosixPath

import pytest

from tests.tidy import repository_laws
from tests.tidy.repository_laws import LARGEST, LAWS

ROOT = Path(__file__).parents[2]
SLASH, DASHES = "/", "--"

PLANTED = [
    ("names_no_folder_of_one_machine", "README.md", f"cd {SLASH}home{SLASH}ann"),
    ("names_no_folder_of_one_machine", "tests/a.py", f'open("{SLASH}root{SLASH}x")'),
    ("names_no_package_index", "constraints.txt", f"{DASHES}index-url x"),
    ("names_no_package_index", "constraints.txt", f"{DASHES}extra-index-url x"),
    ("names_no_package_index", "pyproject.toml", f"url = 'host{SLASH}simple{SLASH}'"),
    ("holds_no_conflict_marker", "a.py", "<" * 7 + " ours"),
    ("is_not_large", "data_samples/a.csv", "x" * (LARGEST + 1)),
    ("holds_no_whole_card_number", "tieout/a.py", "card = 62" + "27001234567890"),
]


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return [name for name in listed.stdout.split("\0") if name]


def texts() -> dict[str, str]:
    read = {}
    for name in tracked():
        if (ROOT / name).is_file():
            try:
                read[name] = (ROOT / name).read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
    return read


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_every_file_keeps_the_law(law):
    offences = {name: law(PurePosixPath(name), text) for name, text in texts().items()}
    assert {name: found for name, found in offences.items() if found} == {}


@pytest.mark.parametrize(("law", "name", "text"), PLANTED)
def test_the_law_catches_an_offender(law, name, text):
    assert getattr(repository_laws, law)(PurePosixPath(name), text)


def test_no_law_is_without_an_offender():
    assert {law.__name__ for law in LAWS} == {law for law, _, _ in PLANTED}
