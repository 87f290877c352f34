"""CatBoost with its defaults, out of fold; run as a script in the environment of peers, on files left in a folder."""

import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from catboost import CatBoostClassifier  # type: ignore[import-not-found]

THREADS = 2


def main(folder: Path) -> None:
    """Read ``table.npz`` (columns) and ``folds.npz`` (left, fold); write ``catboost.npz`` (chance, and seconds of fitting)."""
    table, given = pd.DataFrame(dict(np.load(folder / "table.npz"))), np.load(folder / "folds.npz")
    left, fold = given["left"].astype(np.int64), given["fold"]
    words = [name for name in table.columns if not pd.api.types.is_numeric_dtype(table[name])]
    chance, wall, cpu = np.empty(len(table)), 0.0, 0.0
    for held in np.unique(fold):
        model = CatBoostClassifier(
            cat_features=words, thread_count=THREADS, random_seed=0, verbose=False, allow_writing_files=False
        )
        begun, used = time.perf_counter(), time.process_time()
        model.fit(table[fold != held], left[fold != held])
        wall, cpu = wall + time.perf_counter() - begun, cpu + time.process_time() - used
        chance[fold == held] = model.predict_proba(table[fold == held])[:, 1]
    np.savez(folder / "catboost.npz", chance=chance, wall=wall, cpu=cpu)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
