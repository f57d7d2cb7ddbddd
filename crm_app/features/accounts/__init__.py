"""Who signs in: users, sessions, one-time links, second factors."""
