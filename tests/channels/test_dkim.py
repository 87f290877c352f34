"""Signatures that others can check: the example of RFC 8463, and a verifier of its own here."""

import base64
import hashlib
import re
from email import message_from_bytes

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa

from tenure.channels.adapters.smtp import Smtp
from tenure.channels.channel import Outgoing
from tenure.channels.dkim import Dkim, relaxed_body
from tenure.channels.mail import Sender, Server

# The example of RFC 8463, appendix A.
SECRET = base64.b64decode("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=")
MAIL = (
    b"From: Joe SixPack <joe@football.example.com>\r\n"
    b"To: Suzie Q <suzie@shopping.example.net>\r\n"
    b"Subject: Is dinner ready?\r\n"
    b"Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n"
    b"Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n"
    b"\r\n"
    b"Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n"
)
PUBLISHED_HEADER = (
    b"v=1; a=ed25519-sha256; c=relaxed/relaxed; d=football.example.com; i=@football.example.com; q=dns/txt; s=brisbane; "
    b"t=1528637909; h=from : to : subject : date : message-id : from : subject : date; "
    b"bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=; b="
)
PUBLISHED_SIGNATURE = "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw=="
RSA = rsa.generate_private_key(65537, 2048)


def check(mail: bytes, key: rsa.RSAPublicKey | ed25519.Ed25519PublicKey) -> None:
    """Check the first signature of a mail as RFC 6376 says, written apart from the signer."""
    head, body = mail.split(b"\r\n\r\n", 1)
    fields = re.split(rb"\r\n(?![ \t])", head)
    name, value = fields[0].split(b":", 1)
    assert name.lower() == b"dkim-signature"
    tags = dict(part.strip().split("=", 1) for part in re.sub(r"\s+", " ", value.decode()).split(";") if part.strip())
    lines = [re.sub(rb"[ \t]+", b" ", line).rstrip() for line in body.split(b"\r\n")]
    canonical = re.sub(rb"(\r\n)+$", b"", b"\r\n".join(lines)) + b"\r\n"
    if hashlib.sha256(canonical).digest() != base64.b64decode(tags["bh"]):
        raise InvalidSignature
    others, signed = fields[1:], b""
    for wanted in tags["h"].split(":"):
        found = [one for one in others if one.split(b":", 1)[0].strip().lower() == wanted.strip().encode()]
        if found:
            others.remove(found[-1])
            signed += wanted.strip().encode() + b":" + _plain(found[-1].split(b":", 1)[1]) + b"\r\n"
    signed += b"dkim-signature:" + _plain(re.sub(rb"b=[^;]*$", b"b=", value))
    signature = base64.b64decode(tags["b"].replace(" ", ""))
    if isinstance(key, ed25519.Ed25519PublicKey):
        key.verify(signature, hashlib.sha256(signed).digest())
    else:
        key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())


def _plain(value: bytes) -> bytes:
    return re.sub(rb"[ \t]+", b" ", re.sub(rb"\r\n", b"", value)).strip()


def test_the_published_example_checks_with_our_canonical_form() -> None:
    key = ed25519.Ed25519PrivateKey.from_private_bytes(SECRET)
    assert base64.b64encode(hashlib.sha256(relaxed_body(MAIL.split(b"\r\n\r\n", 1)[1])).digest()) in PUBLISHED_HEADER
    check(b"DKIM-Signature: " + PUBLISHED_HEADER + PUBLISHED_SIGNATURE.encode() + b"\r\n" + MAIL, key.public_key())


@pytest.mark.parametrize("key", [RSA, ed25519.Ed25519PrivateKey.from_private_bytes(SECRET)], ids=["rsa", "ed25519"])
def test_our_signature_checks_and_a_changed_mail_does_not(key: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey) -> None:
    signed = Dkim("shop.example", "s1", key).sign(MAIL, 1_700_000_000)
    check(signed, key.public_key())
    check(signed.replace(b"Is dinner ready?", b" Is  dinner\r\n ready? "), key.public_key())  # what relays may do
    for before, after in ((b"lost", b"won!"), (b"dinner", b"supper"), (b"Suzie", b"Susan")):
        with pytest.raises(InvalidSignature):
            check(signed.replace(before, after), key.public_key())
    with pytest.raises(InvalidSignature):
        check(signed.replace(b"\r\nTo:", b"\r\nSubject: another\r\nTo:"), key.public_key())


def test_a_newsletter_is_signed_over_its_way_out() -> None:
    signer = Dkim("shop.example", "s1", RSA)
    channel = Smtp(Server("127.0.0.1"), Sender("留客", "a@shop.example"), signer.sign)
    out = {"List-Unsubscribe": "<https://shop.example/u>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    raw = channel.compose(Outgoing("snd_1", "b@c.example", "你好", "文本", "<p>文本</p>", headers=out))
    check(raw, RSA.public_key())
    names = re.search(r"h=([^;]+);", str(message_from_bytes(raw)["DKIM-Signature"]))
    assert names is not None
    assert {"list-unsubscribe", "list-unsubscribe-post", "from", "subject"} <= set(names.group(1).split(":"))


def test_weak_and_foreign_keys_are_refused() -> None:
    pem = RSA.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    assert Dkim.of_pem("shop.example", "s1", pem).public_record().startswith("v=DKIM1; k=rsa; p=MII")
    with pytest.raises(ValueError, match="PEM"):
        Dkim.of_pem("shop.example", "s1", "nonsense")
