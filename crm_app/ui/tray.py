"""The tray of long work: what runs, how far it is, and a way to stop it; it survives reloads and closed tabs."""

from typing import Any, TypedDict

import reflex as rx

from crm_app.core import jobs
from crm_app.core.work import Work
from crm_app.ui.buttons import text_button
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.session import ask, do
from crm_app.ui.telling import progress
from crm_app.ui.words import link

ENDED = {jobs.DONE: "Done.", jobs.FAILED: "This did not work.", jobs.CANCELLED: "Stopped."}


class Shown(TypedDict):
    """A job in the tray."""

    id: int
    title: str
    words: str
    percent: int
    open: bool
    failed: bool
    to: str


class Tray(rx.State):
    """One's own jobs that run or ended a moment ago."""

    lines: list[Shown] = []
    hidden: list[int] = []

    @action()
    async def load(self) -> None:
        await listen(self, "jobs", Tray.refresh, shell=True)
        self.lines = await ask(self, _shown, self.hidden)

    @action()
    async def refresh(self) -> None:
        self.lines = await ask(self, _shown, self.hidden)

    @action()
    async def stop(self, job_id: int) -> None:
        await do(self, jobs.cancel, job_id)

    @action()
    async def hide(self, job_id: int) -> None:
        self.hidden = [*self.hidden[-30:], job_id]
        self.lines = [line for line in self.lines if line["id"] != job_id]


def _shown(work: Work, hidden: list[int]) -> list[Shown]:
    return [_line(job) for job in jobs.seen(work, limit=5) if job.id not in hidden]


def _line(job: jobs.Seen) -> Shown:
    percent = 100 if job.status == jobs.DONE else round(100 * job.done / job.total) if job.total else 0
    words = (
        job.words or ENDED.get(job.status) or ("Waiting for its turn" if job.status == jobs.WAITING else "Working …")
    )
    return {
        "id": job.id, "title": job.title, "words": words, "percent": percent, "open": job.status in jobs.OPEN,
        "failed": job.status == jobs.FAILED, "to": str(job.result.get("go", "")),
    }  # fmt: skip


def tray() -> rx.Component:
    """The tray itself; nothing to see while nothing runs."""
    listed = rx.el.section(rx.el.ul(rx.foreach(Tray.lines, _item)), class_name="tray", aria_label="Long work")
    return rx.el.div(rx.cond(Tray.lines.length() > 0, listed), on_mount=Tray.load, aria_live="polite")


def _item(line: Any) -> rx.Component:
    name = rx.cond(
        line["to"] != "",
        link(line["title"], to=line["to"], class_name="strong"),
        rx.el.span(line["title"], class_name="strong"),
    )
    act = rx.cond(
        line["open"],
        text_button("Stop", on_click=Tray.stop(line["id"]), aria_label="Stop: " + line["title"].to(str)),
        text_button("Hide", on_click=Tray.hide(line["id"]), aria_label="Hide: " + line["title"].to(str)),
    )
    return rx.el.li(
        rx.el.div(name, rx.el.span(act, class_name="push small"), class_name="row still base"),
        rx.cond(line["open"], progress(line["percent"], label=line["title"])),
        rx.el.div(line["words"], class_name=rx.cond(line["failed"], "small no", "small soft")),
    )
