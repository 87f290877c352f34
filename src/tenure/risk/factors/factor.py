"""A factor: features that tell one story, and the sentences that tell it with a customer's own numbers."""

from dataclasses import dataclass

from tenure.kit.i18n import Text
from tenure.risk.phrases import Phrase


@dataclass(frozen=True)
class Factor:
    """One story: its features, whose effects are added up, and its sentences, the first that fits is said.

    ``suggestion`` words what to do about it in the call list.
    """

    name: str
    label: Text
    features: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    suggestion: Text


def say(en: str, zh: str, **above: float) -> Phrase:
    """Return a sentence; the numbers named in ``above`` must exceed their bounds for it to be worth saying."""
    return Phrase(Text(en, zh), tuple(above.items()))
