"""Public tables: Telco as published, and others derived from raw orders and events as they were known at a date."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from bench.churn.table import Table

DAY = pd.Timedelta(days=1)
SECONDS = 86_400.0


def telco(data: Path) -> Table:
    """IBM's Telco customers, as published but for the number of the customer."""
    rows = pd.read_csv(data / "telco-churn" / "telco_churn.csv.gz")
    left = (rows["Churn"] == "Yes").to_numpy()
    return Table("telco", rows.drop(columns=["Churn", "customerID"]), left)


def cdnow(data: Path) -> Table:
    """CDNOW customers at 1997-09-30: who does not buy in the 39 weeks after?"""
    rows = pd.read_csv(data / "cdnow" / "cdnow_master.csv.gz", parse_dates=["date"])
    rows = rows.rename(columns={"customer_id": "customer", "date": "at"})
    as_of = pd.Timestamp("1997-10-01")
    table = shop_features(rows.assign(item=rows["cds"]), as_of)
    return Table("cdnow", table.reset_index(drop=True), ~table.index.isin(rows.loc[rows["at"] >= as_of, "customer"]))


def online_retail(data: Path) -> Table:
    """Customers of a gift-ware shop at 2011-09-01: who does not buy in the 90 days after?"""
    columns = ["InvoiceNo", "InvoiceDate", "CustomerID", "Quantity", "UnitPrice", "Country"]
    rows = pd.read_parquet(data / "online-retail" / "online_retail.parquet", columns=columns)
    rows = rows[rows["CustomerID"].notna()]
    rows = rows.assign(amount=rows["Quantity"] * rows["UnitPrice"], at=pd.to_datetime(rows["InvoiceDate"]))
    rows = rows.rename(columns={"CustomerID": "customer", "Quantity": "item"})
    sales, returned = rows[rows["amount"] > 0], rows[rows["amount"] < 0]
    as_of, until = pd.Timestamp("2011-09-01"), pd.Timestamp("2011-09-01") + 90 * DAY
    table = shop_features(sales, as_of)
    returned = returned[returned["at"] < as_of].groupby("customer")["amount"].agg(["size", "sum"])
    country = sales[sales["at"] < as_of].groupby("customer")["Country"].last()
    table = table.join(returned.rename(columns={"size": "returns", "sum": "returned"})).join(country)
    later = sales.loc[(sales["at"] >= as_of) & (sales["at"] < until), "customer"]
    return Table("online retail", table.reset_index(drop=True), ~table.index.isin(later))


def clickstream(data: Path) -> Table:
    """Visitors of an electronics shop at 2024-05-01: who does not come back in the 30 days after?"""
    rows = pd.read_csv(data / "ecom-clickstream" / "ecom_events.csv.gz", parse_dates=["timestamp"])
    as_of = pd.Timestamp("2024-05-01")
    past = rows[rows["timestamp"] < as_of]
    late = past[past["timestamp"] >= as_of - 30 * DAY]
    by = past.groupby("user_id")
    table = pd.DataFrame({
        "days_silent": (as_of - by["timestamp"].max()).dt.total_seconds() / SECONDS,
        "days_known": (as_of - by["timestamp"].min()).dt.total_seconds() / SECONDS,
        "sessions": by["session_id"].nunique(),
        "events": by.size(),
    }).join(past.groupby(["user_id", "event"]).size().unstack(fill_value=0).add_prefix("event "))  # fmt: skip
    table = table.assign(sessions_30=late.groupby("user_id")["session_id"].nunique()).fillna({"sessions_30": 0})
    table = table.join(by[["platform", "acquisition_channel", "user_cohort"]].last())
    after = rows[(rows["timestamp"] >= as_of) & (rows["timestamp"] < as_of + 30 * DAY)]
    return Table("clickstream", table.reset_index(drop=True), ~table.index.isin(after["user_id"]))


def hillstrom(data: Path) -> Table:
    """A retailer's customers before an e-mail test: who does not visit in the two weeks after?"""
    rows = pd.read_parquet(data / "hillstrom" / "hillstrom.parquet")
    outcomes = ["visit", "conversion", "spend"]
    return Table("hillstrom", rows.drop(columns=outcomes), (rows["visit"] == 0).to_numpy())


def shop_features(orders: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Compute one row per customer from orders (customer, at, amount, item) strictly before a date."""
    past = orders[orders["at"] < as_of]
    dated = past.assign(day=past["at"].dt.normalize())
    days = dated.groupby(["customer", "day"]).agg(amount=("amount", "sum"), items=("item", "sum")).reset_index()
    gap = days.groupby("customer")["day"].diff().dt.total_seconds() / SECONDS
    by = days.assign(gap=gap).groupby("customer")
    silent = (as_of - by["day"].max()).dt.total_seconds() / SECONDS
    known = (as_of - by["day"].min()).dt.total_seconds() / SECONDS
    table = pd.DataFrame({
        "days_silent": silent, "days_known": known, "orders": by.size(), "spend": by["amount"].sum(),
        "mean_order": by["amount"].mean(), "largest_order": by["amount"].max(), "items": by["items"].sum(),
        "mean_gap": by["gap"].mean(), "longest_gap": by["gap"].max(), "spread_of_gaps": by["gap"].std(),
        "silence_in_gaps": silent / by["gap"].mean(), "last_order": by["amount"].last(),
    })  # fmt: skip
    for window in (30, 60, 90, 180):
        recent = days[days["day"] >= as_of - window * DAY].groupby("customer")
        counts = pd.DataFrame({f"orders_{window}": recent.size(), f"spend_{window}": recent["amount"].sum()})
        table = table.join(counts.reindex(table.index).fillna(0.0))
    return table.replace([np.inf, -np.inf], np.nan)


PUBLIC: dict[str, Callable[[Path], Table]] = {
    make.__name__: make for make in (telco, cdnow, online_retail, clickstream, hillstrom)
}
