"""Every person, household and organization, and what is known about them."""
