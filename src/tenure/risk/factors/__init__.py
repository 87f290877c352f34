"""What a reason can be about: every feature belongs to one story, told in sentences with a customer's own numbers."""

from tenure.risk.factors.catalog import BY_FEATURE, FACTORS, factors_of, story_label, with_derived
from tenure.risk.factors.factor import Factor

__all__ = ["BY_FEATURE", "FACTORS", "Factor", "factors_of", "story_label", "with_derived"]
