"""Confirmations on the wire."""

from pydantic import BaseModel

from tenure.kit.http import Text


class Confirmations(BaseModel):
    """How asking for a confirmed yes stands: the lists that want it, why nobody can be asked if so, and the last 30 days.

    ``waiting`` is who could not be asked yet; ``message`` is what they get, for who wants to change it.
    """

    lists: list[str]
    blocked: Text | None
    waiting: int
    asked: int
    confirmed: int
    message: str | None
