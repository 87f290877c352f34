"""Roles and permissions, declared once: routes name a permission, roles collect them."""

from dataclasses import dataclass

from tenure.kit.i18n import Text

PERMISSIONS: dict[str, Text] = {
    "metrics.read": Text("See metrics and the overview", "查看指标与概览"),
    "customers.read": Text("See customers", "查看客户"),
    "customers.write": Text("Change, merge and un-merge customers", "修改、合并与拆分客户"),
    "customers.export": Text("Export customers", "导出客户"),
    "persons.manage": Text("Hand out and erase everything known of a person", "导出与删除个人全部数据"),
    "predictions.read": Text("See predictions", "查看预测"),
    "models.manage": Text("Teach, promote and sign off models", "训练、启用与签字放行模型"),
    "calls.read": Text("See whom to call", "查看回访名单"),
    "alerts.read": Text("See alerts and signals", "查看预警与信号"),
    "alerts.work": Text("Work on alerts", "处理预警"),
    "signals.manage": Text("Tune signals, rules and who owns alerts", "调整信号、规则与预警归属"),
    "calls.export": Text("Export the call list", "导出回访名单"),
    "messages.read": Text("See messages, and why they were sent or not", "查看消息及其发送原因"),
    "messages.manage": Text("Write and publish messages, pause and resume", "编写与发布消息，暂停与恢复发送"),
    "messages.send": Text("Send messages to customers, and take them back", "向客户发送消息与撤回"),
    "imports.read": Text("See imports", "查看导入记录"),
    "imports.write": Text("Import and undo imports", "导入与撤销导入"),
    "tracking.read": Text("See tracked events as they arrive", "查看实时上报的事件"),
    "tracking.manage": Text("Make write keys and declare expected events", "管理写入密钥与预期事件"),
    "refresh.run": Text("Compute everything anew", "重新计算"),
    "members.read": Text("See members", "查看成员"),
    "members.manage": Text("Add, change and remove members", "管理成员"),
    "keys.manage": Text("Make and revoke API keys", "管理 API 密钥"),
    "settings.read": Text("See settings", "查看设置"),
    "settings.write": Text("Change settings", "修改设置"),
    "audit.read": Text("Read the audit log", "查看审计日志"),
    "runs.read": Text("Watch long work", "查看任务进度"),
}

OWNER = "owner"


@dataclass(frozen=True)
class Role:
    """What a kind of member may do, and the words for it."""

    name: str
    label: Text
    meaning: Text
    permissions: frozenset[str]


_SEEING = frozenset(
    {
        "metrics.read",
        "customers.read",
        "predictions.read",
        "calls.read",
        "alerts.read",
        "messages.read",
        "imports.read",
        "tracking.read",
        "settings.read",
        "runs.read",
    }
)

ROLES: dict[str, Role] = {
    role.name: role
    for role in (
        Role(
            OWNER,
            Text("Owner", "所有者"),
            Text("May do everything; there is always at least one.", "拥有全部权限；至少保留一位。"),
            frozenset(PERMISSIONS),
        ),
        Role(
            "manager",
            Text("Manager", "经理"),
            Text(
                "Runs the desk: everything but owners, API keys and erasing people.",
                "负责日常管理：除所有者、API 密钥与删除个人数据外的全部权限。",
            ),
            frozenset(PERMISSIONS) - {"keys.manage", "persons.manage"},
        ),
        Role(
            "marketer",
            Text("Marketer", "营销"),
            Text("Reaches customers: brings data in, exports lists.", "触达客户：导入数据、导出名单。"),
            _SEEING
            | {
                "customers.export",
                "calls.export",
                "imports.write",
                "refresh.run",
                "members.read",
                "alerts.work",
                "messages.manage",
                "messages.send",
            },
        ),
        Role(
            "agent",
            Text("Service agent", "客服"),
            Text("Solves problems: sees and mends customers.", "解决问题：查看并更正客户资料。"),
            _SEEING | {"customers.write", "members.read", "alerts.work"},
        ),
        Role(
            "sales",
            Text("Sales", "销售"),
            Text(
                "Keeps and grows accounts: mends customers, exports whom to call.", "维护客户：更正资料、导出回访名单。"
            ),
            _SEEING | {"customers.write", "calls.export", "members.read", "alerts.work"},
        ),
        Role(
            "analyst",
            Text("Analyst", "分析师"),
            Text(
                "Extends the numbers: imports, exports, computes, manages models.",
                "分析数据：导入、导出、计算与管理模型。",
            ),
            _SEEING
            | {"customers.export", "calls.export", "imports.write", "refresh.run", "signals.manage", "models.manage"},
        ),
        Role("viewer", Text("Viewer", "访客"), Text("Looks, and changes nothing.", "只读。"), _SEEING),
    )
}


def permissions_of(role: str) -> frozenset[str]:
    """Return what a role may do; a role we do not know may do nothing."""
    found = ROLES.get(role)
    return frozenset() if found is None else found.permissions
