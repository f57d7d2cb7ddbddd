"""Who belongs to whom: households, families, work."""
