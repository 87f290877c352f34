"""Reads a text message while it is written and says what a provider of mainland China would refuse, where, and what to do."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tenure.channels.sms import rules
from tenure.channels.sms.banned import BANNED
from tenure.channels.sms.rule import CLOSES, MOST_CHARACTERS, OPENS, OPT_OUT, Kind, Provider, Rule, Source
from tenure.kit.i18n import Text

_BEIJING = ZoneInfo("Asia/Shanghai")
_VARIABLE = re.compile(r"\$?\{[^{}]*\}")
_SIGNED = re.compile(r"【(?!\d+】)[^【】]{2,16}】")
_LINK = re.compile(r"https?://[A-Za-z0-9\-._~:/?#@!$&*+,;=%\[\]]+", re.IGNORECASE)
_MEMBER = re.compile(r"会员|VIP|vip")
_CODE = re.compile(r"验证码|注册码|校验码|动态码")


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as it stands in the editor; over a gateway it carries its signature, at a cloud the signature is kept apart.

    With ``leads`` its links become short addresses that lead on.
    """

    text: str
    kind: Kind
    provider: Provider
    signature: str = ""
    send_at: datetime | None = None
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is broken: on whose word, where (``start`` to ``end`` in the text), what to do, and what to use instead."""

    rule: str
    quoted: Text
    source: str
    start: int
    end: int
    remedy: Text
    instead: tuple[str, ...] = ()


def lint(draft: Draft) -> list[Finding]:
    """Return what is wrong with a draft, in the order of the text."""
    found = [
        Finding(rule.id, source.quoted, source.address, start, end, rule.remedy, rule.instead)
        for rule in rules.EVERY
        if draft.kind in rule.kinds and (source := _on_whose_word(rule, draft.provider)) is not None
        for start, end in _places(rule, draft)
    ]
    return sorted(found, key=lambda one: (one.start, one.end, one.rule))


def may_leave(kind: Kind, at: datetime) -> bool:
    """Tell whether a message may leave at an hour: marketing from 08:00 until 21:00 in Beijing, the rest always."""
    return kind != "marketing" or OPENS <= at.astimezone(_BEIJING).time() < CLOSES


def _on_whose_word(rule: Rule, provider: Provider) -> Source | None:
    """Return the provider's own sentence; a gateway's carriers follow the strictest, and so does everyone on what is banned."""
    own = next((source for source in rule.sources if source.provider == provider), None)
    if own is not None:
        return own
    everywhere = provider == "gateway" or rule in BANNED or rule in (rules.HOURS, rules.OPT_OUT_MISSING)
    return rule.sources[0] if everywhere else None


def _places(rule: Rule, draft: Draft) -> Iterator[tuple[int, int]]:
    check = _CHECKS.get(rule.id)
    if check is not None:
        yield from check(draft)
    elif rule.pattern is not None:
        yield from (found.span() for found in re.finditer(rule.pattern, draft.text, re.IGNORECASE))


def _hours(draft: Draft) -> Iterator[tuple[int, int]]:
    if draft.send_at is not None and not may_leave(draft.kind, draft.send_at):
        yield 0, len(draft.text)


def _opt_out(draft: Draft) -> Iterator[tuple[int, int]]:
    if not draft.text.rstrip().endswith(OPT_OUT):
        yield len(draft.text), len(draft.text)


def _brackets(draft: Draft) -> Iterator[tuple[int, int]]:
    signed = _SIGNED.match(draft.text) if draft.provider == "gateway" else None
    begins = signed.end() if signed is not None else 0
    yield from (found.span() for found in re.finditer(r"[【】]", draft.text) if found.start() >= begins)


def _signature(draft: Draft) -> Iterator[tuple[int, int]]:
    text = draft.text if draft.provider == "gateway" else f"【{draft.signature}】"
    if _SIGNED.match(text) is None:
        yield 0, 0


def _only_variables(draft: Draft) -> Iterator[tuple[int, int]]:
    rest = _VARIABLE.sub("", draft.text.replace(OPT_OUT, ""))
    if _VARIABLE.search(draft.text) and not re.search(r"\w", _SIGNED.sub("", rest)):
        yield 0, len(draft.text)


def _length(draft: Draft) -> Iterator[tuple[int, int]]:
    most = MOST_CHARACTERS - (len(draft.signature) + 2 if draft.signature else 0)
    if len(draft.text) > most:
        yield most, len(draft.text)


def _leads(draft: Draft) -> Iterator[tuple[int, int]]:
    if draft.leads:
        yield from (found.span() for found in _LINK.finditer(draft.text))


def _members(draft: Draft) -> Iterator[tuple[int, int]]:
    if _MEMBER.search(draft.text) is None:
        yield 0, 0


def _code_word(draft: Draft) -> Iterator[tuple[int, int]]:
    if _CODE.search(draft.text) is None:
        yield 0, len(draft.text)


_CHECKS: dict[str, Callable[[Draft], Iterator[tuple[int, int]]]] = {
    rules.HOURS.id: _hours,
    rules.OPT_OUT_MISSING.id: _opt_out,
    rules.BRACKETS.id: _brackets,
    rules.SIGNATURE.id: _signature,
    rules.ONLY_VARIABLES.id: _only_variables,
    rules.LENGTH.id: _length,
    rules.LEADING_LINK.id: _leads,
    rules.MEMBERS.id: _members,
    rules.CODE_WORD.id: _code_word,
}
