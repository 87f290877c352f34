"""Whose words a customer reads."""

import pytest

from tenure.outreach.content.variants import choose, normal


@pytest.mark.parametrize(("there", "wanted", "default", "read"), [
    (["zh-CN", "zh", "en"], "zh_cn", "en", "zh-CN"),
    (["zh", "en"], "zh-CN", "en", "zh"),
    (["zh-TW", "en"], "zh-CN", "en", "zh-TW"),
    (["zh", "en"], "de", "en", "en"),
    (["zh", "fr"], "de", "en-GB", "fr"),
    (["zh-CN"], "de", "zh", "zh-CN"),
    (["zh"], "", "en", "zh"),
    ([], "en", "en", None),
])  # fmt: skip
def test_the_nearest_language_is_read_then_the_workspaces_then_any(
    there: list[str], wanted: str, default: str, read: str | None
) -> None:
    assert choose(dict.fromkeys(there, 1), wanted, default) == read


def test_tags_are_kept_in_one_form() -> None:
    assert [normal(tag) for tag in ("ZH_hans_cn", "en", " pt-br ")] == ["zh-Hans-CN", "en", "pt-BR"]
