"""A number comes out, or does not."""

import math
from pathlib import Path

import pytest

from tenure.app.verification.catalog import SECTIONS
from tenure.app.verification.check import Check, Section
from tenure.kit.i18n import Text


@pytest.mark.parametrize(
    ("check", "passed"),
    [
        (Check("exact", 5, 5), True),
        (Check("exact", 5, 6), False),
        (Check("close", 100, 100.1, 0.001, relative=True), True),
        (Check("close", 100, 100.2, 0.001, relative=True), False),
        (Check("aim", 0.84, 0.85, bound="at_least"), True),
        (Check("aim", 0.84, 0.83, bound="at_least"), False),
        (Check("limit", 0.02, 0.01, bound="at_most"), True),
        (Check("limit", 0.02, 0.03, bound="at_most"), False),
        (Check("nothing", 0, math.nan, 1), False),
    ],
)
def test_a_number_comes_out_within_its_tolerance(check: Check, passed: bool) -> None:
    assert check.passed is passed


def test_a_section_says_which_files_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "here.csv").touch()
    section = Section("0", Text("Trial", "试"), Text("none", "无"), ("here.csv", "there.csv"), lambda data: [])
    assert section.missing(tmp_path) == ["there.csv"]
    assert section.missing(None) == ["here.csv", "there.csv"]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: f"section-{section.number}")
def test_every_number_comes_out(section: Section, shared_data: Path) -> None:
    lacking = section.missing(shared_data)
    if lacking:
        pytest.skip(f"{', '.join(lacking)} not found in {shared_data}")
    failed = [check for check in section.run(shared_data) if not check.passed]
    assert not failed
