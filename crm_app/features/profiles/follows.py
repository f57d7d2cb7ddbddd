"""What changed about somebody, on their timeline: every change but those other lines tell better."""

from crm_app.core.history import Change
from crm_app.core.work import Work
from crm_app.features.constituents.showing import Entry, timeline
from crm_app.features.profiles.queries import changes

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
