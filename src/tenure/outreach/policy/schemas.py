"""The rules of the gate on the wire, and as they are stored."""

from datetime import datetime, time
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator

Name = Annotated[str, Field(min_length=1, max_length=60)]
Narrow = Annotated[str | None, Field(max_length=60)]


class HoursRule(BaseModel):
    """When a channel may speak, on the customer's own clock."""

    opens: time = time(8)
    closes: time = time(21)
    weekdays: list[Annotated[int, Field(ge=0, le=6)]] = Field(default_factory=lambda: list(range(7)), max_length=7)
    holidays: bool = False

    @model_validator(mode="after")
    def _opens_first(self) -> "HoursRule":
        if self.opens >= self.closes:
            raise ValueError("opens must be before closes")
        return self


class CapRule(BaseModel):
    """At most so many contacts in a window: the last hours, or a calendar period."""

    name: Name
    limit: int = Field(ge=0, le=1000)
    hours: float | None = Field(default=None, gt=0, le=24 * 62)
    period: Literal["day", "week", "month"] | None = None
    channel: Narrow = None
    category: Narrow = None
    tag: Narrow = None

    @model_validator(mode="after")
    def _one_window(self) -> "CapRule":
        if (self.hours is None) == (self.period is None):
            raise ValueError("give either hours or a period")
        return self


class BudgetRule(BaseModel):
    """What may be spent in a calendar period."""

    name: Name
    limit: Decimal = Field(ge=0, max_digits=18, decimal_places=4)
    period: Literal["day", "week", "month"] = "month"
    channel: Narrow = None
    category: Narrow = None


class ContactRules(BaseModel):
    """All rules of the gate."""

    hours: dict[Name, HoursRule] = Field(default_factory=dict, max_length=20)
    caps: list[CapRule] = Field(default_factory=list, max_length=50)
    budgets: list[BudgetRule] = Field(default_factory=list, max_length=50)


class ContactPolicy(BaseModel):
    """The rules in force: which version, since when, by whom."""

    version: str
    at: datetime | None
    by: str | None
    rules: ContactRules
