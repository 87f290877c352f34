"""A taught model as it is kept: its numbers as readable JSON, never code, and the card that goes with it."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tenure.features.catalog import CATALOG
from tenure.kit.i18n import Text
from tenure.kit.ids import content_id
from tenure.models import store
from tenure.models.churn.logistic import ChurnLogistic
from tenure.risk.definition import Leaving
from tenure.risk.tables import FittedModel
from tenure.risk.teaching import Taught

KIND = "churn"
DUE_AFTER = timedelta(days=7)
MOST_NEW = 0.02  # of the days of activity: an import that adds more is worth a new lesson


@dataclass(frozen=True)
class Stamp:
    """When a model was taught, on what state of the data."""

    as_of: datetime
    trained_at: datetime
    snapshot: int


def definition_of(leaving: Leaving) -> str:
    """Return what a kept model must agree on to be used: what leaving means, and which features there are."""
    return f"{leaving.key()}:{content_id('f', *CATALOG)}"


def version_of(taught: Taught) -> str:
    """Return the version of a model: the same data and features give the same one."""
    return taught.name if taught.model is None else store.version(taught.model)


def kept(taught: Taught, leaving: Leaving, stamp: Stamp) -> FittedModel | None:
    """Return the row that keeps a taught model; None when nothing was taught."""
    if taught.model is None:
        return None
    version = version_of(taught)
    return FittedModel(
        id=f"{KIND}@{version}",
        kind=KIND,
        version=version,
        name=taught.name,
        definition=definition_of(leaving),
        as_of=stamp.as_of.replace(tzinfo=UTC),
        trained_at=stamp.trained_at,
        snapshot=stamp.snapshot,
        champion=True,
        parameters=json.loads(store.dump(taught.model)),
        card={
            "features": list(taught.features),
            "test": taught.exam,
            "notes": [vars(note) for note in taught.notes],
            "days": leaving.span.days,
            "customers": leaving.span.customers,
        },
    )


def is_stale(row: FittedModel, as_of: datetime, leaving: Leaving) -> bool:
    """Say whether a kept model is due to be taught anew: a week old, or much has been imported since."""
    days = row.card["days"]
    before = days if isinstance(days, int) else 0
    return as_of - row.as_of >= DUE_AFTER or abs(leaving.span.days - before) > MOST_NEW * max(before, 1)


def taught_from(row: FittedModel) -> Taught:
    """Return the taught model a row keeps."""
    model = store.load(json.dumps(row.parameters))
    assert isinstance(model, ChurnLogistic)
    features, notes, exam = row.card["features"], row.card["notes"], row.card["test"]
    assert isinstance(features, list)
    assert isinstance(notes, list)
    return Taught(
        row.name,
        model,
        tuple(str(name) for name in features),
        exam if isinstance(exam, dict) else None,
        tuple(Text(**note) for note in notes),
    )
