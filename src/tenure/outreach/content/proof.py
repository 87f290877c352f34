"""The proof before launch: a message written for real customers, and everything that would go wrong, counted.

Nothing is sent. What is missing is noted and the rest written on, so that one proof tells all of it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tenure.channels.sms.segments import segments
from tenure.kit.i18n import Text
from tenure.outreach.content.faults import SAYINGS, TemplateFault
from tenure.outreach.content.leaving import Leaving, size_of
from tenure.outreach.content.links import Alive, dead, links_of, trouble
from tenure.outreach.content.liquid import Missing
from tenure.outreach.content.mail import CLIPPED
from tenure.outreach.content.profile import Profile
from tenure.outreach.content.telling import written_line
from tenure.outreach.content.variants import normal
from tenure.outreach.content.wording import MAIL, SMS, Wording, Written

EXAMPLES = 5
LONG_SUBJECT = 60  # most mail programs on telephones show no more
MOST_LINKS = 50  # asked whether they live; a personal link is another for everybody
WORDS: dict[str, Text] = {
    **{str(kind): words for kind, words in SAYINGS.items()},
    "long_subject": Text("The subject is longer than {what} characters.", "主题超过 {what} 个字符。"),
    "clipped": Text(
        "Gmail shows no more than {what} bytes and hides the rest.", "超过 {what} 字节，Gmail 会隐藏其余部分。"
    ),
    "link_empty": Text("A link leads nowhere: it is empty.", "链接为空。"),
    "link_relative": Text("“{what}” is no whole address.", "“{what}”不是完整的地址。"),
    "link_not_https": Text("“{what}” is not https.", "“{what}”不是 https。"),
    "link_nowhere": Text("“{what}” leads nowhere the world can go.", "“{what}”外部无法访问。"),
    "link_dead": Text("“{what}” does not answer.", "“{what}”没有响应。"),
}
_LINKS = ("empty", "relative", "not_https", "nowhere", "dead")


def problem_words(kind: str, what: str) -> Text:
    """Return a problem of a proof in words; ``empty`` is a link's, for empty words are found before."""
    name = f"link_{kind}" if kind in _LINKS else kind
    return WORDS[name].fill(what=what) if name in WORDS else Text(f"{kind}: {what}", f"{kind}：{what}")


@dataclass(slots=True)
class Found:
    """Something that was found: what, where, of what kind, for how many, and some of them."""

    kind: str
    what: str
    part: str
    line: int | None = None
    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, who: str) -> None:
        """Count one more customer."""
        self.count += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(who)


@dataclass(slots=True)
class Spread:
    """The least, the middle and the most of a number, and its sum."""

    least: int
    middle: int
    most: int
    sum: int

    @classmethod
    def of(cls, numbers: Iterable[int]) -> "Spread | None":
        """Gather numbers."""
        found = sorted(numbers)
        return cls(found[0], found[len(found) // 2], found[-1], sum(found)) if found else None


@dataclass(slots=True)
class ChannelProof:
    """What a channel's words came to for the customers of a proof."""

    channel: str
    written: int = 0
    whole: int = 0
    problems: list[Found] = field(default_factory=list)
    languages: dict[str, int] = field(default_factory=dict)
    borrowed: dict[str, int] = field(default_factory=dict)
    characters: Spread | None = None
    segments: Spread | None = None
    costly: list[str] = field(default_factory=list)
    bytes: Spread | None = None

    @property
    def holds(self) -> bool:
        """Say whether everybody gets a whole message without a broken link."""
        return not self.problems


def prove(
    wording: Wording,
    people: Mapping[str, Profile],
    more: Mapping[str, object],
    alive: Alive | None = None,
    leaving: Leaving | None = None,
) -> list[ChannelProof]:
    """Write a message over each of its channels for each customer; ``more`` are variables all of them share.

    Sizes are those of what would leave, with the marks of ``leaving``; links are looked at as they were written.
    """
    return [_channel(wording, channel, people, more, (alive, leaving)) for channel in sorted(wording.channels)]


@dataclass
class _Ledger:
    found: dict[tuple[str, str, str], Found] = field(default_factory=dict)

    def add(self, who: str, kind: str, what: str, part: str, line: int | None = None) -> None:
        key = (kind, what, part)
        if key not in self.found:
            self.found[key] = Found(kind, what, part, line)
        self.found[key].add(who)


def _channel(
    wording: Wording,
    channel: str,
    people: Mapping[str, Profile],
    more: Mapping[str, object],
    world: tuple[Alive | None, Leaving | None],
) -> ChannelProof:
    alive, leaving = world
    told, ledger = ChannelProof(channel), _Ledger()
    languages, borrowed, written = Counter[str](), Counter[str](), dict[str, Written]()
    links = defaultdict[str, list[str]](list)
    for who, person in people.items():
        missing: Missing = []
        try:
            out = leaving.way_out(who) if leaving is not None and channel == MAIL else None
            told_more = more if out is None else {**more, "unsubscribe_url": out}
            made = wording.write(channel, {**person.variables, **told_more}, person.reader, missing)
        except TemplateFault as fault:
            ledger.add(who, fault.kind, fault.what, fault.place.part, fault.place.line)
            continue
        written[who] = sent = made if leaving is None else leaving.as_sent(made, out)
        languages[made.language] += 1
        if normal(person.reader.language).split("-")[0] != made.language.split("-")[0]:
            borrowed[normal(person.reader.language)] += 1
        _missing(ledger, wording, made, who, missing)
        told.whole += not missing
        if made.html is not None:
            for link in links_of(made.html):
                if link != out:
                    links[link].append(who)
        if made.subject and len(made.subject) > LONG_SUBJECT:
            ledger.add(who, "long_subject", str(LONG_SUBJECT), f"{channel}.{made.language}.subject")
        if size_of(sent) > CLIPPED:
            ledger.add(who, "clipped", str(CLIPPED), f"{channel}.{made.language}")
    _links(ledger, channel, links, alive)
    _measure(told, channel, written)
    told.written, told.languages, told.borrowed = len(written), dict(languages), dict(borrowed)
    told.problems = sorted(ledger.found.values(), key=lambda one: -one.count)
    return told


def _missing(ledger: _Ledger, wording: Wording, made: Written, who: str, missing: Missing) -> None:
    part = f"{made.channel}.{made.language}"
    variant = wording.channels[made.channel][made.language]
    for what in dict.fromkeys(name for name, _ in missing):
        lines = [written_line(text, what) for text in (variant.mjml, variant.html, variant.text)]
        ledger.add(who, "missing_variable", what, part, next((line for line in lines if line is not None), None))


def _links(ledger: _Ledger, channel: str, links: Mapping[str, list[str]], alive: Alive | None) -> None:
    for link, readers in links.items():
        wrong = trouble(link)
        if wrong is not None:
            for who in readers:
                ledger.add(who, wrong, link, channel)
    shared = sorted(links, key=lambda link: -len(links[link]))[:MOST_LINKS]
    for link in dead(shared, alive) if alive is not None else ():
        for who in links[link]:
            ledger.add(who, "dead", link, channel)


def _measure(told: ChannelProof, channel: str, written: Mapping[str, Written]) -> None:
    told.characters = Spread.of(len(one.text) for one in written.values())
    if channel == MAIL:
        told.bytes = Spread.of(size_of(one) for one in written.values())
    if channel == SMS:
        counted = [segments(one.text) for one in written.values()]
        told.segments = Spread.of(one.pieces for one in counted)
        told.costly = sorted({character for one in counted for character in one.costly})
