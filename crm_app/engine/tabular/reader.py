"""Any file people bring, read into one table of text; every record of the file is accounted for."""

from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from crm_app.engine.tabular import delimited, header, records, vcard, workbook
from crm_app.engine.tabular.shape import Limits, Reading, Record, Source, Unreadable

BATCH = 10_000
ROW, LINE, ODD = "__row", "__line", "__odd"  # kept.py reads them back
NOT_LISTS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3", "a database"),
    (b"Rar!", "a packed archive"),
    (b"7z\xbc\xaf", "a packed archive"),
    (b"\x1f\x8b", "a packed archive"),
)


def read(
    path: Path,
    out: Path,
    *,
    sheet: str = "",
    limits: Limits = Limits(),
    known: Callable[[list[str]], float] | None = None,
) -> Reading:
    """Read PATH and write its rows as text to the Parquet file OUT (columns `c0…`, `__row`, `__line`, `__odd`)."""
    source = open_source(path, sheet, limits)
    stream = iter(source.records)
    first = list(islice(stream, header.LOOK_AT))
    heading = header.find_heading(first, None if source.header_given else known)
    if source.header_given and first:
        heading = header.Heading(0, header.named(first[0].cells))
    if not heading.names or all(record.blank() for record in first):
        raise Unreadable("This file is empty.", "Choose the file that holds your list.")
    if len(heading.names) > limits.columns:
        raise Unreadable(f"This file has more than {limits.columns} columns.", "Keep the columns you need.")
    reading = Reading(
        source.kind, heading.names, 0, 0, 0, 0, 0, 0, 0, source.encoding, source.delimiter, source.sheet, source.sheets
    )
    _write(chain(first, stream), heading, reading, out, limits)
    reading.notes = source.notes + _notes(reading, heading)
    return reading


def open_source(path: Path, sheet: str, limits: Limits) -> Source:
    size = path.stat().st_size
    if size > limits.bytes:
        raise Unreadable(f"This file is larger than {limits.bytes // 2**20} MB.", "Split it and bring the parts in.")
    with path.open("rb") as file:
        start = file.read(4096)
    for magic, name in NOT_LISTS:
        if start.startswith(magic):
            raise Unreadable(f"This is {name}, not a list.", "Save your list as CSV or as a spreadsheet.")
    if start.startswith(b"PK\x03\x04") or start.startswith(b"\xd0\xcf\x11\xe0"):
        return workbook.open_workbook(path, limits, sheet)
    text = start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if text.startswith(b"begin:vcard"):
        return vcard.open_cards(path)
    if text.startswith((b"{", b"[{")) or path.suffix.lower() == ".json":
        return records.open_json(path)
    if text.startswith((b"<html", b"<!doctype html", b"<table", b"<meta")):
        return records.open_markup(path)
    if path.suffix.lower() not in (".csv", ".tsv", ".txt", ".tab") and start.count(0) > len(start) * 0.6:
        raise Unreadable("This file is not a list.", "Save your list as CSV or as a spreadsheet.")
    return delimited.open_delimited(path, limits)


def _write(stream: Iterator[Record], heading: header.Heading, reading: Reading, out: Path, limits: Limits) -> None:
    width = len(heading.names)
    names = [ROW, LINE, ODD] + [f"c{place}" for place in range(width)]
    schema = pa.schema([(ROW, pa.int64()), (LINE, pa.int64()), *((name, pa.string()) for name in names[2:])])
    start = -1 if heading.at is None else heading.at
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        batch: list[list[object]] = []
        for place, record in enumerate(stream):
            reading.records += 1
            if record.blank():
                reading.blank += 1
            elif place < start:
                reading.preamble += 1
            elif heading.at is not None and place <= start + heading.repeats:
                reading.headers += 1
                reading.header_line = reading.header_line or record.line
            else:
                reading.rows += 1
                if reading.rows > limits.rows:
                    raise Unreadable(f"This file has more than {limits.rows:,} rows.", "Bring it in by parts.")
                batch.append(_row(record, reading, width, limits))
                if len(batch) == BATCH:
                    writer.write_table(_table(batch, schema))
                    batch = []
        writer.write_table(_table(batch, schema))


def _row(record: Record, reading: Reading, width: int, limits: Limits) -> list[object]:
    cells, odd = record.cells, record.problem
    if len(cells) > width:
        extra = [cell.strip() for cell in cells[width:] if cell.strip()]
        cells = cells[:width]
        if extra:
            odd = f"{odd} The row has more cells than the header: {' | '.join(extra)[:300]}".strip()
    elif len(cells) < width:
        cells = cells + [""] * (width - len(cells))
    if max(map(len, cells), default=0) > limits.cell:
        cells = [cell[: limits.cell] for cell in cells]
        odd = f"{odd} A very long cell was cut.".strip()
    reading.odd += bool(odd)
    return [reading.rows, record.line, odd, *cells]


def _table(batch: list[list[object]], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*batch, strict=True)) if batch else [()] * len(schema)
    try:
        return pa.table([pa.array(column, field.type) for column, field in zip(columns, schema)], schema=schema)
    except UnicodeEncodeError:  # half of a surrogate pair, from a UTF-16 file cut in the wrong place
        clean = [[_encodable(cell) for cell in row] for row in batch]
        columns = list(zip(*clean, strict=True))
        return pa.table([pa.array(column, field.type) for column, field in zip(columns, schema)], schema=schema)


def _encodable(cell: object) -> object:
    return cell.encode("utf-8", "replace").decode() if isinstance(cell, str) else cell


def _notes(reading: Reading, heading: header.Heading) -> list[str]:
    notes = []
    if heading.at is None and reading.rows:
        notes.append("The list has no line of column names; the columns are numbered.")
    if reading.preamble:
        notes.append(f"{reading.preamble} lines above the column names were left out.")
    if reading.odd:
        notes.append(f"{reading.odd} rows are not written as they should be; each says why.")
    return notes
