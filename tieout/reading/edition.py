"""Which edition of the code reads: what another edition read is read again."""

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files

from tieout.words import Sha256

_LIBRARIES = ("polars", "pyarrow", "lxml", "python-calamine", "mt-940")


@cache
def edition() -> Sha256:
    """A hash of the modules that read, of the feeds they read into and of their libraries."""
    package = files("tieout")
    modules = [entry for entry in (package / "reading").iterdir() if entry.name.endswith(".py")]
    told = hashlib.sha256()
    for module in sorted(modules, key=lambda entry: entry.name):
        told.update(module.read_bytes())
    for name in ("feeds.py", "relations.py"):
        told.update((package / name).read_bytes())
    for library in _LIBRARIES:
        told.update(version(library).encode())
    return Sha256(told.hexdigest())
