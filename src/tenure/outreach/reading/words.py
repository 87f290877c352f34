"""The signs of machines and people in words."""

from tenure.kit.i18n import Text

REASONS: dict[str, Text] = {
    "delay": Text("How long after delivery", "距送达的时间"),
    "trap": Text("It followed a link nobody sees", "访问了人看不到的链接"),
    "links": Text("Many links of one mail within seconds", "数秒内访问同一邮件的多个链接"),
    "recipients": Text("One address read the mail of many customers at once", "同一地址同时读取多位客户的邮件"),
    "agent_empty": Text("The program did not say its name", "程序未报名称"),
    "agent_scanner": Text("The program says it is a scanner or a library", "程序自报为扫描器或程序库"),
    "agent_privacy_proxy": Text("A proxy that loads mail whether or not it is read", "无论是否阅读都会预加载的代理"),
    "caught": Text("The same address was caught on another mail", "同一地址在其他邮件中已被识破"),
    "ahead": Text("The program said that it only looks ahead (prefetch)", "程序声明仅为预加载（prefetch）"),
    "head": Text("It asked for the headers only (HEAD)", "仅请求头部（HEAD）"),
    "head_first": Text("It asked for the headers first", "先请求了头部"),
    "network": Text("It came from a scanner's network", "来自扫描器的网段"),
    "read_before": Text("The mail had been opened before it was clicked", "点击前已打开邮件"),
}
