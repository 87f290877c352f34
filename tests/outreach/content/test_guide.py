"""The guide names every variable and every block a template may use, in both languages."""

from pathlib import Path

import pytest

from tenure.kit.i18n import LANGUAGES, Language
from tenure.outreach.content.blocks import BUILT_IN
from tenure.outreach.content.variables import VARIABLES

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guide"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_names_every_variable_with_its_meaning(language: Language) -> None:
    page = (GUIDE / language / "messages.md").read_text(encoding="utf-8")
    missing = [one.name for one in VARIABLES if f"`{one.name}" not in page or one.meaning.say(language) not in page]
    assert missing == []
    assert [name for name in BUILT_IN if f"`{name}`" not in page] == []
