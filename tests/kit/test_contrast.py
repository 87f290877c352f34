"""Contrast as WCAG counts it, by its own examples, and shades that are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.kit.contrast import contrast, is_colour, readable

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(("one", "other", "ratio"), [
    ("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#767676", "#ffffff", 4.54), ("#ff0000", "#ffffff", 4.0),
])  # fmt: skip
def test_known_contrasts_come_out(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@given(COLOURS, st.sampled_from(["#ffffff", "#10161d"]))
def test_a_readable_shade_is_read_and_a_good_colour_stays(colour: str, ground: str) -> None:
    found = readable(colour, ground)
    assert is_colour(found)
    assert contrast(found, ground) >= 4.5
    assert found == colour or contrast(colour, ground) < 4.5
