"""Prints the indicators; ``--record`` adds a line to the trend in ``docs/health.csv``."""

import csv
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.health import python_code, tests_code, web_code
from bench.health.indicator import Indicator
from bench.health.source import read

ROOT = Path(__file__).resolve().parents[2]
TREND = ROOT / "docs" / "health.csv"


def main(arguments: list[str]) -> None:
    """Measure, print, and record when asked to."""
    measured = measure(ROOT)
    Console().print(table(measured))
    if "--record" in arguments:
        record(measured, TREND)


def measure(root: Path) -> list[Indicator]:
    """Return all indicators of a checkout."""
    product, tests = read(root / "src" / "tenure", root / "src"), read(root / "tests", root)
    python = [*python_code.measure(product, root / ".importlinter"), *tests_code.measure(tests, product)]
    tracked = _git(root, "ls-files").splitlines()
    visible = sorted({name.split("/")[0] for name in tracked if name and name[0] != "."})
    return [*python, *web_code.measure(root / "web" / "src"), *tests_code.root(root, visible)]


def table(measured: list[Indicator]) -> Table:
    """Lay the indicators out for a terminal."""
    drawn = Table("", "indicator", "now", "target", "alarm", "furthest", box=None)
    for one in measured:
        alarm = "" if one.alarm is None else f"{one.alarm:g}"
        drawn.add_row(one.sign, one.name, _figures(one.values), _figures(one.targets), alarm, one.culprit)
    return drawn


def record(measured: list[Indicator], trend: Path) -> None:
    """Add a line to the trend; a file whose columns differ is begun anew below its own heading."""
    trend.parent.mkdir(exist_ok=True)
    heading = ["date", "commit", *(one.name for one in measured)]
    last = next((row for row in reversed(_rows(trend)) if row[:1] == ["date"]), None)
    line = [datetime.now(UTC).date().isoformat(), _git(ROOT, "rev-parse", "--short", "HEAD")]
    with trend.open("a", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if last != heading:
            writer.writerow(heading)
        writer.writerow([*line, *(_figures(one.values) for one in measured)])


def _rows(trend: Path) -> list[list[str]]:
    if not trend.exists():
        return []
    with trend.open(newline="") as file:
        return list(csv.reader(file))


def _figures(values: tuple[float, ...]) -> str:
    return " · ".join(f"{value:g}" for value in values)


def _git(root: Path, *command: str) -> str:
    done = subprocess.run(["git", *command], cwd=root, capture_output=True, text=True, check=False)
    return done.stdout.strip()


if __name__ == "__main__":
    main(sys.argv[1:])
