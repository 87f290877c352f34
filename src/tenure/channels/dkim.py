"""Signs mail by DKIM (RFC 6376, RFC 8463) with relaxed canonicalisation; covers both headers of one-click unsubscribe."""

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa

PrivateKey = rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey
SIGNED = (
    "from", "to", "subject", "date", "message-id", "reply-to", "mime-version", "content-type",
    "content-transfer-encoding", "list-unsubscribe", "list-unsubscribe-post", "list-id",
)  # fmt: skip
_NEVER_TWICE = ("from", "subject", "date")  # named once more than they stand, so that nobody can add another
_WEAKEST = 1024
_BLANKS = re.compile(rb"[ \t]+")
_FOLDED = re.compile(rb"\r\n(?=[ \t])")


@dataclass(frozen=True)
class Dkim:
    """Signs for a domain with the private key whose public half stands in DNS at ``selector._domainkey.domain``."""

    domain: str
    selector: str
    key: PrivateKey = field(repr=False)

    @classmethod
    def of_pem(cls, domain: str, selector: str, pem: str) -> "Dkim":
        """Read a private key (RSA of at least 1,024 bits, or Ed25519); raises ``ValueError`` for any other."""
        key = serialization.load_pem_private_key(pem.encode(), None)
        if isinstance(key, ed25519.Ed25519PrivateKey):
            return cls(domain, selector, key)
        if isinstance(key, rsa.RSAPrivateKey) and key.key_size >= _WEAKEST:
            return cls(domain, selector, key)
        raise ValueError("DKIM takes an RSA key of at least 1,024 bits or an Ed25519 key")

    def sign(self, mail: bytes, at: int | None = None) -> bytes:
        """Return the mail with its signature before everything else; ``at`` is the time in seconds since 1970."""
        return b"DKIM-Signature: " + self.signature(mail, SIGNED, at) + b"\r\n" + mail

    def signature(self, mail: bytes, wanted: Sequence[str], at: int | None = None) -> bytes:
        """Return the value of the signature's header; headers that are not there are left out of what is signed."""
        head, _, body = mail.partition(b"\r\n\r\n")
        headers = [_split(line) for line in _FOLDED.sub(b"\x00", head).split(b"\r\n") if line]
        there = [name for name, _ in headers]
        named = [name for name in wanted if name.encode() in there]
        named += [name for name in _NEVER_TWICE if name in named]
        digest = base64.b64encode(hashlib.sha256(relaxed_body(body)).digest()).decode()
        kind = "ed25519-sha256" if isinstance(self.key, ed25519.Ed25519PrivateKey) else "rsa-sha256"
        when = "" if at is None else f" t={at};"
        value = (
            f"v=1; a={kind}; c=relaxed/relaxed; d={self.domain}; s={self.selector};{when}"
            f" h={':'.join(named)}; bh={digest}; b="
        )
        signed = _chosen(headers, named) + b"dkim-signature:" + _relaxed_value(value.encode())
        return value.encode() + _folded(base64.b64encode(self._signed(signed)))

    def public_record(self) -> str:
        """Return the text record to put into DNS."""
        public = self.key.public_key()
        if isinstance(public, ed25519.Ed25519PublicKey):
            raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
            return f"v=DKIM1; k=ed25519; p={base64.b64encode(raw).decode()}"
        der = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        return f"v=DKIM1; k=rsa; p={base64.b64encode(der).decode()}"

    def _signed(self, content: bytes) -> bytes:
        if isinstance(self.key, ed25519.Ed25519PrivateKey):
            return self.key.sign(hashlib.sha256(content).digest())
        return self.key.sign(content, padding.PKCS1v15(), hashes.SHA256())


def relaxed_body(body: bytes) -> bytes:
    """Return a body with blanks folded and empty lines at its end gone (RFC 6376, 3.4.4)."""
    lines = [_BLANKS.sub(b" ", line).rstrip(b" ") for line in body.split(b"\r\n")]
    while lines and not lines[-1]:
        lines.pop()
    return b"\r\n".join(lines) + b"\r\n" if lines else b""


def _split(line: bytes) -> tuple[bytes, bytes]:
    name, _, value = line.partition(b":")
    return name.strip().lower(), value


def _relaxed_value(value: bytes) -> bytes:
    return _BLANKS.sub(b" ", value.replace(b"\x00", b"")).strip(b" \t")


def _chosen(headers: Sequence[tuple[bytes, bytes]], named: Sequence[str]) -> bytes:
    """Return the headers to sign, of several of a name the last first; one that is not there signs as nothing."""
    left = list(headers)
    signed = []
    for name in named:
        for place in range(len(left) - 1, -1, -1):
            if left[place][0] == name.encode():
                signed.append(name.encode() + b":" + _relaxed_value(left.pop(place)[1]) + b"\r\n")
                break
    return b"".join(signed)


def _folded(signature: bytes) -> bytes:
    parts = [signature[start : start + 72] for start in range(0, len(signature), 72)]
    return b"\r\n ".join(parts)
