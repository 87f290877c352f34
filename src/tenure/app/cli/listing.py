"""Commands about lists, the sentences people agree to, and how the public pages look."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from tenure.app import settings as environment
from tenure.app.cli.asking_why import consent as consent
from tenure.app.cli.terminal import note, print_json, say, show, workspace
from tenure.app.cli.workspaces import AsJson, Name
from tenure.app.look import public_look
from tenure.directory.customers.consent import asking, previewing, service
from tenure.directory.customers.consent.look import contrasts
from tenure.directory.customers.consent.schemas import ConsentPurpose
from tenure.directory.customers.consent.words import Word
from tenure.directory.members import service as members
from tenure.kit.db import transaction
from tenure.kit.errors import Invalid
from tenure.kit.http import Text as WireText
from tenure.kit.i18n import Text
from tenure.outreach.accounts import service as accounts
from tenure.outreach.confirming import service as confirming
from tenure.outreach.content import kept
from tenure.outreach.content import service as content

LISTS = {
    "name": Text("Name", "名称"),
    "label_en": Text("In English", "英文"),
    "label_zh": Text("In Chinese", "中文"),
    "rule": Text("Rule", "规则"),
    "double_opt_in": Text("Confirmed", "需确认"),
    "shown": Text("Shown", "显示"),
}
CONFIRMATIONS = {
    "waiting": Text("Wait to be asked", "待征询"),
    "asked": Text("Asked, 30 days", "30 天内已征询"),
    "confirmed": Text("Confirmed", "已确认"),
}
CONTRASTS = {
    "what": Text("What", "内容"),
    "ratio": Text("Contrast", "对比度"),
    "needed": Text("Needed", "要求"),
}


@consent.command("lists")
def lists(name: Name = None, as_json: AsJson = False) -> None:
    """Show the lists people may be on. 消息类型"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        rows = [ConsentPurpose.of(purpose).values() for purpose in service.purposes(session)]
    show(rows, LISTS, as_json)


@consent.command("list")
def put_list(
    purpose: Annotated[str, typer.Argument(help="Short name, such as news.")],
    en: Annotated[str, typer.Option(help="Name in English.")],
    zh: Annotated[str, typer.Option(help="Name in Chinese.")],
    meaning_en: Annotated[str, typer.Option(help="What it brings, in English.")],
    meaning_zh: Annotated[str, typer.Option(help="What it brings, in Chinese.")],
    opt_out: Annotated[bool, typer.Option("--opt-out/--opt-in", help="Stopped by a no, or needing a yes.")] = False,
    confirmed: Annotated[bool, typer.Option("--double-opt-in/--single", help="A yes waits to be confirmed.")] = False,
    hidden: Annotated[bool, typer.Option("--hidden/--shown", help="Whether the preference centre shows it.")] = False,
    position: Annotated[int, typer.Option(help="Its place among the others.")] = 100,
    name: Name = None,
) -> None:
    """Add a list, or change its words and its rule. 添加或修改类型"""
    wanted = ConsentPurpose(
        name=purpose,
        label=WireText(en=en, zh=zh),
        meaning=WireText(en=meaning_en, zh=meaning_zh),
        rule="opt_out" if opt_out else "opt_in",
        shown=not hidden,
        position=position,
        double_opt_in=confirmed,
    )
    with workspace(name) as stores, transaction(stores.engine) as session:
        service.change_purpose(session, wanted.values(), members.operator(session), stores.clock.now())
    say(Text("Saved.", "已保存。"))


@consent.command("wording")
def wording(
    purpose: str,
    en: Annotated[str, typer.Option(help="The sentence in English.")],
    zh: Annotated[str, typer.Option(help="The sentence in Chinese.")],
    name: Name = None,
) -> None:
    """Publish a new version of the sentence people agree to; older ones stay. 发布同意文字"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        made = service.add_wording(session, purpose, Text(en, zh), members.operator(session), stores.clock.now())
        said = made.id
    say(Text(f"Published as {said}.", f"已发布，编号 {said}。"))


@consent.command("ask")
def ask(customer: str, purpose: str, channel: str, name: Name = None) -> None:
    """Ask somebody for their yes: a message goes by itself, and the link is printed too. 征询确认"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        actor, now = members.operator(session), stores.clock.now()
        word = Word(customer, purpose, channel, "pending", now, "command_line", actor=actor.id)
        token = asking.ask(session, word, stores.secret, now)
    say(Text(f"/confirm/{token}", f"/confirm/{token}"))


@consent.command("confirmations")
def confirmations(name: Name = None, as_json: AsJson = False) -> None:
    """Say whether people can be asked to confirm their yes, and how many wait, were asked and confirmed. 订阅确认"""
    public = bool(environment.read().public_url)
    with workspace(name) as stores, transaction(stores.engine) as session:
        on = [one.channel for one in accounts.every(session) if one.enabled]
        found = confirming.standing(session, on, stores.clock.now(), public=public)
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    show([{one: getattr(found, one) for one in CONFIRMATIONS}], CONFIRMATIONS, as_json=False)
    if found.blocked is not None:
        note(Text(found.blocked.en, found.blocked.zh))


@consent.command("look")
def look(
    company: Annotated[str | None, typer.Option("--name", help="Name of the company.")] = None,
    colour: Annotated[str | None, typer.Option(help="Colour of buttons, such as #1f6f54.")] = None,
    text_colour: Annotated[str | None, typer.Option(help="Colour of the words on them.")] = None,
    logo_url: Annotated[str | None, typer.Option(help="Where the logo lies, https://….")] = None,
    site_url: Annotated[str | None, typer.Option(help="The company's site, https://….")] = None,
    address: Annotated[str | None, typer.Option(help="Postal address, in the foot.")] = None,
    sender_name: Annotated[str | None, typer.Option(help="Sender of mails.")] = None,
    sender_address: Annotated[str | None, typer.Option(help="Its address.")] = None,
    workspace_name: Name = None,
    as_json: AsJson = False,
) -> None:
    """Show or change how mails and public pages look; what is hard to read is said. 外观"""
    wanted = {
        "name": company,
        "colour": colour,
        "text_colour": text_colour,
        "logo_url": logo_url,
        "site_url": site_url,
        "postal_address": address,
        "sender_name": sender_name,
        "sender_address": sender_address,
    }
    changed = {key: value for key, value in wanted.items() if value is not None}
    with workspace(workspace_name) as stores, transaction(stores.engine) as session:
        if changed:
            words = replace(kept.brand(session), **changed)
            content.change_brand(session, words, members.operator(session), stores.clock.now())
        found, brand = contrasts(public_look(session)), kept.brand(session).told()
    if as_json:
        print_json({"look": brand, "contrasts": [_row(one) for one in found]})
        return
    show([_row(one) for one in found], CONTRASTS, as_json=False)
    for one in found:
        if not one.enough:
            message = Text(
                "{what}: {ratio} of {needed}, hard to read.", "{what}：对比度 {ratio}，低于 {needed}，不易阅读。"
            )
            note(message.fill(what=one.what, ratio=one.ratio, needed=one.needed))


@consent.command("page")
def page(
    out: Annotated[Path, typer.Argument(help="The file to write.")],
    which: Annotated[str, typer.Option(help="preferences, unsubscribe or confirm")] = "preferences",
    chinese: Annotated[bool, typer.Option("--zh/--en", help="In Chinese.")] = False,
    name: Name = None,
) -> None:
    """Write a public page as customers see it, to look at. 预览公开页面"""
    if which not in ("preferences", "unsubscribe", "confirm"):
        raise Invalid(Text(f"There is no page {which}.", f"没有页面 {which}。"))
    with workspace(name) as stores, transaction(stores.engine) as session:
        written = previewing.page_of(session, public_look(session), which, "zh" if chinese else "en")
    out.write_text(written, encoding="utf-8")
    say(Text(f"Written to {out}.", f"已写入 {out}。"))


def _row(one: object) -> dict[str, object]:
    return {name: getattr(one, name) for name in ("what", "ratio", "needed", "enough")}
