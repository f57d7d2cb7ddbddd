"""The morning of one person: what is to be done, what changed, the numbers that matter."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from crm_app.core import jobs
from crm_app.core.access import Permission
from crm_app.core.errors import CrmError
from crm_app.core.work import Work
from crm_app.engine.calendar import fiscal_span, fiscal_year
from crm_app.engine.money import written
from crm_app.features.audit import service as audit
from crm_app.features.home import queries
from crm_app.features.home.schemas import ChangeLine, Desk, TaskLine
from crm_app.features.interactions import service as interactions
from crm_app.features.interactions.schemas import TaskDraft
from crm_app.features.settings import service as settings

MOST_TASKS = 40


def desk(work: Work) -> Desk:
    """The greeting, and how the day looks in one sentence."""
    now = _now(work)
    return Desk(
        greeting=f"{_greeting(now.hour)}, {work.actor.name.split()[0]}",
        day=f"{now:%A}, {now.day} {now:%B}",
        sentence=_sentence(tasks(work)) if work.may(Permission.TASKS) else "",
        nobody=work.may(Permission.PEOPLE_READ) and not queries.anybody(work.session),
    )


def tasks(work: Work) -> list[TaskLine]:
    """One's own open tasks, those that are late first."""
    if not work.may(Permission.TASKS):
        return []
    rows = interactions.my_tasks(work, None, MOST_TASKS)
    return [
        TaskLine(
            id=row.id,
            title=row.title,
            person=row.person,
            href=str(row.constituent_id or ""),
            due=row.due,
            late=row.late,
        )
        for row in rows
    ]


def changes(work: Work) -> list[ChangeLine]:
    """What happened lately, for those who may see it."""
    if not work.may(Permission.HISTORY_READ):
        return []
    today = f"{_now(work):%-d %b %y}"
    return [
        ChangeLine(
            id=row.id,
            when=row.time if row.day == today else row.day,
            by=row.by,
            said=row.said,
            name=row.name,
            href=str(row.constituent_id or ""),
        )
        for row in audit.recent(work, 10)
    ]


def ask_for_demo(work: Work) -> int:
    """Queue the making of the demo world in a database that is still empty."""
    work.require(Permission.SETTINGS_EDIT)
    if queries.anybody(work.session):
        raise CrmError("There are people in this database already; the demo world needs an empty one.")
    return jobs.enqueue(work, "demo.make", {}, title="The demo world")


def add_task(work: Work, title: str, due_on: str) -> None:
    """A task for oneself."""
    interactions.add_task(work, TaskDraft(title=title[:200], due_on=due_on or None))


def people(work: Work) -> str:
    return f"{queries.people(work.session):,}"


def new_people(work: Work) -> str:
    number = queries.new_people(work.session, work.now - timedelta(days=30))
    return f"{number:,}" if number else ""


def given(work: Work) -> str:
    """Given in this fiscal year so far."""
    us = settings.organization(work)
    today = _now(work).date()
    since, _ = fiscal_span(fiscal_year(today, us.fiscal_year_start), us.fiscal_year_start)
    return written(queries.given(work.session, since, today, us.currency), us.currency, us.locale, cents=False)


def events(work: Work) -> str:
    number = queries.events(work.session, work.now, work.now + timedelta(days=30))
    return str(number) if number else ""


def unthanked(work: Work) -> int:
    return queries.unthanked(work.session)


def _now(work: Work) -> datetime:
    return work.now.astimezone(ZoneInfo(settings.organization(work).time_zone or "UTC"))


def _greeting(hour: int) -> str:
    return "Good morning" if 4 <= hour < 12 else "Good afternoon" if 12 <= hour < 18 else "Good evening"


def _sentence(mine: list[TaskLine]) -> str:
    late = sum(1 for task in mine if task.late)
    if not mine:
        return "Nothing waits for you. A good day to call somebody."
    many = "One task is" if len(mine) == 1 else f"{len(mine)} tasks are"
    return f"{many} yours" + (
        f", {late} of them late." if late and len(mine) > 1 else ", and it is late." if late else "."
    )
