"""Who is held out: a keyed hash puts every customer at a place between 0 and 100, and a hold-out takes the first so many."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

_STEPS = 2**64


@dataclass(frozen=True, slots=True)
class InForce:
    """A hold-out in force; ``message`` narrows it to one."""

    name: str
    version: int
    percent: float
    seed: str
    message: str | None = None


@dataclass(frozen=True, slots=True)
class HoldOuts:
    """Every hold-out in force, and the workspace's secret that makes places unguessable."""

    secret: str = ""
    every: Sequence[InForce] = ()

    def of(self, customer_id: str, message: str | None) -> str | None:
        """Return which hold-out keeps a customer from a message, with its version; those over all messages first."""
        for one in self.every:
            if one.message in (None, message) and place(self.secret, one.seed, customer_id) < one.percent:
                return f"{one.name} v{one.version}"
        return None


def place(secret: str, seed: str, customer_id: str) -> float:
    """Return where a customer stands between 0 and 100: the same today and in a year, and unlike under another seed."""
    digest = hmac.digest(secret.encode(), f"tenure hold-out\x1f{seed}\x1f{customer_id}".encode(), hashlib.sha256)
    return int.from_bytes(digest[:8]) / _STEPS * 100
