"""Who is meant: the records of some people, and every way they can be recognised."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import cast


@dataclass(frozen=True)
class People:
    """Some people: ids of all their records, and the addresses, numbers and names known of them.

    ``own`` are the addresses and numbers that nobody else has too; a number a family shares does not bar the others.
    """

    ids: tuple[str, ...]
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    wecom: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    persons: int = 1
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def recognised(self) -> tuple[str, ...]:
        """Return every text that names one of them for certain; a name alone may be somebody else's."""
        return (*self.ids, *self.emails, *self.phones, *self.wecom)

    def stored(self) -> dict[str, object]:
        """Return the people as they are stored while their erasure runs."""
        return {name: _listed(value) for name, value in asdict(self).items()}

    @classmethod
    def of(cls, stored: Mapping[str, object]) -> "People":
        """Return stored people."""
        own = cast(Mapping[str, list[str]], stored["own"])
        texts = {
            name: tuple(cast(list[str], stored[name]))
            for name in ("ids", "emails", "phones", "wecom", "names", "orders")
        }
        return cls(
            **texts,
            persons=int(cast(int, stored["persons"])),
            own={kind: tuple(values) for kind, values in own.items()},
        )


def _listed(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, dict):
        return {name: _listed(inner) for name, inner in value.items()}
    return value
