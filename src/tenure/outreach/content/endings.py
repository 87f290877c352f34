"""What must be so of a source before it is read: what begins ends, and nothing lies too deep.

Parsers look for an end from every beginning. Where many have none, they look for hours, and nobody else gets a turn meanwhile;
the compiler of MJML goes down a level for each element, and falls through the floor.
"""

import re
from collections.abc import Iterator

from tenure.outreach.content.faults import Place, TemplateFault

MOST = 5  # beginnings without an end that may stand in words
DEEPEST = 200  # elements in elements
LIQUID = (("{{", "}}"), ("{%", "%}"))
HTML = (("<", ">"), ("<!--", "-->"))
Pairs = tuple[tuple[str, str], ...]
_RAW = re.compile(r"\{%-?\s*(end)?raw\b")
_BRACKETS = re.compile(r"(?:\(\s*){50}")  # each is read anew from the one outside it
_TAG = re.compile(r"""<(/?)([a-z][\w-]*+)((?:"[^"]*"|'[^']*'|[^>"'])*+)>""", re.IGNORECASE)
_LETTER = re.compile(r"</?[a-z]", re.IGNORECASE)
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)


def check(source: str, pairs: Pairs, part: str) -> None:
    """Raise for a source in which too much begins and does not end."""
    for begins, ends in pairs:
        if source.count(begins, source.rfind(ends) + 1) > MOST:
            raise TemplateFault("syntax", f"{begins} … {ends}", Place(part))
    if pairs is LIQUID and _BRACKETS.search(source) is not None:
        raise TemplateFault("syntax", "( … )", Place(part))
    left = 0
    for found in _RAW.finditer(source) if pairs is LIQUID else ():
        left = 0 if found.group(1) else left + 1
    if left > MOST:
        raise TemplateFault("syntax", "{% raw %} … {% endraw %}", Place(part))


def tags(text: str, part: str, at: int = 0) -> Iterator[tuple[re.Match[str], str, bool]]:
    """Give each element's beginning and end outside comments, with its name and whether it is empty; one that never ends is refused."""
    while (at := text.find("<", at)) >= 0:
        if text.startswith("<!--", at):
            at = text.find("-->", at) + 3
            if at < 3:
                raise TemplateFault("mjml", "<!-- … -->", Place(part))
            continue
        found = _TAG.match(text, at)
        if found is not None:
            yield found, found.group(2).lower(), found.group(3).endswith("/")
            at = found.end()
        elif _LETTER.match(text, at):
            raise TemplateFault("mjml", text[at : at + 40], Place(part))
        else:
            at += 1


def check_depth(text: str, part: str) -> None:
    """Raise for elements that lie too deep in others."""
    depth = 0
    for found, name, empty in tags(text, part):
        if not empty and name not in _VOID:
            depth += -1 if found.group(1) else 1
        if depth > DEEPEST:
            raise TemplateFault("too_deep", DEEPEST, Place(part))
