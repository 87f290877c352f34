"""Rules beside the model over HTTP."""

from typing import Annotated, cast

from fastapi import APIRouter, Depends

from tenure.directory.access import Principal, require
from tenure.directory.workspace import service as workspace
from tenure.kit.http import ClockDep, SessionDep, resource
from tenure.kit.i18n import Text
from tenure.risk.house_rules import schemas, service
from tenure.risk.moment import moment_of
from tenure.warehouse.history import History
from tenure.warehouse.lake import Lake

router = APIRouter(prefix="/risk-rules", tags=["alerts"])
Manager = Annotated[Principal, Depends(require("signals.manage"))]


@router.get("", dependencies=[Depends(require("alerts.read"))])
def list_risk_rules(session: SessionDep) -> schemas.RiskRules:
    """Return every rule, and what rules can ask about."""
    rules = [schemas.RiskRule.of(row) for row in service.listed(session)]
    return schemas.RiskRules(items=rules, features=schemas.all_features())


@router.post("", status_code=201)
def make_risk_rule(
    session: SessionDep, clock: ClockDep, actor: Manager, body: schemas.RiskRuleRequest
) -> schemas.RiskRule:
    """Make a rule; the next refresh raises its alerts."""
    return schemas.RiskRule.of(service.make(session, _wanted(body), actor, clock.now()))


@router.post("/preview", dependencies=[Depends(require("alerts.read"))])
def preview_risk_rule(
    session: SessionDep,
    clock: ClockDep,
    lake: Annotated[object, Depends(resource("lake"))],
    body: schemas.PreviewRequest,
) -> schemas.RulePreview:
    """Try a rule on today's customers; nothing is kept."""
    zone, store = workspace.read(session).time_zone, cast(Lake, lake)
    as_of = moment_of(store, zone, clock.now()).as_of
    found = service.preview(History(store, as_of, zone), body.rule)
    return schemas.RulePreview(matching=found.matching, customers=found.customers, examples=list(found.examples))


@router.put("/{rule_id}")
def change_risk_rule(
    session: SessionDep, clock: ClockDep, actor: Manager, rule_id: str, body: schemas.RiskRuleRequest
) -> schemas.RiskRule:
    """Change a rule."""
    return schemas.RiskRule.of(service.change(session, rule_id, _wanted(body), actor, clock.now()))


@router.delete("/{rule_id}", status_code=204)
def remove_risk_rule(session: SessionDep, clock: ClockDep, actor: Manager, rule_id: str) -> None:
    """Forget a rule; the alerts it raised stay."""
    service.remove(session, rule_id, actor, clock.now())


def _wanted(body: schemas.RiskRuleRequest) -> service.Wanted:
    name, step = Text(body.name.en, body.name.zh), Text(body.step.en, body.step.zh)
    return service.Wanted(name, step, body.rule, body.enabled)
