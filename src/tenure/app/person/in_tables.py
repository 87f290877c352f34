"""A person in PostgreSQL: marked as erased, counted, deleted, taken out of texts; and what is kept of them as hashes."""

import json
import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from tenure.app.person import repository
from tenure.app.person.inventory import HOLDINGS, MENTIONS
from tenure.app.person.people import People
from tenure.app.person.scrubbing import Scrub
from tenure.directory.audit import service as audit
from tenure.directory.audit.service import Change
from tenure.directory.credentials.principal import Principal
from tenure.directory.customers.consent import service as consent
from tenure.directory.customers.consent.suppressing import AddressKey
from tenure.directory.customers.erased import service as erased
from tenure.directory.customers.erased.keys import ErasedKeys
from tenure.kit.db import Session

PROOF_KEPT = timedelta(days=3 * 365)  # as long as most claims about an unwanted message can be brought
CHANNELS_OF = {"email": ("email",), "phone": ("sms", "phone"), "wecom": ("wecom",)}
ADDRESS_OF = {"email": "email", "sms": "phone", "phone": "phone", "wecom": "wecom"}
STAND_IN = "erased"


def bury(
    session: Session, people: People, keys: ErasedKeys, addresses: AddressKey, erasure_id: str, now: datetime
) -> None:
    """Let nothing bring some people back: mark what names them alone, close their addresses, hold back their mail."""
    hashed = [(kind, keys.of(kind, value)) for kind, values in people.own.items() for value in values]
    erased.bury(session, hashed, erasure_id, now)
    for kind, channels in CHANNELS_OF.items():
        for value in people.own[kind]:
            for channel in channels:
                consent.close_address(session, addresses, channel, value, "erased", erasure_id, now)
    repository.hold_back(session, people)


def record(
    session: Session, actor: Principal, act: str, people: People, keys: ErasedKeys, told: str, now: datetime
) -> None:
    """Write down in the audit log that something was done about some people, by stand-ins for their ids."""
    for one in people.ids[:1] if people.persons == 1 else ():
        audit.record(session, actor, Change(act, "person", stand_in(keys, one), None, {"id": told}), now)
    if people.persons != 1:
        after: dict[str, object] = {"id": told, "persons": people.persons}
        audit.record(session, actor, Change(act, "person", told, None, after), now)


def record_export(session: Session, actor: Principal, customer_id: str, now: datetime) -> None:
    """Write down that somebody took a copy of everything known of a customer."""
    audit.record(session, actor, Change("person.export", "customer", customer_id, None, None), now)


def stand_in(keys: ErasedKeys, customer_id: str) -> str:
    """Return what stands in place of an id: who knows the id and the workspace's secret can tell it, nobody else."""
    return f"{STAND_IN}:{keys.of('customer', customer_id)[:24]}"


def count_rows(session: Session, people: People) -> dict[str, int]:
    """Return how many rows of each table are about some people, or mention them."""
    counted = {holding.table: repository.count(session, holding, people) for holding in HOLDINGS}
    patterns = repository.patterns_of(people)
    return counted | {mention.table: repository.mentioning(session, mention, patterns) for mention in MENTIONS}


def remaining(session: Session, people: People) -> int:
    """Return how many rows are still about some people; the mover drops what still arrives."""
    gone = [holding for holding in HOLDINGS if holding.fate != "kept" and holding.table != "stream"]
    return sum(repository.count(session, holding, people) for holding in gone)


def empty_stream(session: Session, people: People) -> dict[str, int]:
    """Take out of the outbox what is about some people, batches on their way included."""
    holding = next(one for one in HOLDINGS if one.table == "stream")
    counted = {holding.table: repository.count(session, holding, people)}
    repository.delete(session, holding, people)
    return counted


def delete_rows(session: Session, people: People, keys: ErasedKeys, proof: str | None, now: datetime) -> int:
    """Delete some people's rows, and take them out of texts; returns how many words of consent are kept as hashes."""
    repository.take_turn(session)
    kept = 0 if proof is None else _keep_consents(session, people, keys, proof, now)
    for holding in HOLDINGS:
        if holding.fate == "erased":
            repository.delete(session, holding, people)
    patterns = repository.patterns_of(people)
    named = {one: stand_in(keys, one) for one in people.ids}
    repository.forget_in_audit(session, people, named, patterns)
    scrubber = Scrub(people.ids, (*people.own["email"], *people.own["phone"], *people.own["wecom"]), people.names)
    for mention in MENTIONS:
        repository.scrub(session, mention, scrubber, patterns)
    repository.empty_answers(session, people)
    return kept


def clear_scratch(folder: Path) -> int:
    """Remove what an unfinished refresh left on the disk; it begins anew."""
    stages = folder / "scratch" / "stages"
    files = sum(1 for path in stages.rglob("*") if path.is_file()) if stages.exists() else 0
    shutil.rmtree(stages, ignore_errors=True)
    return files


def _keep_consents(session: Session, people: People, keys: ErasedKeys, erasure_id: str, now: datetime) -> int:
    addresses = repository.addresses(session, people.ids)
    rows = []
    for word in repository.consent_words(session, people.ids):
        who = str(word["customer_id"])
        kinds = [ADDRESS_OF[str(word["channel"])]] if word["channel"] in ADDRESS_OF else list(CHANNELS_OF)
        places = [(kind, value) for kind in kinds for value in addresses.get((who, kind), ())] or [("customer", who)]
        whole = json.dumps({name: str(value) for name, value in word.items()}, sort_keys=True)
        for kind, value in places:
            rows.append(_kept(word, keys.of(kind, value), keys.of("record", whole), erasure_id, now))
    erased.keep_consents(session, rows)
    return len(rows)


def _kept(word: Mapping[str, object], key: str, proof: str, erasure_id: str, now: datetime) -> dict[str, object]:
    same = ("purpose", "channel", "state", "basis", "source", "at", "wording")
    kept = {name: word[name] for name in same}
    return kept | {"key": key, "proof": proof, "erasure_id": erasure_id, "until": now + PROOF_KEPT}


def record_readmission(session: Session, actor: Principal, whom: str, now: datetime) -> None:
    """Write down that somebody who was erased may come back."""
    audit.record(session, actor, Change("person.readmit", "person", whom, None, None), now)
