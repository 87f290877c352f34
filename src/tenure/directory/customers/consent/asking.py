"""The verbs of a yes that is confirmed (double opt-in): ask, take the yes, ask again."""

from dataclasses import replace
from datetime import datetime, timedelta

from tenure.directory.customers.consent import links, repository, service
from tenure.directory.customers.consent.links import Link, Question
from tenure.directory.customers.consent.service import Visit
from tenure.directory.customers.consent.words import Word
from tenure.kit.db import Session
from tenure.kit.errors import NotFound, TooMany
from tenure.kit.i18n import Text

ASKED_APART = timedelta(minutes=10)  # between two messages that ask for the same yes
ASKED_A_DAY = 5


def ask(session: Session, word: Word, secret: str, now: datetime) -> str:
    """Write down that a customer was asked (double opt-in); returns the token whose page takes their yes.

    A word that waits makes outreach write to them; the token is for who wants to hand it over another way too.
    """
    asked = replace(word, state="pending", wording=word.wording or service.wording_now(session, word.purpose))
    repository.write_down(session, [service.checked(session, 0, asked)], now)
    link = Link(word.customer_id, word.purpose, word.channel)
    address = repository.address_of(session, word.customer_id, word.channel)
    sent_to = None if address is None else links.mark_of(secret, word.channel, address)
    return links.sign_question(secret, link, asked.wording, now, sent_to)


def still_asked(session: Session, link: Link) -> str:
    """Return how a word stands that is waited for or was given; raises ``NotFound`` when there is nothing to confirm."""
    state = service.awaited(session, link)
    if state not in ("pending", "granted") or not repository.known(session, link.customer_id):
        raise NotFound(
            Text("There is nothing to confirm any more.", "没有需要确认的内容。"),
            remedy=Text("Sign up again where you did before.", "请在原处重新订阅。"),
        )
    return state


def moved(session: Session, question: Question, secret: str) -> bool:
    """Say whether a link went to an address that is not the customer's any more: who has it cannot speak for the new one."""
    if question.sent_to is None:
        return False
    channel = question.sent_to[0]
    address = repository.address_of(session, question.link.customer_id, channel)
    return address is None or links.mark_of(secret, channel, address) != question.sent_to


def confirm(session: Session, visit: Visit, question: Question, secret: str, now: datetime) -> bool:
    """Take the yes of somebody who was asked, with where it came from; says whether it counts: in time, and from who was asked."""
    state = still_asked(session, visit.link)
    if state == "pending" and (question.over(now) or moved(session, question, secret)):
        return False
    if state == "pending":
        word = service.of_visit(visit, visit.link.purpose, visit.link.channel, "granted", now, "double_opt_in")
        repository.write_down(session, [replace(word, wording=question.wording)], now)
    return True


def ask_again(session: Session, visit: Visit, now: datetime) -> None:
    """Ask anew somebody whose link is out of date or lost; neither at once nor without end."""
    if still_asked(session, visit.link) != "pending":
        return
    asked = repository.asked_at(session, visit.link, now - timedelta(days=1))
    if len(asked) >= ASKED_A_DAY or any(at > now - ASKED_APART for at in asked):
        raise TooMany(
            Text("We asked you a moment ago.", "我们刚刚发送过确认消息。"),
            remedy=Text(
                "Look for the message, among spam too; after ten minutes you may ask for it again, five times a day.",
                "请查收消息（包括垃圾邮件）；十分钟后可再次索取，每天最多五次。",
            ),
        )
    word = service.of_visit(visit, visit.link.purpose, visit.link.channel, "granted", now, "asked_again")
    again = replace(word, state="pending", wording=service.wording_now(session, visit.link.purpose))
    repository.write_down(session, [again], now)
