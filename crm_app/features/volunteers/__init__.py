"""Volunteers: roles, shifts, who comes, and the hours they give."""
