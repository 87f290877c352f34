"""What may not be said in a text message at all, found by words: providers' lists of forbidden content, as data."""

from tenure.channels.sms.rule import ALL, ELSEWHERE, HUAWEI, TENCENT, Provider, Rule, Source
from tenure.kit.i18n import Text


def _banned(rule: str, en: str, pattern: str, *, tencent: str = "", huawei: str = "") -> Rule:
    """Make a rule of a word on the lists of what is forbidden; each provider's own word is quoted."""
    told: list[tuple[Provider, str, str]] = [("tencent", tencent, TENCENT), ("huawei", huawei, HUAWEI)]
    sources = tuple(
        Source(provider, Text(f"It is forbidden to send … {en} …", f"禁止发送……{words}……"), address)
        for provider, words, address in told
        if words
    )
    remedy = Text(
        "Text messages may not say this. Take it out, or send it over WeCom, e-mail or in the app.",
        "短信不可发送这类内容。请删去，或改用企业微信、邮件或应用内消息。",
    )
    return Rule(f"sms.banned.{rule}", ALL, sources, remedy, pattern, ELSEWHERE)


_WIN_BACK = (
    r"召回|好久不见|久未(?:光临|登录|见)|(?:很久|好久|许久)(?:没有?|未)(?:来|见|登录|光临|下单)|想[你您]了|等[你您]回(?:来|家)"
    r"|回归(?:礼|有礼|福利|专享)|欢迎(?:您)?回来|we miss you|come back"
)
_POINTS = (
    r"积分[^，。！；]{0,8}?(?:兑换|兑|领取|领|抵扣|换购|过期|到期|清零)|(?:兑换|领取|使用|用)[^，。！；]{0,4}?积分"
    r"|redeem[^.!]{0,20}?points"
)
_COUPON = r"优惠券|代金券|抵用券|满减券|折扣券|现金券|礼品券|体验券|领券|用券|券已到账|无门槛|coupon|voucher"
_SURVEY = r"问卷|满意度(?:调查|调研|评价)|(?:参与|填写|完成)[^，。！；]{0,6}?(?:调查|调研)|survey|questionnaire"
_CONTACT = r"加(?:入)?(?:微信|QQ|群|企微|企业微信|好友|客服微信)|(?:微信|VX|威信)号?[:：]"

BANNED = (
    _banned("win_back", "recall of users", _WIN_BACK, tencent="用户召回", huawei="用户召回"),
    _banned("points", "points to be collected or redeemed", _POINTS, tencent="积分领取、积分兑换", huawei="积分兑换"),
    _banned("coupon", "promotion by coupons", _COUPON, tencent="优惠券类推广", huawei="优惠券类推广"),
    _banned("survey", "questionnaires", _SURVEY, tencent="问卷调查", huawei="问卷调查"),
    _banned(
        "new_users",
        "recruitment of users",
        r"拉新|邀请(?:好友|朋友|注册)|推荐好友",
        tencent="用户拉新",
        huawei="用户拉新",
    ),
    _banned(
        "draw", "draws and prizes won", r"抽奖|中奖|幸运大?转盘|一元(?:秒杀|夺宝)", tencent="抽奖、中奖", huawei="中奖"
    ),
    _banned(
        "contact",
        "joining groups, adding QQ or WeChat",
        _CONTACT,
        tencent="加群、加 QQ 或者加微信",
        huawei="加群、加QQ、加微信",
    ),
    _banned("rebate", "rebates", r"返现|返利|好评返", tencent="返现返利", huawei="返利"),
    _banned("praise", "asking for good reviews", r"(?:给|赏|求)[^，。！；]{0,4}?好评|五星好评", tencent="邀请好评"),
    _banned("alcohol", "alcohol", r"白酒|红酒|啤酒|葡萄酒|酒水|茅台", tencent="酒类", huawei="烟、酒"),
    _banned(
        "finance",
        "everything about finance",
        r"贷款|借款|理财|信用卡|提额|分期",
        tencent="金融相关的所有内容",
        huawei="贷款……投资理财……借贷、分期",
    ),
    _banned("live", "anything about live streams", r"直播", tencent="直播相关", huawei="直播"),
)
