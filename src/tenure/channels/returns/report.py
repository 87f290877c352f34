"""What a returned mail says, whoever wrote it; and the return path that says which send it was."""

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["hard", "soft", "complaint", "opt_out", "delivered", "other"]
SEND = re.compile(r"snd_[0-9a-f]{24}")
_TOKEN = re.compile(r"\+([0-9a-f]{24})\.([0-9a-f]{12})@")
_RUN = r"[\w.!#$%&'*+/=?^`{|}~-]"
_ADDRESS = re.compile(rf"(?<!{_RUN}){_RUN}+@([\w-]+\.)+[\w-]+")  # each run of letters is looked at once
_UNKEPT = re.compile("[\0\ud800-\udfff]")  # what no store can hold


@dataclass(frozen=True, slots=True)
class Report:
    """One recipient's fate as a server or provider tells it.

    ``sends`` are ids of ours found in the message it speaks of, ``paths`` the addresses the report came to, among which is our
    return path; ``recipients`` whom it names. None of it is proven yet.
    """

    kind: Kind
    sends: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    status: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReturnPath:
    """Return paths that name a send: ``bounces@…`` becomes ``bounces+send.seal@…``, which nobody else can make."""

    address: str
    secret: bytes

    def of(self, send: str) -> str:
        """Return the path of a send; a send that is not ours gets the plain address."""
        name, _, domain = self.address.rpartition("@")
        if not SEND.fullmatch(send):
            return self.address
        return f"{name}+{send[4:]}.{seal(self.secret, send)}@{domain}"


def send_of(paths: Iterable[str], secret: bytes) -> str | None:
    """Return the send a return path names, when the seal is ours."""
    for path in paths:
        for found in _TOKEN.finditer(path.lower()):
            send = f"snd_{found.group(1)}"
            if hmac.compare_digest(found.group(2), seal(secret, send)):
                return send
    return None


def seal(secret: bytes, send: str) -> str:
    """Return the seal of a send, 12 hexadecimal digits."""
    return hmac.new(secret, f"tenure return path\x1f{send}".encode(), hashlib.sha256).hexdigest()[:12]


def key_of(secret: str) -> bytes:
    """Make the key of return paths from the workspace's secret."""
    return hmac.digest(secret.encode(), b"tenure return paths", "sha256")


def without_addresses(words: str, most: int = 200) -> str:
    """Return what a server said on one line that can be kept, without the names in the addresses it mentions."""
    told = _ADDRESS.sub(lambda found: "…@" + found.group().rpartition("@")[2], words)
    return " ".join(_UNKEPT.sub(" ", told).split())[:most]
