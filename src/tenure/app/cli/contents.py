"""Which commands there are and which file holds each, so that a command loads only what it needs itself."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_group

ROOM = "tenure.app.cli"


@dataclass(frozen=True)
class Entry:
    """A command, or a group of them: its name, ``file:function`` or ``file:group``, and what the list of commands says."""

    name: str
    place: str
    help: str


CONTENTS = (
    Entry(
        "start",
        "workspaces:start",
        "Create a workspace (or open an existing one) and make it the current one. 新建工作区",
    ),
    Entry(
        "doctor", "workspaces:doctor", "Say what is wrong with this installation or workspace, and how to mend it. 诊断"
    ),
    Entry("backup", "workspaces:backup", "Save a whole workspace into one file, while it may be in use. 备份"),
    Entry(
        "restore",
        "workspaces:restore",
        "Make a new workspace from a backup; an existing one is never overwritten. 恢复",
    ),
    Entry(
        "import",
        "data:import_data",
        "Import a file or a database query: the mapping and a preview are shown before anything is written. 导入",
    ),
    Entry("undo", "data:undo", "Take an import out again: its rows leave, rows it replaced come back. 撤销导入"),
    Entry("refresh", "data:refresh", "Compute features, models, scores and the call list anew. 重新计算"),
    Entry("train", "models:train", "Teach a new churn model; the rules decide whether it scores. 训练"),
    Entry("score", "models:score", "Score everybody with the model in use; the same as `tenure refresh`. 评分"),
    Entry(
        "predict",
        "models:predict",
        "Learn from a file who leaves, or score one by what another taught; writes chances with reasons. 按文件预测",
    ),
    Entry(
        "explain", "models:explain", "Say what makes up a customer's risk, what changed, and what would lower it. 解释"
    ),
    Entry("metrics", "reading:metrics", "Compute a metric with its interval, its change and its definition. 指标"),
    Entry("customers", "reading:customers", "Find customers. 查找客户"),
    Entry(
        "call-list",
        "reading:call_list",
        "Say whom to call today, most to lose first, with the reason and a suggested step. 今天该联系谁",
    ),
    Entry(
        "recommend",
        "recommending:recommend",
        "Say which products a customer is likeliest to buy next, and why. 推荐商品",
    ),
    Entry("serve", "running:serve", "Serve the API and the web interface, with one worker beside them. 启动网页服务"),
    Entry("worker", "running:worker", "Do background work for a workspace, on this or another machine. 启动后台进程"),
    Entry("demo", "running:demo", "Make a shop of made-up customers, compute everything, and open it. 演示"),
    Entry(
        "verify",
        "verifying:verify",
        "Make published numbers anew from public data and say which still come out. 复核公开数字",
    ),
    Entry(
        "send-proof",
        "sending:send_proof",
        "Kill workers while they send to a real SMTP server, and account for every recipient. 发送可靠性证明",
    ),
    Entry(
        "send",
        "sending:send",
        "Ask for a message to customers and follow how they are queued; workers deliver it when the gate lets each through. 发送消息",
    ),
    Entry(
        "dispatches",
        "dispatches:dispatches",
        "Show what was asked for to audiences, the newest first; or follow one. 查看发送任务",
    ),
    Entry(
        "recall",
        "sending:take_back",
        "Take back what is still queued of a message; what is on its way still arrives. 撤回未发出的消息",
    ),
    Entry(
        "why",
        "asking_why:why",
        "Say why a customer may leave; with a message, why they got it, wait for it or never will. 说明原因",
    ),
    Entry("models", "models:models", "Versions of the churn model. 模型版本"),
    Entry("member", "access:members", "Who may log in. 成员"),
    Entry("alerts", "warning:alerts", "Who is in danger, and whose task that is. 预警"),
    Entry("consent", "listing:consent", "What customers agreed to. 同意"),
    Entry("person", "person:person", "Everything of a person, handed out or erased. 个人数据"),
    Entry("channels", "channels:channels", "Ways to reach people. 渠道"),
    Entry("hold-outs", "coming_back:holdouts", "Customers left alone to see what messages are worth. 对照组"),
    Entry("track", "tracking:track", "Events as they happen: send, watch, keys. 事件上报"),
    Entry("key", "access:keys", "API keys. API 密钥"),
)
_PLACES = {entry.name: entry for entry in CONTENTS}


class Commands(TyperGroup):
    """The commands by name and help; the file of one is read when it is called."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.commands.update({entry.name: TyperCommand(entry.name, help=entry.help) for entry in CONTENTS})

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command itself in place of its entry in the list."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, load(name) if name in _PLACES else command, rest


def load(name: str) -> Any:
    """Read the file of a command and return it."""
    entry = _PLACES[name]
    file, held = entry.place.split(":")
    found = getattr(import_module(f"{ROOM}.{file}"), held)
    app = typer.Typer(add_completion=False)
    if isinstance(found, typer.Typer):
        app.add_typer(found, name=name, help=entry.help)
        return get_group(app).commands[name]
    app.command(name)(found)
    return get_command(app)
