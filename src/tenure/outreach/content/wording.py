"""A version of a message made ready once: its templates read, and written out for any customer after that."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tenure.outreach.content import mail, variables
from tenure.outreach.content.blocks import Blocks, spoken
from tenure.outreach.content.bounds import Limits
from tenure.outreach.content.faults import Place, TemplateFault
from tenure.outreach.content.liquid import Missing, Template, Templates
from tenure.outreach.content.reader import Reader
from tenure.outreach.content.variants import Languages, Variant, choose

MAIL, SMS = "email", "sms"
TITLED = ("in_app", "push")  # short messages that may have a title
Channels = Mapping[str, Languages[Variant]]
_GAPS = re.compile(r"\n[ \t]*(?:\n[ \t]*){2,}")


@dataclass(frozen=True, slots=True)
class Written:
    """A message as one customer gets it."""

    channel: str
    language: str
    subject: str
    text: str
    html: str | None


@dataclass(frozen=True, slots=True)
class _Ready:
    subject: Template | None
    text: Template
    html: Template | None
    derived: bool = False  # the text was made from the HTML and says nothing else

    @property
    def templates(self) -> list[Template]:
        return [one for one in (self.subject, self.text, self.html) if one is not None]


class Wording:
    """What a version says over every channel in every language; each variant is made ready when first needed."""

    def __init__(
        self, channels: Channels, blocks: Blocks, default: str, *, transactional: bool, limits: Limits | None = None
    ) -> None:
        self.channels, self.blocks, self.default, self.transactional = channels, blocks, default, transactional
        self._limits, self._ready = limits, dict[tuple[str, str], _Ready]()

    def language(self, channel: str, wanted: str) -> str:
        """Return the language a customer reads on a channel, or raise when the message is silent there."""
        tag = choose(self.channels.get(channel, {}), wanted, self.default)
        if tag is None:
            raise TemplateFault("no_variant", channel, Place(""))
        return tag

    def check(self) -> frozenset[str]:
        """Make every variant ready and return which parts of a profile they need; raises for the first that is wrong."""
        needs = frozenset[str]()
        for channel, languages in self.channels.items():
            for tag in languages:
                for template in self.ready(channel, tag).templates:
                    needs |= variables.check(template)
        return needs

    def write(
        self,
        channel: str,
        told: Mapping[str, object],
        reader: Reader,
        missing: Missing | None = None,
        *,
        whole: bool = True,
    ) -> Written:
        """Write the message for one customer, whose language the reader says; if not ``whole``, without a text that was derived."""
        tag = self.language(channel, reader.language)
        ready = self.ready(channel, tag)
        own = Reader(tag, reader.currency, reader.zone)
        return Written(
            channel,
            tag,
            " ".join(ready.subject.render(told, own, missing).split()) if ready.subject is not None else "",
            _GAPS.sub("\n\n", ready.text.render(told, own, missing)).strip() if whole or not ready.derived else "",
            ready.html.render(told, own, missing) if ready.html is not None else None,
        )

    def ready(self, channel: str, tag: str) -> _Ready:
        """Return the templates of a variant, read once."""
        found = self._ready.get((channel, tag))
        if found is None:
            found = self._ready[channel, tag] = self._read(channel, tag)
        return found

    def _read(self, channel: str, tag: str) -> _Ready:
        variant, part = self.channels[channel][tag], f"{channel}.{tag}"
        texts = Templates(spoken(self.blocks, tag, self.default, mail=False), html=False, limits=self._limits)
        if channel != MAIL:
            if not variant.text.strip():
                raise TemplateFault("empty", f"{part}.text", Place(part))
            title = variant.subject.strip() if channel in TITLED else ""
            subject = texts.parse(variant.subject, f"{part}.subject") if title else None
            return _Ready(subject, texts.parse(variant.text, f"{part}.text"), None)
        if not variant.subject.strip():
            raise TemplateFault("empty", f"{part}.subject", Place(part))
        subject = texts.parse(variant.subject, f"{part}.subject")
        written = variant.mjml or variant.html
        if not written:
            return self._text_mail(texts, subject, variant, part, tag)
        form = f"{part}.mjml" if variant.mjml else f"{part}.html"
        blocks = spoken(self.blocks, tag, self.default, mail=True)
        pages = Templates(blocks, html=True, limits=self._limits)
        pages.parse(written, form)  # a mistake is told by the line it was written on
        footer = not self.transactional
        if variant.mjml:
            html, text = mail.compiled(written, form, tag, blocks, variant.preheader, footer)
        else:
            html, text = mail.from_html(written, tag, variant.preheader, footer)
        own = variant.text or text
        plain = texts.parse(own, f"{part}.text", variant.text or written)
        return _Ready(subject, plain, pages.parse(html, form, written), derived=not variant.text)

    def _text_mail(self, texts: Templates, subject: Template, variant: Variant, part: str, tag: str) -> _Ready:
        if not variant.text.strip():
            raise TemplateFault("empty", f"{part}.mjml", Place(part))
        text = variant.text if self.transactional else mail.text_with_footer(variant.text, tag)
        return _Ready(subject, texts.parse(text, f"{part}.text", variant.text), None)
