"""Who may read whose messages on a page: the shop's server vouches for a user, and we vouch for an hour.

A write key stands in every page and says nothing of who looks at it. So a user is believed only with
HMAC-SHA256(identity secret of the source, user id) in hex, which the shop's server makes and nobody else can.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

LASTS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Known:
    """A user who was vouched for, on pages of a source."""

    user_id: str
    key_id: str


def identity_secret(secret: str, key_id: str, number: int = 0) -> str:
    """Return the identity secret of a source, for the shop's server and nobody else; each number has another."""
    told = f"tenure identity {key_id}" + (f" {number}" if number else "")
    return "ids_" + hmac.digest(secret.encode(), told.encode(), hashlib.sha256).hex()


def vouched(identity: str, user_id: str, shown: str) -> bool:
    """Say whether who holds an identity secret vouches for a user."""
    expected = hmac.digest(identity.encode(), user_id.encode("utf-8", "surrogatepass"), hashlib.sha256).hex()
    return hmac.compare_digest(expected.encode(), shown.lower().encode("utf-8", "surrogatepass"))


def token_of(secret: str, known: Known, now: datetime) -> str:
    """Return what a page shows us from now on, for an hour."""
    ends = int((now + LASTS).timestamp())
    told = base64.urlsafe_b64encode(json.dumps([known.user_id, known.key_id, ends]).encode()).decode().rstrip("=")
    return f"{told}.{_sign(secret, told)}"


def known_by(secret: str, token: str, now: datetime) -> Known | None:
    """Return whom a token speaks for, or nothing when it is forged or old."""
    told, _, signature = token.partition(".")
    if not hmac.compare_digest(_sign(secret, told).encode(), signature.encode("utf-8", "surrogatepass")):
        return None
    user_id, key_id, ends = json.loads(base64.urlsafe_b64decode(told + "=" * (-len(told) % 4)))
    return Known(user_id, key_id) if now.timestamp() < ends else None


def _sign(secret: str, told: str) -> str:
    key = hmac.digest(secret.encode(), b"tenure onsite token", hashlib.sha256)
    return hmac.digest(key, told.encode("utf-8", "surrogatepass"), hashlib.sha256).hex()
