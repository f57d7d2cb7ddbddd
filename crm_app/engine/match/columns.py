"""A frame of records as numbers: equal values have equal codes, strings are touched only where codes differ."""

from collections.abc import Callable

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute
from rapidfuzz import process

# Columns that are compared with one another share one book of codes.
BOOKS = {
    "first": "names", "first_2": "names", "first_word": "names", "last": "names", "last_2": "names",
    "first_letter": "names", "first_letter_2": "names",
    "email": "emails", "email_2": "emails", "email_local": "locals", "email_local_2": "locals",
    "phone": "phones", "phone_2": "phones", "phone_tail": "tails", "phone_tail_2": "tails",
    "website": "sites", "domain": "sites", "name": "orgs", "name_2": "orgs",
}  # fmt: skip
WORKERS = 2


class Columns:
    """Codes and words of a frame, each made when first asked for."""

    def __init__(self, records: pl.DataFrame) -> None:
        self.records, self.rows = records, records.height
        self._codes: dict[str, np.ndarray] = {}
        self._books: dict[str, pl.Series] = {}

    def has(self, *names: str) -> bool:
        return any(n in self.records.columns and self.records[n].null_count() < self.rows for n in names)

    def codes(self, name: str) -> np.ndarray:
        """int32, -1 where there is nothing."""
        if name not in self._codes:
            self._encode(BOOKS.get(name, name))
        return self._codes[name]

    def book(self, name: str) -> pl.Series:
        """The words behind the codes of a column."""
        self.codes(name)
        return self._books[BOOKS.get(name, name)]

    def _encode(self, book: str) -> None:
        names = [n for n in self.records.columns if BOOKS.get(n, n) == book]
        together = pl.concat([self.records[n].cast(pl.String).alias(book) for n in names]).to_arrow()
        coded = pyarrow.compute.dictionary_encode(together.cast(pa.large_string()))
        codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
        self._books[book] = pl.Series(book, coded.dictionary)
        for at, name in enumerate(names):
            self._codes[name] = codes[at * self.rows : (at + 1) * self.rows]

    def words(self, name: str, codes: np.ndarray) -> list[str]:
        return self.book(name).gather(codes).to_list()

    def shares(self, name: str) -> np.ndarray:
        """How many records have each code."""
        codes = self.codes(name)
        return np.bincount(codes[codes >= 0], minlength=len(self.book(name)))

    def numbers(self, name: str) -> np.ndarray:
        return self.records[name].fill_null(0).to_numpy()


def alike(
    columns: Columns, name: str, one: np.ndarray, other: np.ndarray, scorer: Callable, **options: float
) -> np.ndarray:
    """`scorer` for pairs of codes of one book, each different pair of words scored once."""
    if not len(one):
        return np.empty(0, dtype=np.float32)
    low, high = np.minimum(one, other).astype(np.uint64), np.maximum(one, other).astype(np.uint64)
    different, back = np.unique((low << np.uint64(32)) | high, return_inverse=True)
    a = columns.words(name, (different >> np.uint64(32)).astype(np.uint32))
    b = columns.words(name, (different & np.uint64(0xFFFFFFFF)).astype(np.uint32))
    return process.cpdist(a, b, scorer=scorer, dtype=np.float32, workers=WORKERS, **options)[back]
