"""The one way out over HTTP: every address is checked before it is dialled, and what broke is told apart.

A name is resolved here, every address it stands for is checked, and the connection goes to the checked address itself, so that
a name that answers differently the second time cannot lead inside. Redirects are answers, never followed.
"""

import socket
import ssl
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import httpx

from tenure.channels.patience import Patient, until

MOST_BYTES = 65_536  # an answer longer than this is cut: channels answer with a few lines
_LINES = 32  # hosts whose connections are kept open

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Sequence[str]]
_NAT64 = ip_network("64:ff9b::/96")
_WIDEST = {4: 8, 6: 7}  # the widest private network there is: 10.0.0.0/8, fc00::/7
# Where clouds tell a machine its own keys: nobody's receiver stands there, whatever network was named.
_NEVER = tuple(map(ip_network, ("169.254.0.0/16", "fe80::/10", "fd00:ec2::/32", "100.100.100.200/32")))


def is_private_network(value: str) -> bool:
    """Say whether a text is a private network such as 10.0.0.0/8: the only kind that may be named as allowed."""
    try:
        network = ip_network(value)
    except ValueError:
        return False
    return network.is_private and network.prefixlen >= _WIDEST[network.version]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said; ``headers`` are in lower case."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NotSent:
    """Nothing reached the other side."""

    why: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The request left, and no whole answer came."""

    why: str


@dataclass(frozen=True, slots=True)
class Forbidden:
    """The address is not one we speak to; nothing was sent and never will be."""

    why: str


Outcome = Answer | NotSent | Broken | Forbidden


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds: to connect, to wait for each piece, and for the whole."""

    connect: float = 5.0
    read: float = 15.0
    whole: float = 30.0


class Outbound:
    """An HTTP client that speaks to public addresses only, and to the private networks it was allowed."""

    def __init__(
        self, allowed: Iterable[str] = (), limits: Limits | None = None, resolve: Resolve | None = None
    ) -> None:
        self._limits = limits or Limits()
        self._transport = _Checked(tuple(ip_network(name) for name in allowed), resolve or _resolve)
        self._client = httpx.Client(
            transport=self._transport,
            timeout=httpx.Timeout(self._limits.read, connect=self._limits.connect, pool=self._limits.connect),
            follow_redirects=False,
            trust_env=False,
        )

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
        """Send a body and wait for the answer; never raises."""
        return self.send("POST", url, body, headers)

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Outcome:
        """Ask for something; never raises."""
        return self.send("GET", url, None, headers or {})

    def send(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> Outcome:
        """Send a request; the words of an error name its kind only, because an address may hold a secret."""
        ends = time.monotonic() + self._limits.whole
        try:
            with until(ends), self._client.stream(method, url, content=body, headers=dict(headers)) as response:
                return _whole(response, ends)
        except _NotAllowed as error:
            return Forbidden(str(error))
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError, UnicodeError):
            return Forbidden("not an address of the web")
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            return NotSent(type(error).__name__)
        except httpx.HTTPError as error:
            return Broken(type(error).__name__)

    def looks(self, url: str) -> str | None:
        """Say why an address would not be dialled, without dialling it; nothing when it would."""
        try:
            parts = httpx.URL(url)
            self._transport.checked(parts)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError):
            return "not an address of the web"
        except (_NotAllowed, httpx.ConnectError) as error:
            return str(error)
        return None

    def close(self) -> None:
        """Let go of connections."""
        self._client.close()


def closed(address: Address, allowed: Sequence[Network] = ()) -> bool:
    """Tell whether an address is one we do not speak to: not public, and not in a network that was allowed."""
    inner = _inner(address)
    if any(inner in network for network in _NEVER if network.version == inner.version):
        return True
    if any(inner in network for network in allowed if network.version == inner.version):
        return False
    return not inner.is_global or inner.is_multicast or inner.is_reserved


def _inner(address: Address) -> Address:
    """Return the IPv4 address an IPv6 one carries, if it carries one: that is where packets end up."""
    if isinstance(address, IPv4Address):
        return address
    carried = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
    if carried is None and address in _NAT64:
        carried = IPv4Address(int(address) & 0xFFFFFFFF)
    return carried or address


class _NotAllowed(Exception):
    """An address we do not speak to."""


class _Checked(httpx.BaseTransport):
    """Dials checked addresses by number; the name goes on in the Host header and in the TLS handshake.

    Each name has connections of its own: a certificate shown for one name never serves another at the same address.
    """

    def __init__(self, allowed: Sequence[Network], resolve: Resolve) -> None:
        self._allowed, self._resolve = allowed, resolve
        self._tls: ssl.SSLContext | None = None
        self._lines: OrderedDict[tuple[str, str, int], httpx.HTTPTransport] = OrderedDict()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Resolve, check every address, and try them in turn until one lets us in."""
        url = request.url
        addresses, port = self.checked(url)
        line = self._line(url.scheme, url.host, port)
        for number, address in enumerate(addresses):
            dialled = httpx.Request(
                request.method,
                url.copy_with(host=str(address)),
                headers=request.headers,
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": url.raw_host.decode("ascii")},
            )
            try:
                return line.handle_request(dialled)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if number == len(addresses) - 1:
                    raise
        raise httpx.ConnectError("no address")

    def close(self) -> None:
        """Let go of every line."""
        for line in self._lines.values():
            line.close()
        self._lines.clear()

    def checked(self, url: httpx.URL) -> tuple[list[Address], int]:
        """Return the addresses of a URL, all of them checked, and the port."""
        if url.scheme not in ("http", "https") or not url.host:
            raise httpx.UnsupportedProtocol("only http and https")
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            host = url.raw_host.decode("ascii").strip("[]")
            found = [ip_address(name.partition("%")[0]) for name in self._resolve(host, port)]
        except (OSError, ValueError) as error:
            raise httpx.ConnectError("name not found") from error
        for address in found:
            if closed(address, self._allowed):
                raise _NotAllowed("the name leads to a private or reserved address")
        return found, port

    def _line(self, scheme: str, host: str, port: int) -> httpx.HTTPTransport:
        key = (scheme, host, port)
        line = self._lines.pop(key, None)
        if line is None:
            self._tls = self._tls or httpx.create_ssl_context(trust_env=False)
            line = httpx.HTTPTransport(verify=self._tls, trust_env=False)
            line._pool._network_backend = Patient()  # httpx has no other way in; a test holds it to this one
        self._lines[key] = line
        if len(self._lines) > _LINES:
            self._lines.popitem(last=False)[1].close()
        return line


def _resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _whole(response: httpx.Response, ends: float) -> Answer | Broken:
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > MOST_BYTES:
            break
        if time.monotonic() > ends:
            return Broken("the answer took too long")
    return Answer(response.status_code, bytes(body[:MOST_BYTES]), dict(response.headers))
