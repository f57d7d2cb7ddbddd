"""Paper: the sign-in list, badges with codes a phone can read, cards for the tables."""

import io
from functools import lru_cache
from pathlib import Path

import segno
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.events import clock
from crm_app.features.events.models import Event
from crm_app.features.events.schemas import RosterRow
from crm_app.features.events.service.roster import NOBODY, rows, tables
from crm_app.features.settings.service import organization

PLACES = ("/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/dejavu", "/usr/share/fonts/TTF")
BLANKS = 12
LINE = 7.4 * mm


@lru_cache
def fonts() -> tuple[str, str]:
    """A sans with as many letters as the machine offers; else the printer's own."""
    for folder in PLACES:
        plain, bold = Path(folder, "DejaVuSans.ttf"), Path(folder, "DejaVuSans-Bold.ttf")
        if plain.exists() and bold.exists():
            try:
                pdfmetrics.registerFont(TTFont("Plain", str(plain)))
                pdfmetrics.registerFont(TTFont("Strong", str(bold)))
            except TTFError:
                continue
            return "Plain", "Strong"
    return "Helvetica", "Helvetica-Bold"


@lru_cache
def _eastern() -> str:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return "STSong-Light"


def font_for(text: str, strong: bool = False) -> str:
    """The font that has these letters: Chinese, Japanese and Korean ones need one of their own."""
    if any("\u2e80" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af" for letter in text):
        return _eastern()
    return fonts()[1 if strong else 0]


def unprintable(text: str) -> str:
    """The letters no font here can print (emoji, rare scripts)."""
    font = pdfmetrics.getFont(font_for(text))
    known = getattr(getattr(font, "face", None), "charToGlyph", None)
    if known is None:
        return "".join(letter for letter in text if ord(letter) > 0xFFFF)
    return "".join(letter for letter in text if ord(letter) not in known and not letter.isspace())


def _paper(work: Work) -> tuple[float, float]:
    return LETTER if organization(work).country in ("US", "CA", "MX", "") else A4


class Sheet:
    """A page that draws words where they fit."""

    def __init__(self, size: tuple[float, float], title: str):
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=size, pageCompression=1)
        self.canvas.setTitle(title)
        self.width, self.height = size

    def words(self, x: float, y: float, text: str, size: float, width: float, *, strong: bool = False) -> None:
        """Draw in one line, smaller or shortened until it fits."""
        font = font_for(text, strong)
        while size > 6 and pdfmetrics.stringWidth(text, font, size) > width:
            size -= 0.5
        while len(text) > 3 and pdfmetrics.stringWidth(text, font, size) > width:
            text = text[:-2].rstrip() + "…"
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)

    def bytes(self) -> bytes:
        self.canvas.save()
        return self.out.getvalue()


def sign_in_list(work: Work, event_id: int, show: str = "everybody", group: str = "") -> bytes:
    """Everybody with a box to tick, in the order one sees; blank lines at the end for those who just come."""
    work.require(Permission.EVENTS_READ)
    event = work.get(Event, event_id, "This event is not there any more.")
    found = rows(work, event_id, show=show, group=group)
    lines = _lines(found, group)
    sheet = Sheet(_paper(work), event.name)
    top, bottom = sheet.height - 33 * mm, 16 * mm
    per_page = int((top - bottom) // LINE)
    pages = [lines[n : n + per_page] for n in range(0, len(lines), per_page)] or [[]]
    for number, page in enumerate(pages, 1):
        _heading(sheet, event, f"{len(found)} people · page {number} of {len(pages)}")
        for n, line in enumerate(page):
            _list_line(sheet, top - n * LINE, line)
        sheet.canvas.showPage()
    return sheet.bytes()


def _lines(found: list[RosterRow], group: str) -> list[RosterRow | str | None]:
    """People, headings of groups, and None for a blank line."""
    made: list[RosterRow | str | None] = []
    last: str | None = None
    for row in found:
        if group and row.group != last:
            last = row.group
            size = sum(other.group == last for other in found)
            made.append(f"{last or NOBODY[group]} · {size}")
        made.append(row)
    return [*made, *[None] * BLANKS]


def _heading(sheet: Sheet, event: Event, words: str) -> None:
    left, top = 16 * mm, sheet.height - 16 * mm
    sheet.words(left, top, event.name, 16, sheet.width - 90 * mm, strong=True)
    when = clock.said(event.starts_at, event.ends_at, event.time_zone)
    sheet.words(left, top - 6 * mm, f"{when}  {event.venue}", 9, sheet.width - 80 * mm)
    sheet.canvas.setFont(fonts()[0], 9)
    sheet.canvas.drawRightString(sheet.width - left, top, words)
    sheet.canvas.setLineWidth(0.8)
    sheet.canvas.line(left, top - 9.5 * mm, sheet.width - left, top - 9.5 * mm)


def _list_line(sheet: Sheet, y: float, line: RosterRow | str | None) -> None:
    left, right = 16 * mm, sheet.width - 16 * mm
    wide = right - left
    canvas = sheet.canvas
    canvas.setLineWidth(0.25)
    canvas.setStrokeGray(0.6)
    canvas.line(left, y - 2.2 * mm, right, y - 2.2 * mm)
    canvas.setStrokeGray(0)
    if isinstance(line, str):
        sheet.words(left, y, line, 10, wide, strong=True)
        return
    canvas.setLineWidth(0.7)
    canvas.rect(left, y - 0.8 * mm, 3.6 * mm, 3.6 * mm)
    if line is None:
        return
    if line.attendance in ("in", "left"):
        canvas.line(left, y - 0.8 * mm, left + 3.6 * mm, y + 2.8 * mm)
        canvas.line(left, y + 2.8 * mm, left + 3.6 * mm, y - 0.8 * mm)
    start = left + 7 * mm
    sheet.words(start, y, line.name, 10.5, wide * 0.36, strong=line.host)
    sheet.words(start + wide * 0.38, y, line.table or line.ticket, 9, wide * 0.14)
    needs = " · ".join(part for part in (line.diet, line.access, line.attention) if part)
    sheet.words(start + wide * 0.53, y, needs, 8.5, wide * 0.26)
    owes = line.money_words if line.money in ("due", "partial", "refund_due") else ""
    sheet.words(start + wide * 0.80, y, owes, 9, wide * 0.15)


def badges(work: Work, event_id: int) -> bytes:
    """Two columns of badges with name and a code the door can scan."""
    work.require(Permission.EVENTS_READ)
    event = work.get(Event, event_id, "This event is not there any more.")
    people = [row for row in rows(work, event_id) if row.named]
    sheet = Sheet(_paper(work), f"{event.name}: badges")
    wide, tall, columns = 88 * mm, 55 * mm, 2
    down = int((sheet.height - 20 * mm) // tall)
    margin_x, margin_y = (sheet.width - columns * wide) / 2, (sheet.height - down * tall) / 2
    for n, row in enumerate(people):
        place = n % (columns * down)
        if n and not place:
            sheet.canvas.showPage()
        x = margin_x + (place % columns) * wide
        y = sheet.height - margin_y - (place // columns + 1) * tall
        _badge(sheet, event, row, x, y, wide, tall)
    return sheet.bytes()


def _badge(sheet: Sheet, event: Event, row: RosterRow, x: float, y: float, wide: float, tall: float) -> None:
    sheet.canvas.setStrokeGray(0.8)
    sheet.canvas.setLineWidth(0.3)
    sheet.canvas.rect(x, y, wide, tall)
    sheet.canvas.setStrokeGray(0)
    inner = wide - 36 * mm
    first, _, last = row.name.rpartition(" ")
    sheet.words(x + 6 * mm, y + tall - 20 * mm, first or last, 20, inner, strong=True)
    if first:
        sheet.words(x + 6 * mm, y + tall - 28 * mm, last, 14, inner)
    sheet.words(x + 6 * mm, y + 11 * mm, row.table or row.ticket, 10, inner)
    sheet.words(x + 6 * mm, y + 6 * mm, event.name, 8, inner)
    draw_code(sheet.canvas, badge_text(row.code, row.seat_id), x + wide - 28 * mm, y + (tall - 24 * mm) / 2, 24 * mm)


def badge_text(code: str, seat_id: int) -> str:
    """What the code on a badge says."""
    return f"{code}-{seat_id}"


def draw_code(canvas: Canvas, text: str, x: float, y: float, size: float) -> None:
    """A QR code of black runs, so that a page of them stays small."""
    matrix = segno.make(text, error="m", micro=False).matrix
    module = size / (len(matrix) + 8)
    path = canvas.beginPath()
    for n, line in enumerate(matrix):
        start = 0
        while start < len(line):
            if not line[start]:
                start += 1
                continue
            end = start
            while end < len(line) and line[end]:
                end += 1
            path.rect(x + (start + 4) * module, y + size - (n + 5) * module, (end - start) * module, module * 1.02)
            start = end
    canvas.drawPath(path, stroke=0, fill=1)


def table_cards(work: Work, event_id: int) -> bytes:
    """One card for each table: its name large, and who sits there."""
    work.require(Permission.EVENTS_READ)
    event = work.get(Event, event_id, "This event is not there any more.")
    sheet = Sheet(_paper(work), f"{event.name}: tables")
    cards = [table for table in tables(work, event_id) if table.id]
    half = sheet.height / 2
    for n, table in enumerate(cards or tables(work, event_id)[:1]):
        if n and n % 2 == 0:
            sheet.canvas.showPage()
        top = sheet.height - (n % 2) * half - 26 * mm
        sheet.words(24 * mm, top, table.name, 30, sheet.width - 48 * mm, strong=True)
        for m, person in enumerate(table.people[:14]):
            x = 24 * mm if m < 7 else sheet.width / 2 + 4 * mm
            sheet.words(x, top - 16 * mm - (m % 7) * 9 * mm, person.name, 13, sheet.width / 2 - 32 * mm)
    return sheet.bytes()
