"""Every section that can be verified: the only place that knows them all."""

from tenure.app.verification.check import Section

SECTIONS: tuple[Section, ...] = ()
