"""Under which id a person is known: a few signed up twice and buy under the second id from then on."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from . import arrow_columns as columns
from .chance import Bools, Ints
from .people import People
from .timeline import DAY, Timeline

TWICE_SHARE = 0.006
NEVER = np.int64(2**62)


@dataclass(frozen=True)
class Identity:
    """The ids of a batch of people; ``second_from`` is the UTC second at which the second id takes over."""

    number: Ints
    second_from: Ints

    @property
    def twice(self) -> Bools:
        """Return who has two ids."""
        return np.asarray(self.second_from < NEVER)

    def first_ids(self, person: Ints) -> pa.Array:
        """Return the id under which each person first signed up."""
        return columns.numbered("C", self.number[person] + 1, 7)

    def second_ids(self, person: Ints) -> pa.Array:
        """Return the id of the second sign-up; its digits tell nothing of the first."""
        return columns.numbered("W", (self.number[person] * 7_368_787 + 4_051) % 10_000_000, 7)

    def at(self, person: Ints, seconds: Ints) -> pa.Array:
        """Return the id in use at each instant; empty where ``person`` is −1."""
        who = np.maximum(person, 0)
        second = (seconds >= self.second_from[who]) & (person >= 0)
        ids = columns.blank(self.first_ids(who), person >= 0)
        if not second.any():
            return ids
        rows = np.flatnonzero(second)
        return pc.replace_with_mask(ids, pa.array(second), self.second_ids(who[rows]))


def identify(rng: np.random.Generator, people: People, timeline: Timeline) -> Identity:
    """Choose who signs up a second time, at least a month after the first and before the end."""
    joined = timeline.utc(people.joined_day, np.zeros(len(people), dtype=np.int64), people.offset)
    left = timeline.end - joined
    chosen = (rng.random(len(people)) < TWICE_SHARE) & (left > 90 * DAY)
    moment = joined + 30 * DAY + (rng.random(len(people)) * np.maximum(left - 60 * DAY, 1)).astype(np.int64)
    return Identity(people.number, np.where(chosen, moment, NEVER))


def customers_columns(people: People, identity: Identity) -> Ints:
    """Return the person behind each customer row: everybody once, then those with a second id again."""
    return np.concatenate([np.arange(len(people)), np.flatnonzero(identity.twice)])
