"""Signatures of Standard Webhooks: HMAC-SHA256 over id, time and body, with secrets that can be changed in peace."""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence

PREFIX = "whsec_"
TOLERANCE = 300  # seconds a message may be old, or from the future


class BadSignature(Exception):
    """A message that is not from who it says, or not from now."""


def new_secret() -> str:
    """Return a new secret: ``whsec_`` and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode("ascii")


def key_of(secret: str) -> bytes:
    """Return the bytes of a secret; raises ``ValueError`` when it is not 24 to 64 bytes in base64."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if not 24 <= len(key) <= 64:
        raise ValueError("not 24 to 64 bytes")
    return key


def headers(keys: Sequence[bytes], message_id: str, at: int, body: bytes) -> dict[str, str]:
    """Return the three headers; while a secret is being changed, old and new sign side by side."""
    signed = " ".join("v1," + _sign(key, message_id, at, body) for key in keys)
    return {"webhook-id": message_id, "webhook-timestamp": str(at), "webhook-signature": signed}


def verify(keys: Sequence[bytes], told: Mapping[str, str], body: bytes, now: int) -> str:
    """Return the id of a message that is genuine and recent; whether it came before is for the receiver to remember."""
    message_id, at, signatures = (told.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature"))
    if not message_id or not at.isascii() or not at.isdigit() or len(at) > 12:
        raise BadSignature("headers are missing")
    if abs(now - int(at)) > TOLERANCE:
        raise BadSignature("too old, or from the future")
    offered = [part[3:] for part in signatures.split(" ") if part.startswith("v1,")]
    expected = [_sign(key, message_id, int(at), body) for key in keys]
    if not any(hmac.compare_digest(one.encode(), other.encode()) for one in offered for other in expected):
        raise BadSignature("no signature fits")
    return message_id


def _sign(key: bytes, message_id: str, at: int, body: bytes) -> str:
    signed = f"{message_id}.{at}.".encode() + body
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode("ascii")
