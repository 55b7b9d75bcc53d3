"""A workspace's settings, formats and reference tables, checked against each other."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from tieout import references, settings
from tieout.business_calendar import refuse_unknown_country
from tieout.credentials import is_set
from tieout.faults import ExitCode, Fault
from tieout.reading import Format, load_formats, read_reference
from tieout.settings import Settings
from tieout.settings_table import place
from tieout.warehouse import Model, catalogue, load_models


def load_sources(workspace: Path) -> tuple[Settings, dict[str, Format]]:
    """A workspace's settings, and every format by its name, with each source fit for its own.

    Raises Fault (exit 2) for what `settings.load` and `load_formats` refuse, and for a source
    with an unknown format or without its party.
    """
    loaded = settings.load(workspace)
    formats = load_formats(loaded.site_formats)
    _check_sources(loaded, formats)
    return loaded, formats


def load_references(loaded: Settings, models: Mapping[str, Model]) -> dict[str, pa.Table]:
    """Every reference table of the workspace, checked; `models` tell the categories there are.

    Raises Fault (exit 2) for what `references.load` refuses, and for a severity rule about a
    category that no rule of sql/breaks finds.
    """
    tables = references.load(loaded, read_reference)
    categories = catalogue(models).column("category").to_pylist()
    references.refuse_unknown_categories(loaded, tables["severity_rules"], categories)
    return tables


def check_workspace(workspace: Path) -> list[str]:
    """Check settings, formats and reference tables; one line for each thing found in order.

    Raises Fault (exit 2) for the first that is not.
    """
    loaded, formats = load_sources(workspace)
    refuse_unknown_country(loaded.country)
    tables = load_references(loaded, load_models())
    return [
        f"{settings.SETTINGS_FILE}: {len(loaded.sources)} sources",
        f"formats: {len(formats)} known",
        *(
            f"database of {each.lender}: {', '.join(each.queries)}; "
            f"{each.url_from_env} is {'set' if is_set(each.url_from_env) else 'not set'}"
            for each in loaded.databases
        ),
        *(f"storage: {each.files}" for each in loaded.storages),
        *(
            f"{references.source_of(loaded, name)[1]}: {tables[name].num_rows} rows"
            for name in tables
        ),
    ]


def _check_sources(loaded: Settings, formats: Mapping[str, Format]) -> None:
    for number, source in enumerate(loaded.sources, start=1):
        where = place("source", number)
        if source.format not in formats:
            raise Fault(
                "source-unknown-format",
                ExitCode.MISUSE,
                where=where,
                found=f"format {source.format}",
                expected=f"one of: {', '.join(sorted(formats))}",
                action="Correct the format's name, or add formats/<name>.toml.",
            )
        owner = formats[source.format].owner
        if source.owner_of(owner) is None:
            raise Fault(
                "source-without-owner",
                ExitCode.MISUSE,
                where=where,
                found=f"format {source.format} without a {owner}",
                expected=f"a {owner}: these files belong to one",
                action=f"Add {owner} = ... to this source.",
            )
