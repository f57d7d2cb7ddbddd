"""What the screens of notebooks hold."""
