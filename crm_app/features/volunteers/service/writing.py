"""A shift as a file, for whoever stands there without a screen."""

import csv
import io

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.volunteers.service.showing import shift_page

HEADS = ("Name", "Phone", "E-mail", "State", "Came", "Left", "Hours", "Note")
RISKY = ("=", "+", "-", "@", "\t", "\r")


def as_csv(work: Work, shift_id: int) -> bytes:
    """Who is on a shift, one a line, under two lines that say which shift it is."""
    work.require(Permission.EXPORT, Permission.EVENTS_READ)
    page = shift_page(work, shift_id)
    rows = [(page.shift.role, page.shift.when, page.shift.place), (), HEADS]
    rows += [
        (one.name, one.phone, one.email, one.status_words, one.arrived, one.left, one.hours, one.note)
        for one in page.coming
    ]
    out = io.StringIO()
    csv.writer(out).writerows([[harmless(text) for text in row] for row in rows])
    return ("\ufeff" + out.getvalue()).encode()


def harmless(text: str) -> str:
    """A spreadsheet must not take a name for a formula; a phone number may begin with a plus."""
    plain = text.lstrip("+").replace(" ", "").replace("-", "").replace("(", "").replace(")", "")
    return "'" + text if text.startswith(RISKY) and not plain.isdigit() else text
