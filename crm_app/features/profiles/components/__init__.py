"""Parts of the profile page."""
