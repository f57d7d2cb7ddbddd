"""Commonplace: a constituent relationship manager in which every list is a live notebook."""
