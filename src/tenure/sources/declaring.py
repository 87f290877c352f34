"""When an import asks where consent comes from, and what it says it will record."""

from tenure.kit.i18n import Text
from tenure.sources.declared import ADDRESSED_BY, NONE, Declared
from tenure.sources.plan import Plan


def asks(plan: Plan) -> bool:
    """Say whether a file brings people who could be written to, or says who agreed: then its consent must be declared."""
    addressed = plan.kind.name == "customers" and any(name in plan.fields for name in ADDRESSED_BY.values())
    return addressed or "marketing_consent" in plan.fields


def note(plan: Plan, declared: Declared | None) -> list[Text]:
    """Say what an import will record of consent."""
    if not asks(plan):
        return []
    if declared is None:
        return [_UNDECLARED]
    if declared.basis == NONE:
        return [_NOBODY]
    who = _WHO_SAID_YES if "marketing_consent" in plan.fields else _EVERYBODY
    channels = ", ".join(declared.channels)
    at = "" if declared.at is None else declared.at.date().isoformat()
    words = _ASKED if declared.confirm else _RECORDED
    return [words.fill(who=who, purpose=declared.purpose, channels=channels, source=declared.source, at=at)]


_UNDECLARED = Text(
    "Nobody said where their consent comes from, so no consent to messages is recorded. Who said no is remembered.",
    "未声明许可来源，因此不记录任何消息许可；表示拒绝的会被记住。",
)
_NOBODY = Text(
    "Declared: no consent. Nobody is written to on this file's account; who said no is remembered.",
    "已声明：无许可。不会因此文件向任何人发送消息；表示拒绝的会被记住。",
)
_EVERYBODY = Text("everybody with an address", "所有有联系方式的人")
_WHO_SAID_YES = Text("those whose row says yes", "表示同意的人")
_RECORDED = Text(
    "Consent to “{purpose}” by {channels} is recorded for {who}: {source}, {at}; the proof is this file and the row.",
    "将为{who}记录“{purpose}”的许可（{channels}）：{source}，{at}；以本文件及行号为凭证。",
)
_ASKED = Text(
    "A message asks {who} to confirm “{purpose}” by {channels}; it counts once they do: {source}, {at}; the proof is this file and the row.",
    "将向{who}发送确认消息，确认后方记为“{purpose}”的许可（{channels}）：{source}，{at}；以本文件及行号为凭证。",
)
