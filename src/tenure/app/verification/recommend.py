"""Recommendations on MovieLens 100k: four ways of ranking under three splits.

The data is for research only and never carried: it lies in the wheel of RecBole 1.2.1 (``recbole/dataset_example/ml-100k``),
whose ``ml-100k.inter`` belongs into the folder ``ml-100k`` of the public data sets.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from tenure.app.verification.check import Check, Section
from tenure.kit.i18n import Text
from tenure.models import EASE, ImplicitALS, ItemKNN, Popularity
from tenure.models.recommend.quality import PLACES, lists_quality
from tenure.models.recommend.ranker import Ranker, Rows
from tenure.models.recommend.top_items import best

FILE = "ml-100k/ml-100k.inter"
RANKERS: dict[str, Callable[[], Ranker]] = {
    "popularity": Popularity,
    "ItemKNN(20)": ItemKNN,
    "EASE λ=300": EASE,
    "iALS 32 factors": ImplicitALS,
}
Expected = dict[str, tuple[float, float]]

# Recall@10 and NDCG@10, recomputed independently. The random split is another draw than the source's, and so are the
# starting points of iALS: over twelve draws the figures of a random split spread by .005 (one standard deviation).
RANDOM: Expected = {
    "popularity": (0.1143, 0.1434),
    "ItemKNN(20)": (0.2103, 0.2578),
    "EASE λ=300": (0.2688, 0.3370),
    "iALS 32 factors": (0.2712, 0.3348),
}
TIME: Expected = {
    "popularity": (0.0638, 0.1463),
    "EASE λ=300": (0.0809, 0.1772),
    "iALS 32 factors": (0.0751, 0.1837),
}
LAST: Expected = {
    "popularity": (0.0859, 0.0441),
    "ItemKNN(20)": (0.1209, 0.0590),
    "EASE λ=300": (0.1389, 0.0718),
    "iALS 32 factors": (0.1527, 0.0791),
}
DRAWN = 0.015  # three of those standard deviations
Flags = NDArray[np.bool_]


def checks(data: Path) -> Iterator[Check]:
    """Rank under a random split, a split in time, and with the last item of everybody left out."""
    table = pd.read_csv(data / FILE, sep="\t", header=0, names=["user", "item", "rating", "at"])
    user, item, at = (table[name].to_numpy() for name in ("user", "item", "at"))
    place = np.unique(user, return_inverse=True)[1], np.unique(item, return_inverse=True)[1]

    def rows(kept: Flags) -> Rows:
        shape = (place[0].max() + 1, place[1].max() + 1)
        return sparse.csr_array(sparse.coo_array((np.ones(kept.sum()), (place[0][kept], place[1][kept])), shape=shape))

    tenth, other = _random_tenths(place[0])
    yield from _compared("random 8:1:1", RANDOM, (rows(~tenth & ~other), rows(other), rows(tenth)), DRAWN)
    early = np.zeros(len(at), dtype=bool)
    early[np.argsort(at, kind="stable")[: int(0.8 * len(at))]] = True
    nothing = rows(np.zeros(len(at), dtype=bool))
    yield from _compared("time 80/20", TIME, (rows(early), nothing, rows(~early)), 0.001)
    last = _last_of_each(place[0], at)
    yield from _compared("last item", LAST, (rows(~last), nothing, rows(last)), 0.001)


def _compared(split: str, expected: Expected, parts: tuple[Rows, Rows, Rows], tolerance: float) -> Iterator[Check]:
    """Compare every ranker; ``parts`` are what it learns from, what else is not listed, and what is wanted."""
    learned, hidden, wanted = parts
    judges = np.flatnonzero((np.diff(learned.indptr) > 0) & (np.diff(wanted.indptr) > 0))
    for name, numbers in expected.items():
        scores = RANKERS[name]().fit(learned).scores(learned[judges])
        for part in (learned, hidden):
            scores[part[judges].nonzero()] = -np.inf
        recall, ndcg, _ = lists_quality(best(scores, PLACES), wanted[judges], PLACES)
        reach = DRAWN if name.startswith("iALS") else tolerance
        yield Check(f"{split}, {name}: recall@10", numbers[0], float(recall.mean()), reach)
        yield Check(f"{split}, {name}: NDCG@10", numbers[1], float(ndcg.mean()), reach)


def _random_tenths(user: NDArray[np.int64]) -> tuple[Flags, Flags]:
    """Draw two tenths of everybody's items, rounded."""
    order = np.lexsort((np.random.default_rng(0).random(len(user)), user))
    counts = np.bincount(user)
    place = np.empty(len(user), dtype=np.int64)
    place[order] = np.arange(len(user)) - np.repeat(np.cumsum(counts) - counts, counts)
    share = np.round(0.1 * counts[user]).astype(np.int64)
    return place < share, (place >= share) & (place < 2 * share)


def _last_of_each(user: NDArray[np.int64], at: NDArray[np.int64]) -> Flags:
    """Say of every row whether it is its user's last; of several at one time the later row."""
    order = np.lexsort((np.arange(len(user)), at, user))
    last = np.zeros(len(user), dtype=bool)
    last[order[np.append(np.diff(user[order]) != 0, True)]] = True
    return last


MOVIES = Section(
    "7",
    Text("Recommendations: MovieLens 100k under three splits", "推荐：MovieLens 100k 三种划分"),
    Text("Recomputed independently with the published protocols of RecBole", "按 RecBole 公布的方案独立重算"),
    (FILE,),
    checks,
)
