"""Any file is read, and every record of it is accounted for."""

from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_app.engine.tabular import kept, reader, recognise
from crm_app.engine.tabular.shape import Reading, Unreadable


def bring(folder: Path, content: bytes, name: str = "list.csv") -> tuple[Reading, list[list[str]]]:
    path, out = folder / name, folder / "out.parquet"
    path.write_bytes(content)
    reading = reader.read(path, out, known=recognise.known)
    frame = kept.rows(out)
    assert reading.balanced()
    assert frame.height == reading.rows
    return reading, [list(row[3:]) for row in frame.rows()]


NAMES = "First name,Last name\nSiobhán,O’Brien\nJosé,García\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
def test_every_encoding_gives_the_same_names(tmp_path: Path, encoding: str) -> None:
    _, rows = bring(tmp_path, NAMES.encode(encoding))
    assert rows == [["Siobhán", "O’Brien"], ["José", "García"]]


def test_a_file_that_mixes_encodings_is_read_line_by_line(tmp_path: Path) -> None:
    content = b"First name,Last name\n" + "Zoë,Brontë\n".encode() + "José,García\n".encode("cp1252")
    reading, rows = bring(tmp_path, content)
    assert rows == [["Zoë", "Brontë"], ["José", "García"]]
    assert any("Windows-1252" in note for note in reading.notes)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_delimiters_and_line_endings(tmp_path: Path, mark: str, end: str) -> None:
    content = end.join(mark.join(cells) for cells in (["Name", "City"], ["Ann Lee", "Boston"], ["Bob Ray", "Cork"]))
    _, rows = bring(tmp_path, content.encode())
    assert rows == [["Ann Lee", "Boston"], ["Bob Ray", "Cork"]]


def test_mixed_line_endings_lose_no_row(tmp_path: Path) -> None:
    reading, rows = bring(tmp_path, b"Name,City\r\nAnn,Boston\rBob,Cork\nCarla,Lima\n\r\n")
    assert [row[0] for row in rows] == ["Ann", "Bob", "Carla"]
    assert reading.blank == 1


def test_a_quote_that_never_closes_costs_only_its_own_line(tmp_path: Path) -> None:
    reading, rows = bring(tmp_path, b'Name,City\n"Ann,Boston\nBob,Cork\nCarla,Lima\n')
    assert [row[0] for row in rows][1:] == ["Bob", "Carla"]
    assert reading.odd == 1


def test_a_cell_may_hold_lines(tmp_path: Path) -> None:
    _, rows = bring(tmp_path, b'Name,Note\nAnn,"first\nsecond ""line"""\nBob,x\n')
    assert rows == [["Ann", 'first\nsecond "line"'], ["Bob", "x"]]


def test_excel_says_its_delimiter_in_a_line_of_its_own(tmp_path: Path) -> None:
    _, rows = bring(tmp_path, b"sep=;\r\nName;City\r\nAnn, Lee;Boston\r\n")
    assert rows == [["Ann, Lee", "Boston"]]


def test_lines_above_the_header_are_counted_not_read(tmp_path: Path) -> None:
    reading, rows = bring(
        tmp_path, b"Donors of 2025,,\nExported by Ann,,\n,,\nName,Email,City\nBo,bo@example.org,Cork\n"
    )
    assert (reading.preamble, reading.blank, reading.headers, reading.rows) == (2, 1, 1, 1)
    assert rows == [["Bo", "bo@example.org", "Cork"]]


def test_a_list_without_a_header_keeps_its_first_row(tmp_path: Path) -> None:
    reading, rows = bring(tmp_path, b"Ann Lee,ann@example.org,25.00\nBo Ray,bo@example.org,10.00\n")
    assert reading.headers == 0
    assert len(rows) == 2


def test_repeated_and_empty_headers_get_names_of_their_own(tmp_path: Path) -> None:
    reading, _ = bring(tmp_path, b"Name,Note,Note,\nAnn,a,b,c\n")
    assert reading.header == ["Name", "Note", "Note (2)", "Column 4"]


def test_a_row_with_more_cells_than_the_header_says_so(tmp_path: Path) -> None:
    lines = b"Name,City\n" + b"Ann,Boston\n" * 30 + b"Bob,Cork,Ireland\n"
    reading, rows = bring(tmp_path, lines)
    assert len(rows) == 31
    assert reading.odd == 1


def test_two_header_lines_of_the_npsp_template(tmp_path: Path) -> None:
    labels = b"Contact1 First Name,Contact1 Last Name,Contact2 Last Name\n"
    names = b"NPSP__CONTACT1_FIRSTNAME__C,NPSP__CONTACT1_LASTNAME__C,NPSP__CONTACT2_LASTNAME__C\n"
    reading, rows = bring(tmp_path, b"INSTRUCTIONS:,,\n" + labels + names + b"Ann,Lee,Ray\n")
    assert (reading.preamble, reading.headers, reading.rows) == (1, 2, 1)
    assert rows == [["Ann", "Lee", "Ray"]]


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> bytes:
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path.read_bytes()


def test_the_fullest_sheet_of_a_workbook_is_read(tmp_path: Path) -> None:
    people = [["Name", "Amount"], ["Ann Lee", 25.5], ["Bo Ray", 10]]
    content = workbook(tmp_path / "made.xlsx", {"Cover": [["Hello"]], "People": people})
    reading, rows = bring(tmp_path, content, "list.xlsx")
    assert rows == [["Ann Lee", "25.5"], ["Bo Ray", "10"]]
    assert (reading.sheet, reading.sheets) == ("People", ["Cover", "People"])


def test_address_cards(tmp_path: Path) -> None:
    card = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Tremblay;Chloé;;Ms.;\r\nFN:Chloé Tremblay\r\nEMAIL;TYPE=INTERNET:chloe@\r\n"
        " example.ca\r\nTEL;TYPE=CELL:+1 416 555 0111\r\nADR;TYPE=HOME:;;12 rue Principale;Montréal;QC;H2X 1Y4;Canada\r\nEND:VCARD\r\n"
    )
    reading, rows = bring(tmp_path, card.encode(), "cards.vcf")
    found = dict(zip(reading.header, rows[0], strict=True))
    assert (found["First name"], found["Email"], found["City"]) == ("Chloé", "chloe@example.ca", "Montréal")


@pytest.mark.parametrize(
    "content", [b"", b"\n\n\n", b"%PDF-1.7 x", b"\x89PNG\r\n", b'{"a": 1}', b"<html><p>no table</p>"]
)
def test_what_is_no_list_is_refused_in_plain_words(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        bring(tmp_path, content)
    assert refused.value.message.endswith(".")


@settings(max_examples=120, deadline=None)
@given(
    content=st.lists(
        st.sampled_from(["a", "é", '"', ",", ";", "\n", "\r", "\r\n", "\t", "\0", "12", "x@y.org", " "]), max_size=60
    )
)
def test_whatever_the_text_every_record_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, content: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    try:
        reading, rows = bring(folder, "".join(content).encode())
    except Unreadable:
        return
    assert reading.balanced()
    assert len(rows) == reading.rows


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=300))
def test_whatever_the_bytes_the_reader_answers(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.mktemp("any")
    try:
        bring(folder, content)
    except Unreadable:
        return
