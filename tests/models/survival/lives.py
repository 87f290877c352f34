"""Subscribers whose rate of leaving is known, many of whom come under watch long after they joined."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

EFFECTS = {"price": 0.6, "member": -0.8}
SHAPE, SCALE = 0.7, 40.0  # Weibull: those who have stayed leave more slowly


@dataclass(frozen=True)
class Subscribers:
    """What a business sees: columns, tenure at the end of watching, whether they left, tenure when watching began."""

    columns: pd.DataFrame
    tenure: NDArray[np.float64]
    lost: NDArray[np.bool_]
    entry: NDArray[np.float64]
    old: NDArray[np.bool_]


def true_survival(t: NDArray[np.float64], price: float, member: float, old: bool = False) -> NDArray[np.float64]:
    """Return the chance of staying until t; ``old`` tariffs are left twice as fast."""
    ratio = np.exp(EFFECTS["price"] * price + EFFECTS["member"] * member) * (2 if old else 1)
    return np.exp(-ratio * (np.asarray(t) / SCALE) ** SHAPE)


def draw_subscribers(n: int, seed: int, whole: bool = False) -> Subscribers:
    """Draw n who joined; half of them before anything was recorded, so that early leavers among them are unseen."""
    rng = np.random.default_rng(seed)
    columns = pd.DataFrame({"price": rng.normal(0, 1, n), "member": rng.random(n) < 0.4})
    old = rng.random(n) < 0.3
    ratio = np.exp(columns.to_numpy(dtype=float) @ np.array(list(EFFECTS.values()))) * np.where(old, 2, 1)
    life = SCALE * (rng.exponential(1, n) / ratio) ** (1 / SHAPE)
    entry = np.where(rng.random(n) < 0.5, rng.uniform(0, 60, n), 0.0)
    until = entry + rng.uniform(5, 60, n)
    if whole:
        life, entry, until = np.ceil(life), np.floor(entry), np.ceil(until)
    seen = life > entry
    end = np.minimum(life, until)
    return Subscribers(columns[seen].reset_index(drop=True), end[seen], (life <= until)[seen], entry[seen], old[seen])
