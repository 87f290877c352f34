"""How long and how much memory recommending takes: ``python3 run.py bench [--small] recommend``.

Customers have tastes: each draws from the items of a few of 200 groups, popular items more often.
"""

import argparse
import functools
import resource
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from tenure.models import Recommender

GROUPS = 200
FIT_WITHIN, LIST_WITHIN = 60.0, 2.0


def shop(interactions: int, items: int, seed: int = 0) -> pd.DataFrame:
    """Draw who took what and when within a year: about twenty things a customer, half of them from two own groups."""
    rng = np.random.default_rng(seed)
    customers = interactions // 20
    group = rng.integers(0, GROUPS, items)
    by_group = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[by_group], np.arange(GROUPS + 1))
    customer = np.minimum((customers * rng.random(interactions) ** 1.5).astype(np.int64), customers - 1)
    own = rng.integers(0, GROUPS, (customers, 2))[customer, rng.integers(0, 2, interactions)]
    size = (starts[1:] - starts[:-1])[own]
    at_home = by_group[np.minimum(starts[own] + (size * rng.random(interactions) ** 2).astype(np.int64), items - 1)]
    anywhere = (items * rng.random(interactions) ** 3).astype(np.int64)
    item = np.where(rng.random(interactions) < 0.5, at_home, anywhere)
    day = rng.integers(0, 365 * 86_400, interactions)
    return pd.DataFrame({"customer": customer, "item": item, "time": day})


def measured(task: Callable[[], object]) -> tuple[float, float, object]:
    """Return seconds on the clock, seconds of processor time, and what the task gave."""
    clock, processor = time.perf_counter(), time.process_time()
    given = task()
    return time.perf_counter() - clock, time.process_time() - processor, given


def main() -> None:
    """Print one line per task."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--small", action="store_true", help="a size that takes seconds")
    small = parser.parse_args().small
    interactions, items, asked = (50_000, 2_000, 1_000) if small else (1_000_000, 20_000, 10_000)
    taken = shop(interactions, items)
    print(f"{interactions:,} interactions, {taken.customer.nunique():,} customers, {taken.item.nunique():,} items")
    print(f"{'task':<44}{'seconds':>10}{'cpu':>8}{'peak MB':>10}")
    fitted: dict[str, Recommender] = {}
    tasks: dict[str, str | None] = {"all four, judged and refitted": None} | {
        f"{name} alone": name for name in Recommender().methods
    }
    for label, method in tasks.items():
        clock, processor, model = measured(functools.partial(Recommender(method=method).fit, taken))
        assert isinstance(model, Recommender)
        fitted[label] = model
        _line(f"fit, {label} ({model.method_})", clock, processor)
    some = np.random.default_rng(1).choice(taken.customer.unique(), asked, replace=False)
    for label, model in fitted.items():
        clock, processor, _ = measured(functools.partial(model.recommend, some, 20))
        _line(f"{asked:,} customers × top 20, {label}", clock, processor)
    clock, processor, _ = measured(lambda: fitted["ease alone"].recommend(some, 20, exclude_seen=False))
    _line(f"{asked:,} customers × top 20, new and again", clock, processor)
    best = fitted["all four, judged and refitted"].evaluation_
    print(f"NDCG@10 of new items: {best.new.ndcg:.4f}, popularity {best.trials[0].new.ndcg:.4f}" if best else "")
    print(f"aims: fit within {FIT_WITHIN:.0f} s, {asked:,} lists within {LIST_WITHIN:.0f} s")


def _line(label: str, clock: float, processor: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{label:<44}{clock:>10.2f}{processor:>8.2f}{peak:>10.0f}", flush=True)


if __name__ == "__main__":
    main()
