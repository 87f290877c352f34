"""The churn classifier, and each rung of its ladder by itself."""

from typing import ClassVar

from tenure.models.churn.ladder import Ladder


class ChurnClassifier(Ladder):
    """Churn probability from a table as it comes, by whatever serves best on it out of fold.

    A ladder of logistic regression, decision tree, boosted trees and a small neural network, mixed on the log-odds with
    weights that are not negative, and calibrated out of fold.
    """

    climbs: ClassVar[tuple[str, ...]] = ("line", "tree", "boosted", "neural")


class ChurnTree(Ladder):
    """One decision tree, its size chosen out of fold."""

    climbs: ClassVar[tuple[str, ...]] = ("tree",)


class ChurnBoosted(Ladder):
    """Boosted trees (LightGBM), their number chosen out of fold."""

    climbs: ClassVar[tuple[str, ...]] = ("boosted",)


class ChurnNeural(Ladder):
    """A small neural network: one hidden layer beside a straight line, averaged over several starts."""

    climbs: ClassVar[tuple[str, ...]] = ("neural",)
