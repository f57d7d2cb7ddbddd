"""Gifts, pledges, and the funds and campaigns they are for."""
