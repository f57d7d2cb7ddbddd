"""The wall in front of everything: no socket without a session, no foreign origin, strict headers."""

import collections
import hashlib
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlencode

from crm_app.core.errors import NotSignedIn
from crm_app.ui import session
from crm_app.ui.route import OPEN
from crm_app.ui.session import HEADER

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

COOKIE = "crm_session"
SOCKETS_PER_SESSION = 30
TOKENS_REMEMBERED = 20_000
SAFE = {"GET", "HEAD", "OPTIONS"}
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval' {scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; connect-src 'self' {sockets}; font-src 'self'; frame-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class Shield:
    """An ASGI wrapper around the whole app."""

    def __init__(self, app: App, origins: list[str], scripts: Callable[[], list[str]], secure: bool):
        self.app = app
        self.origins = {origin.encode() for origin in origins}
        self.secure = secure
        self._scripts = scripts
        self._headers: list[tuple[bytes, bytes]] = []
        self._owners: collections.OrderedDict[str, str] = collections.OrderedDict()
        self._sockets: collections.Counter[str] = collections.Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)
        path, headers = scope["path"], scope["headers"]
        found = session_hash(headers)
        if not self._origin_fits(scope, headers):
            return await _close(scope, receive, send, 403)
        if path.startswith(("/_event", "/_upload")) and not self._may_talk(scope, path, headers, found):
            return await _close(scope, receive, send, 401)
        if is_page(scope, path) and not (found and known(found)):
            return await _redirect(send, "/sign-in?" + urlencode({"next": path}))
        # The cookie never enters the app's states; what a client says in our header is not believed.
        scope = {**scope, "headers": [(k, v) for k, v in headers if k not in (HEADER.encode(), b"cookie")]}
        if path.startswith(("/_event", "/_upload")):
            scope["headers"] = [(k, v) for k, v in scope["headers"] if not k.startswith((b"x-forwarded", b"forwarded"))]
        else:
            scope["headers"] += [(k, v) for k, v in headers if k == b"cookie"]
        if found:
            scope["headers"].append((HEADER.encode(), found.encode()))
        if scope["type"] == "websocket":
            self._sockets[found] += 1
            try:
                return await self.app(scope, receive, send)
            finally:
                self._sockets[found] -= 1
        await self.app(scope, receive, self._sealed(send, path))

    def _origin_fits(self, scope: Scope, headers: list[tuple[bytes, bytes]]) -> bool:
        """Sockets must come from our own pages; unsafe requests must not come from foreign ones."""
        origin = next((value for name, value in headers if name == b"origin"), None)
        if scope["type"] == "websocket":
            return origin in self.origins
        if scope["method"] in SAFE:
            return True
        return origin is None or origin in self.origins

    def _may_talk(self, scope: Scope, path: str, headers: list[tuple[bytes, bytes]], found: str) -> bool:
        if not found or not known(found):
            return False
        if path.startswith("/_upload"):
            return False  # uploads go through our own routes
        token = (parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token") or [""])[0]
        if not token or len(token) > 64 or self._owner(token, found) != found:
            return False
        return self._sockets[found] < SOCKETS_PER_SESSION

    def _owner(self, token: str, found: str) -> str:
        """A tab's token belongs to the session that first used it."""
        owner = self._owners.setdefault(token, found)
        self._owners.move_to_end(token)
        if len(self._owners) > TOKENS_REMEMBERED:
            self._owners.popitem(last=False)
        return owner

    def _sealed(self, send: Send, path: str) -> Send:
        if not self._headers:
            self._headers = security_headers(self._scripts(), self.origins, self.secure)

        async def sealed(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                more = list(self._headers)
                if path.startswith("/assets/") and message["status"] == 200:
                    more.append((b"cache-control", b"public, max-age=31536000, immutable"))
                message = {**message, "headers": [*message.get("headers", []), *more]}
            await send(message)

        return sealed


def session_hash(headers: list[tuple[bytes, bytes]]) -> str:
    """The SHA-256 of the session cookie, or an empty text."""
    jar: SimpleCookie = SimpleCookie()
    for name, value in headers:
        if name == b"cookie":
            try:
                jar.load(value.decode("latin-1"))
            except CookieError:
                return ""
    found = jar.get(COOKIE)
    return hashlib.sha256(found.value.encode()).hexdigest() if found and found.value else ""


def is_page(scope: Scope, path: str) -> bool:
    """A page of the app (not a file, not an open path): strangers are not even shown its frame."""
    if scope["type"] != "http" or scope["method"] not in SAFE or "." in path.rsplit("/", 1)[-1]:
        return False
    return not any(path.startswith(beginning) for beginning in OPEN)


def known(found: str) -> bool:
    try:
        session.actor(found)
    except NotSignedIn:
        return False
    return True


def security_headers(scripts: list[str], origins: set[bytes], secure: bool) -> list[tuple[bytes, bytes]]:
    sockets = " ".join(origin.decode().replace("http", "ws", 1) for origin in sorted(origins))
    headers = [
        (b"content-security-policy", POLICY.format(scripts=" ".join(scripts), sockets=sockets).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"same-origin"),
        (b"x-frame-options", b"DENY"),
        (b"permissions-policy", b"camera=(self), microphone=(), geolocation=()"),
        (b"cross-origin-opener-policy", b"same-origin"),
    ]
    if secure:
        headers.append((b"strict-transport-security", b"max-age=31536000"))
    return headers


async def _redirect(send: Send, where: str) -> None:
    headers = [(b"location", where.encode()), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def _close(scope: Scope, receive: Receive, send: Send, status: int) -> None:
    if scope["type"] == "websocket":
        await receive()
        return await send({"type": "websocket.close", "code": 4000 + status})
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"not allowed"})
