"""What an HTTP outcome means for a message, the same for every adapter."""

from collections.abc import Iterable

from tenure.channels.channel import Refused, Reply, TryLater, Uncertain
from tenure.channels.outbound import Answer, Broken, Forbidden, NotSent
from tenure.channels.words import kept, retry_after


def broken(outcome: NotSent | Broken | Forbidden, *, address_is_theirs: bool = True) -> Reply:
    """Say what it means that no answer came; a forbidden address is the customer's only when the customer gave it."""
    if isinstance(outcome, NotSent):
        return TryLater("no_connection", outcome.why)
    if isinstance(outcome, Forbidden):
        return Refused("forbidden_address", outcome.why, dead_address=address_is_theirs)
    return Uncertain(outcome.why)


def later(answer: Answer, secrets: Iterable[str] = (), words: str | None = None, code: str | None = None) -> TryLater:
    """Say that nothing was taken now."""
    told = words if words is not None else answer.body.decode("utf-8", "replace")
    return TryLater(
        kept(code or str(answer.status), secrets), kept(told, secrets), retry_after(answer.headers.get("retry-after"))
    )


def refused(answer: Answer, secrets: Iterable[str] = (), *, dead_address: bool = False) -> Refused:
    """Say that it was not taken and never will be."""
    return Refused(str(answer.status), kept(answer.body.decode("utf-8", "replace"), secrets), dead_address)


def by_status(answer: Answer, secrets: Iterable[str] = ()) -> Reply | None:
    """Say what a status means before the body is read, if it says enough: a server that is busy or fails took nothing."""
    if answer.status in (408, 425, 429, 500, 503):
        return later(answer, secrets)
    if answer.status in (502, 504):  # the door could not hear whoever is behind it, who may have taken the message
        return Uncertain(kept(f"{answer.status} {answer.body.decode('utf-8', 'replace')}", secrets))
    return None
