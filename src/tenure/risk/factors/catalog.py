"""Every factor by feature: the only place that knows them all, and the numbers sentences need beside the features."""

from collections.abc import Iterable, Mapping

import numpy as np
import pyarrow as pa

from tenure.features.attributes import PREFIX
from tenure.features.feature import Feature
from tenure.kit.i18n import Text
from tenure.risk.factors.buying import BUYING
from tenure.risk.factors.care import CARE
from tenure.risk.factors.contact import CONTACT
from tenure.risk.factors.contract import CONTRACT
from tenure.risk.factors.factor import Factor
from tenure.risk.factors.person import PERSON, own, own_values
from tenure.risk.phrases import Columns, Values

FACTORS: tuple[Factor, ...] = (*BUYING, *CONTACT, *CARE, *CONTRACT, *PERSON)
_LABELS = {factor.name: factor.label for factor in FACTORS}
BY_FEATURE = {feature: factor for factor in FACTORS for feature in factor.features}


def factors_of(features: Iterable[str | Feature]) -> tuple[Factor, ...]:
    """Return the stories of the catalog, then one for each feature that is a workspace's own attribute."""
    names = {one if isinstance(one, str) else one.name: one for one in features}
    return (*FACTORS, *(own(one) for name, one in names.items() if name not in BY_FEATURE))


def story_label(name: str) -> Text:
    """Return what a story is called by its name, a workspace's own attribute by its own."""
    return _LABELS.get(name) or own(name).label


def with_derived(columns: Columns, words: Mapping[str, pa.Array]) -> dict[str, Values]:
    """Add words, and the numbers sentences need that no feature holds by itself."""
    derived: dict[str, Values] = {**columns, **words}
    derived["purchases_before_90"] = columns["purchases_90"] - columns["purchase_trend"]
    derived["purchases_180"] = 2 * columns["purchases_90"] - columns["purchase_trend"]
    derived["idle_90"] = (columns["revenue_90"] <= 0).astype(np.float64)
    derived["one_category"] = (columns["categories"] == 1).astype(np.float64)
    derived["visit_days_before_30"] = columns["visit_days_30"] - columns["visit_trend"]
    derived["log_ins_before_30"] = columns["log_ins_30"] - columns["log_in_trend"]
    for name in [name for name in derived if name.startswith(PREFIX)]:
        derived |= own_values(name, derived[name])
    return derived
