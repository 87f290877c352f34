"""Finds the line that names the columns, below any title lines, and tells it from data."""

import re

LOOKED_AT = 20
_DATA = re.compile(r"^[\s(+-]*[¥￥$€£]?\s*\d[\d\s.,:/%年月日TZ+-]*\)?$")


def find_header(records: list[list[str]]) -> int:
    """Return how many lines stand above the header: the first line as wide as the lines that follow."""
    widths = [sum(1 for cell in record if cell.strip()) for record in records[:LOOKED_AT]]
    widest = max(widths, default=0)
    # A title line fills one or two cells of a table that is wider; a header may leave a few cells blank.
    return next((i for i, width in enumerate(widths) if width * 2 > widest and width > 0), 0)


def looks_like_data(header: list[str]) -> bool:
    """Say whether a header line holds numbers or dates, as data would; one numeric name is forgiven."""
    filled = [cell for cell in header if cell.strip()]
    values = sum(1 for cell in filled if _DATA.match(cell.strip()))
    return values > len(filled) // 3 and values > (1 if len(filled) > 2 else 0)
