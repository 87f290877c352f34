"""Liquid put out of sight while something else reads the text around it: each piece becomes one plain word."""

import re
from dataclasses import dataclass

from tenure.outreach.content import endings

PIECE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_TAG = re.compile(r"\{%-?\s*(#|\w+)?")


@dataclass(frozen=True, slots=True)
class Piece:
    """One ``{{ … }}`` or ``{% … %}`` and the line it stands on."""

    source: str
    line: int

    @property
    def tag(self) -> str | None:
        """Return the name of the tag; None of a value."""
        found = _TAG.match(self.source)
        return None if found is None else found.group(1) or ""


@dataclass(frozen=True)
class Shielded:
    """A text whose Liquid stands as words, and the pieces behind the words."""

    text: str
    pieces: dict[str, Piece]
    word: re.Pattern[str]

    def restore(self, text: str) -> str:
        """Put the Liquid back where its words stand."""
        return self.word.sub(lambda found: self.pieces[found.group()].source, text)

    def lost(self, text: str) -> list[Piece]:
        """Return the pieces whose words are not in a text any more."""
        left = set(self.word.findall(text))
        return [piece for word, piece in self.pieces.items() if word not in left]


def shield(source: str) -> Shielded:
    """Replace every piece of Liquid by a word that stands nowhere else in the source."""
    endings.check(source, endings.LIQUID, "")
    mark = "lq"
    while mark in source:
        mark += "q"
    pieces: dict[str, Piece] = {}

    def hide(found: re.Match[str]) -> str:
        word = f"{mark}{len(pieces):05d}z"
        pieces[word] = Piece(found.group(), source.count("\n", 0, found.start()) + 1)
        return word

    return Shielded(PIECE.sub(hide, source), pieces, re.compile(rf"{mark}\d{{5}}z"))
