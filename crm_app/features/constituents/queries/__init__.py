"""Every select of constituents."""
