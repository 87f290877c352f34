"""Stored models: exact, versioned by content, readable later, safe to open."""

import json

import numpy as np
import pytest

from tenure.models import BetaGeoNBD, ChurnLogistic, CustomerHistory, GammaGamma, store
from tenure.models.exam import made_up_customers, made_up_table
from tests.models.lives import Truth, draw_lives


def orders_model(customers: int = 300) -> BetaGeoNBD:
    history, _ = draw_lives(customers, Truth(), horizon=1)
    return BetaGeoNBD().fit(*history.orders())


def test_version_follows_the_data_and_nothing_else() -> None:
    assert store.version(orders_model()) == store.version(orders_model())
    assert store.version(orders_model()) != store.version(orders_model(299))


def test_classifier_with_words_steps_and_infinities_comes_back_exactly() -> None:
    model = ChurnLogistic(seed=5).fit(*made_up_table(800))
    text = store.dump(model)
    loaded = store.load(text)
    assert isinstance(loaded, ChurnLogistic)
    assert store.dump(loaded) == text
    assert loaded.columns_ == model.columns_
    assert loaded.calibration_ == model.calibration_
    table = made_up_table(50, seed=1)[0]
    assert np.array_equal(loaded.predict(table), model.predict(table))
    assert loaded.explain(table).equals(model.explain(table))


def test_models_stored_by_earlier_and_later_versions_are_read() -> None:
    document = json.loads(store.dump(orders_model()))
    document["arguments"]["forgotten"] = 3
    document["learned"]["added_later_"] = [1, 2]
    assert isinstance(store.load(json.dumps(document)), BetaGeoNBD)


@pytest.mark.parametrize(
    "change", [{"model": "os.system"}, {"format": 99}, {"learned": 7}, {"learned": {"params_": {"#part": "Popen"}}}]
)
def test_damaged_or_foreign_documents_are_refused(change: dict[str, object]) -> None:
    document = {**json.loads(store.dump(orders_model())), **change}
    with pytest.raises(store.UnreadableModel):
        store.load(json.dumps(document))
    with pytest.raises(store.UnreadableModel):
        store.load("not json")


def test_models_may_not_carry_anything_executable() -> None:
    frequency, *_, spend = made_up_customers(200)
    model = GammaGamma().fit(frequency, spend)
    model.trick_ = CustomerHistory
    with pytest.raises(TypeError, match="may not carry"):
        store.dump(model)
