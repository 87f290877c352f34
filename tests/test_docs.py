"""The guide keeps up with the product: everything is named, in both languages, and no link is dead."""

import re
from pathlib import Path

import pytest

from tenure.app import reference
from tenure.kit.i18n import LANGUAGES, Language

CHECKOUT = Path(__file__).resolve().parent.parent
GUIDE = CHECKOUT / "docs" / "guide"
PAGES = sorted(CHECKOUT.glob("*.md")) + sorted((CHECKOUT / "docs").rglob("*.md"))
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
README_LINES = 80


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_metric_feature_setting_command_and_column_is_documented(language: Language) -> None:
    for name, text in reference.pages(language).items():
        stored = (GUIDE / language / name).read_text(encoding="utf-8")
        assert stored == text, f"{name} is stale: run `.venv/bin/python -m tenure.app.reference docs/guide`"


def test_both_languages_have_the_same_pages() -> None:
    en, zh = ({path.name for path in (GUIDE / language).glob("*.md")} for language in LANGUAGES)
    assert en == zh
    assert "index.md" in en


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHECKOUT)))
def test_no_link_leads_nowhere(page: Path) -> None:
    targets = [target for target in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in target]
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert missing == []


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_readme_stays_short(name: str) -> None:
    assert len((CHECKOUT / name).read_text(encoding="utf-8").splitlines()) <= README_LINES


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_names_every_page(language: Language) -> None:
    linked = set(LINK.findall((GUIDE / language / "index.md").read_text(encoding="utf-8")))
    assert {path.name for path in (GUIDE / language).glob("*.md")} - {"index.md"} <= linked
