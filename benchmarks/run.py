"""Measure a day of tieout against the bare script, on the same files, in one run.

    python benchmarks/run.py FOLDER [--debits 1000000 3000000] [--rounds 1]

FOLDER caches the generated workspaces. For every size: the workspace is made unless it is
there, then each round runs the bare script and `tieout day` from an empty warehouse, each as
a process of its own. See README.md beside this file for what the figures mean.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
TIEOUT = (sys.executable, "-c", "from tieout.cli import main; main()")
BARE_IMPORTS = "import duckdb"
TIEOUT_IMPORTS = (
    "import tieout.cli, tieout.day, tieout.guard, holidays.countries, pyarrow.parquet, xlsxwriter"
)


@dataclass(frozen=True)
class Cost:
    """What one process cost: seconds of wall and of user plus system time, peak MiB.

    `start_up`: wall seconds of a process that only imports the same libraries and ends.
    """

    wall: float
    cpu: float
    peak: float
    start_up: float

    @property
    def work(self) -> float:
        """Wall seconds beyond the start-up."""
        return self.wall - self.start_up


def measure(command: list[str], environment: dict[str, str]) -> tuple[float, float, float, str]:
    """Run a process to its end: wall seconds, CPU seconds, peak MiB, standard output."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said


def import_seconds(statement: str, environment: dict[str, str]) -> float:
    """Wall seconds of a process that only imports."""
    return measure([sys.executable, "-c", statement], environment)[0]


def run_bare(workspace: Path) -> tuple[Cost, int]:
    """The bare script; the rows it found to differ."""
    output = workspace / "bare.parquet"
    command = [sys.executable, str(HERE / "bare.py"), str(workspace), str(output)]
    wall, cpu, peak, said = measure(command, {})
    output.unlink()
    return Cost(wall, cpu, peak, import_seconds(BARE_IMPORTS, {})), int(said)


def run_tieout(workspace: Path) -> tuple[Cost, int, dict[str, float]]:
    """`tieout day` from an empty warehouse; its breaks and the seconds of every step."""
    for left in workspace.glob("warehouse.duckdb*"):
        left.unlink()
    shutil.rmtree(workspace / "reports", ignore_errors=True)
    timings = workspace / "timings.json"
    last_day = (workspace / "last_day").read_text(encoding="utf-8")
    command = [*TIEOUT, "day", last_day, "--workspace", str(workspace)]
    paths = [str(HERE.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {"PYTHONPATH": os.pathsep.join(paths)}
    wall, cpu, peak, _ = measure(command, {**environment, "TIEOUT_TIMINGS": str(timings)})
    told = json.loads(timings.read_text(encoding="utf-8"))
    with (workspace / "reports" / last_day / "breaks.csv").open("rb") as lines:
        breaks = sum(1 for _ in lines) - 1
    start_up = import_seconds(TIEOUT_IMPORTS, environment)
    return Cost(wall, cpu, peak, start_up), breaks, told["steps"]


def middle(costs: list[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(
        *(
            statistics.median(getattr(cost, name) for cost in costs)
            for name in ("wall", "cpu", "peak", "start_up")
        )
    )


def report(debits: int, workspace: Path, rounds: int) -> None:
    """Measure one size and print it."""
    inputs = [path for path in (workspace / "inbox").rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in inputs) / 1e6
    lines = 0
    for path in inputs:
        with path.open("rb") as content:
            lines += sum(block.count(b"\n") for block in iter(lambda: content.read(1 << 24), b""))
    bare_costs, tieout_costs, steps = [], [], []
    for _ in range(rounds):
        cost, differing = run_bare(workspace)
        bare_costs.append(cost)
        cost, breaks, seconds = run_tieout(workspace)
        tieout_costs.append(cost)
        steps.append(seconds)
    bare, tieout = middle(bare_costs), middle(tieout_costs)
    print(f"\n{debits:,} debits: {len(inputs)} files, {size:,.0f} MB, {lines:,} lines")
    print(f"{'':12}{'wall s':>9}{'cpu s':>9}{'peak MiB':>10}{'start s':>9}{'work s':>9}  found")
    for name, cost, found in (
        ("bare script", bare, f"{differing:,} rows differ"),
        ("tieout day", tieout, f"{breaks:,} breaks"),
    ):
        print(
            f"{name:12}{cost.wall:9.2f}{cost.cpu:9.2f}{cost.peak:10.0f}"
            f"{cost.start_up:9.2f}{cost.work:9.2f}  {found}"
        )
    print(
        f"{'ratio':12}{tieout.wall / bare.wall:8.1f}x{tieout.cpu / bare.cpu:8.1f}x"
        f"{tieout.peak / bare.peak:9.1f}x{'':9}{tieout.work / bare.work:8.1f}x"
    )
    for step in steps[0]:
        print(f"    {step:28}{statistics.median(taken[step] for taken in steps):9.3f} s")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--debits", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--rounds", type=int, default=1)
    arguments = parser.parse_args()
    for debits in arguments.debits:
        workspace: Path = arguments.folder / f"{debits}_debits"
        if not (workspace / "last_day").exists():
            make = [sys.executable, HERE / "generate.py", workspace, "--debits", str(debits)]
            subprocess.run(make, check=True)
        report(debits, workspace, arguments.rounds)


if __name__ == "__main__":
    main()
