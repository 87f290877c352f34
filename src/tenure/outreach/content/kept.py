"""How content lies in its tables: channels and languages as JSON, blocks, and the brand before anybody chose one."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from tenure.kit.db import Session
from tenure.outreach.content import repository
from tenure.outreach.content.blocks import Blocks
from tenure.outreach.content.variants import Block, Variant
from tenure.outreach.content.wording import Channels

OWN_PICTURES = "/media/"


@dataclass(frozen=True, slots=True)
class BrandWords:
    """Who messages come from and how they look; ``language`` is read by who never said theirs."""

    name: str = ""
    language: str = "en"
    colour: str = "#1f6f54"
    text_colour: str = "#ffffff"
    logo_url: str = ""
    site_url: str = ""
    postal_address: str = ""
    sender_name: str = ""
    sender_address: str = ""

    def told(self, pictures: str | None = None) -> dict[str, object]:
        """Return the brand as templates see it: what is empty is not known, nor a logo of ours while ``pictures`` is not."""
        told = {name: value for name, value in asdict(self).items() if value}
        if self.logo_url.startswith(OWN_PICTURES):
            told["logo_url"] = f"{pictures}/{self.logo_url.removeprefix(OWN_PICTURES)}" if pictures else ""
        return {name: value for name, value in told.items() if value}


def brand(session: Session) -> BrandWords:
    """Return the brand, or how it is before anybody chose."""
    row = repository.brand(session)
    if row is None:
        return BrandWords()
    return BrandWords(**{name: getattr(row, name) for name in BrandWords.__dataclass_fields__})


def blocks(session: Session) -> Blocks:
    """Return the workspace's own blocks."""
    return {row.name: _block(row.content) for row in repository.blocks(session)}


def channels_of(told: Mapping[str, object]) -> Channels:
    """Read what a message says over each channel in each language."""
    return {
        channel: {language: Variant.of(_mapping(variant)) for language, variant in _mapping(languages).items()}
        for channel, languages in told.items()
    }


def content_of(told: Mapping[str, object]) -> tuple[Channels, Blocks]:
    """Read a published version: its words, and the blocks as they were then."""
    blocks = {name: _block(_mapping(languages)) for name, languages in _mapping(told["blocks"]).items()}
    return channels_of(_mapping(told["channels"])), blocks


def content(channels: Channels, used: Blocks, **choices: bool) -> dict[str, object]:
    """Return words, blocks and the choices made with them as a version keeps them."""
    return {"channels": plain(channels), "blocks": plain(used), **choices}


def plain(told: Mapping[str, Mapping[str, Variant]] | Blocks) -> dict[str, object]:
    """Return variants or blocks as JSON, without what is empty."""
    return {
        name: {language: {key: value for key, value in asdict(one).items() if value} for language, one in each.items()}
        for name, each in told.items()
    }


def _block(told: Mapping[str, object]) -> dict[str, Block]:
    return {language: Block.of(_mapping(one)) for language, one in told.items()}


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
