"""Links in messages that speak for one customer: signed, and scoped to a list and a channel.

A link that takes a no is never out of date; one that asks for a yes is, after a week.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from tenure.directory.customers.consent.suppressing import AddressKey
from tenure.kit.errors import NotFound
from tenure.kit.i18n import Text

_SALT = "tenure.consent.link"
_SALT_OF_YES = "tenure.consent.yes"
LASTS = timedelta(days=7)  # how long a yes may be given by a link
_MARK = 24  # characters of the hash of an address
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


@dataclass(frozen=True, slots=True)
class Question:
    """A yes that is waited for: whose, of which list over which channel, to which wording, and until when.

    ``sent_to`` is the channel the link went over and the hash of the address there; only who reads that address has it.
    """

    link: Link
    wording: str | None
    ends: datetime
    sent_to: tuple[str, str] | None = None

    def over(self, now: datetime) -> bool:
        """Say whether it came too late."""
        return now >= self.ends


def mark_of(secret: str, channel: str, address: str) -> tuple[str, str]:
    """Return what binds a link to the address it goes to, without telling it."""
    return channel, AddressKey.derived(secret).of(channel, address).hex()[:_MARK]


def sign_question(
    secret: str, link: Link, wording: str | None, now: datetime, sent_to: tuple[str, str] | None = None
) -> str:
    """Return the token whose page asks for a yes, for a week from now; one that is sent is bound to where it goes."""
    told: list[object] = [link.customer_id, link.purpose, link.channel, link.send, wording]
    told += [int((now + LASTS).timestamp()), *([] if sent_to is None else [list(sent_to)])]
    return URLSafeSerializer(secret, salt=_SALT_OF_YES).dumps(told)


def read_question(secret: str, token: str) -> Question:
    """Return what such a token asks, in time or not; raises ``NotFound`` for one we did not sign."""
    try:
        told = URLSafeSerializer(secret, salt=_SALT_OF_YES).loads(token)
        wording, ends, *bound = told[4:]  # links of before they were bound end with the time
        sent_to = (str(bound[0][0]), str(bound[0][1])) if bound else None
        return Question(Link(*told[:4]), wording, datetime.fromtimestamp(ends, UTC), sent_to)
    except (BadData, TypeError, ValueError, LookupError) as error:
        raise NotFound(_BROKEN, remedy=_AGAIN) from error


def headers(base: str, token: str) -> dict[str, str]:
    """Return the two headers of RFC 8058 for a mail; mail programs POST to the address, people open the page."""
    return {
        "List-Unsubscribe": f"<{base.rstrip('/')}/unsubscribe/{token}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
