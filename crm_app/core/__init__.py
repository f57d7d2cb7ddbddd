"""The ground: knows no feature, no screen, no frame."""
