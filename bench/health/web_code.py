"""Indicators of the web sources, read as text."""

import posixpath
import re
from pathlib import Path

from bench.health import graph
from bench.health.indicator import Indicator, lines_of, longest, spread

COMPONENT = re.compile(r"^(?:export )?(?:default )?(?:function|const) ([A-Z]\w*)")
ANY = re.compile(r"[:<,|]\s*any\b|\bas any\b")
IMPORT = re.compile(r"from \"(\.[^\"]+)\"")
SILENCER = re.compile(r"eslint-disable|@ts-ignore|@ts-expect-error")
COMMENT = re.compile(r"^\s*(//|/\*|\*)")


def measure(folder: Path) -> list[Indicator]:
    """Return every indicator of the web code; generated files and tests are left out."""
    paths = [p for p in sorted(folder.rglob("*.ts*")) if "api" not in p.relative_to(folder).parts[:1]]
    texts = {str(p.relative_to(folder)): lines_of(p) for p in paths if ".test." not in p.name}
    files = [(len(_code(lines)), name) for name, lines in texts.items()]
    components = [found for name, lines in texts.items() if name.endswith("x") for found in _components(name, lines)]
    code = [line for lines in texts.values() for line in _code(lines)]
    loops = graph.knotted({name: _imports(name, lines, texts) for name, lines in texts.items()})
    silenced = sum(bool(SILENCER.search(line)) for lines in texts.values() for line in lines)
    return [
        Indicator("web file lines", spread(n for n, _ in files), (60, 150, 250), 300, culprit=longest(files)),
        Indicator("longest component", (max(components, default=(0, ""))[0],), (120,), 200, False, longest(components)),
        Indicator("web any", (sum(len(ANY.findall(line)) for line in code),), (0,), 0),
        Indicator("web files in a cycle", (len(loops),), (0,), 0, culprit=" ".join(sorted(loops)[:3])),
        Indicator("web silencers /kLOC", (round(1000 * silenced / (len(code) or 1), 2),), (1,), 2),
    ]


def _code(lines: list[str]) -> list[str]:
    return [line for line in lines if line.strip() and not COMMENT.match(line)]


def _components(name: str, lines: list[str]) -> list[tuple[float, str]]:
    """Measure each component from its first line to the next line that closes at the margin."""
    found = []
    for start, line in enumerate(lines):
        if named := COMPONENT.match(line):
            ends = (n for n, later in enumerate(lines[start:]) if re.match(r"[})\]]+;?$", later))
            found.append((float(len(_code(lines[start : start + next(ends, 0) + 1]))), f"{name} {named[1]}"))
    return found


def _imports(name: str, lines: list[str], known: dict[str, list[str]]) -> set[str]:
    near = [posixpath.normpath(posixpath.join(posixpath.dirname(name), to)) for to in IMPORT.findall("\n".join(lines))]
    return {found for to in near for found in (to, f"{to}.ts", f"{to}.tsx") if found in known}
