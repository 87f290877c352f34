"""Indicators of the Python sources."""

import ast
import configparser
import re
from pathlib import Path

from bench.health import graph
from bench.health.indicator import Indicator, copied, longest, share, spread
from bench.health.source import Source, complexity, parameters

DRAWERS = {"utils", "helpers", "common", "misc", "lib", "tools"}
SILENCER = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no cover|mypy:\s*ignore)")
GRANTED = ("tenure.kit.db", "tenure.kit.http", "tenure.directory.access")
EXEMPT_FROM_FAN_OUT = ("wiring", "catalog", "conftest")
LONG, TANGLED = 40, 10


def measure(sources: list[Source], contract: Path) -> list[Indicator]:
    """Return every indicator of the product's Python code."""
    return [*_sizes(sources), *_shapes(sources), *_doors(sources, contract), *_habits(sources)]


def _sizes(sources: list[Source]) -> list[Indicator]:
    files = [(len(s.code_lines), s.module) for s in sources if s.code_lines]
    functions = [(s.length(f), f"{s.module}.{f.name}") for s in sources for f in s.functions]
    classes = [(s.length(c), f"{s.module}.{c.name}") for s in sources for c in s.classes]
    long = sum(length > LONG for length, _ in functions)
    return [
        Indicator("code lines per file", spread(n for n, _ in files), (70, 200, 350), 400, culprit=longest(files)),
        Indicator("function lines", spread(n for n, _ in functions), (8, 25, 60), 80, culprit=longest(functions)),
        Indicator("functions over 40 lines %", (share(long, len(functions)),), (2,), 5),
        Indicator("longest class", (max(classes, default=(0, ""))[0],), (200,), 300, culprit=longest(classes)),
    ]


def _shapes(sources: list[Source]) -> list[Indicator]:
    tangles = [(complexity(f), f"{s.module}.{f.name}") for s in sources for f in s.functions]
    arguments = [
        (parameters(f), f"{s.module}.{f.name}")
        for s in sources
        for f in s.functions
        if not (f.name == "__init__" and s.module.startswith("tenure.models"))
    ]
    tangled = sum(ways > TANGLED for ways, _ in tangles)
    asked = spread(n for n, _ in arguments)[1:]
    return [
        Indicator("complexity over 10 %", (share(tangled, len(tangles)),), (1,), 3, culprit=longest(tangles)),
        Indicator("parameters p90 · max", asked, (4, 7), 8, culprit=longest(arguments)),
    ]


def _doors(sources: list[Source], contract: Path) -> list[Indicator]:
    # The front door names the roof but loads it only when it is opened.
    modules = graph.imports(source for source in sources if source.module != "tenure")
    fans = [(len(i), m) for m, i in modules.items() if m.rpartition(".")[2] not in EXEMPT_FROM_FAN_OUT]
    knots = [*graph.knotted(graph.rooms(modules, 2)), *graph.knotted(graph.rooms(modules, 3))]
    cyclic = graph.knotted(modules)
    return [
        Indicator("module fan-out p90 · max", spread(n for n, _ in fans)[1:], (8, 15), 20, culprit=longest(fans)),
        Indicator("rooms or slices in a knot", (len(knots),), (0,), 0, culprit=" ".join(sorted(knots)[:3])),
        Indicator("modules in a cycle", (len(cyclic),), (0,), 0, culprit=" ".join(sorted(cyclic)[:3])),
        Indicator("contract exceptions", (_exceptions(contract),), (0,)),
    ]


def _exceptions(contract: Path) -> int:
    parser = configparser.ConfigParser()
    parser.read(contract)
    allowed = [line for section in parser.values() for line in section.get("ignore_imports", "").split("\n") if line]
    importers = [line.split("->")[0].strip() for line in allowed]
    return sum("*" not in importer and importer not in GRANTED for importer in importers)


def _habits(sources: list[Source]) -> list[Indicator]:
    total = sum(len(s.code_lines) for s in sources) or 1
    per_thousand = 1000 / total
    hidden = sum(len(s.imports(f)) for s in sources for f in s.functions)
    broad = sum(_broad(node) for s in sources for node in ast.walk(s.tree) if isinstance(node, ast.ExceptHandler))
    silenced = sum(len(SILENCER.findall(s.text)) for s in sources)
    drawers = sum(len(s.code_lines) for s in sources if DRAWERS & set(s.module.split(".")))
    public = [f for s in sources for f in s.public_functions]
    documented = sum(ast.get_docstring(f) is not None for f in public)
    texts = [[line for n, line in enumerate(s.text.splitlines(), 1) if n in s.code_lines] for s in sources]
    return [
        Indicator("imports inside functions /kLOC", (round(hidden * per_thousand, 2),), (0,), 0.5),
        Indicator("duplication %", (copied(texts),), (3,), 5),
        Indicator("broad excepts /kLOC", (round(broad * per_thousand, 2),), (0.2,), 0.5),
        Indicator("silencers /kLOC", (round(silenced * per_thousand, 2),), (1,), 2),
        Indicator("code in drawers %", (share(drawers, total),), (0,), 1),
        Indicator("public functions documented %", (share(documented, len(public)),), (100,), 90, more_is_better=True),
    ]


def _broad(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id in ("Exception", "BaseException")
    )
