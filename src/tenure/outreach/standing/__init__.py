"""What the gate may know of customers, read for many of them at once."""
