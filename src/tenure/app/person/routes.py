"""Export and erasure of people over HTTP."""

from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request, status
from fastapi.responses import HTMLResponse, JSONResponse, Response

from tenure.app.person import asking, erase, export, receipt, receipt_page, schemas
from tenure.app.person.finding import people_of
from tenure.app.wiring import Stores
from tenure.directory.access import Principal, require
from tenure.directory.customers.erased import service as erased
from tenure.kit.errors import Conflict
from tenure.kit.http import CursorQuery, LimitQuery, SessionDep
from tenure.kit.i18n import Text
from tenure.kit.pages import moment_cursor, next_cursor

router = APIRouter(prefix="/persons", tags=["persons"])
MAY = Depends(require("persons.manage"))
Keeper = Annotated[Principal, MAY]


def current_stores(request: Request) -> Stores:
    """Return the open workspace."""
    return cast(Stores, request.app.state.resources["stores"])


StoresDep = Annotated[Stores, Depends(current_stores)]


@router.get("/export", response_class=Response)
def export_person(
    stores: StoresDep, actor: Keeper, customer_id: Annotated[str, Query(min_length=1, max_length=200)]
) -> Response:
    """Download everything known of a person: one zip with JSON for machines and a page for people."""
    packed = export.export(stores, customer_id, actor)
    headers = {"Content-Disposition": 'attachment; filename="person.zip"', "Cache-Control": "no-store"}
    return Response(packed, media_type="application/zip", headers=headers)


@router.post("/erasures/preview", dependencies=[MAY])
def preview_erasure(stores: StoresDep, body: schemas.ErasureRequest) -> schemas.ErasurePreview:
    """Show what an erasure would do, without doing it."""
    people = people_of(stores, body.customer_ids, orders=not body.keep_orders)
    lines = asking.preview(stores, people, body.choices())
    return schemas.ErasurePreview(
        persons=people.persons,
        records=len(people.ids),
        confirm_with=asking.confirm_with(people),
        lines=[schemas.ErasureLine.model_validate(line) for line in lines],
    )


@router.post("/erasures", status_code=status.HTTP_202_ACCEPTED)
def erase_person(stores: StoresDep, actor: Keeper, body: schemas.ConfirmedErasure) -> schemas.Erasure:
    """Erase people; nothing brings them back from this moment on, and a receipt follows."""
    asking.check_confirmed(stores, body.customer_ids, body.confirm)
    erasure_id = erase.ask(stores, body.customer_ids, body.choices(), actor)
    return schemas.Erasure.of(erase.found(stores, erasure_id))


@router.get("/erasures", dependencies=[MAY])
def list_erasures(session: SessionDep, cursor: CursorQuery = None, limit: LimitQuery = 50) -> schemas.ErasurePage:
    """Return erasures, newest first."""
    after = moment_cursor(cursor)
    rows = erased.listed(session, limit + 1, after)
    following = next_cursor(rows, limit, lambda row: [row.asked_at.isoformat(), row.id])
    return schemas.ErasurePage(items=[schemas.Erasure.of(row) for row in rows[:limit]], next_cursor=following)


@router.get("/erasures/{erasure_id}", dependencies=[MAY])
def read_erasure(session: SessionDep, erasure_id: str) -> schemas.Erasure:
    """Return one erasure with its receipt, once it has ended."""
    return schemas.Erasure.of(erased.find(session, erasure_id))


@router.get("/erasures/{erasure_id}/receipt.json", dependencies=[MAY], response_class=JSONResponse)
def download_receipt(session: SessionDep, erasure_id: str) -> JSONResponse:
    """Download the signed receipt of an erasure."""
    headers = {"Content-Disposition": f'attachment; filename="receipt-{erasure_id}.json"'}
    return JSONResponse(_receipt(session, erasure_id), headers=headers)


@router.get("/erasures/{erasure_id}/receipt.html", dependencies=[MAY], response_class=HTMLResponse)
def show_receipt(session: SessionDep, erasure_id: str) -> HTMLResponse:
    """Show the receipt of an erasure as a page in both languages."""
    return HTMLResponse(receipt_page.write(_receipt(session, erasure_id)))


@router.post("/receipts/verify", dependencies=[MAY])
def verify_receipt(stores: StoresDep, body: schemas.ReceiptRequest) -> schemas.ReceiptVerdict:
    """Say whether a receipt is unchanged, and whether this workspace signed it."""
    return schemas.ReceiptVerdict(
        unchanged=receipt.verify(body.receipt), ours=receipt.verify(body.receipt, stores.secret)
    )


@router.post("/proof", dependencies=[MAY])
def find_proof(stores: StoresDep, session: SessionDep, body: schemas.Identity) -> schemas.Proof:
    """Return the words of consent that are kept under the hash of an address somebody brings."""
    found = erased.consents_of(session, [erase.keys_of(stores).of(body.kind, body.value)])
    return schemas.Proof(items=[schemas.ProofEntry.of(row) for row in found])


@router.post("/readmit")
def readmit_person(stores: StoresDep, actor: Keeper, body: schemas.Identity) -> schemas.Readmitted:
    """Let somebody who was erased be taken in again, because they ask for it."""
    return schemas.Readmitted(lifted=asking.readmit(stores, body.kind, body.value, actor))


def _receipt(session: SessionDep, erasure_id: str) -> dict[str, object]:
    row = erased.find(session, erasure_id)
    if row.receipt is None:
        raise Conflict(
            Text("The erasure has not come to its end yet.", "删除尚未完成。"),
            remedy=Text("The receipt is written last; wait a little.", "回执在最后生成，请稍候。"),
        )
    return row.receipt
