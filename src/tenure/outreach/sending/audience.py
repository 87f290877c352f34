"""Who is meant: customers by their ids, whom a filter finds, or whom a saved filter finds."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from tenure.directory.customers.finding import service as finding
from tenure.kit.db import Session
from tenure.kit.errors import FieldProblem, Invalid
from tenure.kit.i18n import Text
from tenure.outreach.sending.forecast import sample


@dataclass(frozen=True, slots=True)
class Meant:
    """Customers by their ids, each once, or a checked question that finds them."""

    ids: Sequence[str] = ()
    found_by: finding.Asked | None = None

    def some(self, session: Session, most: int) -> tuple[int, Sequence[str]]:
        """Return how many are meant, and up to so many of them, chosen by chance and the same each time."""
        if self.found_by is not None:
            return finding.some(session, self.found_by, most)
        return len(self.ids), sample(self.ids, most)

    def told(self) -> dict[str, object]:
        """Return who is meant as it is kept and written down; ids are counted, not named."""
        return {"ids": len(self.ids)} if self.found_by is None else dict(asdict(self.found_by))


def question_of(told: Mapping[str, object]) -> finding.Asked | None:
    """Return the question that finds whom is meant; none where they were named."""
    if "ids" in told:
        return None
    kept = told["filter"]
    return finding.Asked(str(told["words"]), None if kept is None else str(kept), str(told["sort"]))


@dataclass(frozen=True, slots=True)
class Audience:
    """Exactly one of the three; ``words`` narrow a filter as the search of the customer list does."""

    customer_ids: Sequence[str] = ()
    filter: str | None = None
    words: str = ""
    saved_filter: str | None = None

    def meant(self, session: Session, member_id: str) -> Meant:
        """Return who is meant; a question that cannot be asked is refused."""
        given = [bool(self.customer_ids), self.filter is not None or bool(self.words), self.saved_filter is not None]
        if sum(given) != 1:
            raise _wrong(
                Text(
                    "Name customers, a filter or a saved filter: one of them.",
                    "请指定客户、筛选条件或已保存的筛选，三选一。",
                )
            )
        if self.customer_ids:
            return Meant(list(dict.fromkeys(self.customer_ids)))
        saved = self.saved_filter
        asked = (
            finding.Asked(self.words, self.filter, "name")
            if saved is None
            else finding.saved(session, saved, member_id)
        )
        finding.question(session, asked)
        return Meant(found_by=asked)


def _wrong(message: Text) -> Invalid:
    return Invalid(message, fields=(FieldProblem("/to", message),))
