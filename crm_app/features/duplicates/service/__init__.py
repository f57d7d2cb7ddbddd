"""What a person can do with duplicates."""

from crm_app.features.duplicates.service.deciding import different, household, merge_certain, skip, take_back
from crm_app.features.duplicates.service.fields import rules, set_rule
from crm_app.features.duplicates.service.finding import find_all, look, start
from crm_app.features.duplicates.service.keys import rebuild
from crm_app.features.duplicates.service.looking import likely, likely_of
from crm_app.features.duplicates.service.merging import merge, preview
from crm_app.features.duplicates.service.queueing import (
    case,
    counts,
    done,
    give_back,
    page,
    stands,
    take,
    take_next,
    told_apart,
)
from crm_app.features.duplicates.service.showing import (
    apart_shown,
    decided,
    household_shown,
    listed,
    merge_shown,
    open_next,
    open_pair,
    show,
)
from crm_app.features.duplicates.service.undoing import undo, undo_all, undo_batch

__all__ = [
    "apart_shown",
    "case",
    "counts",
    "decided",
    "different",
    "done",
    "find_all",
    "give_back",
    "household",
    "household_shown",
    "likely",
    "likely_of",
    "listed",
    "look",
    "merge",
    "merge_certain",
    "merge_shown",
    "open_next",
    "open_pair",
    "page",
    "preview",
    "rebuild",
    "rules",
    "set_rule",
    "show",
    "skip",
    "stands",
    "start",
    "take",
    "take_back",
    "take_next",
    "told_apart",
    "undo",
    "undo_all",
    "undo_batch",
]
