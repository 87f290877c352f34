"""The settings on the wire."""

from dataclasses import replace

from pydantic import BaseModel

from tenure.directory.workspace.churn import Chooser, ChurnDefinition, ChurnInForce, ChurnKind
from tenure.directory.workspace.rules import TierCutoffs, WorkspaceSettings
from tenure.kit.http import Text


class ChosenChurn(BaseModel):
    """When a customer counts as gone."""

    kind: ChurnKind
    window_days: int
    grace_days: int


class Churn(ChosenChurn):
    """The definition in force, who chose it and why, and the one the data itself suggests."""

    chosen_by: Chooser
    sentence: Text
    why: list[Text]
    automatic: ChosenChurn | None

    @classmethod
    def of(cls, churn: ChurnInForce, settings: WorkspaceSettings) -> "Churn":
        """Put the definition in force on the wire."""
        found = settings.found_churn
        return cls(
            **vars(churn.definition),
            chosen_by=churn.chosen_by,
            sentence=Text.of(churn.sentence()),
            why=[Text.of(reason) for reason in churn.why],
            automatic=None if found is None else ChosenChurn(**vars(found.definition)),
        )


class Tiers(BaseModel):
    """Which share of customers, by predicted value, are tier A and B."""

    a_share: float
    b_share: float


class Settings(BaseModel):
    """What holds for the whole workspace; what became of messages is kept for so many months, or for ever."""

    workspace_name: str
    currency: str
    time_zone: str
    churn: Churn
    tiers: Tiers
    keep_messages_months: int | None

    @classmethod
    def of(cls, settings: WorkspaceSettings) -> "Settings":
        """Put the settings on the wire."""
        return cls(
            workspace_name=settings.name,
            currency=settings.currency,
            time_zone=settings.time_zone,
            churn=Churn.of(settings.churn, settings),
            tiers=Tiers(a_share=settings.tiers.a_share, b_share=settings.tiers.b_share),
            keep_messages_months=settings.keep_messages_months,
        )


class SettingsChange(BaseModel):
    """The settings that are to change; what is left out stays.

    A churn of null lets the data choose again, and months of null keep what became of messages for ever.
    """

    workspace_name: str | None = None
    currency: str | None = None
    time_zone: str | None = None
    churn: ChosenChurn | None = None
    tiers: Tiers | None = None
    keep_messages_months: int | None = None

    def applied_to(self, settings: WorkspaceSettings) -> WorkspaceSettings:
        """Return the settings with the change made."""
        chosen = settings.chosen_churn
        if "churn" in self.model_fields_set:
            chosen = None if self.churn is None else ChurnDefinition(**self.churn.model_dump())
        months = settings.keep_messages_months
        if "keep_messages_months" in self.model_fields_set:
            months = self.keep_messages_months
        tiers = settings.tiers if self.tiers is None else TierCutoffs(**self.tiers.model_dump())
        return replace(
            settings,
            name=settings.name if self.workspace_name is None else self.workspace_name.strip(),
            currency=settings.currency if self.currency is None else self.currency.upper(),
            time_zone=self.time_zone or settings.time_zone,
            chosen_churn=chosen,
            tiers=tiers,
            keep_messages_months=months,
        )
