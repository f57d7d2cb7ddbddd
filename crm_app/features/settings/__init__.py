"""What the organization decides once: name, fiscal year, currency, language."""
