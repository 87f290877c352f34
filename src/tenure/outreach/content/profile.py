"""What templates may know of customers, read for many at once: as of now, or as of an instant in the past.

What is known only of the present (tier, next order, recommendations) is left out of a past that had not heard of it.
The customer's own record is as it is now: it has no memory.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from tenure.kit.db import Session
from tenure.outreach.content import past, repository
from tenure.outreach.content.reader import Reader
from tenure.outreach.content.repository import Facts
from tenure.outreach.standing.zones import zone_of
from tenure.warehouse.history import History, naive
from tenure.warehouse.lake import Lake

_OWN = (
    "id",
    "name",
    "email",
    "phone",
    "company",
    "country",
    "region",
    "city",
    "gender",
    "birthday",
    "language",
    "joined_at",
)
_ORDERS = {
    "count": "orders", "spend": "revenue", "first_at": "first_order_at", "last_at": "last_order_at",
    "usual_gap_days": "usual_gap_days", "next_at": "next_order_at",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Profile:
    """One customer as templates see them, and how they read; empty values are left out."""

    variables: Mapping[str, object]
    reader: Reader


@dataclass(frozen=True, slots=True)
class Workspace:
    """What holds for all customers: the lake, the currency, the clock, and the language of who never said theirs."""

    lake: Lake
    currency: str
    zone: ZoneInfo
    language: str


def load(
    session: Session,
    ids: Sequence[str],
    needs: frozenset[str],
    workspace: Workspace,
    now: datetime,
    at: datetime | None = None,
) -> dict[str, Profile]:
    """Return the profiles of customers by the ids asked for; ``needs`` names the parts some template uses.

    ``at`` gives profiles as of a past instant. Customers nobody knows are left out.
    """
    wanted = needs & {"orders", "customer"}
    facts = repository.facts(session, ids, numbers=bool(wanted), recommended="recommendations" in needs)
    shown = sorted({row["id"] for row in facts.people})
    history = History(workspace.lake, naive(at or now), str(workspace.zone))
    orders = past.orders(history, shown) if at is not None and "orders" in needs else _present(facts)
    points = past.points(history, shown) if "points" in needs else {}
    goods = _goods(facts, at)
    moment = at or now
    found = {}
    for row in facts.people:
        who = row["id"]
        zone = zone_of(row["time_zone"], row["country"], workspace.zone)
        known = facts.numbers.get(who)
        own: dict[str, object] = {name: row[name] for name in _OWN}
        own["attributes"] = _filled(row["attributes"] or {})
        own["tier"] = known["tier"] if known is not None and _heard(known["as_of"], at) else None
        told: dict[str, object] = {
            "customer": _filled(own),
            "orders": _filled(orders.get(who, {})),
            "points": _filled({"balance": points.get(who)}),
            "recommendations": goods.get(who),
            "now": moment,
            "today": _day(moment, zone),
        }
        reader = Reader(str(row["language"] or workspace.language), workspace.currency, zone)
        found[row["asked"]] = Profile(_filled(told), reader)
    return found


def reading(reader: Reader, language: str) -> Reader:
    """Return the same reader with another language."""
    return replace(reader, language=language)


def _present(facts: Facts) -> past.Told:
    return {who: {name: row[column] for name, column in _ORDERS.items()} for who, row in facts.numbers.items()}


def _goods(facts: Facts, at: datetime | None) -> Mapping[str, list[Mapping[str, object]]]:
    goods: dict[str, list[Mapping[str, object]]] = defaultdict(list)
    for row in facts.recommended:
        if _heard(row["as_of"], at):
            goods[row["customer_id"]].append(_filled({name: row[name] for name in ("id", "name", "category", "price")}))
    return goods


def _heard(known_since: datetime | None, at: datetime | None) -> bool:
    return at is None or (known_since is not None and known_since <= at)


def _filled(values: Mapping[str, object]) -> dict[str, object]:
    """Leave out what is empty, so that it counts as not known and a template must say what to write instead."""
    return {name: value for name, value in values.items() if value is not None and value != "" and value != []}


def _day(moment: datetime, zone: tzinfo) -> object:
    return moment.astimezone(zone).date()
