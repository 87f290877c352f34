"""The verbs of confirmations: ask whoever must be asked, and tell how that stands."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from tenure.directory.customers.consent import links
from tenure.directory.customers.consent import service as consent
from tenure.directory.customers.consent.asking import ASKED_A_DAY, ASKED_APART
from tenure.directory.customers.consent.links import LASTS, Link
from tenure.directory.customers.consent.tables import Wording
from tenure.directory.customers.consent.words import ANY, CHANNELS
from tenure.kit.db import Session
from tenure.kit.http import Text as TextOnWire
from tenure.kit.i18n import Text
from tenure.outreach.confirming import repository, wording
from tenure.outreach.confirming.repository import Due
from tenure.outreach.confirming.schemas import Confirmations
from tenure.outreach.content import service as content
from tenure.outreach.content.service import Wanted
from tenure.outreach.content.tables import Message
from tenure.outreach.ledger import service as ledger
from tenure.outreach.ledger.asks import Leased, NewSend

MESSAGE = "msg_confirm_consent"
BY = "consent"
OWN = ("sms",)  # channels that ask over themselves where they can; all others ask by mail
LATELY = timedelta(days=30)
_ALL = Text("everything", "所有消息")
_NO_ADDRESS = Text(
    "Nobody can be asked to confirm: the address at which customers reach Tenure is not known. Set TENURE_PUBLIC_URL.",
    "无法发送确认消息：尚未设置客户访问 Tenure 的公网地址，请设置 TENURE_PUBLIC_URL。",
)
_NO_CHANNEL = Text(
    "Nobody can be asked to confirm by mail: no mail account is switched on. Enter one under Channels.",
    "无法通过邮件发送确认消息：没有启用的邮件账户，请在“渠道”中填写。",
)
_NO_MESSAGE = Text(
    "Nobody can be asked to confirm: the message “{name}” is not published. Publish it under Messages.",
    "无法发送确认消息：消息“{name}”尚未发布，请在“消息”中发布。",
)


def ask_due(session: Session, switched_on: Collection[str], now: datetime) -> int:
    """Ask for the message to everybody whose yes waits, each word once; returns to how many.

    ``switched_on`` are the channels that can carry it now: who cannot be reached yet waits, for a week.
    """
    _prepare(session, now)
    if not repository.waits(session):
        return 0
    spoken = _spoken(session)
    usable = [channel for channel in switched_on if channel in spoken]
    own = [channel for channel in OWN if channel in usable]
    found = repository.due(session, usable, own, now - LASTS, now - ASKED_APART, now)
    lists = {one.name: Text(one.label_en, one.label_zh) for one in consent.purposes(session)}
    sentences = {one.id: one for one in consent.wordings(session)}
    asked, spent, seen = list[int](), list[int](), set[tuple[str, str, str]]()
    for one in found:
        place = (one.customer_id, one.purpose, one.channel)
        if not one.open or one.asked_lately or one.asked_today >= ASKED_A_DAY or place in seen:
            spent.append(one.record_id)
            continue
        seen.add(place)
        ledger.ask(session, _send(one, lists.get(one.purpose, _ALL), _sentence(sentences, one), now), now)
        asked.append(one.record_id)
    repository.settle(session, asked, "asked", now)
    repository.settle(session, spent, "spent", now)
    return len(asked)


def link_of(secret: str, base: str, send: Leased, place: tuple[str, str], now: datetime) -> str | None:
    """Return the link of a send that asks for a yes, good for who reads its ``place``: a channel and an address there.

    Any other send has none.
    """
    told = send.parameters.get("confirms")
    if send.message != MESSAGE or not isinstance(told, Mapping):
        return None
    link = Link(send.customer_id, str(told["purpose"]), str(told["channel"]), send.id)
    wording_id = told.get("wording")
    sent_to = links.mark_of(secret, *place)
    token = links.sign_question(secret, link, None if wording_id is None else str(wording_id), now, sent_to)
    return f"{base.rstrip('/')}/confirm/{token}"


def standing(session: Session, switched_on: Collection[str], now: datetime, *, public: bool) -> Confirmations:
    """Tell whether people can be asked, and how many wait, were asked and confirmed in the last 30 days."""
    counted = repository.counted(session, now - LATELY)
    lists = [one.name for one in consent.purposes(session) if one.double_opt_in]
    why = None if not lists and not counted.waiting else _blocked(session, switched_on, public=public)
    return Confirmations(
        lists=lists,
        blocked=None if why is None else TextOnWire.of(why),
        waiting=counted.waiting,
        asked=counted.asked,
        confirmed=counted.confirmed,
        message=MESSAGE if content.find_maybe(session, MESSAGE) is not None else None,
    )


def _blocked(session: Session, switched_on: Collection[str], *, public: bool) -> Text | None:
    if not public:
        return _NO_ADDRESS
    if "email" not in switched_on:
        return _NO_CHANNEL
    row = content.find_maybe(session, MESSAGE)
    if row is not None and row.published is None:
        return _NO_MESSAGE.fill(name=row.name)
    return None


def _prepare(session: Session, now: datetime) -> None:
    """See to it that there is a message for lists that want a yes confirmed; from then on it is as members leave it."""
    if content.find_maybe(session, MESSAGE) is not None:
        repository.cancel_needless(session, MESSAGE, now)
        return
    if repository.waits(session) or any(one.double_opt_in for one in consent.purposes(session)):
        words = Wanted(wording.NAME, wording.PURPOSE, "", (), True, wording.CHANNELS, tracked=False)
        content.build_in(session, MESSAGE, words, now)


def _spoken(session: Session) -> Collection[str]:
    row: Message | None = content.find_maybe(session, MESSAGE)
    return () if row is None or row.published is None else content.channels_in(session, row)


def _sentence(sentences: Mapping[str, Wording], one: Due) -> Wording | None:
    """Return the sentence a yes is asked for: the one that was shown, else the newest of the list."""
    if one.wording is not None and one.wording in sentences:
        return sentences[one.wording]
    of_list = [found for found in sentences.values() if found.purpose == one.purpose]
    return max(of_list, key=lambda found: (found.at, found.id), default=None)


def _send(one: Due, named: Text, sentence: Wording | None, now: datetime) -> NewSend:
    told: dict[str, object] = {
        "list": {"en": named.en, "zh": named.zh},
        "words": {} if sentence is None else {"en": sentence.en, "zh": sentence.zh},
        "channel": _both(CHANNELS.get(one.channel, _ALL)) if one.channel != ANY else _both(_ALL),
        "days": LASTS.days,
        "confirms": {
            "purpose": one.purpose,
            "channel": one.channel,
            "wording": None if sentence is None else sentence.id,
        },
    }
    return NewSend(
        MESSAGE, one.via, [one.customer_id], one.purpose, now, BY,
        step=f"confirm-{one.record_id}", transactional=True, priority=100, stale_after=now + LASTS, parameters=told,
    )  # fmt: skip


def _both(words: Text) -> dict[str, str]:
    return {"en": words.en, "zh": words.zh}
