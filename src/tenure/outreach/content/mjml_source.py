"""MJML with Liquid in it, made fit for the compiler: tags between elements are wrapped, what would be lost is refused."""

import re

from tenure.outreach.content.endings import tags
from tenure.outreach.content.faults import Place, TemplateFault
from tenure.outreach.content.shield import Piece, Shielded

HOLDERS = frozenset({
    "mjml", "mj-head", "mj-attributes", "mj-body", "mj-wrapper", "mj-section", "mj-group", "mj-column", "mj-hero",
    "mj-navbar", "mj-social", "mj-carousel", "mj-accordion", "mj-accordion-element",
})  # fmt: skip
_IN_SECTION = ("<mj-section><mj-column><mj-text>", "</mj-text></mj-column></mj-section>")
_WRAPS = {
    "mj-body": _IN_SECTION,
    "mj-wrapper": _IN_SECTION,
    "mj-section": ("<mj-column><mj-text>", "</mj-text></mj-column>"),
    "mj-column": ("<mj-text>", "</mj-text>"),
    "mj-hero": ("<mj-text>", "</mj-text>"),
}
_ENDS = {f"end{name}": name for name in ("if", "unless", "case", "for", "tablerow", "capture", "comment", "raw")}
_WRITES = ("render", "echo", "cycle")


def fit(shielded: Shielded, part: str) -> str:
    """Return shielded MJML in which every Liquid tag between elements stands in ``mj-raw``, a value in a text.

    A tag that opens in one element must close in the same one: what lies between is left out as a whole or not at
    all, and the mail stays well-formed whoever reads it.
    """
    made: list[str] = []
    holders: list[tuple[str, list[Piece]]] = []
    at = 0
    while (tag := next(tags(shielded.text, part, at), None)) is not None:
        found, name, empty = tag
        closes = bool(found.group(1))
        made += [_between(shielded, shielded.text[at : found.start()], holders, part), found.group()]
        at = found.end()
        if closes:
            _close(holders, name, part)
        elif name == "mj-include":
            raise TemplateFault("mjml_element", "mj-include", Place(part))
        elif name in HOLDERS and not empty:
            holders.append((name, []))
        elif not empty:
            end = shielded.text.find(f"</{found.group(2)}", at)
            if end < 0:
                raise TemplateFault("mjml", f"<{name}> … </{name}>", Place(part))
            made.append(shielded.text[at:end])
            at = end
    return "".join([*made, shielded.text[at:]])


def _close(holders: list[tuple[str, list[Piece]]], name: str, part: str) -> None:
    if holders and holders[-1][0] == name:
        _, open_tags = holders.pop()
        if open_tags:
            raise TemplateFault("mjml_straddles", open_tags[-1].source, Place(part, open_tags[-1].line))


def _between(shielded: Shielded, text: str, holders: list[tuple[str, list[Piece]]], part: str) -> str:
    """Wrap the Liquid that stands between elements; other words there would be lost, so they are refused."""
    if not holders or not text.strip():
        return text
    plain = re.sub(r"<!--.*?-->", "", shielded.word.sub("", text), flags=re.DOTALL).strip()
    if plain:
        raise TemplateFault("mjml_outside", plain[:60], Place(part))
    holder, open_tags = holders[-1]

    def wrap(found: re.Match[str]) -> str:
        piece = shielded.pieces[found.group()]
        tag = piece.tag
        if tag is None or tag in _WRITES:
            before, after = _WRAPS.get(holder, ("<mj-raw>", "</mj-raw>"))
            return f"{before}{found.group()}{after}"
        _count(piece, tag, open_tags, part)
        return f"<mj-raw>{found.group()}</mj-raw>"

    return shielded.word.sub(wrap, text)


def _count(piece: Piece, tag: str, open_tags: list[Piece], part: str) -> None:
    if tag in _ENDS.values():
        open_tags.append(piece)
    elif tag in _ENDS:
        if not open_tags or open_tags[-1].tag != _ENDS[tag]:
            raise TemplateFault("mjml_straddles", piece.source, Place(part, piece.line))
        open_tags.pop()
