"""Every feature by name: the only place that knows them all."""

from collections.abc import Iterable

from tenure.features import (
    feedback,
    frequency,
    messages,
    profile,
    recency,
    rhythm,
    spend,
    subscriptions,
    tickets,
    visits,
)
from tenure.features.feature import Feature
from tenure.kit.errors import NotFound
from tenure.kit.i18n import Text

CATALOG: dict[str, Feature] = {
    feature.name: feature
    for group in (recency, frequency, spend, rhythm, visits, tickets, feedback, messages, subscriptions, profile)
    for feature in group.FEATURES
}


def chosen(names: Iterable[str] | None = None) -> tuple[Feature, ...]:
    """Return the features named, in the catalog's order; all of them when none are named."""
    if names is None:
        return tuple(CATALOG.values())
    wanted = set(names)
    unknown = sorted(wanted - set(CATALOG))
    if unknown:
        raise NotFound(Text(f"There is no feature {unknown[0]}.", f"没有名为 {unknown[0]} 的特征。"))
    return tuple(feature for feature in CATALOG.values() if feature.name in wanted)
