"""Taking a backup off the machine."""

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from crm_app.core.access import Actor, Permission
from crm_app.core.database import database
from crm_app.core.errors import NotFound
from crm_app.core.work import open_work
from crm_app.features.backups import service
from crm_app.ui.route import route


@route("/backups/{backup_id:int}/file", Permission.BACKUP)
async def download(request: Request, actor: Actor) -> Response:
    with open_work(database(), actor, write=False) as work:
        row = next((one for one in service.listed(work) if one.id == request.path_params["backup_id"]), None)
    if row is None or not (service.folder() / row.name).exists():
        raise NotFound("This backup is not there any more.")
    return FileResponse(service.folder() / row.name, filename=row.name, media_type="application/octet-stream")
