"""What every parser gives back: typed values, and which of the texts it could not read."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True)
class Parsed:
    """Typed values beside their texts; ``wrong`` marks texts that stand for no value."""

    values: pa.Array
    wrong: pa.Array

    @classmethod
    def of(cls, texts: pa.Array, values: pa.Array) -> "Parsed":
        """Call wrong what had a text but got no value."""
        return cls(values, pc.and_(pc.is_valid(texts), pc.is_null(values)))

    def take(self, indices: pa.Array) -> "Parsed":
        """Spread results of distinct texts over the rows they stand in."""
        return Parsed(self.values.take(indices), pc.fill_null(self.wrong.take(indices), False))
