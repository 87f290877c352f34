"""Every model of the catalog passes the common exam."""

import pytest
from sklearn.base import clone

from tenure.models.base import Model
from tenure.models.catalog import MODELS
from tenure.models.exam import Answers, Sitting, examine, sittings


def test_every_model_of_the_catalog_sits_the_exam() -> None:
    assert set(sittings()) == set(MODELS)
    assert all(type(sittings()[name].make()) is entry.model for name, entry in MODELS.items())


@pytest.mark.parametrize("name", sorted(MODELS))
def test_model_passes_the_common_exam(name: str) -> None:
    examine(sittings()[name])


def test_exam_catches_a_model_that_answers_below_zero() -> None:
    sitting = sittings()["gamma_gamma"]

    def negative(model: Model) -> Answers:
        return {name: -values for name, values in sitting.answer(model).items()}

    with pytest.raises(AssertionError, match="negative"):
        examine(Sitting(sitting.make, sitting.fit, negative))


def test_constructor_arguments_survive_cloning() -> None:
    for entry in MODELS.values():
        changed = dict.fromkeys(entry.model().get_params(), 3)
        assert clone(entry.model(**changed)).get_params() == changed
