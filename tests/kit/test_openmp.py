"""Where the system has no OpenMP, scikit-learn's own serves LightGBM and implicit too."""

import subprocess
import sys

import pytest

# The bundled copy alone must be enough: it is loaded under the usual name although the system may have one as well.
SCRIPT = """
import ctypes
from pathlib import Path
from tenure.kit import openmp
assert openmp._load_renamed(openmp._bundled()[0])
assert "libgomp" in Path("/proc/self/maps").read_text()
threads = ctypes.CDLL("libgomp.so.1").omp_get_max_threads()
assert threads >= 1
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the loader's rules are those of Linux")
def test_the_bundled_library_is_loaded_under_the_usual_name() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
