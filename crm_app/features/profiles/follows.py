"""What the timeline shows of changes, events and volunteering: every change but those other lines tell better."""

from datetime import UTC, datetime, time

from crm_app.core.access import Permission
from crm_app.core.history import Change
from crm_app.core.work import Work
from crm_app.features.constituents.showing import Entry, Figure, figures, timeline
from crm_app.features.events.models import Event, Registration, Seat
from crm_app.features.profiles.queries import attendance, changes, seats
from crm_app.features.volunteers import queries as volunteer_queries

TOLD_ELSEWHERE = ("gift", "interaction")
HIDDEN = {"sort_name", "version", "updated_at"}
WORDS = {
    "constituent": "the record", "email": "an e-mail", "phone": "a phone number", "address": "an address", "website": "a website",
    "tag": "a tag", "hat": "a hat", "note": "a note", "attachment": "a file", "consent": "consent", "task": "a task",
    "name": "another name", "household": "the household", "relationship": "a relationship",
}  # fmt: skip


@timeline("changes")
def change_lines(work: Work, constituent_id: int, most: int) -> list[Entry]:
    return [_line(row) for row in changes(work.session, constituent_id, TOLD_ELSEWHERE, most)]


def _line(row: Change) -> Entry:
    what = WORDS.get(row.kind, row.kind.replace("_", " "))
    who = row.by.split(" ")[0]
    words = (
        f"{who} {row.action}"
        if row.note and row.kind in ("relationship", "household")
        else f"{who} {row.action} {what}"
    )
    if row.kind == "constituent" and row.action == "added":
        return Entry(row.at, "changes", f"{who} added this record")
    if row.note and row.kind in ("relationship", "household"):
        return Entry(row.at, "changes", f"{row.note} · {who}")
    return Entry(row.at, "changes", words, more=_details(row))


def _details(row: Change) -> str:
    """Before and after of a few fields, in words."""
    said = []
    for name in list(dict.fromkeys([*row.after, *row.before])):
        before, after = row.before.get(name), row.after.get(name)
        if name in HIDDEN or isinstance(after, dict | list) or isinstance(before, dict | list) or not (before or after):
            continue
        words = name.replace("_", " ")
        said.append(
            f"{words}: {before} → {after}"
            if before and after
            else f"{words}: {after if after else f'{before} removed'}"
        )
    return " · ".join(said[:4])[:200]


@timeline("events", Permission.EVENTS_READ)
def event_lines(work: Work, constituent_id: int, most: int) -> list[Entry]:
    return [_seat(work, *row) for row in seats(work.session, constituent_id, most)]


def _seat(work: Work, seat: Seat, party: Registration, event: Event) -> Entry:
    past = event.starts_at < work.now
    words, warn = "Is coming to ", ""
    if seat.attendance in ("in", "left"):
        words = "Came to "
    elif seat.attendance == "no_show":
        words, warn = "Registered for ", "did not come"
    elif not seat.live or party.status in ("cancelled", "declined", "expired"):
        words, warn = "Registered for ", "cancelled"
    elif party.status == "waitlisted":
        words = "Waits for a seat at "
    elif past:
        words = "Had a seat at "
    at = f"in {seat.arrived_at:%H:%M}" if seat.arrived_at else ""
    return Entry(
        event.starts_at, "events", words, event.name, f"/events/{event.id}", warn=warn, amount=at, id=seat.id or 0
    )


@timeline("work")
def work_lines(work: Work, constituent_id: int, most: int) -> list[Entry]:
    return [
        Entry(
            datetime.combine(entry.worked_on, time(12), UTC), "work", f"Helped{f' as {role.lower()}' if role else ''}",
            warn="" if entry.status == "approved" else f"hours {entry.status}", amount=f"{entry.minutes / 60:g} h",
            more=entry.note, id=entry.id or 0,
        )
        for entry, _, role in volunteer_queries.entries_of(work.session, constituent_id, most)
    ]  # fmt: skip


@figures(30)
def helped(work: Work, constituent_id: int) -> list[Figure]:
    hours = sum(minutes for _, minutes in volunteer_queries.by_year(work.session, constituent_id)) / 60
    return [Figure(f"{hours:,.0f} h", "volunteered", f"/people/{constituent_id}?show=work")] if hours else []


@figures(40, Permission.EVENTS_READ)
def came(work: Work, constituent_id: int) -> list[Figure]:
    came_to, all_of = attendance(work.session, constituent_id, work.now)
    if not all_of:
        return []
    return [Figure(f"{came_to} of {all_of}", "events attended", f"/people/{constituent_id}?show=events")]
