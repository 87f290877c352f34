"""Tenure's churn classifier beside the usual ones, on public and made-up tables, all with their defaults.

``python -m bench.churn [--small] [--peers] [TABLE …]`` takes the public tables from ``TENURE_TEST_DATA`` (or the folder
beside the checkout); ``--peers`` adds CatBoost from an environment of its own (``python3 run.py bench --peers``).
"""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.churn.contest import OURS, Contest, contest
from bench.churn.generated import GENERATED
from bench.churn.public import PUBLIC
from bench.churn.table import Table

SMALL_ROWS, SMALL_TABLES = 1_500, ("bank", "levels")


def main(arguments: list[str] | None = None) -> int:
    """Print every table's contest, and at the end where ours loses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="two tables of 1,500 rows, to see that it runs")
    parser.add_argument("--peers", action="store_true", help="also CatBoost")
    parser.add_argument("tables", nargs="*", metavar="TABLE")
    chosen = parser.parse_args(arguments)
    names = SMALL_TABLES if chosen.small else tuple(chosen.tables)
    done = []
    for table in _tables(names):
        part = table.part(SMALL_ROWS) if chosen.small else table
        done.append(contest(part, 3 if chosen.small else 5, chosen.peers))
        _tell(done[-1])
    lost = [f"{one.table}: {', '.join(one.lost)}" for one in done if one.lost]
    print("\nwhere the aim is missed:", *(lost or ["nowhere"]), sep="\n  ")
    return 0


def _tables(names: tuple[str, ...]) -> Iterator[Table]:
    data = Path(os.environ.get("TENURE_TEST_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
    for name in names or (*PUBLIC, *GENERATED):
        if name in GENERATED:
            yield GENERATED[name]()
        elif data.is_dir():
            yield PUBLIC[name](data)
        else:
            print(f"{name}: no public data in {data}; set TENURE_TEST_DATA to their folder")


def _tell(one: Contest) -> None:
    catboost = one.of("CatBoost")
    print(f"\n{one.table}: {one.rows:,} customers, {one.rate:.1%} left")
    heads = f"{'AUC':>8}{'PR-AUC':>8}{'log loss':>10}{'ECE':>8}{'by chance':>11}"
    print(f"  {'':<10}{heads}{'wall s':>8}{'CPU s':>8}{'of CatBoost':>13}")
    for who in one.entrants:
        share = "" if catboost is None else f"{who.cpu / catboost.cpu:.2f}"
        mark = "←" if who.family == OURS else ""
        print(
            f"  {who.family:<10}{who.auc:>8.4f}{who.precision:>8.4f}{who.log_loss:>10.4f}{who.ece:>8.4f}"
            f"{who.ece_by_chance:>11.4f}{who.wall:>8.1f}{who.cpu:>8.1f}{share:>13} {mark}",
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main())
