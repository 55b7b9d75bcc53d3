"""The documents tell of what there is."""

import re
import subprocess
import sys
from pathlib import Path

from tieout.cli import commands
from tieout.faults import ExitCode

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(ROOT.glob("*.md"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")


COMMAND = re.compile(r"(?:`|bin/)tieout ([a-z]+)\b")


def test_every_command_that_a_document_names_exists():
    for document in DOCUMENTS:
        named = set(COMMAND.findall(document.read_text(encoding="utf-8")))
        assert named - set(commands.commands) == set(), document.name


def test_every_command_is_in_the_readme():
    assert set(commands.commands) <= set(COMMAND.findall(README))


def test_every_make_target_that_a_document_names_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for document in DOCUMENTS:
        for line in re.findall(r"`make ([a-z ]+)`", document.read_text(encoding="utf-8")):
            assert set(line.split()) <= targets, document.name


def test_every_exit_code_is_in_the_readme():
    assert set(re.findall(r"^\| (\d+) \|", README, re.MULTILINE)) == {
        str(code.value) for code in ExitCode
    }


def test_every_category_is_in_the_glossary():
    for file in (ROOT / "sql" / "breaks").glob("*.sql"):
        chinese = re.search(r"^-- zh: (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
        if chinese and file.stem != "in_transit":
            assert f"| `{file.stem}` | {chinese[1]} |" in GLOSSARY


def test_every_path_that_a_document_names_exists():
    for document in DOCUMENTS:
        for path in re.findall(
            r"`((?:tests|tieout|sql|flows|data_samples|benchmarks|expectations)/[\w./]*)`",
            document.read_text(encoding="utf-8"),
        ):
            assert (ROOT / path).exists(), f"{document.name}: {path}"


def test_the_command_line_starts_without_the_heavy_libraries():
    heavy = ["prefect", "great_expectations", "pandas"]
    code = f"import sys, tieout.cli; print([name for name in {heavy} if name in sys.modules])"
    started = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True
    )
    assert started.stdout.strip() == "[]"
