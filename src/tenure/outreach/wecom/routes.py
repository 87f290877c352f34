"""The door WeCom knocks at: the check of the address, and everything it reports. Public, because the seal proves who knocks."""

from collections.abc import Callable
from typing import Annotated, Protocol, cast

from fastapi import APIRouter, BackgroundTasks, Depends, Query
from fastapi.responses import PlainTextResponse

from tenure.channels.wecom.account import CallbackKeys
from tenure.channels.wecom.callback import MOST_BYTES, BadCallback, Callbacks, Signed
from tenure.channels.wecom.events import ContactEvent
from tenure.directory.access import anyone
from tenure.kit.http import ClockDep, EngineDep, SessionDep, body_within, resource
from tenure.outreach.accounts import service as accounts
from tenure.outreach.accounts.service import Account
from tenure.outreach.wecom.contacts import hear

router = APIRouter(prefix="/hooks/wecom", include_in_schema=False, dependencies=[Depends(anyone)])
_NOT_HERE = PlainTextResponse("", status_code=404)
_NOT_GENUINE = PlainTextResponse("", status_code=403)


class Greeter(Protocol):
    """Whoever can greet a new customer."""

    def welcome(self, code: str, text: str) -> object:
        """Greet; the code is good once and for 20 seconds."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...


def company(session: SessionDep, secret: Annotated[str, Depends(resource("secret"))]) -> Account | None:
    """Return the company whose callbacks are expected, if there is one."""
    found = [
        one for one in accounts.in_use(session, secret) if one.kind == "wecom" and one.values.get("callback_token")
    ]
    return found[0] if found else None


def signed(
    msg_signature: Annotated[str, Query(max_length=64)],
    timestamp: Annotated[str, Query(max_length=16)],
    nonce: Annotated[str, Query(max_length=64)],
) -> Signed:
    """Read what stands in the address."""
    return Signed(msg_signature, timestamp, nonce)


@router.get("")
def check_address(
    company: Annotated[Account | None, Depends(company)],
    signed: Annotated[Signed, Depends(signed)],
    echostr: Annotated[str, Query(max_length=4096)],
    clock: ClockDep,
) -> PlainTextResponse:
    """Answer WeCom's check of the address."""
    if company is None:
        return _NOT_HERE
    try:
        return PlainTextResponse(_callbacks(company).echo(signed, echostr, int(clock.now().timestamp())))
    except BadCallback:
        return _NOT_GENUINE


@router.post("")
def take_event(
    company: Annotated[Account | None, Depends(company)],
    signed: Annotated[Signed, Depends(signed)],
    body: Annotated[bytes, Depends(body_within(MOST_BYTES))],
    engine: EngineDep,
    clock: ClockDep,
    afterwards: BackgroundTasks,
    opened: Annotated[object, Depends(resource("wecom"))],
) -> PlainTextResponse:
    """Take what WeCom reports; a greeting follows the answer, for WeCom waits five seconds only."""
    if company is None:
        return _NOT_HERE

    def greet(event: ContactEvent) -> None:
        words = company.values.get("welcome", "")
        if words:
            afterwards.add_task(_greet, cast(Callable[[Account], Greeter], opened), company, event.welcome_code, words)

    try:
        hear(engine, _callbacks(company), signed, body, clock, greet)
    except BadCallback:
        return _NOT_GENUINE
    return PlainTextResponse("")


def _greet(opened: Callable[[Account], Greeter], company: Account, code: str, words: str) -> None:
    greeter = opened(company)
    try:
        greeter.welcome(code, words)
    finally:
        greeter.close()


def _callbacks(company: Account) -> Callbacks:
    facts = company.values
    return Callbacks(CallbackKeys(facts["corp_id"], facts["callback_token"], facts["callback_key"]))
