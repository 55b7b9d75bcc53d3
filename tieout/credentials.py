"""Secrets come from the environment only and are never told."""

import os

from tieout.faults import ExitCode, Fault


def is_set(variable: str) -> bool:
    """Whether an environment variable holds anything."""
    return bool(os.environ.get(variable, "").strip())


def from_environment(variable: str, where: str) -> str:
    """The value of an environment variable. Raises Fault (exit 2) when it is not set."""
    if not is_set(variable):
        raise Fault(
            "variable-not-set",
            ExitCode.MISUSE,
            where=where,
            found=f"no value in the environment variable {variable}",
            expected=f"{variable} to be set where tieout runs",
            action=f"Set {variable}; credentials never stand in tieout.toml.",
        )
    return os.environ[variable].strip()


def hidden(text: str, *secrets: str) -> str:
    """The text without any of the secrets."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, "***")
    return text


def first_line(error: BaseException) -> str:
    """What an error of a library says first, or its kind when it says nothing."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
