"""What a report was made from, told in hashes and versions."""

import hashlib
from datetime import timedelta
from functools import cache
from importlib.metadata import version
from importlib.resources import files

from tieout import references, settings
from tieout.day.run import Run
from tieout.feeds import REFERENCES
from tieout.publish import stored_breaks, stored_facts, stored_trend


def fingerprint(run: Run) -> str:
    """A hash of all that a run's reports depend on, once its files are landed."""
    told = hashlib.sha256()
    for model in run.warehouse.models.values():
        told.update(model.select.encode())
    for suite in sorted(files("tieout.expectations").iterdir(), key=lambda entry: entry.name):
        if suite.name.endswith(".json"):
            told.update(suite.read_bytes())
    for name in REFERENCES:
        told.update(references.source_of(run.settings, name)[0])
    for told_version in _versions().values():
        told.update(told_version.encode())
    told.update((run.settings.workspace / settings.SETTINGS_FILE).read_bytes())
    told.update(repr(run.warehouse.landing.inputs(run.business_date)).encode())
    day_before = run.business_date - timedelta(days=1)
    for stored in (stored_breaks, stored_facts):
        before = stored(run.settings.reports, day_before)
        told.update(repr(None if before is None else before.to_pylist()).encode())
    told.update(repr(stored_trend(run.settings.reports, day_before)).encode())
    return told.hexdigest()


def facts(run: Run) -> dict[str, str | int]:
    """What summary.json tells of a run besides its figures."""
    loaded = run.settings
    reference = {
        f"reference_{name}": hashlib.sha256(references.source_of(loaded, name)[0]).hexdigest()
        for name in REFERENCES
    }
    return {
        "currency": loaded.currency,
        "currency_decimals": loaded.currency_decimals,
        "time_zone": loaded.time_zone,
        "settings": hashlib.sha256(
            (loaded.workspace / settings.SETTINGS_FILE).read_bytes()
        ).hexdigest(),
        **reference,
        **_versions(),
        "fingerprint": fingerprint(run),
    }


@cache
def _versions() -> dict[str, str]:
    """The packages whose version a report tells."""
    packages = ("tieout", "duckdb", "polars", "pyarrow", "great-expectations", "holidays")
    return {package: version(package) for package in (*packages, "xlsxwriter")}
