"""Who has whom in WeCom: read from there, kept up by what WeCom reports, and what a departure means."""

from collections.abc import Callable
from dataclasses import dataclass

from tenure.channels.channel import Refused, TryLater, Uncertain
from tenure.channels.wecom.callback import Callbacks, Opened, Signed
from tenure.channels.wecom.events import (
    COLLEAGUE_REMOVED,
    CUSTOMER_LEFT,
    ContactEvent,
    Event,
    NotAnEvent,
    OtherEvent,
    read,
)
from tenure.channels.wecom.groups import Contacts, Failure
from tenure.directory.customers.consent import service as consent
from tenure.kit.clock import Clock
from tenure.kit.db import Engine, Session, transaction
from tenure.kit.errors import NotFound
from tenure.kit.i18n import Text
from tenure.kit.stream import repository as stream
from tenure.kit.stream.repository import Entry
from tenure.outreach.heard import service as heard
from tenure.outreach.wecom.repository import relations

Greet = Callable[[ContactEvent], object]
_SOURCE = "wecom"


@dataclass(frozen=True, slots=True)
class Synced:
    """What a reading brought: colleagues, relations that hold, and those that ended; ``failure`` says why it stopped."""

    colleagues: int = 0
    relations: int = 0
    ended: int = 0
    failure: Failure | None = None


def sync(engine: Engine, api: Contacts, clock: Clock) -> Synced:
    """Read colleagues, customers and tags; a colleague whose customers could not be read keeps those we know."""
    staff, tags = api.staff(), api.tags()
    if isinstance(staff, (Refused, TryLater, Uncertain)):
        return Synced(failure=staff)
    with transaction(engine) as session:
        relations.put_colleagues(session, staff, clock.now())
        if not isinstance(tags, (Refused, TryLater, Uncertain)):
            relations.put_tags(session, [(tag.id, tag.name, tag.group) for tag in tags], clock.now())
    known = ended = 0
    for colleague in staff:
        begun = clock.now()  # what WeCom reports while it is read out is newer
        found = api.relations(colleague)
        if isinstance(found, (Refused, TryLater, Uncertain)):
            return Synced(len(staff), known, ended, found)
        with transaction(engine) as session:
            ended += relations.put_relations(session, colleague, found, begun)
        known += len(found)
    return Synced(len(staff), known, ended)


def name_member(session: Session, userid: str, member_id: str) -> None:
    """Say which member a colleague in WeCom is here."""
    if not relations.name_member(session, userid, member_id):
        raise NotFound(
            Text(f"WeCom names no colleague “{userid}”.", f"企业微信中没有成员“{userid}”。"),
            remedy=Text("Contacts are read once a day; look at the id.", "客户关系每天读取一次；请核对成员 ID。"),
        )


def hear(engine: Engine, callbacks: Callbacks, signed: Signed, body: bytes, clock: Clock, greet: Greet) -> str:
    """Take a callback: genuine, new, and for us; returns what it was. Raises ``BadCallback`` for what is not genuine.

    A greeting is sent after everything is written down, for its code is good for 20 seconds and once.
    """
    now = clock.now()
    opened = callbacks.hear(signed, body, int(now.timestamp()))
    with transaction(engine) as session:
        event = _new_event(session, opened, clock)
        if event is None:
            return "heard_before"
        if isinstance(event, ContactEvent):
            _changed(session, event, clock)
    if isinstance(event, ContactEvent) and event.welcome_code:
        greet(event)
    return event.change if isinstance(event, ContactEvent) else "other"


def _new_event(session: Session, opened: Opened, clock: Clock) -> Event | None:
    """Return an event that was not heard before; genuine words that are no event count as another kind of event."""
    now = clock.now()
    if not heard.first_time(session, f"{_SOURCE}:signature", opened.once, now):
        return None
    try:
        event = read(opened.words)
    except NotAnEvent:
        return OtherEvent("unreadable", opened.once)
    return event if heard.first_time(session, f"{_SOURCE}:event", event.key, now) else None


def _changed(session: Session, event: ContactEvent, clock: Clock) -> None:
    now = clock.now()
    if event.change in (CUSTOMER_LEFT, COLLEAGUE_REMOVED):
        by = "customer" if event.change == CUSTOMER_LEFT else "colleague"
        relations.leave(session, event.contact, event.staff, by, event.at)
        if event.change == CUSTOMER_LEFT:
            _take_back(session, event, clock)
    elif event.change in ("add_external_contact", "add_half_external_contact"):
        relations.join(session, event.contact, event.staff, event.at, now)


def _take_back(session: Session, event: ContactEvent, clock: Clock) -> None:
    """A customer who removes a colleague wants to hear no more over WeCom, and is at risk of leaving altogether."""
    now = clock.now()
    proof = {"event": CUSTOMER_LEFT, "colleague": event.staff, "key": event.key}
    people = consent.walked_away(session, "wecom", event.contact, CUSTOMER_LEFT, proof, event.at, now)
    stream.append(session, [_sign(who, event) for who in people], now)


def _sign(customer: str, event: ContactEvent) -> Entry:
    """Return the row the early warning reads: a message that was not sent, and made somebody leave."""
    key = f"wecom:{event.key[:32]}:{customer}"
    row: dict[str, object] = {
        "message_id": key,
        "customer_id": customer,
        "sent_at": event.at.isoformat(),
        "channel": "wecom",
        "category": "contact_removed",
        "status": "not_sent",
        "unsubscribed_at": event.at.isoformat(),
    }
    return Entry("messages", key, row)
