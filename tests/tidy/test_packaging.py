"""What is installed is what lies in the repository."""

import tomllib
from importlib.resources import files
from itertools import chain
from pathlib import Path

import tieout

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_package_is_listed():
    found = {
        folder.parent.relative_to(ROOT).as_posix().replace("/", ".")
        for folder in (ROOT / "tieout").rglob("__init__.py")
    }
    listed = set(PROJECT["tool"]["setuptools"]["packages"])
    assert listed == found | {"tieout.expectations", "tieout.sql"}


def test_one_version_is_stated_twice():
    assert PROJECT["project"]["version"] == tieout.__version__


def test_sql_and_expectations_are_found_by_one_lookup_rule():
    sql = {f"{f.parent.name}/{f.name}" for f in (ROOT / "sql").glob("*/*.sql")}
    assert sql == {
        f"{folder.name}/{file.name}"
        for folder in files("tieout.sql").iterdir()
        if folder.is_dir()
        for file in folder.iterdir()
        if file.name.endswith(".sql")
    }
    suites = {f.name for f in (ROOT / "expectations").glob("*.json")}
    assert suites == {
        f.name for f in files("tieout.expectations").iterdir() if f.name.endswith(".json")
    }


def test_every_dependency_is_capped_and_locked():
    extras = PROJECT["project"]["optional-dependencies"].values()
    wanted = [*PROJECT["project"]["dependencies"], *chain.from_iterable(extras)]
    locked = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    for requirement in wanted:
        name = requirement.split(">")[0].split("<")[0]
        assert f"\n{name}==" in f"\n{locked}", name
        assert "<" in requirement or name in {"setuptools", "tzdata"}, requirement


def test_the_lock_names_a_version_and_a_hash_for_each_package():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert {line[:4] for line in lines if line.startswith(" ")} == {"    "}
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if not line.startswith(" "):
            assert "==" in line
            assert following.strip().startswith("--hash=sha256:")
