"""The verbs of consent: say a word, confirm it, take it back by link or by reply, close an address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.directory.customers import repository as customers
from tenure.directory.customers.consent import repository
from tenure.directory.customers.consent.links import Link
from tenure.directory.customers.consent.repository import Closed
from tenure.directory.customers.consent.suppressing import AddressKey
from tenure.directory.customers.consent.tables import ConsentRecord, Purpose, Wording
from tenure.directory.customers.consent.words import ANY, BASES, CHANNELS, STATES, Basis, State, Word, means_stop
from tenure.kit.db import Session
from tenure.kit.errors import FieldProblem, Invalid
from tenure.kit.i18n import Text
from tenure.kit.ids import new_id


@dataclass(frozen=True, slots=True)
class Visit:
    """Who stands before the public page: the link they came by, and where from."""

    link: Link
    address: str | None
    agent: str | None


def history(session: Session, customer_id: str) -> Sequence[ConsentRecord]:
    """Return every word of a customer, newest first; raises ``NotFound`` where there is no such customer."""
    return repository.history(session, customers.find(session, customer_id).id)


def say(session: Session, words: Sequence[Word], actor: Principal, now: datetime) -> None:
    """Write down words a member vouches for, with what proves them; on some lists a yes waits to be confirmed."""
    vouched = [replace(checked(session, number, word), actor=actor.id) for number, word in enumerate(words)]
    confirmed = {purpose.name for purpose in repository.purposes(session) if purpose.double_opt_in}
    vouched = [_waiting(session, word) if word.purpose in confirmed else word for word in vouched]
    repository.write_down(session, vouched, now)
    for word in vouched:
        after = {"purpose": word.purpose, "channel": word.channel, "state": word.state, "basis": word.basis}
        audit.record(session, actor, audit.Change("consent.say", "customer", word.customer_id, None, dict(after)), now)


def _waiting(session: Session, word: Word) -> Word:
    """Return a yes on a list that wants it confirmed as one that waits; other bases need no yes, nor who said it already."""
    if word.state != "granted" or word.basis != "consent":
        return word
    if awaited(session, Link(word.customer_id, word.purpose, word.channel)) == "granted":
        return word
    return replace(word, state="pending", wording=word.wording or wording_now(session, word.purpose))


def wording_now(session: Session, purpose: str) -> str | None:
    """Return which version of the sentence people are shown now for a list."""
    wording = repository.newest_wording(session, purpose)
    return wording.id if wording else None


def awaited(session: Session, link: Link) -> str | None:
    """Return how the word a link speaks of stands: pending, granted or withdrawn; None where nobody was asked."""
    said = repository.newest(session, link.customer_id)
    if (link.purpose, link.channel) not in {(row["purpose"], row["channel"]) for row in said}:
        return None
    word = _prevailing(said, link.purpose, link.channel)
    return None if word is None else str(word["state"])


def stop(session: Session, visit: Visit, now: datetime, *, everything: bool = False) -> None:
    """Take the no of a link: to its list over its channel, or to everything. Saying it again changes nothing."""
    link = visit.link
    purpose, channel = (ANY, ANY) if everything else (link.purpose, link.channel)
    source = "unsubscribe_all" if everything else "unsubscribe"
    said = {(row["purpose"], row["channel"]): row["state"] for row in repository.newest(session, link.customer_id)}
    if said.get((purpose, channel)) != "withdrawn":
        repository.write_down(session, [of_visit(visit, purpose, channel, "withdrawn", now, source)], now)


def choose(session: Session, visit: Visit, wanted: frozenset[tuple[str, str]], now: datetime) -> int:
    """Write down what somebody chose in the preference centre; only what changes is a new word.

    The link of a page may have come into other hands: where a list wants a yes confirmed, this one waits as well.
    """
    shown = [purpose for purpose in repository.purposes(session) if purpose.shown]
    said, waits = standing(session, visit.link.customer_id, shown), waiting(session, visit.link.customer_id)
    confirmed = {purpose.name for purpose in shown if purpose.double_opt_in}
    words = []
    for place, reached in said.items():
        before, after = reached or place in waits, place in wanted
        if after != before:
            word = of_visit(visit, *place, "granted" if after else "withdrawn", now, "preference_centre")
            state: State = "pending" if after and place[0] in confirmed else word.state
            words.append(replace(word, state=state, wording=wording_now(session, place[0])))
    repository.write_down(session, words, now)
    return len(words)


def waiting(session: Session, customer_id: str) -> frozenset[tuple[str, str]]:
    """Return the lists and channels a customer was asked about and has not confirmed yet."""
    said = repository.newest(session, customer_id)
    asked = [(row["purpose"], row["channel"]) for row in said if row["state"] == "pending"]
    return frozenset(
        place for place in asked if (found := _prevailing(said, *place)) is not None and found["state"] == "pending"
    )


def _prevailing(said: Sequence[Any], purpose: str, channel: str) -> Mapping[str, Any] | None:
    """Return the word that counts for a list over a channel: the newest, and of two at once not the yes."""
    words = [row for row in said if row["purpose"] in (ANY, purpose) and row["channel"] in (ANY, channel)]
    return max(words, key=lambda row: (row["at"], row["state"] != "granted"), default=None)


def standing(session: Session, customer_id: str, lists: Sequence[Purpose]) -> dict[tuple[str, str], bool]:
    """Return for each list and channel whether the customer is reached; the newest word counts."""
    said = repository.newest(session, customer_id)
    result = {}
    for purpose in lists:
        for channel in CHANNELS:
            word = _prevailing(said, purpose.name, channel)
            granted = purpose.rule == "opt_out" if word is None else word["state"] == "granted"
            result[(purpose.name, channel)] = granted
    return result


def heard(session: Session, channel: str, address: str, reply: str, now: datetime) -> Sequence[str]:
    """Take a reply; when it means "stop", everybody of that address is left alone on the channel. Returns whom."""
    if not means_stop(reply):
        return []
    found = repository.reached_by(session, channel, address)
    words = [
        Word(who, ANY, channel, "withdrawn", now, "reply", address=address, proof={"reply": reply[:200]})
        for who in found
    ]
    repository.write_down(session, words, now)
    return found


def walked_away(
    session: Session, channel: str, address: str, source: str, proof: Mapping[str, object], at: datetime, now: datetime
) -> Sequence[str]:
    """Take a no that was said by a deed, such as removing us from one's contacts; returns whose it was."""
    found = repository.reached_by(session, channel, address)
    words = [Word(who, ANY, channel, "withdrawn", at, source, address=address, proof=dict(proof)) for who in found]
    repository.write_down(session, words, now)
    return found


def close_address(
    session: Session, key: AddressKey, channel: str, address: str, reason: str, source: str, now: datetime
) -> None:
    """Never write to an address again, and remember only its hash."""
    repository.close_address(session, channel, key.of(channel, address), reason, source, now)


def find_closed(session: Session, channel: str, hashed: bytes) -> Closed | None:
    """Return a closed address by its hash."""
    return repository.find_closed(session, channel, hashed)


def close_hashed(session: Session, channel: str, hashed: bytes, reason: str, source: str, now: datetime) -> None:
    """Never write to an address again of which only the hash is known."""
    repository.close_address(session, channel, hashed, reason, source, now)


def took_back(
    session: Session, customer_id: str, what: tuple[str, str], source: str, proof: Mapping[str, object], now: datetime
) -> bool:
    """Take a no that somebody else brought, to a purpose over a channel; saying it again changes nothing."""
    purpose, channel = what
    said = {(row["purpose"], row["channel"]): row["state"] for row in repository.newest(session, customer_id)}
    if said.get(what) == "withdrawn":
        return False
    word = Word(customer_id, purpose, channel, "withdrawn", now, source, proof=dict(proof))
    repository.write_down(session, [word], now)
    return True


def open_address(
    session: Session, key: AddressKey, channel: str, address: str, actor: Principal, now: datetime
) -> bool:
    """Let an address be written to again; the change is audited by the hash."""
    hashed = key.of(channel, address)
    opened = repository.open_address(session, channel, hashed)
    if opened:
        audit.record(session, actor, audit.Change("suppression.open", channel, hashed.hex(), None, None), now)
    return opened


def sentences(session: Session) -> dict[str, Text]:
    """Return the sentence people agree to now, by list."""
    found: dict[str, Text] = {}
    for wording in repository.wordings(session):  # of each list the newest first
        found.setdefault(wording.purpose, Text(wording.en, wording.zh))
    return found


def wordings(session: Session) -> Sequence[Wording]:
    """Return every version of every sentence, newest first."""
    return repository.wordings(session)


def change_purpose(session: Session, values: dict[str, object], actor: Principal, now: datetime) -> None:
    """Add a list or change its words."""
    repository.put_purpose(session, values)
    audit.record(
        session, actor, audit.Change("consent.purpose", "purpose", str(values["name"]), None, dict(values)), now
    )


def add_wording(session: Session, purpose: str, words: Text, actor: Principal, now: datetime) -> Wording:
    """Publish a new version of the sentence people agree to; older versions stay as they were."""
    if purpose not in {known.name for known in repository.purposes(session)}:
        raise _unknown_purpose("/purpose", purpose)
    wording = Wording(id=new_id("wrd"), purpose=purpose, en=words.en, zh=words.zh, at=now)
    repository.add_wording(session, wording)
    audit.record(session, actor, audit.Change("consent.wording", "wording", wording.id, None, {"en": words.en}), now)
    return wording


def purposes(session: Session) -> Sequence[Purpose]:
    """Return the lists, in their order."""
    return repository.purposes(session)


def purpose_names(session: Session) -> Sequence[str]:
    """Return the names of the lists."""
    return [purpose.name for purpose in repository.purposes(session)]


def known_basis(name: str) -> Basis:
    """Return a basis by its name; raises ``Invalid`` for one that is none."""
    if name == "contract":
        return "contract"
    if name == "legitimate_interest":
        return "legitimate_interest"
    if name == "legal_obligation":
        return "legal_obligation"
    if name == "consent":
        return "consent"
    raise _unknown("/basis", name, sorted(BASES))


def of_visit(visit: Visit, purpose: str, channel: str, state: str, now: datetime, source: str) -> Word:
    """Return a word of who stands before a public page."""
    return Word(
        visit.link.customer_id,
        purpose,
        channel,
        "granted" if state == "granted" else "withdrawn",
        now,
        source,
        address=visit.address,
        agent=visit.agent,
        proof={"send": visit.link.send} if visit.link.send else {},
    )


def checked(session: Session, number: int, word: Word) -> Word:
    """Return a word of a known customer, list, channel, state and basis; names the field that is none."""
    customers.find(session, word.customer_id)
    known = {purpose.name for purpose in repository.purposes(session)} | {ANY}
    for path, value, allowed in (
        ("purpose", word.purpose, known),
        ("channel", word.channel, {*CHANNELS, ANY}),
        ("state", word.state, set(STATES)),
        ("basis", word.basis, set(BASES)),
    ):
        if value not in allowed:
            raise _unknown(f"/words/{number}/{path}", value, sorted(allowed))
    return word


def _unknown_purpose(path: str, value: str) -> Invalid:
    return _unknown(path, value, [])


def _unknown(path: str, value: str, allowed: Sequence[str]) -> Invalid:
    options = ", ".join(allowed)
    message = Text(f"“{value}” is not known here.", f"“{value}”不在可选范围内。")
    remedy = Text(f"Choose one of: {options}.", f"可选：{options}。") if allowed else None
    return Invalid(message, remedy=remedy, fields=(FieldProblem(path, message),))
