"""What a person can do with exports."""

from crm_app.features.exports.service.everything import bring_back, write_everything
from crm_app.features.exports.service.making import (
    ask_for,
    columns,
    drop_columns,
    fetch,
    keep_columns,
    kept,
    listed,
    run,
    sweep,
    write,
)

__all__ = [
    "ask_for", "bring_back", "columns", "drop_columns", "fetch", "keep_columns", "kept", "listed", "run", "sweep", "write", "write_everything",
]  # fmt: skip
