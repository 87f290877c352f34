"""The verbs of the registry: which model is in use, keep what a course taught, decide, promote, sign off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.kit.db import Session
from tenure.kit.errors import Conflict, NotFound
from tenure.kit.i18n import Text
from tenure.kit.ids import new_id
from tenure.models.store import UnreadableModel
from tenure.risk.definition import Leaving
from tenure.risk.registry import cards, promotion, repository
from tenure.risk.registry.cards import KIND, Stamp
from tenure.risk.registry.promotion import Present, Verdict
from tenure.risk.registry.tables import FittedModel, ModelDecision
from tenure.risk.teaching.churn_model import ChurnModel
from tenure.risk.teaching.exam import Json
from tenure.risk.teaching.taught import Taught, untaught
from tenure.risk.teaching.teacher import Course

MOST_DECISIONS = 200


@dataclass(frozen=True)
class Standing:
    """The model in use for a definition of leaving; ``refused`` says why a kept one cannot be used."""

    row: FittedModel | None = None
    model: ChurnModel | None = None
    refused: Text | None = None


def standing(session: Session, leaving: Leaving, as_of: datetime) -> Standing:
    """Return the model in use for a definition of leaving, which has seen nothing after ``as_of``."""
    row = repository.champion(session, KIND, cards.definition_of(leaving), as_of.replace(tzinfo=UTC))
    if row is None:
        return Standing()
    try:
        return Standing(row, cards.model_of(row))
    except UnreadableModel as error:
        return Standing(row, None, _UNREADABLE.fill(version=row.version, why=error.message))


@dataclass(frozen=True)
class Settled:
    """The versions a course left behind, and which of them scores from now on; None when the present one stays."""

    versions: tuple[str, ...]
    promoted: str | None


def settle(
    session: Session, course: Course, leaving: Leaving, present: Present | None, stamp: Stamp, actor: Principal | None
) -> Settled:
    """Keep what a course taught and decide who scores."""
    verdict = promotion.decide(course, present)
    rich = cards.row_of(course.rich, course, leaving, stamp)
    repository.keep(session, rich)
    if verdict.winner is not course.rich:
        _record(session, rich, "kept", verdict, stamp.trained_at, actor)
    if verdict.winner is None:
        return Settled((rich.version,), None)
    winner = rich
    if verdict.winner is not course.rich:
        winner = cards.row_of(course.simple, course, leaving, stamp)
        repository.keep(session, winner)
    kept = _found(session, winner.version)
    kept.state = repository.PROMOTED
    _record(session, kept, "promoted", verdict, stamp.trained_at, actor)
    return Settled(tuple(dict.fromkeys((rich.version, winner.version))), winner.version)


def could_not_teach(session: Session, why: Text, leaving: Leaving, stamp: Stamp, actor: Principal | None) -> Taught:
    """Write down that no model could be taught; risk follows silence."""
    _write(session, "none", None, cards.definition_of(leaving), stamp, (Verdict(None, (why,), {}), actor))
    return untaught("silence", why)


def in_use(standing: Standing, notes: tuple[Text, ...] = ()) -> Taught:
    """Return the model in use, ready to score."""
    assert standing.row is not None
    return cards.taught_from(standing.row, notes)


def taught(session: Session, version: str, notes: tuple[Text, ...] = ()) -> Taught:
    """Return one version, ready to score."""
    return cards.taught_from(_found(session, version), notes)


def keep_report(session: Session, version: str, part: str, value: object) -> None:
    """Add a part to the report of a version, such as its back-test."""
    row = _found(session, version)
    row.report = {**row.report, part: value}


def keep_watch(session: Session, version: str, part: str, value: object) -> None:
    """Put what was learned of a version in use in place of what was known before."""
    row = _found(session, version)
    row.watch = {**row.watch, part: value}


def promote(session: Session, version: str, why: str, actor: Principal, now: datetime) -> FittedModel:
    """Let a version score from now on; with an older one, the newer are withdrawn: that is rolling back."""
    row = _found(session, version)
    failed = [gate for gate in failed_gates(row) if row.name != "recency"]
    if failed:
        raise Conflict(_GATE_FAILED.fill(version=version, why=failed[0]), remedy=_SIGN_FIRST)
    before = repository.champion(session, KIND, row.definition, datetime.max.replace(tzinfo=UTC))
    rolled_back = repository.withdraw_later(session, row) > 0
    row.state = repository.PROMOTED
    decision = "rolled_back" if rolled_back else "promoted"
    _by_hand(session, row, decision, why, actor, now)
    audit.record(
        session,
        actor,
        audit.Change(
            "models.promote", "model", version, {"in_use": None if before is None else before.version},
            {"in_use": version, "why": why},
        ),
        now,
    )  # fmt: skip
    return row


def sign_off(session: Session, version: str, why: str, actor: Principal, now: datetime) -> FittedModel:
    """Take responsibility for what the leak audit found; the version may then be promoted. Kept with who, when and why."""
    row = _found(session, version)
    if not any(gate["name"] == "leaks" and not gate["passed"] for gate in gates_of(row)):
        raise Conflict(_NOTHING_TO_SIGN.fill(version=version))
    row.sign_off = {"by": actor.name, "member_id": actor.member_id, "at": now.isoformat(), "why": why}
    _by_hand(session, row, "signed_off", why, actor, now)
    audit.record(session, actor, audit.Change("models.sign_off", "model", version, None, {"why": why}), now)
    return row


def gates_of(row: FittedModel) -> list[Json]:
    """Return how a version did at the gates."""
    found = row.report.get("gates")
    return [gate for gate in found if isinstance(gate, dict)] if isinstance(found, list) else []


def failed_gates(row: FittedModel) -> list[Text]:
    """Return what stands in the way of a version; a signed-off leak does not."""
    return [
        Text(**gate["text"])  # type: ignore[arg-type]  # as gates.told wrote it
        for gate in gates_of(row)
        if not gate["passed"] and not (gate["name"] == "leaks" and row.sign_off is not None)
    ]


def version_in_use(session: Session) -> str | None:
    """Return the version that scores: the newest promoted one of the definition last decided about."""
    last = repository.decisions(session, KIND, 1)
    if not last:
        return None
    row = repository.champion(session, KIND, last[0].definition, datetime.max.replace(tzinfo=UTC))
    return None if row is None else row.version


def versions(session: Session) -> Sequence[FittedModel]:
    """Return every version, the newest first."""
    return repository.versions(session, KIND)


def version(session: Session, number: str) -> FittedModel:
    """Return one version, or raise ``NotFound``."""
    return _found(session, number)


def decisions(session: Session) -> Sequence[ModelDecision]:
    """Return what was decided about models, the newest first."""
    return repository.decisions(session, KIND, MOST_DECISIONS)


def _found(session: Session, number: str) -> FittedModel:
    row = repository.version(session, KIND, number)
    if row is None:
        raise NotFound(Text(f"There is no model {number}.", f"没有版本为 {number} 的模型。"))
    return row


def _record(
    session: Session, row: FittedModel, decision: str, verdict: Verdict, now: datetime, actor: Principal | None
) -> None:
    stamp = Stamp(row.as_of, now, row.snapshot)
    _write(session, decision, row, row.definition, stamp, (verdict, actor))


def _by_hand(session: Session, row: FittedModel, decision: str, why: str, actor: Principal, now: datetime) -> None:
    verdict = Verdict(None, (Text(why, why),), {})
    _write(session, decision, row, row.definition, Stamp(row.as_of, now, row.snapshot), (verdict, actor))


def _write(
    session: Session,
    decision: str,
    row: FittedModel | None,
    definition: str,
    stamp: Stamp,
    why: tuple[Verdict, Principal | None],
) -> None:
    verdict, actor = why
    repository.record(
        session,
        ModelDecision(
            id=new_id("dec"),
            at=stamp.trained_at,
            kind=KIND,
            decision=decision,
            version=None if row is None else row.version,
            name=None if row is None else row.name,
            definition=definition,
            as_of=stamp.as_of.replace(tzinfo=UTC),
            reasons=[vars(reason) for reason in verdict.reasons],
            figures=verdict.figures,
            actor_kind="system" if actor is None else actor.kind,
            actor_id="system" if actor is None else actor.id,
            actor_name="Tenure" if actor is None else actor.name,
        ),
    )


_UNREADABLE = Text(
    "The model in use ({version}) cannot be read by this version of Tenure and is taught anew: {why}",
    "当前版本的 Tenure 无法读取现用模型（{version}），已重新训练：{why}",
)
_GATE_FAILED = Text("Model {version} did not pass its gates: {why}", "模型 {version} 未通过检验：{why}")
_SIGN_FIRST = Text(
    "A leak can be signed off by a person who looked at it; the other gates cannot.",
    "泄漏项可由核查过的人员签字放行；其他检验不可放行。",
)
_NOTHING_TO_SIGN = Text(
    "The leak audit of model {version} found nothing to sign off.", "模型 {version} 的泄漏审查没有需要签字的项目。"
)
