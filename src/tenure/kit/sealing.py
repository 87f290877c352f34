"""Secrets that have to be read again, kept so that the database alone does not tell them."""

import base64
import hashlib
import hmac
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken


@dataclass(frozen=True, slots=True, repr=False)
class Seal:
    """Seals words with a key of the workspace's secret; a seal for one use does not open what another sealed."""

    key: bytes

    @classmethod
    def derived(cls, secret: str, use: str) -> "Seal":
        """Make the seal of one use from the workspace's secret."""
        return cls(
            base64.urlsafe_b64encode(hmac.digest(secret.encode(), f"tenure seal {use}".encode(), hashlib.sha256))
        )

    def close(self, words: str) -> str:
        """Seal words."""
        return Fernet(self.key).encrypt(words.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        """Open what was sealed here; raises ``ValueError`` for anything else."""
        try:
            return Fernet(self.key).decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise ValueError("sealed with another key, or changed") from error
