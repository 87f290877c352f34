"""The receipt of an erasure: what went and where, signed with the workspace's key, and without a word about whom."""

import base64
import hmac
import json
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FORMAT = "tenure-erasure-receipt/1"


def sign(secret: str, facts: Mapping[str, object]) -> dict[str, object]:
    """Return a receipt: the facts, the key that signs them, and the signature over both."""
    key = _key(secret)
    told: dict[str, object] = {"format": FORMAT, **facts, "public_key": _told(_public(key.public_key()))}
    return {**told, "signature": _told(key.sign(_canonical(told)))}


def verify(receipt: Mapping[str, object], secret: str | None = None) -> bool:
    """Say whether a receipt is as it was signed; with the workspace's secret also whether this workspace signed it."""
    told = {name: value for name, value in receipt.items() if name != "signature"}
    try:
        public, signature = _untold(receipt["public_key"]), _untold(receipt["signature"])
        if secret is not None and public != _public(_key(secret).public_key()):
            return False
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _canonical(told))
    except (KeyError, TypeError, ValueError, InvalidSignature):
        return False
    return receipt.get("format") == FORMAT


def _key(secret: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hmac.digest(secret.encode(), b"tenure receipts of erasure", "sha256"))


def _public(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def _canonical(told: Mapping[str, object]) -> bytes:
    return json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _told(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode("ascii")


def _untold(value: object) -> bytes:
    return base64.urlsafe_b64decode(str(value).encode("ascii"))
