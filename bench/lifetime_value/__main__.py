"""Fits of models of orders, spend and contracts: seconds, memory, likelihood; with ``--peers`` beside other libraries.

``python -m bench.lifetime_value [--small] [--peers]``. Every fit runs in a process of its own, one after the other;
seconds are of fitting and expecting for everybody once, after imports. Likelihoods are all computed by us.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.lifetime_value import histories
from bench.lifetime_value.histories import Columns
from bench.lifetime_value.ours import CONTRACTS, log_likelihood

CHECKOUT = Path(__file__).resolve().parents[2]
PEERS = CHECKOUT / ".venv" / "peers" / "bin" / "python"
DATA = Path(os.environ.get("TENURE_TEST_DATA") or CHECKOUT.parent / "shared" / "data")
PATIENCE = 900  # seconds after which a fit is given up
CONTINUOUS = ("BG/NBD", "MBG/NBD", "Pareto/NBD", "Gamma-Gamma")
LIBRARIES = {"lifetimes": "lifetimes_peer", "PyMC-Marketing": "pymc_peer"}
Told = dict[str, Any]  # what told.py prints
AIM_SECONDS, AIM_MB = 20.0, 2_000.0  # of processor and memory, for a million customers with no two alike
EPSILON = 0.5  # of log-likelihood: what a fit may lack and still be called the same


@dataclass(frozen=True)
class Case:
    """Data that models are fitted to: its name, how to get it, which models, how far ahead, and whether peers try."""

    name: str
    read: Callable[[], Columns]
    models: tuple[str, ...]
    horizon: float
    peers: bool = True


def main() -> int:
    """Print a line for every fit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="20,000 customers drawn, to see that it runs")
    parser.add_argument("--peers", action="store_true", help="also lifetimes and PyMC-Marketing (maximum a posteriori)")
    chosen = parser.parse_args()
    if chosen.peers and not PEERS.exists():
        print(f"other libraries are not installed in {PEERS.parent.parent}: run python3 run.py bench --peers")
        return 1
    print(
        f"{'data':<22}{'model':<13}{'library':<16}{'CPU s':>8}{'wall s':>8}{'peak MB':>9}{'log-lik.':>14}{'ratio':>8}"
    )
    for case in _cases(chosen.small):
        for model in case.models:
            _contest(case, model, chosen.peers)
    return 0


def _cases(small: bool) -> Iterator[Case]:
    size = 20_000 if small else 1_000_000
    if DATA.is_dir() and not small:
        yield Case("CDNOW 23,570", lambda: histories.cdnow(DATA), CONTINUOUS, 39)
        yield Case("Online Retail", lambda: histories.online_retail(DATA), CONTINUOUS, 162)
    elif not small:
        print(f"no public data in {DATA}; set TENURE_TEST_DATA to their folder")
    yield Case("donors 11,104", histories.donors, ("BG/BB",), 5)
    yield Case(f"drawn {size:,}", lambda: histories.drawn(size), CONTINUOUS, 90, peers=False)
    yield Case(f"unrounded {size:,}", lambda: histories.unrounded(size), CONTINUOUS[:3], 90, peers=False)
    yield Case(f"weekly {size:,}", lambda: histories.occasions(size), ("BG/BB",), 13, peers=False)
    yield Case(f"contracts {size:,}", lambda: histories.contracts(size), ("sBG", "BdW"), 12, peers=False)


def _contest(case: Case, model: str, peers: bool) -> None:
    past = case.read()
    if model == "Gamma-Gamma":
        kept = (past["frequency"] > 0) & (past["spend"] > 0)
        past = {name: past[name][kept] for name in ("frequency", "spend")}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "past.npz"
        np.savez(path, **past)  # type: ignore[arg-type]
        asked = [str(path), model, str(case.horizon)]
        ours = _run(sys.executable, "ours", asked)
        likelihood = None if model in CONTRACTS else log_likelihood(model, ours["parameters"], past)
        _tell((case.name, model, "Tenure"), ours, likelihood, ", ".join([*ours["warnings"], *_over(ours)]))
        for library, module in LIBRARIES.items() if peers and case.peers else ():
            told = _run(str(PEERS), module, asked)
            ratio = told.get("cpu", 0.0) / max(ours["cpu"], 1e-3)
            _tell((case.name, model, library), told, *_verdict(model, told, past, likelihood), ratio)


def _over(told: Told) -> list[str]:
    """Say where a fit took more than was aimed at."""
    over = [f"over {AIM_SECONDS:.0f} s"] if told["cpu"] > AIM_SECONDS else []
    return over + ([f"over {AIM_MB:,.0f} MB"] if told["peak_mb"] > AIM_MB else [])


def _verdict(model: str, told: Told, past: Columns, best: float | None) -> tuple[float | None, str]:
    """Return the likelihood another library reached, and in words what to think of it."""
    if "failed" in told:
        return None, told["failed"]
    parameters = told["parameters"]
    if not all(np.isfinite(value) and value > 0 for value in parameters.values()):
        return None, f"parameters {parameters}"
    reached = log_likelihood(model, parameters, past)
    notes = [] if np.isfinite(told["expected"]) else ["expects NaN"]
    if best is not None and reached < best - EPSILON:
        notes.append(f"{best - reached:.1f} less likely")
    return reached, ", ".join(notes)


def _run(python: str, module: str, asked: list[str]) -> Told:
    command = [python, "-m", f"bench.lifetime_value.{module}", *asked]
    nothing = {"seconds": 0.0, "cpu": 0.0, "peak_mb": 0.0}
    try:
        done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return {**nothing, "failed": f"not done after {PATIENCE} s", "cpu": float(PATIENCE)}
    if done.returncode:
        return {**nothing, "failed": done.stderr.strip().splitlines()[-1][:80]}
    told: Told = json.loads(done.stdout.splitlines()[-1])
    return told


def _tell(who: tuple[str, str, str], told: Told, likelihood: float | None, notes: str, ratio: float = 1.0) -> None:
    reached = "" if likelihood is None else f"{likelihood:,.2f}"
    name, model, library = who
    print(
        f"{name:<22}{model:<13}{library:<16}{told['cpu']:>8.2f}{told['seconds']:>8.2f}{told['peak_mb']:>9.0f}"
        f"{reached:>14}{ratio:>8.1f}  {notes}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
