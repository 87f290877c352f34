"""The care of channels on the wire; the rules also as they are stored."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tenure.kit.http import Text

Portion = Annotated[float, Field(gt=0, le=1)]
State = Literal["open", "warned", "stopped", "paused"]
Holds = Literal["nothing", "marketing", "everything"]
Domain = Annotated[str, Field(pattern=r"^(\*|[a-z0-9][a-z0-9.-]{0,250})$")]


class WarmUp(BaseModel):
    """How a young sender grows: so many on the first day, so many times more each day, until a number a day is free."""

    model_config = ConfigDict(extra="forbid")

    first: int = Field(default=200, ge=1, le=1_000_000)
    growth: float = Field(default=1.5, ge=1.05, le=10)
    full: int = Field(default=100_000, ge=2, le=100_000_000)

    @model_validator(mode="after")
    def _grows(self) -> "WarmUp":
        if self.first >= self.full:
            raise ValueError("first must be below full")
        return self


class CareRules(BaseModel):
    """When to warn and stop, how to warm up, how fast a domain is written to, and what becomes of the unknown.

    Shares count what was handed over in the window. A domain's limit is in messages a minute; ``*`` is any other domain.
    """

    model_config = ConfigDict(extra="forbid")

    window_hours: int = Field(default=168, ge=1, le=24 * 31)
    least_sends: int = Field(default=100, ge=10, le=1_000_000)
    complaint_warn: Portion = 0.001
    complaint_stop: Portion = 0.003
    bounce_warn: Portion = 0.01
    bounce_stop: Portion = 0.02
    warm_up: WarmUp | None = None
    domains: dict[Domain, Annotated[float, Field(gt=0, le=1_000_000)]] = Field(default_factory=dict, max_length=200)
    unknown: Literal["leave", "give_up", "treat_as_sent"] = "leave"
    unknown_after_hours: float = Field(default=24, ge=0.1, le=24 * 31)

    @model_validator(mode="after")
    def _warns_first(self) -> "CareRules":
        if self.complaint_warn > self.complaint_stop or self.bounce_warn > self.bounce_stop:
            raise ValueError("the limit that warns must not be above the one that stops")
        return self


class Rate(BaseModel):
    """A share with its 95 % interval, and the limits it is held against."""

    count: int
    of: int
    share: float | None
    low: float
    high: float
    warn_above: float | None = None
    stop_above: float | None = None


class WarmUpStage(BaseModel):
    """Where a warm-up stands; ``day`` counts from 1, ``limits`` are those of every day of the plan."""

    day: int
    began_at: datetime
    limit_today: int | None
    sent_today: int
    over: bool
    limits: list[int]


class ChannelHealth(BaseModel):
    """How a channel fares: what came back of what was sent in the window, and whether it is stopped, and why.

    A channel that stopped by itself holds marketing, one that a person paused everything (``holds``).
    """

    channel: str
    state: State
    state_label: Text
    why: Text | None
    holds: Holds
    holds_label: Text
    since: datetime | None
    window_hours: int
    counted_from: datetime
    sent: int
    delivered: int
    soft_bounces: int
    hard_bounces: Rate
    complaints: Rate
    waiting: int
    unknown: int
    enough: bool
    warm_up: WarmUpStage | None
    rules: CareRules


class ChannelResumption(BaseModel):
    """How a stopped channel goes on: counting begins anew; the warm-up may begin anew as well."""

    model_config = ConfigDict(extra="forbid")

    warm_up_again: bool = False
