"""What a day found, told to a chat room or by mail: counts and money, nothing about a person.

Apprise knows the services (Slack, WeCom, DingTalk, Feishu, mail and others) by their address.
The words stand in words.toml, Chinese and English.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tieout import settings
from tieout.credentials import from_environment
from tieout.faults import ExitCode, Fault
from tieout.outside import NOTIFY_PLACE
from tieout.settings import Settings
from tieout.stored_files import as_a_run_wrote, stored_json
from tieout.texts import text, word
from tieout.words import SEVERITIES


@dataclass(frozen=True)
class Message:
    """A short text; the title is one line."""

    title: str
    body: str


def notify(workspace: Path, business_date: date, service: int | None = None) -> Message:
    """Tell what the published report of a day holds, and return what was told.

    `service`: the number of the one that is told; without it all are. Raises Fault: exit 2
    without a [notify] table, its variable or a report of that day, exit 17 when a service did
    not take the message.
    """
    loaded = settings.load(workspace)
    services = _services(loaded)
    folder = loaded.reports / business_date.isoformat()
    message = _published(folder)
    _send(services, service, message)
    return message


def notify_fault(
    workspace: Path, business_date: date, fault: Fault, service: int | None = None
) -> Message:
    """Tell that a day was not published, and return what was told. Raises as `notify`."""
    services = _services(settings.load(workspace))
    message = fault_message(business_date, fault)
    _send(services, service, message)
    return message


def service_numbers(loaded: Settings) -> range:
    """The numbers, from 1, of the services to tell.

    Raises Fault (exit 2) without a [notify] table or its variable, or for an unknown service.
    """
    return range(1, len(_services(loaded)) + 1)


def day_message(summary: Mapping[str, Any], report: Path) -> Message:
    """The figures of a summary.json, and where the report lies."""
    breaks, wronged = summary["breaks"], summary["wrongly_overdue"]
    currency = summary["currency"]
    severities = ", ".join(
        f"{word(severity)} {breaks['by_severity'][severity]['count']:,}"
        for severity in SEVERITIES
        if severity in breaks["by_severity"]
    )
    verdict = text("page", "verdict", "ties" if summary["ties"] else "apart")
    in_transit = summary["in_transit"]
    figures = {
        ("page", "actions", "open"): f"{breaks['count']:,}"
        + (f" ({severities})" if severities else ""),
        ("page", "actions", "refund"): f"{breaks['refund']} {currency}",
        ("page", "actions", "borrowers"): f"{wronged['borrowers']:,}",
        ("page", "actions", "stop"): f"{wronged['collections_to_stop']:,}",
        ("page", "actions", "bureau"): f"{wronged['records_to_correct']:,}",
        (
            "page",
            "in_transit",
            "title",
        ): f"{in_transit['count']:,}, {in_transit['amount']} {currency}",
        ("notification", "cleared"): f"{summary['cleared']:,}",
        ("notification", "rejected"): f"{summary['rejects']:,}",
        ("notification", "report"): str(report),
    }
    lines = [f"{text(*place)}: {figure}" for place, figure in figures.items()]
    counted = f"{text('notification', 'breaks')} {breaks['count']:,}"
    title = f"tieout {summary['business_date']}: {verdict}, {counted}"
    return Message(title, "\n".join([str(verdict), *lines]))


def fault_message(business_date: date, fault: Fault) -> Message:
    """That a day stopped, and where. What was found stays in the log, as it may quote a line."""
    return Message(
        f"tieout {business_date}: {text('notification', 'not_published')}",
        f"{fault.code} (exit {fault.exit_code.value})\n{fault.where}",
    )


def _addresses(loaded: Settings) -> list[str]:
    if loaded.notify_urls_from_env is None:
        raise Fault(
            "notify-not-configured",
            ExitCode.MISUSE,
            where=settings.SETTINGS_FILE,
            found="no [notify] table",
            expected='[notify] with urls_from_env = "..."',
            action="Add the table, and put the addresses into that environment variable.",
        )
    return from_environment(loaded.notify_urls_from_env, NOTIFY_PLACE).split()


def _published(folder: Path) -> Message:
    path = folder / "summary.json"
    if not path.exists():
        raise Fault(
            "day-not-published",
            ExitCode.MISUSE,
            where=str(folder),
            found="no summary.json",
            expected="the published report of that day",
            action="Run the day first.",
        )
    with as_a_run_wrote(path):
        return day_message(stored_json(path), folder.absolute() / "report.html")


def _services(loaded: Settings) -> list[tuple[str, Any]]:
    """Every service with the scheme of its address, the only part of it that may be shown."""
    import apprise

    addresses = _addresses(loaded)
    services = [apprise.Apprise.instantiate(address) for address in addresses]
    if None in services:
        raise Fault(
            "notify-address-unknown",
            ExitCode.MISUSE,
            where=NOTIFY_PLACE,
            found=f"address number {services.index(None) + 1} is none that Apprise knows",
            expected="addresses such as slack://..., feishu://... or mailto://...",
            action="Correct the value in the environment; a blank parts two addresses.",
        )
    schemes = [address.partition("://")[0] for address in addresses]
    return list(zip(schemes, services, strict=True))


def _send(services: Sequence[tuple[str, Any]], only: int | None, message: Message) -> None:
    refused = [
        f"number {number} ({scheme})"
        for number, (scheme, service) in enumerate(services, start=1)
        if only in (None, number) and not _takes(service, message)
    ]
    if refused:
        raise Fault(
            "notify-failed",
            ExitCode.NOT_NOTIFIED,
            where=NOTIFY_PLACE,
            found=f"not taken by address {', '.join(refused)}",
            expected="every service to take the message",
            action="Mend the address or wait for the service, then notify again.",
        )


def _takes(service: Any, message: Message) -> bool:
    import apprise

    one = apprise.Apprise(service)
    return bool(one.notify(message.body, message.title, body_format=apprise.NotifyFormat.TEXT))
