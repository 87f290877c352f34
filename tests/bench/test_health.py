"""The health indicators see what they are meant to see."""

from pathlib import Path

import pytest

from bench.health import graph, web_code
from bench.health.indicator import Indicator, copied, spread
from bench.health.source import Source, complexity

TANGLE = '''
"""A file."""

def choose(a, b, *, c=1):
    """Say which."""
    # a comment is no code
    if a:
        return [x for x in b]
    for y in b:
        c += y

    return c
'''


@pytest.fixture
def source() -> Source:
    return Source(Path("tangle.py"), "tenure.tangle", TANGLE)


def test_comments_blank_lines_and_docstrings_are_no_code(source: Source) -> None:
    assert len(source.code_lines) == 6
    assert source.length(source.functions[0]) == 6


def test_every_branch_is_one_more_way_through(source: Source) -> None:
    assert complexity(source.functions[0]) == 4


def test_a_circle_of_three_is_a_knot_and_who_looks_on_is_not() -> None:
    assert graph.knotted({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == {"a", "b", "c"}


def test_relative_imports_are_followed() -> None:
    inner = Source(Path("rules.py"), "tenure.room.rules", "from . import tables\nfrom ..kit import ids\n")
    assert inner.imports() == {"tenure.room.tables", "tenure.kit.ids"}


def test_eight_equal_lines_in_two_files_are_copies() -> None:
    block = [f"line {n}" for n in range(8)]
    assert copied([[*block, "one"], [*block, "two"]]) == pytest.approx(100 * 16 / 18, abs=0.01)
    assert copied([block, block[1:]]) == 0


def test_a_figure_past_its_target_is_marked_and_past_its_alarm_more_so() -> None:
    assert [Indicator("lines", (value,), (10,), 20).sign for value in (10, 11, 21)] == ["✓", "!", "✗"]
    assert Indicator("documented", (80,), (100,), 90, more_is_better=True).sign == "✗"


def test_the_spread_of_nothing_is_zero() -> None:
    assert spread([]) == (0, 0, 0)
    assert spread(range(1, 11)) == (5, 9, 10)


def test_any_is_counted_in_web_code_but_not_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.ts").write_text('const a: any = "any" as any; // any\n// : any\nconst many: number = 1;\n')
    found = {one.name: one.values for one in web_code.measure(tmp_path)}
    assert found["web any"] == (2,)


def test_a_tree_that_does_not_parse_is_an_error_and_not_a_zero() -> None:
    with pytest.raises(SyntaxError):
        _ = Source(Path("x.py"), "x", "def (").tree
