"""The design system: knows Reflex, knows no feature."""
