"""The sample files of data_samples, each with all that reading it needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from tieout import inbox, settings
from tieout.reading import Format, load_formats

DATA_SAMPLES = Path(__file__).parents[2] / "data_samples"
WORKSPACES = sorted(path.parent for path in DATA_SAMPLES.glob("*/tieout.toml"))
_WORKBOOKS = (".xls", ".xlsx")


@dataclass(frozen=True)
class Sample:
    """A sample file and how it is read."""

    path: Path
    shown_as: str
    fmt: Format
    definition: str
    business_date: date
    currency_decimals: int


def sample_files(workspace: Path) -> Iterator[Sample]:
    """Every file of the workspace's inbox that counts, in the order of their paths."""
    of = settings.load(workspace)
    formats = load_formats(of.site_formats)
    every = inbox.deliveries(
        of, lambda source, base_name: formats[source.format].business_date(base_name)
    )
    for delivery in every:
        if delivery.standing == "latest":
            yield Sample(
                of.inbox / delivery.path,
                f"inbox/{delivery.path}",
                formats[delivery.source.format],
                _definition(delivery.source.format),
                delivery.business_date,
                of.currency_decimals,
            )


@cache
def sample_of_each_format() -> dict[str, Sample]:
    """Of each format one file: of a workspace of sample files before those that tell a story,
    text before workbooks, then the largest.
    """
    found: dict[str, Sample] = {}
    for workspace in WORKSPACES:
        for sample in sample_files(workspace):
            known = found.get(sample.fmt.name)
            if known is None or _rank(sample.path) > _rank(known.path):
                found[sample.fmt.name] = sample
    return found


def _rank(path: Path) -> tuple[bool, bool, int]:
    in_files = path.relative_to(DATA_SAMPLES).parts[0].endswith("_files")
    return in_files, path.suffix not in _WORKBOOKS, path.stat().st_size


def _definition(name: str) -> str:
    """The text of a built-in format's TOML."""
    return files("tieout").joinpath("formats", f"{name}.toml").read_text(encoding="utf-8")
