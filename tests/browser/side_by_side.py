"""Who does which browser tests where several processes share them.

All files that want the demo company, which is dear to make and which some of them change, are one process's work, one
after the other; every other file has a small shop of its own and goes to whoever has time. The largest group begins
first, which is the demo company's.
"""

from pathlib import Path

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

HERE = Path(__file__).resolve().parent
DEMO = "tenure_site"  # the fixture of the demo company


class ByShop(LoadScopeScheduling):  # type: ignore[misc]
    """Gives out tests in groups that share a shop."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def group_of(nodeid: str) -> str:
    """Return the group of a test: one for all files that name the demo company, else its file."""
    name = nodeid.partition("::")[0].rpartition("/")[2]
    return DEMO if DEMO in (HERE / name).read_text() else name
