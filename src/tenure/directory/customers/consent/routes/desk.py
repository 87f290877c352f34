"""Consent for members: the ledger of a customer, lists and wordings, closed addresses, replies."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from tenure.directory.access import Principal, require
from tenure.directory.customers import repository as customers
from tenure.directory.customers.consent import asking, links, previewing, repository, schemas, service
from tenure.directory.customers.consent.links import Link
from tenure.directory.customers.consent.look import Look, contrasts
from tenure.directory.customers.consent.routes.public import look_in_use
from tenure.directory.customers.consent.suppressing import AddressKey
from tenure.directory.customers.consent.words import ANY, Word
from tenure.kit.http import ClockDep, CursorQuery, LimitQuery, SessionDep, Text, resource
from tenure.kit.pages import moment_cursor, next_cursor

router = APIRouter(tags=["consent"])
Reader = Depends(require("customers.read"))
Writer = Annotated[Principal, Depends(require("customers.write"))]
Keeper = Annotated[Principal, Depends(require("settings.write"))]
SecretDep = Annotated[str, Depends(resource("secret"))]
IdQuery = Annotated[str, Query(max_length=200)]


@router.get("/consent", dependencies=[Depends(require("settings.read"))])
def read_consent_settings(session: SessionDep) -> schemas.ConsentSettings:
    """Return the lists people may be on, and every version of what they agreed to."""
    return schemas.ConsentSettings(
        purposes=[schemas.ConsentPurpose.of(purpose) for purpose in repository.purposes(session)],
        wordings=[schemas.ConsentWording.of(wording) for wording in repository.wordings(session)],
    )


@router.put("/consent/purposes", status_code=204)
def put_consent_purpose(session: SessionDep, clock: ClockDep, body: schemas.ConsentPurpose, actor: Keeper) -> None:
    """Add a list or change its words and its rule."""
    service.change_purpose(session, body.values(), actor, clock.now())


@router.post("/consent/wordings", status_code=201)
def add_consent_wording(
    session: SessionDep, clock: ClockDep, body: schemas.NewWording, actor: Keeper
) -> schemas.ConsentWording:
    """Publish a new version of the sentence people agree to."""
    return schemas.ConsentWording.of(service.add_wording(session, body.purpose, body.text(), actor, clock.now()))


@router.get("/consent/ledger", dependencies=[Reader])
def read_consent_ledger(session: SessionDep, customer_id: IdQuery) -> schemas.ConsentHistory:
    """Return every word of a customer, newest first."""
    records = repository.history(session, customer_id)
    return schemas.ConsentHistory(items=[schemas.ConsentEntry.of(record) for record in records])


@router.post("/consent/ledger", status_code=201)
def say_consent(
    session: SessionDep, clock: ClockDep, body: schemas.NewWords, customer_id: IdQuery, actor: Writer
) -> schemas.ConsentHistory:
    """Write down what a customer said, with what proves it."""
    service.say(session, [word.of(customer_id, clock.now()) for word in body.words], actor, clock.now())
    return read_consent_ledger(session, customer_id)


@router.get("/consent/preference-link", dependencies=[Depends(require("customers.write"))])
def read_preference_link(session: SessionDep, secret: SecretDep, customer_id: IdQuery) -> schemas.PreferenceLink:
    """Return where a customer chooses what reaches them."""
    customers.find(session, customer_id)
    return schemas.PreferenceLink(path=f"/preferences/{links.sign(secret, Link(customer_id, ANY, ANY))}")


@router.post("/consent/ask", status_code=201)
def ask_consent(
    session: SessionDep, secret: SecretDep, clock: ClockDep, body: schemas.ConsentAsk, actor: Writer
) -> schemas.ConfirmLink:
    """Ask a customer for their yes (double opt-in): a message goes by itself; the link is for another way too."""
    word = Word(body.customer_id, body.purpose, body.channel, "pending", clock.now(), "member", actor=actor.id)
    return schemas.ConfirmLink(path=f"/confirm/{asking.ask(session, word, secret, clock.now())}")


@router.post("/consent/preview", dependencies=[Depends(require("settings.read"))])
def preview_public_page(
    session: SessionDep, body: schemas.PageRequest, look: Annotated[object, Depends(resource("look"))]
) -> schemas.PagePreview:
    """Show a public page as a customer would see it, in a look that need not be in use yet."""
    wanted = look_in_use(session, look) if body.look is None else Look(**body.look.model_dump())
    return schemas.PagePreview(
        html=previewing.page_of(session, wanted, body.page, body.language),
        contrasts=[
            schemas.LookContrast(what=Text.of(one.what), ratio=one.ratio, needed=one.needed, enough=one.enough)
            for one in contrasts(wanted)
        ],
    )


@router.post("/consent/replies")
def hear_reply(session: SessionDep, clock: ClockDep, body: schemas.ReplyRequest, _: Writer) -> schemas.ReplyHeard:
    """Take a reply from a channel; “STOP”, “R”, “T” or “退订” leaves everybody of that address alone on it."""
    stopped = service.heard(session, body.channel, body.address, body.text, clock.now())
    return schemas.ReplyHeard(stopped=list(stopped))


@router.get("/suppressions", dependencies=[Reader])
def list_suppressions(
    session: SessionDep, cursor: CursorQuery = None, limit: LimitQuery = 50
) -> schemas.SuppressedPage:
    """Return closed addresses, newest first; the addresses themselves are not kept."""
    after = moment_cursor(cursor)
    rows = repository.closed(session, limit + 1, after)
    following = next_cursor(rows, limit, lambda row: [row.at.isoformat(), row.address_key])
    return schemas.SuppressedPage(items=[schemas.Suppressed.of(row) for row in rows[:limit]], next_cursor=following)


@router.post("/suppressions/search", dependencies=[Reader])
def find_suppression(session: SessionDep, secret: SecretDep, body: schemas.AddressRequest) -> schemas.AddressState:
    """Say whether an address is closed."""
    key = AddressKey.derived(secret).of(body.channel, body.address)
    found = repository.find_closed(session, body.channel, key)
    return schemas.AddressState(closed=None if found is None else schemas.Suppressed.of(found))


@router.post("/suppressions", status_code=204)
def close_address(
    session: SessionDep, secret: SecretDep, clock: ClockDep, body: schemas.AddressRequest, actor: Writer
) -> None:
    """Never write to an address again."""
    key = AddressKey.derived(secret)
    service.close_address(session, key, body.channel, body.address, "manual", actor.id, clock.now())


@router.post("/suppressions/open", status_code=204)
def open_address(
    session: SessionDep, secret: SecretDep, clock: ClockDep, body: schemas.AddressRequest, actor: Keeper
) -> None:
    """Let an address be written to again."""
    service.open_address(session, AddressKey.derived(secret), body.channel, body.address, actor, clock.now())
