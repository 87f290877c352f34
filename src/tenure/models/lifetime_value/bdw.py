"""Beta-discrete-Weibull: contracts where a customer's own renewal rate may rise or fall (Fader, Hardie et al. 2018)."""

from tenure.models.base import Vector
from tenure.models.lifetime_value.renewals import Renewals


class BetaDiscreteWeibull(Renewals):
    """Each customer makes t renewals with probability (1 − θ)^(t^c), θ ~ Beta(α, β).

    With c > 1 everyone grows more likely to leave, with c < 1 less; with c = 1 this is ``ShiftedBetaGeometric``.
    S(t) = B(α, β + t^c) / B(α, β). ``params_`` are alpha, beta, c.
    """

    NAMES = ("alpha", "beta", "c")

    def curve(self, parameters: Vector) -> tuple[float, float, float]:
        """Return α, β and the power of the tenure."""
        alpha, beta, c = parameters
        return float(alpha), float(beta), float(c)
