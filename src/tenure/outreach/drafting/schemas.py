"""Drafts on the wire: what is looked over, and what was found."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, StringConstraints

from tenure.channels.sms.linter import Finding
from tenure.kit.http import Text
from tenure.outreach.content.faults import TemplateFault
from tenure.outreach.content.kept import BrandWords
from tenure.outreach.content.mail import CLIPPED
from tenure.outreach.content.schemas import Brand, Channel, Instant, MessageVariant, Tag
from tenure.outreach.content.service import Seen
from tenure.outreach.content.variants import Variant, normal
from tenure.outreach.drafting.service import Draft, Preview, Weighed

Words = Annotated[str, StringConstraints(max_length=10_000)]


class MessageDraft(BaseModel):
    """Words that are not kept yet, for each channel and language."""

    model_config = ConfigDict(extra="forbid")

    channels: dict[Channel, dict[Tag, MessageVariant]] = {}
    transactional: bool = False
    tracked: bool = True
    short_links: bool = True
    brand: Brand | None = None

    def words(self) -> Draft:
        """Return the draft as the room knows it."""
        channels: dict[str, dict[str, Variant]] = {
            channel: {normal(tag): Variant(**one.model_dump()) for tag, one in languages.items()}
            for channel, languages in self.channels.items()
        }
        brand = None if self.brand is None else BrandWords(**self.brand.model_dump())
        return Draft(channels, self.transactional, brand, self.tracked, self.short_links)


class DraftFault(BaseModel):
    """Something wrong with a draft: in which part, on which line, and what helps."""

    kind: str
    part: str
    line: int | None
    words: Text
    remedy: Text | None

    @classmethod
    def of(cls, fault: TemplateFault) -> Self:
        """Put a fault on the wire."""
        told = fault.fields[0].message if fault.fields else fault.message
        remedy = None if fault.remedy is None else Text.of(fault.remedy)
        return cls(kind=fault.kind, part=fault.place.part, line=fault.place.line, words=Text.of(told), remedy=remedy)


class DraftFaults(BaseModel):
    """Everything wrong with a draft; a draft without faults can be published."""

    items: list[DraftFault]


class DraftPreviewRequest(BaseModel):
    """A draft and as whom to see it; without a customer it is written for nobody in particular."""

    model_config = ConfigDict(extra="forbid")

    draft: MessageDraft
    customer_id: Annotated[str, StringConstraints(max_length=200)] | None = None
    channel: Channel = "email"
    at: Instant | None = None
    language: Tag | None = None
    given: dict[str, object] = {}

    def seen(self, at: datetime | None) -> Seen:
        """Return as whom the draft is seen."""
        return Seen(self.customer_id or "", self.channel, at, self.given, self.language)


class MissingValue(BaseModel):
    """A value that is not known of this customer: sent like this, the message would be held."""

    what: str
    part: str
    line: int | None


class DraftPreview(BaseModel):
    """A draft as it was written; ``wanted`` is the language of the reader, ``language`` the one they get."""

    channel: str
    language: str
    wanted: str
    subject: str
    text: str
    html: str | None
    bytes: int
    clipped: bool
    missing: list[MissingValue]

    @classmethod
    def of(cls, preview: Preview) -> Self:
        """Put a preview on the wire."""
        written, size = preview.written, preview.size
        return cls(
            channel=written.channel, language=written.language, wanted=normal(preview.wanted), subject=written.subject,
            text=written.text, html=written.html, bytes=size, clipped=size > CLIPPED,
            missing=[MissingValue(what=one.what, part=one.part, line=one.line) for one in preview.missing],
        )  # fmt: skip


class TextMessageRequest(BaseModel):
    """A text message to be weighed; provider and signature are those of the account where they are left out.

    With ``short_links`` its links are counted as the short addresses they become.
    """

    model_config = ConfigDict(extra="forbid")

    text: Words
    kind: Literal["code", "notice", "marketing"] = "marketing"
    provider: Literal["alibaba", "tencent", "huawei", "gateway"] | None = None
    signature: Annotated[str, StringConstraints(max_length=60)] | None = None
    short_links: bool = False


class TextMessageFinding(BaseModel):
    """A rule of mainland China that is broken: where, on whose word, what to do, and what to use instead."""

    rule: str
    start: int
    end: int
    text: str
    quoted: Text
    source: str
    remedy: Text
    instead: list[str]

    @classmethod
    def of(cls, found: Finding, text: str) -> Self:
        """Put a finding on the wire."""
        return cls(
            rule=found.rule, start=found.start, end=found.end, text=text[found.start : found.end],
            quoted=Text.of(found.quoted), source=found.source, remedy=Text.of(found.remedy), instead=list(found.instead),
        )  # fmt: skip


class TextMessageVerdict(BaseModel):
    """How many pieces a text is, and what would be refused in it."""

    provider: str
    signature: str
    encoding: str
    units: int
    pieces: int
    left: int
    costly: list[str]
    findings: list[TextMessageFinding]

    @classmethod
    def of(cls, weighed: Weighed, text: str) -> Self:
        """Put a verdict on the wire."""
        counted = weighed.counted
        return cls(
            provider=weighed.provider, signature=weighed.signature, encoding=counted.encoding, units=counted.units,
            pieces=counted.pieces, left=counted.left, costly=list(counted.costly),
            findings=[TextMessageFinding.of(one, text) for one in weighed.findings],
        )  # fmt: skip
