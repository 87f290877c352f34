"""The season is found where last year shows one, and nowhere else."""

from datetime import datetime, timedelta

import numpy as np
import pandas as pd
from scipy.special import expit

from tenure.models.base import Vector
from tenure.risk.teaching.lessons import Lessons
from tenure.risk.teaching.season import Season, learn_season

NEWEST = datetime(2026, 6, 1)
MONTHS = tuple(NEWEST - timedelta(days=30 * back) for back in range(13))


def _year(swing: float, rows: int, seed: int = 3) -> tuple[Lessons, Vector]:
    """Return a year of lessons whose leavers swing with the months, and the word of a model that knows no month."""
    rng = np.random.default_rng(seed)
    instant = np.repeat(np.arange(len(MONTHS)), rows)
    score = rng.normal(-1, 1, len(instant))
    shift = swing * np.sin(2 * np.pi * instant / len(MONTHS))
    left = rng.random(len(instant)) < expit(score + shift)
    return Lessons(pd.DataFrame({"x": score}), left, instant, MONTHS), expit(score)


def test_last_years_offset_comes_back_on_the_same_day() -> None:
    season = learn_season(*_year(0.5, 3_000))
    for back in (3, 6, 10):
        expected = 0.5 * np.sin(2 * np.pi * back / len(MONTHS))
        assert abs(season.offset(MONTHS[back] + timedelta(days=365)) - expected) < 0.15


def test_between_two_lessons_the_offset_lies_between_theirs() -> None:
    season = Season((MONTHS[0], MONTHS[1]), (1.0, 0.0))
    assert season.offset(MONTHS[1] + timedelta(days=365 + 15)) == 0.5


def test_where_the_months_do_not_differ_there_is_no_season() -> None:
    found = [learn_season(*_year(0.0, 300, seed)) for seed in range(60)]
    assert sum(season != Season() for season in found) <= 7  # three are expected


def test_without_a_lesson_near_the_day_of_last_year_nothing_is_added() -> None:
    season = Season(MONTHS[:3], (0.4, 0.4, 0.4))
    assert season.offset(MONTHS[0] + timedelta(days=365)) == 0.4
    assert season.offset(MONTHS[0] + timedelta(days=365 + 40)) == 0.0
    assert Season().offset(NEWEST) == 0.0
