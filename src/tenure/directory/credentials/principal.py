"""Who is asking, once proven."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Principal:
    """A member or an API key, and what it may do; ``member_id`` is who answers for it."""

    kind: Literal["member", "key"]
    id: str
    name: str
    role: str
    permissions: frozenset[str]
    member_id: str

    def may(self, permission: str) -> bool:
        """Say whether this principal has a permission."""
        return permission in self.permissions
