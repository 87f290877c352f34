"""Who sends a push, proved to the push service as RFC 8292 says: a token signed with the workspace's own key."""

import base64
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from tenure.channels.push.encryption import point_of

LASTS = timedelta(hours=12)  # push services refuse more than a day


def new_key() -> str:
    """Return a new private key, in PEM."""
    key = generate_private_key(SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")


def key_of(pem: str) -> EllipticCurvePrivateKey:
    """Read a private key; raises ``ValueError`` for what is none on the curve P-256."""
    key = load_pem_private_key(pem.encode(), None)
    if not isinstance(key, EllipticCurvePrivateKey) or not isinstance(key.curve, SECP256R1):
        raise ValueError("not a key on P-256")
    return key


def public_key(pem: str) -> str:
    """Return the public key as a page gives it to its browser."""
    return plain(point_of(key_of(pem).public_key()))


def authorization(pem: str, contact: str, endpoint: str, now: datetime) -> str:
    """Return the header that says who sends: for the push service of an endpoint, for twelve hours."""
    parts = urlsplit(endpoint)
    told = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int((now + LASTS).timestamp()), "sub": contact}
    return f"vapid t={jwt.encode(told, pem, algorithm='ES256')}, k={public_key(pem)}"


def plain(raw: bytes) -> str:
    """Write bytes as browsers do: base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def raw(words: str) -> bytes:
    """Read bytes as browsers write them; raises ``ValueError`` for anything else."""
    return base64.b64decode(words + "=" * (-len(words) % 4), altchars=b"-_", validate=True)
