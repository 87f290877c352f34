"""Links in messages that speak for one customer: signed, scoped to a list and a channel, and never out of date."""

from dataclasses import dataclass

from itsdangerous import BadData, URLSafeSerializer

from tenure.kit.errors import NotFound
from tenure.kit.i18n import Text

_SALT = "tenure.consent.link"
_BROKEN = Text("This link is not complete or not ours.", "此链接不完整，或并非由我们发出。")
_AGAIN = Text("Open the link from the newest message again.", "请从最近一封消息中重新打开链接。")


@dataclass(frozen=True, slots=True)
class Link:
    """Whom a link speaks for, of which list (a purpose) over which channel, and the send it stood in."""

    customer_id: str
    purpose: str
    channel: str
    send: str = ""


def sign(secret: str, link: Link) -> str:
    """Return the token of a link."""
    return URLSafeSerializer(secret, salt=_SALT).dumps([link.customer_id, link.purpose, link.channel, link.send])


def read(secret: str, token: str) -> Link:
    """Return what a token says; raises ``NotFound`` for one we did not sign."""
    try:
        return Link(*URLSafeSerializer(secret, salt=_SALT).loads(token))
    except (BadData, TypeError) as error:
        raise NotFound(_BROKEN, remedy=_AGAIN) from error


def headers(base: str, token: str) -> dict[str, str]:
    """Return the two headers of RFC 8058 for a mail; mail programs POST to the address, people open the page."""
    return {
        "List-Unsubscribe": f"<{base.rstrip('/')}/unsubscribe/{token}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
