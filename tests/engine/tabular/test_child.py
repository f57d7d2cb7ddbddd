"""A hostile file costs one clear message, never the server."""

import zipfile
from pathlib import Path

import pytest

from crm_app.engine.tabular.child import read_apart
from crm_app.engine.tabular.shape import Limits, Unreadable

TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""
TOP = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
BOOK = """<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"""
LINKS = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"""
CORNERS = """<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>"""
SMALL = Limits(memory=900 * 2**20, seconds=30)


def pack(path: Path, sheet: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", TYPES)
        book.writestr("_rels/.rels", TOP)
        book.writestr("xl/workbook.xml", BOOK)
        book.writestr("xl/_rels/workbook.xml.rels", LINKS)
        book.writestr("xl/worksheets/sheet1.xml", sheet)
    return path


def test_two_cells_a_world_apart_end_the_child_only(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="memory"):
        read_apart(pack(tmp_path / "corners.xlsx", CORNERS.encode()), tmp_path / "out", limits=SMALL)


def test_a_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="unpacks"):
        read_apart(pack(tmp_path / "bomb.xlsx", b" " * (60 * 2**20)), tmp_path / "out", limits=SMALL)


def test_a_broken_workbook_is_one_message(tmp_path: Path) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing of the kind")
    with pytest.raises(Unreadable) as refused:
        read_apart(path, tmp_path / "out", limits=SMALL)
    assert refused.value.message


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("Name,City\n" + "Ann,Cork\n" * 50)
    with pytest.raises(Unreadable, match="more than 20 rows"):
        read_apart(path, tmp_path / "out", limits=Limits(rows=20))


def test_an_honest_file_comes_through(tmp_path: Path) -> None:
    path = tmp_path / "honest.csv"
    path.write_text("First name,Last name\nAnn,Lee\n")
    reading = read_apart(path, tmp_path / "out.parquet")
    assert (reading.rows, reading.header) == (1, ["First name", "Last name"])
