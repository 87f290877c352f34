"""When a customer counts as gone: the one definition in force, who chose it, and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tenure.kit.i18n import Text

ChurnKind = Literal["inactivity", "subscription_end"]
Chooser = Literal["member", "data", "default", "question"]


@dataclass(frozen=True)
class ChurnDefinition:
    """When a customer counts as gone: silent for ``window_days``, or unpaid for ``grace_days``."""

    kind: ChurnKind = "inactivity"
    window_days: int = 90
    grace_days: int = 7

    def sentence(self) -> Text:
        """Return the definition in words, without a full stop."""
        if self.kind == "subscription_end":
            return _ENDED.fill(days=self.grace_days)
        return _SILENT.fill(days=self.window_days)

    def outlook(self) -> Text:
        """Return what a risk of leaving is the probability of."""
        return (_WILL_END if self.kind == "subscription_end" else _WILL_BE_SILENT).fill(days=self.window_days)


@dataclass(frozen=True)
class FoundChurn:
    """The definition that follows from the workspace's own data, as of an instant, and why it is this one."""

    definition: ChurnDefinition
    why: tuple[Text, ...]
    as_of: datetime


@dataclass(frozen=True)
class ChurnInForce:
    """The definition every number uses, and who chose it."""

    definition: ChurnDefinition
    chosen_by: Chooser
    why: tuple[Text, ...] = ()

    def sentence(self) -> Text:
        """Return the definition and its chooser as a sentence."""
        return _CHOSEN[self.chosen_by].fill(meaning=self.definition.sentence())


_SILENT = Text("A customer counts as lost after {days} days without a purchase", "连续 {days} 天未购买即视为流失")
_ENDED = Text(
    "A customer counts as lost when the paid subscription ended more than {days} days ago without a new one",
    "付费订阅到期超过 {days} 天未续订即视为流失",
)
_WILL_BE_SILENT = Text(
    "The risk is the probability of staying silent for the next {days} days.", "风险指未来 {days} 天内不再到来的概率。"
)
_WILL_END = Text(
    "The risk is the probability that the subscription ends within {days} days and is not renewed.",
    "风险指订阅在未来 {days} 天内到期且不续订的概率。",
)
_CHOSEN: dict[Chooser, Text] = {
    "member": Text("{meaning}: set by a member in Settings.", "{meaning}（由成员在设置中指定）。"),
    "data": Text(
        "{meaning}: chosen automatically from your customers' own rhythm, as nobody has set it.",
        "{meaning}（尚无人设置，按本店客户的节奏自动选取）。",
    ),
    "default": Text(
        "{meaning}: a starting point until the first refresh has read your customers' own rhythm.",
        "{meaning}（初始值，首次刷新后将按本店客户的节奏自动选取）。",
    ),
    "question": Text("{meaning}: as asked here, for this view alone.", "{meaning}（仅用于本次查询）。"),
}
