"""Mail: MJML made into HTML once for a version with its Liquid whole, and a text made of the HTML."""

import re
from collections.abc import Mapping
from html import escape

import mjml

from tenure.outreach.content import endings
from tenure.outreach.content.faults import Place, TemplateFault
from tenure.outreach.content.mjml_source import fit
from tenure.outreach.content.plain import plain_text
from tenure.outreach.content.shield import shield

CLIPPED = 102 * 1024  # Gmail shows no more of a mail's HTML than this and hides the rest behind a link
FONTS = "-apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', Helvetica, Arial, sans-serif"
DEEPEST = 8

FOOTER = {
    "en": ("You receive this mail because you agreed to it.", "Unsubscribe"),
    "zh": ("您收到此邮件是因为您曾同意接收。", "退订"),
}
_LINK = '<a href="{{{{ unsubscribe_url }}}}" style="color:#666666">{word}</a>'
_ADDRESS = "{% if brand.postal_address %}{{ brand.name }}, {{ brand.postal_address }}<br/>{% endif %}"
_RENDER = re.compile(r"""\{%-?\s*render\s+(?:"([^"]+)"|'([^']+)')\s*(,.*?)?-?%\}""", re.DOTALL)


def compiled(
    source: str, part: str, language: str, blocks: Mapping[str, str], preheader: str = "", footer: bool = False
) -> tuple[str, str]:
    """Return the HTML template and the text template of a mail written in MJML.

    Liquid is hidden while MJML is compiled and put back afterwards; where MJML drops a piece (a width that must be a
    number), the mail is refused and the piece named. ``blocks`` in MJML are written in place.
    """
    endings.check(source, endings.LIQUID, part)
    whole = _expanded(source, blocks, part, 0)
    endings.check(whole, endings.HTML, part)
    if "<mjml" not in whole:
        raise TemplateFault("mjml", "<mjml>", Place(part))
    if footer:
        whole = _with_footer(whole, language)
    hidden = shield(_with_head(whole, language, preheader))
    endings.check(hidden.text, endings.HTML, part)
    endings.check_depth(hidden.text, part)
    try:
        html = mjml.mjml2html(fit(hidden, part))
    except ValueError as error:
        raise TemplateFault("mjml", str(error), Place(part)) from error
    lost = hidden.lost(html)
    if lost:
        raise TemplateFault("mjml_lost", lost[0].source, Place(part, lost[0].line))
    left = re.search(r"<(mj-[\w-]+)", html)
    if left is not None:
        raise TemplateFault("mjml_element", left.group(1), Place(part))
    return hidden.restore(html), hidden.restore(plain_text(html))


def from_html(source: str, language: str, preheader: str = "", footer: bool = False) -> tuple[str, str]:
    """Return the HTML template and the text template of a mail written in HTML."""
    endings.check(source, endings.HTML, "email.html")
    if preheader:
        hidden = f'<div style="display:none;max-height:0;overflow:hidden">{preheader}</div>'
        source = re.sub(r"(<body[^<>]*>)", lambda found: found.group() + hidden, source, count=1, flags=re.IGNORECASE)
    if footer and "unsubscribe_url" not in source:
        words = f'<p style="font-size:12px;color:#666666">{_footer(language)}</p>'
        place = source.lower().rfind("</body>")
        source = source + words if place < 0 else source[:place] + words + source[place:]
    hidden_source = shield(source)
    return source, hidden_source.restore(plain_text(hidden_source.text))


def html_of_text(source: str) -> str:
    """Return a text template as an HTML one: its words escaped, its lines kept, its Liquid whole."""
    hidden = shield(source)
    return hidden.restore(escape(hidden.text).replace("\n", "<br/>\n"))


def text_with_footer(source: str, language: str) -> str:
    """Return a mail of text alone with the way out at its end."""
    if "unsubscribe_url" in source:
        return source
    sentence, word = FOOTER["zh" if language.startswith("zh") else "en"]
    address = "{% if brand.postal_address %}{{ brand.name }}, {{ brand.postal_address }}\n{% endif %}"
    return f"{source.rstrip()}\n\n{address}{sentence} {word}: {{{{ unsubscribe_url }}}}\n"


def _expanded(source: str, blocks: Mapping[str, str], part: str, depth: int) -> str:
    """Write blocks of MJML in place of the tags that render them; blocks of HTML stay for Liquid."""
    if depth > DEEPEST:
        raise TemplateFault("too_deep", DEEPEST, Place(part))

    def place(found: re.Match[str]) -> str:
        name = found.group(1) or found.group(2)
        block = blocks.get(name, "")
        if not block.lstrip().startswith("<mj-"):
            return found.group()
        if found.group(3):
            raise TemplateFault("mjml_element", found.group(), Place(part))
        return _expanded(block, blocks, part, depth + 1)

    return _RENDER.sub(place, source)


def _footer(language: str) -> str:
    sentence, word = FOOTER["zh" if language.startswith("zh") else "en"]
    return f"{_ADDRESS}{sentence} {_LINK.format(word=word)}"


def _with_footer(source: str, language: str) -> str:
    if "unsubscribe_url" in source:
        return source
    words = (
        f'<mj-section><mj-column><mj-text font-size="12px" line-height="1.5" color="#666666" align="center">'
        f"{_footer(language)}</mj-text></mj-column></mj-section>"
    )
    place = source.rfind("</mj-body>")
    if place < 0:
        raise TemplateFault("mjml", "<mj-body>", Place("email.mjml"))
    return source[:place] + words + source[place:]


def _with_head(source: str, language: str, preheader: str) -> str:
    """Say the language, a font every device has (none is fetched from elsewhere), and what stands under the subject."""
    head = f'<mj-attributes><mj-all font-family="{FONTS}"/></mj-attributes>'
    if preheader and "<mj-preview" not in source:
        head += f"<mj-preview>{preheader}</mj-preview>"
    if "<mj-head>" in source:
        source = source.replace("<mj-head>", f"<mj-head>{head}", 1)
    else:
        source = re.sub(r"<mjml([^>]*)>", lambda found: f"{found.group()}<mj-head>{head}</mj-head>", source, count=1)
    if re.search(r"<mjml[^>]*\slang=", source):
        return source
    return source.replace("<mjml", f'<mjml lang="{escape(language)}"', 1)
