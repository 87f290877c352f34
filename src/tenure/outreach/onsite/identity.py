"""Who may read whose messages on a page: the shop's server vouches for a user, and we vouch for an hour."""

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
