"""What providers in mainland China allow in a text message, as data: each rule with the sentence it comes from.

Sources, as read in November 2026: Alibaba Cloud help.aliyun.com/document_detail/91975.html; Tencent Cloud
cloud.tencent.com/document/product/382/39023 and /382/3771; Huawei Cloud support.huaweicloud.com/productdesc-msgsms/sms_templates.html
and /usermanual-iotcom/iotcom_03_1002.html. Providers change their rules and review every template themselves; where they differ,
the linter of a house gateway applies the strictest.
"""

from tenure.channels.sms.banned import BANNED
from tenure.channels.sms.rule import (
    ALIBABA,
    ALL,
    ELSEWHERE,
    HUAWEI,
    HUAWEI_IOT,
    HUAWEI_NAMES,
    MARKETING,
    OPT_OUT,
    TENCENT,
    TENCENT_CODES,
    Rule,
    Source,
)
from tenure.kit.i18n import Text

HOURS = Rule(
    "sms.hours",
    MARKETING,
    (
        Source(
            "huawei",
            Text(
                "Promotional messages are sent between 8:00 and 21:00 each day.",
                "推广短信发送时间为每日8:00 - 21:00，尽量避免夜间发送。",
            ),
            HUAWEI_IOT,
        ),
        Source(
            "tencent",
            Text(
                "Marketing messages may only be sent from 8 to 22 o'clock.",
                "为避免骚扰用户，营销短信只允许在8点到22点发送。",
            ),
            TENCENT_CODES,
        ),
    ),
    Text("Send between 08:00 and 21:00 Beijing time.", "请在北京时间 08:00–21:00 之间发送。"),
)
OPT_OUT_MISSING = Rule(
    "sms.opt_out",
    MARKETING,
    (
        Source(
            "alibaba",
            Text(
                "It must end with a way to unsubscribe; the wording is always “拒收请回复R”.",
                "末尾必须携带退订方式，统一退订文案为“拒收请回复R”。",
            ),
            ALIBABA,
        ),
        Source(
            "huawei",
            Text("The form is “拒收请回复R”; no other is supported.", "退订格式为“拒收请回复R”，其余格式不支持。"),
            HUAWEI_IOT,
        ),
    ),
    Text("End the text with exactly “拒收请回复R”.", "请在末尾原样写上“拒收请回复R”。"),
)
OPT_OUT_IN_NOTICE = Rule(
    "sms.opt_out_in_notice",
    frozenset(("code", "notice")),
    (
        Source(
            "alibaba",
            Text(
                "Marketing is forbidden in a notice, and “拒收请回复R” may not be in it.",
                "禁止发送或夹带营销推广类的内容，不能包含“拒收请回复R”。",
            ),
            ALIBABA,
        ),
    ),
    Text("Take the words out, or hand the template in as marketing.", "请删去这几个字，或按推广短信提交模板。"),
    OPT_OUT,
)
BRACKETS = Rule(
    "sms.brackets",
    ALL,
    (
        Source(
            "tencent",
            Text("【】 is not supported, lest it be taken for the signature.", "不支持【】，以免与签名混淆。"),
            TENCENT,
        ),
        Source(
            "huawei",
            Text("【】 may not be used; sending may fail.", "不支持使用【】，【】可能会与签名混淆，导致发送失败。"),
            HUAWEI,
        ),
    ),
    Text(
        "Take 【】 out of the text; the provider puts the signature in front.", "请从正文删去【】，签名由平台加在最前。"
    ),
    r"[【】]",
)
SIGNATURE = Rule(
    "sms.signature",
    ALL,
    (
        Source(
            "huawei",
            Text(
                "The system puts 【】 around the name; it is 2 to 16 characters, not digits alone.",
                "申请签名时只需填写签名名称，系统会自动为您加上【】……签名名称要求2~16个字符（只能包含中文、数字、字母，不能为纯数字）。",
            ),
            HUAWEI_NAMES,
        ),
    ),
    Text(
        "Begin with the approved signature in 【】, 2 to 16 characters.", "请以【】括起的已审核签名开头，2 至 16 个字。"
    ),
)
VARIABLES = Rule(
    "sms.variables",
    MARKETING,
    (
        Source(
            "huawei",
            Text("No variables: the template is fixed text only.", "不支持变量，模板只能为纯固定文本。"),
            HUAWEI,
        ),
    ),
    Text(
        "Write the text without variables, or use another channel for a personal one.",
        "请去掉变量；需要个性化内容时请换用其他渠道。",
    ),
    r"\$?\{[^{}]*\}",
    ELSEWHERE,
)
ONLY_VARIABLES = Rule(
    "sms.only_variables",
    ALL,
    (Source("tencent", Text("Templates of variables alone are not supported.", "不支持全变量模板。"), TENCENT),),
    Text("Say with fixed words what the message is about.", "请用固定文字说明短信内容。"),
)
ADJACENT = Rule(
    "sms.adjacent_variables",
    ALL,
    (
        Source(
            "tencent",
            Text("Two variables may not stand side by side.", "模板中的两个变量不能相邻，前后需加文字说明。"),
            TENCENT,
        ),
    ),
    Text("Put words between the variables.", "请在两个变量之间加上文字。"),
    r"\$?\{[^{}]*\}\s*\$?\{[^{}]*\}",
)
VARIABLE_LINK = Rule(
    "sms.variable_link",
    ALL,
    (
        Source(
            "tencent",
            Text(
                "Links must be registered (ICP) and constant.",
                "链接只能是已 ICP 备案的网址，且必须为常量（固定不变）。",
            ),
            TENCENT,
        ),
        Source(
            "huawei", Text("Links are fixed addresses only.", "链接只能为固定网址，不能是跳转链接或短网址。"), HUAWEI
        ),
    ),
    Text("Write the whole link as fixed text.", "请把完整链接写成固定文字。"),
    r"(?:https?://|www\.|[a-z0-9-]+\.(?:com|cn|net|top|shop)/)[^\s，。！；]*\$?\{[^{}]*\}[^\s，。！；]*",
)
SHORT_LINK = Rule(
    "sms.short_link",
    ALL,
    (Source("huawei", Text("No redirecting or short links.", "链接只能为固定网址，不能是跳转链接或短网址。"), HUAWEI),),
    Text("Use the address of your own site.", "请使用自己网站的完整网址。"),
    r"(?:https?://)?(?:t\.cn|dwz\.cn|suo\.im|url\.cn|bit\.ly|tinyurl\.com|t\.co|is\.gd|goo\.gl)/\S*",
)
LEADING_LINK = Rule(
    "sms.leading_link",
    ALL,
    (
        *SHORT_LINK.sources,
        VARIABLE_LINK.sources[0],
    ),
    Text(
        "Switch short links off for this message, and write the fixed address that is registered.",
        "请关闭此消息的短链接，直接写已备案的固定网址。",
    ),
)
SYMBOLS = Rule(
    "sms.symbols",
    ALL,
    (
        Source(
            "tencent",
            Text(
                "¥, ★ and composed symbols such as ^_^&, ☞, ✓, ※ are not supported.",
                "不支持¥、★以及通过按键录入的组合型特殊符号，例如^_^&、☞、✓、※等。",
            ),
            TENCENT,
        ),
        Source(
            "huawei", Text("No ¥, ★, ^_^, &, √, ※, [].", "不支持使用特殊符号，如¥、★、^_^、&、√、※、[]等。"), HUAWEI
        ),
    ),
    Text("Write it in words: 元 for ¥.", "请改用文字，例如用“元”代替“¥”。"),
    r"[¥￥★☆☞✓√※●→]|\^_\^|[\U0001F300-\U0001FAFF☀-➿]",
)
LENGTH = Rule(
    "sms.length",
    ALL,
    (
        Source(
            "tencent",
            Text(
                "At most 500 characters, signature and variables included.",
                "短信总长度（含签名和变量的实际取值）最长不超过500字。",
            ),
            TENCENT,
        ),
        Source("huawei", Text("Templates hold at most 500 characters.", "文本短信模板限500字符。"), HUAWEI),
    ),
    Text("Shorten it to 500 characters.", "请缩短到 500 字以内。"),
)
MEMBERS = Rule(
    "sms.members",
    MARKETING,
    (
        Source(
            "alibaba",
            Text(
                "Marketing to non-members is not supported; address members as such.",
                "不支持向非会员用户发送营销内容……请在模板中添加会员称谓。",
            ),
            ALIBABA,
        ),
        Source(
            "huawei",
            Text(
                "Only to subscribed members; the template must show it.",
                "只支持发送给有订购关系的会员用户，模板必须体现是发送给会员。",
            ),
            HUAWEI,
        ),
    ),
    Text("Address the reader as a member (尊敬的会员).", "请在正文中体现会员称谓，例如“尊敬的会员”。"),
)
CODE_WORD = Rule(
    "sms.code_word",
    frozenset(("code",)),
    (
        Source(
            "huawei",
            Text(
                "One of 验证码, 注册码, 校验码, 动态码 must be in it.",
                "国内短信必须含有验证码，注册码，校验码，动态码这4个词其中之一。",
            ),
            HUAWEI,
        ),
    ),
    Text("Say that it is a 验证码.", "请写明“验证码”。"),
)

EVERY: tuple[Rule, ...] = (
    *BANNED,
    HOURS,
    OPT_OUT_MISSING,
    OPT_OUT_IN_NOTICE,
    BRACKETS,
    SIGNATURE,
    VARIABLES,
    ONLY_VARIABLES,
    ADJACENT,
    VARIABLE_LINK,
    SHORT_LINK,
    LEADING_LINK,
    SYMBOLS,
    LENGTH,
    MEMBERS,
    CODE_WORD,
)
