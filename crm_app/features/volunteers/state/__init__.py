"""States of the pages about volunteers."""
