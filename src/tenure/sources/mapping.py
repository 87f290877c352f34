"""Guesses what each column means and what kind of file it is, and says why; a person may change every guess."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tenure.kit.i18n import Text
from tenure.sources.kinds import IDENTIFIERS, KEPT, KINDS, Field, Kind
from tenure.sources.profile import Profile
from tenure.sources.synonyms import ANYWHERE, BY_KIND, Names, normal

SURE, LIKELY, CONTENT = 0.98, 0.7, 0.5
CONTRADICTED = 0.3  # a header's word counts this much when the cells say otherwise
ENOUGH = 0.35
RANK_STEP = 0.002  # of two columns with good names, the name that stands first in the list wins


@dataclass(frozen=True)
class Match:
    """What a column is taken to mean: a field, or None for not used; how sure; and why."""

    column: str
    field: str | None
    confidence: float
    why: Text


@dataclass(frozen=True)
class Guess:
    """The likeliest kind of a file with the meaning of its columns."""

    kind: str
    confidence: float
    matches: tuple[Match, ...]


def guess(profiles: Mapping[str, Profile], kind: str | None = None) -> Guess:
    """Guess the kind of a file (unless it is given) and what its columns mean."""
    found = {name: match_columns(profiles, KINDS[name]) for name in ([kind] if kind else KINDS)}
    scores = {name: _score(KINDS[name], matches) for name, matches in found.items()}
    best = max(scores, key=lambda name: scores[name])
    rival = max((score for name, score in scores.items() if name != best and not _are_twins(name, best)), default=0.0)
    confidence = 1.0 if kind else round(scores[best] / (scores[best] + rival), 2) if scores[best] else 0.0
    return Guess(best, confidence, found[best])


def match_columns(profiles: Mapping[str, Profile], kind: Kind) -> tuple[Match, ...]:
    """Give every column of a file its likeliest field of one kind; no field twice."""
    candidates = [
        match
        for column, seen in profiles.items()
        for field in kind.fields
        if (match := _compare(column, seen, field, _names(kind, field))) is not None
    ]
    chosen = _best_of(candidates)
    chosen |= _best_of(_by_content(profiles, kind, chosen))
    return tuple(chosen.get(column) or _left_over(column, kind) for column in profiles)


def fingerprint(columns: Sequence[str]) -> str:
    """Return the same text for the same header, so that its mapping can be remembered."""
    return hashlib.sha256("\x1f".join(sorted(normal(column) for column in columns)).encode()).hexdigest()[:32]


def _names(kind: Kind, field: Field) -> Names:
    here, anywhere = BY_KIND[kind.name].get(field.name, Names()), ANYWHERE.get(field.name, Names())
    return Names(here.sure + anywhere.sure, here.likely + anywhere.likely)


def _compare(column: str, seen: Profile, field: Field, names: Names) -> Match | None:
    header = normal(column)
    if header == "name" and field.name == "order_id" and seen.numbered > 0.9:
        return Match(
            column, field.name, 0.99, Text("Values such as #1001 are order numbers.", "形如 #1001 的值是订单号。")
        )
    if header in names.sure:
        confidence = SURE - RANK_STEP * names.sure.index(header)
    elif header in names.likely:
        confidence = LIKELY - RANK_STEP * names.likely.index(header)
    else:
        return None
    label = field.label
    if _contradicts(seen, field):
        why = Text("The name says {label}, but the values do not look like it.", "列名像“{label}”，但内容不像。")
        return Match(column, field.name, round(confidence * CONTRADICTED, 2), why.fill(label=label))
    why = Text("“{column}” is a name for {label}.", "“{column}”是“{label}”的常用列名。").fill(
        column=column, label=label
    )
    return Match(column, field.name, round(confidence, 3), why)


def _contradicts(seen: Profile, field: Field) -> bool:
    if not seen.samples:
        return False
    if field.type in ("time", "date"):
        return seen.dates < 0.5
    if field.type in ("money", "number"):
        return seen.numbers < 0.5
    if field.type == "email":
        return seen.emails < 0.3
    if field.type == "flag":
        return seen.flags < 0.5
    if field.name in ("name", "city", "country", "product_name"):
        return seen.numbered > 0.5 or seen.separated_dates > 0.9
    return False


def _best_of(candidates: Iterable[Match]) -> dict[str, Match]:
    """Choose the surest matches first; a column and a field are used once."""
    chosen: dict[str, Match] = {}
    fields: set[str | None] = set()
    for match in sorted(candidates, key=lambda m: -m.confidence):
        if match.confidence >= ENOUGH and match.column not in chosen and match.field not in fields:
            chosen[match.column] = match
            fields.add(match.field)
    return chosen


def _by_content(profiles: Mapping[str, Profile], kind: Kind, chosen: Mapping[str, Match]) -> list[Match]:
    """Look at the cells of columns whose names said nothing, for fields that are still wanted."""
    taken = {match.field for match in chosen.values()}
    wanted = [f for f in kind.fields if f.name not in taken and (f.required or f.name in ("email", "phone", "amount"))]
    return [
        Match(column, field.name, confidence, why.fill(label=field.label))
        for column, seen in profiles.items()
        if column not in chosen and seen.samples
        for field in wanted
        for confidence, why in [_look(seen, field)]
        if confidence
    ]


def _look(seen: Profile, field: Field) -> tuple[float, Text]:
    if field.type == "time" and seen.separated_dates > 0.8:
        return CONTENT, Text("The values are dates.", "内容是日期。")
    if field.type == "email" and seen.emails > 0.8:
        return 0.9, Text("The values are e-mail addresses.", "内容是电子邮箱。")
    if field.type == "phone" and seen.phones > 0.8:
        return 0.8, Text("The values are telephone numbers.", "内容是电话号码。")
    if field.name == "amount" and seen.numbers > 0.9 and seen.decimals > 0.5:
        return 0.4, Text("The values are amounts of money.", "内容是金额。")
    return 0.0, Text("", "")


def _left_over(column: str, kind: Kind) -> Match:
    if kind.keeps:
        return Match(column, KEPT, 1.0, Text("Kept under its own name.", "按原列名保留。"))
    return Match(column, None, 1.0, Text("Not needed.", "不需要。"))


def _score(kind: Kind, matches: Sequence[Match]) -> float:
    sure = {match.field: match.confidence for match in matches if match.field not in (None, KEPT)}
    # Only a telling name makes a telling field: any file with a date could otherwise be one of subscriptions.
    score = sum(
        (field.weight if sure.get(field.name, 0.0) > 0.9 else 1.0) * sure.get(field.name, 0.0) for field in kind.fields
    )
    missing = sum(1 for name in kind.required if name not in sure)
    if kind.name in ("orders", "order_items") and not sure.keys() & {"amount", "line_amount", "unit_price"}:
        missing += 1
    if kind.name == "order_items" and "ordered_at" in sure:
        missing += 1  # lines that know their time can make the orders too
    if kind.name not in ("products", "orders", "order_items") and not sure.keys() & set(IDENTIFIERS):
        missing += 1
    return round(score * 0.25**missing, 4)  # equal scores must be equal: the kind that stands first wins


def _are_twins(one: str, other: str) -> bool:
    return {one, other} == {"orders", "order_items"}
