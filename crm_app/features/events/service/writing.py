"""The roster as a file: CSV and XLSX, in the order and view one sees."""

import csv
import io

import xlsxwriter

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.events.schemas import RosterRow
from crm_app.features.events.service.roster import rows

HEADS = {
    "name": "Name",
    "with_": "With",
    "ticket": "Ticket",
    "table": "Table",
    "status_words": "Registration",
    "money_words": "Money",
    "attendance": "Attendance",
    "arrived": "Arrived",
    "diet": "Eats",
    "access": "Needs",
    "attention": "The door should know",
    "email": "E-mail",
    "phone": "Phone",
    "code": "Code",
    "note": "Note",
}
RISKY = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """A spreadsheet must not take a name for a formula."""
    return "'" + text if text.startswith(RISKY) and not text.lstrip("+-").replace(" ", "").isdigit() else text


def table(work: Work, event_id: int, show: str, group: str) -> list[list[str]]:
    work.require(Permission.EXPORT, Permission.EVENTS_READ)
    found: list[RosterRow] = rows(work, event_id, show=show, group=group)
    return [list(HEADS.values()), *([harmless(str(getattr(row, name))) for name in HEADS] for row in found)]


def as_csv(work: Work, event_id: int, show: str, group: str) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(table(work, event_id, show, group))
    return ("\ufeff" + out.getvalue()).encode()


def as_xlsx(work: Work, event_id: int, show: str, group: str) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Roster")
        strong = book.add_format({"bold": True, "bottom": 1})
        lines = table(work, event_id, show, group)
        for n, line in enumerate(lines):
            sheet.write_row(n, 0, line, strong if n == 0 else None)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, len(HEADS), 16)
    return out.getvalue()
