"""One customer's risk as the lake and the registry keep it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import ibis
import pandas as pd

from tenure.features import attributes, build
from tenure.features.feature import Feature
from tenure.kit.db import Session
from tenure.kit.errors import NotFound
from tenure.models.store import UnreadableModel
from tenure.risk.health.reading import Point, course
from tenure.risk.registry import cards, service
from tenure.risk.teaching.churn_model import RECENCY
from tenure.risk.teaching.lowering import WORTH_TELLING, lowered
from tenure.warehouse.history import History

MOST_LOWERING = 5


@dataclass(frozen=True)
class Lowering:
    """What one story at its usual level would make of the risk."""

    factor: str
    label: Mapping[str, str]
    risk: float
    change: float


@dataclass(frozen=True)
class Risk:
    """One customer's risk: its points (health, oldest first) and the newest reasons."""

    points: Sequence[Point]
    reasons: Sequence[object]


def risk_of(history: History, customer_id: str) -> Risk:
    """Return what is known of one customer's risk up to the history's instant."""
    points = course(history, customer_id).health
    return Risk(points, _reasons(history, customer_id, points[-1].as_of) if points else ())


def lowering_of(session: Session, history: History, customer_id: str) -> Sequence[Lowering]:
    """Return what would lower a customer's risk, the most first; the model is asked anew, so it takes a second or two."""
    points = course(history, customer_id).health
    return _lowering(session, history, customer_id, points[-1]) if points else ()


def _reasons(history: History, customer_id: str, as_of: datetime) -> Sequence[object]:
    scores = history.table("scores")
    mine = scores.filter(
        scores.customer_id == customer_id, scores.name == "churn_risk", scores.as_of == ibis.literal(as_of)
    )
    rows = history.lake.read(mine.select("reasons").limit(1))["reasons"].to_pylist()
    return json.loads(rows[0]) if rows and rows[0] else []


def _lowering(session: Session, history: History, customer_id: str, newest: Point) -> Sequence[Lowering]:
    """Ask the model that made the newest score what each story at its usual level would change; nothing where none did."""
    try:
        row = service.version(session, newest.version)
        model = cards.model_of(row)
    except (NotFound, UnreadableModel):
        return ()
    usual, churn = row.card.get("typical"), row.card.get("churn")
    if not isinstance(usual, dict) or not isinstance(churn, dict):
        return ()
    then = History(history.lake, newest.as_of, history.zone, known_by=history.as_of)
    recency = RECENCY[str(churn["kind"])]
    names = tuple(dict.fromkeys((*model.features, recency)))
    own = attributes.features(then) if any(name.startswith(attributes.PREFIX) for name in names) else ()
    wanted: list[str | Feature] = [
        *(name for name in names if not name.startswith(attributes.PREFIX)),
        *(feature for feature in own if feature.name in names),
    ]
    table = history.lake.read(build.build(then, wanted, only=customer_id)).to_pandas()
    if not len(table) or not _judged_by_model(table, recency, churn):
        return ()
    present = 1 - newest.value / 100
    found = [
        Lowering(one.factor.name, vars(one.factor.label), present + float(one.change[0]), float(one.change[0]))
        for one in lowered(model, table, usual, newest.as_of)
        if one.change[0] < -WORTH_TELLING
    ]
    return sorted(found, key=lambda one: one.change)[:MOST_LOWERING]


def _judged_by_model(table: pd.DataFrame, recency: str, churn: Mapping[str, object]) -> bool:
    """Say whether the model judged the customer: it does not know those silent for longer than the window."""
    return churn["kind"] == "subscriptions" or bool(table[recency].iloc[0] < float(str(churn["window_days"])))
