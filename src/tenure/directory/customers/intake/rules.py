"""What a batch of customers may hold, and what came of taking it in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tenure.directory.customers.folding import FIELDS
from tenure.kit.errors import Invalid
from tenure.kit.i18n import Text

KEY = "customer_id"
TAGS = "attributes"


@dataclass(frozen=True)
class TakenIn:
    """What taking in did: customers that are new, known ones that changed, known ones that did not."""

    inserted: int
    updated: int
    unchanged: int


@dataclass(frozen=True)
class Undone:
    """What undoing did: customers that left again, and customers that are as they were before."""

    removed: int
    restored: int


@dataclass(frozen=True)
class Grounds:
    """On what grounds words of consent are taken in: what proves all of them, and their legal basis.

    Each row may bring its own number in the file, which joins the proof.
    """

    proof: Mapping[str, object] = field(default_factory=dict)
    basis: str = "consent"


def plain_columns(names: Iterable[str]) -> Sequence[str]:
    """Return the columns of a batch that are copied as they are, or raise when there is one we do not know."""
    wanted = [name for name in names if name != TAGS]
    unknown = sorted(set(wanted) - {KEY, *FIELDS})
    if unknown or KEY not in wanted:
        raise Invalid(
            Text(
                "Customers come with customer_id and known columns, not {unknown}.",
                "客户须含 customer_id 与已知列，不支持 {unknown}。",
            ).fill(unknown=unknown)
        )
    return wanted
