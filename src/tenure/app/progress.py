"""Progress of long work: a fraction and what is being done, and how a part of the work reports to the whole."""

from collections.abc import Callable

from tenure.kit.i18n import Text

Report = Callable[[float, Text], None]


def part(report: Report, begin: float, end: float) -> Report:
    """Return a report for one part of the work, from ``begin`` to ``end`` of the whole."""

    def of_the_part(fraction: float, step: Text) -> None:
        report(begin + (end - begin) * fraction, step)

    return of_the_part


def quiet(_: float, __: Text) -> None:
    """Report to nobody."""
