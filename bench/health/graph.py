"""Who imports whom: fan-out and knots."""

from collections.abc import Iterable, Mapping

from bench.health.source import Source

Graph = Mapping[str, set[str]]


def imports(sources: Iterable[Source]) -> dict[str, set[str]]:
    """Return for every module the modules of the same product that it imports."""
    read = list(sources)
    known = {source.module for source in read}
    return {source.module: {found for name in source.imports() if (found := _known(name, known))} for source in read}


def _known(name: str, known: set[str]) -> str | None:
    if name in known:
        return name
    holder = name.rpartition(".")[0]
    return holder if holder in known else None


def rooms(graph: Graph, depth: int) -> dict[str, set[str]]:
    """Return the graph of packages at a depth: ``tenure.kit`` is at depth 2."""
    folded: dict[str, set[str]] = {}
    for module, imported in graph.items():
        here = _fold(module, depth)
        folded.setdefault(here, set()).update(_fold(name, depth) for name in imported)
        folded[here].discard(here)
    return folded


def _fold(module: str, depth: int) -> str:
    return ".".join(module.split(".")[:depth])


def knotted(graph: Graph) -> set[str]:
    """Return the nodes that can be reached from themselves."""
    return {node for node in graph if node in _reachable(graph, node)}


def _reachable(graph: Graph, start: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(graph.get(start, ()))
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting.extend(graph.get(node, ()))
    return seen
