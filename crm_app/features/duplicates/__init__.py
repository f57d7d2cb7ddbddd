"""Duplicates: found, explained, merged without loss, undone at will."""
