"""The reason for every place of every list, and the table a caller gets."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tenure.models.base import Indices
from tenure.models.recommend import reasons
from tenure.models.recommend.interactions import Ids
from tenure.models.recommend.learned import Flags, Learned
from tenure.models.recommend.listing import Lists
from tenure.models.recommend.ranker import Rows, Scores, row_of_each
from tenure.models.recommend.tastes import LEAST_LIFT

TELLING = 2.0  # times the usual evidence, above which a thing taken is named as the reason

Words = NDArray[np.object_]


@dataclass(frozen=True)
class Places:
    """The places of all lists one after the other: whose, which item, how high, and by what right."""

    row: Indices
    rank: Indices
    item: Indices
    score: NDArray[np.float64]
    again: Flags
    newcomer: Flags

    @classmethod
    def of(cls, lists: Lists, newcomer: Flags) -> "Places":
        """Leave out the empty places; the places behind one move up."""
        row, column = np.nonzero(lists.item >= 0)
        rank = np.arange(len(row)) - np.searchsorted(row, row) + 1
        here = row, column
        return cls(row, rank, lists.item[here], lists.score[here], lists.again[here], newcomer[here])


def told(learned: Learned, asked: Ids, customers: Indices, lists: Lists, newcomer: Flags) -> pd.DataFrame:
    """Return lists as a table with a row for each item and its reason in words and in facts."""
    places = Places.of(lists, newcomer)
    kind = np.full(len(places.row), "popular", dtype="<U12")
    because = _strongest(learned, customers, lists)[np.nonzero(lists.item >= 0)]
    kind[because >= 0] = "because"
    group = _groups(learned, customers, places, kind)
    facts = _habits(learned, customers, places, kind)
    kind[places.newcomer] = "newcomer"
    facts |= {
        "item": learned.shelf.name[because],
        "category": learned.shelf.category[places.item],
        "attribute": np.append(learned.groups.attribute, "").astype(object)[group],
        "value": np.append(learned.groups.value, "").astype(object)[group],
    }
    words = reasons.sentences(kind, facts)
    return pd.DataFrame({
        "customer": asked[places.row],
        "rank": places.rank,
        "item": learned.items[places.item],
        "score": places.score,
        "again": places.again,
        "reason": kind.astype(object),
        "because": _where(kind == "because", learned.items[because]),
        "attribute": _where(group >= 0, facts["attribute"]),
        "value": _where(group >= 0, facts["value"]),
        "times": facts["times"],
        "gap_days": facts["gap"],
        "last_on": facts["date"],
        "reason_en": words["en"],
        "reason_zh": words["zh"],
    })  # fmt: skip


def _strongest(learned: Learned, customers: Indices, lists: Lists) -> Indices:
    """Return for every place the thing taken that speaks most for it; −1 where nothing does."""
    found = np.full(lists.item.shape, -1)
    rows = learned.past.rows(customers)
    some = np.flatnonzero(np.diff(rows.indptr))
    if not len(some):
        return found
    rows = rows[some]
    evidence = learned.ranker.evidence(rows, np.maximum(lists.item[some], 0))
    row = row_of_each(rows)
    telling = evidence > TELLING * np.maximum(learned.usual_evidence, 0.0)[lists.item[some]][row]
    evidence[~telling | (rows.indices[:, None] == lists.item[some][row])] = 0.0  # nothing is a reason for itself
    found[some] = _where_most(evidence, rows)
    found[lists.again] = -1
    return found


def _where_most(evidence: Scores, rows: Rows) -> Indices:
    """Return the item with the most evidence in each row, a column for each pick; −1 where there is none."""
    starts, row = rows.indptr[:-1], row_of_each(rows)
    peaks = np.maximum.reduceat(evidence, starts, axis=0)
    here = np.where((evidence == peaks[row]) & (evidence > 0), rows.indices[:, None], -1)
    return np.asarray(np.maximum.reduceat(here, starts, axis=0), dtype=np.int64)


def _groups(learned: Learned, customers: Indices, places: Places, kind: NDArray[np.str_]) -> Indices:
    """Name the group with whom an item is popular where nothing taken speaks for it; marks the kinds."""
    group = np.full(len(kind), -1)
    plain = np.flatnonzero((kind == "popular") & ~places.again & ~places.newcomer)
    if len(plain):
        member = learned.members(customers[places.row[plain]])
        found, lift = learned.tastes.telling(member, places.item[plain][:, None])
        group[plain] = np.where(lift[:, 0] >= LEAST_LIFT, found[:, 0], -1)
        named = group >= 0
        inside = np.isin(np.append(learned.groups.attribute, "")[group], reasons.PLACES)
        kind[named] = np.where(inside, "popular_in", "popular_with")[named]
    return group


def _habits(learned: Learned, customers: Indices, places: Places, kind: NDArray[np.str_]) -> dict[str, Words]:
    """Say how often and when last each item was taken that was taken before; marks the kinds."""
    facts: dict[str, Words] = {name: np.full(len(kind), None, dtype=object) for name in ("times", "gap", "date")}
    again = np.flatnonzero(places.again)
    if not len(again):
        return facts
    past = learned.past
    entries = past.entry_of(customers[places.row[again]], places.item[again])
    times, last = past.times[entries], past.last[entries]
    gap = (last - past.first[entries]) / np.maximum(times - 1, 1)
    elapsed = past.now - last if learned.timed else np.full(len(last), np.nan)
    kind[again] = reasons.of_habits(times, gap, elapsed)
    facts["times"][again] = times.astype(np.int64)
    if learned.timed:
        facts["gap"][again] = np.maximum(np.round(gap), 1).astype(np.int64)
        facts["date"][again] = np.floor(last).astype("datetime64[D]").astype(str)
    return facts


def _where(kept: Flags, values: Ids) -> Words:
    return np.where(kept, values.astype(object), np.full(len(values), None, dtype=object))
