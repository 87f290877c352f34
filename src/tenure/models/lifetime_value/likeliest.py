"""What all models fitted by maximum likelihood keep: parameters by name, how sure they are, and warnings when they are not."""

from copy import copy
from typing import ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike
from sklearn.utils.validation import check_is_fitted

from tenure.models.base import AtBound, DegenerateData, Model, NotConverged, Optimum, Vector, warn


class Likeliest(Model):
    """A model whose positive parameters were searched for by their logarithms.

    Learned: ``params_`` by their names in the paper, ``log_likelihood_``, ``covariance_`` (of the logarithms of the
    parameters, in the order of ``NAMES``), ``standard_errors_``, ``identified_`` (False when the data could not tell
    the parameters and cautious ones stand in).
    """

    NAMES: ClassVar[tuple[str, ...]]
    KIND: ClassVar[str]  # of data, as warnings call it

    def moved(self, shift: ArrayLike) -> Self:
        """Return the same model with the logarithms of its parameters moved, to see how answers depend on them."""
        other = copy(self)
        values = np.array(self._parameters()) * np.exp(shift)
        other.params_ = dict(zip(self.NAMES, values.tolist(), strict=True))
        return other

    def _parameters(self) -> tuple[float, ...]:
        check_is_fitted(self, "params_")
        return tuple(self.params_[name] for name in self.NAMES)

    def _settle(self, best: Optimum, values: Vector, weight: float, fixed: int = 0) -> None:
        """Keep what a search over a mean found, from ``weight`` observations; the first ``fixed`` were not searched."""
        if not best.converged:
            warn(NotConverged, f"The {self.KIND} model did not settle; treat its forecasts with care.")
        if best.at_bound:
            names = ", ".join(self.NAMES[fixed + i] for i in best.at_bound)
            warn(AtBound, f"The {self.KIND} data says almost nothing about {names}.")
        self.params_ = dict(zip(self.NAMES, values.tolist(), strict=True))
        self.log_likelihood_ = -best.value * weight
        self.covariance_ = best.covariance / weight
        errors = values * np.concatenate([np.zeros(fixed), np.sqrt(np.diag(self.covariance_))])
        self.standard_errors_ = dict(zip(self.NAMES, errors.tolist(), strict=True))

    def _stand_in(self, reason: str, values: tuple[float, ...]) -> Self:
        """Keep cautious parameters where the data tells none."""
        warn(DegenerateData, reason)
        self.identified_ = False
        self.params_ = dict(zip(self.NAMES, values, strict=True))
        self.log_likelihood_ = float("nan")
        self.covariance_ = np.zeros((len(values), len(values)))
        self.standard_errors_ = dict.fromkeys(self.NAMES, float("nan"))
        return self
