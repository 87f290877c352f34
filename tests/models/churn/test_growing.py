"""Growing trees: the same digits whatever the number of threads, and safe to ask for from several at once."""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from tenure.models import ChurnBoosted, store
from tenure.models.churn import growing
from tenure.models.exam import made_up_table


def test_the_number_of_cores_changes_no_digit(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(12000, 6))
    target = (rng.random(12000) < 1 / (1 + np.exp(-rows[:, 0] - rows[:, 1] * rows[:, 2]))).astype(float)
    monkeypatch.setattr(growing, "ROWS_PER_THREAD", 1000)
    grown = []
    for cores in (1, 2, 3):
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        trees, _ = growing.grow(rows, target, {"seed": 3}, 30)
        grown.append(trees.score(rows).tobytes())
    assert grown[0] == grown[1] == grown[2]


def test_two_threads_may_fit_at_once() -> None:
    table, outcome = made_up_table(400)
    with ThreadPoolExecutor(2) as threads:
        fitted = threads.map(lambda _: store.version(ChurnBoosted(folds=2).fit(table, outcome)), range(6))
    assert len(set(fitted)) == 1
