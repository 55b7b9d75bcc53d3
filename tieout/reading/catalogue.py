"""The known formats: those that come with tieout and those of a workspace."""

from importlib.resources import files
from pathlib import Path

from tieout.faults import ExitCode, Fault
from tieout.own_files import own_file, own_folder
from tieout.reading.definition import Format, parse_format

_SUFFIX = ".toml"


def load_formats(site_folder: Path | None) -> dict[str, Format]:
    """Every format by name, sorted by name.

    `site_folder`: the workspace's `formats/`, which may be absent. Raises Fault (exit 2) when a
    definition is wrong, cannot be read or takes the name of a built-in one.
    """
    formats: dict[str, Format] = {}
    for resource in files("tieout").joinpath("formats").iterdir():
        if resource.name.endswith(_SUFFIX):
            name = resource.name.removesuffix(_SUFFIX)
            formats[name] = parse_format(name, resource.read_bytes(), resource.name)
    for path in () if site_folder is None else own_folder(site_folder):
        if path.suffix != _SUFFIX:
            continue
        shown_as = f"formats/{path.name}"
        if path.stem in formats:
            raise Fault(
                "format-name-taken",
                ExitCode.MISUSE,
                where=shown_as,
                found=f"a second format named {path.stem}",
                expected="a name that no built-in format has",
                action="Rename the file and the `format` of its sources.",
            )
        definition = own_file(path, shown_as) or b""
        formats[path.stem] = parse_format(path.stem, definition, shown_as)
    return dict(sorted(formats.items()))
