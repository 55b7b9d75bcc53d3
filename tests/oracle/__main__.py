"""Try many worlds: `python -m tests.oracle --seeds 0:300 --loans 500`, or one: `--seed 7`."""

import argparse
from pathlib import Path

from tests.oracle.agreement import disagreements_of
from tests.oracle.world import CLOCK_CHANGES, make_world


def main() -> int:
    """Print every disagreement; the exit code is 1 when there is any."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("--seed", type=int, help="one seed")
    parser.add_argument("--seeds", default="0:10", metavar="FIRST:END", help="a range of seeds")
    parser.add_argument("--loans", type=int, default=200, help="loans per world")
    parser.add_argument("--calm", action="store_true", help="no faults of files or settlement")
    parser.add_argument(
        "--time-zone",
        choices=sorted(CLOCK_CHANGES),
        help="where clocks were changed the day before",
    )
    parser.add_argument("--write", type=Path, help="only write the workspace of --seed there")
    chosen = parser.parse_args()
    first, end = (int(part) for part in chosen.seeds.split(":"))
    seeds = range(first, end) if chosen.seed is None else [chosen.seed]
    failing = 0
    for seed in seeds:
        world = make_world(seed, chosen.loans, calm=chosen.calm, time_zone=chosen.time_zone)
        if chosen.write:
            world.write(chosen.write)
            print(f"{chosen.write}: business date {world.day}")
            continue
        found = disagreements_of(world)
        for line in found:
            print(f"  {line}")
        options = " --calm" if chosen.calm else ""
        options += f" --time-zone {chosen.time_zone}" if chosen.time_zone else ""
        print(
            f"seed {seed}: {len(found)} disagreements about {world.day}"
            + (
                f" (python -m tests.oracle --seed {seed} --loans {chosen.loans}{options})"
                if found
                else ""
            ),
            flush=True,
        )
        failing += bool(found)
    return 1 if failing else 0


if __name__ == "__main__":
    raise SystemExit(main())
