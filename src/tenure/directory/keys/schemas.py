"""API keys on the wire."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class Key(BaseModel):
    """A key, without its secret."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    scopes: list[str]
    prefix: str
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None


class NewKey(Key):
    """A key that was just made; the secret is shown this once."""

    secret: str


class Keys(BaseModel):
    """A page of keys, newest first."""

    items: list[Key]
    next_cursor: str | None


class KeyRequest(BaseModel):
    """A key to be made."""

    name: str
    scopes: list[str]
    expires_at: datetime | None = None
