"""What a message says: a variant for each channel and language, and which one a customer reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Self, TypeVar

T = TypeVar("T")
Languages = Mapping[str, T]
ANY = "*"


@dataclass(frozen=True, slots=True)
class Variant:
    """One channel's words in one language; a mail has MJML or HTML, and a text made of it where none is written."""

    subject: str = ""
    preheader: str = ""
    mjml: str = ""
    html: str = ""
    text: str = ""

    @classmethod
    def of(cls, told: Mapping[str, object]) -> Self:
        """Read a variant from where it is kept."""
        return cls(**{one.name: str(told.get(one.name) or "") for one in fields(cls)})


@dataclass(frozen=True, slots=True)
class Block:
    """A shared piece: as it stands in mail (HTML or MJML sections), and as it stands in texts."""

    mail: str = ""
    text: str = ""

    @classmethod
    def of(cls, told: Mapping[str, object]) -> Self:
        """Read a block from where it is kept."""
        return cls(str(told.get("mail") or ""), str(told.get("text") or ""))


def normal(language: str) -> str:
    """Return a language's tag as it is kept: zh_cn is zh-CN."""
    first, *rest = language.strip().replace("_", "-").split("-")
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part.title() for part in rest)])


def choose(there: Languages[T], wanted: str, default: str) -> str | None:
    """Return whose words a customer reads: their language's, the same without its region, a sister's, the workspace's, any.

    None where nothing is written at all.
    """
    for tag in (*_shorter(normal(wanted)), None, *_shorter(normal(default))):
        if tag is not None and tag in there:
            return tag
        if tag is None and (sister := _sister(there, normal(wanted))) is not None:
            return sister
    return _sister(there, normal(default)) or min(there, default=None)


def _shorter(tag: str) -> Sequence[str]:
    parts = tag.split("-")
    return ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]


def _sister(there: Languages[T], tag: str) -> str | None:
    base = tag.split("-")[0]
    return min((one for one in there if one.split("-")[0] == base), default=None)
