"""What the wrong people may try; all of it must fail."""

import json
import urllib.error
import urllib.request

import pytest
import socketio.exceptions
from reflex_base.registry import RegistrationContext

from crm_app.core.access import Role
from crm_app.crm_app import app  # noqa: F401  registers every handler
from crm_app.features.accounts import service as accounts
from crm_app.ui.signed_in import SignedIn
from tests.browsing import Server
from tests.server.conftest import Raw

ROOT_STATE = "reflex___state____state"
Refused = socketio.exceptions.ConnectionError


def http(server: Server, path: str, *, method: str = "GET", headers: dict[str, str] | None = None, data: bytes = b""):
    request = urllib.request.Request(server.url + path, method=method, headers=headers or {}, data=data or None)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


async def test_a_socket_without_a_session_is_refused(server: Server):
    with pytest.raises(Refused):
        await Raw(server.url).connect()


async def test_a_made_up_session_is_refused(server: Server):
    with pytest.raises(Refused):
        await Raw(server.url).connect(cookie="x" * 43)


async def test_a_foreign_origin_is_refused(server: Server):
    with pytest.raises(Refused):
        await Raw(server.url).connect(cookie=server.cookie(Role.ADMINISTRATOR), origin="https://evil.example")


async def test_a_token_belongs_to_the_session_that_first_used_it(server: Server):
    first = await Raw(server.url).connect(cookie=server.cookie(Role.ADMINISTRATOR))
    await first.close()
    with pytest.raises(Refused):
        await Raw(server.url, first.token).connect(cookie=server.cookie(Role.VIEWER))


async def test_setters_undeclared_handlers_and_rubbish_do_nothing(server: Server):
    raw = await Raw(server.url).connect(cookie=server.cookie(Role.VIEWER))
    state = SignedIn.get_full_name()
    await raw.call(f"{state}.setvar", {"var_name": "role", "value": "administrator"})
    await raw.call(f"{state}.set_role", {"value": "administrator"})
    await raw.call("no.such.handler", {"x": 1})
    await raw.call(f"{state}.arrive", {"more": "than it takes"})
    heard = json.dumps(await raw.answers())
    await raw.close()
    assert "administrator" not in heard


async def test_every_handler_refuses_a_role_that_lacks_its_permission(server: Server):
    handlers = RegistrationContext.get().event_handlers
    guarded = [n for n, h in handlers.items() if getattr(h.handler.fn, "__needs__", None)]
    raw = await Raw(server.url).connect(cookie=server.cookie(Role.DOOR))
    for name in [n for n in guarded if "EVENTS_READ" not in str(handlers[n].handler.fn.__needs__)][:25]:
        await raw.call(name)
    heard = await raw.answers()
    await raw.close()
    assert not [update for update in heard if update.get("delta")]


async def test_a_user_kept_out_is_out_within_seconds(server: Server):
    cookie = server.cookie(Role.CASE_WORKER)
    raw = await Raw(server.url).connect(cookie=cookie)

    def keep_out(work):
        found = next(row for row in accounts.everyone(work) if row.role == Role.CASE_WORKER)
        accounts.set_active(work, found.id, False)

    server.work(keep_out)
    await raw.answers(2.2)
    raw.heard.clear()
    await raw.call(f"{SignedIn.get_full_name()}.arrive")
    heard = json.dumps(await raw.answers())
    await raw.close()
    assert "sign-in" in heard
    assert "case worker" not in heard


def test_uploads_and_foreign_posts_are_refused(server: Server):
    assert http(server, "/_upload", method="POST", data=b"x")[0] == 401
    foreign = {"Origin": "https://evil.example", "Cookie": f"crm_session={server.cookie(Role.ADMINISTRATOR)}"}
    assert http(server, "/sign-out", method="POST", headers=foreign, data=b"x")[0] == 403


def test_pages_are_sealed(server: Server):
    status, headers, _ = http(server, "/", headers={"Cookie": f"crm_session={server.cookie(Role.VIEWER)}"})
    headers = {name.lower(): value for name, value in headers.items()}
    assert status == 200
    assert "'unsafe-inline'" not in headers["content-security-policy"].split("script-src")[1].split(";")[0]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "access-control-allow-origin" not in headers


def test_a_foreign_page_gets_no_leave_to_read(server: Server):
    asking = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    _, headers, _ = http(server, "/sign-in", method="OPTIONS", headers=asking)
    assert "evil" not in json.dumps(headers)


def test_going_on_after_sign_in_stays_at_home():
    from crm_app.server.entrance import safe_next

    assert [safe_next(bad) for bad in ("//evil.example", "https://evil.example", "/\\evil", "javascript:x", "")] == [
        "/"
    ] * 5
    assert safe_next("/people/3?x=1") == "/people/3?x=1"
