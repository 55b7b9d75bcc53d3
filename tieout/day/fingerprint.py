"""What a report was made from, told in hashes and versions."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from importlib.metadata import version
from importlib.resources import files

from tieout import references, settings
from tieout.day.run import Run
from tieout.publish import stored_digest
from tieout.reference_tables import REFERENCES


def fingerprint(run: Run) -> str:
    """A hash of all that a run's reports depend on, once its files are landed."""
    return _fingerprint(run, _agreed(run))


def facts(run: Run) -> dict[str, str | int]:
    """What summary.json tells of a run besides its figures."""
    agreed = _agreed(run)
    return {
        "currency": run.settings.currency,
        "currency_decimals": run.settings.currency_decimals,
        "time_zone": run.settings.time_zone,
        **agreed,
        **_versions(),
        "fingerprint": _fingerprint(run, agreed),
    }


def _agreed(run: Run) -> dict[str, str]:
    """The hash of the settings and of every reference table that counts."""
    loaded = run.settings
    told = {"settings": (loaded.workspace / settings.SETTINGS_FILE).read_bytes()}
    for name in REFERENCES:
        told[f"reference_{name}"] = references.source_of(loaded, name)[0]
    return {name: hashlib.sha256(content).hexdigest() for name, content in told.items()}


def _fingerprint(run: Run, agreed: Mapping[str, str]) -> str:
    told = hashlib.sha256()
    for model in run.warehouse.models.values():
        told.update(model.select.encode())
    for suite in sorted(files("tieout.expectations").iterdir(), key=lambda entry: entry.name):
        if suite.name.endswith(".json"):
            told.update(suite.read_bytes())
    for word in (*agreed.values(), *_versions().values()):
        told.update(word.encode())
    told.update(repr(run.warehouse.landing.inputs(run.business_date)).encode())
    day_before = run.business_date - timedelta(days=1)
    told.update(stored_digest(run.settings.reports, day_before).encode())
    return told.hexdigest()


@cache
def _versions() -> dict[str, str]:
    """The packages whose version a report tells."""
    packages = ("tieout", "duckdb", "polars", "pyarrow", "great-expectations", "holidays")
    return {package: version(package) for package in (*packages, "xlsxwriter")}
