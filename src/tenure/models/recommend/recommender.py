"""The recommender: learns who took what and when, and lists for everybody what they are likely to take next, and why."""

from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.utils.validation import check_is_fitted

from tenure.kit.i18n import Text
from tenure.kit.side_by_side import side_by_side
from tenure.models.base import DegenerateData, Model, UnusableInput, Vector, warn
from tenure.models.churn.reading import as_table
from tenure.models.recommend import contest
from tenure.models.recommend.chances import Chances
from tenure.models.recommend.contest import METHODS
from tenure.models.recommend.interactions import Interactions, as_ids, days, places_of, read
from tenure.models.recommend.learned import Learned
from tenure.models.recommend.listing import batches
from tenure.models.recommend.past import Past
from tenure.models.recommend.shelf import ItemFilter, Shelf
from tenure.models.recommend.tastes import Groups, Tastes, judged
from tenure.models.recommend.telling import told
from tenure.models.recommend.top_items import best

WITHOUT_TIMES = "ease"  # the best of the four on most public data sets; without times there is no judge
SECOND = 1 / 86_400


class Recommender(Model):
    """Recommends items from a table of who took what and when; ``method`` names a way of ranking, or lets them compete.

    ``methods`` are those that compete, the simplest first; ``evaluation_`` says how they did, ``method_`` who won, and
    ``cold_trial_`` whether attributes of customers help with those who took nothing yet.
    """

    def __init__(self, method: str | None = None, methods: tuple[str, ...] = tuple(METHODS)) -> None:
        self.method = method
        self.methods = methods

    def fit(self, interactions: Any, customers: Any = None, items: Any = None, now: Any = None) -> Self:
        """Learn from a table with ``customer``, ``item`` and, where known, ``time`` and ``weight`` (or quantity).

        ``customers`` may tell attributes, one column each beside ``customer``; ``items`` may tell ``name``,
        ``category``, ``price``, ``in_stock`` and ``listed`` beside ``item``. ``now`` is the instant from which the
        future is looked at: just after the last interaction where none is given.
        """
        people, goods = _table(customers, "customer"), _table(items, "item")
        taken = read(
            interactions,
            None if people is None else as_ids(people["customer"]),
            None if goods is None else as_ids(goods["item"]),
        )
        end = _instant(now, taken)
        self.evaluation_, known = self._judged(taken, end)
        self.method_ = self.evaluation_.method if self.evaluation_ is not None else self._unjudged(taken)
        past = Past.of(taken, end, end - self.evaluation_.split if self.evaluation_ is not None else 1.0)
        groups, self.cold_trial_ = Groups.of(people, taken.customers), None
        if self.evaluation_ is not None:
            groups, self.cold_trial_ = judged(groups, taken, self.evaluation_.split, past.horizon)
        self.learned_ = Learned(
            customers=taken.customers,
            items=taken.items,
            timed=taken.timed,
            past=past,
            ranker=METHODS[self.method_]().fit(past.everybody()),
            chances=known,
            shelf=Shelf.of(goods, taken.items),
            groups=groups,
            tastes=Tastes.of(groups, past),
        )
        return self

    @property
    def horizon_days(self) -> float | None:
        """The days within which a score is the chance of taking an item; None where scores are no chances."""
        check_is_fitted(self)
        known = self.learned_.chances
        return None if known.new is None and known.again is None else self.learned_.past.horizon

    def recommend(
        self,
        customers: Any,
        k: int = 10,
        *,
        exclude_seen: bool = True,
        items: ItemFilter | None = None,
        new_items: int = 0,
        explore: int = 0,
    ) -> pd.DataFrame:
        """List the ``k`` items each customer is likeliest to take, best first, a row for each, with its reason.

        Without ``exclude_seen`` what they took before competes too, for all places but the ``explore`` kept for what is
        new to them. Customers nobody knows get what is popular with
        those who share their attributes. ``new_items`` places are kept for items hardly anybody took yet, from the
        category a customer takes most. ``score`` is the chance of taking the item within ``horizon_days`` where that
        could be learned, else the ranker's own.
        """
        check_is_fitted(self)
        learned, asked = self.learned_, as_ids(customers)
        places = places_of(asked, learned.customers)
        allowed = learned.shelf.allowed(items or ItemFilter(), learned.items)

        def listed(batch: slice) -> pd.DataFrame:
            lists = learned.lists(places[batch], k, allowed, k if exclude_seen else min(explore, k))
            newcomer = learned.with_newcomers(places[batch], lists, min(new_items, k), allowed)
            return told(learned, asked[batch], places[batch], lists, newcomer)

        parts = side_by_side(listed, batches(len(places), len(learned.items)))
        return pd.concat(parts, ignore_index=True)

    def similar(self, items: Any, k: int = 10) -> pd.DataFrame:
        """List the ``k`` items most like each given one; an item nobody knows has none."""
        check_is_fitted(self)
        asked = as_ids(items)
        places = places_of(asked, self.learned_.items)
        asked, places = asked[places >= 0], places[places >= 0]
        scores = self.learned_.ranker.similar(places)
        scores[np.arange(len(places)), places] = -np.inf
        picked = best(scores, k)
        worth = np.take_along_axis(scores, picked, axis=1)
        row, place = np.nonzero(worth > 0)
        return pd.DataFrame({
            "item": asked[row],
            "rank": place + 1,
            "similar": self.learned_.items[picked[row, place]],
            "score": worth[row, place].astype(np.float64),
        })  # fmt: skip

    def _judged(self, taken: Interactions, end: float) -> tuple[contest.Evaluation | None, Chances]:
        methods = self.methods if self.method is None else (self.method,)
        unknown = sorted(set(methods) - set(METHODS))
        if unknown or not methods:
            raise UnusableInput(_NO_METHOD.fill(names=", ".join(unknown), known=", ".join(METHODS)))
        return (taken.timed and contest.hold(taken, end, methods)) or (None, Chances())

    def _unjudged(self, taken: Interactions) -> str:
        """Return the method where nobody could judge: the simplest, unless it is only that no times are known."""
        if self.method is not None:
            return self.method
        warn(DegenerateData, _TOO_FEW if taken.timed else _NO_TIMES)
        return WITHOUT_TIMES if not taken.timed and WITHOUT_TIMES in self.methods else self.methods[0]


def _table(given: Any, key: str) -> pd.DataFrame | None:
    if given is None:
        return None
    table = as_table(given)
    if key not in table.columns:
        raise UnusableInput(_NO_KEY.fill(name=key))
    return table.drop_duplicates(key, keep="last")


def _instant(now: Any, taken: Interactions) -> float:
    latest = float(np.max(taken.day)) if taken.timed else 0.0
    if now is None:
        return latest + SECOND
    end: Vector = days(pd.Series([now]))
    if taken.timed and latest >= end[0]:
        raise UnusableInput(_FUTURE)
    return float(end[0])


_NO_KEY = Text("The table lacks the column {name}.", "表缺少列 {name}。")
_NO_METHOD = Text("Unknown methods: {names}. Known are: {known}.", "未知方法：{names}。可用方法：{known}。")
_FUTURE = Text("Some interactions happened at or after “now”.", "部分交互发生在“now”当时或之后。")
_NO_TIMES = "no interaction has a time, so the methods could not be judged; EASE is used"
_TOO_FEW = "too few customers came back to judge the methods; the simplest is used"
