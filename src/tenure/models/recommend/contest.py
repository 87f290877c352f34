"""The contest of the ways of ranking: each learns what was before a day and is judged by what came after it.

The split is one day for everybody: a split by customer or by chance lets a model learn from the future (Meng et al.
2020, RecSys; Ji et al. 2023, TOIS). Items new to a customer and items taken again are judged apart, since one number
for both hides that most gains are repeats (Li et al. 2023, TOIS).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tenure.models.base import Indices
from tenure.models.recommend import chances
from tenure.models.recommend.als import ImplicitALS
from tenure.models.recommend.chances import Chances
from tenure.models.recommend.ease import EASE
from tenure.models.recommend.interactions import Interactions, matrix
from tenure.models.recommend.item_knn import ItemKNN
from tenure.models.recommend.listing import CANDIDATES, Lister, batches, own_items
from tenure.models.recommend.past import Past
from tenure.models.recommend.popularity import Popularity
from tenure.models.recommend.quality import (
    LEAST_JUDGES,
    PLACES,
    Marks,
    Quality,
    common,
    difference,
    found_in,
    lists_quality,
    without,
)
from tenure.models.recommend.ranker import Ranker, Rows

METHODS: dict[str, Callable[[], Ranker]] = {  # the simplest first
    "popularity": Popularity,
    "item_knn": ItemKNN,
    "ease": EASE,
    "implicit_als": ImplicitALS,
}
LEARNED_FROM = 0.8  # of the interactions; the rest judge
MOST_JUDGES = 5_000
MOST_PUPILS = 8_000  # customers chances are learned from
AGAIN_PLACES = 5  # most customers took fewer than ten things


@dataclass(frozen=True)
class Trial:
    """How one way of ranking did on items new to the customer."""

    method: str
    new: Quality


@dataclass(frozen=True)
class Evaluation:
    """The outcome of a contest: days since 1970 of the split and the end, every trial, and the lists as they are made.

    ``gain`` is the NDCG of the lists less that of popularity, over the same customers. ``most_often`` ranks what each
    customer took by how often they did: what a list of things to take again has to beat.
    """

    split: float
    end: float
    method: str
    trials: tuple[Trial, ...]
    new: Quality
    gain: float
    gain_error: float
    again: Quality
    most_often: Quality


@dataclass(frozen=True)
class Stage:
    """One split: the past, who is looked at, and what they took afterwards, new to them or again."""

    past: Past
    customers: Indices
    new: Rows
    again: Rows

    @classmethod
    def of(cls, past: Past, took: Rows, customers: Indices, most: int) -> "Stage":
        """Look at customers, at most so many, evenly over their ids."""
        chosen = customers[:: max(1, -(-len(customers) // most))]
        before, after = past.rows(chosen), took[chosen]
        return cls(past, chosen, without(after, before), common(after, before))

    def lister(self, ranker: Ranker, known: Chances | None = None) -> Lister:
        """Return what makes lists at this split."""
        return Lister(ranker, known or Chances(), self.past, np.ones(len(self.past.takers), dtype=bool))


def hold(taken: Interactions, end: float, methods: tuple[str, ...]) -> tuple[Evaluation, Chances] | None:
    """Let the methods compete and learn the chances of the winner; None where too few customers could judge."""
    split = float(np.sort(taken.day)[int(LEARNED_FROM * len(taken))])
    past, later = taken.split(split)
    summary, took = Past.of(past, split, end - split), matrix(later)
    known_before = np.diff(summary.starts) > 0
    stage = Stage.of(summary, took, np.flatnonzero(known_before & (np.diff(took.indptr) > 0)), MOST_JUDGES)
    judges = np.flatnonzero(np.diff(stage.new.indptr))
    if len(judges) < LEAST_JUDGES:
        return None
    rankers = {name: METHODS[name]().fit(stage.past.everybody()) for name in methods}
    marks = {name: _marks(stage.lister(ranker), stage, judges) for name, ranker in rankers.items()}
    winner = _winner(marks)
    known = _learned_before(past, split, end - split, winner)
    lister = stage.lister(rankers[winner], known)
    final = _marks(lister, stage, judges)
    if difference(final[1], marks[winner][1]).interval()[1] < 0:  # the order of chance is worse: keep the ranker's own
        known, final = Chances(None, known.again), marks[winner]
    gain = difference(final[1], marks.get("popularity", final)[1])
    everybody = Stage.of(summary, took, np.flatnonzero(known_before), MOST_PUPILS)  # who stays away teaches too
    taught = learn_chances(everybody, rankers[winner])
    used = Chances(taught.new if known.new else None, taught.again if known.again else None)
    return Evaluation(
        split=split,
        end=end,
        method=winner,
        trials=tuple(Trial(name, Quality.of(*mark)) for name, mark in marks.items()),
        new=Quality.of(*final),
        gain=gain.value,
        gain_error=gain.standard_error,
        **_judged_again(stage, lister),
    ), used


def learn_chances(stage: Stage, ranker: Ranker) -> Chances:
    """Learn from one split how a rank becomes a chance."""
    lister = stage.lister(ranker)
    new, again = [], []
    for batch in batches(len(stage.customers), len(stage.past.takers)):
        customers = stage.customers[batch]
        scores = lister.scores(stage.past.rows(customers))
        row, entries = stage.past.entries(customers)
        held = scores[row, stage.past.item[entries]].astype(np.float64)
        taken_again = found_in(stage.again[batch][row], stage.past.item[entries][:, None])[:, 0]
        again.append((chances.of_again(stage.past, customers[row], entries, held), taken_again))
        picked = lister.new(customers, scores, CANDIDATES)
        features = chances.of_new(stage.past, customers, np.maximum(picked.item, 0), picked.score.astype(np.float32))
        there = picked.item >= 0
        new.append((features[there], found_in(stage.new[batch], picked.item)[there]))
    return Chances(
        *(chances.learn(*(np.concatenate(part) for part in zip(*found, strict=True))) for found in (new, again))
    )


def _learned_before(past: Interactions, split: float, horizon: float, method: str) -> Chances:
    """Learn chances from the stretch before the one that judges, so that they too are judged by what came later."""
    earlier, between = past.split(split - horizon)
    if not len(earlier) or not len(between):
        return Chances()
    summary = Past.of(earlier, split - horizon, horizon)
    stage = Stage.of(summary, matrix(between), np.flatnonzero(np.diff(summary.starts)), MOST_PUPILS)
    return learn_chances(stage, METHODS[method]().fit(summary.everybody()))


def _marks(lister: Lister, stage: Stage, judges: Indices) -> Marks:
    """Return recall, NDCG and precision of the lists of new items for every judge."""
    customers, wanted = stage.customers[judges], stage.new[judges]
    marks = []
    for batch in batches(len(customers), len(stage.past.takers)):
        scores = lister.scores(stage.past.rows(customers[batch]))
        lists = lister.new(customers[batch], scores, PLACES)
        marks.append(lists_quality(lists.item, wanted[batch], PLACES))
    recall, ndcg, precision = (np.concatenate(part) for part in zip(*marks, strict=True))
    return recall, ndcg, precision


def _judged_again(stage: Stage, lister: Lister) -> dict[str, Quality]:
    judges = np.flatnonzero(np.diff(stage.again.indptr))
    customers, wanted = stage.customers[judges], stage.again[judges]
    ours, plain = [], []
    for batch in batches(len(customers), len(stage.past.takers)):
        some = customers[batch]
        lists = lister.again(some, lister.scores(stage.past.rows(some)), AGAIN_PLACES)
        ours.append(lists_quality(lists.item, wanted[batch], AGAIN_PLACES))
        row, entries = stage.past.entries(some)
        often = own_items(stage.past, row, entries, stage.past.times[entries], (len(some), AGAIN_PLACES))
        plain.append(lists_quality(often.item, wanted[batch], AGAIN_PLACES))
    return {name: _joined(marks) for name, marks in (("again", ours), ("most_often", plain))}


def _joined(marks: list[Marks]) -> Quality:
    if not marks:
        return Quality.of(np.empty(0), np.empty(0), np.empty(0))
    recall, ndcg, precision = (np.concatenate(part) for part in zip(*marks, strict=True))
    return Quality.of(recall, ndcg, precision)


def _winner(marks: dict[str, Marks]) -> str:
    """Return the simplest method that the best one does not beat by more than the standard error of the difference."""
    top = max(marks, key=lambda name: marks[name][1].mean())
    for name, (_, ndcg, _) in marks.items():
        behind = difference(marks[top][1], ndcg)
        if behind.value <= behind.standard_error:
            return name
    return top
