"""Writes the messages of a leased batch: profiles read once for all of them, templates read once for all time.

A message that cannot be written is held with its reason; nobody gets half of one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from tenure.channels.channel import Outgoing
from tenure.directory.customers.consent import links as consent
from tenure.directory.customers.consent.links import Link
from tenure.directory.workspace import service as settings
from tenure.kit.db import Engine, Session, transaction
from tenure.outreach.content import kept, profile, repository
from tenure.outreach.content.faults import Place, TemplateFault
from tenure.outreach.content.profile import Profile, Workspace
from tenure.outreach.content.wording import MAIL, SMS, TITLED, Wording, Written
from tenure.outreach.delivery.prepare import ToWrite, Unwritten
from tenure.outreach.ledger.asks import Leased
from tenure.outreach.reading.marks import Marks
from tenure.outreach.shortlinks.service import Shortener
from tenure.warehouse.lake import Lake


@dataclass(frozen=True, slots=True)
class WayOut:
    """Where a customer says no to more of this, and the headers of RFC 8058 that tell mail programs."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)


Asked = tuple[str, int | None]  # a message, and the version it was asked for in
WaysOut = Callable[[Leased], WayOut | None]
Questions = Callable[[Leased, tuple[str, str], datetime], str | None]


def no_way_out(_: Leased) -> WayOut | None:
    """Know no link to unsubscribe by: mails that need one are held."""
    return None


def no_question(_: Leased, __: tuple[str, str], ___: datetime) -> str | None:
    """Know no link to confirm by: messages that ask for it are held."""
    return None


def signed_ways_out(secret: str, base: str) -> WaysOut:
    """Return how to make links that speak for one customer about one list; ``base`` is where the world reaches us."""

    def way_out(send: Leased) -> WayOut:
        token = consent.sign(secret, Link(send.customer_id, send.purpose, send.via, send.id))
        return WayOut(f"{base.rstrip('/')}/unsubscribe/{token}", consent.headers(base, token))

    return way_out


def some_way_out(base: str) -> WaysOut:
    """Return how to make one link for everybody, where nothing is sent; ``base`` is where the world reaches us."""
    link = WayOut(f"{base.rstrip('/')}/unsubscribe/…")
    return lambda _: link


@dataclass(frozen=True, slots=True)
class Edition:
    """A published version, ready to be written."""

    version: int
    wording: Wording
    needs: frozenset[str]
    tracked: bool
    short_links: bool = False


@dataclass
class Composer:
    """Writes what published messages say; versions stay read for as long as the worker lives."""

    engine: Engine
    lake: Lake
    ways_out: WaysOut = no_way_out
    pictures: str | None = None  # where the world reaches uploaded pictures
    marks: Marks | None = None
    questions: Questions = no_question
    shortener: Shortener | None = None
    whole: bool = True  # else only what can go wrong is written, for nobody reads it
    _read: dict[tuple[str, int, str], Edition] = field(default_factory=dict)

    def compose(self, wanted: Sequence[ToWrite], now: datetime) -> Mapping[str, Outgoing | Unwritten]:
        """Return each send's message, or why there is none."""
        with transaction(self.engine) as session:
            brand = kept.brand(session)
            editions = self._editions(session, {(one.send.message, one.send.version) for one in wanted}, brand.language)
            needs = frozenset[str]().union(*(edition.needs for edition in editions.values()))
            people = self._people(session, wanted, needs, brand.language, now)
        told = brand.told(self.pictures)
        made = {one.send.id: self._one(one, editions, people.get(one.send.customer_id), told, now) for one in wanted}
        return {**made, **self._shortened(wanted, editions, made, now)}

    def _one(
        self,
        wanted: ToWrite,
        editions: Mapping[Asked, Edition],
        person: Profile | None,
        brand: Mapping[str, object],
        now: datetime,
    ) -> Outgoing | Unwritten:
        send, edition = wanted.send, editions.get((wanted.send.message, wanted.send.version))
        try:
            if edition is None:
                raise TemplateFault("no_version", send.message, Place(""))
            if person is None:
                raise TemplateFault("missing_variable", "customer", Place(""))
            out = self.ways_out(send)
            if out is None and wanted.channel == MAIL and not edition.wording.transactional:
                raise TemplateFault("no_unsubscribe_link", "", Place(""))
            variables = {**person.variables, "brand": brand, "given": send.parameters}
            if self.pictures is not None:
                variables["media"] = {"url": self.pictures}
            if out is not None:
                variables["unsubscribe_url"] = out.url
            question = self.questions(send, (wanted.channel, wanted.person.addresses[wanted.channel]), now)
            if question is not None:
                variables["confirm_url"] = question
            written = edition.wording.write(wanted.channel, variables, person.reader, whole=self.whole)
        except TemplateFault as fault:
            return Unwritten(fault.kind, str(fault.place), fault.message)
        if wanted.channel == MAIL and edition.tracked and self.marks is not None:
            written = _marked(self.marks, written, send.id, out)
        return _outgoing(wanted, written, edition.version, out)

    def _shortened(
        self,
        wanted: Sequence[ToWrite],
        editions: Mapping[Asked, Edition],
        made: Mapping[str, Outgoing | Unwritten],
        now: datetime,
    ) -> Mapping[str, Outgoing]:
        """Return the text messages of a batch with short addresses for their links, all of them given out at once."""
        if self.shortener is None:
            return {}
        texts = dict[str, Outgoing]()
        for one in wanted:
            message, edition = made[one.send.id], editions.get((one.send.message, one.send.version))
            if one.channel == SMS and isinstance(message, Outgoing) and edition is not None and edition.short_links:
                texts[one.send.id] = message
        if not texts:
            return {}
        with transaction(self.engine) as session:
            told = self.shortener.shorten(session, {send: one.text for send, one in texts.items()}, now)
        return {send: replace(one, text=told[send]) for send, one in texts.items()}

    def _editions(self, session: Session, asked: set[Asked], language: str) -> dict[Asked, Edition]:
        """Return what each message says: in the version it was asked for in, or as it is published now."""
        found = {}
        published = repository.published(session, sorted({message for message, _ in asked}))
        for message, version in asked:
            if message in published:
                number = version or published[message]
                key = (message, number, language)
                if key not in self._read:
                    self._read[key] = edition(session, message, number, language)
                found[message, version] = self._read[key]
        return found

    def _people(
        self, session: Session, wanted: Sequence[ToWrite], needs: frozenset[str], language: str, now: datetime
    ) -> Mapping[str, Profile]:
        ids = list(dict.fromkeys(one.send.customer_id for one in wanted))
        return profile.load(session, ids, needs, workspace_of(session, self.lake, language), now)


def edition(session: Session, message: str, number: int, language: str) -> Edition:
    """Read a published version; it was whole when it was published."""
    row = repository.version(session, message, number)
    if row is None:
        raise TemplateFault("no_version", message, Place(""))
    channels, blocks = kept.content_of(row.content)
    wording = Wording(channels, blocks, language, transactional=bool(row.content["transactional"]))
    tracked, short = bool(row.content.get("tracked", True)), bool(row.content.get("short_links", False))
    return Edition(number, wording, frozenset(row.needs), tracked, short)


def workspace_of(session: Session, lake: Lake, language: str) -> Workspace:
    """Return what holds for every customer of the workspace."""
    found = settings.read(session)
    return Workspace(lake, found.currency, found.zone, language)


def _marked(marks: Marks, written: Written, send: str, out: WayOut | None) -> Written:
    """Lead a mail's links through us: those of its HTML, or of its text where it is all there is."""
    kept = {out.url} if out is not None else set[str]()
    if written.html is None:
        return replace(written, text=marks.text(written.text, send, kept))
    return replace(written, html=marks.html(written.html, send, kept))


def _shown(wanted: ToWrite) -> dict[str, object]:
    """Return how a message on a page is to look, and how many days it waits, where who asked for it said so."""
    given = wanted.send.parameters if wanted.channel in TITLED else {}
    return {name: given[name] for name in ("style", "days") if name in given}


def _outgoing(wanted: ToWrite, written: Written, version: int, out: WayOut | None) -> Outgoing:
    return Outgoing(
        wanted.send.id,
        wanted.person.addresses[wanted.channel],
        written.subject,
        written.text,
        written.html,
        written.language,
        dict(out.headers) if out is not None and wanted.channel == MAIL else {},
        {"message": wanted.send.message, "version": version, **_shown(wanted)},
    )
