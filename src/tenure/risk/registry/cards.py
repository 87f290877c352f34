"""A churn model as it is kept: its numbers as readable JSON, never code, and the card that goes with it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from tenure.features.catalog import CATALOG
from tenure.kit.i18n import Text
from tenure.kit.ids import content_id
from tenure.models import store
from tenure.models.base import Model
from tenure.models.catalog import ASSOCIATION
from tenure.models.churn.ladder import Ladder
from tenure.models.churn.logistic import ChurnLogistic
from tenure.models.store import UnreadableModel
from tenure.risk.definition import Leaving
from tenure.risk.registry.tables import FittedModel
from tenure.risk.teaching.boldness import Boldness
from tenure.risk.teaching.churn_model import ChurnModel
from tenure.risk.teaching.drift import reference
from tenure.risk.teaching.drivers import drivers
from tenure.risk.teaching.exam import Json
from tenure.risk.teaching.lowering import typical
from tenure.risk.teaching.season import Season
from tenure.risk.teaching.taught import Taught
from tenure.risk.teaching.teacher import Candidate, Course

KIND = "churn"


@dataclass(frozen=True)
class Stamp:
    """When a model was taught, on what state of the data."""

    as_of: datetime
    trained_at: datetime
    snapshot: int


def definition_of(leaving: Leaving) -> str:
    """Return what a kept model must agree on to be used: what leaving means, and which features there are."""
    return f"{leaving.key()}:{content_id('f', *CATALOG)}"


def row_of(candidate: Candidate, course: Course, leaving: Leaving, stamp: Stamp) -> FittedModel:
    """Return the row that keeps a candidate, not yet promoted."""
    parameters = _parameters(candidate.model)
    definition = definition_of(leaving)
    version = hashlib.sha256(json.dumps([definition, parameters], sort_keys=True).encode()).hexdigest()[:12]
    return FittedModel(
        id=f"{KIND}@{version}",
        kind=KIND,
        version=version,
        name=candidate.rung.name,
        definition=definition,
        as_of=stamp.as_of.replace(tzinfo=UTC),
        trained_at=stamp.trained_at,
        snapshot=stamp.snapshot,
        state="kept",
        parameters=parameters,
        card=_card(candidate, course, leaving),
        report=_report(candidate, course),
        watch={},
        sign_off=None,
    )


def model_of(row: FittedModel) -> ChurnModel:
    """Return the model a row keeps, or raise ``UnreadableModel``."""
    kept = row.parameters
    model = store.load(json.dumps(kept.get("document")))
    features, season = kept.get("features"), kept.get("season")
    if not isinstance(model, ChurnLogistic | Ladder) or not isinstance(features, list) or not isinstance(season, list):
        raise UnreadableModel(_UNREADABLE.fill(version=row.version))
    seen = [(datetime.fromisoformat(str(at)), float(offset)) for at, offset in season]
    return ChurnModel(
        model,
        tuple(str(name) for name in features),
        Season(tuple(at for at, _ in seen), tuple(offset for _, offset in seen)),
        _boldness_of(kept.get("boldness")),
    )


def _boldness_of(kept: object) -> Boldness:
    """Read it back; a model kept before exams told of it is as bold as it was made."""
    return Boldness(**{key: float(value) for key, value in kept.items()}) if isinstance(kept, dict) else Boldness()


def taught_from(row: FittedModel, notes: tuple[Text, ...] = ()) -> Taught:
    """Return the taught model a row keeps."""
    exam = row.report.get("exam")
    told = exam if isinstance(exam, dict) else None
    return Taught(row.name, row.version, model_of(row), told, notes, row.trained_at)


def _parameters(model: ChurnModel) -> Json:
    assert isinstance(model.model, Model)
    season = [[at.isoformat(), offset] for at, offset in zip(model.season.at, model.season.offsets, strict=True)]
    return {
        "document": json.loads(store.dump(model.model)),
        "features": list(model.features),
        "season": season,
        "boldness": vars(model.boldness),
    }


def _card(candidate: Candidate, course: Course, leaving: Leaving) -> Json:
    periods = course.periods
    return {
        "label": vars(candidate.rung.label),
        "churn": {"kind": leaving.kind, "window_days": leaving.window_days, "grace_days": leaving.grace_days},
        "rows": len(course.lessons),
        "base_rate": float(course.lessons.churned.mean()),
        "lessons": [_iso(at) for at in periods.lessons],
        "exam": _iso(course.exam_at),
        "features": list(candidate.model.features),
        "seasonal": bool(candidate.model.season.at),
        "days": leaving.span.days,
        "customers": leaving.span.customers,
        "reference": reference(candidate.model, course.lessons),
        "typical": typical(course.lessons.table),
        "limits": [vars(limit) for limit in (ASSOCIATION, _REFITTED, _ACTIVE_ONLY)],
    }


def _report(candidate: Candidate, course: Course) -> Json:
    return {
        "exam": candidate.exam.told(),
        "gates": [gate.told() for gate in candidate.gates],
        "ladder": list(course.ladder),
        "leak_audit": {"checks": _checks(course)},
        "drivers": drivers(candidate.model, course.lessons),
    }


def _checks(course: Course) -> list[Json]:
    """Tell what the leak audit found; a warning is told and does not block."""
    if not course.leaks:
        return [{"check": "all", "passed": True, "features": [], "text": vars(_CLEAN)}]
    return [
        {
            "check": finding.check,
            "passed": finding.severity != "block",
            "features": [finding.about] if finding.about else [],
            "text": vars(finding.text),
        }
        for finding in course.leaks
    ]


def _iso(moment: datetime) -> str:
    return moment.replace(tzinfo=UTC).isoformat()


_UNREADABLE = Text("The stored model {version} cannot be read.", "无法读取已保存的模型 {version}。")
_CLEAN = Text("The audit found no trace of a leak.", "审查未发现泄漏迹象。")
_REFITTED = Text(
    "The test figures are of a model that had not seen the last period; the one in use was then fitted on all periods, "
    "and its chances spread by as much as the test showed them to be too shy or too bold.",
    "检验指标来自未见过最后一期数据的模型；实际使用的模型随后以全部时期重新拟合，并按检验所示的过于保守或过于极端的程度调整概率的分散程度。",
)
_ACTIVE_ONLY = Text(
    "It judges customers who were active within the window; for those silent longer, the length of such silences "
    "decides.",
    "模型仅评估窗口期内活跃的客户；沉默更久者按同类沉默的时长规律估计。",
)
