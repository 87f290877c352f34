"""Every section that can be verified: the only place that knows them all."""

from tenure.app.verification.buy_till_you_die import CDNOW, DONATIONS
from tenure.app.verification.check import Section
from tenure.app.verification.contractual import CONTRACTS

SECTIONS: tuple[Section, ...] = (CDNOW, DONATIONS, CONTRACTS)
