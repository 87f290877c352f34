"""Liquid, sandboxed and strict: templates see plain values, touch nothing, and stop when they cost too much."""

from collections.abc import Callable, Mapping
from io import StringIO
from typing import Any, TextIO

from liquid import DictLoader, Environment, RenderContext
from liquid.builtin.expressions.primitive import RangeLiteral
from liquid.exceptions import LiquidError, LoopIterationLimitError, UndefinedError
from liquid.filter import with_context
from liquid.static_analysis import TemplateAnalysis
from liquid.template import BoundTemplate
from liquid.token import Token
from liquid.undefined import UNDEFINED, FalsyStrictUndefined

from tenure.outreach.content import endings
from tenure.outreach.content import reader as speech
from tenure.outreach.content.bounds import Limits, Sheet, begin, bounded, check_time, writing
from tenure.outreach.content.faults import Place, TemplateFault
from tenure.outreach.content.reader import Reader
from tenure.outreach.content.telling import fault_of, line_of

NO_TAGS = ("include", "increment", "decrement", "ifchanged", "doc")
NO_FILTERS = ("safe", "escapejs", "base64_decode", "base64_url_safe_decode", "date")
Missing = list[tuple[str, int | None]]


_QUIET = FalsyStrictUndefined.allowed_properties | {"_used", "__str__", "__iter__", "__len__", "__int__"}


class Unknown(FalsyStrictUndefined):
    """A value nobody knows: it may be asked for and given a default, and nothing else.

    While a proof is made it is written down instead of ending the message.
    """

    force_liquid_default = True

    def __init__(self, name: str, *, token: Token | None, obj: object = UNDEFINED, hint: str | None = None) -> None:
        path = hint.removesuffix(" is undefined").strip("'") if hint and hint.endswith(" is undefined") else name
        super().__init__(name, token=token, obj=obj, hint=path)

    def _used(self) -> None:
        path, token = object.__getattribute__(self, "hint"), object.__getattribute__(self, "token")
        found = writing().missing
        if found is None:
            raise UndefinedError(path, token=token)
        found.append((path, line_of(token)))

    def __getattribute__(self, name: str) -> Any:
        if name == "__html__":
            raise AttributeError(name)
        if name in _QUIET:
            return object.__getattribute__(self, name)
        object.__getattribute__(self, "_used")()
        return object.__getattribute__(self, name)

    def __str__(self) -> str:
        self._used()
        return ""

    def __iter__(self) -> Any:
        self._used()
        return iter(())

    def __len__(self) -> int:
        self._used()
        return 0

    def __int__(self) -> int:
        self._used()
        return 0

    def __eq__(self, other: object) -> bool:
        return other is False or other is None or isinstance(other, Unknown)

    __hash__ = None  # type: ignore[assignment]  # two things that are not known are not the same thing


class _Context(RenderContext):
    """A context that minds the time and writes on sheets."""

    __slots__ = ()

    def get(self, path: list[object], *, token: Token | None, default: object = UNDEFINED) -> object:
        found = self._plainly(path)
        if found is not None:
            return found
        found = super().get(path, token=token, default=default)
        if found is None and default is UNDEFINED:  # a value that is empty is as unknown as one that is not there
            return self.env.undefined(".".join(str(part) for part in path), token=token)
        return found

    def _plainly(self, path: list[object]) -> object:
        """Return a value that lies in mappings all the way, as nearly all do; None sends the path the long way."""
        try:
            found: object = self.scope[str(path[0])]
        except (KeyError, TypeError):
            return None
        for part in path[1:]:
            if type(found) is not dict or not isinstance(part, str):
                return None
            found = found.get(part)
        return found

    def raise_for_loop_limit(self, length: int = 1) -> None:
        check_time()
        super().raise_for_loop_limit(length)

    def get_buffer(self, buf: TextIO | None = None) -> StringIO:
        return Sheet(buf.room if isinstance(buf, Sheet) else writing().limits.characters)

    def get_size_of_locals(self) -> int:
        return sum(_size(value) for value in self.locals.values()) + self.local_namespace_size_carry


class _Bound(BoundTemplate):
    """A template whose output is a sheet."""

    context_class = _Context

    def _get_buffer(self) -> StringIO:
        return Sheet(writing().limits.characters)


class Templates:
    """Everything templates of one kind share: filters, limits, and the blocks they may render.

    With ``html`` every value is escaped on its way out, and there is no filter that lets one through.
    """

    def __init__(self, blocks: Mapping[str, str] | None = None, *, html: bool, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        made = type("_Environment", (Environment,), {
            "context_depth_limit": self.limits.depth, "loop_iteration_limit": self.limits.loops,
            "local_namespace_limit": self.limits.held, "template_class": _Bound,
        })  # fmt: skip
        self.environment: Environment = made(undefined=Unknown, autoescape=html, loader=_Blocks(dict(blocks or {})))
        for name in NO_TAGS:
            self.environment.tags.pop(name, None)
        for name in NO_FILTERS:
            self.environment.filters.pop(name, None)
        self.environment.filters.update(_SPOKEN)
        for name, function in list(self.environment.filters.items()):
            self.environment.filters[name] = bounded(name, function, self.limits)

    def parse(self, source: str, part: str, written: str | None = None) -> "Template":
        """Read a template; ``written`` is the source as people wrote it, by whose lines places are named."""
        if len(source) > self.limits.source:
            raise TemplateFault("too_long", f"{self.limits.source:,}", Place(part))
        endings.check(source, endings.LIQUID, part)
        try:
            return Template(self.environment.from_string(source), part, written or source, self.limits)
        except LiquidError as error:
            raise fault_of(error, part, written or source, self.limits) from error
        except RecursionError as error:
            raise TemplateFault("syntax", "nested too deeply", Place(part)) from error


class Template:
    """A template that was read, ready for any customer."""

    def __init__(self, bound: BoundTemplate, part: str, written: str, limits: Limits) -> None:
        self.bound, self.part, self.written, self.limits = bound, part, written, limits

    def render(self, variables: Mapping[str, object], reader: Reader, missing: Missing | None = None) -> str:
        """Write the template out; raises ``TemplateFault``. With ``missing``, what is not known is noted there."""
        begin(reader, self.limits, missing)
        try:
            return self.bound.render(variables)
        except LiquidError as error:
            raise fault_of(error, self.part, self.written, self.limits) from error
        except RecursionError as error:
            raise TemplateFault("too_deep", self.limits.depth, Place(self.part)) from error
        except (ArithmeticError, ValueError, TypeError, LookupError, AttributeError) as error:
            raise TemplateFault("bad_value", type(error).__name__, Place(self.part)) from error

    def analysis(self) -> TemplateAnalysis:
        """Return which variables and filters the template and its blocks use; raises when a block is missing or wrong."""
        try:
            return self.bound.analyze()
        except LiquidError as error:
            raise fault_of(error, self.part, self.written, self.limits) from error


class _Blocks(DictLoader):
    """Blocks by name, each read once."""

    def __init__(self, templates: dict[str, str]) -> None:
        super().__init__(templates)
        self._read: dict[str, BoundTemplate] = {}

    def load(self, env: Environment, name: str, **named: Any) -> BoundTemplate:
        """Return a block as it was read the first time."""
        found = self._read.get(name)
        if found is None:
            endings.check(self.templates.get(name, ""), endings.LIQUID, name)
            found = self._read[name] = super().load(env, name, **named)
        return found


_ranged = RangeLiteral._make_range


def _short(self: RangeLiteral, start: object, stop: object) -> range:
    """Return a range no longer than loops may be: asked whether it holds a word, a range looks through all its numbers."""
    made = _ranged(self, start, stop)
    if made.stop - made.start > writing().limits.loops:
        raise LoopIterationLimitError("a range that long", token=self.token)
    return made


RangeLiteral._make_range = _short  # type: ignore[method-assign]


def _size(value: object) -> int:
    return len(value) if isinstance(value, str) else 16 * len(value) if isinstance(value, list | tuple) else 16


def _spoken(name: str, say: Callable[..., str]) -> Callable[..., str]:
    @with_context
    def filtered(value: object, *arguments: object, context: RenderContext) -> str:
        del context
        if isinstance(value, Unknown):
            return str(value)  # which says that it is not known
        return say(value, writing().reader, *arguments)

    filtered.__name__ = name
    return filtered


_SPOKEN = {
    name: _spoken(name, say)
    for name, say in {
        "money": speech.money,
        "number": speech.number,
        "percent": speech.percent,
        "date": speech.day,
    }.items()
}
