"""Customers without a past: what is popular with others who share an attribute, drawn towards what is popular at all."""

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from tenure.models.base import Indices, Vector
from tenure.models.recommend.interactions import Ids, Interactions, matrix, places_of
from tenure.models.recommend.past import Past
from tenure.models.recommend.quality import LEAST_JUDGES, PLACES, Quality, difference, lists_quality
from tenure.models.recommend.ranker import Scores
from tenure.models.recommend.top_items import best

LEAST_CUSTOMERS = 30  # with a value, below which it says nothing
MOST_VALUES = 50  # of an attribute, the most frequent first
PRIOR = 100.0  # customers at large who are added to every group
LEAST_LIFT = 1.1  # above which a group is given as the reason


@dataclass(frozen=True)
class Groups:
    """Which customer has which value: a column for each attribute, −1 where the value is missing or rare."""

    attribute: NDArray[np.str_]
    value: NDArray[np.str_]
    member: NDArray[np.int32]

    @classmethod
    def of(cls, table: pd.DataFrame | None, customers: Ids) -> Self:
        """Read the text and flag columns of a table that has a ``customer`` column; numbers are left out."""
        names: list[str] = []
        values: list[str] = []
        columns = []
        if table is not None:
            place = places_of(table["customer"], customers)
            for name in table.columns.drop("customer"):
                words = _words(table[name])
                if words is None:
                    continue
                counts = words.value_counts().sort_index().sort_values(ascending=False, kind="stable")
                frequent = counts[counts >= LEAST_CUSTOMERS].index[:MOST_VALUES]
                code = pd.Index(frequent).get_indexer(pd.Index(words))
                column = np.full(len(customers), -1, dtype=np.int32)
                known = (place >= 0) & (code >= 0)
                column[place[known]] = code[known] + len(values)
                names += [str(name)] * len(frequent)
                values += list(frequent)
                columns.append(column)
        member = np.stack(columns, axis=1) if columns else np.empty((len(customers), 0), dtype=np.int32)
        return cls(np.array(names, dtype=str), np.array(values, dtype=str), member)


@dataclass(frozen=True)
class Tastes:
    """The log share of customers who took each item, and how much larger it is, in logs, with each value's customers.

    Values of different attributes add up as if they were independent (naive Bayes).
    """

    popularity: NDArray[np.float32]
    lift: NDArray[np.float32]

    @classmethod
    def of(cls, groups: Groups, past: Past) -> Self:
        """Count how often each group took each item, as shares of all it took."""
        rows = past.everybody()
        share = (past.takers + 0.5) / (past.takers.sum() + 0.5 * len(past.takers))
        prior = PRIOR * len(past.item) / max(int((np.diff(past.starts) > 0).sum()), 1)  # as much as so many took
        customer, column = np.nonzero(groups.member >= 0)
        shape = (len(groups.value) + 1, past.customers)  # the last group for those of none
        inside = sparse.csr_array(
            sparse.coo_array((np.ones(len(customer)), (groups.member[customer, column], customer)), shape=shape)
        )
        took = (inside @ (rows > 0).astype(np.float64)).toarray()
        lift = np.log((took + prior * share) / (took.sum(axis=1, keepdims=True) + prior) / share).astype(np.float32)
        return cls(np.log(share).astype(np.float32), lift)

    def scores(self, member: NDArray[np.int32]) -> Scores:
        """Return a score of every item for customers of the given groups."""
        scores = np.tile(self.popularity, (len(member), 1))
        for column in member.T:
            scores += self.lift[column]
        return scores

    def telling(self, member: NDArray[np.int32], picked: Indices) -> tuple[NDArray[np.int64], Vector]:
        """Return the group that speaks most for each pick, and its lift; −1 for customers of no group."""
        group = np.full(picked.shape, -1)
        lift = np.zeros(picked.shape)
        for column in member.T:
            found = self.lift[column][np.arange(len(picked))[:, None], picked]
            better = (found > lift) & (column >= 0)[:, None]
            group = np.where(better, column[:, None], group)
            lift = np.where(better, found, lift)
        return group, np.exp(lift)


@dataclass(frozen=True)
class ColdTrial:
    """How well groups and popularity alone guessed what newcomers took, and whether groups are used."""

    groups: Quality
    popularity: Quality
    used: bool


def judged(groups: Groups, taken: Interactions, split: float, horizon: float) -> tuple[Groups, ColdTrial | None]:
    """Return the groups, emptied where on newcomers since a day they are no better than popularity beyond their error."""
    if not len(groups.value):
        return groups, None
    before, since = taken.split(split)
    past = Past.of(before, split, horizon)
    wanted = matrix(since)
    newcomers = np.flatnonzero((np.diff(past.starts) == 0) & (np.diff(wanted.indptr) > 0))
    if len(newcomers) < LEAST_JUDGES:
        return groups, None
    tastes, member = Tastes.of(groups, past), groups.member[newcomers]
    ours, plain = (
        lists_quality(best(tastes.scores(known), PLACES), wanted[newcomers], PLACES)
        for known in (member, np.full_like(member, -1))
    )
    gain = difference(ours[1], plain[1])
    used = gain.value > gain.standard_error
    kept = groups if used else replace(groups, member=np.full_like(groups.member, -1))
    return kept, ColdTrial(Quality.of(*ours), Quality.of(*plain), used)


def _words(values: "pd.Series[Any]") -> "pd.Series[Any] | None":
    if pd.api.types.is_bool_dtype(values) or not (
        pd.api.types.is_numeric_dtype(values) or pd.api.types.is_datetime64_any_dtype(values)
    ):
        return values.where(values.notna(), None).map(str, na_action="ignore")
    return None
