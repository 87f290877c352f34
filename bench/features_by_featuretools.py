"""The features featuretools makes of the same orders and events, in its own environment: the seconds they take.

``.venv/peers/bin/python -m bench.features_by_featuretools FOLDER AS_OF`` reads ``orders.csv`` and ``events.csv`` and
prints JSON. Everything before the instant is looked at, then the last 30, 90 and 365 days, as our windows do.
"""

import json
import sys
import time
import warnings
from pathlib import Path

import featuretools as ft  # type: ignore[import-not-found]
import pandas as pd

WINDOWS = (None, "30 days", "90 days", "365 days")
OVER_ALL = ("count", "sum", "mean", "min", "max", "std", "num_unique", "mode", "time_since_last", "time_since_first")
IN_WINDOW = ("count", "sum", "mean", "num_unique")


def main(folder: Path, as_of: pd.Timestamp) -> dict[str, object]:
    """Compute the feature matrix of every customer; returns seconds and how many numbers it holds."""
    orders = pd.read_csv(folder / "orders.csv", parse_dates=["ordered_at"])
    events = pd.read_csv(folder / "events.csv", parse_dates=["occurred_at"])
    customers = pd.DataFrame({"customer_id": sorted(set(orders.customer_id) | set(events.customer_id))})
    wall, cpu = time.perf_counter(), time.process_time()
    tables = ft.EntitySet("shop")
    tables.add_dataframe(dataframe_name="customers", dataframe=customers, index="customer_id")
    tables.add_dataframe(dataframe_name="orders", dataframe=orders, index="order_id", time_index="ordered_at")
    tables.add_dataframe(dataframe_name="events", dataframe=events, index="event_id", time_index="occurred_at")
    for name in ("orders", "events"):
        tables.add_relationship("customers", "customer_id", name, "customer_id")
    tables.add_last_time_indexes()
    columns = 0
    for window in WINDOWS:
        matrix, _ = ft.dfs(
            entityset=tables,
            target_dataframe_name="customers",
            agg_primitives=list(OVER_ALL if window is None else IN_WINDOW),
            trans_primitives=[],
            cutoff_time=as_of,
            training_window=window,
            max_depth=1,
        )
        columns += matrix.shape[1]
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "columns": columns}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    print(json.dumps(main(Path(sys.argv[1]), pd.Timestamp(sys.argv[2]))))
