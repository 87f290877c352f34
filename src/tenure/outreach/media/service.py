"""The verbs of pictures: take one in, forget one."""

import hashlib
from datetime import datetime

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.kit.db import Session
from tenure.kit.errors import Conflict, FieldProblem, Invalid, NotFound
from tenure.kit.i18n import Text
from tenure.outreach.media import repository
from tenure.outreach.media.pictures import LARGEST, picture_of
from tenure.outreach.media.tables import Media

_LONGEST_TITLE = 120


def add(session: Session, content: bytes, title: str, actor: Principal, now: datetime) -> Media:
    """Take a picture in; one that is there already is returned as it stands."""
    if len(content) > LARGEST:
        raise _refused(Text("A picture has at most 2 MB.", "图片不能超过 2 MB。"))
    found = picture_of(content)
    if found is None:
        raise _refused(
            Text(
                "This is no PNG, JPEG, GIF or WebP of at most 8,000 pixels to a side.",
                "这不是边长不超过 8,000 像素的 PNG、JPEG、GIF 或 WebP 图片。",
            ),
            Text(
                "Save it as PNG or JPEG. SVG is not taken: mail programs do not show it.",
                "请另存为 PNG 或 JPEG。不支持 SVG：邮件客户端不显示。",
            ),
        )
    name = f"{hashlib.sha256(content).hexdigest()[:32]}.{found.ending}"
    told = {
        "name": name, "title": " ".join(title.split())[:_LONGEST_TITLE] or name, "type": found.type,
        "width": found.width, "height": found.height, "size": len(content),
    }  # fmt: skip
    if repository.add(session, {**told, "content": content, "added_at": now, "added_by": actor.id}):
        audit.record(session, actor, audit.Change("media.add", "media", name, None, told), now)
    return find(session, name)


def find(session: Session, name: str) -> Media:
    """Return a picture without its content, or raise ``NotFound``."""
    found = repository.find(session, name)
    if found is None:
        raise _nowhere()
    return found


def content(session: Session, name: str) -> tuple[str, bytes]:
    """Return a picture's type and content, or raise ``NotFound``."""
    found = repository.content(session, name)
    if found is None:
        raise _nowhere()
    return found


def remove(session: Session, name: str, actor: Principal, now: datetime) -> None:
    """Forget a picture nothing shows; what was sent with it must not lose it."""
    row = find(session, name)
    used = repository.used_in(session, name)
    if used:
        where = ", ".join(used)
        raise Conflict(
            Text(f"This picture is shown in: {where}.", f"以下内容正在使用此图片：{where}。"),
            remedy=Text("Pictures of published versions stay.", "已发布版本中的图片会一直保留。"),
        )
    repository.remove(session, name)
    audit.record(session, actor, audit.Change("media.remove", "media", name, {"title": row.title}, None), now)


def _nowhere() -> NotFound:
    return NotFound(Text("There is no such picture.", "没有这张图片。"))


def _refused(message: Text, remedy: Text | None = None) -> Invalid:
    return Invalid(message, remedy=remedy, fields=(FieldProblem("/file", message),))
