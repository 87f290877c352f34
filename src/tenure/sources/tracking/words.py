"""Why an event or a whole request is not taken, in words."""

from tenure.kit.i18n import Text

LARGEST_EVENT = 32 * 1024
LARGEST_BODY = 500 * 1024
MOST_EVENTS = 5_000
DEEPEST = 32
LONGEST_ID = 255
LONGEST_NAME = 200

# code -> what is wrong with one event
REFUSALS: dict[str, Text] = {
    "not_an_object": Text("An event is a JSON object.", "事件必须是 JSON 对象。"),
    "unknown_type": Text(
        "The type is one of identify, track, page, screen, group, alias.",
        "type 须为 identify、track、page、screen、group、alias 之一。",
    ),
    "no_user": Text("Name the person: userId or anonymousId.", "请提供 userId 或 anonymousId。"),
    "bad_id": Text(
        "An id is text or a number, not blank, of at most 255 characters.", "标识须为非空文本或数字，最长 255 个字符。"
    ),
    "meaningless_id": Text(
        "The userId is a word like “undefined” that many people would share.",
        "userId 是“undefined”之类的占位词，会把很多人混在一起。",
    ),
    "no_event": Text(
        "A track call names its event, in at most 200 characters.", "track 须提供事件名，最长 200 个字符。"
    ),
    "no_group": Text("A group call names its groupId.", "group 须提供 groupId。"),
    "no_previous": Text("An alias call names previousId and userId.", "alias 须同时提供 previousId 与 userId。"),
    "bad_properties": Text(
        "Properties, traits and context are JSON objects.", "properties、traits 与 context 须为 JSON 对象。"
    ),
    "bad_time": Text(
        "Times are ISO 8601, such as 2026-03-01T09:00:00Z.", "时间须为 ISO 8601 格式，如 2026-03-01T09:00:00Z。"
    ),
    "future": Text("The event lies more than an hour in the future.", "事件时间超前一小时以上。"),
    "too_old": Text("The event lies before 1990.", "事件时间早于 1990 年。"),
    "too_large": Text("An event has at most 32 KB.", "单个事件不得超过 32 KB。"),
    "too_deep": Text("An event is nested at most 32 levels deep.", "事件嵌套不得超过 32 层。"),
    "twice_named": Text("An object names the same field twice.", "同一对象中字段名重复。"),
    "bad_text": Text("A text holds a NUL character or half of a character.", "文本中含有空字符（NUL）或不完整的字符。"),
    "bad_number": Text("A number is larger than any computer holds.", "数字超出可表示的范围。"),
    "unexpected": Text("The event is not among those declared.", "事件未登记。"),
    "missing_property": Text("A required property is missing.", "缺少必填属性。"),
    "wrong_type": Text("A property is not of the type expected.", "属性类型与预期不符。"),
    "other_currency": Text(
        "The order is not in the workspace's currency, so it is not counted as one.",
        "订单币种与工作区不同，未计入订单。",
    ),
    "unproven_address": Text(
        "Another address was claimed of a known customer; not proven, so it was set aside.",
        "为已知客户上报了另一个联系方式；未经证明，已搁置。",
    ),
    "unknown_order": Text("The order it speaks of is unknown.", "所指订单不存在。"),
}

# code -> what is wrong with a whole request
FAULTS: dict[str, Text] = {
    "no_key": Text(
        "Send a write key: as the user name of Basic authorization, or as writeKey in the body.",
        "请提供写入密钥：作为 Basic 认证的用户名，或放在请求体的 writeKey 中。",
    ),
    "bad_key": Text("The write key is unknown or revoked.", "写入密钥不存在或已撤销。"),
    "bad_origin": Text("This write key may not be used from this site.", "该写入密钥不允许在此站点使用。"),
    "server_key": Text(
        "This is a key of a server and must not stand in a page. Revoke it, and use a key of browsers here.",
        "这是服务器密钥，不得出现在网页中。请撤销它，并在此改用浏览器密钥。",
    ),
    "too_fast": Text("This source sends more than it may; send again later.", "该来源发送过快，请稍后重试。"),
    "body_too_large": Text("A request has at most 500 KB, unpacked.", "请求解压后不得超过 500 KB。"),
    "too_many_events": Text("A batch has at most 5,000 events.", "一个批次最多 5,000 个事件。"),
    "bad_encoding": Text(
        "The body is not what its Content-Encoding says; gzip is understood.",
        "请求体与 Content-Encoding 不符；支持 gzip。",
    ),
    "not_utf8": Text("The body is not UTF-8.", "请求体不是 UTF-8 编码。"),
    "not_json": Text("The body is not JSON.", "请求体不是 JSON。"),
    "body_too_deep": Text("The body is nested too deeply.", "请求体嵌套过深。"),
    "body_not_an_object": Text("The body is a JSON object.", "请求体须为 JSON 对象。"),
    "no_batch": Text("The body has a list named batch.", "请求体须含名为 batch 的列表。"),
    "unknown_call": Text(
        "There is no such call; there are identify, track, page, screen, group, alias, batch.",
        "没有此接口；可用：identify、track、page、screen、group、alias、batch。",
    ),
    "wrong_method": Text("Send events with POST.", "请使用 POST 发送事件。"),
    "not_now": Text("Events cannot be stored just now; send again.", "暂时无法存储事件，请重试。"),
}
STATUSES = {
    "no_key": 401,
    "bad_key": 401,
    "bad_origin": 403,
    "server_key": 403,
    "too_fast": 429,
    "body_too_large": 413,
    "too_many_events": 413,
    "unknown_call": 404,
    "wrong_method": 405,
    "not_now": 503,
}
