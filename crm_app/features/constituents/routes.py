"""Files of people: lists going out, attachments and photos."""

import asyncio
import csv
import io
from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse

from crm_app.core import files
from crm_app.core.access import Actor, Permission
from crm_app.core.config import settings
from crm_app.core.database import database
from crm_app.core.errors import NotFound
from crm_app.core.work import open_work
from crm_app.features.constituents.service import marks, taking_out
from crm_app.features.constituents.service.typed import filters_of
from crm_app.ui.route import route

SHOWABLE = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"RIFF": "image/webp"}


@route("/people/export.csv", Permission.PEOPLE_READ, Permission.EXPORT)
async def export(request: Request, actor: Actor) -> Response:
    narrow = {name: str(value) for name, value in request.query_params.items()}
    rows = await asyncio.to_thread(_rows, actor, narrow)
    lines = StreamingResponse(_lines(rows), media_type="text/csv; charset=utf-8")
    lines.headers["Content-Disposition"] = 'attachment; filename="people.csv"'
    return lines


def _rows(actor: Actor, narrow: dict[str, str]) -> list[list[str]]:
    with open_work(database(), actor) as work:
        return taking_out.rows(work, filters_of(narrow))


def _lines(rows: list[list[str]]) -> Iterator[str]:
    yield "\ufeff"
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow(row)
        yield line.getvalue()


@route("/people/files/{number:int}", Permission.PEOPLE_READ)
async def attachment(request: Request, actor: Actor) -> Response:
    stored = await asyncio.to_thread(_stored, actor, int(request.path_params["number"]))
    return FileResponse(files.path(stored), filename=stored.name, media_type="application/octet-stream")


def _stored(actor: Actor, number: int) -> files.StoredFile:
    with open_work(database(), actor, write=False) as work:
        return taking_out.attached(work, number)


@route("/people/{number:int}/photo", Permission.PEOPLE_READ)
async def photo(request: Request, actor: Actor) -> Response:
    stored = await asyncio.to_thread(_photo, actor, int(request.path_params["number"]))
    path = files.path(stored)
    kind = next((kind for begins, kind in SHOWABLE.items() if path.open("rb").read(8).startswith(begins)), "")
    if not kind:
        raise NotFound("There is no picture.")
    return FileResponse(path, media_type=kind)


def _photo(actor: Actor, number: int) -> files.StoredFile:
    with open_work(database(), actor, write=False) as work:
        return taking_out.photo(work, number)


@route("/people/{number:int}/files", Permission.PEOPLE_READ, Permission.PEOPLE_EDIT, methods=("POST",))
async def keep_file(request: Request, actor: Actor) -> Response:
    """A file for somebody; with `kind=photo` it becomes their picture."""
    most = settings().max_upload_mb * 1_000_000
    if int(request.headers.get("content-length") or most + 1) > most:
        return JSONResponse({"error": f"Files may have {settings().max_upload_mb} MB at most."}, 413)
    async with request.form(max_files=1, max_fields=4) as form:
        file = form.get("file")
        if file is None or isinstance(file, str):
            return JSONResponse({"error": "No file arrived."}, 422)
        content, name = await file.read(), str(file.filename or "file")
    kind = "photo" if form.get("kind") == "photo" else "document"
    await asyncio.to_thread(_keep, actor, int(request.path_params["number"]), name, content, kind)
    return JSONResponse({"words": "Kept."})


def _keep(actor: Actor, number: int, name: str, content: bytes, kind: str) -> None:
    with open_work(database(), actor) as work:
        marks.attach(work, number, name, content, kind)
