"""A lake that opens when it is first asked for anything: opening takes longer than most tests, and many never look."""

from threading import RLock
from typing import Any

from tenure.warehouse.engines.duckdb import DuckLake, Location


class LateLake(DuckLake):
    """The lake itself, once somebody needs it."""

    def __init__(self, location: Location) -> None:
        self.location = location
        self._opening = RLock()

    def __getattr__(self, name: str) -> Any:
        """Open it: only what opening brings can be missing."""
        with self._opening:
            if name not in self.__dict__:
                super().__init__(self.location)
        return self.__dict__[name]

    def close(self) -> None:
        """Let go of what was opened."""
        if "_root" in self.__dict__:
            super().close()
