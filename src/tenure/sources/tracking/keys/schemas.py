"""Write keys on the wire."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from tenure.sources.tracking.keys.service import PER_SECOND

Kind = Literal["browser", "server"]


class WriteKey(BaseModel):
    """A write key, without its secret; ``identity_at`` is when the secret that vouches for users was made, if it was."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    kind: Kind
    prefix: str
    origins: list[str]
    strict: bool
    per_second: int
    created_at: datetime
    last_used_at: datetime | None
    identity_at: datetime | None


class NewWriteKey(WriteKey):
    """A key that was just made; the secret is shown this once."""

    secret: str


class WriteKeys(BaseModel):
    """The write keys, newest first."""

    items: list[WriteKey]


class WriteKeyWish(BaseModel):
    """A key to be made, or how one is to be.

    A key of kind ``browser`` may stand in pages and apps; one of kind ``server`` is believed, and stays on a server.
    Without a kind a new key is one of browsers, and a known one keeps its own.
    """

    name: str
    kind: Kind | None = None
    origins: list[str] = []
    strict: bool = False
    per_second: int = PER_SECOND
