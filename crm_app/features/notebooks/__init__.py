"""Notebooks: every list is a live page of cells."""
