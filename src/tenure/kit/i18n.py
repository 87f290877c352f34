"""Words in both languages, carried together so that neither is forgotten."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@dataclass(frozen=True)
class Text:
    """A sentence in English and in Chinese; the reader's language is chosen where it is shown."""

    en: str
    zh: str

    def say(self, language: Language) -> str:
        """Return the sentence in one language."""
        return self.zh if language == "zh" else self.en

    def fill(self, **values: object) -> "Text":
        """Return the sentence with ``{name}`` places filled; a ``Text`` value speaks each language."""
        return Text(self.en.format(**_spoken(values, "en")), self.zh.format(**_spoken(values, "zh")))


def _spoken(values: Mapping[str, object], language: Language) -> dict[str, object]:
    return {k: v.say(language) if isinstance(v, Text) else v for k, v in values.items()}


def preferred_language(accept_language: str | None) -> Language:
    """Choose a language from an ``Accept-Language`` header or a locale name such as ``zh_CN.UTF-8``."""
    for part in (accept_language or "").lower().replace("_", "-").split(","):
        tag = part.split(";")[0].strip()
        if tag.startswith("zh"):
            return "zh"
        if tag.startswith("en"):
            return "en"
    return "en"
