"""The verbs of people on the shop's pages: let a page read their messages, show them, hear what they did, take their browser."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from tenure.kit.db import Session
from tenure.kit.errors import FieldProblem, Forbidden, Invalid, NotFound, NotSignedIn
from tenure.kit.i18n import Text
from tenure.kit.ids import content_id
from tenure.outreach.onsite import identity, repository
from tenure.outreach.onsite.identity import Known
from tenure.sources.tracking import repository as people
from tenure.sources.tracking.keys import service as keys
from tenure.sources.tracking.keys import vouching
from tenure.sources.tracking.keys.service import Source

ACTS = ("shown", "clicked", "dismissed")
_LONGEST = 1_000
KEPT = timedelta(days=30)  # that a message is kept after it is over, so that a late page still says it was shown


@dataclass(frozen=True, slots=True)
class Page:
    """A page that speaks: with which write key, from which site."""

    write_key: str
    origin: str | None


def forget_old(session: Session, now: datetime) -> int:
    """Forget messages a month after they were over; returns how many."""
    return repository.forget_expired(session, now - KEPT)


def source_of(session: Session, page: Page) -> Source:
    """Return the source a page is, or raise."""
    source = keys.source_of(session, page.write_key)
    if source is None:
        raise NotSignedIn(Text("The write key is unknown or revoked.", "写入密钥不存在或已撤销。"))
    if not source.allows(page.origin):
        raise Forbidden(Text("This write key may not be used from this site.", "该写入密钥不允许在此站点使用。"))
    return source


def begin(session: Session, secret: str, page: Page, user_id: str, shown: str, now: datetime) -> str:
    """Return the token a page shows us from now on, where the shop's server vouches for who looks at it."""
    source = source_of(session, page)
    own = vouching.identity_secret(secret, source.key_id, source.identity_number)
    if not user_id or len(user_id) > 255 or not vouching.vouched(own, user_id, shown):
        raise Forbidden(
            Text("Nobody vouches for this user.", "无法确认该用户的身份。"),
            remedy=Text(
                "Send HMAC-SHA256 of the user id with the source's identity secret, in hex, made on your server.",
                "请由您的服务器用该来源的身份密钥对用户编号计算 HMAC-SHA256（十六进制）。",
            ),
        )
    return identity.token_of(secret, Known(user_id, source.key_id), now)


def known(secret: str, token: str, now: datetime) -> Known:
    """Return whom a token speaks for, or raise."""
    found = identity.known_by(secret, token, now) if len(token) <= _LONGEST else None
    if found is None:
        raise NotSignedIn(Text("The token is not good any more.", "令牌已失效。"))
    return found


def person(session: Session, user_id: str) -> str | None:
    """Return the record a user is shown as; nothing for somebody we have not met yet."""
    customer = people.customers_of_users(session, [user_id]).get(user_id, user_id)
    return repository.root_of(session, customer)


def messages(session: Session, root: str, now: datetime) -> Sequence[Mapping[str, object]]:
    """Return what a person has not seen yet."""
    return [dict(row) for row in repository.open_messages(session, root, now)]


def said(session: Session, user: Known, send_id: str, what: str, now: datetime) -> list[str]:
    """Hear what a person did with a message of theirs; said twice, it stands once. Returns what was new."""
    if what not in ACTS:
        message = Text("Say shown, clicked or dismissed.", "请填写 shown、clicked 或 dismissed。")
        raise Invalid(message, fields=(FieldProblem("/what", message),))
    root = person(session, user.user_id)
    return [] if root is None else repository.said(session, root, send_id, what, now)


def subscribe(session: Session, user: Known, told: dict[str, str], now: datetime) -> None:
    """Keep a person's browser, where pushes reach it."""
    root = person(session, user.user_id)
    if root is None:
        raise NotFound(Text("This user is not known yet.", "尚未收到该用户的资料。"))
    if not _is_endpoint(told["endpoint"]):
        message = Text("A push service is reached over https.", "推送服务须使用 https。")
        raise Invalid(message, fields=(FieldProblem("/endpoint", message),))
    values = {**told, "id": subscription_id(told["endpoint"]), "customer_id": root, "key_id": user.key_id}
    repository.subscribe(session, {**values, "created_at": now})


def unsubscribe(session: Session, endpoint: str) -> None:
    """Forget a browser; who knows its endpoint holds it."""
    repository.unsubscribe(session, subscription_id(endpoint))


def subscription_id(endpoint: str) -> str:
    """Return the id of a browser: the same for the same endpoint."""
    return content_id("psh", endpoint)


def _is_endpoint(url: str) -> bool:
    try:
        parts = urlsplit(url)
        known = parts.hostname is not None and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    return known and (parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1"))
