"""What the person asking means by a lost customer, an order and a repeat: the definitions behind the words."""

from dataclasses import dataclass, field
from typing import Literal

from tenure.directory.workspace.churn import Chooser, ChurnDefinition, ChurnInForce
from tenure.kit.errors import FieldProblem, Invalid
from tenure.kit.i18n import Text

__all__ = ["ChurnDefinition", "ChurnInForce", "Definition", "OrderUnit"]

OrderUnit = Literal["row", "day"]


@dataclass(frozen=True)
class Definition:
    """Everything a number's meaning depends on beside its formula.

    ``churn``: when a customer counts as lost: no purchase for ``window_days``, or (kind ``subscription_end``) no paid
    subscription, the last one having ended more than ``grace_days`` ago.
    ``churn_by``: who chose it, said beside every number that depends on it.
    ``order``: whether two orders of one customer on one day are one purchase (``day``) or two (``row``).
    ``within_days``: how long after the first order a second one still counts as a repeat.
    """

    churn: ChurnDefinition = field(default_factory=ChurnDefinition)
    order: OrderUnit = "day"
    within_days: int = 90
    churn_by: Chooser = "question"

    @classmethod
    def by(cls, churn: ChurnInForce, order: OrderUnit = "day", within_days: int = 90) -> "Definition":
        """Return the definition with the churn in force."""
        return cls(churn.definition, order, within_days, churn.chosen_by)

    @property
    def churn_in_force(self) -> ChurnInForce:
        """Return when a customer counts as lost, and who chose it."""
        return ChurnInForce(self.churn, self.churn_by)

    def __post_init__(self) -> None:
        if self.within_days < 1 or self.churn.window_days < 1 or self.churn.grace_days < 0:
            message = Text("Days must be positive.", "天数必须为正数。")
            raise Invalid(message, fields=(FieldProblem("/definition", message),))
