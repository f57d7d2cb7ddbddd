"""Taps from the door: a plain endpoint, so that a device can send again what a bad line kept."""

import asyncio
from typing import Any

from pydantic import BaseModel, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from crm_app.core.access import Actor, Permission
from crm_app.core.database import database
from crm_app.core.errors import CrmError
from crm_app.core.work import Work, open_work
from crm_app.features.events import service
from crm_app.features.events.schemas import Tap
from crm_app.ui.route import route

LARGEST = 64_000


class SentTap(Tap):
    """A tap as a device sends it; a party is tapped by its registration."""

    registration_id: int = 0


class SentTaps(BaseModel):
    taps: list[SentTap] = Field(max_length=100)


@route("/events/{event_id:int}/taps", Permission.DOOR, methods=("POST",))
async def taps(request: Request, actor: Actor) -> Response:
    """Taps of one device, in order. Each stands for itself: one that is refused keeps no other back."""
    body = await request.body()
    if len(body) > LARGEST:
        return PlainTextResponse("Too many taps at once.", 413)
    try:
        sent = SentTaps.model_validate_json(body)
    except ValidationError:
        return PlainTextResponse("These taps cannot be read.", 422)
    event_id = request.path_params["event_id"]
    return JSONResponse({"answers": await asyncio.to_thread(_take, actor, event_id, sent.taps)})


def _take(actor: Actor, event_id: int, sent: list[SentTap]) -> list[dict[str, Any]]:
    answers = []
    for one in sent:
        try:
            with open_work(database(), actor) as work:
                answers.append({**_one(work, event_id, one), "nonce": one.nonce})
        except CrmError as error:
            answers.append({"outcome": "refused", "words": error.words, "nonce": one.nonce})
    return answers


def _one(work: Work, event_id: int, sent: SentTap) -> dict[str, Any]:
    touch = Tap(**sent.model_dump(exclude={"registration_id"}))
    if not sent.registration_id:
        return service.tap(work, event_id, touch).model_dump()
    said = service.tap_party(work, event_id, sent.registration_id, touch)
    came = [one for one in said if one.outcome == "in"]
    if not said:
        return {"outcome": "already", "words": "in, the whole party", "name": ""}
    first = came[0] if came else said[0]
    words = f"in with the party, {len(came)} people" if came else first.words
    return {**first.model_dump(), "words": words}
