"""One business date on its way through the rooms, and what is done to it on the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa

from tieout.reading import Format
from tieout.settings import Settings
from tieout.warehouse import Warehouse


@dataclass(frozen=True)
class Warned:
    """What a run can live with and people should know: shown beside the expectations."""

    relation: str
    expectation: str
    observed: str
    expected: str


@dataclass
class Run:
    """One business date on its way through the rooms."""

    settings: Settings
    business_date: date
    formats: Mapping[str, Format]
    warehouse: Warehouse
    warnings: list[Warned] = field(default_factory=list)
    expectations: pa.Table | None = None
    report: Path | None = None


@dataclass(frozen=True)
class Step:
    """One thing done to a run, in the room whose work it is."""

    name: str
    room: str
    run: Callable[[Run], None]
