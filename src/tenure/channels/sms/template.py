"""The approved template a text message is made of, where a provider sends nothing else.

Whoever writes a message writes its words; which of the account's templates says them, and what stands in its places, is
found when it is handed over.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tenure.channels.channel import Outgoing
from tenure.kit.i18n import Text

_PLACE = re.compile(r"\$\{(\w{1,40})\}|\{(\d{1,2})\}")
_LINE = re.compile(r"(\S{1,64})\s+(\S.*)")
_SIGNED = re.compile(r"\A【[^【】]{2,16}】|【[^【】]{2,16}】\Z")


@dataclass(frozen=True, slots=True)
class Template:
    """A template by the code the provider gave it, and what goes into its places, in order."""

    code: str
    parameters: dict[str, str]


@dataclass(frozen=True, slots=True)
class Approved:
    """A template as the provider approved it: the words between its places, and the places' names."""

    code: str
    words: tuple[str, ...]
    places: tuple[str, ...]

    def read(self, text: str) -> dict[str, str] | None:
        """Return what stands in the places of a text that says this template, or None when it says something else.

        Each place holds one character or more and ends where the words after it first come.
        """
        first, *between = self.words
        if not text.startswith(first) or (not between and text != first):
            return None
        held, at = dict[str, str](), len(first)
        for number, (name, words) in enumerate(zip(self.places, between, strict=True), 1):
            last = number == len(self.places)
            end = len(text) - len(words) if last else text.find(words, at + 1)
            if end <= at or not text.endswith(words if last else ""):
                return None
            held[name], at = text[at:end], end + len(words)
        return dict(sorted(held.items(), key=lambda one: int(one[0]))) if all(map(str.isdecimal, held)) else held


def approved(told: str) -> tuple[tuple[Approved, ...], Text | None]:
    """Read templates, one a line: the code, a blank, the words with ``${name}`` or ``{1}``; and what is wrong with one."""
    found = []
    for number, line in enumerate(filter(str.strip, told.splitlines()), 1):
        match = _LINE.fullmatch(line.strip())
        if match is None:
            return (), Text(
                f"Line {number} is not a code, a blank and words.", f"第 {number} 行应为：模板 CODE、空格、内容。"
            )
        pieces = _PLACE.split(_SIGNED.sub("", match[2]))
        words, places = tuple(pieces[::3]), tuple(a or b for a, b in zip(pieces[1::3], pieces[2::3], strict=True))
        if not all(words[1:-1]):
            return (), Text(f"Two places of line {number} touch.", f"第 {number} 行有两个变量相连。")
        if len(set(places)) < len(places):
            return (), Text(f"A place of line {number} stands twice.", f"第 {number} 行有重复的变量。")
        found.append(Approved(match[1], words, places))
    return tuple(found), None


def template_of(message: Outgoing, templates: Sequence[Approved] = ()) -> Template | None:
    """Return the template a message names in ``extra``, or else the first that says its text; nothing where none does."""
    code, parameters = message.extra.get("template"), message.extra.get("parameters", {})
    if isinstance(code, str) and code and isinstance(parameters, dict):
        return Template(code, {str(name): str(value) for name, value in parameters.items()})
    return saying(message.text, templates)


def saying(text: str, templates: Sequence[Approved]) -> Template | None:
    """Return the first template that says a text, without the signature the provider puts before it itself."""
    plain = _SIGNED.sub("", text.strip()).strip()
    for one in templates:
        held = one.read(plain)
        if held is not None:
            return Template(one.code, held)
    return None
