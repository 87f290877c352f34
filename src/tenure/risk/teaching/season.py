"""The season: how far all chances stood above or below the model's word at the same time of last year."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from scipy.stats import chi2

from tenure.models.base import Vector
from tenure.models.calibration_line import calibration_line
from tenure.risk.teaching.lessons import Lessons

YEAR = timedelta(days=365)
SURE = 0.95  # that the instants differ, before a season is believed
FARTHEST = timedelta(days=31)  # a lesson further from the same day of last year tells of another season


@dataclass(frozen=True)
class Season:
    """What to add to all log-odds, by the instant it was observed at; nothing where the seasons do not differ."""

    at: tuple[datetime, ...] = ()
    offsets: tuple[float, ...] = ()

    def offset(self, moment: datetime) -> float:
        """Return what was to be added a year before a moment, between the lessons nearest to that day; else nothing."""
        if not self.at:
            return 0.0
        away = np.array([(seen - (moment - YEAR)) / timedelta(days=1) for seen in self.at])
        if np.abs(away).min() > FARTHEST / timedelta(days=1):
            return 0.0
        order = np.argsort(away)
        return float(np.interp(0.0, away[order], np.array(self.offsets)[order]))


def learn_season(lessons: Lessons, probability: Vector) -> Season:
    """Learn each instant's offset from what a model says of the lessons it learned from.

    Where their spread is no more than chance shows, there is no season. Else the offsets are pulled towards zero by as
    much as chance explains of it (method of moments, DerSimonian and Laird 1986).
    """
    places = np.unique(lessons.instant)
    found = [
        calibration_line(lessons.churned[rows], probability[rows]).offset
        for rows in (lessons.instant == place for place in places)
    ]
    value = np.array([one.value for one in found])
    noise = np.array([one.standard_error for one in found]) ** 2
    usable = np.isfinite(value) & np.isfinite(noise) & (noise > 0)
    if usable.sum() < 2:
        return Season()
    value, noise, at = value[usable], noise[usable], places[usable]
    between = _between(value, noise)
    if between is None:
        return Season()
    pulled = value * between / (between + noise)
    return Season(tuple(lessons.at[place] for place in at), tuple(float(one) for one in pulled))


def _between(value: Vector, noise: Vector) -> float | None:
    """Return the variance of the true offsets; None where their spread is no more than chance shows (Cochran's Q)."""
    weight = 1 / noise
    mean = float((weight * value).sum() / weight.sum())
    spread = float((weight * (value - mean) ** 2).sum())
    if spread <= chi2.ppf(SURE, len(value) - 1):
        return None
    size = float(weight.sum() - (weight**2).sum() / weight.sum())
    return (spread - (len(value) - 1)) / size
