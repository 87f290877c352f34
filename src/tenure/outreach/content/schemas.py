"""Messages, blocks, the brand and proofs on the wire."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from tenure.kit.http import Text
from tenure.outreach.content.mail import CLIPPED
from tenure.outreach.content.proof import ChannelProof as ProofFacts
from tenure.outreach.content.proof import problem_words
from tenure.outreach.content.tables import Message as MessageRow
from tenure.outreach.content.tables import MessageVersion as VersionRow
from tenure.outreach.content.variables import VARIABLES
from tenure.outreach.content.variants import Block as BlockWords
from tenure.outreach.content.variants import Variant as VariantWords
from tenure.outreach.content.wording import Written

Channel = Literal["email", "sms", "wecom", "webhook", "in_app", "push"]
Tag = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$")]
Source = Annotated[str, StringConstraints(max_length=400_000)]


def _in_reach(at: datetime) -> datetime:
    """Return an instant that exists on every clock of the world; those at the ends of time do not."""
    if not 1900 <= at.year < 9000:
        raise ValueError("outside the years 1900 to 8999")
    return at


Instant = Annotated[datetime, AfterValidator(_in_reach)]


class MessageVariant(BaseModel):
    """One channel's words in one language; a mail has MJML or HTML, a text is made of it where none is written."""

    model_config = ConfigDict(extra="forbid")

    subject: Annotated[str, StringConstraints(max_length=500)] = ""
    preheader: Annotated[str, StringConstraints(max_length=500)] = ""
    mjml: Source = ""
    html: Source = ""
    text: Source = ""


class MessageRequest(BaseModel):
    """A message: what it is for, and its words for each channel and language."""

    model_config = ConfigDict(extra="forbid")

    name: str
    purpose: Annotated[str, StringConstraints(min_length=1, max_length=60)] = "marketing"
    category: Annotated[str, StringConstraints(max_length=60)] = ""
    tags: Annotated[list[str], Field(max_length=20)] = []
    transactional: bool = False
    tracked: bool = True
    short_links: bool = True
    channels: dict[Channel, dict[Tag, MessageVariant]] = {}

    def words(self) -> dict[str, dict[str, VariantWords]]:
        """Return the words as the room keeps them."""
        return {
            channel: {tag: VariantWords(**one.model_dump()) for tag, one in languages.items()}
            for channel, languages in self.channels.items()
        }


class Message(BaseModel):
    """A message with its draft; ``published`` is the version that goes out."""

    id: str
    name: str
    purpose: str
    category: str
    tags: list[str]
    transactional: bool
    tracked: bool
    short_links: bool
    channels: dict[str, dict[str, MessageVariant]]
    published: int | None
    changed_at: datetime
    changed_by: str
    archived_at: datetime | None

    @classmethod
    def of(cls, row: MessageRow) -> Self:
        """Put a message on the wire."""
        plain = {name: getattr(row, name) for name in cls.model_fields if name != "channels"}
        return cls.model_validate({**plain, "channels": row.draft})


class Messages(BaseModel):
    """Messages, the last changed first."""

    items: list[Message]


class MessageVersion(BaseModel):
    """A version that was published; it never changes."""

    message_id: str
    version: int
    channels: dict[str, dict[str, MessageVariant]]
    needs: list[str]
    published_at: datetime
    published_by: str

    @classmethod
    def of(cls, row: VersionRow) -> Self:
        """Put a version on the wire."""
        plain = {name: getattr(row, name) for name in cls.model_fields if name != "channels"}
        return cls.model_validate({**plain, "channels": row.content["channels"]})


class MessageVersions(BaseModel):
    """Published versions, the newest first."""

    items: list[MessageVersion]


class MessagePreviewRequest(BaseModel):
    """As whom to see a draft; ``at`` goes back to an instant, ``language`` reads it in another."""

    model_config = ConfigDict(extra="forbid")

    customer_id: str
    channel: Channel = "email"
    at: Instant | None = None
    language: Tag | None = None
    given: dict[str, object] = {}


class MessagePreview(BaseModel):
    """A message as one customer gets it."""

    channel: str
    language: str
    subject: str
    text: str
    html: str | None
    bytes: int
    clipped: bool

    @classmethod
    def of(cls, written: Written, size: int) -> Self:
        """Put a written message on the wire, with its size when it leaves."""
        return cls(**asdict(written), bytes=size, clipped=size > CLIPPED)


class MessageProofRequest(BaseModel):
    """For whom a proof is made: named customers, or a sample; ``check_links`` asks each address whether it answers."""

    model_config = ConfigDict(extra="forbid")

    customer_ids: Annotated[list[str], Field(max_length=1000)] = []
    sample: Annotated[int, Field(ge=1, le=1000)] = 200
    seed: int = 1
    given: dict[str, object] = {}
    check_links: bool = False


class Spread(BaseModel):
    """The least, the middle and the most of a number, and its sum."""

    least: int
    middle: int
    most: int
    sum: int


class MessageProofProblem(BaseModel):
    """Something that would go wrong, for how many customers, and some of them."""

    kind: str
    what: str
    words: Text
    part: str
    line: int | None
    count: int
    examples: list[str]


class ChannelProof(BaseModel):
    """What a channel's words came to: written, whole, in which languages, how long, and every problem."""

    channel: str
    holds: bool
    written: int
    whole: int
    problems: list[MessageProofProblem]
    languages: dict[str, int]
    borrowed: dict[str, int]
    characters: Spread | None
    segments: Spread | None
    costly: list[str]
    bytes: Spread | None


class MessageProof(BaseModel):
    """A proof over every channel of a message."""

    channels: list[ChannelProof]

    @classmethod
    def of(cls, found: list[ProofFacts]) -> Self:
        """Put a proof on the wire."""
        return cls.model_validate({"channels": [_channel_proof(one) for one in found]})


def _channel_proof(found: ProofFacts) -> dict[str, object]:
    problems = [{**asdict(one), "words": Text.of(problem_words(one.kind, one.what))} for one in found.problems]
    return {**asdict(found), "problems": problems, "holds": found.holds}


class ContentBlock(BaseModel):
    """A block in one language: as it stands in mail (HTML, or MJML sections) and in texts."""

    model_config = ConfigDict(extra="forbid")

    mail: Source = ""
    text: Source = ""


class ContentBlockRequest(BaseModel):
    """A block in each of its languages."""

    model_config = ConfigDict(extra="forbid")

    languages: Annotated[dict[Tag, ContentBlock], Field(min_length=1)]

    def words(self) -> dict[str, BlockWords]:
        """Return the block as the room keeps it."""
        return {tag: BlockWords(one.mail, one.text) for tag, one in self.languages.items()}


class NamedContentBlock(BaseModel):
    """A block by its name; ``own`` says whether the workspace wrote it."""

    name: str
    own: bool
    languages: dict[str, ContentBlock]


class ContentBlocks(BaseModel):
    """Every block messages may render."""

    items: list[NamedContentBlock]


class Brand(BaseModel):
    """Who messages come from and how they look; ``language`` is read by customers who never said theirs."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)

    name: str = ""
    language: Tag = "en"
    colour: str = "#1f6f54"
    text_colour: str = "#ffffff"
    logo_url: str = ""
    site_url: str = ""
    postal_address: str = ""
    sender_name: str = ""
    sender_address: str = ""


class MessageVariable(BaseModel):
    """A variable templates may use; below an ``open`` one any name may stand."""

    name: str
    meaning: Text
    open: bool


class MessageVariables(BaseModel):
    """Every variable templates may use."""

    items: list[MessageVariable]

    @classmethod
    def all(cls) -> Self:
        """Put the catalogue on the wire."""
        return cls(
            items=[MessageVariable(name=one.name, meaning=Text.of(one.meaning), open=one.open) for one in VARIABLES]
        )
