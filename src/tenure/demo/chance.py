"""Chance with a name: every story draws from its own stream, so that changing one leaves the others alone."""

import zlib

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def stream(seed: int, batch: int, story: str) -> np.random.Generator:
    """Return the random stream of one story in one batch of customers; PCG64 is the same on every machine."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, batch, zlib.crc32(story.encode())])))


def pick(rng: np.random.Generator, shares: ArrayLike, size: int) -> Ints:
    """Draw codes 0, 1, … in proportion to ``shares``."""
    return pick_at(np.asarray(shares, dtype=np.float64), rng.random(size))


def pick_at(shares: Floats, uniform: Floats) -> Ints:
    """Turn uniform draws into codes in proportion to ``shares``."""
    edges = np.cumsum(shares)
    codes = np.searchsorted(edges / edges[-1], uniform, side="right")
    return np.minimum(codes, len(edges) - 1).astype(np.int64)


def pick_by_row(shares: Floats, rows: Ints, uniform: Floats) -> Ints:
    """Turn uniform draws into codes, each in proportion to its own row of ``shares``."""
    edges = np.cumsum(shares, axis=1)
    edges /= edges[:, -1:]
    codes = (uniform[:, None] >= edges[rows]).sum(axis=1)
    return np.asarray(np.minimum(codes, shares.shape[1] - 1), dtype=np.int64)


def places_within(counts: Ints) -> Ints:
    """Return 0, 1, … within each group when groups of ``counts`` rows lie one after another."""
    total = int(counts.sum())
    starts = np.repeat(np.cumsum(counts) - counts, counts)
    return np.arange(total, dtype=np.int64) - starts
