"""How a closed address is remembered without being kept: by a keyed hash that outlives the person's data."""

import hashlib
import hmac
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AddressKey:
    """The workspace's key for addresses; without it the list of closed addresses tells nothing."""

    secret: bytes

    @classmethod
    def derived(cls, secret: str) -> "AddressKey":
        """Make the key from the workspace's secret, apart from every other use of it."""
        return cls(hmac.digest(secret.encode(), b"tenure suppression addresses", "sha256"))

    def of(self, channel: str, address: str) -> bytes:
        """Return the hash of an address on a channel (32 bytes); case and blanks around it do not matter."""
        return hmac.digest(self.secret, f"{channel}\x1f{address.strip().lower()}".encode(), hashlib.sha256)
