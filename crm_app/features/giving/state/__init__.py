"""States of the giving pages."""
