"""Takes what names a person out of texts and of JSON of any shape."""

import json
import re
from collections.abc import Iterable
from functools import cached_property

GONE = "[erased 已删除]"
_NAMING = ("customer_id", "customer", "canonical_id", "merged_id", "kept_id")
_SHORT = 4  # an id shorter than this stands in too many texts by chance


class Scrub:
    """Whom to take out: ``ids`` and names where a text is just that, addresses and numbers wherever they stand."""

    def __init__(self, ids: Iterable[str], addresses: Iterable[str], names: Iterable[str] = ()) -> None:
        self.ids = frozenset(ids)
        self.whole = self.ids | frozenset(names)
        self.addresses = tuple(sorted(addresses, key=len, reverse=True))

    @cached_property
    def _within(self) -> re.Pattern[str] | None:
        named = sorted((one for one in self.ids if len(one) >= _SHORT), key=len, reverse=True)
        parts = [rf"(?<![\w-]){re.escape(one)}(?![\w-])" for one in named]
        parts += [re.escape(address) for address in self.addresses]
        return re.compile("|".join(parts), re.IGNORECASE) if parts else None

    def json(self, value: object) -> object:
        """Return JSON without them: what is about one of them leaves its list, what mentions one says so."""
        if isinstance(value, list):
            return [self.json(item) for item in value if not self._is_about(item)]
        if isinstance(value, dict):
            return {name: self.json(inner) for name, inner in value.items() if name not in self.ids}
        return self.text(value) if isinstance(value, str) else value

    def text(self, text: str) -> str:
        """Return a text without them."""
        if text in self.whole:
            return GONE
        return text if self._within is None else self._within.sub(GONE, text)

    def document(self, text: str) -> str:
        """Return a text that may be JSON without them."""
        try:
            told = json.loads(text)
        except ValueError:
            return self.text(text)
        return json.dumps(self.json(told), ensure_ascii=False)

    def _is_about(self, item: object) -> bool:
        if not isinstance(item, dict):
            return False
        return any(isinstance(item.get(name), str) and item[name] in self.ids for name in _NAMING)
