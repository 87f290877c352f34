"""What the person asking means by a lost customer, an order and a repeat: the definitions behind the words."""

from dataclasses import dataclass, field
from typing import Literal

from tenure.kit.errors import FieldProblem, Invalid
from tenure.kit.i18n import Text

ChurnKind = Literal["inactivity", "subscription_end"]
OrderUnit = Literal["row", "day"]


@dataclass(frozen=True)
class ChurnDefinition:
    """When a customer counts as lost.

    ``inactivity``: no purchase for ``window_days``. ``subscription_end``: no paid subscription, and the last one
    ended more than ``grace_days`` ago.
    """

    kind: ChurnKind = "inactivity"
    window_days: int = 90
    grace_days: int = 0

    def __post_init__(self) -> None:
        if self.window_days < 1:
            raise _wrong("/window_days", Text("The window must be at least one day.", "窗口至少为一天。"))
        if self.grace_days < 0:
            raise _wrong("/grace_days", Text("The grace period cannot be negative.", "宽限期不能为负。"))


@dataclass(frozen=True)
class Definition:
    """Everything a number's meaning depends on beside its formula.

    ``order``: whether two orders of one customer on one day are one purchase (``day``) or two (``row``).
    ``within_days``: how long after the first order a second one still counts as a repeat.
    """

    churn: ChurnDefinition = field(default_factory=ChurnDefinition)
    order: OrderUnit = "day"
    within_days: int = 90

    def __post_init__(self) -> None:
        if self.within_days < 1:
            raise _wrong("/within_days", Text("At least one day is needed.", "至少需要一天。"))


def _wrong(path: str, message: Text) -> Invalid:
    return Invalid(message, fields=(FieldProblem(path, message),))
