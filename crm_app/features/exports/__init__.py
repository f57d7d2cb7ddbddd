"""Exports: take everything with you at any time, and leave a trace."""
