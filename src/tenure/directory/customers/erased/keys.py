"""How the erased are recognised without being known: a keyed hash that Python, PostgreSQL and the lake compute alike."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass

KINDS = ("customer", "email", "phone", "wecom")
SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True, repr=False)
class ErasedKeys:
    """The workspace's key for the erased; without it their hashes tell nothing."""

    secret: str

    @classmethod
    def derived(cls, secret: str) -> "ErasedKeys":
        """Make the key from the workspace's secret, apart from every other use of it."""
        return cls(hmac.digest(secret.encode(), b"tenure erased people", "sha256").hex())

    def of(self, kind: str, value: str) -> str:
        """Return the hash of an id, address or number; hashed twice, so that nothing can be added behind a value."""
        return self._once(self._once(f"{kind}{SEPARATOR}{plain(kind, value)}"))

    def of_all(self, kind: str, values: Iterable[str]) -> dict[str, str]:
        """Return the hash of each value."""
        return {value: self.of(kind, value) for value in values}

    def _once(self, text: str) -> str:
        return hashlib.sha256((self.secret + text).encode("utf-8", "surrogatepass")).hexdigest()


def plain(kind: str, value: str) -> str:
    """Return a value as it is compared: addresses without regard to case and blanks."""
    return value.strip().lower() if kind == "email" else value.strip()
