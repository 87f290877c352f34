"""The verbs of webhooks that people use: let somebody listen, change that, try it, tell again, stop."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from tenure.channels.outbound import Outbound, is_private_network
from tenure.channels.webhooks import signing
from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.kit import jobs
from tenure.kit.db import Session
from tenure.kit.errors import Conflict, FieldProblem, Invalid, NotFound
from tenure.kit.i18n import Text
from tenure.kit.ids import new_id
from tenure.kit.sealing import Seal
from tenure.outreach.hooks.repository import deliveries as repository
from tenure.outreach.hooks.repository import facts
from tenure.outreach.hooks.repository.deliveries import Wanted
from tenure.outreach.hooks.tables import WebhookDelivery, WebhookEndpoint
from tenure.outreach.hooks.topics import TEST, TOPICS

OVERLAP = timedelta(hours=24)  # how long a secret that was replaced still signs
SEAL = "webhook secrets"
TELL = "webhooks.tell"  # the job
MOST = 50
_LONGEST_URL = 2_000


@dataclass(frozen=True, slots=True)
class Span:
    """What to tell again: from when until when, perhaps one topic, and by default only what was given up."""

    since: datetime
    until: datetime
    topic: str | None = None
    dead_only: bool = True


@dataclass(frozen=True, slots=True)
class Receiver:
    """Whom to tell what: an address, topics (none: everything), and a private network the address may lie in."""

    url: str
    topics: Sequence[str] = ()
    network: str = ""


def listen(session: Session, seal: Seal, wanted: Receiver, actor: Principal, now: datetime) -> tuple[str, str]:
    """Add a receiver; returns its id and its secret, which is shown once. It hears what happens from now on."""
    check(wanted)
    known = repository.endpoints(session)
    if len(known) >= MOST:
        raise Conflict(Text(f"There are {MOST} webhooks already.", f"Webhook 数量已达上限 {MOST}。"))
    if all(one.state == "gone" for one in known):
        facts.begin(session)
    secret = signing.new_secret()
    endpoint = WebhookEndpoint(
        id=new_id("whe"),
        url=wanted.url,
        topics=list(wanted.topics),
        network=wanted.network,
        secret=seal.close(secret),
        state="open",
        created_at=now,
        changed_at=now,
    )
    repository.add(session, endpoint)
    _record(session, actor, "webhooks.create", endpoint.id, None, _told(endpoint), now)
    return endpoint.id, secret


def change(session: Session, endpoint_id: str, wanted: Receiver, actor: Principal, now: datetime) -> WebhookEndpoint:
    """Tell a receiver elsewhere, or of other things."""
    check(wanted)
    endpoint = found(session, endpoint_id)
    before = _told(endpoint)
    endpoint.url, endpoint.topics, endpoint.network = wanted.url, list(wanted.topics), wanted.network
    endpoint.changed_at = now
    session.flush()
    _record(session, actor, "webhooks.update", endpoint_id, before, _told(endpoint), now)
    return endpoint


def turn(session: Session, endpoint_id: str, actor: Principal, now: datetime, *, paused: bool) -> WebhookEndpoint:
    """Pause a receiver, or let it be told again, also one that had said never again; what happens meanwhile waits."""
    endpoint = found(session, endpoint_id)
    before = _told(endpoint)
    if endpoint.state == "gone" and all(one.state == "gone" for one in repository.endpoints(session)):
        facts.begin(session)
    if endpoint.state == "gone" and not paused:
        endpoint.created_at = now  # what happened since it said never again was not kept for it
    endpoint.state, endpoint.changed_at = "paused" if paused else "open", now
    session.flush()
    _record(session, actor, "webhooks.update", endpoint_id, before, _told(endpoint), now)
    _soon(session)
    return endpoint


def change_secret(session: Session, seal: Seal, endpoint_id: str, actor: Principal, now: datetime) -> str:
    """Replace a receiver's secret; the old one signs beside the new one for a day. Returns the new one."""
    endpoint, secret = found(session, endpoint_id), signing.new_secret()
    endpoint.old_secret, endpoint.old_until = endpoint.secret, now + OVERLAP
    endpoint.secret, endpoint.changed_at = seal.close(secret), now
    session.flush()
    _record(session, actor, "webhooks.rotate", endpoint_id, None, None, now)
    return secret


def forget(session: Session, endpoint_id: str, actor: Principal, now: datetime) -> None:
    """Never tell a receiver anything again, and forget what it was told."""
    before = _told(found(session, endpoint_id))
    repository.drop(session, endpoint_id)
    _record(session, actor, "webhooks.delete", endpoint_id, before, None, now)


def ping(session: Session, endpoint_id: str, now: datetime) -> WebhookDelivery:
    """Send a receiver a test event, whatever it wants to hear."""
    found(session, endpoint_id)
    body = json.dumps({"type": TEST, "timestamp": now.isoformat(), "data": {"webhook_id": endpoint_id}})
    made = repository.plan(session, endpoint_id, TEST, new_id("evt"), body, now)
    _soon(session)
    return delivered(session, str(made))


def replay(session: Session, endpoint_id: str, span: Span, actor: Principal, now: datetime) -> int:
    """Tell a receiver again what it was told in a span, under the same ids; returns how many."""
    found(session, endpoint_id)
    again = repository.replay(session, endpoint_id, asdict(span), now)
    _record(session, actor, "webhooks.replay", endpoint_id, None, {**asdict(span), "again": again}, now)
    _soon(session)
    return again


def replay_one(session: Session, delivery_id: str, actor: Principal, now: datetime) -> WebhookDelivery:
    """Tell one event again."""
    row = delivered(session, delivery_id)
    if row.state != "waiting":
        row.state, row.tries, row.first_at, row.due_at, row.changed_at = "waiting", 0, now, now, now
        session.flush()
        _record(session, actor, "webhooks.replay", row.endpoint_id, None, {"event_id": row.event_id}, now)
        _soon(session)
    return row


def found(session: Session, endpoint_id: str) -> WebhookEndpoint:
    """Return a receiver, or raise ``NotFound``."""
    endpoint = repository.find(session, endpoint_id)
    if endpoint is None:
        raise NotFound(
            Text("There is no such webhook.", "没有这个 Webhook。"),
            remedy=Text("List webhooks to see their ids.", "请列出 Webhook 以查看编号。"),
        )
    return endpoint


def delivered(session: Session, delivery_id: str) -> WebhookDelivery:
    """Return one delivery, or raise ``NotFound``."""
    row = repository.delivery(session, delivery_id)
    if row is None:
        raise NotFound(Text("There is no such delivery.", "没有这次推送。"))
    return row


def listed(session: Session) -> list[dict[str, object]]:
    """Return every receiver as the command line shows them, without secrets."""
    counts, none = repository.counts(session), {"waiting": 0, "delivered": 0, "dead": 0}
    return [{"id": row.id, **_told(row), **none, **counts.get(row.id, {})} for row in repository.endpoints(session)]


def told(session: Session, endpoint_id: str, state: str | None, limit: int) -> list[dict[str, object]]:
    """Return what a receiver was told as the command line shows it, newest first."""
    rows = repository.deliveries(session, Wanted(found(session, endpoint_id).id, state), limit, None)
    names = ("id", "event_id", "topic", "state", "tries", "first_at", "answer")
    return [{name: getattr(row, name) for name in names} for row in rows]


def check(wanted: Receiver) -> None:
    """Refuse an address that would never be dialled, a topic that is none, and a network that is none."""
    problems = []
    if wanted.network and not is_private_network(wanted.network):
        words = Text("This is no private network such as 10.0.0.0/8.", "这不是私有网段（例如 10.0.0.0/8）。")
        problems.append(FieldProblem("/network", words))
    if set(wanted.topics) - set(TOPICS):
        problems.append(
            FieldProblem("/topics", Text("Choose among the topics there are.", "请从已有的事件类型中选择。"))
        )
    if not problems and (why := _wrong_address(wanted)) is not None:
        problems.append(FieldProblem("/url", why))
    if problems:
        raise Invalid(Text("The webhook cannot be kept like this.", "无法按此保存 Webhook。"), fields=tuple(problems))


def _wrong_address(wanted: Receiver) -> Text | None:
    try:
        parts = urlsplit(wanted.url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or len(wanted.url) > _LONGEST_URL:
        return Text(
            "This is no address such as https://example.com/hook.", "这不是网址（例如 https://example.com/hook）。"
        )
    if parts.username or parts.password:
        return Text("An address with a password in it is not kept.", "请勿在网址中包含密码。")
    if parts.scheme == "http" and not wanted.network:
        return Text("Use https; http is for a private network only.", "请使用 https；http 仅限自有私有网段。")
    outbound = Outbound((wanted.network,) if wanted.network else ())
    why = outbound.looks(wanted.url)
    outbound.close()
    if why is None:
        return None
    return Text(
        f"This address would not be dialled: {why}. For a server of your own, name its network.",
        f"不会连接该地址：{why}。若是自有服务器，请填写其网段。",
    )


def _soon(session: Session) -> None:
    """Ask a worker to tell what is due now, not at the next round."""
    jobs.defer(session, TELL, {}, lock=TELL)


def _told(endpoint: WebhookEndpoint) -> dict[str, object]:
    return {"url": endpoint.url, "topics": endpoint.topics, "network": endpoint.network, "state": endpoint.state}


def _record(
    session: Session,
    actor: Principal,
    act: str,
    endpoint_id: str,
    before: dict[str, object] | None,
    after: dict[str, object] | None,
    now: datetime,
) -> None:
    audit.record(session, actor, audit.Change(act, "webhook", endpoint_id, before, after), now)
