"""Conversations on somebody's timeline."""

from crm_app.core.work import Work
from crm_app.features.constituents.showing import Entry, timeline
from crm_app.features.interactions.schemas import InteractionRow
from crm_app.features.interactions.service import of

VERBS = {
    ("call", "out"): "called", ("call", "in"): "was called", ("email", "out"): "wrote an e-mail", ("email", "in"): "got an e-mail",
    ("letter", "out"): "wrote a letter", ("letter", "in"): "got a letter", ("meeting", "out"): "met them",
    ("visit", "out"): "visited", ("text", "out"): "sent a text", ("text", "in"): "got a text", ("video", "out"): "spoke by video",
}  # fmt: skip


@timeline("talk")
def conversations(work: Work, constituent_id: int, most: int) -> list[Entry]:
    return [_line(row) for row in of(work, constituent_id, most)]


def _line(row: InteractionRow) -> Entry:
    verb = VERBS.get((row.kind, row.direction)) or VERBS.get((row.kind, "out")) or "was in touch"
    who = row.by.split(" ")[0] or "Somebody"
    said = row.body or row.subject
    outcome = row.outcome.replace("_", " ") if row.outcome not in ("", "reached") else ""
    words = f"{who} {verb}" + (f": {said}" if said else "")
    return Entry(row.happened_at, "talk", words, more=outcome, id=row.id, act="talk")
