"""Parts of the notebook page."""
