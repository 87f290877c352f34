"""Sums of small trees as arrays, with exact Shapley values read from tables.

A tree of n splits sees of a row only which of its splits say “left”: one of 2ⁿ patterns. Its value and the shares of its
features are computed once for every pattern, and looked up for every row: a hundred times faster than walking each tree
for each row, and the same numbers. Trees of at most eight splits fit a byte.
"""

from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from tenure.models.base import Vector
from tenure.models.churn.practice import Flags, Matrix

ROWS_AT_ONCE = 8_192  # stay in the cache of a core
GAP = 255  # the code of a missing value; no feature has so many thresholds
TREES_AT_ONCE = 8
NODES, NODE_WEIGHTS = np.polynomial.legendre.leggauss(4)  # exact for polynomials of degree 7

Integers = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Trees:
    """Trees by row; their splits and leaves by column. A child is the number of a split, or ~ the number of a leaf."""

    feature: Integers
    threshold: Matrix
    gaps_left: Flags  # where a missing value goes
    left: Integers
    right: Integers
    value: Matrix
    cover: Matrix  # rows learned from in each leaf
    view = "trees"

    @classmethod
    def read(cls, text: str) -> Self:
        """Take trees over from LightGBM's text format (version 4)."""
        blocks = [dict(line.split("=", 1) for line in block.splitlines() if "=" in line) for block in _blocks(text)]
        leaves = max(2, *(int(block["num_leaves"]) for block in blocks))

        def table(name: str, width: int, empty: float = 0.0) -> NDArray[np.float64]:
            result = np.full((len(blocks), width), empty)
            for row, block in zip(result, blocks, strict=True):
                numbers = block.get(name, "").split()
                row[: len(numbers)] = numbers
            return result

        threshold = table("threshold", leaves - 1, np.inf)
        kind = table("decision_type", leaves - 1).astype(np.int32)
        # bits 2 and 3 say how gaps are told (2: as NaN, 0: none were seen, and LightGBM takes zero), bit 1 where they go
        gaps_left = np.where(kind >> 2 == 2, kind & 2 > 0, threshold >= 0)
        cover = table("leaf_count", leaves)
        cover[:, 0] = np.maximum(cover[:, 0], 1)
        left, right = (table(side, leaves - 1, ~0).astype(np.int32) for side in ("left_child", "right_child"))
        feature = table("split_feature", leaves - 1).astype(np.int32)
        return cls(feature, threshold, gaps_left, left, right, table("leaf_value", leaves), cover)

    def score(self, rows: Matrix) -> Vector:
        """Return log-odds."""
        values = np.take_along_axis(self.value, self._leaf, axis=1)
        total = np.zeros(len(rows))
        for start in range(0, len(rows), ROWS_AT_ONCE):
            piece = total[start : start + ROWS_AT_ONCE]
            for tree, pattern in enumerate(self._patterns(rows[start : start + ROWS_AT_ONCE])):
                piece += values[tree].take(pattern)
        return total

    def first(self, count: int) -> Self:
        """Return the first so many trees."""
        return replace(self, **{each.name: getattr(self, each.name)[:count] for each in fields(self)})

    def leaves(self, rows: Matrix) -> NDArray[np.int64]:
        """Return the leaf of every row in every tree."""
        starts = range(0, max(len(rows), 1), ROWS_AT_ONCE)
        patterns = np.concatenate([self._patterns(rows[start : start + ROWS_AT_ONCE]) for start in starts], axis=1)
        return np.take_along_axis(self._leaf, patterns.astype(np.int64), axis=1).T

    def shares(self, rows: Matrix) -> Matrix:
        """Return the exact Shapley values of the features, given the paths (TreeSHAP, Lundberg and others 2020)."""
        slots, tables = self._shapley
        total = np.zeros((rows.shape[1] + 1, len(rows)))  # the last one for slots no feature fills
        for start in range(0, len(rows), ROWS_AT_ONCE):
            piece = total[:, start : start + ROWS_AT_ONCE]
            for tree, pattern in enumerate(self._patterns(rows[start : start + ROWS_AT_ONCE])):
                piece[slots[tree]] += tables[tree][:, pattern]
        return total[:-1].T

    @cached_property
    def base(self) -> float:
        """The mean score of the rows learned from."""
        return float((self.value * self.cover).sum(axis=1) @ (1 / self.cover.sum(axis=1)))

    def _patterns(self, rows: Matrix) -> NDArray[np.uint8]:
        """Return, for every tree and row, which splits say “left”, a bit each."""
        codes = np.empty(
            (2 * rows.shape[1], len(rows)), dtype=np.uint8
        )  # first with gaps as the most, then as the least
        for feature, marks in self._marks.items():
            gaps = np.isnan(rows[:, feature])
            code = np.searchsorted(marks, rows[:, feature])
            codes[feature] = np.where(gaps, GAP, code)
            codes[rows.shape[1] + feature] = np.where(gaps, 0, code)
        place = self.feature + rows.shape[1] * self.gaps_left
        patterns = np.empty((len(place), len(rows)), dtype=np.uint8)
        bits = (1 << np.arange(place.shape[1])).astype(np.uint8)[:, None]
        for tree, pattern in enumerate(patterns):
            left = codes[place[tree]] <= self._rank[tree][:, None]
            np.bitwise_or.reduce(left.view(np.uint8) * bits, axis=0, out=pattern)  # sixteen times as fast as packbits
        return patterns

    @cached_property
    def _marks(self) -> dict[int, Vector]:
        """The thresholds of every feature in use, rising."""
        known = np.isfinite(self.threshold)
        return {int(f): np.unique(self.threshold[known & (self.feature == f)]) for f in np.unique(self.feature)}

    @cached_property
    def _rank(self) -> NDArray[np.uint8]:
        """The place of every threshold among those of its feature."""
        rank = np.zeros(self.threshold.shape, dtype=np.uint8)
        for feature, marks in self._marks.items():
            mine = self.feature == feature
            rank[mine] = np.minimum(np.searchsorted(marks, self.threshold[mine]), GAP - 1)
        return rank

    @cached_property
    def _leaf(self) -> NDArray[np.int64]:
        """The leaf every pattern of every tree leads to."""
        trees, splits = self.feature.shape
        every = np.arange(2**splits)
        at = np.zeros((trees, len(every)), dtype=np.int64)
        for _ in range(splits):
            inner = np.maximum(at, 0)
            goes_left = every >> inner & 1
            child = np.where(goes_left, *(np.take_along_axis(side, inner, axis=1) for side in (self.left, self.right)))
            at = np.where(at < 0, at, child)
        return ~at

    @cached_property
    def _paths(self) -> NDArray[np.int8]:
        """For every leaf and split: 1 when the way to the leaf goes left there, −1 right, 0 when it passes elsewhere."""
        trees, splits = self.feature.shape
        to_split = np.zeros((trees, splits, splits), dtype=np.int8)
        to_leaf = np.zeros((trees, splits + 1, splits), dtype=np.int8)
        for split in range(splits):  # a child is numbered after its parent
            for side, turn in ((self.left, 1), (self.right, -1)):
                way = to_split[:, split].copy()
                way[:, split] = turn
                child = side[:, split]
                inner, outer = np.flatnonzero(child > split), np.flatnonzero(child < 0)
                to_split[inner, child[inner]] = way[inner]
                to_leaf[outer, ~child[outer]] = way[outer]
        return to_leaf

    @cached_property
    def _shapley(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The features of every tree, and their Shapley values for every pattern: (trees, slots, patterns).

        Along the way to a leaf, a feature says yes or no to a row (o = 1 or 0), and lets a share z of the rows learned
        from pass when it is not asked. The leaf's value v is worth v·Π o over those asked · Π z over the others; the
        Shapley value of this game is v·(o − z)·∫ Π (z + t(o − z)) dt over the other features, t from 0 to 1.
        """
        slots, member = _slots(self.feature, (self._paths != 0).any(axis=1))
        z, agrees = self._passing(member), self._agreeing
        tables = []
        for start in range(0, len(slots), TREES_AT_ONCE):
            some = slice(start, start + TREES_AT_ONCE)
            o = np.stack([(agrees[some] | ~own).all(axis=2) for own in np.moveaxis(member[some], 3, 0)[..., None]], 2)
            gain = o - z[some]
            value = self.value[some, :, None, None]
            table = np.zeros((len(o), slots.shape[1], o.shape[3]))
            for node, weight in zip((NODES + 1) / 2, NODE_WEIGHTS / 2, strict=True):
                factors = z[some] + node * gain
                table += (gain * (weight * value * factors.prod(axis=2, keepdims=True)) / factors).sum(axis=1)
            tables.append(table)
        return slots, np.concatenate(tables)

    def _passing(self, member: Flags) -> NDArray[np.float64]:
        """For every leaf and slot the share of rows that stay on the way when its feature is not asked."""
        left, right = (np.einsum("tln,tl->tn", self._paths == turn, self.cover) for turn in (1, -1))
        total = np.maximum(left + right, 1e-300)
        sides = (left / total)[:, None], (right / total)[:, None]
        passing = np.where(self._paths == 0, 1.0, np.where(self._paths == 1, *sides))[..., None]
        return np.asarray(np.where(member, passing, 1.0).prod(axis=2)[..., None])

    @property
    def _agreeing(self) -> Flags:
        """Whether a pattern goes, at every split, the way to every leaf, or need not pass: (trees, leaves, splits, patterns)."""
        splits = self.feature.shape[1]
        left = (np.arange(2**splits) >> np.arange(splits)[:, None] & 1) > 0
        paths = self._paths[..., None]
        return np.asarray((paths == 0) | (left == (paths == 1)))


def _blocks(text: str) -> list[str]:
    return text.split("end of trees")[0].split("\nTree=")[1:]


def _slots(feature: Integers, used: Flags) -> tuple[NDArray[np.int64], Flags]:
    """Give every distinct feature of a tree a slot; return the feature of each, and which split belongs to which.

    A slot that is not needed has the number −1: a row of its own at the end of what is added to.
    """
    same = (feature[:, :, None] == feature[:, None, :]) & used[:, :, None]
    own = used & ~np.triu(same, 1).any(axis=1)
    return np.where(own, feature, -1).astype(np.int64), (same & own[:, None, :])[:, None]
