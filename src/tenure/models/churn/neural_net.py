"""A small neural network: one hidden layer beside a straight line, averaged over several starts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tenure.models.base import Vector, logit
from tenure.models.churn.practice import Matrix, Task

HIDDEN = 16
MEMBERS = 3  # networks from different starts, averaged
EPOCHS = 12
BATCH = 256
LEARNING_RATE = 0.01
DECAY = 1.0  # weight decay per step, times the learning rate (AdamW, Loshchilov and Hutter 2019)
FAR = 4.0  # standard deviations beyond which a term is pulled in

Single = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Network:
    """Members of one hidden layer of hinges (ReLU) beside a straight line; the score is their mean."""

    inner: NDArray[np.float64]  # (members, terms, hidden)
    shift: NDArray[np.float64]  # (members, hidden)
    outer: NDArray[np.float64]  # (members, hidden), already divided by the number of members
    line: Vector  # (terms)
    constant: float
    view = "lines"

    def score(self, rows: Matrix) -> Vector:
        """Return log-odds."""
        return np.asarray(self.base + self.shares(rows).sum(axis=1), dtype=np.float64)

    def shares(self, rows: Matrix) -> Matrix:
        """Return integrated gradients from the average row (Sundararajan and others 2017), in closed form.

        Along the straight way from the average row to a row every hinge opens or closes once, so the integral of the
        gradient is the slope of each hinge times the part of the way on which it is open. No remainder is left.
        """
        near = np.clip(rows, -FAR, FAR)
        result = near * self.line
        for inner, shift, outer in zip(self.inner, self.shift, self.outer, strict=True):
            result += near * ((_open(near @ inner, shift) * outer) @ inner.T)
        return result

    @property
    def base(self) -> float:
        """The score of the average row, all of whose terms are zero."""
        return self.constant + float(np.sum(np.maximum(self.shift, 0) * self.outer))


def neural_rung(task: Task, folds: int) -> list[Network]:
    """Train the networks of all folds side by side."""
    sets = [np.flatnonzero(task.rest(k)) for k in range(folds)]
    views = [task.rows("lines", k).astype(np.float32) for k in range(folds)]
    return _train(views, task.target.astype(np.float32), sets, task.seed)


def _open(rise: Matrix, shift: Vector) -> Matrix:
    """Return the part of the way from 0 to 1 on which shift + t·rise is positive."""
    turn = np.clip(-shift / np.where(rise == 0, 1, rise), 0, 1)
    still = (shift > 0).astype(np.float64)
    return np.where(rise > 0, 1 - turn, np.where(rise < 0, turn, still))


def _train(views: list[Single], target: Single, sets: list[NDArray[np.intp]], seed: int) -> list[Network]:
    """Train by AdamW with a cosine schedule; all sets take the same number of steps of the same size."""
    rng = np.random.default_rng(seed)
    terms = views[0].shape[1]
    weights = _start(rng, len(sets), terms, [float(logit(target[rows].mean())) for rows in sets])
    moments = [(np.zeros_like(w), np.zeros_like(w)) for w in weights]
    shortest = min(len(rows) for rows in sets)
    batch = min(BATCH, shortest)
    steps = EPOCHS * (shortest // batch)
    for step in range(steps):
        at = step % (shortest // batch)
        if at == 0:
            order = [rng.permutation(rows) for rows in sets]
        picked = [rows[at * batch : (at + 1) * batch] for rows in order]
        x = np.clip(np.stack([view[rows] for view, rows in zip(views, picked, strict=True)]), -FAR, FAR)
        slopes = _slopes(weights, x, np.stack([target[rows] for rows in picked]))
        rate = LEARNING_RATE * 0.5 * (1 + np.cos(np.pi * step / steps))
        _move(weights, slopes, moments, rate, step + 1)
    return [_network(*(w[k].astype(np.float64) for w in weights)) for k in range(len(sets))]


def _start(rng: np.random.Generator, count: int, terms: int, odds: list[float]) -> list[Single]:
    inner = rng.normal(0, np.sqrt(1 / max(terms, 1)), (1, MEMBERS, terms, HIDDEN))
    outer = rng.normal(0, np.sqrt(1 / HIDDEN), (1, MEMBERS, HIDDEN, 1)) * 0.3
    start = [inner, np.zeros((1, MEMBERS, 1, HIDDEN)), outer, np.zeros((1, MEMBERS, terms, 1))]
    same = [np.repeat(w, count, axis=0).astype(np.float32) for w in start]
    return [*same, np.tile(np.array(odds, dtype=np.float32)[:, None, None, None], (1, MEMBERS, 1, 1))]


def _slopes(weights: list[Single], x: Single, y: Single) -> list[Single]:
    """Return the gradient of the log loss for every set and member; x is (sets, rows, terms)."""
    inner, shift, outer, line, constant = weights
    x = x[:, None]
    hidden = np.maximum(x @ inner + shift, 0)
    score = hidden @ outer + x @ line + constant
    error = (1 / (1 + np.exp(-score)) - y[:, None, :, None]) / y.shape[1]
    back = (error @ outer.swapaxes(2, 3)) * (hidden > 0)
    across = x.swapaxes(2, 3)
    return [
        across @ back,
        back.sum(axis=2, keepdims=True),
        hidden.swapaxes(2, 3) @ error,
        across @ error,
        error.sum(axis=2, keepdims=True),
    ]


def _move(
    weights: list[Single], slopes: list[Single], moments: list[tuple[Single, Single]], rate: float, step: int
) -> None:
    for i, (weight, slope, (first, second)) in enumerate(zip(weights, slopes, moments, strict=True)):
        first *= 0.9
        first += 0.1 * slope
        second *= 0.999
        second += 0.001 * slope**2
        if i in (0, 2, 3):  # shifts and constants are not decayed
            weight *= 1 - rate * DECAY
        weight -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)


def _network(inner: Matrix, shift: Matrix, outer: Matrix, line: Matrix, constant: Matrix) -> Network:
    members = len(inner)
    return Network(inner, shift[:, 0], outer[:, :, 0] / members, line[:, :, 0].mean(axis=0), float(constant.mean()))
