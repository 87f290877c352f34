"""The demo's predictions against its planted truth: ``python -m bench.truth [--small] [--end DAY] [--home DIR]``.

Builds the demo company in a workspace of its own as of a fixed day, or reads one that ``tenure demo`` made in
``--home`` (the folder of the workspace); then simulates the same company again and takes the truth nobody there knows.
"""

import argparse
import shutil
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pandas as pd
from sqlalchemy import text

from bench.truth import compare
from bench.truth.compare import Amount, Silence
from tenure import demo
from tenure.app import demo_company, wiring
from tenure.app import settings as environment
from tenure.app.progress import quiet
from tenure.app.wiring import Stores
from tenure.directory.workspace import service as workspace
from tenure.kit.clock import FixedClock
from tenure.kit.db import transaction

END = date(2026, 11, 1)
SMALL = 3_000
SLOPE = (0.9, 1.1)  # where the calibration slope must lie
Y95 = 0.95


def main(arguments: list[str] | None = None) -> int:
    """Print how near predictions came to the truth; returns 1 when the slope cannot be within its bounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help=f"{SMALL:,} customers")
    parser.add_argument("--home", type=Path, help="the folder of a demo workspace that is there already")
    parser.add_argument("--end", type=date.fromisoformat, default=END, help="as of which day (UTC); seasons differ")
    parser.add_argument("--customers", type=int, default=demo_company.CUSTOMERS)
    chosen = parser.parse_args(arguments)
    customers = SMALL if chosen.small else chosen.customers
    settings = environment.read({})
    if chosen.home is not None:
        with wiring.stores(settings, chosen.home.resolve()) as stores:
            return tell(*gather(stores, customers))
    home = Path(tempfile.mkdtemp(prefix="tenure-bench-"))
    home.chmod(0o755)
    settings, clock = replace(settings, home=home), FixedClock(datetime.combine(chosen.end, time(), UTC))
    try:
        with wiring.stores(settings, wiring.create_workspace(settings, "demo"), clock) as stores:
            demo_company.furnish(stores, quiet, "en", customers=customers)
            return tell(*gather(stores, customers))
    finally:
        shutil.rmtree(home, ignore_errors=True)


def gather(stores: Stores, customers: int, seed: int = demo_company.SEED) -> tuple[pd.DataFrame, int]:
    """Return predictions beside the truth for every customer, and the days of silence the risk is about."""
    with transaction(stores.engine) as session:
        as_of = session.execute(text("SELECT max(as_of) FROM refreshes")).scalar_one()
        predicted = pd.DataFrame(session.execute(text(_PREDICTED), {"as_of": as_of}).mappings().all())
        churn = workspace.read(session).scored_churn
    assert churn is not None
    end = as_of.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    made = demo.generate(
        seed, end=end, customers=customers, months=demo_company.MONTHS, silences=(90, churn.window_days)
    )
    truth = made.truth["risk"].to_pandas()
    truth = truth[truth["as_of"] == truth["as_of"].max()]
    truth = truth.rename(columns={f"expected_orders_{days}": f"truth_orders_{days}" for days in (90, 365)})
    twice = made.truth["duplicates"]["customer_id"].to_pandas()
    return compare.paired(predicted.infer_objects(), truth, twice), churn.window_days


def tell(rows: pd.DataFrame, window: int) -> int:
    """Print the tables."""
    found = compare.silences(rows, window)
    print(f"{len(rows):,} customers; who is silent for {window} days, of those who bought in the last {window}:")
    _tell_scores(found)
    print("who orders within 90 days, of everybody who ever bought:")
    _tell_scores([compare.next_orders(rows)])
    print(f"{'':<22}{'expected':>12}{'truth':>12}{'off':>8}{'came':>10}{'rank corr.':>12}{'error':>8}")
    for amount in compare.amounts(rows):
        _tell_amount(amount)
    print("error: mean absolute error as a share of that of the true mean for everybody")
    low, high = found[0].slope.interval(Y95)
    return int(low > SLOPE[1] or high < SLOPE[0])


def _tell_scores(found: list[Silence]) -> None:
    print(f"{'':<22}{'AUC':>8}{'±':>8}{'slope':>8}{'95 %':>16}{'ECE':>8}{'by chance':>11}")
    for one in found:
        low, high = one.slope.interval(Y95)
        between = f"{low:.2f} to {high:.2f}"
        print(
            f"{one.name:<22}{one.auc.value:>8.4f}{one.auc.standard_error:>8.4f}{one.slope.value:>8.3f}{between:>16}"
            f"{one.ece:>8.4f}{one.ece_by_chance:>11.4f}"
        )


def _tell_amount(one: Amount) -> None:
    came = "" if one.came is None else f"{one.came:,.0f}"
    print(
        f"{one.name:<22}{one.expected:>12,.0f}{one.truth:>12,.0f}{one.off:>+8.1%}{came:>10}{one.rank:>12.3f}"
        f"{one.error:>8.2f}"
    )


# Days since the last order as the product counts them: whole days of the shop's calendar before the instant.
_PREDICTED = """
SELECT customer_id, churn_risk, probability_of_order_90, value_90, value_365, expected_orders_90, expected_orders_365,
    extract(epoch FROM CAST(:as_of AS timestamptz) - last_order_at) / 86400 AS days_since_order
FROM customer_summaries"""


if __name__ == "__main__":
    sys.exit(main())
