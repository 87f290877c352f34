"""Scikit-learn's own checks of an estimator, for every churn model."""

from collections.abc import Callable
from typing import Any

import pytest
from sklearn.utils.estimator_checks import parametrize_with_checks

from tenure.models import ChurnBoosted, ChurnClassifier, ChurnLogistic, ChurnNeural, ChurnTree, RecencyChurn

EXPECTED_TO_FAIL: dict[type, dict[str, str]] = {
    RecencyChurn: {"check_classifiers_train": "reads one column only, so it cannot tell the classes of the check apart"}
}


def expected(model: object) -> dict[str, str]:
    """Say which checks a model must fail, and why."""
    return EXPECTED_TO_FAIL.get(type(model), {})


@pytest.mark.filterwarnings("ignore::tenure.models.base.ModelWarning", "ignore:X does not have valid feature names")
@parametrize_with_checks(
    [model() for model in (ChurnBoosted, ChurnClassifier, ChurnLogistic, ChurnNeural, ChurnTree, RecencyChurn)],
    expected_failed_checks=expected,
)  # type: ignore[untyped-decorator]  # scikit-learn has no types
def test_scikit_learn_finds_nothing(estimator: object, check: Callable[[Any], None]) -> None:
    check(estimator)
