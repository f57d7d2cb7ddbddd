"""Bytes to lines of text: UTF-8 and UTF-16 with or without a mark, Windows-1252, and files that mix them."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CHUNK = 1 << 20
ANY_END = re.compile(rb"\r\n|\r|\n")


def sniff(path: Path) -> str:
    """The encoding of a file: a codec name, or "mixed" where some lines are UTF-8 and some are not."""
    with path.open("rb") as file:
        start = file.read(4096)
    for mark, name in MARKS:
        if start.startswith(mark):
            return name
    wide = _wide(start)
    if wide:
        return wide
    return _utf8_or_not(path)


def _wide(start: bytes) -> str:
    """UTF-16 without a mark shows as a zero in every second byte of Latin text."""
    if len(start) < 4:
        return ""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if odd > half * 0.6 and even < half * 0.2:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.2:
        return "utf-16-be"
    return ""


def _utf8_or_not(path: Path) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "mixed"
    return "utf-8"


def decode_line(raw: bytes) -> tuple[str, bool]:
    """One line of unsure encoding: UTF-8 where it is valid, else Windows-1252. True when it was UTF-8."""
    try:
        return raw.decode("utf-8"), True
    except UnicodeDecodeError:
        return "".join(_western(byte) for byte in raw) if _undefined(raw) else raw.decode("cp1252"), False


def _undefined(raw: bytes) -> bool:
    return any(byte in raw for byte in b"\x81\x8d\x8f\x90\x9d")


def _western(byte: int) -> str:
    return chr(byte) if byte in b"\x81\x8d\x8f\x90\x9d" else bytes((byte,)).decode("cp1252")


def lines(path: Path, encoding: str, notes: list[str]) -> Iterator[str]:
    """Every line with its ending kept, whatever the ending is."""
    if encoding == "mixed":
        yield from _mixed(path, notes)
        return
    with path.open("r", encoding=encoding, errors="replace", newline="") as file:
        yield from file


def _mixed(path: Path, notes: list[str]) -> Iterator[str]:
    western = accented = 0
    for raw in _raw_lines(path):
        if raw.isascii():
            yield raw.decode("ascii")
            continue
        text, is_utf8 = decode_line(raw)
        western, accented = western + (not is_utf8), accented + is_utf8
        yield text
    if western and accented:
        notes.append(f"{western} lines are Windows-1252 and {accented} are UTF-8; each was read as what it is.")


def _raw_lines(path: Path) -> Iterator[bytes]:
    rest = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            data = rest + chunk
            start = 0
            for end in ANY_END.finditer(data):
                if end.end() == len(data):
                    break  # a CR at the very edge may have its LF in the next chunk
                yield data[start : end.end()]
                start = end.end()
            rest = data[start:]
    yield from (part for part in re.split(rb"(?<=\n)|(?<=\r)(?!\n)", rest) if part)
