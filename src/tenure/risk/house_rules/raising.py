"""For whom the rules of the house hold, as signals: a rule raises one and leaves the model's probability alone."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa

from tenure.kit.i18n import LANGUAGES, Text
from tenure.risk.house_rules import rules
from tenure.risk.house_rules.rules import Group
from tenure.risk.phrases import Phrase, speak
from tenure.risk.signals.compute import RAISED

PREFIX = "rule:"
FORMS = {"churn_risk": ":share", "value_365": ":money"}


@dataclass(frozen=True)
class Rule:
    """One rule, ready to be asked."""

    id: str
    name: Text
    step: Text
    group: Group

    @property
    def signal(self) -> str:
        """Return the name of the signal the rule raises."""
        return PREFIX + self.id


def told(
    every: Sequence[Rule], customers: pa.Array, columns: Mapping[str, np.ndarray], as_of: datetime, currency: str
) -> pa.Table:
    """Return one row per customer and rule that holds, in the form of all signals; a rule is a state."""
    parts = [_rows(rule, customers, columns, as_of, currency) for rule in every]
    return pa.concat_tables(parts) if parts else RAISED.empty_table()


def _rows(
    rule: Rule, customers: pa.Array, columns: Mapping[str, np.ndarray], as_of: datetime, currency: str
) -> pa.Table:
    rows = np.flatnonzero(rules.holds(rule.group, columns, len(customers)))
    size = len(rows)
    if not size:
        return RAISED.empty_table()
    numbers = {name: np.asarray(columns[name], dtype=np.float64)[rows] for name in rules.features(rule.group)}
    spoken = speak((_sentence(rule, numbers),), numbers, currency)
    return pa.table(
        {
            "customer_id": customers.take(pa.array(rows)),
            "signal": pa.repeat(rule.signal, size),
            "evidence": pa.nulls(size, pa.string()),
            "since": pa.repeat(pa.scalar(as_of, pa.timestamp("us")), size),
            "fresh": pa.repeat(pa.scalar(True), size),
            "en": spoken["en"],
            "zh": spoken["zh"],
            "label": pa.repeat(_json(rule.name), size),
            "step": pa.repeat(_json(rule.step), size),
        },
        schema=RAISED,
    )


def _sentence(rule: Rule, numbers: Mapping[str, np.ndarray]) -> Phrase:
    """Tell the rule's name and the customer's numbers it looked at."""
    known = [name for name, values in numbers.items() if np.isfinite(values).all()]
    parts = {
        language: [f"{_plain(rules.label(name).say(language))} {{{name}{FORMS.get(name, '')}}}" for name in known]
        for language in LANGUAGES
    }
    en = "; ".join(parts["en"])
    zh = "；".join(parts["zh"])
    name_en, name_zh = _plain(rule.name.en), _plain(rule.name.zh)
    return Phrase(Text(f"{name_en} ({en})" if en else name_en, f"{name_zh}（{zh}）" if zh else name_zh))


def _plain(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")


def _json(text: Text) -> str:
    return json.dumps({"en": text.en, "zh": text.zh}, ensure_ascii=False)
