"""Tenure (留客): who is leaving, why, what to do about it, and what it was worth.

``import tenure; desk = tenure.open("my-shop")`` opens a workspace; ``from tenure.models import BetaGeoNBD`` needs none.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tenure.app.desk import open_desk as open

__all__ = ["open"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Load the desk only when it is asked for, so that the models alone stay light."""
    if name == "open":
        return importlib.import_module("tenure.app.desk").open_desk
    raise AttributeError(f"module 'tenure' has no attribute {name!r}")
