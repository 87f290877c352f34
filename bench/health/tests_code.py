"""Indicators of the tests."""

import re
from pathlib import Path

from bench.health.indicator import Indicator, longest, share, spread
from bench.health.source import Source

PATCHES = re.compile(r"monkeypatch\.|mock\.patch|(?<!\.)\bpatch\(")
# Tests of the house as a whole have no single file to mirror.
OF_THE_WHOLE = ("tests.browser.", "tests.test_", "tests.bench.")


def measure(tests: list[Source], product: list[Source]) -> list[Indicator]:
    """Return every indicator of the tests."""
    bodies = [(s.length(f) - 1, f"{s.module}.{f.name}") for s in tests for f in s.functions if f.name[:5] == "test_"]
    lines = {s.module: len(s.code_lines) for s in tests}
    total = sum(len(s.code_lines) for s in product) or 1
    patches = sum(len(PATCHES.findall(s.text)) for s in tests)
    files = [s for s in tests if s.path.name.startswith("test_")]
    helping = [(lines[s.module], s.module) for s in tests if s not in files]
    testing = [(lines[s.module], s.module) for s in files]
    mirrored = [s for s in files if not s.module.startswith(OF_THE_WHOLE)]
    at_home = sum(_mirrors(s, product) for s in mirrored)
    strays = " ".join(s.module for s in mirrored if not _mirrors(s, product))
    return [
        Indicator("test ÷ source", (round(sum(lines.values()) / total, 2),), (0.8,), more_is_better=True),
        Indicator("test body med · p90", spread(n for n, _ in bodies)[:2], (10, 25), 40, culprit=longest(bodies)),
        Indicator("patches per test", (round(patches / (len(bodies) or 1), 3),), (0.02,), 0.05),
        Indicator("tests at mirrored path %", (share(at_home, len(mirrored)),), (100,), 95, True, strays),
        Indicator("longest test file", (max(testing, default=(0, ""))[0],), (400,), 600, culprit=longest(testing)),
        Indicator("longest fixture file", (max(helping, default=(0, ""))[0],), (150,), 600, culprit=longest(helping)),
    ]


def _mirrors(test: Source, product: list[Source]) -> bool:
    """Tell whether a test lies in a folder whose twin exists in the product."""
    twin = "tenure" + test.module.rpartition(".")[0].removeprefix("tests")
    return any(source.module == twin or source.module.startswith(f"{twin}.") for source in product)


def root(folder: Path, visible: list[str]) -> list[Indicator]:
    """Return the indicators of the repository's front door."""
    readmes = [len(path.read_text().splitlines()) for path in folder.glob("README*")]
    return [
        Indicator("visible root entries", (len(visible),), (14,), 20),
        Indicator("README lines", (max(readmes, default=0),), (80,), 150),
    ]
