"""The product: one folder per word the user says."""
