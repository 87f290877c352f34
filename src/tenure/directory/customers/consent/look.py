"""The company's look on the public pages: its name, colours, logo and address, readable by day and by night."""

from dataclasses import dataclass
from html import escape

from tenure.kit.contrast import READABLE, SEEN, contrast, is_colour, readable
from tenure.kit.i18n import Text

PAPER, NIGHT = "#ffffff", "#10161d"
USUAL, ON_USUAL = "#0f766e", "#ffffff"


@dataclass(frozen=True, slots=True)
class Look:
    """How the pages look: the colour of what is pressed, the words on it, and who stands behind the page."""

    name: str
    colour: str = USUAL
    text_colour: str = ON_USUAL
    logo_url: str = ""
    site_url: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Contrast:
    """How well one thing is read on another: what was asked for, and whether it is enough."""

    what: Text
    ratio: float
    needed: float

    @property
    def enough(self) -> bool:
        """Say whether it is read well enough."""
        return self.ratio >= self.needed


def contrasts(look: Look) -> list[Contrast]:
    """Return what WCAG asks of a look, and how it does."""
    colour, words = _colours(look)
    return [
        Contrast(_WORDS, round(contrast(colour, words), 2), READABLE),
        Contrast(_BUTTON, round(contrast(colour, PAPER), 2), SEEN),
    ]


def variables(look: Look) -> str:
    """Return the colours as CSS; lines and links take the nearest shade that is read on the page."""
    colour, words = _colours(look)
    day, night = readable(colour, PAPER), readable(colour, NIGHT)
    return (
        f":root{{--fill:{colour};--on:{words};--brand:{day}}}"
        f"@media(prefers-color-scheme:dark){{:root{{--brand:{night}}}}}"
    )


def head(look: Look) -> str:
    """Return who the page is from: the logo where there is one, else the name."""
    if _is_address(look.logo_url):
        return f'<img class="logo" src="{escape(look.logo_url)}" alt="{escape(look.name)}">'
    return f"<strong>{escape(look.name)}</strong>"


def foot(look: Look) -> str:
    """Return the foot of the page: name, postal address, site."""
    site = f'<a href="{escape(look.site_url)}">{escape(_host(look.site_url))}</a>' if _is_address(look.site_url) else ""
    told = [part for part in (escape(look.name), escape(look.address), site) if part]
    return f"<footer>{' · '.join(told)}</footer>" if told else ""


def _colours(look: Look) -> tuple[str, str]:
    colour = look.colour if is_colour(look.colour) else USUAL
    return colour, look.text_colour if is_colour(look.text_colour) else ON_USUAL


def _is_address(url: str) -> bool:
    return url.startswith(("https://", "/")) and not url.startswith("//")


def _host(url: str) -> str:
    return url.removeprefix("https://").split("/")[0]


_WORDS = Text("Words on the button", "按钮上的文字")
_BUTTON = Text("The button on the page", "按钮与页面背景")
