"""History: who changed what and when, for those who answer for the data."""
