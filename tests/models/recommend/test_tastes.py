"""Customers without a past get what is popular where they belong, when that was seen to help."""

import numpy as np
import pandas as pd

from tenure.models.recommend.interactions import Interactions, read
from tenure.models.recommend.past import Past
from tenure.models.recommend.tastes import Groups, Tastes, judged

DAY = 86_400


def towns(seed: int = 2, matter: bool = True) -> tuple[Interactions, pd.DataFrame]:
    """Half of the customers live in one of two towns and, where towns matter, buy ten items of their own."""
    rng = np.random.default_rng(seed)
    town = np.where(np.arange(1200) % 2 == 0, "Xi'an", "Bath")
    customer = np.repeat(np.arange(1200), 4)
    own = np.where(town[customer] == "Bath", 10, 0) * matter
    item = np.where(rng.random(len(customer)) < 0.7, own, 20 * rng.random(len(customer)) // 1) + rng.integers(
        0, 10, len(customer)
    )
    time = (customer // 12 + rng.integers(0, 3, len(customer))) * DAY  # twelve new customers a day
    profile = pd.DataFrame({"customer": np.arange(1200), "town": town, "age": 30, "note": np.arange(1200).astype(str)})
    return read(pd.DataFrame({"customer": customer, "item": item, "time": time})), profile


def test_groups_are_words_shared_by_many() -> None:
    taken, profile = towns()
    groups = Groups.of(profile, taken.customers)
    assert sorted(zip(groups.attribute, groups.value, strict=True)) == [("town", "Bath"), ("town", "Xi'an")]
    assert (groups.member[:, 0] >= 0).all()


def test_newcomers_get_what_their_town_buys() -> None:
    taken, profile = towns()
    groups = Groups.of(profile, taken.customers)
    kept, trial = judged(groups, taken, 80.0, 20.0)
    assert trial is not None
    assert trial.used
    assert trial.groups.ndcg > trial.popularity.ndcg + 5 * trial.popularity.ndcg_error
    tastes = Tastes.of(kept, Past.of(taken, 200.0, 20.0))
    group, lift = tastes.telling(kept.member[[0, 1]], np.array([[0], [0]]))
    assert kept.value[group[0, 0]] != kept.value[group[1, 0]] or lift.min() == 1.0


def test_attributes_that_tell_nothing_are_dropped() -> None:
    taken, profile = towns(matter=False)
    groups, trial = judged(Groups.of(profile, taken.customers), taken, 80.0, 20.0)
    assert trial is not None
    assert not trial.used
    assert (groups.member == -1).all()


def test_a_small_group_is_drawn_towards_everybody() -> None:
    taken, profile = towns()
    past = Past.of(taken, 200.0, 20.0)
    large = Tastes.of(Groups.of(profile, taken.customers), past)
    few = profile.assign(town=profile.town.where(profile.index < 40))
    small = Tastes.of(Groups.of(few, taken.customers), past)
    assert np.abs(small.lift).max() < 0.5 * np.abs(large.lift).max()
    assert np.allclose(Tastes.of(Groups.of(None, taken.customers), past).lift, 0)
