"""Who is meant: customers by their ids, whom a filter finds, or whom a saved filter finds."""

from collections.abc import Sequence
from dataclasses import dataclass

from tenure.directory.customers.finding import service as finding
from tenure.kit.db import Session
from tenure.kit.errors import FieldProblem, Invalid
from tenure.kit.i18n import Text

MOST = 500_000  # of one asking: it is one transaction, which took 20 s for 200,000 on two busy cores


@dataclass(frozen=True, slots=True)
class Audience:
    """Exactly one of the three; ``words`` narrow a filter as the search of the customer list does."""

    customer_ids: Sequence[str] = ()
    filter: str | None = None
    words: str = ""
    saved_filter: str | None = None

    def ids(self, session: Session, member_id: str) -> Sequence[str]:
        """Return the ids of everybody meant, each once."""
        return _bounded(list(dict.fromkeys(self._ids(session, member_id))))

    def _ids(self, session: Session, member_id: str) -> Sequence[str]:
        given = [bool(self.customer_ids), self.filter is not None or bool(self.words), self.saved_filter is not None]
        if sum(given) != 1:
            raise _wrong(
                Text(
                    "Name customers, a filter or a saved filter: one of them.",
                    "请指定客户、筛选条件或已保存的筛选，三选一。",
                )
            )
        if self.saved_filter is not None:
            return finding.everybody_saved(session, self.saved_filter, member_id, MOST + 1)
        if self.customer_ids:
            return self.customer_ids
        return finding.everybody(session, finding.Asked(self.words, self.filter, "name"), MOST + 1)


def _bounded(ids: Sequence[str]) -> Sequence[str]:
    if len(ids) > MOST:
        raise _wrong(Text(f"At most {MOST:,} customers at once.", f"一次最多 {MOST:,} 位客户。"))
    return ids


def _wrong(message: Text) -> Invalid:
    return Invalid(message, fields=(FieldProblem("/to", message),))
