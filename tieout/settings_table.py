"""One table of tieout.toml, read strictly: what is unknown or of another kind is refused."""

from typing import Any

from tieout.faults import ExitCode, Fault

SETTINGS_FILE = "tieout.toml"


def place(key: str, number: int) -> str:
    """Where the number-th table headed [[key]] stands, in a reader's words; counted from 1."""
    return f"{SETTINGS_FILE} [[{key}]] number {number}"


def refuse_unknown_keys(table: dict[str, Any], known: tuple[str, ...], where: str) -> None:
    """Raises Fault (exit 2) for a key that is not known, listing those that are."""
    unknown = sorted(set(table) - set(known))
    if unknown:
        raise misuse(
            "settings-unknown-key",
            where,
            f"unknown key {', '.join(unknown)}",
            f"only {', '.join(known)}",
            "Remove the key or correct its spelling.",
        )


def text(
    table: dict[str, Any], key: str, *, default: str | None = None, where: str = SETTINGS_FILE
) -> str:
    """The text of a key. Raises Fault (exit 2) when it is missing, empty or no text."""
    value = table.get(key, default)
    if not isinstance(value, str) or not value:
        raise bad_value(key, value, "a non-empty text", where)
    return value


def bad_value(key: str, value: object, expected: str, where: str = SETTINGS_FILE) -> Fault:
    """The fault (exit 2) of a value that no workspace can have; None: the key is missing."""
    found = f"{key} is missing" if value is None else f"{key} = {value!r}"
    return misuse(
        "settings-bad-value", where, found, f"{key}: {expected}", f"Set {key} to {expected}."
    )


def misuse(code: str, where: str, found: str, expected: str, action: str) -> Fault:
    """A fault of the settings (exit 2)."""
    return Fault(code, ExitCode.MISUSE, where=where, found=found, expected=expected, action=action)
