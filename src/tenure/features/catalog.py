"""Every feature by name: the only place that knows them all, but for a workspace's own (``features.attributes``)."""

from collections.abc import Iterable

from tenure.features import (
    assortment,
    feedback,
    frequency,
    messages,
    payments,
    points,
    profile,
    recency,
    rhythm,
    spend,
    subscriptions,
    tickets,
    usage,
    visits,
)
from tenure.features.feature import Feature
from tenure.kit.errors import NotFound
from tenure.kit.i18n import Text

GROUPS = (
    recency,
    frequency,
    spend,
    assortment,
    rhythm,
    visits,
    usage,
    tickets,
    feedback,
    messages,
    subscriptions,
    payments,
    points,
    profile,
)
_EVERY: dict[str, Feature] = {feature.name: feature for group in GROUPS for feature in group.FEATURES}
CATALOG = {name: feature for name, feature in _EVERY.items() if feature.unit != "text"}  # numbers
WORDS = {name: feature for name, feature in _EVERY.items() if feature.unit == "text"}


def chosen(wanted: Iterable[str | Feature] | None = None) -> tuple[Feature, ...]:
    """Return the features named, in the catalog's order, then those given as they are; all numbers and words for None."""
    if wanted is None:
        return (*CATALOG.values(), *WORDS.values())
    wanted = tuple(wanted)
    names = {each for each in wanted if isinstance(each, str)}
    unknown = sorted(names - set(_EVERY))
    if unknown:
        raise NotFound(Text(f"There is no feature {unknown[0]}.", f"没有名为 {unknown[0]} 的特征。"))
    given = tuple(each for each in wanted if isinstance(each, Feature))
    return (*(feature for feature in chosen() if feature.name in names), *given)
