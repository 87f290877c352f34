"""Commands of the churn model: teach it, score with it, ask it why, and decide which version serves."""

from pathlib import Path
from typing import Annotated

import typer

from tenure.app.cli.terminal import note, print_json, progress, say, show, workspace
from tenure.app.cli.workspaces import AsJson, Name
from tenure.app.desk import Desk
from tenure.app.pipelines import predict_file as predicting
from tenure.app.pipelines.keep_file_model import keep_file_model
from tenure.app.pipelines.read_file import no_outcome, read_table
from tenure.app.pipelines.refresh import refresh
from tenure.app.pipelines.train_models import train_now
from tenure.directory.customers.profile import routes as profile
from tenure.directory.members import service as members
from tenure.kit.db import transaction
from tenure.kit.errors import NotFound
from tenure.kit.i18n import Text
from tenure.risk.registry import file_models, schemas
from tenure.risk.registry import service as registry
from tenure.risk.registry.file_models import FileModel

models = typer.Typer(no_args_is_help=True)
Version = Annotated[str, typer.Argument(help="A version, as `tenure models list` shows it.")]
Why = Annotated[str, typer.Option("--why", help="The reason, kept with the decision.")]
HEADINGS = {
    "version": Text("Version", "版本"),
    "name": Text("Kind", "类型"),
    "state": Text("State", "状态"),
    "trained_at": Text("Taught", "训练时间"),
    "auc": Text("AUC", "AUC"),
    "auc_recency": Text("Recency", "仅看最近"),
    "ece": Text("Calibration error", "校准误差"),
    "slope": Text("Slope", "斜率"),
    "in_use": Text("In use", "使用中"),
}
LADDER = {
    "name": Text("Model", "模型"),
    "auc": Text("AUC", "AUC"),
    "auc_error": Text("±", "±"),
    "log_loss": Text("Log loss", "对数损失"),
    "ece": Text("Calibration error", "校准误差"),
    "slope": Text("Slope", "斜率"),
}
CONTRIBUTIONS = {"label": Text("Story", "因素"), "effect": Text("Adds to the log-odds", "对数几率贡献")}
_SAVED = Text(
    "Kept as {name} ({version}); score other files with: tenure predict FILE --model {name}",
    "已保存为 {name}（{version}）；可为其他文件评分：tenure predict 文件 --model {name}",
)
LOWERING = {
    "label": Text("At its usual level", "若处于常态"),
    "risk": Text("Risk", "风险"),
    "change": Text("Change", "变化"),
}


def train(name: Name = None, as_json: AsJson = False) -> None:
    """Teach a new churn model; the rules decide whether it scores. 训练"""
    with workspace(name) as stores:
        with progress() as report:
            done = train_now(stores, report)
        with transaction(stores.engine) as session:
            decision = registry.decisions(session)[:1]
            reasons = [Text(**reason) for one in decision for reason in one.reasons]  # type: ignore[arg-type]
    if as_json:
        print_json({**done, "reasons": reasons})
        return
    for reason in reasons:
        say(reason)


def score(name: Name = None, as_json: AsJson = False) -> None:
    """Score everybody with the model in use; the same as `tenure refresh`. 评分"""
    with workspace(name) as stores, progress() as report:
        done = refresh(stores, report=report)
    if as_json:
        print_json(done.told())
        return
    for sentence in done.sentences():
        say(sentence)


def predict(
    file: Annotated[Path, typer.Argument(help="Customers, one a row: CSV, Excel or Parquet.")],
    churn: Annotated[
        str | None, typer.Option(help="The column that says who left; found by its name when left out.")
    ] = None,
    customer: Annotated[str | None, typer.Option(help="The column with the customers' ids.")] = None,
    save: Annotated[str | None, typer.Option(help="Keep what was learned under this name in the workspace.")] = None,
    model: Annotated[
        str | None, typer.Option(help="Score by a model kept before: its name or version. Else the last one kept.")
    ] = None,
    out_file: Annotated[Path | None, typer.Option("--out", help="Where to write; beside the file by default.")] = None,
    name: Name = None,
    as_json: AsJson = False,
) -> None:
    """Learn from a file who leaves, or score one by what another taught; writes chances with reasons. 按文件预测"""
    target = out_file or file.with_name(f"{file.stem}-churn.csv")
    if save is not None:
        lesson = predicting.read_lesson(file, churn, customer)
        with workspace(name) as stores:
            done, version = keep_file_model(stores, save, lesson, target)
        kept: dict[str, object] = {"saved": {"name": save, "version": version}}
    elif model is not None or (churn is None and not predicting.has_outcome(file)):
        by = _kept_model(name, model, file)
        done, kept = predicting.predict_by_model(file, target, by, churn, customer), {}
    else:
        done, kept = predicting.predict_file(file, target, churn, customer), {}
    if as_json:
        print_json(done.told() | kept)
        return
    for sentence in done.sentences():
        say(sentence)
    if save is not None:
        say(_SAVED.fill(name=save, version=version))


def _kept_model(name: str | None, wanted: str | None, file: Path) -> tuple[str, FileModel]:
    try:
        with workspace(name) as stores, transaction(stores.engine) as session:
            row = file_models.find(session, wanted)
        return f"{row.name} ({row.version})", file_models.model_of(row)
    except NotFound as nothing:
        if wanted is not None or name is not None:
            raise
        raise no_outcome(read_table(file)) from nothing  # neither the file nor the workspace tells who leaves


def explain(
    customer_id: Annotated[str, typer.Argument(help="Id of the customer.")], name: Name = None, as_json: AsJson = False
) -> None:
    """Say what makes up a customer's risk, what changed, and what would lower it. 解释"""
    with workspace(name) as stores:
        found = Desk(stores).explain(customer_id)
        if not found.history:  # nobody of that id, or nobody scored yet
            with transaction(stores.engine) as session:
                profile.read_customer(session, stores.clock, customer_id)
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    if not found.history:
        say(Text("No score yet: run `tenure refresh`.", "尚未评分：请运行 `tenure refresh`。"))
        return
    newest = found.history[-1]
    say(Text(f"{newest.risk:.0%} likely to leave.", f"流失概率 {newest.risk:.0%}。"), "bold")
    for reason in found.reasons:
        say(Text(f"  • {reason.text.en}", f"  • {reason.text.zh}"))
    rows = [{"label": Text(one.label.en, one.label.zh), "effect": one.effect} for one in found.contributions]
    show(rows, CONTRIBUTIONS, as_json=False)
    if found.lowering:
        show(
            [{**one.model_dump(), "label": Text(one.label.en, one.label.zh)} for one in found.lowering], LOWERING, False
        )
    note(Text("Associations, not causes.", "以上为相关性，并非因果。"))


@models.command("list")
def list_models(name: Name = None, as_json: AsJson = False) -> None:
    """List every version and which one scores. 列出版本"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        in_use = registry.version_in_use(session)
        every = (*registry.versions(session), *file_models.listed(session))
        rows = [schemas.ModelSummary.of(row, in_use).model_dump() for row in every]
    if not rows and not as_json:
        say(Text("No model yet: run `tenure train`.", "还没有模型：请运行 `tenure train`。"))
        return
    show(rows, HEADINGS, as_json)


@models.command("show")
def show_model(version: Version, name: Name = None, as_json: AsJson = False) -> None:
    """Show how a version did: its gates, and every kind of model on the same last period. 查看版本"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        row = registry.version(session, version)
        page = schemas.ModelPage.page(row, registry.version_in_use(session), registry.decisions(session))
    if as_json:
        print_json(page.model_dump(mode="json"))
        return
    for gate in page.gates:
        say(Text(f"{'✓' if gate.passed else '✗'} {gate.text.en}", f"{'✓' if gate.passed else '✗'} {gate.text.zh}"))
    show([rung.model_dump() for rung in page.ladder], LADDER, as_json=False)


@models.command("promote")
def promote_model(version: Version, why: Why, name: Name = None) -> None:
    """Let a version score from the next refresh on; an older one rolls back. 启用或回退"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        registry.promote(session, version, why, members.operator(session), stores.clock.now())
    say(Text(f"{version} scores from the next refresh on.", f"{version} 将从下次刷新起用于评分。"))


@models.command("sign-off")
def sign_off_model(version: Version, why: Why, name: Name = None) -> None:
    """Take responsibility for what the leak audit found in a version. 签字放行"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        registry.sign_off(session, version, why, members.operator(session), stores.clock.now())
    say(Text(f"Signed off: {version}.", f"已签字放行：{version}。"))
