"""A receipt on paper: drawn from what was kept, so the same receipt is the same bytes for ever."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.dates import format_date
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from crm_app.engine.money import written
from crm_app.features.giving.schemas import Printed

FONTS = Path(__file__).parent / "fonts"
PLAIN, BOLD = "Receipt", "Receipt-Bold"
INK, SOFT, LINE, GREEN, FAINT = (HexColor(value) for value in ("#23211d", "#6f6a60", "#d9d4c8", "#2f6b4f", "#e9e5db"))
LEFT, STEP = 62, 15
LETTER_LANDS = ("en_US", "en_CA", "fr_CA", "es_MX")


def draw(printed: Printed, *, mark: str = "") -> bytes:
    """The PDF; `mark` is written across it: DRAFT, COPY, VOID."""
    _fonts()
    target = BytesIO()
    size = LETTER if printed.locale in LETTER_LANDS else A4
    canvas = Canvas(target, pagesize=size, invariant=1)
    canvas.setTitle(f"{printed.title} {printed.label}".strip())
    canvas.setAuthor(printed.issuer)
    page = _Page(canvas, size, printed, mark)
    page.heading()
    page.donor()
    page.lines()
    page.totals()
    page.foot()
    canvas.save()
    return target.getvalue()


@lru_cache(maxsize=1)
def _fonts() -> None:
    pdfmetrics.registerFont(TTFont(PLAIN, FONTS / "DejaVuSerif.ttf"))
    pdfmetrics.registerFont(TTFont(BOLD, FONTS / "DejaVuSerif-Bold.ttf"))


class _Page:
    """A pen on a page: goes down line by line, begins a new page when there is no room."""

    def __init__(self, canvas: Canvas, size: tuple[float, float], printed: Printed, mark: str):
        self.canvas, self.printed, self.mark = canvas, printed, mark
        self.width, self.height = size
        self.right, self.y = self.width - LEFT, self.height - 70
        self._watermark()

    def heading(self) -> None:
        printed = self.printed
        self.say(printed.issuer, BOLD, 15)
        self.y -= 4
        for line in [*printed.issuer_address.splitlines(), printed.issuer_contact]:
            self.say(line, size=8.5, colour=SOFT)
        if printed.issuer_number:
            self.say(f"Registration number {printed.issuer_number}", size=8.5, colour=SOFT)
        self.rule()
        self.say(printed.title, BOLD, 12)
        self.y -= 2
        top = self.y
        self.pair("Receipt number", printed.label or "not issued yet")
        self.pair("Date issued", self.day(printed.issued_on))
        self.y = min(self.y, top)
        if printed.replaces:
            self.say(f"This receipt cancels and replaces receipt {printed.replaces}.", BOLD, 9.5)

    def donor(self) -> None:
        self.y -= STEP
        self.say("Received from", size=8.5, colour=SOFT)
        self.say(self.printed.donor, BOLD, 11)
        for line in self.printed.donor_address.splitlines():
            self.say(line, size=10)
        self.y -= STEP

    def lines(self) -> None:
        self._columns("Received on", "For", "Amount", "Value received", "Eligible", SOFT, 8.5)
        self.rule()
        for line in self.printed.lines:
            self.room(3 * STEP)
            self._columns(
                self.day(line.given_on),
                line.description or line.kind.replace("_", " "),
                self.money(line.paid),
                self.money(line.benefit) if line.benefit else "–",
                self.money(line.receiptable),
                INK,
                9.5,
            )
        self.rule()

    def totals(self) -> None:
        printed = self.printed
        self.room(6 * STEP)
        self._total("Total received", printed.paid, PLAIN)
        if printed.benefit:
            self._total("Less value of what was received in return", printed.benefit, PLAIN)
        self._total("Eligible amount of the gift", printed.receiptable, BOLD)
        self.y -= STEP

    def foot(self) -> None:
        self.room(9 * STEP)
        for words in self.printed.statements:
            for line in _wrapped(words, PLAIN, 9.5, self.right - LEFT):
                self.say(line, size=9.5)
            self.y -= 3
        self.y -= 3 * STEP
        self.canvas.setStrokeColor(LINE)
        self.canvas.line(LEFT, self.y, LEFT + 190, self.y)
        self.y -= 12
        self.say(
            f"{self.printed.issued_by or 'Authorised signature'}, for {self.printed.issuer}", size=8.5, colour=SOFT
        )

    def say(self, words: str, font: str = PLAIN, size: float = 10, colour: HexColor = INK) -> None:
        if words:
            self.canvas.setFont(font, size)
            self.canvas.setFillColor(colour)
            self.canvas.drawString(LEFT, self.y, words)
            self.y -= STEP * size / 10

    def pair(self, name: str, value: str) -> None:
        self.canvas.setFont(PLAIN, 9.5)
        self.canvas.setFillColor(SOFT)
        self.canvas.drawString(LEFT, self.y, name)
        self.canvas.setFillColor(INK)
        self.canvas.drawString(LEFT + 110, self.y, value)
        self.y -= STEP

    def rule(self) -> None:
        self.canvas.setStrokeColor(LINE)
        self.canvas.line(LEFT, self.y + 4, self.right, self.y + 4)
        self.y -= 10

    def room(self, needed: float) -> None:
        if self.y - needed < 50:
            self.canvas.showPage()
            self.y = self.height - 70
            self._watermark()

    def money(self, amount: int) -> str:
        return written(amount, self.printed.currency, self.printed.locale)

    def day(self, day) -> str:
        return format_date(day, "long", locale=self.printed.locale)

    def _columns(self, day: str, what: str, paid: str, benefit: str, eligible: str, colour: HexColor, size: float):
        self.canvas.setFont(PLAIN, size)
        self.canvas.setFillColor(colour)
        self.canvas.drawString(LEFT, self.y, day)
        room = self.right - 230 - (LEFT + 120)
        self.canvas.drawString(LEFT + 120, self.y, _wrapped(what, PLAIN, size, room)[0] if what else "")
        for words, at in ((paid, 165), (benefit, 80), (eligible, 0)):
            self.canvas.drawRightString(self.right - at, self.y, words)
        self.y -= STEP

    def _total(self, name: str, amount: int, font: str) -> None:
        self.canvas.setFont(font, 10.5 if font == BOLD else 9.5)
        self.canvas.setFillColor(INK)
        self.canvas.drawRightString(self.right - 110, self.y, name)
        self.canvas.drawRightString(self.right, self.y, self.money(amount))
        self.y -= STEP * 1.15

    def _watermark(self) -> None:
        if self.mark:
            self.canvas.saveState()
            self.canvas.setFont(BOLD, 90)
            self.canvas.setFillColor(FAINT)
            self.canvas.translate(self.width / 2, self.height / 2)
            self.canvas.rotate(45)
            self.canvas.drawCentredString(0, -30, self.mark)
            self.canvas.restoreState()


def _wrapped(words: str, font: str, size: float, width: float) -> list[str]:
    lines, now = [], ""
    for word in words.split():
        longer = f"{now} {word}".strip()
        if now and pdfmetrics.stringWidth(longer, font, size) > width:
            lines.append(now)
            now = word
        else:
            now = longer
    return [*lines, now]
