"""The verbs of one customer: change what is known, and what was agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.directory.customers import repository as customers
from tenure.directory.customers.consent import repository as consent
from tenure.directory.customers.consent.words import State, Word
from tenure.directory.customers.finding import repository as finding
from tenure.directory.customers.profile import repository, rules
from tenure.directory.customers.tables import Customer
from tenure.kit.db import Session

TEXTS = ("name", "email", "phone", "wecom_id", "company", "country", "region", "city", "gender", "language")
IDENTIFIERS = {"email": "email", "phone": "phone", "wecom_id": "wecom"}


@dataclass(frozen=True)
class ConsentWord:
    """What a customer said about being reached for a purpose over a channel."""

    purpose: str
    channel: str
    state: str


@dataclass(frozen=True)
class CustomerChange:
    """What is to change: only the names in ``texts`` and ``attributes``; an empty value takes something away."""

    texts: Mapping[str, str | None] = field(default_factory=dict)
    birthday: tuple[date | None] | None = None
    attributes: Mapping[str, object] = field(default_factory=dict)
    external_ids: Sequence[str] | None = None
    consents: Sequence[ConsentWord] = ()


def change(session: Session, customer_id: str, wanted: CustomerChange, actor: Principal, now: datetime) -> Customer:
    """Change what is known of a customer, and write down what it was before."""
    customers.take_turn(session)
    shown = customers.find(session, customer_id)
    before = _told(shown)
    customers.unfold(session, [shown.id])
    _change_texts(session, shown, wanted, now)
    if wanted.birthday is not None:
        shown.birthday = wanted.birthday[0]
    _change_attributes(session, shown, wanted.attributes, now)
    if wanted.external_ids is not None:
        values = sorted({value for text in wanted.external_ids if (value := rules.checked_text("external_ids", text))})
        repository.replace_identifier(session, shown.id, "external", values, now)
    shown.updated_at = now
    customers.fold(session, [shown.id])
    after = _told(shown)
    for word in wanted.consents:
        _agree(session, shown.id, word, actor, now)
        after[f"consent.{word.purpose}.{word.channel}"] = word.state
    if wanted.external_ids is not None:
        after["external_ids"] = values
    if before != after:
        audit.record(session, actor, audit.Change("customers.change", "customer", shown.id, before, after), now)
    return shown


def _change_texts(session: Session, shown: Customer, wanted: CustomerChange, now: datetime) -> None:
    country = wanted.texts.get("country", shown.country)
    for name, value in wanted.texts.items():
        kept = None if value is None else rules.checked_text(name, value)
        if kept is not None and name == "email":
            kept = rules.normal_email(kept)
        elif kept is not None and name == "phone":
            kept = rules.normal_phone(kept, country)
        setattr(shown, name, kept)
        if name in IDENTIFIERS:
            values = [] if kept is None else [kept]
            repository.replace_identifier(session, shown.id, IDENTIFIERS[name], values, now)


def _change_attributes(session: Session, shown: Customer, wanted: Mapping[str, object], now: datetime) -> None:
    if not wanted:
        return
    fields = finding.fields(session)
    checked = rules.checked_attributes(wanted, fields)
    for name, value in checked.items():
        if value is not None and f"attributes.{name}" not in fields:
            kind = rules.type_of(value)
            definition = {"name": name, "label_en": name, "label_zh": name, "type": kind, "created_at": now}
            repository.register_attribute(session, definition)
        elif isinstance(value, str):
            repository.offer_choice(session, name, value)
    kept = {**shown.attributes, **checked}
    shown.attributes = {name: value for name, value in kept.items() if value is not None}


def _agree(session: Session, customer_id: str, word: ConsentWord, actor: Principal, now: datetime) -> None:
    state: State = "granted" if word.state == "granted" else "withdrawn"
    said = Word(customer_id, word.purpose, word.channel, state, now, "member", actor=actor.id)
    consent.write_down(session, [said], now)


def _told(shown: Customer) -> dict[str, object]:
    return {**{name: getattr(shown, name) for name in (*TEXTS, "birthday")}, "attributes": dict(shown.attributes)}
