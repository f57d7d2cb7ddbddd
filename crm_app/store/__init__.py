"""The bridge between the database and frames."""
