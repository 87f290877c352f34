"""The verb: take a returned mail. What it says is believed as far as it can be proven, and no further.

A report proves itself by our sealed return path or by the Message-ID of a mail of ours, which only its recipient knows. It speaks of
the address that mail went to and of no other: an address it merely names is never closed.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tenure.channels.returns import reading, report
from tenure.channels.returns.report import Report
from tenure.directory.customers.consent import service as consent
from tenure.directory.customers.consent.suppressing import AddressKey
from tenure.kit.db import Engine, Session, transaction
from tenure.kit.ids import content_id
from tenure.outreach.returns import repository
from tenure.outreach.returns.repository import Matched
from tenure.outreach.settling import service as settling

CHANNEL = "email"
SOFT_LIMIT = 5  # different mails an address could not take before it is left alone
SOFT_WINDOW = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Keys:
    """What recognises our own: the key of closed addresses, and the key of return paths."""

    addresses: AddressKey
    paths: bytes

    @classmethod
    def derived(cls, secret: str) -> "Keys":
        """Make both from the workspace's secret."""
        return cls(AddressKey.derived(secret), report.key_of(secret))


def take_mail(engine: Engine, keys: Keys, raw: bytes, came_by: str, now: datetime) -> list[str]:
    """Take one mail as it came; returns what was done about each report in it. Coming twice it is taken once."""
    identity = reading.identity(raw)
    effects = []
    for number, found in enumerate(reading.read(raw)):
        name = identity or content_id("raw", raw[: reading.LARGEST].hex())
        with transaction(engine) as session:
            effects.append(take(session, keys, found, f"{name}#{number}", came_by, now))
    return effects


def take_all(
    engine: Engine, keys: Keys, mails: Iterable[bytes], came_by: str, now: Callable[[], datetime]
) -> Counter[str]:
    """Take many mails; returns how often what was done. A mail that reports nothing counts as such."""
    done = Counter[str]()
    for raw in mails:
        done.update(take_mail(engine, keys, raw, came_by, now()) or ["no_report"])
    return done


def take(session: Session, keys: Keys, found: Report, name: str, came_by: str, now: datetime) -> str:
    """Take one report and do what follows from it; returns what that was."""
    by_path = report.send_of(found.paths, keys.paths)
    send = repository.find(session, [by_path] if by_path is not None else found.sends)
    matched_by = "" if send is None else "return_path" if by_path is not None else "message_id"
    row = {
        "id": content_id("ret", name, found.kind, *found.recipients),
        "at": now,
        "came_by": came_by,
        "kind": found.kind,
        "send_id": None if send is None else send.id,
        "matched_by": matched_by,
        "status": found.status,
        "words": found.words,
        "effect": "",
    }
    if not repository.remember(session, row):
        return "seen_before"
    effect = "not_ours" if send is None else _follow(session, keys, found, send, now)
    repository.conclude(session, str(row["id"]), effect)
    return effect


def _follow(session: Session, keys: Keys, found: Report, send: Matched, now: datetime) -> str:
    key, fits = _address(keys, found, send)
    told: dict[str, object] = {"status": found.status, "message": found.words}
    if found.kind == "delivered":
        return "delivered" if settling.settle(session, [send.id], "delivered", told, now) else "nothing_new"
    if found.kind == "complaint":
        return _complained(session, key, send, now)
    if found.kind == "opt_out":
        _say_no(session, send, "opt_out_report", now)
        return "consent_withdrawn"
    if found.kind == "hard" and fits:
        return _dead(session, key, send, told, now)
    if found.kind in ("hard", "soft"):
        return _put_off(session, key, send, {**told, "forwarded": not fits}, now)
    return "noted"


def _address(keys: Keys, found: Report, send: Matched) -> tuple[bytes, bool]:
    """Return the hash of the address a mail went to, and whether the report speaks of it.

    A mail that was forwarded may come back for the next address: the one we wrote to is alive.
    """
    key = send.address_key or keys.addresses.of(CHANNEL, send.email)
    fits = not found.recipients or any(keys.addresses.of(CHANNEL, one) == key for one in found.recipients)
    return key, fits


def _dead(session: Session, key: bytes, send: Matched, told: dict[str, object], now: datetime) -> str:
    if repository.heard_of(session, send.id, "bounced", "hard"):
        return "nothing_new"
    if settling.settle(session, [send.id], "failed", {"why": "hard_bounce", **told}, now):
        settling.fall_back(session, [send.id], "hard_bounce", now)
    settling.note(session, [send.id], "bounced", {"kind": "hard", **told}, now)
    consent.close_hashed(session, CHANNEL, key, "hard_bounce", send.id, now)
    return "address_closed"


def _put_off(session: Session, key: bytes, send: Matched, told: dict[str, object], now: datetime) -> str:
    if repository.heard_of(session, send.id, "bounced", None):
        return "nothing_new"
    settling.settle(session, [send.id], "failed", {"why": "soft_bounce", **told}, now)
    settling.note(session, [send.id], "bounced", {"kind": "soft", **told}, now)
    if repository.put_off(session, key, send, now, SOFT_WINDOW) < SOFT_LIMIT:
        return "counted"
    consent.close_hashed(session, CHANNEL, key, "soft_bounces", send.id, now)
    return "address_closed"


def _complained(session: Session, key: bytes, send: Matched, now: datetime) -> str:
    if repository.heard_of(session, send.id, "complained", None):
        return "nothing_new"
    settling.note(session, [send.id], "complained", {}, now)
    consent.close_hashed(session, CHANNEL, key, "complaint", send.id, now)
    _say_no(session, send, "complaint", now)
    return "complaint_heard"


def _say_no(session: Session, send: Matched, source: str, now: datetime) -> None:
    consent.took_back(session, send.customer_id, (send.purpose, CHANNEL), source, {"send": send.id}, now)
