"""Values with 95 % intervals from sums, for all windows and segments at once; arrays in, arrays out."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Z = 1.959963984540054  # the 97.5 % quantile of the normal distribution
REPLICATES = 1000
BUCKETS = 200  # units are dealt into so many hands before resampling: the spread is kept, the work is not
Array = npt.NDArray[np.float64]


class Estimate(NamedTuple):
    """Values with lower and upper bounds; nan where there is nothing to say."""

    value: Array
    low: Array
    high: Array


def ratio(above: Array, below: Array) -> Array:
    """Divide; nan where there is nothing below the line."""
    out: Array = np.full(np.broadcast(above, below).shape, np.nan)
    np.divide(above, below, out=out, where=below != 0)
    return out


def wilson(k: Array, n: Array) -> Estimate:
    """Wilson's score interval for k out of n; stays inside 0..1 and honest for small n."""
    p = ratio(k, n)
    centre = ratio(k + Z**2 / 2, n + Z**2)
    half = ratio(Z * np.sqrt(np.maximum(p * (1 - p) * n + Z**2 / 4, 0)), n + Z**2)
    return Estimate(p, np.clip(centre - half, 0, 1), np.clip(centre + half, 0, 1))


def delta(x: Array, y: Array, xx: Array, xy: Array, yy: Array) -> Estimate:
    """Interval of sum(x) / sum(y) over independent units by linearisation (delta method)."""
    value = ratio(x, y)
    spread = np.sqrt(np.maximum(xx - 2 * value * xy + value**2 * yy, 0))
    half = Z * ratio(spread, np.abs(y))
    return Estimate(value, value - half, value + half)


def total(x: Array, xx: Array) -> Estimate:
    """Interval of a sum whose units come independently (compound Poisson): how far it would move by chance alone."""
    half = Z * np.sqrt(xx)
    return Estimate(x, x - half, x + half)


def bootstrap(x: Array, y: Array, seed: int) -> Estimate:
    """Percentile interval of sum(x) / sum(y); rows are cases, columns the buckets their units were dealt into."""
    rng = np.random.default_rng(seed)
    hands = x.shape[1]
    weights = rng.multinomial(hands, np.full(hands, 1 / hands), size=REPLICATES).astype(np.float64)
    replicates = ratio(x @ weights.T, y @ weights.T)
    low, high = np.full(len(x), np.nan), np.full(len(x), np.nan)
    told = np.isfinite(replicates).any(axis=1)
    if told.any():
        low[told], high[told] = np.nanquantile(replicates[told], (0.025, 0.975), axis=1)
    return Estimate(ratio(x.sum(axis=1), y.sum(axis=1)), low, high)


def median(values: Array, counts: Array, seed: int) -> Estimate:
    """Median of values that occur ``counts`` times, with a bootstrap interval; one case at a time."""
    if counts.sum() == 0:
        return Estimate(*(np.array([np.nan]) for _ in range(3)))
    order = np.argsort(values)
    values, counts = values[order], counts[order]
    n = int(counts.sum())
    drawn = np.random.default_rng(seed).multinomial(n, counts / n, size=REPLICATES)
    low, high = np.quantile(_middles(values, drawn), (0.025, 0.975))
    return Estimate(_middles(values, counts[None, :].astype(np.int64)), np.array([low]), np.array([high]))


def _middles(values: Array, counts: npt.NDArray[np.int64]) -> Array:
    upto = counts.cumsum(axis=1)
    n = upto[:, -1:]
    lower, upper = ((upto < rank).sum(axis=1) for rank in ((n + 1) // 2, n // 2 + 1))
    middle: Array = (values[lower] + values[upper]) / 2
    return middle


class Curve(NamedTuple):
    """A Kaplan-Meier curve of the probability that the event has come, by time, with Greenwood's log-log interval."""

    time: Array
    probability: Array
    low: Array
    high: Array
    at_risk: Array


def kaplan_meier(time: Array, event: Array, counts: Array) -> Curve:
    """Estimate the probability of the event by time; ``counts`` units share a time and whether it was an event."""
    if counts.sum() == 0:
        return Curve(*(np.array([]) for _ in range(5)))
    times, place = np.unique(time, return_inverse=True)
    events: Array = np.bincount(place, weights=counts * event, minlength=len(times)).astype(np.float64)
    leaving: Array = np.bincount(place, weights=counts, minlength=len(times)).astype(np.float64)
    at_risk = counts.sum() - np.concatenate(([0.0], leaving.cumsum()[:-1]))
    survival = np.cumprod(1 - events / at_risk)
    variance = np.cumsum(ratio(events, at_risk * (at_risk - events)))
    low, high = _log_log(survival, variance)
    return Curve(times, 1 - survival, 1 - high, 1 - low, at_risk)


def _log_log(survival: Array, variance: Array) -> tuple[Array, Array]:
    """Bounds of a survival curve that stay inside 0..1; certain where nothing has happened yet."""
    inside = (survival > 0) & (survival < 1)
    safe = np.where(inside, survival, 0.5)
    step = np.where(inside, Z * np.sqrt(np.maximum(variance, 0)) / np.abs(np.log(safe)), 0.0)
    low, high = safe ** np.exp(step), safe ** np.exp(-step)
    return np.where(inside, low, survival), np.where(inside, high, survival)


def by(curve: Curve, day: float) -> Estimate:
    """Read a curve at a day; nan when nobody was followed that long."""
    place = int(np.searchsorted(curve.time, day, side="right")) - 1
    if not len(curve.time) or curve.time[-1] < day:
        return Estimate(*(np.array([np.nan]) for _ in range(3)))
    if place < 0:
        return Estimate(*(np.array([0.0]) for _ in range(3)))
    return Estimate(*(column[place : place + 1] for column in (curve.probability, curve.low, curve.high)))
