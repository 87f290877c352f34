"""What people call the kinds of models that score."""

from tenure.kit.i18n import Text
from tenure.risk.teaching.churn_model import BLEND, RUNGS, SIMPLE, STEADY

_LABELS = {
    **{rung.name: rung.label for rung in (STEADY, BLEND, SIMPLE, *RUNGS)},
    "silence": Text("Silence alone", "仅看沉默时长"),
    "none": Text("No model", "无模型"),
    "profile": Text("Trees on the profile", "基于客户资料的树模型"),
}


def label_of(name: str) -> Text:
    """Return the words for a kind of model; its own name where there are none."""
    return _LABELS.get(name, Text(name, name))
