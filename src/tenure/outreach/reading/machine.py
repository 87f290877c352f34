"""How likely a machine opened or clicked: a sum of log-odds, one term for each thing seen, each with its reason.

The weights are set by hand from what scanners and people are known to do, and held against a labelled set made with
stated assumptions (``run.py bench reading``; docs/benchmarks.md). A P of at least one half counts as a machine.
"""

from dataclasses import dataclass
from math import exp

from tenure.outreach.reading.agents import kind_of, of_a_scanner

THRESHOLD = 0.5
AHEAD = "PREFETCH"  # kept as the method of a program that says it only looks ahead
_PRIOR = -2.0  # of what is left after every sign, one in eight is a machine
_DELAYS = ((2.0, 4.0), (10.0, 1.8), (30.0, 0.6), (120.0, 0.0))  # seconds after delivery, and the weight below them
_LATE = -0.8
_LINKS = ((5, 4.5), (4, 3.5), (3, 2.0), (2, 0.7))  # different links of one mail within ten seconds
_RECIPIENTS = ((15, 4.0), (6, 2.2), (3, 0.8))  # customers whose mail one address read within a minute
_ON_ONE_MAST = ((15, 1.2), (6, 0.6))  # of text messages: a carrier brings thousands of telephones through one address
_AGENTS = {"empty": 2.6, "scanner": 5.0, "privacy_proxy": 3.0, "image_proxy": 0.0, "browser": 0.0}
_AHEAD = 6.0  # the program says itself that nobody pressed yet
_TRAP, _CAUGHT, _HEAD, _HEAD_FIRST, _NETWORK, _READ_BEFORE = 6.0, 2.5, 4.0, 3.0, 3.5, -0.7
_SHARED = ("image_proxy", "privacy_proxy")  # one address reads for many people there


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one open or click, and around it.

    ``seconds`` after delivery; ``links`` of the same mail within ten seconds of it; ``recipients`` whose mail the same address
    read within a minute; ``caught`` when that address stepped into a trap of another mail within a day; ``headed`` when a HEAD
    for the same link came beside it; ``read_before`` when the mail had been opened ten seconds or more before. Of a text message
    the last three look only at programs of the same name, for strangers share the address of their carrier.
    """

    kind: str
    method: str
    seconds: float
    agent: str = ""
    network: str = ""
    links: int = 0
    recipients: int = 1
    trapped: bool = False
    headed: bool = False
    read_before: bool = False
    caught: bool = False
    channel: str = "email"


@dataclass(frozen=True, slots=True)
class Reason:
    """One sign and how much it moved the log-odds."""

    code: str
    weight: float


@dataclass(frozen=True, slots=True)
class Judged:
    """How likely a machine did it, and why."""

    machine: float
    reasons: tuple[Reason, ...]

    @property
    def human(self) -> bool:
        """Say whether it counts as done by a person."""
        return self.machine < THRESHOLD


def judge(seen: Seen) -> Judged:
    """Return P(machine) of an open or click with every sign that moved it."""
    kind = kind_of(seen.agent)
    crowd = _ON_ONE_MAST if seen.channel == "sms" else _RECIPIENTS
    signs = [
        ("delay", _delay(seen.seconds)),
        ("trap", _TRAP if seen.trapped or seen.kind == "trap" else 0.0),
        ("links", _at_least(seen.links, _LINKS)),
        ("recipients", 0.0 if kind in _SHARED else _at_least(seen.recipients, crowd)),
        (f"agent_{kind}", _AGENTS[kind]),
        ("caught", _CAUGHT if seen.caught and kind not in _SHARED else 0.0),
        ("ahead", _AHEAD if seen.method == AHEAD else 0.0),
        ("head", _HEAD if seen.method == "HEAD" else 0.0),
        ("head_first", _HEAD_FIRST if seen.method != "HEAD" and seen.headed else 0.0),
        ("network", _NETWORK if of_a_scanner(seen.network) else 0.0),
        ("read_before", _READ_BEFORE if seen.kind == "click" and seen.read_before else 0.0),
    ]
    reasons = tuple(Reason(code, weight) for code, weight in signs if weight)
    return Judged(1 / (1 + exp(-(_PRIOR + sum(one.weight for one in reasons)))), reasons)


def _delay(seconds: float) -> float:
    return next((weight for below, weight in _DELAYS if seconds < below), _LATE)


def _at_least(number: int, steps: tuple[tuple[int, float], ...]) -> float:
    return next((weight for least, weight in steps if number >= least), 0.0)
