"""Where mail is handed over, and who it comes from."""

from dataclasses import dataclass
from typing import Literal

Tls = Literal["starttls", "implicit", "none"]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who mail comes from."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """Return the domain mail comes from; it stands after the at sign of our message ids."""
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed over; the time limit, in seconds, is for each answer of the server."""

    host: str
    port: int = 587
    user: str | None = None
    password: str | None = None
    tls: Tls = "starttls"
    timeout: float = 30.0
