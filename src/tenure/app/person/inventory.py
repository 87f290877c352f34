"""Everything that is stored, and what becomes of it when a person asks for their data or wants it gone.

Every table of PostgreSQL and every table of the lake stands here, and a test fails for one that does not: whoever adds
a table says here whether it speaks of a customer, how the rows of one are found, and what erasure does to them.
"""

from dataclasses import dataclass
from typing import Literal

from tenure.kit.i18n import Text

Fate = Literal["erased", "follows", "forgets", "kept"]
FATES: dict[Fate, Text] = {
    "erased": Text("Rows are deleted", "删除整行"),
    "follows": Text("Rows are deleted with what they hang on", "随所属记录一并删除"),
    "forgets": Text("The row stays, what names the person goes", "保留该行，去除可识别本人的内容"),
    "kept": Text("Stays", "保留"),
}


@dataclass(frozen=True)
class Holding:
    """What one table holds of a person: how their rows are found (SQL over ``:ids`` and ``:wecom``), and their fate.

    ``hidden`` are columns that are nobody's data but ours, such as search indexes; an export leaves them out.
    """

    table: str
    label: Text
    rows: str
    fate: Fate
    why: Text | None = None
    hidden: tuple[str, ...] = ()


OF_CUSTOMER = "customer_id = ANY(:ids)"
_OF_SENDS = "send_id IN (SELECT id FROM sends WHERE customer_id = ANY(:ids))"
_OF_CASES = "case_id IN (SELECT id FROM risk_cases WHERE customer_id = ANY(:ids))"
_LATELY = (
    "told->>'user_id' = ANY(:ids) OR "
    "told->>'anonymous_id' IN (SELECT anonymous_id FROM visitors WHERE customer_id = ANY(:ids))"
)
_HAVE_IT = (  # claimed of somebody else, and theirs
    "EXISTS (SELECT FROM customer_identifiers i WHERE i.customer_id = ANY(:ids) "
    "AND i.kind = claimed_addresses.kind AND i.value = claimed_addresses.value)"
)
_OUTLIVES = Text(
    "A keyed hash that keeps a closed address closed; it names nobody without the workspace's secret.",
    "带密钥的散列值，使已停用的地址保持停用；没有工作区密钥无法识别任何人。",
)

# In the order in which rows go: what hangs on something goes before it.
HOLDINGS: tuple[Holding, ...] = (
    Holding("message_reads", Text("Opens and clicks", "打开与点击"), _OF_SENDS, "follows"),
    Holding("short_links", Text("Short addresses of links", "短链接"), _OF_SENDS, "follows"),
    Holding("returned_mail", Text("Returned mail", "退信"), _OF_SENDS, "erased"),
    Holding("soft_bounces", Text("Mail that was put off", "暂缓投递"), _OF_SENDS, "erased", hidden=("address_key",)),
    Holding("message_news", Text("News on its way to the lake", "待入湖消息动态"), _OF_SENDS, "erased"),
    Holding("send_events", Text("What became of each message", "消息经过"), _OF_SENDS, "follows"),
    Holding("wecom_handed", Text("Messages handed to colleagues", "交同事发送的消息"), _OF_SENDS, "follows"),
    Holding("inbox_messages", Text("Messages on the site", "网站消息"), OF_CUSTOMER, "follows"),
    Holding("push_subscriptions", Text("Browsers that take pushes", "接收推送的浏览器"), OF_CUSTOMER, "follows"),
    Holding("dispatch_customers", Text("Messages asked for", "待排队的消息"), OF_CUSTOMER, "erased"),
    Holding("sends", Text("Messages sent and held", "消息发送记录"), OF_CUSTOMER, "erased"),
    Holding("wecom_relations", Text("Contacts in WeCom", "企业微信联系人"), "contact = ANY(:wecom)", "erased"),
    Holding("recommendations", Text("Recommended products", "商品推荐"), OF_CUSTOMER, "erased"),
    Holding("call_candidates", Text("Call list", "回访名单"), OF_CUSTOMER, "erased"),
    Holding("case_entries", Text("What was done about an alert", "预警处理记录"), _OF_CASES, "follows"),
    Holding("raised_signals", Text("Signals", "预警信号"), OF_CUSTOMER, "erased"),
    Holding("risk_cases", Text("Alerts", "预警"), OF_CUSTOMER, "erased"),
    Holding("customer_summaries", Text("Figures and predictions", "指标与预测"), OF_CUSTOMER, "erased"),
    Holding("stream", Text("On its way to the lake", "待入湖记录"), "payload->>'customer_id' = ANY(:ids)", "erased"),
    Holding("confirmations", Text("Asked to confirm", "订阅确认"), OF_CUSTOMER, "follows"),
    Holding("consents", Text("Consent in force", "当前同意状态"), OF_CUSTOMER, "follows"),
    Holding(
        "consent_records",
        Text("Consent ledger", "同意记录"),
        OF_CUSTOMER,
        "follows",
        Text(
            "Each word stays for three years as a keyed hash of the address, where that was chosen: "
            "the proof of having been allowed to write.",
            "若选择保留，每条记录以地址的密钥散列保存三年，用于证明当时获得许可。",
        ),
    ),
    Holding(
        "claimed_addresses",
        Text("Addresses claimed, not proven", "未经证明的联系方式"),
        f"{OF_CUSTOMER} OR {_HAVE_IT}",
        "erased",
        hidden=("customer_id",),
    ),
    Holding("customer_identifiers", Text("Identities", "身份标识"), OF_CUSTOMER, "follows"),
    Holding("customer_imports", Text("What imports changed", "导入所作更改"), OF_CUSTOMER, "follows"),
    Holding("customer_merges", Text("Merges", "合并记录"), "kept_id = ANY(:ids) OR merged_id = ANY(:ids)", "follows"),
    Holding("tracked_lately", Text("Newest events", "最新事件"), _LATELY, "erased"),
    Holding("visitors", Text("Visits before being known", "匿名访客关联"), OF_CUSTOMER, "erased"),
    Holding("customers", Text("Profile", "客户资料"), "id = ANY(:ids)", "erased", hidden=("search", "aliases")),
    Holding(
        "audit_log",
        Text("Audit log", "审计日志"),
        "subject_id = ANY(:ids)",
        "forgets",
        Text(
            "That something was done, when and by whom stays; about whom, and what was known of them, goes.",
            "保留操作本身、时间与操作人；去除操作对象及其内容。",
        ),
    ),
    Holding("suppressions", Text("Closed addresses", "已停用地址"), "false", "kept", _OUTLIVES),
)


@dataclass(frozen=True)
class Mention:
    """A table that may mention a person inside its texts; what names them there is taken out."""

    table: str
    label: Text
    key: tuple[str, ...]
    columns: tuple[str, ...]


MENTIONS: tuple[Mention, ...] = (
    Mention("refreshes", Text("Findings of refreshes", "计算结果"), ("as_of",), ("notes", "overview", "predictions")),
    Mention("recommendation_runs", Text("How lists were made", "推荐生成记录"), ("as_of",), ("facts", "words")),
    Mention("signal_records", Text("How signals did", "信号成绩"), ("signal",), ("figures",)),
    Mention("health_settings", Text("How health scores did", "健康分对照"), ("id",), ("comparison",)),
    Mention("runs", Text("Long work", "任务记录"), ("id",), ("step", "result", "error")),
    Mention("imports", Text("Imports", "导入记录"), ("id",), ("file_name", "columns", "notes", "error", "counts")),
    Mention("saved_filters", Text("Saved lists", "已存筛选"), ("id",), ("name", "query", "filter")),
    Mention("dispatches", Text("Messages to audiences", "群发任务"), ("id",), ("audience", "terms", "error")),
    Mention("webhook_deliveries", Text("What other systems were told", "推送给其他系统的内容"), ("id",), ("body",)),
    Mention("wecom_tasks", Text("Questions to colleagues", "请同事发送的任务"), ("id",), ("words", "error")),
)

_STAFF = Text("About members, not customers.", "仅涉及成员，不涉及客户。")
_MODELS = Text("Weights and figures of many customers together.", "多位客户汇总的参数与指标。")
_SETTINGS = Text("Settings, written by members.", "由成员填写的设置。")
_HASHES = Text("Keyed hashes and receipts; nothing that names anybody.", "仅含密钥散列与回执，不含可识别信息。")
_SHAPES = Text("Names and types of events and their properties.", "仅含事件与属性的名称和类型。")
IMPERSONAL: dict[str, Text] = {
    "api_keys": _STAFF,
    "members": _STAFF,
    "sign_ins": _STAFF,
    "sign_in_attempts": _STAFF,
    "wecom_colleagues": _STAFF,
    "attribute_definitions": Text("Values that many customers share.", "多位客户共有的取值。"),
    "brand": _SETTINGS,
    "channel_accounts": _SETTINGS,
    "forgotten_channels": _SETTINGS,
    "consent_purposes": _SETTINGS,
    "consent_wordings": _SETTINGS,
    "contact_policies": _SETTINGS,
    "content_blocks": _SETTINGS,
    "messages": _SETTINGS,
    "message_versions": _SETTINGS,
    "fitted_models": _MODELS,
    "model_decisions": _MODELS,
    "finished_stages": Text("Names of files that erasure deletes.", "仅含文件名，相应文件随删除清除。"),
    "import_mappings": Text("Names of columns.", "仅含列名。"),
    "recommended_products": Text("Products.", "商品。"),
    "risk_rules": _SETTINGS,
    "send_taps": _SETTINGS,
    "signal_settings": _SETTINGS,
    "warning_settings": _SETTINGS,
    "webhook_endpoints": _SETTINGS,
    "wecom_tags": _SETTINGS,
    "workspace": _SETTINGS,
    "channel_care": _SETTINGS,
    "hold_outs": _SETTINGS,
    "domain_pace": Text("Domains of mail providers.", "邮件服务商域名。"),
    "media": _SETTINGS,
    "webhook_marks": Text("How far ledgers were read.", "仅含读取位置。"),
    "write_keys": _SETTINGS,
    "expected_events": _SETTINGS,
    "seen_events": _SHAPES,
    "seen_properties": _SHAPES,
    "tracking_violations": _SHAPES,
    "heard_once": Text("Numbers of notices, for two days.", "仅含通知编号，保留两天。"),
    "idempotency_keys": Text(
        "Answers kept for a day; those that name the person are emptied.", "保留一天的应答；涉及本人的会被清空。"
    ),
    "stream_keys": Text("Keys of things that happened, for 90 days.", "仅含事件键，保留 90 天。"),
    "erased_keys": _HASHES,
    "erasures": _HASHES,
    "kept_consents": _HASHES,
}

# The lake: whose id stands in which column. Orders and their lines may stay without anybody.
LAKE: dict[str, str] = {
    "customers": "customer_id",
    "orders": "customer_id",
    "order_items": "customer_id",
    "payments": "customer_id",
    "subscriptions": "customer_id",
    "events": "customer_id",
    "tickets": "customer_id",
    "feedback": "customer_id",
    "messages": "customer_id",
    "points": "customer_id",
    "scores": "customer_id",
    "customer_links": "customer_id",
}
LAKE_IMPERSONAL: dict[str, Text] = {
    "products": Text("Products.", "商品。"),
    "anonymous_events": Text("Events of visitors nobody knows.", "未识别访客的事件。"),
}
ANONYMOUS = ("orders", "order_items")  # what may stay as sales without a customer
NAMES_SOMEBODY = {"orders": ("customer_id", "coupon"), "order_items": ("customer_id",)}  # emptied when they stay
