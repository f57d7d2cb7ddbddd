"""Rows read earlier, as a frame. Apart from the reader, whose process should start quickly and stay small."""

from pathlib import Path

import polars as pl

from crm_app.engine.tabular.reader import LINE, ODD, ROW

__all__ = ["LINE", "ODD", "ROW", "rows"]


def rows(out: Path, start: int = 0, length: int | None = None) -> pl.DataFrame:
    """A slice of the rows read earlier, as text."""
    return pl.scan_parquet(out).slice(start, length).collect()
