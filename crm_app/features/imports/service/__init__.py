"""What a person can do with imports."""

from crm_app.features.imports.service.checking import check
from crm_app.features.imports.service.deciding import (
    choose_sheet,
    decide,
    forget,
    map_column,
    order_all,
    put_right,
    put_right_all,
    remap,
    set_for_all,
    set_policy,
    stop,
    word_means,
)
from crm_app.features.imports.service.publishing import publish
from crm_app.features.imports.service.publishing import run as run_publication
from crm_app.features.imports.service.receiving import receive
from crm_app.features.imports.service.undoing import again, undo
from crm_app.features.imports.service.undoing import run as run_undo
from crm_app.features.imports.service.viewing import cells, everything, one, rejected, rows, will

__all__ = [
    "again",
    "cells",
    "check",
    "choose_sheet",
    "decide",
    "everything",
    "forget",
    "map_column",
    "one",
    "order_all",
    "publish",
    "put_right",
    "put_right_all",
    "receive",
    "rejected",
    "remap",
    "rows",
    "run_publication",
    "run_undo",
    "set_for_all",
    "set_policy",
    "stop",
    "undo",
    "will",
    "word_means",
]
