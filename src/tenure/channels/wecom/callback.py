"""Callbacks of WeCom: signed with SHA-1, sealed with AES-256-CBC, meant for one company, heard once.

Written from developer.work.weixin.qq.com/document/path/91144. The answer to an address check and every event come this way.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
import struct
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from tenure.channels.wecom.account import CallbackKeys

TOLERANCE = 600  # seconds a callback may be old, or from the future; what was heard is remembered longer than that
MOST_BYTES = 1_048_576
_BLOCK = 32  # padding goes to multiples of 32, although a block of AES has 16 bytes
_OPENS, _CLOSES = b"<Encrypt>", b"</Encrypt>"
_SEALED = re.compile(rb"(?:<!\[CDATA\[)?([A-Za-z0-9+/=\s]+)(?:\]\]>)?")


class BadCallback(Exception):
    """A callback that is not from WeCom, not for this company, or not from now."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What stands in the address of a callback."""

    signature: str
    timestamp: str
    nonce: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A callback's words; ``once`` is to be remembered, and what is remembered already is refused."""

    words: str
    once: str


class Callbacks:
    """Opens and seals with one company's keys."""

    def __init__(self, keys: CallbackKeys) -> None:
        self._token, self._corp_id = keys.token, keys.corp_id
        try:
            self._key = base64.b64decode(keys.aes_key + "=", validate=True)
        except binascii.Error as error:
            raise ValueError("the EncodingAESKey is not base64") from error
        if len(keys.aes_key) != 43 or len(self._key) != 32:
            raise ValueError("the EncodingAESKey has 43 characters")

    def echo(self, signed: Signed, sealed: str, now: int) -> str:
        """Answer the check of the address: the opened words, as they are."""
        return self._open(signed, sealed, now).words

    def hear(self, signed: Signed, body: bytes, now: int) -> Opened:
        """Open an event. The envelope is not read as XML before its signature is known to be good."""
        if len(body) > MOST_BYTES:
            raise BadCallback("too long")
        _, _, rest = body.partition(_OPENS)
        inside, closed, _ = rest.partition(_CLOSES)
        found = _SEALED.fullmatch(inside.strip()) if closed else None
        if found is None:
            raise BadCallback("nothing sealed in it")
        return self._open(signed, b"".join(found[1].split()).decode("ascii"), now)

    def sign(self, timestamp: str, nonce: str, sealed: str) -> str:
        """Return SHA-1 over token, time, nonce and sealed words, in alphabetical order."""
        return hashlib.sha1("".join(sorted((self._token, timestamp, nonce, sealed))).encode()).hexdigest()

    def seal(self, words: str) -> str:
        """Seal words for the company: 16 random bytes, the length, the words, the company."""
        told = words.encode()
        plain = secrets.token_bytes(16) + struct.pack("!I", len(told)) + told + self._corp_id.encode()
        fill = _BLOCK - len(plain) % _BLOCK
        maker = self._cipher().encryptor()
        return base64.b64encode(maker.update(plain + bytes([fill]) * fill) + maker.finalize()).decode("ascii")

    def _open(self, signed: Signed, sealed: str, now: int) -> Opened:
        expected = self.sign(signed.timestamp, signed.nonce, sealed)
        if not hmac.compare_digest(expected.encode(), signed.signature.encode()):
            raise BadCallback("the signature does not fit")
        if not re.fullmatch(r"\d{1,12}", signed.timestamp, re.ASCII) or abs(now - int(signed.timestamp)) > TOLERANCE:
            raise BadCallback("too old, or from the future")
        return Opened(self._unseal(sealed), signed.signature)

    def _unseal(self, sealed: str) -> str:
        try:
            raw = base64.b64decode(sealed, validate=True)
            opener = self._cipher().decryptor()
            plain = opener.update(raw) + opener.finalize()
        except ValueError as error:  # not base64, or not whole blocks
            raise BadCallback("cannot be opened") from error
        fill = plain[-1] if plain else 0
        if not 1 <= fill <= _BLOCK or plain[-fill:] != bytes([fill]) * fill or len(plain) - fill < 20:
            raise BadCallback("cannot be opened")
        plain = plain[:-fill]
        length = struct.unpack("!I", plain[16:20])[0]
        words, company = plain[20 : 20 + length], plain[20 + length :]
        if len(words) != length or not hmac.compare_digest(company, self._corp_id.encode()):
            raise BadCallback("meant for another company")
        return words.decode("utf-8", "replace")

    def _cipher(self) -> Cipher[CBC]:
        return Cipher(AES(self._key), CBC(self._key[:16]))
