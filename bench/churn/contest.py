"""One table, one set of folds, every family out of fold: how well, how honestly and how fast."""

import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score
from sklearn.model_selection import StratifiedKFold

from bench.churn.families import FAMILIES, Fit, ours
from bench.churn.table import Table
from tenure.models.calibration_line import error_by_chance
from tenure.models.evaluation import evaluate

PEERS = Path(__file__).resolve().parents[2] / ".venv" / "peers" / "bin" / "python"
CATBOOST = Path(__file__).with_name("catboost_peer.py")  # never imported here: it needs what we do not depend on
OURS = "Tenure"
BEHIND = 0.002  # of AUC: what the aim allows on any table
HONEST = 0.02  # of calibration error


@dataclass(frozen=True)
class Entrant:
    """What a family did on a table, and the seconds it took to fit all folds: on the wall, and of processor time.

    ``ece_by_chance`` is the calibration error to be expected on so few customers were its chances exactly right.
    """

    family: str
    auc: float
    precision: float
    log_loss: float
    ece: float
    ece_by_chance: float
    wall: float
    cpu: float


@dataclass(frozen=True)
class Contest:
    """All families on one table."""

    table: str
    rows: int
    rate: float
    entrants: tuple[Entrant, ...]

    def of(self, family: str) -> Entrant | None:
        """Return one family's result, if it took part."""
        return next((entrant for entrant in self.entrants if entrant.family == family), None)

    @property
    def others(self) -> tuple[Entrant, ...]:
        """All families but ours."""
        return tuple(entrant for entrant in self.entrants if entrant.family != OURS)

    @property
    def lost(self) -> tuple[str, ...]:
        """Say where ours misses the aim: ranking, log loss, calibration, time."""
        we = self.of(OURS)
        assert we is not None
        best_auc = max(self.others, key=lambda entrant: entrant.auc)
        best_loss = min(self.others, key=lambda entrant: entrant.log_loss)
        catboost = self.of("CatBoost")
        found = {
            f"AUC {we.auc - best_auc.auc:+.4f} against {best_auc.family}": we.auc < best_auc.auc - BEHIND,
            f"log loss {we.log_loss - best_loss.log_loss:+.4f} against {best_loss.family}": we.log_loss
            > best_loss.log_loss,
            f"calibration error {we.ece:.4f} (by chance alone {we.ece_by_chance:.4f})": we.ece > HONEST,
        }
        if catboost is not None:
            found[f"{we.cpu / catboost.cpu:.2f} of CatBoost's time"] = we.cpu > catboost.cpu / 5
        return tuple(word for word, missed in found.items() if missed)


def contest(table: Table, folds: int, peers: bool, families: Mapping[str, Fit] = FAMILIES) -> Contest:
    """Fit every family on every fold but one and score that one."""
    fold = np.empty(len(table), dtype=np.int64)
    for k, (_, held) in enumerate(StratifiedKFold(folds, shuffle=True, random_state=0).split(fold, table.left)):
        fold[held] = k
    plain = table.plain()
    entrants = [_entrant(name, fit, plain, table.left, fold) for name, fit in families.items()]
    if peers:
        entrants.append(_catboost(plain, table.left, fold))
    entrants.append(_entrant(OURS, ours, table.features, table.left, fold))
    return Contest(table.name, len(table), float(table.left.mean()), tuple(entrants))


def _entrant(
    family: str, fit: Fit, features: pd.DataFrame, left: NDArray[np.bool_], fold: NDArray[np.int64]
) -> Entrant:
    chance, wall, cpu = np.empty(len(left)), 0.0, 0.0
    for k in range(fold.max() + 1):
        train, begun, used = features[fold != k], time.perf_counter(), time.process_time()
        fitted = fit(train, left[fold != k])
        wall, cpu = wall + time.perf_counter() - begun, cpu + time.process_time() - used
        chance[fold == k] = fitted(features[fold == k])
    return _judged(family, left, chance, wall, cpu)


def _catboost(plain: pd.DataFrame, left: NDArray[np.bool_], fold: NDArray[np.int64]) -> Entrant:
    """Let CatBoost fit in its own environment, on files."""
    with tempfile.TemporaryDirectory(prefix="tenure-bench-") as name:
        folder = Path(name)
        typed = {str(name): plain[name].to_numpy(dtype=_kind(plain[name])) for name in plain}
        np.savez(folder / "table.npz", allow_pickle=False, **typed)
        np.savez(folder / "folds.npz", left=left, fold=fold)
        subprocess.run([str(PEERS), str(CATBOOST), name], check=True)
        found = np.load(folder / "catboost.npz")
        return _judged("CatBoost", left, found["chance"], float(found["wall"]), float(found["cpu"]))


def _kind(values: "pd.Series[float]") -> type:
    return float if pd.api.types.is_numeric_dtype(values) else str


def _judged(family: str, left: NDArray[np.bool_], chance: NDArray[np.float64], wall: float, cpu: float) -> Entrant:
    report = evaluate(left, chance)
    precision = float(average_precision_score(left, chance))
    by_chance = error_by_chance(chance)
    return Entrant(family, report.auc.value, precision, report.log_loss.value, report.ece, by_chance, wall, cpu)
