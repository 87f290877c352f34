"""Pictures: known by their content, kept once, read by everybody, and never taken from what shows them."""

import struct
import zlib
from typing import Any

import pytest

from tenure.app.http import build_app
from tenure.app.wiring import Stores
from tenure.outreach.media.pictures import picture_of
from tenure.sources.tracking.speed import Speed
from tests.directory.make import Browser, TickingClock, member, owner, stranger

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
GIF = b"GIF89a" + struct.pack("<HH", 3, 2) + b"\x00\x00\x00;"
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x10\x00\x20" + b"\x03" * 12 + b"\xff\xd9"
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00" + b"\x3f\x00\x00\x1f\x00\x00"


def png(width: int = 2, height: int = 1, colour: bytes = b"\x10\x80\x60") -> bytes:
    """Make a real PNG of one colour."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = (b"\x00" + colour * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def boss(stores: Stores) -> Browser:
    """The owner."""
    return owner(stores, TickingClock())


def upload(browser: Browser, content: bytes, name: str = "logo.png", kind: str = "image/png") -> Any:
    return browser.post("/media", files={"file": (name, content, kind)})


@pytest.mark.parametrize(("content", "told"), [
    (png(7, 5), ("image/png", "png", 7, 5)),
    (GIF, ("image/gif", "gif", 3, 2)),
    (JPEG, ("image/jpeg", "jpg", 32, 16)),
    (WEBP, ("image/webp", "webp", 64, 32)),
])  # fmt: skip
def test_a_picture_is_known_by_its_bytes(content: bytes, told: tuple[str, str, int, int]) -> None:
    found = picture_of(content)
    assert found is not None
    assert (found.type, found.ending, found.width, found.height) == told


@pytest.mark.parametrize(
    "content", [b"", SVG, b"<html>", png()[:40], png(9000, 1)[:60] + b"IEND", GIF[:7], JPEG[:12], b"%PDF-1.7"]
)
def test_what_is_no_whole_picture_is_refused(boss: Browser, content: bytes) -> None:
    refused = upload(boss, content)
    assert refused.status_code == 422
    assert refused.json()["remedy"]["zh"]


def test_a_picture_stands_once_is_read_by_everybody_and_kept_by_caches(stores: Stores, boss: Browser) -> None:
    first = upload(boss, png(), "Our logo.png").json()
    again = upload(boss, png(), "another.svg", "image/svg+xml").json()
    assert again == first
    assert first["title"] == "Our logo.png"
    assert [one["name"] for one in boss.get("/media").json()["items"]].count(first["name"]) == 1
    passer_by = stranger(stores)
    read = passer_by.get("http://testserver" + first["path"])
    assert (read.content, read.headers["content-type"]) == (png(), "image/png")
    assert "immutable" in read.headers["cache-control"]
    assert read.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in read.headers["content-security-policy"]
    kept = passer_by.get("http://testserver" + first["path"], headers={"If-None-Match": read.headers["etag"]})
    assert kept.status_code == 304
    assert passer_by.get(f"http://testserver/media/{'0' * 32}.png").status_code == 404


def test_a_picture_too_large_is_refused(boss: Browser) -> None:
    assert "2 MB" in upload(boss, png() + b"\x00" * 2_000_000).json()["detail"]


def test_a_picture_that_is_shown_stays_and_another_goes(boss: Browser) -> None:
    shown = upload(boss, png(3, 3)).json()
    words = {"subject": "S", "mjml": f"<mjml>{{{{ media.url }}}}/{shown['name']}</mjml>"}
    assert boss.post("/messages", json={"name": "Shows", "channels": {"email": {"en": words}}}).status_code == 201
    refused = boss.delete(f"/media/{shown['name']}")
    assert refused.status_code == 409
    assert "Shows" in refused.json()["detail"]
    loose = upload(boss, png(4, 4)).json()
    assert boss.delete(f"/media/{loose['name']}").status_code == 204
    assert boss.get("/audit?limit=1").json()["items"][0]["act"] == "media.remove"


def test_a_viewer_may_choose_pictures_and_not_bring_them(stores: Stores, boss: Browser) -> None:
    viewer = member(stores, boss, "viewer")
    assert viewer.get("/media").status_code == 200
    assert upload(viewer, png()).status_code == 403
    assert upload(stranger(stores), png()).status_code == 401


def test_one_address_reads_pictures_only_so_often(stores: Stores) -> None:
    name = upload(owner(stores), png(9, 9)).json()["name"]
    speed = Speed()
    world = Browser(build_app(stores, {"public_speed": speed}), raise_server_exceptions=False)
    url = f"http://testserver/media/{name}"
    assert world.get(url).status_code == 200
    for known in list(speed._buckets.values()):
        known.room = -1e9  # as time passes, room comes back
    refused = world.get(url)
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many")
    assert refused.json()["detail_zh"]
