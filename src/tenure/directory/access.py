"""The door: who is asking, by cookie or key, and whether they may. Every route names its permission here.

``require("metrics.read")`` for a permission, ``signed_in`` for any member, ``anyone`` for what needs no log-in.
A browser's unsafe requests must also prove that our own page sent them: the ``Origin`` is ours, and the header
``X-CSRF-Token`` equals the cookie ``tenure_csrf`` and belongs to the session.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request, Response

from tenure.directory.credentials import repository
from tenure.directory.credentials.principal import Principal as Principal
from tenure.directory.credentials.secrets import csrf_token, same
from tenure.directory.roles import PERMISSIONS
from tenure.kit.db import transaction
from tenure.kit.errors import Forbidden, NotSignedIn
from tenure.kit.http import current_clock, current_engine
from tenure.kit.i18n import Text

SESSION_COOKIE = "tenure_session"
CSRF_COOKIE = "tenure_csrf"
CSRF_HEADER = "X-CSRF-Token"
ANYONE = "anyone"
MEMBER = "member"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_COOKIE_SECONDS = int(repository.LONGEST.total_seconds())

_NOT_SIGNED_IN = Text("You are not signed in.", "您尚未登录。")
_BAD_KEY = Text("The API key is unknown, expired or revoked.", "API 密钥不存在、已过期或已撤销。")
_FOREIGN = Text("The request did not come from Tenure's own pages.", "请求并非来自 Tenure 页面。")
_RELOAD = Text("Reload the page and try again.", "请刷新页面后重试。")


def identify(request: Request) -> Principal | None:
    """Return who sent a request, or None; raises ``NotSignedIn`` for a key that is not good."""
    engine, now = current_engine(request), current_clock(request).now()
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        with transaction(engine) as session:
            found = repository.principal_of_key(session, secret.strip(), now)
        if found is None:
            raise NotSignedIn(_BAD_KEY)
        return found
    token = request.cookies.get(SESSION_COOKIE)
    if token is None:
        return None
    with transaction(engine) as session:
        return repository.principal_of_session(session, token, now)


def current_principal(request: Request) -> Principal:
    """Return who sent a request, or raise; asked twice in one request it looks once."""
    known: Principal | None = getattr(request.state, "principal", None)
    if known is None:
        known = identify(request)
        if known is None:
            raise NotSignedIn(_NOT_SIGNED_IN, remedy=Text("Sign in and try again.", "请登录后重试。"))
        request.state.principal = known
    if known.kind == "member":
        check_same_site(request)
        _check_csrf(request)
    return known


@lru_cache
def require(permission: str) -> Callable[[Request], Principal]:
    """Return the dependency that lets a request pass only with a permission, and says who sent it."""
    meaning = PERMISSIONS[permission]

    def allowed(request: Request) -> Principal:
        principal = current_principal(request)
        if not principal.may(permission):
            raise Forbidden(
                Text("This needs the permission “{what}”.", "此操作需要“{what}”权限。").fill(what=meaning),
                remedy=Text("Ask an owner or manager for it.", "请联系所有者或经理授权。"),
            )
        return principal

    allowed.permission = permission  # type: ignore[attr-defined]  # read by permission_of
    return allowed


def signed_in(request: Request) -> Principal:
    """Let any member pass; API keys are not members."""
    principal = current_principal(request)
    if principal.kind != "member":
        raise Forbidden(Text("This is for members, not for API keys.", "此操作仅限成员，不支持 API 密钥。"))
    return principal


def anyone(request: Request) -> None:
    """Let everybody pass, but no page of another site."""
    check_same_site(request)


def anywhere(request: Request) -> None:
    """Let everybody pass, pages of other sites too: for routes that know nobody by a cookie."""
    del request


anywhere.permission = ANYONE  # type: ignore[attr-defined]
signed_in.permission = MEMBER  # type: ignore[attr-defined]
anyone.permission = ANYONE  # type: ignore[attr-defined]
SignedIn = Annotated[Principal, Depends(signed_in)]


def permission_of(dependency: object) -> str | None:
    """Return the permission a dependency of a route declares, or None when it is about something else."""
    found = getattr(dependency, "permission", None)
    return found if isinstance(found, str) else None


def check_same_site(request: Request) -> None:
    """Refuse an unsafe request that a page of another site sent; programs send no ``Origin``."""
    if request.method in SAFE_METHODS:
        return
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("Host")
    if foreign or site not in ("same-origin", "none"):
        raise Forbidden(_FOREIGN, remedy=_RELOAD)


def _check_csrf(request: Request) -> None:
    if request.method in SAFE_METHODS:
        return
    header = request.headers.get(CSRF_HEADER, "")
    expected = csrf_token(request.cookies.get(SESSION_COOKIE, ""))
    if not (same(header, request.cookies.get(CSRF_COOKIE, "")) and same(header, expected)):
        raise Forbidden(_FOREIGN, remedy=_RELOAD)


def csrf_of(token: str) -> str:
    """Return the CSRF token that belongs to a session's secret."""
    return csrf_token(token)


def session_token(request: Request) -> str:
    """Return the secret in the session cookie, or nothing."""
    return request.cookies.get(SESSION_COOKIE, "")


def set_session_cookies(request: Request, response: Response, token: str) -> None:
    """Hand a browser its session, and the CSRF token that its pages must send back."""
    secure = request.url.scheme == "https"
    response.set_cookie(
        SESSION_COOKIE, token, max_age=_COOKIE_SECONDS, httponly=True, samesite="lax", secure=secure, path="/"
    )
    response.set_cookie(
        CSRF_COOKIE, csrf_token(token), max_age=_COOKIE_SECONDS, httponly=False, samesite="lax", secure=secure, path="/"
    )


def clear_session_cookies(response: Response) -> None:
    """Take a browser's session away."""
    response.delete_cookie(SESSION_COOKIE, path="/")
    response.delete_cookie(CSRF_COOKIE, path="/")
