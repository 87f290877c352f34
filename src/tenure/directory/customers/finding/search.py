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
    return " & ".join(_word(word) for word in words if word) or None


def _word(word: str) -> str:
    """Return the question for one word; one with Chinese in it may also be the beginning of an id."""
    parts = _PARTS.findall(word)
    terms = " & ".join(term for part in parts for term in _terms(part))
    in_han = any(re.match(f"[{_HAN}]", part) for part in parts)
    return f"({_starting_with(word[:200])} | ({terms}))" if in_han else terms


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
