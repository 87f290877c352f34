"""Text as people type it, made comparable: one width, no stray spaces, blanks told as missing."""

import pyarrow as pa
import pyarrow.compute as pc

# Words that programs write for "nothing"; compared exactly, so that a person may be called Null.
NOTHING = pa.array(["", "NULL", "N/A", "#N/A", "NaN", "nan", "<NA>", "\\N", "NaT"])


SPACES = " \t\r\n\u00a0\u3000\u200b\ufeff"
GUARD = r"""^(?:="(.*)"|['`]\s*([\d+-].*))$"""


def trimmed(values: pa.Array) -> pa.Array:
    """Return text without spaces around it, blanks as null."""
    stripped = pc.utf8_trim(values, characters=SPACES)
    # Spreadsheet exports guard long numbers as ="138…" or '138…
    stripped = pc.utf8_trim(pc.replace_substring_regex(stripped, pattern=GUARD, replacement=r"\1\2"), characters=SPACES)
    return pc.if_else(pc.is_in(stripped, value_set=NOTHING), pa.scalar(None, pa.string()), stripped)


def plain(values: pa.Array) -> pa.Array:
    """Return text in half-width characters, for numbers, dates and addresses."""
    narrow = pc.utf8_normalize(trimmed(values), form="NFKC")
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(narrow, pattern="[−–]", replacement="-"))


def matches(values: pa.Array, pattern: str) -> pa.Array:
    """Say which values match a pattern; missing ones do not."""
    return pc.fill_null(pc.match_substring_regex(values, pattern=pattern), False)


def replaced(values: pa.Array, pattern: str, replacement: str = "") -> pa.Array:
    """Return values with every match of a pattern replaced."""
    return pc.replace_substring_regex(values, pattern=pattern, replacement=replacement)
