"""The encryption of pushes, as RFC 8291 says: one record of aes128gcm (RFC 8188) for one browser."""

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

MOST_BYTES = 3_993  # of words: push services must take 4096 in all
RECORD = 4_096
_LAST = b"\x02"


@dataclass(frozen=True, slots=True)
class Browser:
    """What a browser gave out: its public point (65 bytes) and its secret (16 bytes)."""

    point: bytes
    secret: bytes


def sealed(
    words: bytes, browser: Browser, own: EllipticCurvePrivateKey | None = None, salt: bytes | None = None
) -> bytes:
    """Encrypt words for a browser; key and salt are new for every push. Raises ``ValueError`` for a point that is none."""
    own, salt = own or generate_private_key(SECP256R1()), salt or os.urandom(16)
    theirs = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), browser.point)
    point = point_of(own.public_key())
    key, nonce = _keys(own.exchange(ECDH(), theirs), browser, point, salt)
    header = salt + RECORD.to_bytes(4, "big") + bytes([len(point)]) + point
    return header + AESGCM(key).encrypt(nonce, words + _LAST, None)


def opened(message: bytes, own: EllipticCurvePrivateKey, secret: bytes) -> bytes:
    """Decrypt a push as the browser would; raises ``ValueError`` for what was not meant for it."""
    salt, length = message[:16], message[20] if len(message) > 20 else 0
    point, body = message[21 : 21 + length], message[21 + length :]
    theirs = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    browser = Browser(point_of(own.public_key()), secret)
    key, nonce = _keys(own.exchange(ECDH(), theirs), browser, point, salt)
    try:
        return AESGCM(key).decrypt(nonce, body, None).rstrip(b"\x00").removesuffix(_LAST)
    except InvalidTag as error:
        raise ValueError("not meant for this browser") from error


def point_of(key: EllipticCurvePublicKey) -> bytes:
    """Return a public key as browsers write it."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _keys(shared: bytes, browser: Browser, point: bytes, salt: bytes) -> tuple[bytes, bytes]:
    seed = _derived(browser.secret, shared, b"WebPush: info\x00" + browser.point + point, 32)
    return (
        _derived(salt, seed, b"Content-Encoding: aes128gcm\x00", 16),
        _derived(salt, seed, b"Content-Encoding: nonce\x00", 12),
    )


def _derived(salt: bytes, key: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(key)
