"""Files in and out over plain HTTP: streamed to disk, measured, and only for those who may."""

import asyncio
import tempfile
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from crm_app.core.access import Actor, Permission
from crm_app.core.database import database
from crm_app.core.errors import CrmError
from crm_app.core.work import open_work
from crm_app.engine.tabular.shape import Limits
from crm_app.features.imports import service
from crm_app.ui.route import route

MOST = Limits().bytes
TOO_LARGE = f"This file is larger than {MOST // 2**20} MB. Split it and bring the parts in."


@route("/upload/import", Permission.IMPORT, methods=("POST",))
async def upload(request: Request, actor: Actor) -> Response:
    """A file dropped on the page; answers where to look at it."""
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > MOST + 65_536:
        return JSONResponse({"error": TOO_LARGE}, 413)
    async with request.form(max_files=1, max_fields=5) as form:
        file = form.get("file")
        if file is None or isinstance(file, str) or not file.filename:
            return JSONResponse({"error": "No file arrived. Please choose one."}, 422)
        with tempfile.NamedTemporaryFile(prefix="import-") as draft:
            while chunk := await file.read(1 << 20):
                draft.write(chunk)
            draft.flush()
            try:
                number = await asyncio.to_thread(_receive, actor, file.filename, Path(draft.name))
            except CrmError as error:
                return JSONResponse({"error": error.words}, 422)
    return JSONResponse({"go": f"/imports/{number}"})


def _receive(actor: Actor, name: str, path: Path) -> int:
    with open_work(database(), actor) as work:
        return service.receive(work, name, path)


@route("/imports/{import_id:int}/rows-to-mend.csv", Permission.IMPORT)
async def rejected(request: Request, actor: Actor) -> Response:
    """The rows that need somebody, with the reason of each; put right, the file can come in again."""
    content = await asyncio.to_thread(_rejected, actor, request.path_params["import_id"])
    return Response(
        "\ufeff" + content,
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="rows-to-mend.csv"'},
    )


def _rejected(actor: Actor, import_id: int) -> str:
    with open_work(database(), actor, write=False) as work:
        return "".join(service.rejected(work, import_id))
