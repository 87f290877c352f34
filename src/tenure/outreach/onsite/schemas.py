"""What pages of the shop and its desk say and hear."""

from pydantic import BaseModel, Field


class PageRequest(BaseModel):
    """A page that wants to read a user's messages; ``hash`` is made by the shop's server."""

    write_key: str = Field(alias="writeKey", max_length=200)
    user_id: str = Field(alias="userId", max_length=255)
    hash: str = Field(max_length=200)


class PageToken(BaseModel):
    """What the page shows from now on, and the key its browser takes pushes with, where there is one."""

    token: str
    push: str | None


class SaidRequest(BaseModel):
    """What a person did with a message: ``shown``, ``clicked`` or ``dismissed``."""

    token: str = Field(max_length=1_000)
    id: str = Field(max_length=100)
    what: str = Field(max_length=20)


class PressRequest(BaseModel):
    """The token a push carried."""

    token: str = Field(max_length=1_000)


class PushKeys(BaseModel):
    """What a browser gives out for messages that only it can read."""

    p256dh: str = Field(max_length=120)
    auth: str = Field(max_length=40)


class BrowserRequest(BaseModel):
    """A browser that takes pushes."""

    token: str = Field(max_length=1_000)
    endpoint: str = Field(max_length=1_000)
    keys: PushKeys


class BrowserGone(BaseModel):
    """A browser that takes no pushes any more."""

    endpoint: str = Field(max_length=1_000)


class IdentityWish(BaseModel):
    """Whether a secret that is there already may be replaced."""

    renew: bool = False


class IdentitySecret(BaseModel):
    """The identity secret of a source, for the shop's server only; it is shown this once."""

    key_id: str
    secret: str
