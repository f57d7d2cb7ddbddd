"""Memberships: types, terms, who is a member and until when."""
