"""MBG/NBD: BG/NBD where the first order, too, may be the last (Batislam, Denizel and Filiztekin 2007)."""

from tenure.models.lifetime_value.bg_nbd import BetaGeoNBD


class ModifiedBetaGeoNBD(BetaGeoNBD):
    """Purchase counts of customers who may leave after any order, the first included.

    As ``BetaGeoNBD``, with one more chance to leave: the likelihood of x repeat orders holds B(a, b + x + 1) and
    B(a + 1, b + x). One-time buyers need not be alive for ever. ``params_`` are r, alpha, a, b.
    """

    EARLIER_CHANCES = 1
