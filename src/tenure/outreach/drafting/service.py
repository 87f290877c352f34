"""The verbs of writing: look a draft over, see it as somebody, weigh a text message. Nothing is kept and nothing is sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from tenure.channels.sms.linter import Draft as TextDraft
from tenure.channels.sms.linter import Finding, lint
from tenure.channels.sms.rule import ALIBABA, ELSEWHERE, TENCENT, Kind, Provider
from tenure.channels.sms.segments import Segments, segments
from tenure.channels.sms.template import Approved, approved, saying
from tenure.kit.db import Session
from tenure.kit.errors import NotFound
from tenure.kit.i18n import Text
from tenure.outreach.accounts import service as accounts
from tenure.outreach.content import kept, profile, variables
from tenure.outreach.content.compose import workspace_of
from tenure.outreach.content.faults import TemplateFault
from tenure.outreach.content.kept import BrandWords
from tenure.outreach.content.leaving import Leaving, World
from tenure.outreach.content.profile import Profile, Workspace
from tenure.outreach.content.reader import Reader
from tenure.outreach.content.service import EVERY_PART, Seen, as_seen, shared
from tenure.outreach.content.telling import written_line
from tenure.outreach.content.variants import Variant
from tenure.outreach.content.wording import Channels, Wording, Written
from tenure.outreach.shortlinks.rules import shown
from tenure.warehouse.lake import Lake

PICTURES = "/media"  # a preview stands on our own pages, where pictures need no address of the world outside
_NO_TEMPLATE = Text("None of the approved templates of the account says this.", "账户中没有与此内容一致的已审核模板。")
_WRITE_AS_APPROVED = Text(
    "Write it word for word as a template was approved, or have this one approved and enter it under Channels.",
    "请按已审核模板逐字书写，或将此内容报审后填入“渠道”。",
)
_SOURCES: Mapping[str, str] = {"alibaba": ALIBABA, "tencent": TENCENT, "gateway": ""}
_CLOUDS: Mapping[str, Provider] = {"sms_alibaba": "alibaba", "sms_tencent": "tencent"}


@dataclass(frozen=True)
class Draft:
    """Words that are not kept yet; ``brand`` is one that is not kept yet either."""

    channels: Channels
    transactional: bool = False
    brand: BrandWords | None = None
    tracked: bool = True
    short_links: bool = True


@dataclass(frozen=True)
class Missed:
    """A value that is not known of whom the draft was written for, and the line that asks for it."""

    what: str
    part: str
    line: int | None


@dataclass(frozen=True)
class Preview:
    """A draft as it was written for somebody who reads ``wanted``, its size when it leaves, and what could not be filled in."""

    written: Written
    wanted: str
    size: int
    missing: list[Missed] = field(default_factory=list)


def faults(session: Session, draft: Draft) -> list[TemplateFault]:
    """Return what is wrong with each part of a draft, at its line."""
    wording = _wording(session, draft)
    return [fault for channel, languages in draft.channels.items() for tag in languages
            for fault in _of_variant(wording, channel, tag)]  # fmt: skip


def preview(session: Session, lake: Lake, draft: Draft, seen: Seen, now: datetime, world: World) -> Preview:
    """Write a draft for a customer, or for nobody in particular; what is not known is left out and told."""
    brand = draft.brand or kept.brand(session)
    wording = _wording(session, draft)
    person = _person(session, workspace_of(session, lake, brand.language), seen, now)
    reader = person.reader if seen.language is None else profile.reading(person.reader, seen.language)
    told = {**person.variables, **shared(brand, seen.given or {}, PICTURES)}
    missing: list[tuple[str, int | None]] = []
    leaving = Leaving(world, "marketing", draft.tracked, draft.short_links)
    written, size = as_seen(wording, seen, leaving, told, reader, missing)
    variant = draft.channels[seen.channel][written.language]
    names = dict.fromkeys(name for name, _ in missing)
    place = f"{seen.channel}.{written.language}"
    return Preview(written, reader.language, size, [_missed(name, variant, place) for name in names])


@dataclass(frozen=True)
class Weighed:
    """A text message: how many pieces it is, over whom it goes, and what would be refused in mainland China."""

    provider: Provider
    signature: str
    counted: Segments
    findings: list[Finding]


@dataclass(frozen=True)
class Weighing:
    """A text to weigh; what is left out is the account's. With ``leads_over`` its links become short addresses there."""

    text: str
    kind: Kind
    provider: Provider | None = None
    signature: str | None = None
    leads_over: str | None = None


def weigh(session: Session, asked: Weighing) -> Weighed:
    """Weigh a text as the workspace's own provider would; one that is named is asked instead."""
    own, signed, templates = _own_provider(session)
    chosen, name = asked.provider or own, signed if asked.signature is None else asked.signature
    sent = asked.text if asked.leads_over is None else shown(asked.text, asked.leads_over)
    whole = sent if chosen == "gateway" or not name else f"【{name}】{sent}"
    found = lint(TextDraft(asked.text, asked.kind, chosen, name, leads=asked.leads_over is not None))
    if templates and chosen == own and saying(sent, templates) is None:
        found.append(
            Finding(
                "sms.no_template", _NO_TEMPLATE, _SOURCES[chosen], 0, len(asked.text), _WRITE_AS_APPROVED, ELSEWHERE
            )
        )
    return Weighed(chosen, name, segments(whole), found)


def _own_provider(session: Session) -> tuple[Provider, str, tuple[Approved, ...]]:
    for row in accounts.every(session):
        if row.channel == "sms":
            templates, _ = approved(str(row.facts.get("templates", "")))
            return _CLOUDS.get(row.kind, "gateway"), str(row.facts.get("signature", "")), templates
    return "gateway", "", ()


def _wording(session: Session, draft: Draft) -> Wording:
    default = (draft.brand or kept.brand(session)).language
    return Wording(draft.channels, kept.blocks(session), default, transactional=draft.transactional)


def _of_variant(wording: Wording, channel: str, tag: str) -> Iterator[TemplateFault]:
    """Return the faults of one variant: a subject that is wrong must not hide what is wrong below it."""
    try:
        templates = wording.ready(channel, tag).templates
    except TemplateFault as fault:
        yield fault
        if fault.place.part.endswith(".subject"):
            told = replace(wording.channels[channel][tag], subject="-")
            rest = {**wording.channels, channel: {tag: told}}
            yield from _of_variant(
                Wording(rest, wording.blocks, wording.default, transactional=wording.transactional), channel, tag
            )
        return
    variant = wording.channels[channel][tag]
    made = "" if variant.text else f"{channel}.{tag}.text"  # a text made of the mail repeats the mail's own mistakes
    for template in templates:
        try:
            if template.part != made:
                variables.check(template)
        except TemplateFault as fault:
            yield fault


def _person(session: Session, workspace: Workspace, seen: Seen, now: datetime) -> Profile:
    if not seen.customer_id:
        known = {"now": seen.at or now, "today": (seen.at or now).astimezone(workspace.zone).date()}
        return Profile(known, Reader(workspace.language, workspace.currency, workspace.zone))
    people = profile.load(session, [seen.customer_id], EVERY_PART, workspace, now, seen.at)
    person = people.get(seen.customer_id)
    if person is None:
        raise NotFound(Text("There is no customer {id}.", "没有编号为 {id} 的客户。").fill(id=seen.customer_id[:200]))
    return person


def _missed(name: str, variant: Variant, place: str) -> Missed:
    for part in ("subject", "mjml", "html", "text"):
        line = written_line(getattr(variant, part), name)
        if line is not None:
            return Missed(name, f"{place}.{part}", line)
    return Missed(name, place, None)
