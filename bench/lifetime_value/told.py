"""One fit in a process of its own, told in a line of JSON; imports nothing of ours, for it also runs where we are not."""

import json
import resource
import sys
import time
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Past = Mapping[str, NDArray[np.float64]]
Fit = Callable[[str, Past, float], tuple[dict[str, float], float]]


def tell(fit: Fit) -> None:
    """Fit the model named on the command line (DATA.npz MODEL HORIZON); print what it took and what came out."""
    _, path, model, horizon = sys.argv
    past = dict(np.load(path))
    told: dict[str, object] = {}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        wall, cpu = time.perf_counter(), time.process_time()
        try:
            told["parameters"], told["expected"] = fit(model, past, float(horizon))
        except Exception as error:  # noqa: BLE001  # whatever another library does is a result
            told["failed"] = f"{type(error).__name__}: {(str(error).strip() or '?').splitlines()[0][:70]}"
        told["seconds"], told["cpu"] = time.perf_counter() - wall, time.process_time() - cpu
    told["peak_mb"] = _peak()
    told["warnings"] = sorted({type(warning.message).__name__ for warning in caught})
    print(json.dumps(told))


def _peak() -> float:
    """Return the most memory this program held, in megabytes.

    Linux tells it in /proc; what ``getrusage`` tells there starts with the size of the process that started us.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return next(float(line.split()[1]) / 1024 for line in status.read_text().splitlines() if "VmHWM" in line)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
