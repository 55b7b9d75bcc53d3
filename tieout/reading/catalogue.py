"""The known formats: those that come with tieout and those of a workspace."""

from importlib.resources import files
from pathlib import Path

from tieout.faults import ExitCode, Fault
from tieout.reading.definition import Format, parse_format

_SUFFIX = ".toml"


def load_formats(site_folder: Path | None) -> dict[str, Format]:
    """Every format by name, sorted by name.

    `site_folder`: the workspace's `formats/`, which may be absent. Raises Fault (exit 2) when a
    definition is wrong or a site format takes the name of a built-in one.
    """
    formats: dict[str, Format] = {}
    for resource in files("tieout").joinpath("formats").iterdir():
        if resource.name.endswith(_SUFFIX):
            name = resource.name.removesuffix(_SUFFIX)
            formats[name] = parse_format(name, resource.read_bytes(), resource.name)
    if site_folder is not None and site_folder.is_dir():
        for path in sorted(site_folder.glob(f"*{_SUFFIX}")):
            shown_as = f"{site_folder.name}/{path.name}"
            if path.stem in formats:
                raise Fault(
                    "format-name-taken",
                    ExitCode.MISUSE,
                    where=shown_as,
                    found=f"a second format named {path.stem}",
                    expected="a name that no built-in format has",
                    action="Rename the file and the `format` of its sources.",
                )
            formats[path.stem] = parse_format(path.stem, path.read_bytes(), shown_as)
    return dict(sorted(formats.items()))
