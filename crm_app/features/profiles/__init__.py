"""One page about somebody: everything that every feature knows."""
