"""Public pages as somebody would see them, written for nobody: what is on the screen while a look is chosen."""

from tenure.directory.customers.consent import page, repository, service
from tenure.directory.customers.consent.look import Look
from tenure.directory.customers.consent.page import Shown
from tenure.kit.db import Session
from tenure.kit.i18n import Language, Text

SHOWN = ("email", "sms", "wecom", "in_app")
_NO_LIST = Text("News", "资讯")


def page_of(session: Session, look: Look, which: str, language: Language) -> str:
    """Return a public page with the workspace's lists and words; what is ticked is what lists start with."""
    lists = [purpose for purpose in repository.purposes(session) if purpose.shown]
    shown, words = Shown(look, language, "preview"), service.sentences(session)
    first = lists[0] if lists else None
    named = _NO_LIST if first is None else Text(first.label_en, first.label_zh)
    if which == "unsubscribe":
        return page.unsubscribe(shown, named, "email", done=False)
    if which == "confirm":
        agreed = None if first is None else words.get(first.name)
        return page.confirmation(shown, named, "email", agreed, done=False)
    chosen = {(one.name, "email"): one.rule == "opt_out" for one in lists}
    return page.preferences(shown, lists, chosen, SHOWN, "", words)
