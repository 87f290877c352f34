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
CATALOG: dict[str, Feature] = {feature.name: feature for group in GROUPS for feature in group.FEATURES}


def chosen(wanted: Iterable[str | Feature] | None = None) -> tuple[Feature, ...]:
    """Return the features named, in the catalog's order, then those given as they are; the whole catalog for None."""
    if wanted is None:
        return tuple(CATALOG.values())
    wanted = tuple(wanted)
    names = {each for each in wanted if isinstance(each, str)}
    unknown = sorted(names - set(CATALOG))
    if unknown:
        raise NotFound(Text(f"There is no feature {unknown[0]}.", f"没有名为 {unknown[0]} 的特征。"))
    given = tuple(each for each in wanted if isinstance(each, Feature))
    return (*(feature for feature in CATALOG.values() if feature.name in names), *given)
