"""What an error of Liquid means, as a fact with its place in what people wrote."""

from liquid.exceptions import (
    BlockNestingError,
    ContextDepthError,
    FilterArgumentError,
    FilterError,
    FilterItemTypeError,
    FilterValueError,
    LiquidError,
    LiquidSyntaxError,
    LocalNamespaceLimitError,
    LoopIterationLimitError,
    OutputStreamLimitError,
    TemplateNotFoundError,
    UndefinedError,
    UnknownFilterError,
)
from liquid.token import Token

from tenure.outreach.content.bounds import Limits, TooLong, TooSlow
from tenure.outreach.content.faults import Kind, Place, TemplateFault


def line_of(token: Token | None) -> int | None:
    """Return the line a token stands on."""
    if token is None or token.start_index < 0:
        return None
    return token.source.count("\n", 0, token.start_index) + 1


def written_line(source: str, what: str) -> int | None:
    """Return the first line of a source that names something."""
    place = source.find(what)
    return None if place < 0 else source.count("\n", 0, place) + 1


def fault_of(error: LiquidError, part: str, written: str, limits: Limits) -> TemplateFault:
    """Return what an error of Liquid means, with its place in the source as people wrote it."""
    kind, what = _told(error, limits)
    line = written_line(written, what) if kind == "missing_variable" else None
    if line is None and error.token is not None and error.token.source == written:
        line = line_of(error.token)
    return TemplateFault(kind, what, Place(part, line))


def _told(error: LiquidError, limits: Limits) -> tuple[Kind, str]:
    message = str(error.message)
    quoted = message.split("'")[1] if message.count("'") > 1 else message
    kinds: dict[type[LiquidError], tuple[Kind, str]] = {
        UndefinedError: ("missing_variable", message),
        UnknownFilterError: ("unknown_filter", quoted),
        TemplateNotFoundError: ("unknown_block", message),
        LoopIterationLimitError: ("too_many_loops", f"{limits.loops:,}"),
        TooLong: ("too_long", f"{limits.characters:,}"),
        OutputStreamLimitError: ("too_long", f"{limits.characters:,}"),
        LocalNamespaceLimitError: ("too_long", f"{limits.held:,}"),
        TooSlow: ("too_slow", f"{limits.seconds:g}"),
        ContextDepthError: ("too_deep", str(limits.depth)),
        BlockNestingError: ("too_deep", "30"),
        FilterError: ("bad_value", message),
        FilterArgumentError: ("bad_value", message),
        FilterItemTypeError: ("bad_value", message),
        FilterValueError: ("bad_value", message),
    }
    if isinstance(error, LiquidSyntaxError) and message.startswith("unexpected tag"):
        return "unknown_filter", quoted
    for known, told in kinds.items():
        if isinstance(error, known):
            return told
    return "syntax", message
