"""Events: planning, registering, the live roster, the door, and what came of it."""
