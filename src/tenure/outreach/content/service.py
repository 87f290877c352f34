"""The verbs of messages: write, publish, see as a customer, prove; blocks and the brand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.kit.db import Session
from tenure.kit.errors import Conflict, FieldProblem, Invalid, NotFound
from tenure.kit.i18n import Text
from tenure.kit.ids import new_id
from tenure.outreach.content import kept, profile, repository
from tenure.outreach.content.blocks import BUILT_IN, Blocks
from tenure.outreach.content.compose import workspace_of
from tenure.outreach.content.kept import OWN_PICTURES, BrandWords
from tenure.outreach.content.leaving import Leaving, World, size_of
from tenure.outreach.content.links import Alive
from tenure.outreach.content.liquid import Missing
from tenure.outreach.content.proof import ChannelProof, prove
from tenure.outreach.content.reader import Reader
from tenure.outreach.content.tables import Brand, ContentBlock, Message, MessageVersion
from tenure.outreach.content.variants import Block, Languages, normal
from tenure.outreach.content.wording import MAIL, Channels, Wording, Written
from tenure.warehouse.lake import Lake

EXAMPLE_LINK = "https://example.com/unsubscribe"
EXAMPLE_CONFIRM = "https://example.com/confirm"
BUILT_IN_BY = "tenure"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
EVERY_PART = frozenset({"customer", "orders", "points", "recommendations"})


@dataclass(frozen=True)
class Wanted:
    """A message as somebody writes it."""

    name: str
    purpose: str
    category: str
    tags: Sequence[str]
    transactional: bool
    channels: Channels
    tracked: bool = True
    short_links: bool = True


def find(session: Session, id_or_name: str) -> Message:
    """Return a message, or raise ``NotFound``."""
    found = repository.message(session, id_or_name)
    if found is None:
        raise NotFound(Text("There is no message {id}.", "没有消息 {id}。").fill(id=id_or_name[:100]))
    return found


def find_maybe(session: Session, message_id: str) -> Message | None:
    """Return a message, or None where there is none."""
    return repository.message(session, message_id)


def channels_in(session: Session, row: Message) -> frozenset[str]:
    """Return the channels the published version of a message speaks on."""
    version = None if row.published is None else repository.version(session, row.id, row.published)
    return frozenset() if version is None else frozenset(kept.content_of(version.content)[0])


def build_in(session: Session, message_id: str, wanted: Wanted, now: datetime) -> None:
    """Keep and publish a message the product brings along, once; from then on it is the members' to change."""
    values = _checked(session, wanted, None)
    row = {"id": message_id, "published": None, "created_at": now, "changed_at": now, "changed_by": BUILT_IN_BY}
    if repository.add_once(session, {**row, **values}):
        kept_row = find(session, message_id)
        _publish(session, kept_row, BUILT_IN_BY, now)
        audit.record(session, None, audit.Change("messages.create", "message", message_id, None, values), now)


def make(session: Session, wanted: Wanted, actor: Principal, now: datetime) -> Message:
    """Begin a message; nothing goes out before it is published."""
    values = _checked(session, wanted, None)
    row = Message(id=new_id("msg"), published=None, created_at=now, changed_at=now, changed_by=actor.id, **values)
    repository.add(session, row)
    audit.record(session, actor, audit.Change("messages.create", "message", row.id, None, values), now)
    return row


def change(session: Session, message_id: str, wanted: Wanted, actor: Principal, now: datetime) -> Message:
    """Put a new draft in place of the old one; what is published stays what it was."""
    row = find(session, message_id)
    values = _checked(session, wanted, row.id)
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    row.changed_at, row.changed_by = now, actor.id
    session.flush()
    audit.record(session, actor, audit.Change("messages.change", "message", row.id, before, values), now)
    return row


def archive(session: Session, message_id: str, actor: Principal, now: datetime) -> None:
    """Put a message away: it goes out no more, and what it said stays."""
    row = find(session, message_id)
    before = {"published": row.published, "archived_at": row.archived_at}
    row.published, row.archived_at, row.changed_at, row.changed_by = None, now, now, actor.id
    session.flush()
    audit.record(session, actor, audit.Change("messages.archive", "message", row.id, before, {"archived_at": now}), now)


def publish(session: Session, message_id: str, actor: Principal, now: datetime) -> MessageVersion:
    """Make the draft the version that goes out, with the blocks as they are now; raises when anything in it is wrong."""
    row = find(session, message_id)
    before = {"published": row.published}
    version = _publish(session, row, actor.id, now)
    told = audit.Change("messages.publish", "message", row.id, before, {"published": version.version})
    audit.record(session, actor, told, now)
    return version


def _publish(session: Session, row: Message, by: str, now: datetime) -> MessageVersion:
    wording = drafted(session, row)
    if not wording.channels:
        raise Invalid(Text("The message says nothing yet.", "消息还没有内容。"))
    needs = wording.check()
    number = repository.next_version(session, row.id)
    content = kept.content(
        wording.channels,
        wording.blocks,
        transactional=row.transactional,
        tracked=row.tracked,
        short_links=row.short_links,
    )
    version = MessageVersion(
        message_id=row.id, version=number, content=content, needs=sorted(needs), published_at=now, published_by=by
    )
    repository.add(session, version)
    row.published, row.archived_at, row.changed_at, row.changed_by = number, None, now, by
    session.flush()
    return version


def drafted(session: Session, row: Message) -> Wording:
    """Return what a draft says, with the blocks as they are."""
    default = kept.brand(session).language
    return Wording(kept.channels_of(row.draft), kept.blocks(session), default, transactional=row.transactional)


@dataclass(frozen=True)
class Seen:
    """As whom a message is seen: which customer, on which channel, when, and what is given with the asking."""

    customer_id: str
    channel: str
    at: datetime | None = None
    given: Mapping[str, object] | None = None
    language: str | None = None


def preview(
    session: Session, lake: Lake, message_id: str, seen: Seen, now: datetime, world: World
) -> tuple[Written, int]:
    """Write a draft as a customer would get it, now or at an instant in the past; returns also its size when it leaves."""
    row = find(session, message_id)
    wording, brand = drafted(session, row), kept.brand(session)
    workspace = workspace_of(session, lake, brand.language)
    people = profile.load(session, [seen.customer_id], EVERY_PART, workspace, now, seen.at)
    person = people.get(seen.customer_id)
    if person is None:
        raise NotFound(Text("There is no customer {id}.", "没有编号为 {id} 的客户。").fill(id=seen.customer_id[:200]))
    variables = {**person.variables, **shared(brand, seen.given or {}, "/media")}
    reader = person.reader if seen.language is None else profile.reading(person.reader, seen.language)
    leaving = Leaving(world, row.purpose, row.tracked, row.short_links)
    return as_seen(wording, seen, leaving, variables, reader)


def as_seen(
    wording: Wording,
    seen: Seen,
    leaving: Leaving,
    variables: Mapping[str, object],
    reader: Reader,
    missing: Missing | None = None,
) -> tuple[Written, int]:
    """Write a message to be looked at, and say how many bytes it is when it leaves: a mail is shown without its marks."""
    written = wording.write(seen.channel, variables, reader, missing)
    if seen.channel != MAIL:
        return leaving.as_sent(written), 0
    out = leaving.way_out(seen.customer_id)
    if out is None:
        return written, size_of(written)
    whole = wording.write(seen.channel, {**variables, "unsubscribe_url": out}, reader, [])
    return written, size_of(leaving.as_sent(whole, out))


@dataclass(frozen=True)
class Proving:
    """For whom a proof is made: named customers, or so many chosen by chance; and what all of them are given.

    While nobody said where the world reaches us, mails with uploaded pictures do not hold.
    """

    customer_ids: Sequence[str] = ()
    sample: int = 200
    seed: int = 1
    given: Mapping[str, object] | None = None


def proof(
    session: Session,
    lake: Lake,
    message_id: str,
    asked: Proving,
    now: datetime,
    world: World,
    alive: Alive | None = None,
) -> list[ChannelProof]:
    """Write a draft for real customers and count what would go wrong; nothing is sent."""
    row = find(session, message_id)
    wording, brand = drafted(session, row), kept.brand(session)
    needs = wording.check()
    ids = asked.customer_ids or repository.some_customers(session, asked.sample, asked.seed)
    people = profile.load(session, ids, needs, workspace_of(session, lake, brand.language), now)
    pictures = None if world.base is None else f"{world.base.rstrip('/')}/media"
    leaving = Leaving(world, row.purpose, row.tracked, row.short_links)
    return prove(wording, people, shared(brand, asked.given or {}, pictures), alive, leaving)


def put_block(
    session: Session, name: str, languages: Languages[Block], actor: Principal, now: datetime
) -> ContentBlock:
    """Keep a block under a name; published versions keep the copy they used."""
    if not _NAME.fullmatch(name):
        raise _refused(
            "/name", Text("Small letters, digits, - and _, at most 60.", "仅限小写字母、数字、- 和 _，最多 60 个。")
        )
    own: Blocks = {name: {normal(tag): block for tag, block in languages.items()}}
    content = kept.plain(own)[name]
    assert isinstance(content, dict)
    row = repository.block(session, name)
    before = None if row is None else {"content": row.content}
    if row is None:
        row = ContentBlock(name=name, content=content, created_at=now, changed_at=now, changed_by=actor.id)
        repository.add(session, row)
    else:
        row.content, row.changed_at, row.changed_by = content, now, actor.id
        session.flush()
    audit.record(session, actor, audit.Change("blocks.write", "content_block", name, before, {"content": content}), now)
    return row


def remove_block(session: Session, name: str, actor: Principal, now: datetime) -> None:
    """Forget a block."""
    row = repository.block(session, name)
    if row is None:
        raise NotFound(Text("There is no block {name}.", "没有内容块 {name}。").fill(name=name[:100]))
    before = {"content": row.content}
    repository.remove_block(session, name)
    audit.record(session, actor, audit.Change("blocks.delete", "content_block", name, before, None), now)


def all_blocks(session: Session) -> Blocks:
    """Return every block: the workspace's own, and those everybody has."""
    return {**BUILT_IN, **kept.blocks(session)}


def change_brand(session: Session, words: BrandWords, actor: Principal, now: datetime) -> BrandWords:
    """Say who messages come from and how they look."""
    for name in ("colour", "text_colour"):
        if not _COLOUR.fullmatch(getattr(words, name)):
            raise _refused(f"/{name}", Text("A colour reads #1f6f54.", "颜色格式为 #1f6f54。"))
    for name, begins in (("logo_url", ("https://", OWN_PICTURES)), ("site_url", ("https://",))):
        if getattr(words, name) and not getattr(words, name).startswith(begins):
            raise _refused(f"/{name}", Text("An address begins with https://.", "地址须以 https:// 开头。"))
    values, before = {**asdict(words), "language": normal(words.language)}, asdict(kept.brand(session))
    row = repository.brand(session)
    if row is None:
        repository.add(session, Brand(id=1, changed_at=now, changed_by=actor.id, **values))
    else:
        for name, value in values.items():
            setattr(row, name, value)
        row.changed_at, row.changed_by = now, actor.id
        session.flush()
    audit.record(session, actor, audit.Change("brand.change", "brand", "brand", before, values), now)
    return BrandWords(**values)


def shared(brand: BrandWords, given: Mapping[str, object], pictures: str | None) -> dict[str, object]:
    """Return the variables everybody shares when nothing is sent; ``pictures`` is where uploaded pictures lie."""
    media = {} if pictures is None else {"url": pictures}
    return {
        "brand": brand.told(pictures),
        "given": given,
        "confirm_url": brand.site_url or EXAMPLE_CONFIRM,
        "unsubscribe_url": brand.site_url or EXAMPLE_LINK,
        "media": media,
    }


def _checked(session: Session, wanted: Wanted, message_id: str | None) -> dict[str, object]:
    name = wanted.name.strip()
    if not 0 < len(name) <= 120:
        raise _refused("/name", Text("Between 1 and 120 characters.", "须为 1 至 120 个字符。"))
    other = repository.named(session, name)
    if other is not None and other.id != message_id:
        taken = Text("Another message has this name.", "已有同名消息。")
        raise Conflict(taken, fields=(FieldProblem("/name", taken),))
    channels = {
        channel: {normal(tag): variant for tag, variant in languages.items()}
        for channel, languages in wanted.channels.items()
    }
    return {
        "name": name, "purpose": wanted.purpose, "category": wanted.category, "tags": list(wanted.tags),
        "transactional": wanted.transactional, "tracked": wanted.tracked, "short_links": wanted.short_links,
        "draft": kept.plain(channels),
    }  # fmt: skip


def _refused(path: str, message: Text) -> Invalid:
    return Invalid(message, fields=(FieldProblem(path, message),))
