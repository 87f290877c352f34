"""When people shop: weekly rhythm, festivals and the hours of the day."""

import numpy as np

from .chance import Floats, Ints, pick
from .timeline import Days

CHINA, ABROAD = 0, 1

# First day of the lunar year; shops are quiet on the day itself and busy in the three weeks before.
SPRING_FESTIVAL = {
    2018: "2018-02-16", 2019: "2019-02-05", 2020: "2020-01-25", 2021: "2021-02-12", 2022: "2022-02-01",
    2023: "2023-01-22", 2024: "2024-02-10", 2025: "2025-01-29", 2026: "2026-02-17", 2027: "2027-02-06",
    2028: "2028-01-26", 2029: "2029-02-13", 2030: "2030-02-03", 2031: "2031-01-23", 2032: "2032-02-11",
    2033: "2033-01-31", 2034: "2034-02-19", 2035: "2035-02-08",
}  # fmt: skip

# (month, day, extra demand on the day, spread in days) by market.
PEAKS = (
    (
        (6, 18, 2.4, 0.7),
        (6, 17, 1.5, 5.0),
        (11, 11, 4.0, 0.7),
        (11, 9, 2.2, 5.0),
        (12, 12, 1.6, 1.0),
        (3, 8, 0.7, 2.0),
        (5, 20, 0.6, 1.5),
        (8, 20, 0.3, 3.0),
    ),
    ((11, 27, 2.8, 1.8), (12, 14, 1.5, 6.0), (2, 12, 0.6, 2.5), (5, 10, 0.5, 3.0), (7, 12, 0.3, 2.0)),
)
WEEKDAYS = ((0.94, 0.93, 0.95, 0.97, 1.05, 1.13, 1.03), (1.02, 0.98, 0.96, 0.97, 0.96, 0.98, 1.13))  # Monday first
HOURS = (
    (1.2, 0.6, 0.3, 0.2, 0.2, 0.3, 0.8, 1.8, 2.8, 4.0, 4.8, 4.6, 5.2, 4.6, 4.0, 4.2, 4.3, 4.0, 4.4, 5.8, 7.4, 8.0, 6.4, 3.2),
    (0.8, 0.4, 0.3, 0.2, 0.3, 0.6, 1.4, 2.4, 3.4, 4.6, 5.2, 5.4, 5.6, 5.0, 4.8, 4.6, 4.8, 5.2, 5.6, 6.4, 7.0, 6.2, 4.2, 2.0),
)  # fmt: skip
SHOP_HOURS = (0,) * 10 + (2, 4, 5, 4, 5, 6, 6, 6, 6, 5, 4, 2, 0, 0)


def demand_by_day(dates: Days) -> Floats:
    """Return relative demand per market and day, around 1 on an ordinary day."""
    weekday = (dates.astype("datetime64[D]").astype(np.int64) + 3) % 7
    demand = np.array([np.asarray(rhythm)[weekday] for rhythm in WEEKDAYS])
    for market, peaks in enumerate(PEAKS):
        demand[market] *= 1 + sum(_bump(dates, *peak) for peak in peaks)
    demand[CHINA] *= _spring_festival(dates)
    return demand


def _bump(dates: Days, month: int, day: int, height: float, spread: float) -> Floats:
    years = dates.astype("datetime64[Y]")
    centre = years.astype("datetime64[M]") + np.timedelta64(month - 1, "M")
    distance = (dates - centre.astype("datetime64[D]")).astype(np.int64) - (day - 1)
    return np.asarray(height * np.exp(-0.5 * (distance / spread) ** 2))


def _spring_festival(dates: Days) -> Floats:
    factor = np.ones(len(dates))
    for first in SPRING_FESTIVAL.values():
        away = (dates - np.datetime64(first)).astype(np.int64)
        factor += 0.9 * np.exp(-0.5 * ((away + 14) / 5.0) ** 2)
        factor -= 0.62 * ((away >= -2) & (away <= 6))
    return factor


def second_of_day(rng: np.random.Generator, market: Ints) -> Ints:
    """Draw a local time of day for each row's market."""
    seconds = rng.integers(0, 3600, len(market))
    china, abroad = (pick(rng, hours, len(market)) for hours in HOURS)
    return np.asarray(np.where(market == CHINA, china, abroad) * 3600 + seconds, dtype=np.int64)


def shop_second_of_day(rng: np.random.Generator, size: int) -> Ints:
    """Draw a local time within the opening hours of the shops."""
    return np.asarray(pick(rng, SHOP_HOURS, size) * 3600 + rng.integers(0, 3600, size), dtype=np.int64)
