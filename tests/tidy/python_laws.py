"""The laws of Python in this repository. Each law: where a file stands, its text -> offences."""

import ast
import sys
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

Law = Callable[[PurePosixPath, str], list[str]]

HOMES = {
    "prefect": ("flows",),
    "polars": ("tieout/reading", "tieout/publish"),
    "duckdb": ("tieout/warehouse",),
    "great_expectations": ("tieout/guard",),
    "duckdb_sqlalchemy": ("tieout/guard",),
    "sqlalchemy": ("tieout/guard",),
    "numpy": ("tieout/assignment", "tieout/reading"),
    "scipy": ("tieout/assignment",),
    "jinja2": ("tieout/publish",),
    "xlsxwriter": ("tieout/publish/xlsx_file",),
    "lxml": ("tieout/reading",),
    "mt940": ("tieout/reading",),
    "click": ("tieout/cli",),
    "adbc_driver_postgresql": ("tieout/fetching",),
    "connectorx": ("tieout/fetching",),
    "fsspec": ("tieout/fetching",),
    "apprise": ("tieout/notify",),
}
ROOMS = ("fetching", "reading", "warehouse", "assignment", "guard", "publish")
WORDS = (
    *("words", "texts", "faults", "relations", "feeds", "reference_tables"),
    *("credentials", "own_files", "stored_files", "to_disk", "side_by_side"),
)
STANDARD_LIBRARY_ONLY = ("words", "texts", "faults", "to_disk", "side_by_side")
LUMBER_ROOMS = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
CLOCKS = {
    *("now", "today", "utcnow", "utcfromtimestamp", "localtime", "gmtime"),
    *("uuid1", "uuid4", "urandom", "getrandbits"),
}
WHERE_FLOATS_ARE_NO_MONEY = (
    "tieout/cli",  # seconds that a step took
    "tieout/assignment/optimum",  # whole numbers for a solver, refused when inexact
)

RANDOM_MODULES = {"random", "secrets"}


def imports(text: str) -> Iterator[str]:
    """Dotted names of everything a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def stands_in(path: PurePosixPath, home: str) -> bool:
    """Whether the file is that module or lies in that package."""
    whole = path.with_suffix("").as_posix()
    return whole == home or whole.startswith(f"{home}/")


def room_of(path: PurePosixPath) -> str:
    """The first name below tieout/: the room, or the module."""
    return path.with_suffix("").parts[1] if path.parts[0] == "tieout" else path.parts[0]


def one_library_one_room(path: PurePosixPath, text: str) -> list[str]:
    found = {name.partition(".")[0] for name in imports(text)}
    return [
        f"{library} belongs in {' or '.join(HOMES[library])}"
        for library in sorted(found & set(HOMES))
        if not any(stands_in(path, home) for home in HOMES[library])
    ]


def words_import_the_standard_library_only(path: PurePosixPath, text: str) -> list[str]:
    if room_of(path) not in STANDARD_LIBRARY_ONLY:
        return []
    outside = {name.partition(".")[0] for name in imports(text)} - set(sys.stdlib_module_names)
    return [f"imports {name}" for name in sorted(outside)]


def rooms_know_only_themselves_and_the_words(path: PurePosixPath, text: str) -> list[str]:
    room = room_of(path)
    if path.parts[0] != "tieout" or room not in ROOMS:
        return []
    ours = {name.split(".")[1] for name in imports(text) if name.startswith("tieout.")}
    return [f"{room} imports {other}" for other in sorted(ours - {room, *WORDS, "__version__"})]


def nothing_imports_a_door(path: PurePosixPath, text: str) -> list[str]:
    doors = {name for name in imports(text) if name.split(".")[0] == "flows"}
    if path.parts[0] == "tieout":
        doors |= {name for name in imports(text) if name.startswith("tieout.cli")}
    if path.parts[0] == "flows":
        doors = set()
    return [f"imports the door {name}" for name in sorted(doors)]


def no_lumber_room(path: PurePosixPath, text: str) -> list[str]:
    return [f"named {part}" for part in path.with_suffix("").parts if part in LUMBER_ROOMS]


def no_clock_and_no_chance(path: PurePosixPath, text: str) -> list[str]:
    offences = []
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in CLOCKS:
                offences.append(f"line {node.lineno}: {name}()")
            case ast.Call(func=ast.Attribute(value=ast.Name(id="time"), attr="time" | "time_ns")):
                offences.append(f"line {node.lineno}: the clock")
    modules = {name.partition(".")[0] for name in imports(text)} & RANDOM_MODULES
    return [*offences, *(f"imports {name}" for name in sorted(modules))]


def no_float(path: PurePosixPath, text: str) -> list[str]:
    if any(stands_in(path, place) for place in WHERE_FLOATS_ARE_NO_MONEY):
        return []
    offences = []
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Name(id="float"):
                offences.append(f"line {node.lineno}: float")
            case ast.Attribute(attr="float32" | "float64" | "Float32" | "Float64"):
                offences.append(f"line {node.lineno}: {node.attr}")
            case ast.Constant(value=float()):
                offences.append(f"line {node.lineno}: {node.value}")
    return offences


LAWS: tuple[Law, ...] = (
    one_library_one_room,
    words_import_the_standard_library_only,
    rooms_know_only_themselves_and_the_words,
    nothing_imports_a_door,
    no_lumber_room,
    no_clock_and_no_chance,
    no_float,
)
