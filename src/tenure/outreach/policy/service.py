"""The verbs of the rules: read what is in force, put new ones into force, hand them to the gate."""

from datetime import date, datetime
from functools import cache

import holidays as calendars

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.directory.customers.consent import repository as consent
from tenure.kit.db import Session
from tenure.outreach.arbiter.policy import Budget, Cap, Hours, Policy
from tenure.outreach.policy import repository
from tenure.outreach.policy.schemas import ContactPolicy, ContactRules
from tenure.outreach.policy.standard import STANDARD

STANDARD_VERSION = "standard"


def read(session: Session) -> ContactPolicy:
    """Return the rules in force."""
    found = repository.newest(session)
    if found is None:
        return ContactPolicy(version=STANDARD_VERSION, at=None, by=None, rules=STANDARD)
    rules = ContactRules.model_validate(found.rules)
    return ContactPolicy(version=str(found.id), at=found.at, by=found.by, rules=rules)


def change(session: Session, rules: ContactRules, actor: Principal, now: datetime) -> ContactPolicy:
    """Put new rules into force; what was decided before keeps the version it was decided by."""
    before = read(session)
    if before.rules == rules:
        return before
    stored = rules.model_dump(mode="json")
    version = repository.add(session, stored, actor.id, now)
    told = audit.Change(
        "contact_policy.change", "contact_policy", str(version.id), before.rules.model_dump(mode="json"), stored
    )
    audit.record(session, actor, told, now)
    return read(session)


def in_force(session: Session, now: datetime) -> Policy:
    """Return the rules as the gate reads them, with what each list needs and the holidays around now."""
    found = read(session)
    rules = found.rules
    return Policy(
        found.version,
        consent={
            purpose.name: "opt_out" if purpose.rule == "opt_out" else "opt_in" for purpose in consent.purposes(session)
        },
        hours={
            channel: Hours(rule.opens, rule.closes, frozenset(rule.weekdays), rule.holidays)
            for channel, rule in rules.hours.items()
        },
        caps=tuple(
            Cap(cap.name, cap.limit, cap.hours, cap.period, cap.channel or None, cap.category or None, cap.tag or None)
            for cap in rules.caps
        ),
        budgets=tuple(
            Budget(one.name, one.limit, one.period, one.channel or None, one.category or None) for one in rules.budgets
        ),
        holidays=_Holidays(now.year) if any(rule.holidays for rule in rules.hours.values()) else {},
    )


class _Holidays(dict[str, frozenset[date]]):
    """Holidays by country, looked up when a country is first asked for."""

    def __init__(self, year: int) -> None:
        super().__init__()
        self._years = (year - 1, year, year + 1, year + 2)  # it is another year elsewhere, and far ahead

    def get(self, country: str, default: object = None) -> frozenset[date]:
        """Return the public holidays of a country around this year; none of a country we know nothing of."""
        del default
        return _of_country(country.upper(), self._years)


@cache
def _of_country(country: str, years: tuple[int, ...]) -> frozenset[date]:
    try:
        return frozenset(calendars.country_holidays(country, years=years))
    except NotImplementedError:
        return frozenset()
