"""What stands between the network and the pages: shield, guard, sign-in pages, start."""
