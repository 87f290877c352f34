"""The way out: which addresses are dialled, and what broke when nothing came back."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import ip_address, ip_network

import pytest

from tenure.channels.outbound import (
    MOST_BYTES,
    Answer,
    Broken,
    Forbidden,
    Limits,
    NotSent,
    Outbound,
    closed,
    is_private_network,
)
from tests.channels.provider import Provider, Reply, Request

HERE = ("127.0.0.0/8",)


class Site(Provider):
    """Answers anybody, as told."""

    reply: Reply | None = (200, "here")

    def judge(self, request: Request) -> Reply | None:
        return self.reply

    def answer(self, request: Request) -> Reply | None:
        self.seen.append(request)
        return self.reply


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
    ],
)
def test_private_and_reserved_addresses_are_closed_in_every_disguise(address: str) -> None:
    assert closed(ip_address(address))


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "::ffff:169.254.169.254", "fe80::1", "fd00:ec2::254", "100.100.100.200"]
)
def test_where_clouds_tell_a_machine_its_keys_is_closed_whatever_was_allowed(address: str) -> None:
    everything = tuple(map(ip_network, ("0.0.0.0/0", "::/0")))
    assert closed(ip_address(address), everything)
    assert not closed(ip_address("10.1.2.3"), everything)


@pytest.mark.parametrize("address", ["1.1.1.1", "223.5.5.5", "2400:3200::1", "64:ff9b::101:101"])
def test_public_addresses_are_open(address: str) -> None:
    assert not closed(ip_address(address))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "127.1", "0177.0.0.1"]
)
def test_nothing_inside_is_dialled_however_it_is_written(site: Site, host: str) -> None:
    out = Outbound(limits=Limits(connect=2))
    port = site.url.rpartition(":")[2]
    assert isinstance(out.post(f"http://{host}:{port}/", b"x", {}), (Forbidden, NotSent))
    assert site.seen == []
    out.close()


def test_one_private_address_among_public_ones_closes_the_name(site: Site) -> None:
    out = Outbound(resolve=lambda host, port: ["93.184.216.34", "127.0.0.1"])
    assert isinstance(out.post("https://mixed.example/", b"x", {}), Forbidden)
    out.close()


def test_a_name_that_changes_its_answer_is_dialled_at_the_address_that_was_checked(site: Site) -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    out = Outbound(allowed=HERE, resolve=rebinding)
    port = site.url.rpartition(":")[2]
    assert isinstance(out.post(f"http://shop.example:{port}/", b"x", {}), Answer)
    assert asked == ["shop.example"]
    assert site.seen[0].headers["host"] == f"shop.example:{port}"
    assert isinstance(out.post(f"http://shop.example:{port}/", b"x", {}), Forbidden)
    out.close()


def test_a_redirect_is_an_answer_and_is_never_followed(site: Site) -> None:
    inner = Site()
    site.reply = (307, f"{inner.url}/secret")
    out = Outbound(allowed=HERE)
    reply = out.post(site.url, b"x", {})
    assert isinstance(reply, Answer)
    assert reply.status == 307
    assert inner.seen == []
    out.close()
    inner.close()


@pytest.mark.parametrize("url", ["ftp://shop.example/", "file:///etc/passwd", "shop.example", "http://", "http://a b/"])
def test_only_addresses_of_the_web_are_dialled(url: str) -> None:
    out = Outbound(resolve=lambda host, port: ["127.0.0.1"])
    assert isinstance(out.post(url, b"x", {}), (Forbidden, NotSent))
    out.close()


def test_a_name_without_an_address_and_a_closed_door_sent_nothing(site: Site) -> None:
    site.close()
    out = Outbound(allowed=HERE, resolve=lambda host, port: [] if host == "nowhere.example" else ["127.0.0.1"])
    assert isinstance(out.post("http://nowhere.example/", b"x", {}), NotSent)
    assert isinstance(out.post(site.url, b"x", {}), NotSent)
    out.close()


def test_the_second_address_is_tried_when_the_first_is_shut(site: Site) -> None:
    out = Outbound(allowed=("127.0.0.0/8", "::1/128"), resolve=lambda host, port: ["127.0.0.2", "127.0.0.1"])
    port = site.url.rpartition(":")[2]
    assert isinstance(out.post(f"http://shop.example:{port}/", b"x", {}), Answer)
    out.close()


def test_an_answer_without_end_is_cut(site: Site) -> None:
    site.reply = (200, "x" * (MOST_BYTES * 3))
    out = Outbound(allowed=HERE)
    reply = out.get(site.url)
    assert isinstance(reply, Answer)
    assert len(reply.body) == MOST_BYTES
    out.close()


def test_a_cut_line_is_told_apart_from_a_closed_door(site: Site) -> None:
    site.reply = None
    out = Outbound(allowed=HERE)
    assert isinstance(out.post(site.url, b"x", {}), Broken)
    out.close()


def test_a_head_sent_letter_by_letter_ends_with_all_waiting() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def dawdle() -> None:
            line, _ = server.accept()
            with line, suppress(OSError):
                line.recv(4096)
                for letter in "HTTP/1.1 200 OK\r\nX: " + "a" * 100:
                    line.send(letter.encode())
                    time.sleep(0.1)

        thread = threading.Thread(target=dawdle)
        thread.start()
        outbound, begun = Outbound(HERE, Limits(connect=1, read=1, whole=0.5)), time.monotonic()
        try:
            assert isinstance(outbound.get(f"http://127.0.0.1:{server.getsockname()[1]}/"), Broken)
            assert time.monotonic() - begun < 3, "each letter came in time, and all of them in twelve seconds"
        finally:
            outbound.close()
            thread.join()


@pytest.mark.parametrize(
    ("network", "private"),
    [
        ("10.0.0.0/8", True), ("192.168.7.0/24", True), ("127.0.0.0/8", True), ("fc00::/7", True), ("fd12::/32", True),
        ("0.0.0.0/0", False), ("8.8.8.0/24", False), ("0.0.0.0/1", False), ("::/0", False), ("2001:4860::/32", False),
        ("10.0.0.1/8", False), ("ours", False), ("", False),
    ],
)  # fmt: skip
def test_only_a_private_network_may_be_named_as_allowed(network: str, private: bool) -> None:
    assert is_private_network(network) is private
