"""Paper and files: everybody is on them, codes can be read, nothing becomes a formula."""

import csv
import io

import pytest
import zxingcpp
from PIL import Image, ImageDraw
from pypdf import PdfReader

from crm_app.core.access import Actor, Role
from crm_app.core.errors import NotAllowed
from crm_app.core.work import open_work
from crm_app.features.events import service
from crm_app.features.events.schemas import PartyDraft
from crm_app.features.events.service import printing, writing
from tests.features.events.conftest import NOW, MakeEvent


def test_everybody_is_on_the_sign_in_list_and_the_heading_repeats(db, admin, make_event: MakeEvent):
    event = make_event(capacity=None)
    names = [f"Guest Number{n}" for n in range(40)] + ["Łukasz Żak", "李雷"]
    with open_work(db, admin, now=NOW) as work:
        for name in names:
            service.register(work, event, PartyDraft(name=name))
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(printing.sign_in_list(work, event))).pages]
    assert len(pages) > 1
    assert all("Harvest supper" in page and "42 people" in page for page in pages)
    assert [name for name in names if not any(name in page for page in pages)] == []


def test_letters_nothing_can_print_are_known():
    assert printing.unprintable("Ann Okonkwo") == ""
    assert printing.unprintable("Łukasz Żak") == ""
    assert printing.unprintable("Ann 🎉") == "🎉"


def test_a_code_on_a_badge_can_be_read_and_finds_its_guest(db, admin, make_event: MakeEvent):
    event = make_event()
    with open_work(db, admin, now=NOW) as work:
        made = service.register(work, event, PartyDraft(name="Ann"))
        seat = service.party(work, made.id)[0].seat_id
        text = printing.badge_text(made.code, seat)
        assert [row.name for row in service.search(work, event, text)] == ["Ann"]
        assert len(PdfReader(io.BytesIO(printing.badges(work, event))).pages) == 1
        service.add_tables(work, event, 3, 8)
        assert len(PdfReader(io.BytesIO(printing.table_cards(work, event))).pages) == 2
    assert zxingcpp.read_barcode(drawn(text)).text == text


def drawn(text: str) -> Image.Image:
    """The code as it is drawn on paper, in pixels."""
    picture = Image.new("L", (400, 400), 255)
    pen = ImageDraw.Draw(picture)

    class Path:
        def rect(self, x: float, y: float, wide: float, tall: float) -> None:
            pen.rectangle((x, 400 - y - tall, x + wide, 400 - y), fill=0)

    class Canvas:
        def beginPath(self) -> Path:
            return Path()

        def drawPath(self, path: Path, **_: int) -> None:
            pass

    printing.draw_code(Canvas(), text, 20, 20, 360)
    return picture


def test_a_name_never_becomes_a_formula(db, admin, make_event: MakeEvent):
    event = make_event()
    with open_work(db, admin, now=NOW) as work:
        service.register(work, event, PartyDraft(name="=HYPERLINK(1)", phone="+1 503 555 0142"))
        rows = list(csv.DictReader(io.StringIO(writing.as_csv(work, event, "everybody", "").decode("utf-8-sig"))))
        assert (rows[0]["Name"], rows[0]["Phone"]) == ("'=HYPERLINK(1)", "+1 503 555 0142")
        assert writing.as_xlsx(work, event, "everybody", "")[:2] == b"PK"
    with pytest.raises(NotAllowed), open_work(db, Actor.of(None, "Hana", Role.DOOR), write=False) as work:
        writing.as_csv(work, event, "everybody", "")
