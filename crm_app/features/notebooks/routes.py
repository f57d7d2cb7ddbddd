"""Files of notebooks: the list as CSV, labels as PDF, the notebook itself as YAML."""

import asyncio
import io
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import quote

from reportlab.lib.pagesizes import letter
from reportlab.lib.units import inch
from reportlab.pdfgen import canvas
from starlette.requests import Request
from starlette.responses import Response

from crm_app.core.access import Actor, Permission
from crm_app.core.database import database
from crm_app.core.work import Work, open_work
from crm_app.features.notebooks.service import keeping, sending, showing
from crm_app.ui.route import route

T = TypeVar("T")


async def _run(actor: Actor, write: bool, call: Callable[..., T], *args: object) -> T:
    def work() -> T:
        with open_work(database(), actor, write=write) as opened:
            return call(opened, *args)

    return await asyncio.to_thread(work)


def _file(content: str | bytes, kind: str, name: str) -> Response:
    return Response(
        content, media_type=kind, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    )


@route("/notebooks/{number:int}/notebook.yaml", Permission.NOTEBOOKS_READ)
async def as_yaml(request: Request, actor: Actor) -> Response:
    number = request.path_params["number"]
    return _file(await _run(actor, False, keeping.as_file, number), "text/yaml", f"notebook-{number}.yaml")


@route("/notebooks/{number:int}/list.csv", Permission.NOTEBOOKS_READ, Permission.EXPORT)
async def as_csv(request: Request, actor: Actor) -> Response:
    number, cell = request.path_params["number"], request.query_params.get("cell", "")
    notebook = await _run(actor, False, _ready, number)
    text, _ = await _run(actor, True, sending.table_file, number, notebook, cell)
    return _file("\ufeff" + text, "text/csv; charset=utf-8", f"{cell or 'list'}.csv")


@route("/notebooks/{number:int}/labels.pdf", Permission.NOTEBOOKS_READ, Permission.EXPORT)
async def as_labels(request: Request, actor: Actor) -> Response:
    number, cell = request.path_params["number"], request.query_params.get("cell", "")
    notebook = await _run(actor, False, _ready, number)
    lines = await _run(actor, True, sending.addresses, number, notebook, cell)
    return _file(await asyncio.to_thread(labels, lines), "application/pdf", f"{cell or 'labels'}.pdf")


def _ready(work: Work, number: int):
    """The notebook, with its frames read before anything is written."""
    notebook = keeping.definition(work, number)
    showing.show(work, notebook)
    return notebook


def labels(addresses: list[list[str]]) -> bytes:
    """Avery 5160: three across, ten down, one inch by two and five eighths."""
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=letter)
    for at, lines in enumerate(addresses):
        if at and at % 30 == 0:
            page.showPage()
        column, row = at % 30 % 3, at % 30 // 3
        x, y = (0.19 + 2.75 * column) * inch + 10, (10.5 - row) * inch - 18
        page.setFont("Helvetica", 10)
        for line in lines:
            page.drawString(x, y, line[:44])
            y -= 13
    page.save()
    return out.getvalue()
