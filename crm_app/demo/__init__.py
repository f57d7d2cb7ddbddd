"""The demo world: a believable small charity, made of functions, the same each time."""
