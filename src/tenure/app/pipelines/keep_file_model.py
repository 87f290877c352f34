"""What a file taught, kept in the registry: the model of everybody whose outcome is told, and how well such models did."""

from pathlib import Path

from tenure.app.pipelines.predict_file import Lesson, Predicted, predict_lesson
from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.risk.registry import file_models
from tenure.risk.teaching.exam import examine


def keep_file_model(stores: Stores, name: str, lesson: Lesson, target: Path) -> tuple[Predicted, str]:
    """Write everybody's chance, and keep the model under a name; returns what came of it, and the version kept."""
    model = lesson.model()
    done, chance = predict_lesson(lesson, target, model)
    exam = examine(lesson.left, chance).told()
    with transaction(stores.engine) as session:
        version = file_models.keep(session, name, model, exam, stores.clock.now(), stores.lake.snapshot())
    return done, version
