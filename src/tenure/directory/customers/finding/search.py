"""What somebody typed, as a question to the search index; see ``customers.tables.SEARCH_TERMS`` for its terms."""

import re

_HAN = "぀-ヿ㐀-䶿一-鿿가-힯"
_PARTS = re.compile(f"[{_HAN}]+|[^{_HAN}]+")
_PHONE = re.compile(r"[+(]*\d[\d\s().+-]{2,}")
MOST_WORDS = 8


def search_query(typed: str) -> str | None:
    """Return a tsquery that all typed words must meet, or None when nothing was typed.

    Latin words and numbers match by their beginning, Chinese by any characters that stand together.
    """
    typed = typed.replace("\0", " ").strip().lower()
    if _PHONE.fullmatch(typed):
        return _starting_with(re.sub(r"\D", "", typed))
    words = re.split(r"[\s,;|/]+", typed)[:MOST_WORDS]
    terms = [term for word in words for part in _PARTS.findall(word) for term in _terms(part)]
    return " & ".join(terms) or None


def character_query(text: str) -> str | None:
    """Return a tsquery that every name holding this text meets, or None when it has no Chinese characters."""
    runs = [part for part in _PARTS.findall(text.lower()) if re.match(f"[{_HAN}]", part)]
    return " & ".join(term for run in runs for term in _terms(run)) or None


def _terms(part: str) -> list[str]:
    if not re.match(f"[{_HAN}]", part):
        return [_starting_with(part[:200])]
    if len(part) == 1:
        return [_quoted(part)]
    return [_quoted(part[at : at + 2]) for at in range(min(len(part) - 1, 20))]


def _starting_with(word: str) -> str:
    return f"{_quoted(word)}:*"


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
