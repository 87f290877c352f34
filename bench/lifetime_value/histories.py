"""The data of the bench: CDNOW, Online Retail, donors, and a million customers drawn."""

from pathlib import Path

import numpy as np
import pandas as pd

from bench.models import simulate
from tenure.app.verification.buy_till_you_die import DONORS, Shop
from tenure.models import CustomerHistory, history_from_orders
from tenure.models.base import Vector

Columns = dict[str, Vector]


def cdnow(data: Path) -> Columns:
    """Read the full cohort of CDNOW to 1997-09-30, in weeks."""
    return _columns(Shop.read(data, "master").history)


def online_retail(data: Path) -> Columns:
    """Read Online Retail to 2011-06-30, in days: hardly anybody seems to leave."""
    rows = pd.read_parquet(data / "online-retail" / "online_retail.parquet")
    rows = rows[rows["CustomerID"].notna() & ~rows["InvoiceNo"].astype(str).str.startswith("C")]
    day = (rows["InvoiceDate"] - pd.Timestamp("2010-12-01")).dt.days
    return _columns(history_from_orders(rows["CustomerID"], day, rows["Quantity"] * rows["UnitPrice"], 211))


def drawn(n: int) -> Columns:
    """Draw BG/NBD lives, in whole days."""
    return _columns(simulate(n))


def unrounded(n: int, seed: int = 1) -> Columns:
    """Draw the same lives with every moment told exactly, so that hardly two customers share a history."""
    rng, past = np.random.default_rng(seed), drawn(n)
    again = past["frequency"] > 0
    return {**past, "recency": np.where(again, past["recency"] - rng.random(n), 0.0), "T": past["T"] + rng.random(n)}


def donors() -> Columns:
    """Repeat the published counts of donors."""
    x, recency, weights = np.array(DONORS, dtype=np.float64).T
    repeated = [np.repeat(column, weights.astype(np.int64)) for column in (x, recency, np.full(len(x), 6.0))]
    return dict(zip(("frequency", "recency", "T"), repeated, strict=True))


def occasions(n: int, seed: int = 0) -> Columns:
    """Draw BG/BB customers of a weekly occasion, watched for half a year to a year."""
    rng = np.random.default_rng(seed)
    take, leave, seen = rng.beta(0.7, 4, n), rng.beta(0.6, 12, n), rng.integers(26, 53, n)
    life = np.minimum(rng.geometric(leave) - 1, seen)
    x = rng.binomial(life, take).astype(np.float64)
    # the last of x different occasions among those lived through
    last = np.ceil(life * rng.random(n) ** (1 / np.maximum(x, 1)))
    return {"frequency": x, "recency": np.where(x > 0, np.maximum(last, x), 0.0), "T": seen.astype(np.float64)}


def contracts(n: int, seed: int = 0) -> Columns:
    """Draw sBG contracts, renewed monthly, watched for one month to five years."""
    rng = np.random.default_rng(seed)
    life, until = rng.geometric(rng.beta(0.7, 1.2, n).clip(1e-9)), rng.integers(1, 61, n)
    return {"tenure": np.minimum(life, until).astype(np.float64), "lost": (life <= until).astype(np.float64)}


def _columns(past: CustomerHistory) -> Columns:
    return {"frequency": past.frequency, "recency": past.recency, "T": past.T, "spend": past.monetary_value}
