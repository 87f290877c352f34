"""Shifted beta-geometric: contracts whose renewal rate rises as those likely to leave have left (Fader, Hardie 2007)."""

from tenure.models.base import Vector
from tenure.models.lifetime_value.renewals import Renewals


class ShiftedBetaGeometric(Renewals):
    """Each customer declines any renewal with their own constant probability θ ~ Beta(α, β).

    S(t) = B(α, β + t) / B(α, β); the t-th renewal is made with probability (β + t − 1) / (α + β + t − 1). ``params_``
    are alpha, beta.
    """

    NAMES = ("alpha", "beta")

    def curve(self, parameters: Vector) -> tuple[float, float, float]:
        """Return α, β and the power of the tenure, which is one."""
        alpha, beta = parameters
        return float(alpha), float(beta), 1.0
