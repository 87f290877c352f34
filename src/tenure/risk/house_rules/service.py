"""The verbs of rules: make, change, forget, and try on today's customers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import ibis
import numpy as np
import pyarrow as pa

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.features import build
from tenure.kit.db import Session
from tenure.kit.errors import Conflict, FieldProblem, Invalid, NotFound
from tenure.kit.i18n import Text
from tenure.kit.ids import new_id
from tenure.risk.house_rules import repository, rules
from tenure.risk.house_rules.raising import Rule
from tenure.risk.house_rules.tables import RiskRule
from tenure.warehouse import glossary
from tenure.warehouse.history import History

LONGEST_NAME, LONGEST_STEP, MOST_RULES, SHOWN = 120, 500, 100, 10


@dataclass(frozen=True)
class Wanted:
    """A rule as somebody writes it; words in one language stand for both."""

    name: Text
    step: Text
    rule: object
    enabled: bool = True


@dataclass(frozen=True)
class Preview:
    """How many of today's customers a rule holds for, and some of them."""

    matching: int
    customers: int
    examples: Sequence[str]


def ready(session: Session) -> list[Rule]:
    """Return the rules that are on, ready to be asked; one that names a feature no longer known is left out."""
    found = []
    for row in repository.every(session, only_enabled=True):
        try:
            group = rules.parse(row.rule)
        except Invalid:
            continue
        found.append(Rule(row.id, Text(row.name_en, row.name_zh), Text(row.step_en, row.step_zh), group))
    return found


def listed(session: Session) -> Sequence[RiskRule]:
    """Return every rule."""
    return repository.every(session)


def find(session: Session, rule_id: str) -> RiskRule:
    """Return one rule, or raise ``NotFound``."""
    found = repository.one(session, rule_id)
    if found is None:
        raise NotFound(Text("There is no rule {id}.", "没有编号为 {id} 的规则。").fill(id=rule_id[:100]))
    return found


def make(session: Session, wanted: Wanted, actor: Principal, now: datetime) -> RiskRule:
    """Make a rule."""
    checked = _checked(session, wanted, None)
    if len(repository.every(session)) >= MOST_RULES:
        raise Conflict(Text("There are {n} rules already.", "规则已达 {n} 条。").fill(n=MOST_RULES))
    row = RiskRule(id=new_id("rule"), created_at=now, changed_at=now, changed_by=actor.id, **checked)
    repository.add(session, row)
    audit.record(session, actor, audit.Change("risk_rules.create", "risk_rule", row.id, None, checked), now)
    return row


def change(session: Session, rule_id: str, wanted: Wanted, actor: Principal, now: datetime) -> RiskRule:
    """Put a rule's new wording in place of the old one."""
    row = find(session, rule_id)
    checked = _checked(session, wanted, rule_id)
    before = {name: getattr(row, name) for name in checked}
    for name, value in checked.items():
        setattr(row, name, value)
    row.changed_at, row.changed_by = now, actor.id
    session.flush()
    audit.record(session, actor, audit.Change("risk_rules.change", "risk_rule", row.id, before, checked), now)
    return row


def remove(session: Session, rule_id: str, actor: Principal, now: datetime) -> None:
    """Forget a rule; the alerts it raised stay."""
    row = find(session, rule_id)
    before = {"name_en": row.name_en, "rule": row.rule}
    repository.remove(session, rule_id)
    audit.record(session, actor, audit.Change("risk_rules.delete", "risk_rule", rule_id, before, None), now)


def preview(history: History, told: object) -> Preview:
    """Try a rule on the customers of a history's instant."""
    group = rules.parse(told)
    names = rules.features(group)
    table = build.read(history, [name for name in names if name not in rules.BESIDE] or ["purchases"])
    columns = dict(table.columns)
    for name in set(names) & set(rules.BESIDE):
        columns[name] = _score(history, name, table)
    rows = np.flatnonzero(rules.holds(group, columns, len(table)))
    return Preview(len(rows), len(table), table.customers.take(rows[:SHOWN]).to_pylist())


def _score(history: History, name: str, table: build.FeatureTable) -> np.ndarray:
    everybody = ibis.memtable(pa.table({"customer_id": table.customers}))
    scores = glossary.latest_scores(history, name).select("customer_id", "value")
    joined = everybody.left_join(scores, "customer_id").order_by("customer_id").select("value")
    return np.asarray(history.lake.read(joined)["value"].to_numpy())


def _checked(session: Session, wanted: Wanted, rule_id: str | None) -> dict[str, object]:
    rules.parse(wanted.rule)
    names, steps = _both(wanted.name, LONGEST_NAME, "/name"), _both(wanted.step, LONGEST_STEP, "/step")
    other = repository.named(session, names.en)
    if other is not None and other.id != rule_id:
        message = Text("Another rule has this name.", "已有同名规则。")
        raise Conflict(message, fields=(FieldProblem("/name", message),))
    return {
        "name_en": names.en, "name_zh": names.zh, "step_en": steps.en, "step_zh": steps.zh,
        "rule": wanted.rule, "enabled": wanted.enabled,
    }  # fmt: skip


def _both(text: Text, longest: int, path: str) -> Text:
    en, zh = text.en.strip(), text.zh.strip()
    both = Text(en or zh, zh or en)
    if not both.en or max(len(both.en), len(both.zh)) > longest:
        message = Text("Between 1 and {n} characters.", "须为 1 至 {n} 个字符。").fill(n=longest)
        raise Invalid(message, fields=(FieldProblem(path, message),))
    return both
