"""What the cells of a column look like: dates, money, addresses, telephone numbers, ids."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from tenure.sources.choices import FLAGS
from tenure.sources.parsing.contacts import EMAIL
from tenure.sources.parsing.dates import parse_times
from tenure.sources.parsing.numbers import parse_number
from tenure.sources.parsing.text import matches, plain, trimmed

SAMPLE_ROWS = 5_000
SHOWN_SAMPLES = 5


@dataclass(frozen=True)
class Profile:
    """Shares of the filled cells of a sample, each from 0 to 1."""

    filled: float
    distinct: float
    dates: float
    separated_dates: float
    numbers: float
    decimals: float
    emails: float
    phones: float
    flags: float
    numbered: float
    samples: tuple[str, ...]


def profile(cells: pa.Array) -> Profile:
    """Look at the cells of one column."""
    told = pc.drop_null(trimmed(cells))
    if len(told) == 0:
        return Profile(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ())
    distinct = pc.unique(told)
    clean = plain(distinct)

    def share(mask: pa.Array) -> float:
        return float(pc.mean(pc.cast(mask, pa.float64())).as_py() or 0.0)

    dates = pc.is_valid(parse_times(clean, "dmy", "UTC").values)
    other_dates = pc.is_valid(parse_times(clean, "mdy", "UTC").values)
    either = pc.or_(dates, other_dates)
    return Profile(
        filled=len(told) / len(cells),
        distinct=len(distinct) / len(told),
        dates=share(either),
        separated_dates=share(pc.and_(either, matches(clean, r"[-/年:.]\d|[A-Za-z]{3}"))),
        numbers=share(pc.is_valid(parse_number(clean).values)),
        decimals=share(matches(clean, r"\d\.\d{1,4}$|[¥$€£元]")),
        emails=share(matches(pc.utf8_lower(clean), EMAIL)),
        phones=share(
            matches(
                clean,
                r"^(\+?\d{1,3}[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}$|^\+\d[\d ()-]{7,17}$|^\(?0\d{2,4}\)?[ -]\d[\d -]{5,10}$",
            )
        ),
        flags=share(pc.is_in(pc.utf8_lower(clean), value_set=pa.array(list(FLAGS)))),
        numbered=share(matches(clean, r"^#\d+$")),
        samples=tuple(str(value) for value in distinct.slice(0, SHOWN_SAMPLES).to_pylist()),
    )
