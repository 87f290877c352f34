"""The rule language: read with every mistake named by its place, and decided as logic would."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.kit.errors import Invalid
from tenure.risk.house_rules import rules

COLUMNS = {"on_trial": np.array([1.0, 1.0, 0.0, np.nan]), "visit_days_30": np.array([2.0, 9.0, 1.0, 0.0])}
LEAF = st.builds(
    lambda feature, op, value: {"feature": feature, "op": op, "value": value},
    st.sampled_from(sorted(COLUMNS)),
    st.sampled_from(sorted(rules.OPS)),
    st.integers(-1, 10),
)


def _meets(told: dict[str, object], row: int) -> bool:
    """Decide a rule for one customer by hand."""
    if "feature" in told:
        value = COLUMNS[str(told["feature"])][row]
        return bool(np.isfinite(value) and rules.OPS[str(told["op"])](np.array(value), float(str(told["value"]))))
    ((of, parts),) = told.items()
    assert isinstance(parts, list)
    return (all if of == "all" else any)(_meets(part, row) for part in parts)


@given(st.builds(lambda of, parts: {of: parts}, st.sampled_from(["all", "any"]),
                 st.lists(LEAF | st.builds(lambda of, parts: {of: parts}, st.sampled_from(["all", "any"]),
                                           st.lists(LEAF, min_size=1, max_size=3)), min_size=1, max_size=4)))  # fmt: skip
def test_a_rule_holds_for_whom_logic_says(told: dict[str, object]) -> None:
    held = rules.holds(rules.parse(told), COLUMNS, 4)
    assert held.tolist() == [_meets(told, row) for row in range(4)]


def test_something_unknown_meets_no_comparison_but_can_be_asked_for() -> None:
    for op in rules.OPS:
        group = rules.parse({"all": [{"feature": "on_trial", "op": op, "value": 1}]})
        assert not rules.holds(group, COLUMNS, 4)[3]
    unknown = rules.parse({"all": [{"feature": "on_trial", "op": "unknown"}]})
    assert rules.holds(unknown, COLUMNS, 4).tolist() == [False, False, False, True]


@pytest.mark.parametrize(
    ("told", "path"),
    [
        ([], "/rule"),
        ({"all": []}, "/rule"),
        ({"none": [{}]}, "/rule"),
        ({"all": [{"feature": "luck", "op": "lt", "value": 1}]}, "/rule/all/0/feature"),
        ({"all": [{"feature": "on_trial", "op": "like", "value": 1}]}, "/rule/all/0/op"),
        ({"all": [{"feature": "on_trial", "op": "lt", "value": "1"}]}, "/rule/all/0/value"),
        ({"all": [{"feature": "on_trial", "op": "lt", "value": float("nan")}]}, "/rule/all/0/value"),
        ({"all": [{"feature": "on_trial", "op": "known", "more": 1}]}, "/rule/all/0"),
        ({"all": [{"any": [{"all": [{"any": [{"feature": "on_trial", "op": "known"}]}]}]}]}, "/rule/all/0/any/0/all/0"),
        ({"all": [{"feature": "on_trial", "op": "known"}] * 31}, "/rule"),
    ],
)
def test_a_mistake_is_named_by_its_place(told: object, path: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules.parse(told)
    assert refused.value.fields[0].path == path
