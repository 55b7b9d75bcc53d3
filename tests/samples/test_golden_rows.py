"""Every sample file in data_samples is read into exactly the rows beside it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.days.replay import every_file
from tests.samples.golden_rows import formats_shown, rows_expected, rows_read, workspaces
from tieout.reading import load_formats


@pytest.mark.parametrize("workspace", workspaces(), ids=lambda workspace: workspace.name)
def test_every_file_is_read_into_the_rows_beside_it(workspace: Path) -> None:
    found, expected = rows_read(workspace), rows_expected(workspace)
    assert sorted(found) == sorted(expected)
    for name, text in expected.items():
        assert found[name] == text, name


@pytest.mark.parametrize(
    "workspace",
    [workspace for workspace in workspaces() if (workspace / "build.py").exists()],
    ids=lambda workspace: workspace.name,
)
def test_the_committed_inbox_is_what_its_script_builds(workspace: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-B", workspace / "build.py", "--into", tmp_path / "inbox"]
    subprocess.run(command, check=True)
    assert every_file(tmp_path / "inbox") == every_file(workspace / "inbox")


def test_every_layout_has_a_sample() -> None:
    shown = set().union(*(formats_shown(workspace) for workspace in workspaces()))
    own_columns = {
        name
        for name, fmt in load_formats(None).items()
        if all(part.layout == "canonical" for part in fmt.parts)
    }
    assert sorted(load_formats(None).keys() - own_columns - shown) == []
