"""Every section that can be verified: the only place that knows them all."""

from tenure.app.verification.buy_till_you_die import CDNOW, DONATIONS
from tenure.app.verification.check import Section
from tenure.app.verification.churn import QUIET, TELCO
from tenure.app.verification.contractual import CONTRACTS
from tenure.app.verification.leakage import RESAMPLED
from tenure.app.verification.recommend import MOVIES
from tenure.app.verification.silent_stop import SILENT_STOP
from tenure.app.verification.survival import RELEASED, TRANSPLANTS

SECTIONS: tuple[Section, ...] = (
    CDNOW,
    DONATIONS,
    CONTRACTS,
    RELEASED,
    TRANSPLANTS,
    TELCO,
    QUIET,
    RESAMPLED,
    MOVIES,
    SILENT_STOP,
)
