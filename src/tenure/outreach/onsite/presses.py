"""A press on a push, told back by the browser: the push carries a token that says which send it was, and nothing else.

Whoever reads a push can press it; nobody can press for another send.
"""

from dataclasses import dataclass, field

from itsdangerous import BadData, URLSafeSerializer

_SALT = "tenure.onsite.press"


@dataclass(frozen=True)
class Presses:
    """Where a press is told back, and with what; ``base`` is where the world reaches us."""

    base: str
    secret: str = field(repr=False)

    def told_in(self, send: str) -> dict[str, str]:
        """Return what a push carries so that its press is told back."""
        token = URLSafeSerializer(self.secret, salt=_SALT).dumps(send)
        return {"url": f"{self.base.rstrip('/')}/onsite/pressed", "token": str(token)}


def send_of(secret: str, token: str) -> str | None:
    """Return the send a token speaks for, or nothing for one we did not make."""
    try:
        return str(URLSafeSerializer(secret, salt=_SALT).loads(token))
    except BadData:
        return None
