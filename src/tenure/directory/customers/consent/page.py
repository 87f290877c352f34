"""The public pages of consent: plain HTML in both languages that needs no script and no log-in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from tenure.directory.customers.consent import look
from tenure.directory.customers.consent.look import Look
from tenure.directory.customers.consent.tables import Purpose
from tenure.directory.customers.consent.words import CHANNELS
from tenure.kit.i18n import Language, Text

_STYLE = """
:root{color-scheme:light dark;--ink:#1c2733;--dim:#5b6b7b;--paper:#fff;--edge:#dfe5ec}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--dim:#9fb0c0;--paper:#10161d;--edge:#2b3845}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);
font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif}
main{max-width:36rem;margin:0 auto;padding:3rem 1.25rem}h1{font-size:1.5rem;margin:0 0 .5rem}
p{color:var(--dim);margin:.25rem 0 1rem}fieldset{border:1px solid var(--edge);border-radius:12px;margin:0 0 1rem;
padding:1rem 1.25rem}legend{font-weight:600;padding:0 .4rem}label{display:inline-flex;gap:.5rem;align-items:center;
min-height:44px;margin-inline-end:1.25rem}input{width:1.15rem;height:1.15rem;accent-color:var(--brand)}
button{font:inherit;min-height:44px;padding:.5rem 1.25rem;border-radius:10px;border:1px solid var(--brand);cursor:pointer}
.main{background:var(--fill);border-color:var(--fill);color:var(--on)}.plain{background:none;color:var(--brand)}
.done{border-inline-start:4px solid var(--brand);padding:.5rem 1rem;margin:0 0 1.5rem;color:var(--ink)}
nav{display:flex;justify-content:space-between;color:var(--dim);margin-bottom:2rem}nav a{color:inherit}
form{margin:0 0 1rem}.logo{max-height:44px;max-width:60%;object-fit:contain}
blockquote{margin:0 0 1rem;padding:.25rem 0 .25rem 1rem;border-inline-start:3px solid var(--brand)}
em{font-style:normal;color:var(--dim)}small{display:block;color:var(--dim);margin-top:.5rem}
footer{border-top:1px solid var(--edge);margin-top:3rem;padding-top:1rem;color:var(--dim);font-size:.85rem}
footer a{color:inherit}
"""
_WORDS = {
    "title": Text("What you hear from us", "您希望收到什么"),
    "lead": Text("Choose what reaches you, and how. It counts at once.", "请选择希望收到的内容和方式，立即生效。"),
    "save": Text("Save", "保存"),
    "all": Text("Stop everything", "全部退订"),
    "all_meaning": Text("Except what your own orders and contracts need.", "与您的订单和合同直接相关的通知除外。"),
    "saved": Text("Saved. It counts from now on.", "已保存，即刻生效。"),
    "stopped": Text("Done. You will not hear about this any more.", "已退订，今后不会再收到此类消息。"),
    "confirmed": Text("Thank you, that is confirmed.", "感谢您，订阅已确认。"),
    "stop_title": Text("Stop these messages?", "退订此类消息？"),
    "stop_one": Text("Yes, stop “{list}” by {channel}", "退订“{list}”（{channel}）"),
    "confirm_title": Text("Do you want to hear about “{list}” by {channel}?", "您是否同意通过{channel}接收“{list}”？"),
    "confirm": Text("Yes, I want that", "同意订阅"),
    "more": Text("Choose in detail", "详细选择"),
    "saved_waiting": Text(
        "Saved. We have sent you a message: press the button behind its link, and it counts.",
        "已保存。我们已向您发送确认消息，请点击其中的链接并按下按钮，订阅随即生效。",
    ),
    "waits": Text("waits for your confirmation", "待您确认"),
    "late_title": Text("This link is out of date", "此链接已过期"),
    "late": Text(
        "It was good for 7 days. Nothing is lost: we can send you a new one.",
        "链接有效期为 7 天。您可以重新获取，我们会再发一封确认消息。",
    ),
    "moved_title": Text("This link counts no more", "此链接已失效"),
    "moved": Text(
        "It was sent to an address that is not the one we have of you now. We can send a new one to that.",
        "它发送到的地址已不是我们现有的地址。您可以重新获取，我们会向现有地址再发一封确认消息。",
    ),
    "again": Text("Send me a new link", "重新发送链接"),
    "again_done": Text(
        "Done. A new message is on its way; open its link and press the button.",
        "新的确认消息已发出，请打开其中的链接并按下按钮。",
    ),
}


@dataclass(frozen=True, slots=True)
class _Boxes:
    """What is ticked, what waits to be confirmed, and the channels there are boxes for."""

    chosen: Mapping[tuple[str, str], bool]
    waiting: frozenset[tuple[str, str]]
    channels: Sequence[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """What every page needs: the company's look, the language, and the token the forms send back."""

    look: Look
    language: Language
    token: str


def preferences(
    page: Shown,
    lists: Sequence[Purpose],
    chosen: Mapping[tuple[str, str], bool],
    channels: Sequence[str],
    note: str,
    words: Mapping[str, Text],
    waiting: frozenset[tuple[str, str]] = frozenset(),
) -> str:
    """Write the preference centre: a box for each list and channel, one button to save, one to stop everything.

    ``words`` are the sentences people agree to, by list; ``waiting`` is what they have not confirmed yet.
    """
    boxes = _Boxes(chosen, waiting, channels)
    fields = "".join(_list(page.language, purpose, boxes, words.get(purpose.name)) for purpose in lists)
    said = page.language
    return _page(
        page,
        _say("title", said),
        f"{_note(note, said)}<p>{_say('lead', said)}</p>"
        f'<form method="post" action="/preferences/{escape(page.token)}">{fields}'
        f'<button class="main" name="act" value="save">{_say("save", said)}</button></form>'
        f'<form method="post" action="/preferences/{escape(page.token)}">'
        f'<button class="plain" name="act" value="stop_all">{_say("all", said)}</button>'
        f"<p>{_say('all_meaning', said)}</p></form>",
    )


def unsubscribe(page: Shown, purpose: Text, channel: str, *, done: bool) -> str:
    """Write the page behind an unsubscribe link: looking at it changes nothing, its button does."""
    said = page.language
    named = {"list": escape(purpose.say(said)), "channel": escape(_channel(channel).say(said))}
    more = f'<p><a href="/preferences/{escape(page.token)}">{_say("more", said)}</a></p>'
    if done:
        return _page(page, _say("title", said), _note("stopped", said) + more)
    button = _WORDS["stop_one"].say(said).format(**named)
    body = (
        f'<form method="post" action="/unsubscribe/{escape(page.token)}">'
        f'<button class="main">{button}</button></form>{more}'
    )
    return _page(page, _say("stop_title", said), body)


def confirmation(page: Shown, purpose: Text, channel: str, words: Text | None, *, done: bool) -> str:
    """Write the page behind a confirmation link: a person presses the button, a link scanner does not."""
    said = page.language
    named = {"list": escape(purpose.say(said)), "channel": escape(_channel(channel).say(said))}
    if done:
        return _page(page, _say("title", said), _note("confirmed", said))
    asked = "" if words is None else f"<blockquote>{escape(words.say(said))}</blockquote>"
    body = (
        f'{asked}<form method="post" action="/confirm/{escape(page.token)}">'
        f'<button class="main">{_say("confirm", said)}</button></form>'
    )
    return _page(page, _WORDS["confirm_title"].say(said).format(**named), body)


def late(page: Shown, *, done: bool, moved: bool = False) -> str:
    """Write the page of a confirmation link that is out of date, or went to an address of before: a new one can be had."""
    if done:
        return _page(page, _say("title", page.language), _note("again_done", page.language))
    why = "moved" if moved else "late"
    body = (
        f"<p>{_say(why, page.language)}</p>"
        f'<form method="post" action="/confirm/{escape(page.token)}/again">'
        f'<button class="main">{_say("again", page.language)}</button></form>'
    )
    return _page(page, _say(f"{why}_title", page.language), body)


def broken(language: Language, what: Text, remedy: Text | None) -> str:
    """Write the page of a link that says nothing."""
    body = f"<p>{escape(remedy.say(language))}</p>" if remedy else ""
    return _page(Shown(Look(""), language, ""), escape(what.say(language)), body)


def _list(language: Language, purpose: Purpose, boxes: _Boxes, words: Text | None) -> str:
    label = purpose.label_zh if language == "zh" else purpose.label_en
    meaning = purpose.meaning_zh if language == "zh" else purpose.meaning_en
    written = "".join(_box(language, (purpose.name, channel), boxes) for channel in boxes.channels)
    agreed = "" if words is None else f"<small>{escape(words.say(language))}</small>"
    return f"<fieldset><legend>{escape(label)}</legend><p>{escape(meaning)}</p>{written}{agreed}</fieldset>"


def _box(language: Language, place: tuple[str, str], boxes: _Boxes) -> str:
    waits = place in boxes.waiting
    ticked = " checked" if waits or boxes.chosen.get(place) else ""
    said = escape(_channel(place[1]).say(language))
    note = f" <em>({_say('waits', language)})</em>" if waits else ""
    box = f'<input type="checkbox" name="on" value="{escape(place[0])}|{place[1]}"{ticked}>'
    return f"<label>{box}<span>{said}{note}</span></label>"


def _page(page: Shown, title: str, body: str) -> str:
    other: Language = "en" if page.language == "zh" else "zh"
    name = {"en": "English", "zh": "中文"}[other]
    tag = {"en": "en", "zh": "zh-CN"}[page.language]
    return (
        f'<!doctype html><html lang="{tag}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{title} · {escape(page.look.name)}</title><style>{_STYLE}{look.variables(page.look)}</style></head><body><main>"
        f'<nav><span>{look.head(page.look)}</span><a href="?language={other}" hreflang="{other}">{name}</a></nav>'
        f"<h1>{title}</h1>{body}{look.foot(page.look)}</main></body></html>"
    )


def _note(name: str, language: Language) -> str:
    return f'<p class="done" role="status">{_say(name, language)}</p>' if name else ""


def _say(name: str, language: Language) -> str:
    return _WORDS[name].say(language)


def _channel(name: str) -> Text:
    return CHANNELS.get(name, Text("all ways", "所有方式"))
