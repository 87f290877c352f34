"""The settings on the wire."""

from dataclasses import replace
from typing import Literal

from pydantic import BaseModel

from tenure.directory.workspace.rules import ChurnDefinition, TierCutoffs, WorkspaceSettings


class Churn(BaseModel):
    """When a customer counts as gone."""

    kind: Literal["inactivity", "subscription_end"]
    window_days: int
    grace_days: int


class Tiers(BaseModel):
    """Which share of customers, by predicted value, are tier A and B."""

    a_share: float
    b_share: float


class Settings(BaseModel):
    """What holds for the whole workspace."""

    workspace_name: str
    currency: str
    time_zone: str
    churn: Churn
    tiers: Tiers

    @classmethod
    def of(cls, settings: WorkspaceSettings) -> "Settings":
        """Put the settings on the wire."""
        churn, tiers = settings.churn, settings.tiers
        return cls(
            workspace_name=settings.name,
            currency=settings.currency,
            time_zone=settings.time_zone,
            churn=Churn(kind=churn.kind, window_days=churn.window_days, grace_days=churn.grace_days),
            tiers=Tiers(a_share=tiers.a_share, b_share=tiers.b_share),
        )


class SettingsChange(BaseModel):
    """The settings that are to change; what is left out stays."""

    workspace_name: str | None = None
    currency: str | None = None
    time_zone: str | None = None
    churn: Churn | None = None
    tiers: Tiers | None = None

    def applied_to(self, settings: WorkspaceSettings) -> WorkspaceSettings:
        """Return the settings with the change made."""
        churn = settings.churn if self.churn is None else ChurnDefinition(**self.churn.model_dump())
        tiers = settings.tiers if self.tiers is None else TierCutoffs(**self.tiers.model_dump())
        return replace(
            settings,
            name=settings.name if self.workspace_name is None else self.workspace_name.strip(),
            currency=settings.currency if self.currency is None else self.currency.upper(),
            time_zone=self.time_zone or settings.time_zone,
            churn=churn,
            tiers=tiers,
        )
