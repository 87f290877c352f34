"""Purchases to come, judged by rolling origin: ours beside recency, BG/NBD and Pareto/NBD; ``python -m bench.forecast``.

The public sets are taken from ``TENURE_TEST_DATA`` (or the folder beside the checkout); the made-up company needs nothing.
``--small`` takes the sample of CDNOW alone.
"""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd

from tenure.demo import company
from tenure.models import purchase_log, rolling_origin
from tenure.models.purchase_forecast.purchase_log import PurchaseLog

DATA = Path(os.environ.get("TENURE_TEST_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")
MODELS = ("forecast", "recency", "bg_nbd", "pareto_nbd")
CUSTOMERS = 20_000
Case = tuple[str, PurchaseLog, Sequence[str], int]


def cases(small: bool) -> Iterator[Case]:
    """Yield a name, the purchases, the days to ask on, and how many days ahead."""
    if (DATA / "cdnow").is_dir():
        rows = pd.read_csv(DATA / "cdnow" / "cdnow_sample.csv.gz", parse_dates=["date"])
        sample = purchase_log(rows["customer_id"], rows["date"], rows["amount"])
        yield "CDNOW sample, 39 weeks", sample, ["1997-10-01"], 273
        yield "CDNOW sample, 13 weeks", sample, ["1997-07-02", "1997-10-01", "1997-12-31", "1998-04-01"], 91
    else:
        print(f"no public data in {DATA}; set TENURE_TEST_DATA to their folder")
    if small:
        return
    if (DATA / "online-retail").is_dir():
        retail = online_retail()
        yield "Online Retail, 90 days", retail, ["2011-04-01", "2011-06-01", "2011-07-01", "2011-09-01"], 90
        yield "Online Retail, from July to the end", retail, ["2011-07-01"], 162
    made = company.generate(7, end=datetime(2026, 11, 1), customers=CUSTOMERS).tables["orders"].to_pandas()
    made = made[made["customer_id"].notna() & (made["status"] == "paid")]
    log = purchase_log(made["customer_id"], made["ordered_at"], made["amount"].astype(float))
    yield f"made-up company, {CUSTOMERS:,} customers, 90 days", log, ["2026-01-01", "2026-05-01", "2026-08-01"], 90


def online_retail() -> PurchaseLog:
    """Read the invoices of Online Retail, one purchase per customer and day; what was sent back counts against it."""
    rows = pd.read_parquet(next((DATA / "online-retail").glob("*.parquet")))
    rows = rows[rows["CustomerID"].notna()]
    spent = rows["Quantity"] * rows["UnitPrice"].astype(float)
    return purchase_log(rows["CustomerID"].astype(int), pd.to_datetime(rows["InvoiceDate"]), spent)


def main() -> int:
    """Print for every set and model the means over the days asked on; errors of totals as the mean of their sizes."""
    for name, log, origins, ahead in cases("--small" in sys.argv[1:]):
        begun = time.process_time()
        judged = rolling_origin(log, origins, horizon=ahead)
        spent = time.process_time() - begun
        print(f"\n{name}: {len(log.ids):,} customers, {len(origins)} days asked on, {spent:.1f} s of processor")
        print(f"  {'':12} {'AUC':>6} {'RMSE':>7} {'RMSE money':>11} {'total off':>10} {'money off':>10}")
        for model in MODELS:
            auc, rmse, money, total, worth = (
                judged.mean(model, figure)
                for figure in ("auc", "rmse", "rmse_value", "total_error", "total_error_value")
            )
            print(f"  {model:12} {auc:6.4f} {rmse:7.4f} {money:11.2f} {total:10.1%} {worth:10.1%}")
        inside = np.mean([row.total_covered for row in judged.of("forecast")])
        print(
            f"  90 % interval of the total held on {inside:.0%} of the days; who answered: {', '.join(judged.chosen)}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
