"""Lists and everything taken out, and everything brought back."""

import csv
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from crm_app.core import history, jobs
from crm_app.core.access import Actor, Role
from crm_app.core.database import Database
from crm_app.core.errors import Invalid, NotAllowed, NotFound
from crm_app.core.migrations import migrate
from crm_app.core.work import open_work
from crm_app.engine.tabular import kept, reader
from crm_app.features.constituents import service as constituents
from crm_app.features.constituents.models import Constituent
from crm_app.features.constituents.schemas import ConstituentDraft
from crm_app.features.exports import jobs as _jobs  # noqa: F401
from crm_app.features.exports import service
from crm_app.features.exports.schemas import ExportDraft
from crm_app.features.exports.service.files import harmless

PEOPLE = [
    ConstituentDraft(first_name="Zoë", last_name="O’Brien", emails=[{"address": "zoe@example.org"}], phones=[{"number": "+16175550123"}], tags=["Gala"], addresses=[{"line1": "9 Quay St", "city": "Dover", "postal_code": "19901"}]),
    ConstituentDraft(first_name="=HYPERLINK(1)", last_name="'quoted", birth_year=1970, birth_month=3),
    ConstituentDraft(kind="organization", name="Harbour Bakery", websites=[{"url": "bakery.example"}]),
]  # fmt: skip


def people(db: Database, actor: Actor) -> None:
    with open_work(db, actor) as work:
        constituents.create_many(work, PEOPLE)


def written(db: Database, actor: Actor, path: Path, **draft: object) -> int:
    with open_work(db, actor, write=False) as work:
        return service.write(work, ExportDraft(reason="A test", **draft), path)  # type: ignore[arg-type]


def asked(db: Database, actor: Actor, **draft: object) -> int:
    with open_work(db, actor) as work:
        number = service.ask_for(work, ExportDraft(**{"reason": "For the board", **draft}))  # type: ignore[arg-type]
    jobs.run_all(db)
    return number


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", " =1", "|x", "%x"])
def test_formulas_become_text(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["Ann", "+16175550123", "a=b", 12.5, ""])
def test_what_is_no_formula_stays(text: object) -> None:
    assert harmless(text) == text


def test_a_list_with_chosen_columns(db: Database, admin: Actor, tmp_path: Path) -> None:
    people(db, admin)
    assert written(db, admin, tmp_path / "a.csv", columns=["last_name", "first_name", "email", "tags"]) == 3
    rows = list(csv.DictReader((tmp_path / "a.csv").open(encoding="utf-8-sig")))
    assert {"Last name": "O’Brien", "First name": "Zoë", "Email": "zoe@example.org", "Tags": "Gala"} in rows
    assert "'=HYPERLINK(1)" in [row["First name"] for row in rows]


def test_a_workbook_holds_no_formula(db: Database, admin: Actor, tmp_path: Path) -> None:
    people(db, admin)
    written(db, admin, tmp_path / "a.xlsx", form="xlsx", columns=["first_name", "last_name"])
    sheet = zipfile.ZipFile(tmp_path / "a.xlsx").read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    reading = reader.read(tmp_path / "a.xlsx", tmp_path / "out")
    assert ("=HYPERLINK(1)", "'quoted") in [row[3:] for row in kept.rows(tmp_path / "out").rows()]
    assert (reading.rows, reading.blank) == (2, 1)


def test_address_cards_are_read_by_our_own_reader(db: Database, admin: Actor, tmp_path: Path) -> None:
    people(db, admin)
    assert written(db, admin, tmp_path / "a.vcf", form="vcf") == 3
    reading = reader.read(tmp_path / "a.vcf", tmp_path / "out")
    rows = [dict(zip(reading.header, row[3:], strict=True)) for row in kept.rows(tmp_path / "out").rows()]
    zoe = next(row for row in rows if row["First name"] == "Zoë")
    assert (zoe["Email"], zoe["City"], zoe["Tags"]) == ("zoe@example.org", "Dover", "Gala")


def test_an_export_is_fetched_by_its_owner_only_and_leaves_a_trace(db: Database, admin: Actor) -> None:
    people(db, admin)
    ada = Actor.of(7, "Ada", Role.ADMINISTRATOR)
    number = asked(db, ada)
    with open_work(db, ada) as work:
        name, path = service.fetch(work, number)
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        assert name.endswith(".csv")
    with open_work(db, Actor.of(8, "Bo", Role.ADMINISTRATOR)) as work, pytest.raises(NotFound):
        service.fetch(work, number)
    with db.read() as session:
        query = sa.select(history.Change.action).where(history.Change.kind == "export").order_by(history.Change.id)
        assert list(session.execute(query).scalars()) == ["asked for", "made", "fetched"]


def test_an_export_expires(db: Database, admin: Actor) -> None:
    number = asked(db, admin)
    with open_work(db, admin) as work:
        later = work.now + timedelta(days=8)
    with open_work(db, admin, now=later) as work, pytest.raises(NotFound):
        service.fetch(work, number)
    with open_work(db, admin, now=later) as work:
        assert service.sweep(work) == 1


def test_a_reason_and_the_permission_are_needed(db: Database, admin: Actor) -> None:
    with open_work(db, admin) as work, pytest.raises(Invalid):
        service.ask_for(work, ExportDraft())
    with open_work(db, Actor.of(None, "Vera", Role.VIEWER)) as work, pytest.raises(NotAllowed):
        service.ask_for(work, ExportDraft(reason="Curious"))


def test_columns_beyond_the_role_are_refused(db: Database) -> None:
    organizer = Actor.of(None, "Olu", Role.ORGANIZER)
    with open_work(db, organizer) as work, pytest.raises(NotAllowed):
        service.ask_for(work, ExportDraft(reason="A mailing", columns=["given"]))
    with open_work(db, organizer) as work:
        assert "birth" not in {column.key for column in service.columns(work)}


def test_everything_comes_back_equal(db: Database, admin: Actor, tmp_path: Path) -> None:
    people(db, admin)
    with open_work(db, admin) as work:
        (zoe,) = constituents.find_ids(work, "Zoë")
        constituents.marks.attach(work, zoe, "letter.txt", b"Dear Zoe")
        constituents.marks.note(work, zoe, "=not a formula\nsecond line")
    written(db, admin, tmp_path / "one.zip", kind="everything", form="zip")
    empty = Database(f"sqlite:///{tmp_path / 'second.db'}")
    migrate(empty)
    service.bring_back(tmp_path / "one.zip", empty)
    written(empty, admin, tmp_path / "two.zip", kind="everything", form="zip")
    first, second = zipfile.ZipFile(tmp_path / "one.zip"), zipfile.ZipFile(tmp_path / "two.zip")
    assert sorted(first.namelist()) == sorted(second.namelist())
    for name in first.namelist():
        assert first.read(name) == second.read(name), name
    assert json.loads(first.read("schema.json"))["tables"]["constituent"]["rows"] == 3
    assert any(name.startswith("files/") for name in first.namelist())
    with open_work(empty, admin, write=False) as work:
        assert len(constituents.find_ids(work, "obrien")) == 1
    empty.dispose()


def test_everything_does_not_go_into_a_database_that_is_in_use(db: Database, admin: Actor, tmp_path: Path) -> None:
    people(db, admin)
    written(db, admin, tmp_path / "one.zip", kind="everything", form="zip")
    with pytest.raises(Exception, match="already holds"):
        service.bring_back(tmp_path / "one.zip", db)
    with db.read() as session:
        assert session.execute(sa.select(sa.func.count()).select_from(Constituent)).scalar() == 3


def test_passwords_stay_behind(db: Database, admin: Actor, tmp_path: Path) -> None:
    from crm_app.features.accounts.models import User

    with open_work(db, admin) as work:
        work.add(User(email="a@example.org", name="A", password_hash="secret-hash", created_at=work.now))
    written(db, admin, tmp_path / "one.zip", kind="everything", form="zip")
    pack = zipfile.ZipFile(tmp_path / "one.zip")
    assert all(b"secret-hash" not in pack.read(name) for name in pack.namelist())
    assert "user_session.csv" not in pack.namelist()
