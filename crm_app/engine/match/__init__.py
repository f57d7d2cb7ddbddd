"""Duplicates: candidate pairs, comparison ladders, learned weights, scores with their reasons, clusters."""

from crm_app.engine.match.explain import Evidence, Verdict, band, in_words, judge, rank
from crm_app.engine.match.find import Found, find, find_clean
from crm_app.engine.match.model import Model, untaught

__all__ = [
    "Evidence",
    "Found",
    "Model",
    "Verdict",
    "band",
    "find",
    "find_clean",
    "in_words",
    "judge",
    "rank",
    "untaught",
]
