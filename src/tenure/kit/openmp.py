"""Makes OpenMP available to libraries whose wheels expect it from the system.

LightGBM and implicit link against ``libgomp.so.1``, which a bare Debian does not have; scikit-learn's wheel carries the
same library under a name of its own (``libgomp-1234abcd.so.1.0.0``), where the loader does not look for it. Loading a
copy that bears the usual name first is enough: the loader asks the loaded libraries before it searches the disk.
Importing this module does it.
"""

import ctypes
import importlib.util
import os
import re
import sys
from functools import cache
from pathlib import Path

WANTED = b"libgomp.so.1"
BUNDLED_NAME = re.compile(rb"libgomp-[0-9a-f]+\.so\.[0-9.]+\0")


@cache
def provide() -> None:
    """Load OpenMP under its usual name where the system lacks it; on other systems than Linux do nothing."""
    if not sys.platform.startswith("linux") or _loads(WANTED.decode()):
        return
    for bundled in _bundled():
        if _load_renamed(bundled):
            return


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library, mode=ctypes.RTLD_GLOBAL)
    except OSError:
        return False
    return True


def _bundled() -> list[Path]:
    found = importlib.util.find_spec("sklearn")
    if found is None or found.origin is None:
        return []
    return sorted((Path(found.origin).parent.parent / "scikit_learn.libs").glob("libgomp-*"))


def _load_renamed(bundled: Path) -> bool:
    """Load a copy in memory whose own name is the usual one: shorter than the old one, so that it fits in its place."""
    renamed = BUNDLED_NAME.sub(lambda name: WANTED.ljust(len(name[0]), b"\0"), bundled.read_bytes())
    memory = os.memfd_create("libgomp")
    os.write(memory, renamed)
    return _loads(f"/proc/self/fd/{memory}")


provide()  # at import, so that an import of this module placed before theirs is all that is needed
