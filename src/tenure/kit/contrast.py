"""How well a colour is read on another, as WCAG 2 counts it, and the nearest shade that is read well enough."""

import re

READABLE = 4.5  # words of ordinary size
SEEN = 3.0  # edges of what can be pressed
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_STEPS = 50


def is_colour(text: str) -> bool:
    """Say whether a text is a colour such as ``#1f6f54``."""
    return _COLOUR.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours: 1 is not at all, 21 is black on white."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str, ground: str, needed: float = READABLE) -> str:
    """Return a colour, or the nearest shade of it towards black or white that is read on a ground."""
    if contrast(colour, ground) >= needed:
        return colour
    goal = "#000000" if contrast("#000000", ground) >= contrast("#ffffff", ground) else "#ffffff"
    shades = (_mixed(colour, goal, step / _STEPS) for step in range(1, _STEPS + 1))
    return next((shade for shade in shades if contrast(shade, ground) >= needed), goal)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mixed(colour: str, goal: str, share: float) -> str:
    mixed = (round(a + (b - a) * share) for a, b in zip(_parts(colour), _parts(goal), strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)
