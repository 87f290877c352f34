"""Rules on the wire."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from tenure.features.catalog import CATALOG
from tenure.kit.http import Text
from tenure.risk.house_rules.rules import ASKS, BESIDE, OPS, label
from tenure.risk.house_rules.tables import RiskRule as RiskRuleRow


class RuleWords(BaseModel):
    """Words in both languages; one of them may be empty and the other stands for both."""

    en: str = ""
    zh: str = ""


class RiskRuleRequest(BaseModel):
    """A rule: what it is called, what to do, and when it holds."""

    model_config = ConfigDict(extra="forbid")

    name: RuleWords
    step: RuleWords
    rule: dict[str, object]
    enabled: bool = True


class RiskRule(BaseModel):
    """A rule beside the model; ``signal`` is the name its alerts bear."""

    id: str
    signal: str
    name: Text
    step: Text
    rule: dict[str, object]
    enabled: bool
    created_at: datetime
    changed_at: datetime

    @classmethod
    def of(cls, row: RiskRuleRow) -> Self:
        """Put a rule on the wire."""
        return cls(
            id=row.id,
            signal=f"rule:{row.id}",
            name=Text(en=row.name_en, zh=row.name_zh),
            step=Text(en=row.step_en, zh=row.step_zh),
            rule=row.rule,
            enabled=row.enabled,
            created_at=row.created_at,
            changed_at=row.changed_at,
        )


class RuleFeature(BaseModel):
    """Something a rule can ask about."""

    name: str
    label: Text
    unit: str
    ops: list[str]


class RiskRules(BaseModel):
    """Every rule, and what rules can ask about."""

    items: list[RiskRule]
    features: list[RuleFeature]


class PreviewRequest(BaseModel):
    """A rule to be tried on today's customers."""

    rule: dict[str, object] = Field(default_factory=dict)


class RulePreview(BaseModel):
    """How many of today's customers a rule holds for, and some of them."""

    matching: int
    customers: int
    examples: list[str]


def all_features() -> list[RuleFeature]:
    """Return everything a rule can ask about."""
    units = {"churn_risk": "share", "value_365": "money"}
    return [
        RuleFeature(
            name=name,
            label=Text.of(label(name)),
            unit=units.get(name) or CATALOG[name].unit,
            ops=[*OPS, *ASKS],
        )
        for name in [*CATALOG, *BESIDE]
    ]
