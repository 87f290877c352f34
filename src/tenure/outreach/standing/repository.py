"""What is known of many customers in a handful of questions, whatever their number."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping, text

from tenure.directory.customers.consent.suppressing import AddressKey
from tenure.kit.db import Session
from tenure.outreach.arbiter.ask import ConsentWord, Contact, Standing, Suppression
from tenure.outreach.arbiter.calendar import period_start
from tenure.outreach.arbiter.policy import Budget
from tenure.outreach.standing.zones import zone_of

LOOK_BACK = timedelta(days=62)  # two calendar months: no cap looks further back
_LOOK_AHEAD = LOOK_BACK  # a window as long as that may hold a greater message at its far end

# A record merged into another speaks for it: the visible customer's address, the words of all of them.
_PEOPLE = text("""
    SELECT asked.id, c.id AS shown, c.email, c.phone, c.wecom_id, c.country, c.language, c.attributes ->> 'time_zone' AS time_zone,
           EXISTS (SELECT FROM push_subscriptions p WHERE p.customer_id = c.id OR p.customer_id IN (
               SELECT m.id FROM customers m WHERE m.merged_into = c.id)) AS pushes
    FROM unnest(CAST(:ids AS text[])) AS asked(id)
    JOIN customers r ON r.id = asked.id JOIN customers c ON c.id = coalesce(r.merged_into, r.id)""")

_RECORDS = """
    WITH people AS (
        SELECT asked.id, coalesce(r.merged_into, r.id) AS shown
        FROM unnest(CAST(:ids AS text[])) AS asked(id) JOIN customers r ON r.id = asked.id),
    records AS (
        SELECT id, shown AS record FROM people
        UNION SELECT p.id, m.id FROM people p JOIN customers m ON m.merged_into = p.shown)"""

_CONSENTS = text(f"""{_RECORDS}
    SELECT r.id, s.purpose, s.channel, s.state, s.at FROM records r JOIN consents s ON s.customer_id = r.record""")

_CONTACTS = text(f"""{_RECORDS}
    SELECT r.id, s.state, coalesce(s.via, s.channel) AS channel, s.category, s.tags, s.priority, s.transactional,
           s.due_at, s.changed_at, s.accepted_at, s.id AS send_id, s.customer_id AS record, s.message, s.step, s.channel AS asked_over
    FROM records r JOIN sends s ON s.customer_id = r.record
    WHERE (s.state IN ('accepted', 'delivered', 'unknown', 'sending') AND s.changed_at > :since)
       OR (s.state IN ('queued', 'leased') AND s.due_at < :until)""")

_SUPPRESSED = text("""
    SELECT channel, encode(address_key, 'hex') AS address_key, reason, at FROM suppressions
    WHERE address_key = ANY(CAST(:keys AS bytea[]))""")


_SPENT = text("""
    SELECT coalesce(sum(cost), 0) FROM sends
    WHERE cost > 0 AND state IN ('accepted', 'delivered', 'unknown', 'sending') AND changed_at >= :since
      AND coalesce(accepted_at, changed_at) >= :since
      AND (CAST(:channel AS text) IS NULL OR via = :channel)
      AND (CAST(:category AS text) IS NULL OR category = :category)""")


@dataclass(frozen=True, slots=True)
class Known:
    """A customer as the gate sees them, and where each channel reaches them."""

    standing: Standing
    addresses: Mapping[str, str]
    language: str
    shown: str = ""  # the visible customer, when this record was merged into another
    had: frozenset[tuple[str, str, str]] = frozenset()  # message, step and channel of what other records of theirs got


def spent(session: Session, budgets: Sequence[Budget], now: datetime) -> dict[str, Decimal]:
    """Return what was spent of each budget in its present period; what nobody can vouch for counts as spent.

    What other workers are about to send is not in it: together they may pass a budget by a batch each.
    """
    return {
        budget.name: Decimal(
            session.execute(
                _SPENT,
                {
                    "since": period_start(now, budget.period, UTC),
                    "channel": budget.channel,
                    "category": budget.category,
                },
            ).scalar_one()
        )
        for budget in budgets
    }


def load(
    session: Session,
    asked: Mapping[str, str],
    key: AddressKey,
    workspace_zone: ZoneInfo,
    now: datetime,
    spent: Mapping[str, Decimal] | None = None,
) -> dict[str, Known]:
    """Return what is known of customers; ``asked`` maps each send's id to its customer's, ``spent`` is of budgets.

    A send does not count as planned beside itself. Unknown customers are left out.
    """
    ids = list(dict.fromkeys(asked.values()))
    people = {row["id"]: row for row in session.execute(_PEOPLE, {"ids": ids}).mappings()}
    words: dict[str, list[ConsentWord]] = defaultdict(list)
    for row in session.execute(_CONSENTS, {"ids": ids}).mappings():
        words[row["id"]].append(ConsentWord(row["purpose"], row["channel"], row["state"], row["at"]))
    window = {"ids": ids, "since": now - LOOK_BACK, "until": now + _LOOK_AHEAD}
    made: dict[str, list[Contact]] = defaultdict(list)
    planned: dict[str, list[Contact]] = defaultdict(list)
    others: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for row in session.execute(_CONTACTS, window).mappings():
        if row["send_id"] in asked:
            continue
        ahead = row["state"] in ("queued", "leased")
        (planned if ahead else made)[row["id"]].append(_contact(row))
        if row["record"] != row["id"] and not ahead:
            others[row["id"]].add((row["message"], row["step"], row["asked_over"]))
    addresses = {who: _addresses(row) for who, row in people.items()}
    closed = _suppressions(session, addresses, key)
    return {
        who: Known(
            Standing(
                frozenset(addresses[who]),
                tuple(words[who]),
                closed[who],
                None,
                zone_of(row["time_zone"], row["country"], workspace_zone),
                row["country"],
                tuple(made[who]),
                tuple(planned[who]),
                spent if spent is not None else {},
            ),
            addresses[who],
            row["language"] or "en",
            row["shown"],
            frozenset(others.get(who, ())),
        )
        for who, row in people.items()
    }


def _contact(row: RowMapping) -> Contact:
    ahead = row["state"] in ("queued", "leased")
    at = row["due_at"] if ahead else row["accepted_at"] or row["changed_at"]
    return Contact(at, row["channel"], row["category"], frozenset(row["tags"]), row["priority"], row["transactional"])


def _addresses(row: RowMapping) -> dict[str, str]:
    reach = {"email": row["email"], "sms": row["phone"], "wecom": row["wecom_id"], "in_app": row["shown"]}
    if row["pushes"]:
        reach["push"] = row["shown"]
    return {channel: address for channel, address in reach.items() if address}


def _suppressions(
    session: Session, addresses: Mapping[str, Mapping[str, str]], key: AddressKey
) -> dict[str, tuple[Suppression, ...]]:
    """Find closed addresses by their keyed hashes: the list itself holds no address."""
    hashes = {
        (who, channel): key.of(channel, address)
        for who, reach in addresses.items()
        for channel, address in reach.items()
    }
    rows: Sequence[RowMapping] = (
        session.execute(_SUPPRESSED, {"keys": list(hashes.values())}).mappings().all() if hashes else []
    )
    found = {(row["channel"], row["address_key"]): row for row in rows}
    closed: dict[str, list[Suppression]] = {who: [] for who in addresses}
    for (who, channel), hashed in hashes.items() if found else ():
        row = found.get((channel, hashed.hex()))
        if row is not None:
            closed[who].append(Suppression(channel, row["reason"], row["at"]))
    return {who: tuple(them) for who, them in closed.items()}
