"""Test messages on the wire."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, StringConstraints

from tenure.kit.http import Text
from tenure.kit.i18n import Text as Words
from tenure.outreach.trying.service import Tried

STATES: dict[str, Words] = {
    "accepted": Words("The provider took it.", "服务商已接收。"),
    "refused": Words("The provider refused it.", "服务商拒绝了消息。"),
    "later": Words("The provider did not take it now.", "服务商暂未接收。"),
    "unknown": Words("Nobody can say whether it was taken.", "无法确认是否已接收。"),
}


class ChannelTestRequest(BaseModel):
    """Whom a test message is for: an e-mail address or a telephone number; robots have their group."""

    model_config = ConfigDict(extra="forbid")

    address: Annotated[str, StringConstraints(max_length=320)] = ""


class ChannelTest(BaseModel):
    """What became of a test message, with the provider's own words."""

    state: Literal["accepted", "refused", "later", "unknown"]
    words: Text
    code: str
    message: str

    @classmethod
    def of(cls, tried: Tried) -> Self:
        """Put a try on the wire."""
        told = {"state": tried.state, "code": tried.code, "message": tried.message[:500]}
        return cls.model_validate({**told, "words": Text.of(STATES[tried.state])})
