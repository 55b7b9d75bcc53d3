"""The command line: a door onto the same steps as the Prefect flows (contract section 8).

Paths of results go to stdout, progress and messages to stderr.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter

import click

from tieout import __version__
from tieout.faults import WHAT_IS_PUBLISHED, ExitCode, Fault, refusals_as_faults

TIMINGS_FILE = "TIEOUT_TIMINGS"
"""Environment variable: a file to write the seconds of every step to, for benchmarks."""


class _BusinessDate(click.ParamType[date]):
    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        try:
            read = date.fromisoformat(str(value))
        except ValueError:
            read = None
        # the library takes weeks and dates without hyphens too
        if read is None or read.isoformat() != str(value):
            self.fail(f"{value!r} is not a date like 2018-12-16", param, ctx)
        return read


_workspace = click.option(
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    help="The workspace folder, with its tieout.toml.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def commands() -> None:
    """Find out, every night, where borrowers' repayments went."""


@commands.command()
@click.argument("business_date", type=_BusinessDate(), metavar="DATE")
@_workspace
def day(business_date: date, workspace: Path) -> None:
    """Reconcile one business date."""
    from tieout.day import STEPS, open_run

    with _seconds_kept() as seconds, open_run(workspace, business_date) as run:
        for step in STEPS:
            started = perf_counter()
            step.run(run)
            seconds[step.name] = perf_counter() - started
            click.echo(f"{step.name:<8} {seconds[step.name]:8.3f} s", err=True)
        for warning in run.warnings:
            click.echo(f"warning: {warning.observed}", err=True)
        click.echo(str(run.report))


@contextmanager
def _seconds_kept() -> Iterator[dict[str, float]]:
    """Seconds by step. A file for them is opened first: out of reach, it stops the day unbegun."""
    seconds: dict[str, float] = {}
    timings = os.environ.get(TIMINGS_FILE)
    if not timings:
        yield seconds
        return
    with Path(timings).open("w", encoding="utf-8") as file:
        yield seconds
        json.dump({"steps": seconds}, file)


@commands.command()
@click.argument("first", type=_BusinessDate())
@click.argument("last", type=_BusinessDate())
@click.option("--reason", required=True, help="Why these days are run again; kept in the log.")
@_workspace
def backfill(first: date, last: date, reason: str, workspace: Path) -> None:
    """Reconcile every date from FIRST to LAST, in order; resume where it stopped."""
    from tieout.backfill import backfill as past

    for report in past(workspace, first, last, reason):
        click.echo(str(report.folder))
        click.echo(
            f"{report.business_date} {'up to date' if report.was_current else 'reconciled'}",
            err=True,
        )


@commands.command()
@click.argument("business_date", type=_BusinessDate(), metavar="DATE")
@click.option(
    "--delivered",
    "delivery_day",
    type=_BusinessDate(),
    metavar="DATE",
    help="The day under which the files lie in the inbox; by default the day after DATE.",
)
@_workspace
def fetch(business_date: date, delivery_day: date | None, workspace: Path) -> None:
    """Fetch one business date from the databases and storages of tieout.toml into the inbox."""
    from tieout.fetch import fetch as into_inbox

    arrival = into_inbox(workspace, business_date, delivery_day)
    for path in arrival.delivered:
        click.echo(str(path))
    for address in arrival.absent:
        click.echo(f"no file yet: {address}", err=True)


@commands.command()
@click.argument("business_date", type=_BusinessDate(), metavar="DATE")
@_workspace
def notify(business_date: date, workspace: Path) -> None:
    """Tell the published figures of one business date to the services of tieout.toml."""
    from tieout.notify import notify as tell

    message = tell(workspace, business_date)
    click.echo(f"{message.title}\n{message.body}")


@commands.command()
@click.argument("break_id")
@_workspace
def explain(break_id: str, workspace: Path) -> None:
    """Tell what a break rests on, and why no matching pass took its entries."""
    from tieout.explain import explain as told

    click.echo(told(workspace, break_id), nl=False)


@commands.command()
@click.argument("business_date", type=_BusinessDate(), metavar="DATE")
@_workspace
def compare(business_date: date, workspace: Path) -> None:
    """Tell what the last restatement of a day cleared, opened and changed."""
    from tieout.compare import compare as told

    click.echo(told(workspace, business_date), nl=False)


@commands.command()
@click.option("--format", "format_name", metavar="NAME", help="Read the sample as this format.")
@click.option(
    "--sample",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file to show as it would be understood.",
)
@_workspace
def check(format_name: str | None, sample: Path | None, workspace: Path) -> None:
    """Check settings, formats and reference tables, or try a format on a sample file."""
    if (format_name is None) != (sample is None):
        raise click.UsageError("--format and --sample go together")
    for line in _checked(workspace, format_name, sample):
        click.echo(line)


def _checked(workspace: Path, format_name: str | None, sample: Path | None) -> Iterable[str]:
    if format_name is not None and sample is not None:
        from tieout.sample import check_sample

        return check_sample(workspace, format_name, sample)
    from tieout.day import check_workspace

    return check_workspace(workspace)


@commands.command()
@_workspace
def formats(workspace: Path) -> None:
    """List the known file formats, one line each."""
    from tieout.reading import describe, load_formats

    for _, known in sorted(load_formats(workspace / "formats").items()):
        click.echo(describe(known))


def main() -> None:
    """Run the command line; exit codes are those of the contract."""
    sys.exit(_exit_code(lambda: commands.main(standalone_mode=False)))


def _exit_code(run: Callable[[], object]) -> int:
    try:
        with refusals_as_faults():
            run()
    except Fault as fault:
        click.echo(fault.message(), err=True)
        return fault.exit_code
    except click.ClickException as misuse:
        misuse.show()
        return ExitCode.MISUSE
    except click.Abort:
        click.echo(f"stopped; {WHAT_IS_PUBLISHED}", err=True)
        return ExitCode.STOPPED
    return ExitCode.OK


if __name__ == "__main__":
    main()
