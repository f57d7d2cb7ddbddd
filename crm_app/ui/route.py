"""`@route`: plain HTTP beside the pages (downloads, uploads), signed in and with permission."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from crm_app.core.access import Actor, Permission
from crm_app.core.errors import CrmError, NotFound, NotSignedIn
from crm_app.ui import session

ROUTES: list[Route] = []
OPEN = ["/sign-in", "/join/", "/health", "/ping", "/_"]
"""Beginnings of paths that strangers may ask for; every other page sends them to sign-in."""
Answer = Callable[[Request, Actor], Awaitable[Response]]


def open_route(
    path: str, *, methods: tuple[str, ...] = ("GET",)
) -> Callable[[Callable[[Request], Awaitable[Response]]], Callable[[Request], Awaitable[Response]]]:
    """Declare an endpoint for strangers (a public event page): it must trust nothing and limit everybody."""

    def declare(answer: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        OPEN.append(path.split("{")[0])
        ROUTES.append(Route(path, answer, methods=list(methods)))
        return answer

    return declare


def route(path: str, *needs: Permission, methods: tuple[str, ...] = ("GET",)) -> Callable[[Answer], Answer]:
    """Declare an endpoint for signed-in people. The shield has checked the origin of unsafe methods."""

    def declare(answer: Answer) -> Answer:
        async def endpoint(request: Request) -> Response:
            try:
                actor = await asyncio.to_thread(session.actor, request.headers.get(session.HEADER, ""))
                for need in needs:
                    if not actor.may(need):
                        return PlainTextResponse(f"Your role ({actor.role}) may not {need}.", 403)
                return await answer(request, actor)
            except NotSignedIn:
                if request.method == "GET":
                    return RedirectResponse("/sign-in", 303)
                return PlainTextResponse("Please sign in again.", 401)
            except NotFound as missing:
                return PlainTextResponse(missing.words, 404)
            except CrmError as error:
                return PlainTextResponse(error.words, 422)

        ROUTES.append(Route(path, endpoint, methods=list(methods)))
        return answer

    return declare
