"""A model ready to score, and what has to be said about it; without a model, why there is none."""

from dataclasses import dataclass
from datetime import datetime

from tenure.kit.i18n import Text
from tenure.risk.teaching.churn_model import ChurnModel
from tenure.risk.teaching.exam import Json


@dataclass(frozen=True)
class Taught:
    """The model customers are scored by. ``exam`` is how it did on the last complete period beside recency alone."""

    name: str
    version: str
    model: ChurnModel | None
    exam: Json | None
    notes: tuple[Text, ...]
    trained_at: datetime | None = None

    @property
    def features(self) -> tuple[str, ...]:
        """Return the features the model reads."""
        return () if self.model is None else self.model.features


def untaught(name: str, *notes: Text) -> Taught:
    """Return what scores where no model could be taught."""
    return Taught(name, name, None, None, notes)
