"""Consent on the wire."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from tenure.directory.customers.consent import look
from tenure.directory.customers.consent.repository import Closed
from tenure.directory.customers.consent.tables import ConsentRecord, Purpose, Wording
from tenure.directory.customers.consent.words import Basis, State, Word
from tenure.kit import i18n
from tenure.kit.http import Text


class ConsentEntry(BaseModel):
    """One word of the ledger, with what proves it."""

    id: int
    purpose: str
    channel: str
    state: str
    basis: str
    at: datetime
    recorded_at: datetime
    source: str
    wording: str | None
    address: str | None
    agent: str | None
    actor: str | None
    proof: dict[str, object]

    @classmethod
    def of(cls, record: ConsentRecord) -> "ConsentEntry":
        """Put a record on the wire."""
        return cls.model_validate({name: getattr(record, name) for name in cls.model_fields})


class ConsentHistory(BaseModel):
    """Every word of one customer, newest first."""

    items: list[ConsentEntry]


class ConsentAsk(BaseModel):
    """Whom to ask, for which list, over which channel."""

    customer_id: str = Field(min_length=1, max_length=200)
    purpose: str = Field(min_length=1, max_length=100)
    channel: str = Field(min_length=1, max_length=100)


class ConfirmLink(BaseModel):
    """The path whose button confirms that somebody wants a list."""

    path: str


class PageLook(BaseModel):
    """How the public pages look."""

    name: str = Field("", max_length=200)
    colour: str = Field(look.USUAL, pattern="^#[0-9a-fA-F]{6}$")
    text_colour: str = Field(look.ON_USUAL, pattern="^#[0-9a-fA-F]{6}$")
    logo_url: str = Field("", max_length=2000)
    site_url: str = Field("", max_length=2000)
    address: str = Field("", max_length=500)


class PageRequest(BaseModel):
    """A public page to look at; without a look it is the one in use."""

    page: Literal["preferences", "unsubscribe", "confirm"] = "preferences"
    language: Literal["en", "zh"] = "en"
    look: PageLook | None = None


class LookContrast(BaseModel):
    """How well something is read on something, and what WCAG asks."""

    what: Text
    ratio: float
    needed: float
    enough: bool


class PagePreview(BaseModel):
    """A public page as HTML, and how well it is read."""

    html: str
    contrasts: list[LookContrast]


class NewWord(BaseModel):
    """A word a member vouches for."""

    purpose: str = Field(min_length=1, max_length=100)
    channel: str = Field(min_length=1, max_length=100)
    state: State
    basis: Basis
    at: datetime | None = None
    wording: str | None = Field(None, max_length=100)
    proof: dict[str, str] = Field(default_factory=dict, max_length=20)

    def of(self, customer_id: str, now: datetime) -> Word:
        """Return the word for a customer."""
        at = min(self.at, now) if self.at else now
        return Word(
            customer_id,
            self.purpose,
            self.channel,
            self.state,
            at,
            "member",
            self.basis,
            self.wording,
            proof=self.proof,
        )


class NewWords(BaseModel):
    """Words of one customer."""

    words: list[NewWord] = Field(min_length=1, max_length=50)


class PreferenceLink(BaseModel):
    """The path of a customer's preference centre."""

    path: str


class ConsentPurpose(BaseModel):
    """A list people may be on; ``opt_in`` needs a yes, ``opt_out`` is stopped by a no."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    label: Text
    meaning: Text
    rule: Literal["opt_in", "opt_out"]
    shown: bool = True
    position: int = Field(0, ge=0, le=1000)
    double_opt_in: bool = False

    @classmethod
    def of(cls, purpose: Purpose) -> "ConsentPurpose":
        """Put a list on the wire."""
        return cls(
            name=purpose.name,
            label=Text(en=purpose.label_en, zh=purpose.label_zh),
            meaning=Text(en=purpose.meaning_en, zh=purpose.meaning_zh),
            rule="opt_out" if purpose.rule == "opt_out" else "opt_in",
            shown=purpose.shown,
            position=purpose.position,
            double_opt_in=purpose.double_opt_in,
        )

    def values(self) -> dict[str, object]:
        """Return what is stored."""
        return {
            "name": self.name,
            "label_en": self.label.en,
            "label_zh": self.label.zh,
            "meaning_en": self.meaning.en,
            "meaning_zh": self.meaning.zh,
            "rule": self.rule,
            "shown": self.shown,
            "position": self.position,
            "double_opt_in": self.double_opt_in,
        }


class ConsentWording(BaseModel):
    """A version of the sentence people agree to."""

    id: str
    purpose: str
    words: Text
    at: datetime

    @classmethod
    def of(cls, wording: Wording) -> "ConsentWording":
        """Put a wording on the wire."""
        return cls(id=wording.id, purpose=wording.purpose, words=Text(en=wording.en, zh=wording.zh), at=wording.at)


class NewWording(BaseModel):
    """A new version of the sentence people agree to."""

    purpose: str
    words: Text

    def text(self) -> i18n.Text:
        """Return the sentence in both languages."""
        return i18n.Text(self.words.en, self.words.zh)


class ConsentSettings(BaseModel):
    """The lists, and every version of what people agreed to."""

    purposes: list[ConsentPurpose]
    wordings: list[ConsentWording]


class Suppressed(BaseModel):
    """A closed address: when and why. The address itself is not kept."""

    channel: str
    address_key: str
    reason: str
    source: str
    at: datetime

    @classmethod
    def of(cls, closed: Closed) -> "Suppressed":
        """Put a closed address on the wire."""
        return cls(
            channel=closed.channel,
            address_key=closed.address_key,
            reason=closed.reason,
            source=closed.source,
            at=closed.at,
        )


class SuppressedPage(BaseModel):
    """A page of closed addresses, newest first."""

    items: list[Suppressed]
    next_cursor: str | None


class AddressRequest(BaseModel):
    """An address on a channel."""

    channel: str = Field(min_length=1, max_length=40)
    address: str = Field(min_length=1, max_length=254)


class AddressState(BaseModel):
    """Whether an address is closed."""

    closed: Suppressed | None


class ReplyRequest(BaseModel):
    """What somebody answered on a channel."""

    channel: str = Field(min_length=1, max_length=40)
    address: str = Field(min_length=1, max_length=254)
    text: str = Field(max_length=2000)


class ReplyHeard(BaseModel):
    """Who is left alone since their reply."""

    stopped: list[str]
