"""Backups from the browser: made, kept, rotated, tried."""
