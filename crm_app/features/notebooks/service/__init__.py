"""What people do with notebooks."""
