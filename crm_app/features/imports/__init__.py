"""Imports: bring everything, lose nothing."""
